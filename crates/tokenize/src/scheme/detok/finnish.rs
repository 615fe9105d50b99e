//! Finnish case endings behind a colon: EU:ssa, EU:hun, WHO:nkin.

use std::borrow::Cow;

/// Endings of cases, then possessive suffixes, then clitics; one, and one of each of the others or none.
const CASES: &str =
    "n a ä ssa ssä sta stä hun hyn han hän hön un yn an än ön seen lla llä lta ltä lle ksi kse tta ine";
const POSSESSIVES: &str = "ni si mme nne nsa";
const CLITICS: &str = "ko kö han hän pa pä kaan kään kin";

/// Whether a word is an ending; its first letter may be a capital one.
pub(super) fn is_ending(word: &[u8]) -> bool {
    let Ok(word) = std::str::from_utf8(&lowercase(word)).map(str::to_owned) else { return false };
    let is_clitic = |rest: &str| rest.is_empty() || CLITICS.split(' ').any(|clitic| rest == clitic);
    let is_tail = |rest: &str| {
        let possessed = |suffix: &str| rest.strip_prefix(suffix).is_some_and(is_clitic);
        is_clitic(rest) || POSSESSIVES.split(' ').any(possessed)
    };
    CASES.split(' ').any(|case| word.strip_prefix(case).is_some_and(is_tail))
}

/// The word with a small letter in the place of its first one, if that is one that an ending begins with.
pub(super) fn lowercase(word: &[u8]) -> Cow<'_, [u8]> {
    match word {
        [b'A'..=b'Z', rest @ ..] => [&[word[0].to_ascii_lowercase()], rest].concat().into(),
        [0xC3, 0x84 | 0x96, ..] => [&[0xC3, word[1] + 0x20], &word[2..]].concat().into(), // Ä, Ö
        _ => word.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_have_up_to_three_parts() {
        for word in ["n", "Ssa", "Än", "hunko", "seennsakaan", "Äkö", "ssammekin"] {
            assert!(is_ending(word.as_bytes()), "{word}");
        }
        for word in ["", "ni", "kin", "sSa", "nkinkin", "talo", "n "] {
            assert!(!is_ending(word.as_bytes()), "{word}");
        }
        assert!(!is_ending(b"\xFF"));
        assert_eq!(*lowercase("Ön".as_bytes()), *"ön".as_bytes());
    }
}
