//! The mapping itself: a record becomes its tokens.

use memchr::{memchr_iter, memchr2};
use textcore::frame::Cut;
use textcore::{Map, Record, Verdict};
use unicode::Unit;

use crate::format::{Conllu, Format, Jsonl, Lines, Spaced, Tsv, Vertical, Writer, conllu};
use crate::joiner::Joiner;
use crate::offsets::OffsetUnit;
use crate::sentences::Sentences;
use crate::stream::{self, Stream};

/// Writes the tokens of each record.
#[derive(Debug, Clone)]
pub struct Tokenizer {
    /// What the tokens are.
    pub stream: Stream,
    /// How they are written.
    pub format: Format,
    /// What ends a token that has a line of its own.
    pub line_end: u8,
    /// For [`Format::Spaced`]: marks from which the text can be had back.
    pub joiner: Option<Joiner>,
    /// In what offsets are counted, if anything was said of it.
    pub offset_unit: Option<OffsetUnit>,
    /// Each record is a document, not each operand.
    pub has_documents_in_records: bool,
}

/// Room for the work on one record after the other.
#[derive(Debug, Default)]
pub struct Scratch {
    stream: stream::Scratch,
    conllu: conllu::Scratch,
}

impl Tokenizer {
    /// A tokenizer of units by the rules of Unicode alone.
    pub fn new(unit: Unit, format: Format, line_end: u8) -> Self {
        let stream = Stream::of(crate::segmenter::Segmenter::Unit(unit));
        Tokenizer {
            stream,
            format,
            line_end,
            joiner: None,
            offset_unit: None,
            has_documents_in_records: false,
        }
    }

    fn write(&self, scratch: &mut stream::Scratch, record: &Record<'_>, mut writer: impl Writer) {
        if writer.has_sentences() {
            let mut sentences = Sentences::of(record.text);
            self.stream.for_each(scratch, record, &mut |token| {
                if sentences.pass(&token) {
                    writer.sentence_end(token.start);
                }
                writer.token(&token);
            });
        } else {
            self.stream.for_each(scratch, record, &mut |token| writer.token(&token));
        }
        writer.finish();
    }

    /// Writes the tokens of a text, each with an end, without a look at any; false if that cannot be.
    fn write_plain(&self, text: &[u8], end: u8, out: &mut Vec<u8>) -> bool {
        if let Some(dictionary) = self.stream.plain_dictionary() {
            dictionary.write_tokens(text, end, out);
            return true;
        }
        match self.stream.plain_unit() {
            Some(Unit::Word) => unicode::word::write_tokens(text, end, out),
            Some(Unit::Grapheme) if memchr2(b'\n', b'\r', text).is_none() => {
                unicode::grapheme::write_graphemes(text, end, out);
            }
            Some(unit @ (Unit::Grapheme | Unit::Char)) => unit.for_each(text, |character| {
                // A line end is a character of its own.
                let is_line_end = matches!(character, [b'\n' | b'\r', ..]);
                out.extend_from_slice(if is_line_end { b" " } else { character });
                out.push(end);
            }),
            _ => return false,
        }
        true
    }

    fn write_spaced(&self, scratch: &mut stream::Scratch, record: &Record<'_>, out: &mut Vec<u8>) {
        out.reserve(record.text.len() + record.text.len() / 4);
        if let Some(joiner) = &self.joiner {
            let mut writer = joiner.writer(record.text, out);
            self.stream.for_each(scratch, record, &mut |token| writer.token(&token));
            return writer.finish();
        }
        let start = out.len();
        if self.write_plain(record.text, b' ', out) {
            return out.truncate(out.len() - usize::from(out.len() > start));
        }
        self.write(scratch, record, Spaced::new(out));
    }

    fn write_lines(&self, scratch: &mut stream::Scratch, record: &Record<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        if !self.write_plain(record.text, self.line_end, out) {
            self.write(scratch, record, Lines::new(self.line_end, out));
        }
        // A selected part has no line of its own: its tokens are only set apart.
        if record.is_part && out.len() > start {
            out.pop();
        }
    }
}

impl Map for Tokenizer {
    type Scratch = Scratch;

    fn map(&self, scratch: &mut Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let Scratch { stream, conllu } = scratch;
        let unit = self.offset_unit.unwrap_or_default();
        match self.format {
            Format::Spaced => self.write_spaced(stream, &record, out),
            Format::Lines => self.write_lines(stream, &record, out),
            Format::Vertical => self.write(stream, &record, Vertical::new(self.line_end, out)),
            Format::Tsv => self.write(stream, &record, Tsv::new(unit, &record, out)),
            Format::Jsonl => self.write(stream, &record, Jsonl::new(unit, &record, out)),
            Format::Conllu => {
                self.write(
                    stream,
                    &record,
                    Conllu::new(self.offset_unit, self.has_documents_in_records, &record, conllu, out),
                );
            }
        }
        Verdict::Keep
    }

    fn map_end(&self, end: &[u8], out: &mut Vec<u8>) {
        if self.format == Format::Spaced {
            out.extend_from_slice(end);
        }
    }

    fn map_lines(&self, text: &[u8], out: &mut Vec<u8>) -> Option<u64> {
        if self.stream.plain_unit() != Some(Unit::Word) || self.joiner.is_some() {
            return None;
        }
        out.reserve(text.len() + text.len() / 4);
        match self.format {
            Format::Spaced => Some(unicode::word::write_lines(text, out)),
            Format::Lines if self.line_end == b'\n' => {
                unicode::word::write_tokens(text, b'\n', out);
                Some(Cut::Lines.count(text) - lone_tokens(text))
            }
            _ => None,
        }
    }

    fn is_listing(&self) -> bool {
        self.format.is_listing()
    }
}

/// How many lines are one token and a line feed: those that stay as they are where each token has a line.
fn lone_tokens(text: &[u8]) -> u64 {
    let mut start = 0;
    let mut count = 0;
    for end in memchr_iter(b'\n', text) {
        count += u64::from(unicode::word::is_token(&text[start..end]));
        start = end + 1;
    }
    count
}
