//! Emoji sequences: what UTS #51 calls so, as a whole token.

use unicode::emoji::{has_emoji_presentation, is_emoji, is_modifier, is_modifier_base, is_pictographic};
use unicode::ignorable::is_tag;
use unicode::{Category, utf8};

const ZWJ: char = '\u{200D}';
const TEXT_STYLE: char = '\u{FE0E}';
const EMOJI_STYLE: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';
const CANCEL_TAG: char = '\u{E007F}';

/// Whether a token is an emoji sequence, perhaps with marks and format characters behind it.
///
/// The sequences are the well-formed ones of UTS #51, section 1.4.9, that have a picture: those of the file
/// emoji-test.txt, the ones that it calls minimally qualified or unqualified too, but no character alone whose
/// default is text.
pub(super) fn is_sequence(token: &[u8]) -> bool {
    let (first, length) = utf8::decode(token);
    // Letters and the like are told apart by one look-up.
    if !is_emoji(first) {
        return false;
    }
    let end = if is_regional(first) { flag(token, length) } else { joined(token, first, length) };
    end.is_some_and(|end| has_only_signs(&token[end..]))
}

/// Where a flag of two regional indicators ends.
fn flag(token: &[u8], first: usize) -> Option<usize> {
    let (second, length) = utf8::decode(&token[first..]);
    if is_regional(second) { Some(first + length) } else { None }
}

/// Where pictographs end that have ZWJ between them, or one emoji does.
fn joined(token: &[u8], first: char, length: usize) -> Option<usize> {
    let (mut end, mut is_picture) = element(token, first, length);
    while let (ZWJ, zwj) = utf8::decode(&token[end..])
        && let (next, length) = utf8::decode(&token[end + zwj..])
        && is_pictographic(next)
        && is_pictographic(first)
    {
        end = element(token, next, end + zwj + length).0;
        is_picture = true;
    }
    if is_picture { Some(end) } else { None }
}

/// Where an emoji character and what modifies it end, and whether this is shown as a picture by itself.
fn element(token: &[u8], first: char, at: usize) -> (usize, bool) {
    let (mut end, mut is_picture) = (at, has_emoji_presentation(first));
    let (next, length) = utf8::decode(&token[end..]);
    match next {
        TEXT_STYLE => return (end + length, false),
        EMOJI_STYLE => (end, is_picture) = (end + length, true),
        _ => {}
    }
    let (next, length) = utf8::decode(&token[end..]);
    let is_key = first.is_ascii();
    if next == KEYCAP && is_key {
        return (end + length, true);
    }
    if is_modifier(next) && is_modifier_base(first) {
        return (end + length, true);
    }
    // A digit with U+FE0F is an emoji presentation sequence that no font draws.
    (tags(token, end).unwrap_or(end), is_picture && !is_key)
}

/// Where tags end that a cancel tag closes.
fn tags(token: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    loop {
        let (next, length) = utf8::decode(&token[end..]);
        if !is_tag(next) {
            return None;
        }
        end += length;
        if next == CANCEL_TAG {
            return if end - length > at { Some(end) } else { None };
        }
    }
}

fn has_only_signs(token: &[u8]) -> bool {
    let mut at = 0;
    while at < token.len() {
        let (category, length) = Category::at(token, at);
        if !category.is_mark() && category != Category::Format {
            return false;
        }
        at += length;
    }
    true
}

fn is_regional(character: char) -> bool {
    ('\u{1F1E6}'..='\u{1F1FF}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_of_every_kind_are_told_from_text() {
        let emoji = [
            "😀",
            "❤\u{FE0F}",
            "ℹ\u{FE0F}",
            "©\u{FE0F}",
            "👍🏽",
            "☝🏽",
            "✌\u{FE0F}🏽",
            "🏽", // Presentation, modifiers.
            "1\u{FE0F}\u{20E3}",
            "#\u{20E3}",
            "🇮🇷",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", // Keycaps, flags.
            "👩\u{200D}🚀",
            "👩🏽\u{200D}❤\u{FE0F}\u{200D}💋\u{200D}👨🏾",
            "👁\u{200D}🗨",
            "❤\u{200D}🔥",
            "🏴\u{200D}☠\u{FE0F}",
            "🏳\u{FE0F}\u{200D}🌈",
            "🙂\u{200D}↔\u{FE0F}",
            "😀\u{301}",
            "😀\u{200C}",
            "😀\u{200D}",
            "🇮🇷\u{FE0F}",
        ];
        for token in emoji {
            assert!(is_sequence(token.as_bytes()), "{token:?}");
        }
        let other = [
            "",
            "a",
            "1",
            "#",
            "1\u{FE0F}",
            "12\u{20E3}",
            "a\u{20E3}",
            "❤",
            "©",
            "ℹ",
            "😀\u{FE0E}",
            "🇮",
            "🇮a",
            "😀a",
            "😀😀",
            "\u{200D}😀",
            "1\u{200D}😀",
            "☺\u{1F3FD}a",
            "❤\u{FE0E}\u{200D}a",
            "\u{FE0F}",
            "\u{FFFD}",
        ];
        for token in other {
            assert!(!is_sequence(token.as_bytes()), "{token:?}");
        }
        assert!(!is_sequence(b"\xF0\x9F\x98") && !is_sequence("😀".as_bytes().split_at(3).1));
    }

    #[test]
    fn a_word_segment_holds_a_whole_sequence() {
        for token in
            ["🇮🇷", "#\u{FE0F}\u{20E3}", "👩🏽\u{200D}❤\u{FE0F}\u{200D}👨🏾", "🏴\u{E0067}\u{E0062}\u{E007F}"]
        {
            let text = format!("{token}{token}");
            let mut tokens = Vec::new();
            unicode::Unit::Word.for_each(text.as_bytes(), |part| tokens.push(part.to_vec()));
            assert_eq!(tokens, [token.as_bytes(), token.as_bytes()], "{token:?}");
        }
    }
}
