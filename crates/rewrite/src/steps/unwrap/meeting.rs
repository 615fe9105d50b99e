//! What stands between two lines that are joined: a space, or nothing.

use unicode::{Category, Script, utf8};

/// How two lines go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// A space parts their words.
    Space,
    /// Nothing does: scripts that write without spaces.
    Spaceless,
    /// Nothing does: a word was cut after its hyphen.
    Hyphen,
}

/// How a line goes on in the next one; neither is empty.
pub fn meeting(line: &[u8], next: &[u8]) -> Meeting {
    let (first, _) = utf8::decode(next);
    let last = last_base(line);
    if is_spaceless(last) && is_spaceless(first) {
        Meeting::Spaceless
    } else if ends_in_hyphen(line) && is_word(first) {
        Meeting::Hyphen
    } else {
        Meeting::Space
    }
}

/// The last character that has a script of its own, marks such as selectors of variants aside.
fn last_base(text: &[u8]) -> char {
    let mut end = text.len();
    let mut last = char::REPLACEMENT_CHARACTER;
    while end > 0 {
        end = utf8::previous(text, 0, end);
        last = utf8::decode(&text[end..]).0;
        if Script::of(last) != Script::Inherited {
            break;
        }
    }
    last
}

/// A hyphen of a word: after a letter, so that a number with a dash is left alone.
fn ends_in_hyphen(text: &[u8]) -> bool {
    let before =
        ["-", "\u{2010}", "\u{AD}"].into_iter().find_map(|hyphen| text.strip_suffix(hyphen.as_bytes()));
    before.is_some_and(|before| Category::of(last_base(before)).is_letter())
}

fn is_word(character: char) -> bool {
    let category = Category::of(character);
    category.is_letter() || category.is_number()
}

/// Characters of scripts that put no space between words or at the end of a line: those of UAX #14's classes ID, CJ and
/// SA and their like, with the wide punctuation of CJK. Hangul has spaces. ZERO WIDTH SPACE says itself that a line
/// may end there without one.
fn is_spaceless(character: char) -> bool {
    match Script::of(character) {
        Script::Han
        | Script::Hiragana
        | Script::Katakana
        | Script::Bopomofo
        | Script::Yi
        | Script::Tangut => true,
        Script::Nushu | Script::KhitanSmallScript => true,
        Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar | Script::Tibetan => true,
        Script::TaiLe | Script::NewTaiLue | Script::TaiTham | Script::TaiViet | Script::Ahom => true,
        Script::Balinese | Script::Javanese => true,
        Script::Common => matches!(character,
            '\u{200B}' // ZERO WIDTH SPACE
            | '\u{3001}'..='\u{303F}' | '\u{30A0}' | '\u{30FB}'..='\u{30FC}' // CJK punctuation
            | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE6F}' // vertical, small forms
            | '\u{FF01}'..='\u{FF65}' | '\u{FFE0}'..='\u{FFE6}' // full and half width
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings() {
        let cases = [
            ("one", "two", Meeting::Space),
            ("یک", "دو", Meeting::Space),
            ("한국", "어", Meeting::Space),
            ("नम", "स्ते", Meeting::Space),
            ("你", "好", Meeting::Spaceless),
            ("你,", "好", Meeting::Space),
            ("你，", "好", Meeting::Spaceless),
            ("你", "「好", Meeting::Spaceless),
            ("カー", "ド", Meeting::Spaceless),
            ("が\u{3099}", "き", Meeting::Spaceless), // COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK
            ("葛\u{E0100}", "城", Meeting::Spaceless), // VARIATION SELECTOR-17
            ("กิ", "น", Meeting::Spaceless),
            ("ភាសា", "ខ្មែរ", Meeting::Spaceless),
            ("你", "Hello", Meeting::Space),
            ("Hello", "你", Meeting::Space),
            ("well-", "known", Meeting::Hyphen),
            ("COVID-", "19", Meeting::Hyphen),
            ("soft\u{AD}", "ware", Meeting::Hyphen),
            ("e\u{301}-", "a", Meeting::Hyphen),
            ("19-", "20", Meeting::Space),
            ("one -", "two", Meeting::Space),
            ("one-", "(two", Meeting::Space),
            ("-", "two", Meeting::Space),
            ("\u{301}", "\u{301}", Meeting::Space),
        ];
        for (line, next, expected) in cases {
            assert_eq!(meeting(line.as_bytes(), next.as_bytes()), expected, "{line:?} {next:?}");
        }
    }
}
