//! UTF-8 that may be ill-formed: every maximal subpart of an ill-formed sequence counts as one U+FFFD.
//!
//! The subparts are those of the Unicode Standard, section 3.9 ("substitution of maximal subparts"), which
//! are also those of the WHATWG decoder and of the standard library.

/// U+FFFD REPLACEMENT CHARACTER in UTF-8.
pub const REPLACEMENT: &[u8; 3] = b"\xEF\xBF\xBD";

/// The first character of a text and its length in bytes.
///
/// An ill-formed subpart gives U+FFFD and the length of the subpart (1 to 3). The length is at least 1,
/// except that an empty text gives U+FFFD and 0.
///
/// ```
/// assert_eq!(unicode::utf8::decode("é!".as_bytes()), ('é', 2));
/// assert_eq!(unicode::utf8::decode(b"\xE2\x82A"), ('\u{FFFD}', 2));
/// assert_eq!(unicode::utf8::decode(b"\x82"), ('\u{FFFD}', 1));
/// ```
#[inline]
pub fn decode(text: &[u8]) -> (char, usize) {
    let Some(&first) = text.first() else { return (char::REPLACEMENT_CHARACTER, 0) };
    if first < 0x80 {
        return (char::from(first), 1);
    }
    let Some(&second) = text.get(1) else { return (char::REPLACEMENT_CHARACTER, 1) };
    let lead = u32::from(first);
    if (0xC2..0xE0).contains(&first) {
        return if is_continuation(second) { made(lead & 0x1F, &[second]) } else { broken(1) };
    }
    if opens_three(first, second) {
        return match text.get(2) {
            Some(&third) if is_continuation(third) => made(lead & 0xF, &[second, third]),
            _ => broken(2),
        };
    }
    if !opens_four(first, second) {
        return broken(1);
    }
    match (text.get(2), text.get(3)) {
        (Some(&third), Some(&fourth)) if is_continuation(third) && is_continuation(fourth) => {
            made(lead & 0x7, &[second, third, fourth])
        }
        (Some(&third), _) if is_continuation(third) => broken(3),
        _ => broken(2),
    }
}

/// Whether the whole text is well-formed UTF-8.
#[inline]
pub fn is_valid(text: &[u8]) -> bool {
    simdutf8::basic::from_utf8(text).is_ok()
}

/// Append the text with every ill-formed subpart replaced by U+FFFD, and say how many were replaced.
///
/// ```
/// let mut out = Vec::new();
/// assert_eq!(unicode::utf8::replace_invalid_into(b"a\xFFb\xE2\x82", &mut out), 2);
/// assert_eq!(out, "a\u{FFFD}b\u{FFFD}".as_bytes());
/// ```
pub fn replace_invalid_into(text: &[u8], out: &mut Vec<u8>) -> usize {
    if is_valid(text) {
        out.extend_from_slice(text);
        return 0;
    }
    let mut replaced = 0;
    for chunk in text.utf8_chunks() {
        out.extend_from_slice(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            out.extend_from_slice(REPLACEMENT);
            replaced += 1;
        }
    }
    replaced
}

/// The number of code points; an ill-formed subpart counts as one.
///
/// ```
/// assert_eq!(unicode::utf8::count_chars("سلام".as_bytes()), 4);
/// assert_eq!(unicode::utf8::count_chars(b"a\xE2\x82b"), 3);
/// ```
pub fn count_chars(text: &[u8]) -> u64 {
    if is_valid(text) {
        return count_leads(text);
    }
    text.utf8_chunks()
        .map(|chunk| count_leads(chunk.valid().as_bytes()) + u64::from(!chunk.invalid().is_empty()))
        .sum()
}

/// The number of code points of a well-formed text: its bytes that are not continuation bytes.
pub(crate) fn count_leads(text: &[u8]) -> u64 {
    // Sums of 255 fit a byte, which lets the loop run on vectors of bytes.
    text.chunks(255)
        .map(|chunk| u64::from(chunk.iter().map(|&byte| u8::from(!is_continuation(byte))).sum::<u8>()))
        .sum()
}

/// Where the character before `at` begins, not before `floor`: the inverse of stepping by [`decode`].
///
/// `floor` must be where a character begins and less than `at`.
///
/// # Panics
///
/// If `at` is not inside the text or at its end.
///
/// ```
/// assert_eq!(unicode::utf8::previous("aé!".as_bytes(), 0, 3), 1);
/// ```
#[inline]
pub fn previous(text: &[u8], floor: usize, at: usize) -> usize {
    let lowest = floor.max(at.saturating_sub(4));
    for start in (lowest..at).rev() {
        if !is_continuation(text[start]) {
            return if decode(&text[start..at]).1 == at - start { start } else { at - 1 };
        }
    }
    at - 1
}

/// Whether two bytes open a well-formed sequence of three.
#[inline(always)]
pub(crate) fn opens_three(first: u8, second: u8) -> bool {
    match first {
        0xE0 => (0xA0..0xC0).contains(&second),
        0xED => (0x80..0xA0).contains(&second),
        0xE1..=0xEF => is_continuation(second),
        _ => false,
    }
}

fn opens_four(first: u8, second: u8) -> bool {
    match first {
        0xF0 => (0x90..0xC0).contains(&second),
        0xF1..=0xF3 => is_continuation(second),
        0xF4 => (0x80..0x90).contains(&second),
        _ => false,
    }
}

#[inline(always)]
pub(crate) fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

fn broken(length: usize) -> (char, usize) {
    (char::REPLACEMENT_CHARACTER, length)
}

#[inline(always)]
fn made(head: u32, tail: &[u8]) -> (char, usize) {
    let code = tail.iter().fold(head, |code, &byte| code << 6 | u32::from(byte & 0x3F));
    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), tail.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decode_agrees_with_the_standard_library_on_every_character() {
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer).as_bytes();
            assert_eq!(decode(text), (character, text.len()));
            assert_eq!(previous(text, 0, text.len()), 0);
        }
    }

    #[test]
    fn subparts_are_those_of_the_standard_library() {
        // Every sequence of up to four of these bytes: each range edge of the UTF-8 table is among them.
        let edges =
            [0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE1, 0xED, 0xF0, 0xF1, 0xF4, 0xF5];
        let mut checked = 0;
        for number in 0..edges.len().pow(4) {
            let text: Vec<u8> = (0..4).map(|place| edges[number >> (4 * place) & 0xF]).collect();
            let mut out = Vec::new();
            replace_invalid_into(&text, &mut out);
            assert_eq!(out, String::from_utf8_lossy(&text).as_bytes(), "{text:x?}");
            let (mut at, mut walked, mut starts) = (0, String::new(), vec![]);
            while at < text.len() {
                let (character, length) = decode(&text[at..]);
                walked.push(character);
                starts.push(at);
                at += length;
            }
            assert_eq!(walked.as_bytes(), out);
            assert_eq!(count_chars(&text), walked.chars().count() as u64);
            while let Some(start) = starts.pop() {
                assert_eq!(previous(&text, 0, at), start, "{text:x?} before {at}");
                at = start;
            }
            checked += 1;
        }
        assert_eq!(checked, 65536);
    }
}
