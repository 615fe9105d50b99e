//! Lines, and how many characters each of them has.

use crate::lanes::{self, WIDTH};
use crate::utf8;

/// Give every line of a text to a function, in order, without its terminator, `\n` or `\r\n`; and how many code points it has, an
/// ill-formed subpart being one. What follows the last `\n` is a line if there is anything.
///
/// ```
/// let mut seen = Vec::new();
/// unicode::line::for_each("né\r\n\n\u{FFFD}".as_bytes(), |line, chars| seen.push((line.len(), chars)));
/// assert_eq!(seen, [(3, 2), (0, 0), (3, 1)]);
/// ```
pub fn for_each(text: &[u8], mut receive: impl FnMut(&[u8], u64)) {
    let mut receive = |line: &[u8], is_ended: bool, chars: u64| match line {
        [line @ .., b'\r'] if is_ended => receive(line, chars - 1),
        line => receive(line, chars),
    };
    if !utf8::is_valid(text) {
        for line in text.split_inclusive(|&byte| byte == b'\n') {
            let inner = line.strip_suffix(b"\n");
            receive(inner.unwrap_or(line), inner.is_some(), utf8::count_chars(inner.unwrap_or(line)));
        }
        return;
    }
    let (mut start, mut chars) = (0, 0);
    for (number, block) in text.chunks(WIDTH).enumerate() {
        let padded;
        let bytes = match block.first_chunk::<WIDTH>() {
            Some(bytes) => bytes,
            None => {
                padded = pad(block);
                &padded
            }
        };
        let mut ends = lanes::matches(bytes, |byte| byte == b'\n');
        let mut leads = !(lanes::plane(bytes, 7) & !lanes::plane(bytes, 6));
        while ends != 0 {
            let place = ends.trailing_zeros() as usize;
            let (before, after) = ((1 << place) - 1, !1 << place);
            chars += u64::from((leads & before).count_ones());
            receive(&text[start..number * WIDTH + place], true, chars);
            (start, chars) = (number * WIDTH + place + 1, 0);
            leads &= after;
            ends &= after;
        }
        chars += u64::from(leads.count_ones());
    }
    if start < text.len() {
        receive(&text[start..], false, chars);
    }
}

/// A block with continuation bytes after it, which are no characters.
fn pad(block: &[u8]) -> [u8; WIDTH] {
    let mut padded = [0x80; WIDTH];
    padded[..block.len()].copy_from_slice(block);
    padded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_units_and_their_characters_are_counted(
            text in prop_oneof![
                "[a é\u{200C}\r\n]{0,300}".prop_map(String::into_bytes), // ZWNJ
                prop::collection::vec(prop::sample::select(&b"ab\r\n\n\xC3\xA9\xFF"[..]), 0..200),
            ]
        ) {
            let (mut wanted, mut seen) = (Vec::new(), Vec::new());
            Unit::Line.for_each(&text, |line| wanted.push((line.to_vec(), utf8::count_chars(line))));
            for_each(&text, |line, chars| seen.push((line.to_vec(), chars)));
            prop_assert_eq!(seen, wanted);
        }
    }
}
