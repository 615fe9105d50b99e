//! Which encoding a text without a label is in, judged by its first bytes.

mod legacy;
mod reading;
#[cfg(test)]
mod tests;
mod wide;

use super::Encoding;

/// Detection looks at no more than this.
pub const DETECTION_BYTES_MAX: usize = 64 << 10;

/// Guesses the encoding of a text that starts with `prefix` and, if `at_end`, ends with it.
///
/// In this order: UTF-32 if every unit is a scalar value; UTF-16 if one byte of each pair looks like the
/// upper half of text; UTF-8 if it is valid (a sequence that is cut by the end of what is looked at is no
/// fault), but ISO-2022-JP for its escape sequences; else the legacy encoding that chardetng holds most
/// likely, unless most parts of the text say otherwise, or a relative that chardetng does not know reads
/// better. A byte order mark is not looked for.
///
/// Text that is the same in several encodings (ASCII) is UTF-8. Short texts are often guessed wrong; of a
/// kilobyte and more few are: docs/ENCODINGS.md has the shares.
pub fn detect(prefix: &[u8], at_end: bool) -> Encoding {
    let whole = at_end && prefix.len() <= DETECTION_BYTES_MAX;
    let prefix = &prefix[..prefix.len().min(DETECTION_BYTES_MAX)];
    let is_utf8 = match std::str::from_utf8(prefix) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && !whole,
    };
    if let Some(encoding) = wide::utf32(prefix).or_else(|| wide::utf16(prefix, is_utf8)) {
        return encoding;
    }
    if is_utf8 && !(prefix.is_ascii() && memchr::memchr(0x1B, prefix).is_some()) {
        return Encoding::Utf8;
    }
    let found = legacy::guess(prefix, whole);
    if is_utf8 && found != encoding_rs::ISO_2022_JP { Encoding::Utf8 } else { found.into() }
}
