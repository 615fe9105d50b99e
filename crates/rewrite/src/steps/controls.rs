//! Controls, and other characters that have no place in text that is exchanged.

mod escape;

use std::ops::Range;

use unicode::{Category, emoji, ignorable, space, utf8};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

const ESCAPE: usize = 0;
const CONTROL: usize = 1;
const CONTROL_SPACE: usize = 2;
const SOFT_HYPHEN: usize = 3;
const BYTE_ORDER_MARK: usize = 4;
const TAG: usize = 5;
const NONCHARACTER: usize = 6;
const SELECTOR: usize = 7;
const INTERLINEAR: usize = 8;

/// Takes out characters that are not text: controls but TAB, LF and CR, escape sequences of terminals, soft hyphens,
/// inner byte order marks, tags, noncharacters, stray variation selectors and interlinear annotation.
///
/// - What begins with ESC or U+009B belongs to the rule `ansi-escape` alone: with it off they stay.
/// - Tags stay in a sequence of an emoji, tags and CANCEL TAG, as in the flag of Wales.
/// - A variation selector is stray at the edge of a line, after white space, a control or another ignorable character;
///   U+FE0E and U+FE0F also after what is no emoji. Digits, `#` and `*` are emoji here, for the sake of keycaps.
///
/// Each decision looks at what stands before in the result, not in the text. Where ill-formed bytes would meet and make
/// a character, a space keeps them apart. LF and CR are never touched. A soft hyphen at a line end cuts a word: join
/// those first, with [`Dehyphenate`](super::Dehyphenate).
#[derive(Debug, Clone)]
pub struct Controls {
    rules: [Rule; 9],
}

impl Controls {
    /// Without options: rules are switched off by name.
    pub fn new() -> Self {
        Controls {
            rules: [
                Rule::lossy("ansi-escape", "an escape sequence of terminals becomes nothing"),
                Rule::lossless("control", "a control becomes nothing; TAB, LF and CR stay"),
                Rule::lossy("control-space", "VT, FF and NEL become a space"),
                Rule::lossless("soft-hyphen", "SOFT HYPHEN becomes nothing"),
                Rule::lossless("byte-order-mark", "U+FEFF inside a text becomes nothing"),
                Rule::lossless("tag-character", "a tag that belongs to no emoji becomes nothing"),
                Rule::lossless("noncharacter", "a noncharacter becomes nothing"),
                Rule::lossless("variation-selector", "a variation selector without a base becomes nothing"),
                Rule::lossy("interlinear", "the marks of an interlinear annotation become nothing"),
            ],
        }
    }
}

impl Default for Controls {
    fn default() -> Self {
        Self::new()
    }
}

impl Step for Controls {
    fn name(&self) -> &'static str {
        "controls"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        let ranges = [
            ('\0', '\u{8}'),
            ('\u{B}', '\u{C}'),
            ('\u{E}', '\u{1F}'),
            ('\u{7F}', '\u{9F}'),
            ('\u{AD}', '\u{AD}'),
            ('\u{FDD0}', '\u{FDEF}'), // noncharacters
            ('\u{FE00}', '\u{FE0F}'),
            ('\u{FEFF}', '\u{FEFF}'),
            ('\u{FFF9}', '\u{FFFB}'),
            ('\u{E0001}', '\u{E0001}'),
            ('\u{E0020}', '\u{E007F}'),
            ('\u{E0100}', '\u{E01EF}'),
        ];
        let last_of_planes = (0..=0x10).map(|plane| (plane << 16 | 0xFFFE, plane << 16 | 0xFFFF));
        Triggers::Characters(CharSet::new(ranges).union(last_of_planes.collect()))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let mut at = 0;
        while let Some(found) = text[at..].iter().position(|&byte| SUSPECTS[usize::from(byte)]) {
            at += found;
            let (rule, length) = find(draft, at);
            if let Some(rule) = rule {
                take_out(draft, at..at + length, rule);
            }
            at += length;
        }
    }
}

/// First bytes of characters that [`find`] must look at.
const SUSPECTS: [bool; 256] = suspects();

const fn suspects() -> [bool; 256] {
    let mut suspects = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_control = byte < 0x20 && !matches!(byte, 0x9 | 0xA | 0xD);
        suspects[byte] = is_control || matches!(byte, 0x7F | 0xC2 | 0xEF | 0xF0..=0xF4);
        byte += 1;
    }
    suspects
}

