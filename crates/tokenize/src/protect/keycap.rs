//! Keycaps, which are emoji that begin with a digit, so that word boundaries join several of them.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// U+20E3 COMBINING ENCLOSING KEYCAP in UTF-8.
const KEYCAP: &[u8] = "\u{20E3}".as_bytes();

static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(KEYCAP));

/// U+FE0F VARIATION SELECTOR-16 in UTF-8.
const EMOJI_STYLE: &[u8] = "\u{FE0F}".as_bytes();

/// Gives each keycap sequence of UTS #51 (section 1.4.5), with its U+FE0F or without, to a function.
pub(super) fn find(text: &[u8], mut receive: impl FnMut(Range<usize>)) {
    for place in FINDER.find_iter(text) {
        let before = &text[..place];
        let key = before.strip_suffix(EMOJI_STYLE).unwrap_or(before);
        if key.last().is_some_and(|key| matches!(key, b'0'..=b'9' | b'#' | b'*')) {
            receive(key.len() - 1..place + KEYCAP.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_keycap_is_one() {
        let text = "1\u{FE0F}\u{20E3}2\u{FE0F}\u{20E3} a\u{20E3} #\u{20E3}\u{20E3}";
        let mut found = Vec::new();
        find(text.as_bytes(), |range| found.push(&text[range]));
        assert_eq!(found, ["1\u{FE0F}\u{20E3}", "2\u{FE0F}\u{20E3}", "#\u{20E3}"]);
    }
}
