//! Characters that become others, whatever stands around them; and some that do so in a row.

use language::KeyFold;
use unicode::{DigitSet, Form, Kinds, Rewriting, utf8};

use super::fold::Plan;

const BLOCK: usize = 64;

/// ZERO WIDTH NON-JOINER and ZERO WIDTH JOINER.
const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// The blocks of Arabic presentation forms: A and B.
const PRESENTATION_FORMS: [(u32, u32); 2] = [(0xFB50, 0xFDFF), (0xFE70, 0xFEFF)];

/// A table of characters.
pub(super) struct Characters {
    /// Block of each 64 code points.
    index: Vec<u16>,
    /// The number of an entry, 0 for a character that stays.
    blocks: Vec<[u16; BLOCK]>,
    entries: Vec<Entry>,
}

/// What becomes of a character.
#[derive(Default)]
struct Entry {
    /// By itself.
    alone: Option<Vec<u8>>,
    /// With what follows it, the longest first.
    followed: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Characters {
    /// A table for each language, and in the last of them, if there is any, what no language owns: a language may look at joiners.
    pub(super) fn of(plan: &Plan) -> impl Iterator<Item = Characters> {
        let count = plan.folds.len().max(1);
        let folds = plan.folds.iter().map(Vec::as_slice).chain([&[][..]]).take(count);
        let tables: Vec<_> =
            folds.zip(1..).map(|(folds, number)| Characters::new(plan, folds, number == count)).collect();
        tables.into_iter().filter(|table| table.entries.len() > 1)
    }

    fn new(plan: &Plan, folds: &[KeyFold], is_last: bool) -> Self {
        let mut characters = Characters {
            index: vec![0; 0x11_0000 / BLOCK],
            blocks: vec![[0; BLOCK]],
            entries: vec![Entry::default()],
        };
        for fold in folds {
            if let Some((&first, rest)) = fold.from.split_first() {
                characters.add(first, rest, fold.to.as_bytes());
            }
        }
        if plan.drops_joiners && is_last {
            JOINERS.iter().for_each(|&joiner| characters.add(joiner, &[], b""));
        }
        if plan.folds_digits && is_last {
            characters.add_digits();
        }
        if plan.folds_presentation_forms {
            characters.add_presentation_forms();
        }
        characters
    }

    fn add_digits(&mut self) {
        for set in DigitSet::all().filter(|&set| set != DigitSet::ASCII) {
            for (value, ascii) in (0..10).zip(b'0'..) {
                if let Some(digit) = set.digit(value) {
                    self.add(digit, &[], &[ascii]);
                }
            }
        }
    }

    /// A presentation form becomes what its letters become.
    fn add_presentation_forms(&mut self) {
        let letters = Rewriting { form: Form::Nfc, kinds: Kinds::ARABIC_LETTERS };
        for character in
            PRESENTATION_FORMS.iter().flat_map(|&(first, last)| first..=last).filter_map(char::from_u32)
        {
            let (mut plain, mut folded) = (Vec::new(), Vec::new());
            letters.normalize_into(character.encode_utf8(&mut [0; 4]).as_bytes(), &mut plain);
            if plain != character.encode_utf8(&mut [0; 4]).as_bytes() {
                let is_folded = self.apply(&plain, &mut folded);
                self.add(character, &[], if is_folded { &folded } else { &plain });
            }
        }
    }

    /// What was said first stays true.
    fn add(&mut self, first: char, rest: &[char], to: &[u8]) {
        let (block, place) = (u32::from(first) as usize / BLOCK, u32::from(first) as usize % BLOCK);
        if self.index[block] == 0 {
            self.index[block] = self.blocks.len() as u16;
            self.blocks.push([0; BLOCK]);
        }
        let number = &mut self.blocks[usize::from(self.index[block])][place];
        if *number == 0 {
            *number = self.entries.len() as u16;
            self.entries.push(Entry::default());
        }
        let entry = &mut self.entries[usize::from(*number)];
        if rest.is_empty() {
            entry.alone.get_or_insert_with(|| to.to_vec());
        } else {
            let rest: String = rest.iter().collect();
            entry.followed.push((rest.into_bytes(), to.to_vec()));
            entry.followed.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// Whether the text changes; what it becomes is then appended to `out`.
    pub(super) fn apply(&self, text: &[u8], out: &mut Vec<u8>) -> bool {
        let mut copied = 0;
        let mut at = 0;
        while at < text.len() {
            if text[at] < 0x80 {
                at += 1;
                continue;
            }
            let (character, length) = utf8::decode(&text[at..]);
            match self.change_at(character, &text[at + length..]) {
                Some((to, further)) => {
                    out.extend_from_slice(&text[copied..at]);
                    out.extend_from_slice(to);
                    at += length + further;
                    copied = at;
                }
                None => at += length,
            }
        }
        if copied > 0 {
            out.extend_from_slice(&text[copied..]);
        }
        copied > 0
    }

    /// What becomes of a character before some text, and how many bytes of that text go with it.
    #[inline]
    fn change_at(&self, character: char, after: &[u8]) -> Option<(&[u8], usize)> {
        let code = u32::from(character) as usize;
        let number = self.blocks[usize::from(self.index[code / BLOCK])][code % BLOCK];
        if number == 0 {
            return None;
        }
        let entry = &self.entries[usize::from(number)];
        let row = entry.followed.iter().find(|(rest, _)| after.starts_with(rest));
        row.map(|(rest, to)| (to.as_slice(), rest.len())).or(entry.alone.as_deref().map(|to| (to, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_before_single_characters_and_languages_before_all() {
        let fold = |from: &str, to: &str| KeyFold { from: from.chars().collect(), to: to.to_owned() };
        let plan = Plan {
            folds: vec![vec![
                fold("é", "x"),
                fold("éé", "y"),
                fold("éab", "z"),
                fold("ي", "ی"),
                fold("٣", "!"),
            ]],
            folds_digits: true,
            folds_presentation_forms: true,
            ..Plan::default()
        };
        let characters = Characters::of(&plan).next().expect("a table");
        for (text, wanted) in [
            ("é éé ééé éab éa", "x y yx z xa"),
            ("\u{FEF1}\u{FEFB}", "یلا"), // ARABIC LETTER YEH ISOLATED FORM, LAM WITH ALEF
            ("٣ ٤ ۵", "! 4 5"),
        ] {
            let mut out = Vec::new();
            assert!(characters.apply(text.as_bytes(), &mut out));
            assert_eq!(String::from_utf8_lossy(&out), wanted);
        }
        assert!(!characters.apply(b"abc \xC3\xFF\xD9", &mut Vec::new()), "ill-formed bytes stay");
    }
}
