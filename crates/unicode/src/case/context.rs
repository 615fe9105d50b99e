//! The casing contexts of The Unicode Standard, table 3-17: what stands before and after a character.

use crate::tables::case::CONTEXT;
use crate::tables::form::{CLASSES, FORM};
use crate::utf8;

// Bits, in the order that scripts/gen-unicode numbers them.
const CASED: u8 = 1;
const IGNORABLE: u8 = 1 << 1;
const SOFT_DOTTED: u8 = 1 << 2;

/// Canonical combining class of marks above, U+0307 among them.
const ABOVE: u8 = 230;

/// Final_Sigma: a cased letter before, and none after, whatever Case_Ignorable characters are between.
///
/// A character that is both cased and ignorable, such as U+02B0, is ignored: so do the implementations that
/// there are.
pub(super) fn is_final_sigma(text: &[u8], start: usize, end: usize) -> bool {
    let is_ignored = |value| value & IGNORABLE != 0;
    follows_cased(text, start, is_ignored) && !precedes_cased(text, end, is_ignored)
}

/// No cased letter before or after, but for Case_Ignorable characters that are not cased themselves.
///
/// Of those that are, U+0345 becomes a letter in upper case: the place would then no longer stand alone.
pub(super) fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let is_ignored = |value| value & (IGNORABLE | CASED) == IGNORABLE;
    !follows_cased(text, start, is_ignored) && !precedes_cased(text, end, is_ignored)
}

fn follows_cased(text: &[u8], at: usize, is_ignored: impl Fn(u8) -> bool) -> bool {
    let mut end = at;
    while end > 0 {
        let start = utf8::previous(text, 0, end);
        let (value, _) = CONTEXT.at(text, start);
        if !is_ignored(value) {
            return value & CASED != 0;
        }
        end = start;
    }
    false
}

fn precedes_cased(text: &[u8], at: usize, is_ignored: impl Fn(u8) -> bool) -> bool {
    let mut at = at;
    while at < text.len() {
        let (value, length) = CONTEXT.at(text, at);
        if !is_ignored(value) {
            return value & CASED != 0;
        }
        at += length;
    }
    false
}

/// More_Above: a mark above stands on the character that ends at `at`.
pub(super) fn is_more_above(text: &[u8], at: usize) -> bool {
    first_of_class(text, at, |class| class == 0 || class == ABOVE).is_some_and(|(class, _)| class == ABOVE)
}

/// Before_Dot: U+0307 stands on the character that ends at `at`, with no mark above nearer.
pub(super) fn is_before_dot(text: &[u8], at: usize) -> bool {
    let first = first_of_class(text, at, |class| class == 0 || class == ABOVE);
    first.is_some_and(|(_, start)| text[start..].starts_with("\u{307}".as_bytes()))
}

/// After_I: the mark at `at` stands on a capital I, with no mark above nearer.
pub(super) fn is_after_i(text: &[u8], at: usize) -> bool {
    base(text, at).is_some_and(|start| text[start] == b'I')
}

/// After_Soft_Dotted: the mark at `at` stands on a letter with a soft dot, with no mark above nearer.
pub(super) fn is_after_soft_dotted(text: &[u8], at: usize) -> bool {
    base(text, at).is_some_and(|start| CONTEXT.at(text, start).0 & SOFT_DOTTED != 0)
}

/// The first character at or after `at` whose combining class `stops`: the class, and where it begins.
fn first_of_class(text: &[u8], at: usize, stops: impl Fn(u8) -> bool) -> Option<(u8, usize)> {
    let mut at = at;
    while at < text.len() {
        let (class, length) = combining_at(text, at);
        if stops(class) {
            return Some((class, at));
        }
        at += length;
    }
    None
}

/// Where the character of combining class 0 that the mark at `at` stands on begins, unless a mark above is
/// between.
fn base(text: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while end > 0 {
        let start = utf8::previous(text, 0, end);
        match combining_at(text, start).0 {
            0 => return Some(start),
            ABOVE => return None,
            _ => end = start,
        }
    }
    None
}

fn combining_at(text: &[u8], at: usize) -> (u8, usize) {
    let (class, length) = FORM.at(text, at);
    (CLASSES[usize::from(class)] as u8, length)
}