/// The rule that takes out what begins at `at`, if one does, and the length of that in bytes.
fn find(draft: &Draft<'_>, at: usize) -> (Option<usize>, usize) {
    let text = &draft.text()[at..];
    let (character, length) = utf8::decode(text);
    let rule = match character {
        '\u{1B}' | '\u{9B}' => return (Some(ESCAPE), escape::length(text)),
        '\u{B}' | '\u{C}' | '\u{85}' => Some(CONTROL_SPACE), // VT, FF, NEL
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Some(CONTROL),
        '\u{AD}' => Some(SOFT_HYPHEN),
        '\u{FEFF}' => Some(BYTE_ORDER_MARK),
        '\u{FFF9}'..='\u{FFFB}' => Some(INTERLINEAR),
        _ if ignorable::is_tag(character) => return tags(draft, at),
        _ if ignorable::is_variation_selector(character) => {
            is_stray(character, draft.seam(at..at).last()).then_some(SELECTOR)
        }
        _ => ignorable::is_noncharacter(character).then_some(NONCHARACTER),
    };
    (rule, length)
}

/// As [`find`], for tags: those up to a CANCEL TAG go together, or stay together.
fn tags(draft: &Draft<'_>, at: usize) -> (Option<usize>, usize) {
    let text = &draft.text()[at..];
    let mut end = 0;
    while matches!(utf8::decode(&text[end..]).0, '\u{E0020}'..='\u{E007E}') {
        end += TAG_LENGTH;
    }
    let is_cancelled = text[end..].starts_with("\u{E007F}".as_bytes()); // CANCEL TAG
    let is_sequence = end > 0 && is_cancelled && draft.seam(at..at).last().is_some_and(is_tag_base);
    end += if is_cancelled { TAG_LENGTH } else { 0 };
    // LANGUAGE TAG stands alone.
    ((!is_sequence).then_some(TAG), end.max(TAG_LENGTH))
}

/// In bytes.
const TAG_LENGTH: usize = 4;

/// The last character of what may carry tags (UTS #51, ED-14a): an emoji, its skin tone or its selector. Keycap bases
/// are left out, since text could be hidden behind any digit.
fn is_tag_base(character: char) -> bool {
    character == '\u{FE0F}' || (emoji::is_emoji(character) && !character.is_ascii())
}

/// Whether a variation selector cannot belong to the character before it.
fn is_stray(selector: char, before: Option<char>) -> bool {
    let Some(base) = before else { return true };
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => !emoji::is_emoji(base),
        _ => {
            space::is_white_space(base)
                || ignorable::is_default_ignorable(base)
                || ignorable::is_noncharacter(base)
                || Category::of(base) == Category::Control
        }
    }
}

