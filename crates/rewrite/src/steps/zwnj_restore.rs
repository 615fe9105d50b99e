//! Puts back the ZWNJ that Persian words lost.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use language::zwnj::{Kind, Restorer, Scratch};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::protect::Guard;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

/// Puts U+200C back where it was deleted («میدهد»), where a space took its place («می دهد»), and
/// closes up an affix that needs none («صدا ها»).
///
/// What the model is not sure of stays as it is, and so does what lies in a protected span. No letter changes. What to make of a text is decided by all of
/// it: see [`Restorer::for_each_change`].
pub struct ZwnjRestore {
    restorer: Arc<Restorer>,
    confidence: f32,
    rules: [Rule; 3],
    /// Space for as many texts as are being looked at.
    rooms: Mutex<Vec<Scratch>>,
}

const INSIDE: usize = 0;
const JOIN: usize = 1;
const CLOSE: usize = 2;

impl ZwnjRestore {
    /// Prepares the step: changes are made from this confidence on, a probability.
    pub fn new(restorer: Arc<Restorer>, confidence: f32) -> Self {
        let rules = [
            Rule::lossless("zwnj-inside", "ZWNJ comes back between the parts of a word"),
            Rule::lossy("zwnj-join", "the space between the parts of a word becomes ZWNJ"),
            Rule::lossy("zwnj-close", "the space before an affix goes after a letter that does not join"),
        ];
        ZwnjRestore { restorer, confidence, rules, rooms: Mutex::default() }
    }
}

impl ZwnjRestore {
    /// What it does, and with which model.
    pub fn setting(&self) -> String {
        format!("restore, from {} on, by {}", self.confidence, self.restorer.version())
    }
}

impl Step for ZwnjRestore {
    fn name(&self) -> &'static str {
        "zwnj"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        // Between two letters of Arabic script; that of beh is the first that joins.
        Triggers::Characters(CharSet::new([('\u{626}', '\u{6CC}')]))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let rooms = || self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let mut room = rooms().pop().unwrap_or_default();
        let text = draft.text();
        let mut guard = Guard::new(text);
        self.restorer.for_each_change_with(&mut room, text, self.confidence, |range, with, kind| {
            let rule = match kind {
                Kind::Insert => INSIDE,
                Kind::Join => JOIN,
                Kind::Close => CLOSE,
            };
            // A space is in no token; a place inside a word is as protected as the letter behind it.
            if kind != Kind::Insert || !guard.protects(range.start) {
                draft.replace(range, with, rule);
            }
        });
        rooms().push(room);
    }
}

impl fmt::Debug for ZwnjRestore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZwnjRestore").field("confidence", &self.confidence).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promise::{assert_cases, assert_kept};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static STEP: LazyLock<ZwnjRestore> =
        LazyLock::new(|| ZwnjRestore::new(Arc::new(Restorer::builtin()), 0.5));

    #[test]
    fn words_come_back_together() {
        assert_cases(
            &*STEP,
            &[
                ("او میدهد", "او می\u{200C}دهد", "a prefix"),
                ("او می دهد", "او می\u{200C}دهد", "a prefix that stands alone"),
                ("کتابهای ما", "کتاب\u{200C}های ما", "a suffix"),
                ("صدا ها", "صداها", "a suffix that needs none"),
                ("جمهوری اسلامی", "جمهوری اسلامی", "two words"),
                ("https://a.ir/میدهد", "https://a.ir/میدهد", "an address"),
                ("گزارش_میدهد.pdf", "گزارش_میدهد.pdf", "a file"),
                ("#میدهد", "#میدهد", "a tag"),
            ],
        );
    }

    proptest! {
        #[test]
        fn promises_are_kept(
            words in prop::collection::vec(prop::sample::select(WORDS), 0..12),
            switches: u32,
        ) {
            assert_kept(&*STEP, words.concat().as_bytes(), switches)?;
        }
    }

    const WORDS: &[&str] = &[
        "می",
        "میدهد",
        "دهد",
        " ",
        " ",
        " ",
        "کتاب",
        "های",
        "کتابها",
        "رسانه",
        "ای",
        "تر",
        "بزرگ",
        "نمی",
        "خواهم",
        "\u{200C}",
        "است",
        "شده",
        "a",
        "۱۲",
        "، ",
        "\n",
        "@",
        ".",
        "خانه",
        "ام",
        "هم",
        "این",
        "آن",
        "به",
        "روز",
        "ها",
    ];
}
