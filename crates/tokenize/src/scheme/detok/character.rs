//! The first and the last character of a word, and whether it is Chinese, Japanese or Korean.

use unicode::utf8;

/// The first character, or `None` if there is none.
pub(super) fn first(word: &[u8]) -> Option<char> {
    (!word.is_empty()).then(|| utf8::decode(word).0)
}

/// The last character, U+FFFD if it is ill-formed, or `None` if there is none.
pub(super) fn last(word: &[u8]) -> Option<char> {
    let whole = |length: usize| {
        let start = word.len().checked_sub(length)?;
        let (character, found) = utf8::decode(&word[start..]);
        (found == length && character != char::REPLACEMENT_CHARACTER).then_some(character)
    };
    (!word.is_empty()).then(|| (1..=4).find_map(whole).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// Whether a character lies in a block of Chinese, Japanese or Korean: those that detokenizer.perl lists.
pub(super) fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11FF}' // Hangul Jamo
        | '\u{2E80}'..='\u{A4CF}' // from CJK Radicals Supplement to Yi Radicals
        | '\u{A840}'..='\u{A87F}' // Phags-pa
        | '\u{AC00}'..='\u{D7AF}' // Hangul Syllables
        | '\u{F900}'..='\u{FAFF}' // CJK Compatibility Ideographs
        | '\u{FE30}'..='\u{FE4F}' // CJK Compatibility Forms
        | '\u{FF65}'..='\u{FFDC}' // halfwidth Katakana and Hangul
        | '\u{20000}'..='\u{2FFFF}' // the Supplementary Ideographic Plane
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_character_is_found_from_behind() {
        for (word, wanted) in [("a", 'a'), ("aé", 'é'), ("中", '中'), ("x😀", '😀'), ("\u{FFFD}", '\u{FFFD}')]
        {
            assert_eq!(last(word.as_bytes()), Some(wanted));
        }
        assert_eq!(
            (last(b""), last(b"a\x80"), last(b"\xE4\xB8")),
            (None, Some('\u{FFFD}'), Some('\u{FFFD}'))
        );
    }
}
