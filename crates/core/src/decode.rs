//! Text in some encoding to UTF-8, with the place in the original of every record.

mod detect;
mod label;
#[cfg(test)]
mod tests;
mod utf32;

use memchr::memchr;

pub use detect::{DETECTION_BYTES_MAX, detect};
pub use label::{EncodingChoice, UnknownLabel};

use utf32::Utf32;

/// What stands for bytes that are not text: U+FFFD REPLACEMENT CHARACTER.
const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

/// How much room for decoded text is cleared at once.
const ROOM_BYTES: usize = 64 << 10;

/// A character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, which needs no decoder.
    Utf8,
    /// UTF-32, least significant byte first.
    Utf32Le,
    /// UTF-32, most significant byte first.
    Utf32Be,
    /// Any encoding of the WHATWG Encoding Standard, UTF-16 among them.
    Other(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// The name by which the Unicode and Encoding Standards call it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf32Le => "UTF-32LE",
            Encoding::Utf32Be => "UTF-32BE",
            Encoding::Other(encoding) => encoding.name(),
        }
    }
}

/// How the text of an operand was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Its encoding.
    pub encoding: Encoding,
    /// A BOM said so, which is no part of the text.
    pub has_bom: bool,
}

impl Written {
    /// UTF-8 without a BOM: the text is the bytes of the operand.
    pub const PLAIN: Written = Written { encoding: Encoding::Utf8, has_bom: false };

    /// Whether the text is not the bytes of the operand: a BOM is gone, or an encoding was decoded.
    pub fn is_recoded(self) -> bool {
        self != Written::PLAIN
    }
}

impl From<&'static encoding_rs::Encoding> for Encoding {
    fn from(encoding: &'static encoding_rs::Encoding) -> Self {
        if encoding == encoding_rs::UTF_8 { Encoding::Utf8 } else { Encoding::Other(encoding) }
    }
}

/// What the first bytes of a text say about a byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bom {
    /// They may still become one.
    NeedMore,
    /// They are none.
    None,
    /// They are that encoding's, and so many bytes long.
    Found(Encoding, usize),
}

/// Looks for a byte order mark: U+FEFF in UTF-8, UTF-16 or UTF-32 (The Unicode Standard, section 2.13).
///
/// `FF FE 00 00` is UTF-32, not a UTF-16 text that starts with U+0000. More is asked for only while the bytes
/// could become a mark, or a longer one, and the input goes on; four bytes are always enough.
///
/// ```
/// # use textcore::decode::{Bom, Encoding, bom};
/// assert_eq!(bom(b"\xEF\xBB\xBFtext", false), Bom::Found(Encoding::Utf8, 3));
/// assert_eq!(bom(b"\xEF\xBB", false), Bom::NeedMore);
/// assert_eq!(bom(b"t", false), Bom::None);
/// ```
pub fn bom(prefix: &[u8], at_end: bool) -> Bom {
    let marks: [(&[u8], Encoding); 5] = [
        (&[0xFF, 0xFE, 0, 0], Encoding::Utf32Le),
        (&[0, 0, 0xFE, 0xFF], Encoding::Utf32Be),
        (&[0xEF, 0xBB, 0xBF], Encoding::Utf8),
        (&[0xFF, 0xFE], Encoding::Other(encoding_rs::UTF_16LE)),
        (&[0xFE, 0xFF], Encoding::Other(encoding_rs::UTF_16BE)),
    ];
    if !at_end && marks.iter().any(|(mark, _)| prefix.len() < mark.len() && mark.starts_with(prefix)) {
        return Bom::NeedMore;
    }
    match marks.into_iter().find(|(mark, _)| prefix.starts_with(mark)) {
        Some((mark, encoding)) => Bom::Found(encoding, mark.len()),
        None => Bom::None,
    }
}

/// The place of one delimiter, in what was decoded and in the original: the next record starts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Index into the decoded text, right behind the delimiter.
    pub decoded: usize,
    /// Offset in bytes from the start of the original, right behind the delimiter.
    pub original: u64,
}

/// What a decoder notes on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// One for every delimiter that was decoded, in order.
    pub anchors: Vec<Anchor>,
    /// Index into the decoded text of each U+FFFD that stands for a malformed sequence, in order.
    pub malformed: Vec<usize>,
}

/// Decodes a stream piece by piece; how it is cut into pieces makes no difference.
///
/// Malformed sequences become U+FFFD, as many as the Encoding Standard says; in UTF-32, one for each unit
/// that is no Unicode scalar value and one for a unit that breaks off. A byte order mark is text: it is to be
/// cut off before.
pub struct Decoder {
    converter: Converter,
    delimiter: u8,
    position: u64,
}

enum Converter {
    Utf32(Utf32),
    Table { decoder: encoding_rs::Decoder, cutter: Cutter },
}

impl Decoder {
    /// A decoder to UTF-8 with anchors at `delimiter`; the first byte it will get is at offset `start` of the
    /// original.
    ///
    /// `None` for UTF-8 itself. The delimiter is a byte below 0x30, such as LF or NUL: no encoding uses those
    /// inside the sequence of another character (UTF-16, UTF-32 and ISO-2022-JP apart, for which this is
    /// accounted for).
    pub fn new(encoding: Encoding, delimiter: u8, start: u64) -> Option<Decoder> {
        let converter = match encoding {
            Encoding::Utf8 => return None,
            Encoding::Utf32Le => Converter::Utf32(Utf32::new(false)),
            Encoding::Utf32Be => Converter::Utf32(Utf32::new(true)),
            Encoding::Other(encoding) => Converter::Table {
                decoder: encoding.new_decoder_without_bom_handling(),
                cutter: Cutter::new(encoding, delimiter),
            },
        };
        Some(Decoder { converter, delimiter, position: start })
    }

