//! From a segment's bytes to the texts that a tool sees: selection, and the policies for what is bad.

use std::borrow::Cow;
use std::ops::Range;

use bstr::ByteSlice;

use crate::chunk::Segment;
use crate::error::Trouble;
use crate::frame::{Cut, Raw, Selection, columns};
use crate::intake::{Oversize, over_long_message};
use crate::json;
use crate::report::{Counts, InvalidPlace};

/// What becomes of bytes that are not well-formed in their encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invalid {
    /// Each maximal ill-formed part becomes U+FFFD (Unicode 3.9; what WHATWG decoders do).
    Replace,
    /// The record is named as an error and left out.
    Fail,
    /// The record is left out and counted.
    Skip,
    /// The bytes stay as they are; tools take them for U+FFFD. Text in other encodings than UTF-8 cannot keep
    /// them and gets U+FFFD.
    Keep,
}

/// What becomes of a line that is no JSON text, or lacks the field, with `--jsonl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Malformed {
    /// It is named as an error and left out.
    #[default]
    Fail,
    /// It is left out and counted.
    Skip,
    /// It passes by untouched; tools that count leave it out.
    Pass,
}

/// How segments are read: the frame and every policy.
#[derive(Debug, Clone)]
pub struct Reading {
    /// How records end.
    pub cut: Cut,
    /// Which part of a record is text.
    pub selection: Selection,
    /// For bytes that are not well-formed.
    pub invalid: Invalid,
    /// For JSON lines that are not.
    pub malformed: Malformed,
    /// For records longer than `record_bytes_max`.
    pub oversize: Oversize,
    /// The longest record's text, in bytes.
    pub record_bytes_max: usize,
}

/// A record as a tool's adaptor sees it.
#[derive(Debug)]
pub struct View<'a> {
    /// All its bytes.
    pub raw: Raw<'a>,
    /// What is text in it, in order; never empty.
    pub parts: &'a [Part<'a>],
    /// Where its first byte, prefix included, stands in the segment.
    pub start: usize,
    /// Its number in the operand, from 1.
    pub number: u64,
    /// Its offset in the operand.
    pub offset: u64,
}

/// One selected text of a record.
#[derive(Debug)]
pub struct Part<'a> {
    /// What the tool sees: unescaped, well-formed by policy.
    pub text: Cow<'a, [u8]>,
    /// The bytes of `raw.text` that it stands for.
    pub span: Range<usize>,
    /// The text is not just what stood there, for ill-formed bytes were replaced.
    pub is_repaired: bool,
}

/// What the visitor finds, in order.
#[derive(Debug)]
pub enum Seen<'a> {
    /// A record for the tool.
    Record(View<'a>),
    /// Bytes that pass by untouched, as a range of the segment: no record, or one that a policy lets pass.
    Untouched(Range<usize>),
}

/// Walks the records of one segment.
pub struct Visit<'a, 'c> {
    reading: &'a Reading,
    segment: &'a Segment,
    chunk_bytes: &'a [u8],
    is_valid: bool,
    number: u64,
    counts: &'c mut Counts,
    troubles: &'c mut Vec<Trouble>,
}

/// Whether bytes are well-formed UTF-8.
pub fn is_utf8(bytes: &[u8]) -> bool {
    simdutf8::basic::from_utf8(bytes).is_ok()
}

impl<'a, 'c> Visit<'a, 'c> {
    /// Prepares a segment; `chunk_bytes` is the chunk that it lies in.
    pub fn new(
        reading: &'a Reading,
        segment: &'a Segment,
        chunk_bytes: &'a [u8],
        counts: &'c mut Counts,
        troubles: &'c mut Vec<Trouble>,
    ) -> Self {
        let is_valid = match &segment.decoded {
            Some(places) => places.malformed.is_empty(),
            None => is_utf8(&chunk_bytes[segment.range.clone()]),
        };
        Visit { reading, segment, chunk_bytes, is_valid, number: segment.first_number, counts, troubles }
    }

