//! What holds for every step and any bytes.

use proptest::prelude::*;
use rewrite::{Draft, Rewriter, Rule, Scratch, Step, Triggers};

/// A step that is asked only once, so that the rewriter does not hide that it should have been asked again.
struct Once<S>(S);

impl<S: Step> Step for Once<S> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn rules(&self) -> &[Rule] {
        self.0.rules()
    }

    fn triggers(&self) -> Triggers {
        self.0.triggers()
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        self.0.apply(draft);
    }

    fn is_repeatable(&self) -> bool {
        false
    }
}

/// Ill-formed pieces that a text may hold besides those of a step.
const BROKEN: [&[u8]; 3] = [b"\xFF", b"\xE2\x80", b"\xF0\x9F\x91"];

/// Texts made of some pieces.
pub fn texts(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        15 => prop::sample::select(pieces).prop_map(str::as_bytes),
        1 => prop::sample::select(&BROKEN[..]),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// With some of its rules off, by the bits of `off`, a step asked twice changes nothing the second time; it loses no
/// ill-formed bytes; a text without its triggers stays as it is.
pub fn hold<S: Step + Clone + 'static>(step: &S, text: &[u8], off: u64) -> Result<(), TestCaseError> {
    let mut rewriter = Rewriter::new(vec![Box::new(Once(step.clone()))]);
    let rules = rewriter.rules().enumerate();
    let names: Vec<String> = rules
        .filter(|(place, _)| off >> (place % 64) & 1 != 0)
        .map(|(_, rule)| rule.name.to_string())
        .collect();
    rewriter.skip(&names).expect("names of its rules");
    let (mut first, mut second) = (Scratch::default(), Scratch::default());
    let once = rewriter.rewrite(text, &mut first);
    let twice = rewriter.rewrite(once, &mut second);
    prop_assert!(
        once == twice,
        "{:?} from {:?} from {:?} without {names:?}",
        shown(twice),
        shown(once),
        shown(text)
    );
    prop_assert_eq!(broken(text), broken(once));
    if let Triggers::Characters(set) = step.triggers() {
        prop_assert!(once == text || shown(text).chars().any(|character| set.contains(character)));
    }
    Ok(())
}

fn shown(text: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(text)
}

fn broken(text: &[u8]) -> Vec<&[u8]> {
    text.utf8_chunks().map(|chunk| chunk.invalid()).filter(|bytes| !bytes.is_empty()).collect()
}
