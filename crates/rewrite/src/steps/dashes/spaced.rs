//! Dashes that stand between spaces.

use std::ops::Range;

use unicode::space::is_white_space;
use unicode::{Category, utf8};

use crate::draft::Draft;
use crate::scan;

pub(super) const EN: [u8; 3] = [0xE2, 0x80, 0x93]; // EN DASH
pub(super) const EM: [u8; 3] = [0xE2, 0x80, 0x94]; // EM DASH

/// Runs of HYPHEN-MINUS that stand for a dash; longer ones are rules and borders.
const HYPHENS_MAX: usize = 3;

/// Writes each dash between spaces as `dash`.
pub(super) fn replace(draft: &mut Draft<'_>, dash: [u8; 3]) {
    let text = draft.text();
    let mut from = 0;
    while let Some(at) = suspect(text, from, dash) {
        let start = if text.get(at + 1) == Some(&b'-') { at + 1 } else { at };
        let end = end_of_run(text, start);
        if is_spaced(text, start..end) {
            draft.replace(start..end, &dash, 0);
        }
        from = end;
    }
}

/// The next place at which a dash other than `dash`, or a byte before HYPHEN-MINUS that may end a space, stands.
pub(super) fn suspect(text: &[u8], from: usize, dash: [u8; 3]) -> Option<usize> {
    let narrow = |first: u8, second: u8| ((first == b' ') | (first >= 0x80)) & (second == b'-');
    let wide = |first: u8, second: u8, third: u8| {
        let is_general =
            (first == 0xE2) & (second == 0x80) & (third.wrapping_sub(0x90) < 6) & (third != dash[2]);
        let is_small = (second == 0xB9) & ((third == 0x98) | (third == 0xA3));
        is_general | (first == 0xEF) & (is_small | (second == 0xBC) & (third == 0x8D))
    };
    scan::find(text, from, narrow, wide)
}

/// Where a run of HYPHEN-MINUS is over, or a character.
fn end_of_run(text: &[u8], start: usize) -> usize {
    let hyphens = text[start..].iter().take_while(|&&byte| byte == b'-').count();
    start + if hyphens > 0 { hyphens } else { utf8::decode(&text[start..]).1 }
}

fn is_spaced(text: &[u8], run: Range<usize>) -> bool {
    if text[run.start] == b'-' && run.len() > HYPHENS_MAX {
        return false;
    }
    let (Some(before), Some(after)) = (beyond_spaces_before(text, run.start), beyond_spaces(text, run.end))
    else {
        return false;
    };
    let is_amount = |character| {
        let category = Category::of(character);
        category.is_number() || category == Category::CurrencySymbol || character == '%'
    };
    let is_apart = |character| character == '|' || is_dash(character) || is_white_space(character);
    !(is_apart(before) || is_apart(after) || is_amount(before) && is_amount(after))
}

/// The character before the spaces that end at `at`, if there are both.
fn beyond_spaces_before(text: &[u8], at: usize) -> Option<char> {
    let mut start = at;
    while start > 0 {
        let place = utf8::previous(text, 0, start);
        let (character, _) = utf8::decode(&text[place..]);
        if Category::of(character) != Category::SpaceSeparator {
            return (start < at).then_some(character);
        }
        start = place;
    }
    None
}

/// The character after the spaces that begin at `at`, if there are both.
fn beyond_spaces(text: &[u8], at: usize) -> Option<char> {
    let mut end = at;
    while end < text.len() {
        let (character, length) = utf8::decode(&text[end..]);
        if Category::of(character) != Category::SpaceSeparator {
            return (end > at).then_some(character);
        }
        end += length;
    }
    None
}

fn is_dash(character: char) -> bool {
    Category::of(character) == Category::DashPunctuation || character == super::MINUS
}