/// Leaves `range` out, or puts a space there.
fn take_out(draft: &mut Draft<'_>, range: Range<usize>, rule: usize) {
    let is_space = rule == CONTROL_SPACE || draft.seam(range.clone()).joins_bytes();
    draft.replace(range, if is_space { b" " } else { b"" }, rule);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewriter::{Rewriter, Scratch};
    use crate::watch::Watch;
    use proptest::prelude::*;

    fn rewritten(text: &[u8], skip: &[&str]) -> Vec<u8> {
        let mut rewriter = Rewriter::new(vec![Box::new(Controls::new())]);
        rewriter.skip(skip).expect("rules");
        rewriter.rewrite(text, &mut Scratch::default()).to_vec()
    }

    const WALES: &str = "🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}";

    #[test]
    fn cases() {
        let hidden = WALES.trim_start_matches('🏴');
        let cases = [
            ("a\0b\u{7}c\u{8}d\u{7F}e\u{81}f", "abcdef", "controls"),
            ("a\tb\nc\r\nd\re", "a\tb\nc\r\nd\re", "those that are text"),
            ("a\u{B}b\u{C}c\u{85}d", "a b c d", "those that part text"),
            ("\u{1B}[1mbold\u{1B}[0m \u{9B}31mred\u{9B}m", "bold red", "colours"),
            ("\u{1B}]8;;http://x/\u{1B}\\link\u{1B}]8;;\u{7}", "link", "links of terminals"),
            ("\u{1B}]0;title", "0;title", "a title without end"),
            ("soft\u{AD}ware", "software", "soft hyphens"),
            ("\u{FEFF}a\u{FEFF}b", "ab", "byte order marks"),
            ("a\u{FFFE}\u{FDD0}\u{FDEF}\u{1FFFF}\u{10FFFE}b", "ab", "noncharacters"),
            ("\u{FDCF}\u{FDF0}\u{FFFD}\u{1FFFD}", "\u{FDCF}\u{FDF0}\u{FFFD}\u{1FFFD}", "their neighbours"),
            ("\u{FFF9}漢字\u{FFFA}かんじ\u{FFFB}", "漢字かんじ", "interlinear annotation"),
            (WALES, WALES, "a flag"),
            (&format!("a{hidden}b"), "ab", "tags without an emoji"),
            (&format!("7{hidden}"), "7", "digits are no flags"),
            ("🏴\u{E0067}\u{E0062}b", "🏴b", "tags without end"),
            ("🏴\u{E007F}", "🏴", "no tags"),
            (&format!("{WALES}{hidden}"), WALES, "tags after tags"),
            (&format!("🏴\u{FEFF}{hidden}"), WALES, "what is between them goes first"),
            ("\u{E0001}\u{E0065}\u{E006E}text", "text", "a language"),
            (
                "❤\u{FE0F}❤\u{FE0E}1\u{FE0F}\u{20E3}👍🏽\u{FE0F}",
                "❤\u{FE0F}❤\u{FE0E}1\u{FE0F}\u{20E3}👍🏽\u{FE0F}",
                "emoji",
            ),
            ("a\u{FE0F}b\u{FE0E}。\u{FE0F}", "ab。", "no emoji"),
            (
                "葛\u{E0100}a\u{FE00}≨\u{FE00}0\u{FE00}။\u{FE00}",
                "葛\u{E0100}a\u{FE00}≨\u{FE00}0\u{FE00}။\u{FE00}",
                "bases",
            ),
            ("\u{FE00}a \u{FE00}b\n\u{E0100}c", "a b\nc", "no base"),
            ("❤\u{FE0F}\u{FE0F}葛\u{E0100}\u{E0101}", "❤\u{FE0F}葛\u{E0100}", "one is enough"),
            ("❤\0\u{FE0F}", "❤\u{FE0F}", "what is between them goes first"),
            ("\u{1B}[0m\u{FE00}", "", "a sequence is no base"),
            ("a\u{85}\u{FE00}b\u{200D}\u{FE00}c", "a b\u{200D}c", "nor are spaces and ZWJ"),
            ("ᠠ\u{180B}", "ᠠ\u{180B}", "Mongolian selectors are spelling"),
            ("«é» … 😀 \u{200C} ，", "«é» … 😀 \u{200C} ，", "nothing"),
        ];
        for (text, expected, reason) in cases {
            assert_eq!(
                String::from_utf8_lossy(&rewritten(text.as_bytes(), &[])),
                expected,
                "{text:?}: {reason}"
            );
        }
    }

    #[test]
    fn ill_formed_bytes_do_not_meet() {
        // Both halves of CSI, of ZERO WIDTH SPACE.
        assert_eq!(rewritten(b"\xC2\0\x9B", &[]), b"\xC2 \x9B");
        assert_eq!(rewritten(b"\xE2\x1B[0m\xC2\xAD\x80\x8B", &[]), b"\xE2 \x80\x8B");
        assert_eq!(rewritten(b"\x93\0a\0\x94\0\x94", &[]), b"\x93a\x94\x94");
    }

    #[test]
    fn the_triggers_are_exact() {
        let step = Controls::new();
        let Triggers::Characters(set) = step.triggers() else { panic!("characters") };
        let (watch, mut out) = (Watch::new([]), Vec::new());
        for character in '\0'..=char::MAX {
            // At the edge no selector and no tag has a base.
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer).as_bytes();
            let mut draft = Draft::new(text, &mut out, &[true; 9], &watch, None);
            step.apply(&mut draft);
            assert_eq!(draft.finish().is_some(), set.contains(character), "{character:?}");
        }
    }

    const PIECES: &[&[u8]] = &[
        b"a",
        b" ",
        b"\n",
        b"\r\n",
        b"\0",
        b"\x1B",
        b"\x1B[",
        b"\x1B]",
        b"[",
        b"]",
        b"0",
        b"m",
        b"\x07",
        b"\\",
        b"\x0C",
        b"\xC2",
        b"\x85",
        b"\x9B",
        b"\xAD",
        b"\xFF",
        b"\xEF",
        b"\xBB\xBF",
        b"\xF3\xA0",
        b"\x81\xA7",
        b"\xE2\x80",
    ];

    const CHARACTERS: &str = "\u{85}\u{9B}\u{9C}\u{AD}\u{FEFF}\u{E0001}\u{E0067}\u{E007F}🏴❤葛م1\u{FE00}\u{FE0F}\u{E0100}\
                              \u{FFFE}\u{FFF9}\u{200D}\u{301}\u{1F3FD}";

    proptest! {
        #[test]
        fn twice_is_once(
            picks in proptest::collection::vec(0..PIECES.len() + 21, 0..24),
            switched in proptest::collection::vec(any::<bool>(), 9),
        ) {
            let mut text = Vec::new();
            for pick in picks {
                match pick.checked_sub(PIECES.len()).and_then(|place| CHARACTERS.chars().nth(place)) {
                    Some(character) => text.extend_from_slice(character.to_string().as_bytes()),
                    None => text.extend_from_slice(PIECES.get(pick).copied().unwrap_or_default()),
                }
            }
            let step = Controls::new();
            let off = step.rules().iter().zip(switched).filter(|(_, on)| !on).map(|(rule, _)| &*rule.name);
            let off: Vec<_> = off.collect();
            let once = rewritten(&text, &off);
            prop_assert_eq!(rewritten(&once, &off), once);
        }
    }
}
