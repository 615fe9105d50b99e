//! ASCII, and the legacy encodings of the Encoding Standard, written without its approximations.

use std::ops::Range;

use encoding_rs::{Encoder, EncoderResult, Encoding};

use super::substitute::Substitute;

/// Appends a text in ASCII.
pub(super) fn write_ascii(text: &str, substitute: &mut Substitute, out: &mut Vec<u8>) {
    out.reserve(text.len());
    let mut at = 0;
    while at < text.len() {
        let end = at + Encoding::ascii_valid_up_to(&text.as_bytes()[at..]);
        out.extend_from_slice(&text.as_bytes()[at..end]);
        let Some(character) = text[end..].chars().next() else { return };
        if !substitute.meet(text, end, character, false) {
            return;
        }
        out.extend_from_slice(substitute.text.as_bytes());
        at = end + character.len_utf8();
    }
}

/// Appends a text in a legacy encoding.
///
/// ISO-2022-JP, the one that has states, is in ASCII at the start and end of each stretch between line ends and NUL:
/// RFC 1468 asks it of the end of a line, and any record can then be written without knowing the one before.
pub(super) fn write(encoding: &'static Encoding, text: &str, substitute: &mut Substitute, out: &mut Vec<u8>) {
    let table = Table { encoding, likenesses: likenesses(encoding) };
    if encoding != encoding_rs::ISO_2022_JP {
        table.write(text, 0..text.len(), substitute, out);
        return;
    }
    let start = out.len();
    let mut from = 0;
    for at in memchr::memchr3_iter(b'\n', b'\r', 0, text.as_bytes()) {
        if !table.write(text, from..at, substitute, out) {
            return;
        }
        out.push(text.as_bytes()[at]);
        from = at + 1;
    }
    table.write(text, from..text.len(), substitute, out);
    if substitute.lack.characters > 0 {
        leave_out_idle_switches(out, start);
    }
}

/// Leaves out escape sequences that are followed by another one, as they are where a character was dropped: for
/// decoders they are malformed (Encoding Standard, section 12.2.1).
fn leave_out_idle_switches(out: &mut Vec<u8>, start: usize) {
    const SWITCH_BYTES: usize = 3;
    let mut filled = start;
    let mut from = start;
    for at in memchr::memchr_iter(0x1B, &out[start..]).map(|at| start + at).collect::<Vec<_>>() {
        if out.get(at + SWITCH_BYTES) == Some(&0x1B) {
            out.copy_within(from..at, filled);
            filled += at - from;
            from = at + SWITCH_BYTES;
        }
    }
    out.copy_within(from.., filled);
    out.truncate(filled + out.len() - from);
}

/// Whether ASCII text holds what ISO-2022-JP switches its states with, and so cannot hold itself (Encoding
/// Standard, section 12.2.2).
pub(super) fn has_controls_of(encoding: &'static Encoding, text: &[u8]) -> bool {
    encoding == encoding_rs::ISO_2022_JP && memchr::memchr3(0x0E, 0x0F, 0x1B, text).is_some()
}

/// An encoding, and what it writes as something else.
struct Table {
    encoding: &'static Encoding,
    likenesses: &'static Likenesses,
}

impl Table {
    /// Appends `text[range]`; false if it need not go on.
    fn write(&self, text: &str, range: Range<usize>, substitute: &mut Substitute, out: &mut Vec<u8>) -> bool {
        let mut writer = Writer { encoder: self.encoding.new_encoder(), filled: out.len(), out };
        let goes_on = self.write_with(&mut writer, text, range, substitute);
        writer.put("", true);
        let filled = writer.filled;
        out.truncate(filled);
        goes_on
    }

    fn write_with(
        &self,
        writer: &mut Writer<'_>,
        text: &str,
        range: Range<usize>,
        substitute: &mut Substitute,
    ) -> bool {
        let mut at = range.start;
        while at < range.end {
            let exact_end = self.likenesses.find(text, at..range.end).unwrap_or(range.end);
            while at < exact_end {
                let (result, read) = writer.append(&text[at..exact_end], false);
                at += read;
                if let EncoderResult::Unmappable(_) = result {
                    // What the result names is U+FFFD for the controls of ISO-2022-JP.
                    let character = text[..at].chars().next_back().expect("a character was read");
                    if !substitute.meet(text, at - character.len_utf8(), character, false) {
                        return false;
                    }
                    writer.put(&substitute.text, false);
                }
            }
            if let Some(character) = text[at..range.end].chars().next() {
                if !substitute.meet(text, at, character, true) {
                    return false;
                }
                writer.put(&substitute.text, false);
                at += character.len_utf8();
            }
        }
        true
    }
}

