//! Characters written one by one, with a separator after each.

use crate::utf8;

/// Bytes that are spread at once.
const STEP: usize = 16;

/// The most that they become: each a character, and what the last copy writes beyond its end.
const SPREAD_BYTES_MAX: usize = 2 * STEP + 4;

/// Append every character of a text, or ill-formed subpart of one, and a separator after each.
pub(super) fn write_characters(text: &[u8], separator: u8, out: &mut Vec<u8>) {
    let mut at = 0;
    // A character that begins in a step may end three bytes beyond it.
    while let Some(window) = text.get(at..).and_then(<[u8]>::first_chunk::<{ STEP + 3 }>) {
        let step = window.first_chunk::<STEP>().expect("a window is wider than a step");
        if step.is_ascii() {
            write_ascii(step, separator, out);
            at += STEP;
        } else if let Some(length) = write_mixed(window, separator, out) {
            at += length;
        } else {
            at += write_one(&text[at..], separator, out);
        }
    }
    while at < text.len() {
        at += write_one(&text[at..], separator, out);
    }
}

#[inline(always)]
fn write_ascii(step: &[u8; STEP], separator: u8, out: &mut Vec<u8>) {
    let mut spread = [separator; 2 * STEP];
    for (pair, &byte) in spread.as_chunks_mut::<2>().0.iter_mut().zip(step) {
        pair[0] = byte;
    }
    out.extend_from_slice(&spread);
}

/// Write the characters that begin in a step and answer their length; `None` where the first is ill-formed.
#[inline(always)]
fn write_mixed(window: &[u8; STEP + 3], separator: u8, out: &mut Vec<u8>) -> Option<usize> {
    let mut spread = [0; SPREAD_BYTES_MAX];
    let (mut from, mut to) = (0, 0);
    while from < STEP {
        let bytes: &[u8; 4] =
            window[from..].first_chunk().expect("a window goes on three bytes beyond its step");
        let length = well_formed_length(*bytes);
        if length == 0 {
            break;
        }
        spread[to..to + 4].copy_from_slice(bytes);
        spread[to + length] = separator;
        from += length;
        to += length + 1;
    }
    out.extend_from_slice(&spread[..to]);
    (from > 0).then_some(from)
}

/// The length of the character that four bytes begin with; 0 where it is not well-formed or has four bytes.
#[inline(always)]
fn well_formed_length([first, second, third, _]: [u8; 4]) -> usize {
    let continues = |byte: u8| byte & 0xC0 == 0x80;
    match first {
        0..0x80 => 1,
        0xC2..0xE0 if continues(second) => 2,
        _ if utf8::opens_three(first, second) && continues(third) => 3,
        _ => 0,
    }
}

fn write_one(text: &[u8], separator: u8, out: &mut Vec<u8>) -> usize {
    let length = utf8::decode(text).1;
    out.extend_from_slice(&text[..length]);
    out.push(separator);
    length
}
