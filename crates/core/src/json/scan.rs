//! Where a JSON string stops being plain: its quotes, backslashes and control characters, found many bytes at once.

use super::{JsonError, Trouble};

const WORD: usize = 8;
const BLOCK: usize = 32;
const EACH: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// The first quote, backslash or byte below 0x20 at or after `from`; the length of `bytes` if there is none.
pub(super) fn special(bytes: &[u8], from: usize) -> usize {
    first(bytes, from, is_special, |word| equal(word, b'"') | equal(word, b'\\') | below_space(word))
}

/// As [`special`], and 0xED too, with which the three bytes of a surrogate begin.
pub(super) fn special_or_surrogate(bytes: &[u8], from: usize) -> usize {
    let rare = |byte| is_special(byte) | (byte == 0xED);
    first(bytes, from, rare, |word| {
        equal(word, b'"') | equal(word, b'\\') | below_space(word) | equal(word, 0xED)
    })
}

/// Checks a string from the byte after its opening quote; the offset of its closing quote.
pub(super) fn string_end(line: &[u8], mut at: usize) -> Result<usize, JsonError> {
    loop {
        at = special(line, at);
        match line.get(at) {
            Some(b'"') => return Ok(at),
            Some(b'\\') => match escape_length(&line[at..]) {
                Some(length) => at += length,
                None => return Err(JsonError { offset_bytes: at, what: Trouble::MalformedEscape }),
            },
            Some(_) => return Err(JsonError { offset_bytes: at, what: Trouble::ControlCharacter }),
            None => return Err(JsonError { offset_bytes: at, what: Trouble::UnfinishedString }),
        }
    }
}

/// How many bytes the escape takes that these bytes begin with.
fn escape_length(bytes: &[u8]) -> Option<usize> {
    match bytes.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => bytes.get(2..6)?.iter().all(u8::is_ascii_hexdigit).then_some(6),
        _ => None,
    }
}

/// The two tests must agree: `rare` on a byte, and `marks`, which sets the top bit of each rare byte of a word.
#[inline(always)]
fn first(bytes: &[u8], from: usize, rare: impl Fn(u8) -> bool, marks: impl Fn(u64) -> u64) -> usize {
    let mut at = from;
    // Names and short values end in the first word; only what is longer is worth a block.
    if let Some(found) = in_word(bytes, at, &marks) {
        if found < WORD {
            return at + found;
        }
        at += WORD;
    }
    // A plain loop over a fixed number of bytes, which the compiler turns into vector instructions.
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        if block.iter().fold(false, |any, &byte| any | rare(byte)) {
            break;
        }
        at += BLOCK;
    }
    while let Some(found) = in_word(bytes, at, &marks) {
        at += found;
        if found < WORD {
            return at;
        }
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| rare(byte)).unwrap_or(rest.len())
}

/// How many bytes stand before the first marked one in the word at `at`; `None` if no whole word is left.
#[inline(always)]
fn in_word(bytes: &[u8], at: usize, marks: &impl Fn(u64) -> u64) -> Option<usize> {
    let word = u64::from_le_bytes(*bytes.get(at..)?.first_chunk::<WORD>()?);
    // A borrow can set marks too many, but only above a true one: the lowest mark is always right.
    Some(marks(word).trailing_zeros() as usize / 8)
}

fn is_special(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (EACH * u64::from(byte));
    difference.wrapping_sub(EACH) & !difference & TOPS
}

fn below_space(word: u64) -> u64 {
    word.wrapping_sub(EACH * 0x20) & !word & TOPS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slow(bytes: &[u8], from: usize, also: Option<u8>) -> usize {
        let rare = |byte: u8| matches!(byte, b'"' | b'\\' | 0..=0x1F) || Some(byte) == also;
        (from..bytes.len()).find(|&at| rare(bytes[at])).unwrap_or(bytes.len().max(from))
    }

    proptest! {
        #[test]
        fn is_the_slow_search(plain in 0usize..200, tail in proptest::collection::vec(any::<u8>(), 0..80), from in 0usize..40) {
            let mut bytes = vec![b'a'; plain];
            bytes.extend(tail);
            let from = from.min(bytes.len());
            prop_assert_eq!(special(&bytes, from), slow(&bytes, from, None));
            prop_assert_eq!(special_or_surrogate(&bytes, from), slow(&bytes, from, Some(0xED)));
        }
    }

    #[test]
    fn each_byte_at_each_place() {
        for byte in 0..=255 {
            for place in 0..80 {
                let mut bytes = [0xFF; 90];
                bytes[place] = byte;
                assert_eq!(special(&bytes, 0), slow(&bytes, 0, None), "{byte} at {place}");
            }
        }
    }
}
