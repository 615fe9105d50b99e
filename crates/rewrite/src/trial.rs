//! What the tests of steps share.

use proptest::prelude::*;

use crate::{Rewriter, Scratch, Step};

/// A text after a step.
pub(crate) fn rewritten(step: impl Step + 'static, text: &str) -> String {
    let rewriter = Rewriter::new(vec![Box::new(step)]);
    let mut scratch = Scratch::default();
    String::from_utf8_lossy(rewriter.rewrite(text.as_bytes(), &mut scratch)).into_owned()
}

/// Up to two dozen pieces in a row, ill-formed bytes and line ends among them.
pub(crate) fn texts(pieces: &[&'static str]) -> impl Strategy<Value = Vec<u8>> + use<> {
    let pieces: Vec<&'static [u8]> = pieces
        .iter()
        .map(|piece| piece.as_bytes())
        .chain([&b"\xFF"[..], b"\xE2\x80", b"\n", b"\r\n"])
        .collect();
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|parts| parts.concat())
}

/// One run of the step does all that it would ever do, with each of its rules switched off in turn; and it changes
/// nothing where it says so.
pub(crate) fn settles(step: &(impl Step + Clone + 'static), text: &[u8]) -> Result<(), TestCaseError> {
    let rules: Vec<String> = step.rules().iter().map(|rule| rule.name.to_string()).collect();
    for skipped in std::iter::once(None).chain(rules.iter().map(Some)) {
        let mut rewriter = Rewriter::new(vec![Box::new(step.clone())]);
        if let Some(name) = skipped {
            rewriter.skip(&[name]).expect("the step's own rule");
        }
        let once = applied(&rewriter, text);
        let twice = applied(&rewriter, &once);
        prop_assert_eq!(shown(&once), shown(&twice), "skipping {:?}: {:?}", skipped, shown(text));
        prop_assert!(!rewriter.is_identity_on(text) || once == text);
    }
    Ok(())
}

/// One application, without the rounds of a rewriter.
fn applied(rewriter: &Rewriter, text: &[u8]) -> Vec<u8> {
    let mut scratch = Scratch::default();
    rewriter.rewrite(text, &mut scratch).to_vec()
}

fn shown(text: &[u8]) -> String {
    text.escape_ascii().to_string().replace("\\n", "\n")
}
