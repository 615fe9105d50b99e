//! UTF-8 as glibc reads it: sequences of up to six bytes, but no surrogates and no longer form than is needed.

/// The longest sequence.
pub(super) const SEQUENCE_BYTES_MAX: usize = 6;

/// Whether a byte is none that begins a sequence, but one that goes on with it.
#[inline(always)]
pub(super) fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// The length that a sequence has by its first byte; 1 if none begins with it.
#[inline(always)]
fn length_by_lead(first: u8) -> usize {
    match first {
        0xC2..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0..0xF8 => 4,
        0xF8..0xFC => 5,
        0xFC..0xFE => 6,
        _ => 1,
    }
}

/// The first character of a text that is not empty, and the length of its sequence; bytes that are no character are passed
/// one by one.
///
/// The code point may be up to 0x7FFFFFFF: glibc's converter still knows the sequences of the first UTF-8 (RFC 2279).
#[inline]
pub(super) fn decode(text: &[u8]) -> (Option<u32>, usize) {
    let first = text[0];
    if first < 0x80 {
        return (Some(u32::from(first)), 1);
    }
    let length = length_by_lead(first);
    let Some(tail) = text.get(1..length).filter(|tail| !tail.is_empty()) else { return (None, 1) };
    if !tail.iter().all(|&byte| is_continuation(byte)) {
        return (None, 1);
    }
    let head = u32::from(first) & (0x7F >> length);
    let code = tail.iter().fold(head, |code, &byte| code << 6 | u32::from(byte & 0x3F));
    // The least code point that needs so many bytes.
    let least = [0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000][length - 2];
    if code < least || (0xD800..0xE000).contains(&code) { (None, 1) } else { (Some(code), length) }
}

/// The first place at or after `at` where a sequence begins for one who reads the text from its beginning.
///
/// Bytes that go on with a sequence are no more than five behind its first: nothing else needs to be known of what comes
/// before. The same holds of what comes after, but `text` must hold a whole sequence there if there is one.
pub(super) fn boundary(text: &[u8], at: usize) -> usize {
    if !text.get(at).is_some_and(|&byte| is_continuation(byte)) {
        return at.min(text.len());
    }
    let behind = (1..SEQUENCE_BYTES_MAX).map_while(|distance| at.checked_sub(distance));
    let lead = behind.into_iter().find(|&place| !is_continuation(text[place]));
    lead.map_or(at, |lead| at.max(lead + decode(&text[lead..]).1))
}

/// The length of a text without a sequence that may go on after it.
pub(super) fn complete_length(text: &[u8]) -> usize {
    let tail = text.len().saturating_sub(SEQUENCE_BYTES_MAX - 1)..text.len();
    let lead = tail.rev().find(|&place| !is_continuation(text[place]));
    lead.filter(|&lead| lead + length_by_lead(text[lead]) > text.len()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sequences_are_those_of_glibc() {
        for (text, code, length) in [
            (&b"a"[..], Some(0x61), 1),
            (b"\0", Some(0), 1),
            (b"\xC2\x80", Some(0x80), 2),
            (b"\xC1\xBF", None, 1),
            (b"\xE0\x9F\xBF", None, 1),
            (b"\xED\x9F\xBF", Some(0xD7FF), 3),
            (b"\xED\xA0\x80", None, 1),
            (b"\xF0\x8F\xBF\xBF", None, 1),
            (b"\xF4\x90\x80\x80", Some(0x11_0000), 4),
            (b"\xF7\xBF\xBF\xBF", Some(0x1F_FFFF), 4),
            (b"\xF8\x88\x80\x80\x80", Some(0x20_0000), 5),
            (b"\xF8\x87\xBF\xBF\xBF", None, 1),
            (b"\xFD\xBF\xBF\xBF\xBF\xBF", Some(0x7FFF_FFFF), 6),
            (b"\xFC\x83\xBF\xBF\xBF\xBF", None, 1),
            (b"\xFE\x80\x80\x80\x80\x80", None, 1),
            (b"\x80", None, 1),
            (b"\xE2\x82", None, 1),
            (b"\xE2\x82a", None, 1),
        ] {
            assert_eq!(decode(text), (code, length), "{text:x?}");
        }
    }

    #[test]
    fn well_formed_text_is_what_it_is_elsewhere() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            assert_eq!(decode(text.as_bytes()), (Some(u32::from(character)), text.len()));
        }
    }

    proptest! {
        #[test]
        fn boundaries_are_those_of_one_who_reads_on(
            text in prop::collection::vec(prop::sample::select(&b"a\x80\x88\xBF\xC2\xE0\xE2\xED\xF0\xF4\xF8\xFC\xFF"[..]), 0..40),
        ) {
            let mut starts = vec![0];
            while let Some(rest) = text.get(starts[starts.len() - 1]..).filter(|rest| !rest.is_empty()) {
                starts.push(starts[starts.len() - 1] + decode(rest).1);
            }
            for at in 0..=text.len() {
                let wanted = starts.iter().find(|&&start| start >= at);
                prop_assert_eq!(Some(&boundary(&text, at)), wanted, "at {}", at);
                let window = at.saturating_sub(5)..text.len().min(at + 5);
                prop_assert_eq!(boundary(&text[window.clone()], at - window.start) + window.start, *wanted.unwrap(), "by a window at {}", at);
                let complete = complete_length(&text[..at]);
                prop_assert!(starts.contains(&complete) && at - complete < SEQUENCE_BYTES_MAX);
            }
        }
    }
}
