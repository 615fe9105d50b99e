//! Width: how many columns of a terminal a text fills.
//!
//! The basis is East_Asian_Width (UAX #11): wide and full-width characters fill two columns, ambiguous ones one. Marks,
//! controls and other characters that are not seen fill none; what is drawn as one emoji fills two. Terminals differ in
//! detail; this is what most of them do.

use crate::tables::display::DISPLAY;
use crate::{emoji, grapheme, utf8};

const COLUMNS: u8 = 3;
const TEXT_STYLE: char = '\u{FE0E}'; // VARIATION SELECTOR-15
const EMOJI_STYLE: char = '\u{FE0F}'; // VARIATION SELECTOR-16

/// The columns of a character by itself: 0, 1 or 2.
///
/// ```
/// assert_eq!(['a', 'ش', '漢', '😀', '\u{301}', '\n'].map(unicode::width::of), [1, 1, 2, 2, 0, 0]);
/// ```
pub fn of(character: char) -> usize {
    usize::from(DISPLAY.of(character) & COLUMNS)
}

/// The columns of a text; an ill-formed subpart has one, as U+FFFD has.
///
/// ```
/// assert_eq!(unicode::width::columns("می\u{200C}شود".as_bytes()), 5);
/// assert_eq!(unicode::width::columns("👩\u{200D}👩\u{200D}👧 ❤\u{FE0F}".as_bytes()), 5);
/// ```
pub fn columns(text: &[u8]) -> usize {
    if text.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return text.len();
    }
    grapheme::graphemes(text).map(cluster).sum()
}

/// As much of a text's beginning, in whole grapheme clusters, as fits into so many columns.
///
/// ```
/// assert_eq!(unicode::width::first("a漢字".as_bytes(), 4), "a漢".as_bytes());
/// ```
pub fn first(text: &[u8], columns: usize) -> &[u8] {
    let mut room = columns;
    let mut end = 0;
    for part in grapheme::graphemes(text) {
        let Some(rest) = room.checked_sub(cluster(part)) else { break };
        (room, end) = (rest, end + part.len());
    }
    &text[..end]
}

/// As much of a text's end, in whole grapheme clusters, as fits into so many columns.
///
/// ```
/// assert_eq!(unicode::width::last("漢字a".as_bytes(), 4), "字a".as_bytes());
/// ```
pub fn last(text: &[u8], columns: usize) -> &[u8] {
    let mut over = self::columns(text).saturating_sub(columns);
    let mut start = 0;
    for part in grapheme::graphemes(text) {
        if over == 0 {
            break;
        }
        (over, start) = (over.saturating_sub(cluster(part)), start + part.len());
    }
    &text[start..]
}

/// The columns of a grapheme cluster: of its emoji, or of all its characters together.
fn cluster(text: &[u8]) -> usize {
    let (base, length) = utf8::decode(text);
    let mut sum = of(base);
    let mut rest = &text[length..];
    while !rest.is_empty() {
        let (character, length) = utf8::decode(rest);
        match character {
            EMOJI_STYLE if emoji::is_emoji(base) => return 2,
            TEXT_STYLE if emoji::is_emoji(base) => return 1,
            _ => sum += of(character),
        }
        rest = &rest[length..];
    }
    if emoji::is_pictographic(base) { sum.min(2) } else { sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_those_of_terminals() {
        let cases: [(&str, usize); 14] = [
            ("", 0),
            ("plain", 5),
            ("e\u{301}漢", 3),
            ("ｆｕｌｌ。「」", 14),
            ("ﾊﾛｰ", 3),
            ("한국 \u{1112}\u{1161}\u{11AB}", 7),
            ("कि", 2),
            ("👍🏽", 2),
            ("🇮🇷", 2),
            ("1\u{FE0F}\u{20E3}", 2),
            ("⌚\u{FE0E}", 1),
            ("\u{600}\u{AD}", 2),
            ("\u{200B}\u{202E}\u{FEFF}\u{115F}", 2),
            ("a\tb\u{7F}", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(columns(text.as_bytes()), expected, "{text:?}");
        }
        assert_eq!(columns(b"a\xFF\xF0\x9F"), 3);
    }

    proptest! {
        #[test]
        fn parts_fit(text in "\\PC{0,12}", room in 0usize..10) {
            let text = text.as_bytes();
            let all = columns(text);
            for part in [first(text, room), last(text, room)] {
                prop_assert!(columns(part) <= room);
                prop_assert!(all > room || columns(part) == all);
            }
        }
    }
}