    /// The segment's bytes.
    pub fn bytes(&self) -> &'a [u8] {
        &self.chunk_bytes[self.segment.range.clone()]
    }

    /// Whether the records are the plain bytes: nothing selected inside, nothing ill-formed, nothing too long.
    pub fn is_plain(&self) -> bool {
        self.is_valid
            && matches!(self.reading.selection, Selection::All)
            && self.segment.range.len() <= self.reading.record_bytes_max
    }

    /// Counts the records that pass as they are, without looking into them.
    pub fn pass_all(self) -> u64 {
        let records = self.segment.records.unwrap_or_else(|| self.reading.cut.count(self.bytes()));
        self.counts.records_read += records;
        records
    }

    /// Calls `each` for every record and every stretch of other bytes, in order.
    pub fn each(self, each: impl FnMut(Seen<'_>)) {
        if self.is_plain() && self.segment.decoded.is_none() {
            self.each_plain(each);
        } else {
            self.each_checked(each);
        }
    }

    /// The hot loop: every record is just its bytes, and no policy has anything to say.
    fn each_plain(self, mut each: impl FnMut(Seen<'_>)) {
        let mut start = 0;
        let mut number = self.number;
        self.reading.cut.for_each(self.bytes(), |raw| {
            let length = raw.length_bytes();
            if raw.is_filler() {
                return each(Seen::Untouched(start..start + length));
            }
            let part = Part { text: Cow::Borrowed(raw.text), span: 0..raw.text.len(), is_repaired: false };
            let offset = self.segment.first_offset + (start + raw.prefix.len()) as u64;
            each(Seen::Record(View { raw, parts: std::slice::from_ref(&part), start, number, offset }));
            start += length;
            number += 1;
        });
        self.counts.records_read += number - self.number;
    }

    fn each_checked(mut self, mut each: impl FnMut(Seen<'_>)) {
        let mut start = 0;
        for raw in self.reading.cut.split(self.bytes()) {
            let range = start..start + raw.length_bytes();
            // The reader, which looks for an end, counts blank lines around a paragraph; so must this.
            let is_over_long = raw.text.len() > self.reading.record_bytes_max
                || raw.length_bytes() > self.reading.record_bytes_max.saturating_add(2);
            if raw.is_filler() && !is_over_long {
                each(Seen::Untouched(range));
                break;
            }
            self.counts.records_read += 1;
            let text_index = self.segment.range.start + start + raw.prefix.len();
            let place = Place { start, text_index, offset: self.segment.offset_of(text_index) };
            if is_over_long {
                self.over_long(raw, place, &mut each);
            } else {
                self.select(raw, place, &mut each);
            }
            self.number += 1;
            start = range.end;
        }
    }

    fn over_long(&mut self, raw: Raw<'_>, place: Place, each: &mut impl FnMut(Seen<'_>)) {
        match self.reading.oversize {
            Oversize::Pass => {
                self.counts.pass("oversize");
                each(Seen::Untouched(place.range(raw)));
            }
            Oversize::Skip => self.counts.drop("oversize"),
            Oversize::Fail => {
                self.counts.fail("oversize");
                let byte = self.segment.offset_of(self.segment.range.start + place.start);
                self.trouble(byte, over_long_message(self.reading.record_bytes_max));
            }
        }
    }

    fn select(&mut self, raw: Raw<'_>, place: Place, each: &mut impl FnMut(Seen<'_>)) {
        match &self.reading.selection {
            Selection::All => {
                let part = self.part(Cow::Borrowed(raw.text), 0..raw.text.len(), place);
                self.show(raw, part.as_ref().map(std::slice::from_ref), place, each);
            }
            Selection::Json(pointer) => match json::find(raw.text, pointer) {
                _ if raw.text.trim_ascii().is_empty() => each(Seen::Untouched(place.range(raw))),
                Ok(Some(span)) => {
                    let escaped = &raw.text[span.clone()];
                    let text = if json::needs_unescape(escaped) {
                        let mut text = Vec::with_capacity(escaped.len());
                        json::unescape_into(escaped, &mut text);
                        Cow::Owned(text)
                    } else {
                        Cow::Borrowed(escaped)
                    };
                    let part = self.part(text, span, place);
                    self.show(raw, part.as_ref().map(std::slice::from_ref), place, each);
                }
                Ok(None) => self.malformed(raw, place, &format!("there is no field '{pointer}'"), each),
                Err(error) => self.malformed(raw, place, &error.to_string(), each),
            },
            Selection::Columns { separator, fields } => {
                let mut ranges = Vec::new();
                columns(raw.text, *separator, fields, &mut ranges);
                if ranges.is_empty() {
                    ranges.push(raw.text.len()..raw.text.len());
                }
                let parts: Option<Vec<Part<'_>>> = ranges
                    .into_iter()
                    .map(|span| self.part(Cow::Borrowed(&raw.text[span.clone()]), span, place))
                    .collect();
                self.show(raw, parts.as_deref(), place, each);
            }
        }
    }

    fn show(&self, raw: Raw<'_>, parts: Option<&[Part<'_>]>, place: Place, each: &mut impl FnMut(Seen<'_>)) {
        if let Some(parts) = parts {
            each(Seen::Record(View {
                raw,
                parts,
                start: place.start,
                number: self.number,
                offset: place.offset,
            }));
        }
    }

    fn malformed(&mut self, raw: Raw<'_>, place: Place, what: &str, each: &mut impl FnMut(Seen<'_>)) {
        match self.reading.malformed {
            Malformed::Pass => {
                self.counts.pass("malformed");
                each(Seen::Untouched(place.range(raw)));
            }
            Malformed::Skip => self.counts.drop("malformed"),
            Malformed::Fail => {
                self.counts.fail("malformed");
                self.trouble(
                    place.offset,
                    format!("malformed JSON line: {what}; left out (see --malformed)"),
                );
            }
        }
    }

    /// A text under the policy for ill-formed bytes; `None` when it costs the record.
    fn part<'t>(&mut self, text: Cow<'t, [u8]>, span: Range<usize>, place: Place) -> Option<Part<'t>> {
        let is_unescaped = matches!(text, Cow::Owned(_));
        if self.is_valid && !is_unescaped {
            return Some(Part { text, span, is_repaired: false });
        }
        let decoded = self.segment.decoded.as_ref();
        let index = place.text_index + span.start;
        let (sequences, first) = match decoded {
            Some(places) if !is_unescaped => {
                let from = places.malformed.partition_point(|&at| at < index);
                let to = places.malformed.partition_point(|&at| at < index + text.len());
                (to - from, 0)
            }
            _ if is_utf8(&text) => (0, 0),
            _ => ill_formed(&text),
        };
        if sequences == 0 {
            return Some(Part { text, span, is_repaired: false });
        }
        let byte =
            place.offset + if is_unescaped || decoded.is_some() { 0 } else { (span.start + first) as u64 };
        self.counts.invalid_sequences += sequences as u64;
        self.counts.invalid_records += 1;
        self.counts.note_invalid(|| InvalidPlace {
            operand: self.segment.operand.name(),
            record: self.number,
            byte,
        });
        match self.reading.invalid {
            Invalid::Keep => Some(Part { text, span, is_repaired: false }),
            Invalid::Replace if decoded.is_some() && !is_unescaped => {
                Some(Part { text, span, is_repaired: false })
            }
            Invalid::Replace => {
                let mut repaired = String::with_capacity(text.len() + 16);
                text.to_str_lossy_into(&mut repaired);
                Some(Part { text: Cow::Owned(repaired.into_bytes()), span, is_repaired: true })
            }
            Invalid::Skip => {
                self.counts.drop("invalid");
                None
            }
            Invalid::Fail => {
                self.counts.fail("invalid");
                self.trouble(
                    byte,
                    format!("{} ill-formed; the record is left out (see --invalid)", bytes_are(sequences)),
                );
                None
            }
        }
    }

    fn trouble(&mut self, byte: u64, what: String) {
        let operand = self.segment.operand.name();
        self.troubles.push(Trouble { operand, record: Some(self.number), byte: Some(byte), what });
    }
}

fn bytes_are(sequences: usize) -> String {
    if sequences == 1 { "a byte sequence is".to_owned() } else { format!("{sequences} byte sequences are") }
}

/// Where a record stands.
#[derive(Clone, Copy)]
struct Place {
    /// Its first byte in the segment.
    start: usize,
    /// The first byte of its text in the chunk.
    text_index: usize,
    /// The first byte of its text in the operand.
    offset: u64,
}

impl Place {
    fn range(self, raw: Raw<'_>) -> Range<usize> {
        self.start..self.start + raw.length_bytes()
    }
}

/// How many maximal ill-formed parts, and where the first one stands.
fn ill_formed(text: &[u8]) -> (usize, usize) {
    let mut sequences = 0;
    let mut first = 0;
    let mut at = 0;
    for chunk in text.utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            if sequences == 0 {
                first = at;
            }
            sequences += 1;
        }
        at += chunk.invalid().len();
    }
    (sequences, first)
}
