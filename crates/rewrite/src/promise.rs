//! What every step promises, for the tests of the steps.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::draft::Draft;
use crate::step::{Step, Triggers};
use crate::watch::Watch;

/// For nothing.
static WATCH: LazyLock<Watch> = LazyLock::new(|| Watch::new([]));

/// What a step makes of a text, with some of its rules.
pub(crate) fn applied(step: &dyn Step, text: &[u8], enabled: &[bool]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut draft = Draft::new(text, &mut out, enabled, &WATCH, None);
    step.apply(&mut draft);
    if draft.finish().is_some() { out } else { text.to_vec() }
}

/// Asserts what a step makes of some texts with all of its rules: input, output, reason.
#[track_caller]
pub(crate) fn assert_cases(step: &dyn Step, cases: &[(&str, &str, &str)]) {
    let all = vec![true; step.rules().len()];
    let wrong: Vec<_> = cases
        .iter()
        .map(|&(text, want, why)| (text, applied(step, text.as_bytes(), &all), want, why))
        .filter(|(_, found, want, _)| found != want.as_bytes())
        .map(|(text, found, want, why)| (text, String::from_utf8_lossy(&found).into_owned(), want, why))
        .collect();
    assert!(wrong.is_empty(), "input, found, wanted, why: {wrong:#?}");
    for (text, ..) in cases {
        assert_kept(step, text.as_bytes(), !0).expect("a promise is kept");
    }
}

/// Whether a step keeps its promises on a text, with the rules whose bits are set: twice is once, and a text without
/// triggers, or one of a run that is said to be as it should be, stays as it is.
pub(crate) fn assert_kept(step: &dyn Step, text: &[u8], switches: u32) -> Result<(), TestCaseError> {
    let enabled: Vec<bool> = (0..step.rules().len()).map(|rule| switches >> rule & 1 != 0).collect();
    let once = applied(step, text, &enabled);
    let twice = applied(step, &once, &enabled);
    prop_assert_eq!(Shown(&twice), Shown(&once), "from {:?} by {:?}", Shown(text), enabled);
    let triggers = step.triggers();
    if let Triggers::Characters(set) | Triggers::Suspects(set) = &triggers {
        let has_trigger = String::from_utf8_lossy(text).chars().any(|character| set.contains(character));
        prop_assert!(once == text || has_trigger, "{:?}", Shown(text));
    }
    if !matches!(triggers, Triggers::Characters(_)) {
        for end in [&b""[..], b"\n", b"\r\n", b"\0"] {
            let run = [text, end, text, end].concat();
            prop_assert!(once == text || !step.is_identity_on(&run), "{:?}", Shown(&run));
        }
    }
    Ok(())
}

/// Texts of up to twenty of some pieces and of bytes that are no text.
pub(crate) fn texts_of(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let ill_formed = [&b"\xFF"[..], b"\xE2\x80", b"\xC2", b"\xF0\x9F"];
    let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).chain(ill_formed).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..20).prop_map(|parts| parts.concat())
}

/// Bytes as they are written in code.
#[derive(PartialEq, Eq)]
struct Shown<'t>(&'t [u8]);

impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match std::str::from_utf8(self.0) {
            Ok(text) => write!(f, "{text:?}"),
            Err(_) => write!(f, "b\"{}\"", self.0.escape_ascii()),
        }
    }
}
