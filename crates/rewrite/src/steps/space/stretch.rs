//! White space without a line end inside.

use std::ops::Range;

use unicode::utf8;

use super::Change;

/// A character of White_Space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// SPACE.
    Space,
    /// One that a change may make SPACE.
    Other(Change),
    /// CR.
    Return,
}

/// The longest run of White_Space but LF around a place.
#[derive(Debug)]
pub(super) struct Stretch {
    pub range: Range<usize>,
    /// Next to an end of the text or a line end.
    pub is_at_edge: bool,
    keep_tabs: bool,
}

impl Stretch {
    /// The stretch that the character at `at` lies in, or that begins after it; not before `from`.
    pub fn around(text: &[u8], from: usize, at: usize, keep_tabs: bool) -> Self {
        let mut start = at + 1;
        let mut end = at + 1;
        if let Some((_, length)) = kind(text, at, keep_tabs) {
            // Before what was found there can be nothing that would have been found as well.
            start =
                at - text[from..at].iter().rev().take_while(|&&byte| byte == b' ' || byte == b'\r').count();
            end = at + length;
        }
        while let Some((_, length)) = kind(text, end, keep_tabs) {
            end += length;
        }
        let is_end = matches!(text.get(end), None | Some(b'\n'));
        let is_at_edge = is_end || start == 0 || text[start - 1] == b'\n';
        Stretch { range: start..end, is_at_edge, keep_tabs }
    }

    /// Its characters, in order.
    pub fn characters(&self, text: &[u8]) -> impl Iterator<Item = (Range<usize>, Kind)> {
        let mut at = self.range.start;
        std::iter::from_fn(move || {
            let (kind, length) = kind(&text[..self.range.end], at, self.keep_tabs)?;
            at += length;
            Some((at - length..at, kind))
        })
    }
}

/// The White_Space character at `at` and its length, if one stands there and is no LF.
fn kind(text: &[u8], at: usize, keep_tabs: bool) -> Option<(Kind, usize)> {
    match *text.get(at)? {
        b' ' => return Some((Kind::Space, 1)),
        b'\r' => return Some((Kind::Return, 1)),
        b'\t' if !keep_tabs => return Some((Kind::Other(Change::Tab), 1)),
        b'\x0B' | b'\x0C' => return Some((Kind::Other(Change::Line), 1)),
        0..0x80 => return None,
        _ => {}
    }
    let (character, length) = utf8::decode(&text[at..]);
    let change = match character {
        '\u{A0}' | '\u{202F}' => Change::NoBreak,
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' => Change::Thin,
        '\u{3000}' => Change::Ideographic,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Change::Line,
        _ => return None,
    };
    Some((Kind::Other(change), length))
}