/// Writes to `out[..filled]`; behind that is cleared room, so that a text with many gaps is cleared for once.
struct Writer<'a> {
    encoder: Encoder,
    out: &'a mut Vec<u8>,
    filled: usize,
}

impl Writer<'_> {
    /// Encodes up to the first character that is not in the table; also how many bytes were read, it included.
    fn append(&mut self, text: &str, last: bool) -> (EncoderResult, usize) {
        let mut at = 0;
        loop {
            let rest = &text[at..];
            let wanted = self.encoder.max_buffer_length_from_utf8_without_replacement(rest.len());
            let end = self.filled + wanted.unwrap_or(rest.len());
            if self.out.len() < end {
                self.out.resize(end, 0);
            }
            let room = &mut self.out[self.filled..];
            let (result, read, written) = self.encoder.encode_from_utf8_without_replacement(rest, room, last);
            at += read;
            self.filled += written;
            if result != EncoderResult::OutputFull {
                return (result, at);
            }
        }
    }

    /// Encodes characters that every encoding has, or at least something like them.
    fn put(&mut self, text: &str, last: bool) {
        let (result, _) = self.append(text, last);
        debug_assert_eq!(result, EncoderResult::InputEmpty, "{text:?}");
    }
}

/// Characters that an encoder of the Encoding Standard writes as other ones: for each stretch, the first and last
/// character, all of which start with the same byte of UTF-8.
struct Likenesses(&'static [(char, char, u8)]);

/// `¥ ‾ −` come back from Shift_JIS and EUC-JP as `\ ~ －`: Encoding Standard, sections 12.1.2 and 12.3.2.
const JAPANESE: Likenesses =
    Likenesses(&[('\u{A5}', '\u{A5}', 0xC2), ('\u{203E}', '\u{203E}', 0xE2), ('\u{2212}', '\u{2212}', 0xE2)]);

/// `−` and half-width katakana come back from ISO-2022-JP as full-width ones: section 12.2.2.
const JAPANESE_MAIL: Likenesses =
    Likenesses(&[('\u{2212}', '\u{2212}', 0xE2), ('\u{FF61}', '\u{FF9F}', 0xEF)]);

/// Private-use characters that the bytes of GB 18030 had before 2022 and 2005, and come back as the characters that
/// have them now: section 10.2.2.
const CHINESE: Likenesses = Likenesses(&[
    ('\u{E78D}', '\u{E796}', 0xEE),
    ('\u{E81E}', '\u{E81E}', 0xEE),
    ('\u{E826}', '\u{E826}', 0xEE),
    ('\u{E82B}', '\u{E82C}', 0xEE),
    ('\u{E832}', '\u{E832}', 0xEE),
    ('\u{E843}', '\u{E843}', 0xEE),
    ('\u{E854}', '\u{E854}', 0xEE),
    ('\u{E864}', '\u{E864}', 0xEE),
]);

const NONE: Likenesses = Likenesses(&[]);

fn likenesses(encoding: &'static Encoding) -> &'static Likenesses {
    match encoding {
        _ if encoding == encoding_rs::SHIFT_JIS || encoding == encoding_rs::EUC_JP => &JAPANESE,
        _ if encoding == encoding_rs::ISO_2022_JP => &JAPANESE_MAIL,
        _ if encoding == encoding_rs::GBK || encoding == encoding_rs::GB18030 => &CHINESE,
        _ => &NONE,
    }
}

impl Likenesses {
    /// Where the first of them stands in `text[range]`.
    fn find(&self, text: &str, range: Range<usize>) -> Option<usize> {
        let (&(_, _, first_lead), &(_, _, last_lead)) = (self.0.first()?, self.0.last()?);
        let bytes = &text.as_bytes()[range.clone()];
        memchr::memchr2_iter(first_lead, last_lead, bytes).map(|at| range.start + at).find(|&at| {
            let character = text[at..].chars().next();
            character.is_some_and(|it| self.0.iter().any(|&(first, last, _)| (first..=last).contains(&it)))
        })
    }
}