    /// The offset in the original of the next byte that this decoder will get.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Appends the UTF-8 of `input` to `text`, and what is to be noted to `marks`; indexes are into all of
    /// `text`.
    ///
    /// A sequence that is cut by the end of `input` waits for the next call, or if this is the `last` is
    /// malformed; after the last the decoder is as new, but for its position.
    pub fn decode(&mut self, input: &[u8], last: bool, text: &mut Vec<u8>, marks: &mut Marks) {
        match &mut self.converter {
            Converter::Utf32(utf32) => utf32.decode(input, last, self.delimiter, self.position, text, marks),
            Converter::Table { decoder, cutter } => {
                let mut output = Output { filled: text.len(), text, marks };
                output.decode(
                    input,
                    last,
                    decoder,
                    |rest| cutter.next_end(rest),
                    self.delimiter,
                    self.position,
                );
                output.text.truncate(output.filled);
                if last {
                    cutter.half = None;
                    // A decoder that has seen the end must not be used again.
                    *decoder = decoder.encoding().new_decoder_without_bom_handling();
                }
            }
        }
        self.position += input.len() as u64;
    }
}

/// Finds where delimiters end in the original bytes; too many places do no harm.
struct Cutter {
    delimiter: u8,
    /// The delimiter's code unit in UTF-16.
    unit: Option<[u8; 2]>,
    /// The first byte of a UTF-16 unit whose second is yet to come.
    half: Option<u8>,
}

impl Cutter {
    fn new(encoding: &'static encoding_rs::Encoding, delimiter: u8) -> Self {
        let unit = if encoding == encoding_rs::UTF_16LE {
            Some([delimiter, 0])
        } else if encoding == encoding_rs::UTF_16BE {
            Some([0, delimiter])
        } else {
            None
        };
        Cutter { delimiter, unit, half: None }
    }

    /// How many bytes there are up to the end of the next delimiter, or at all.
    fn next_end(&mut self, input: &[u8]) -> usize {
        let Some(wanted) = self.unit else {
            return memchr(self.delimiter, input).map_or(input.len(), |at| at + 1);
        };
        let mut at = 0;
        if let (Some(first), Some(&second)) = (self.half, input.first()) {
            self.half = None;
            at = 1;
            if [first, second] == wanted {
                return at;
            }
        }
        let (units, rest) = input[at..].as_chunks::<2>();
        if let Some(index) = units.iter().position(|unit| *unit == wanted) {
            return at + 2 * (index + 1);
        }
        if let Some(&first) = rest.first() {
            self.half = Some(first);
        }
        input.len()
    }
}

/// The decoded text, `text[..filled]`; behind that is cleared room.
struct Output<'a> {
    text: &'a mut Vec<u8>,
    filled: usize,
    marks: &'a mut Marks,
}

impl Output<'_> {
    /// Decodes up to one delimiter after the other: each is then the last byte that came out.
    fn decode(
        &mut self,
        input: &[u8],
        last: bool,
        decoder: &mut encoding_rs::Decoder,
        mut next_end: impl FnMut(&[u8]) -> usize,
        delimiter: u8,
        mut position: u64,
    ) {
        let mut rest = input;
        while !rest.is_empty() {
            let (piece, later) = rest.split_at(next_end(rest));
            let before = self.filled;
            self.convert(decoder, piece, false, rest.len());
            rest = later;
            position += piece.len() as u64;
            if before < self.filled && self.text[self.filled - 1] == delimiter {
                self.marks.anchors.push(Anchor { decoded: self.filled, original: position });
            }
        }
        if last {
            self.convert(decoder, &[], true, 0);
        }
    }

    fn convert(&mut self, decoder: &mut encoding_rs::Decoder, piece: &[u8], last: bool, coming: usize) {
        let mut piece = piece;
        // Three bytes of UTF-8 for one of the original are the most there can be, and some are held back.
        let mut wanted = 3 * piece.len() + 16;
        loop {
            self.make_room(wanted, coming);
            let room = &mut self.text[self.filled..];
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(piece, room, last);
            piece = &piece[read..];
            self.filled += written;
            match result {
                encoding_rs::DecoderResult::InputEmpty => return,
                encoding_rs::DecoderResult::OutputFull => wanted *= 2,
                encoding_rs::DecoderResult::Malformed(..) => {
                    self.make_room(REPLACEMENT.len(), coming);
                    self.marks.malformed.push(self.filled);
                    let end = self.filled + REPLACEMENT.len();
                    self.text[self.filled..end].copy_from_slice(REPLACEMENT);
                    self.filled = end;
                }
            }
        }
    }

    /// Clears room for `wanted` bytes; for many short pieces at once when more is `coming`.
    fn make_room(&mut self, wanted: usize, coming: usize) {
        if self.text.len() - self.filled < wanted {
            let ahead = coming.saturating_mul(3).min(ROOM_BYTES);
            self.text.resize(self.filled + wanted.max(ahead), 0);
        }
    }
}
