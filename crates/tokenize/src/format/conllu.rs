//! CoNLL-U: ten columns a token, of which a tokenizer knows ID, FORM and MISC.
//!
//! MISC says how the text is had back, as UDPipe's tokenizer does: `SpaceAfter=No` where nothing follows a token,
//! `SpacesAfter=` where something else than one space does, `SpacesBefore=` before the first token of a record; in both
//! `\s`, `\t`, `\r` and `\n` stand for a space, a tab, CR and LF, and `\u00A0` for other white space. The end of a record is among them.

use textcore::Record;
use unicode::space::trim;

use super::plain::write_on_one_line;
use super::{Places, Writer, offsets, push_number};
use crate::class::Class;
use crate::offsets::OffsetUnit;
use crate::token::Token;

/// MISC of the token that waits for what follows it.
pub type Scratch = Vec<u8>;

/// Writes sentences.
pub struct Conllu<'w> {
    misc: &'w mut Scratch,
    out: &'w mut Vec<u8>,
    text: &'w [u8],
    record_end: &'w [u8],
    /// `FILE:RECORD`.
    name: String,
    /// Offsets, where they are wanted.
    places: Option<Places<'w>>,
    sentences: usize,
    tokens: usize,
    /// Where the sentence begins.
    start: usize,
    /// Where its rows begin in `out`.
    rows: usize,
    /// Where the last token ends.
    end: usize,
}

impl<'w> Conllu<'w> {
    /// Appends the sentences of a record to `out`. With a unit of offsets, MISC has `TokenRange=start:end`. A document is the
    /// record, or begins with the first of its operand.
    pub fn new(
        unit: Option<OffsetUnit>,
        is_document: bool,
        record: &Record<'w>,
        misc: &'w mut Scratch,
        out: &'w mut Vec<u8>,
    ) -> Self {
        let mut file = record.operand.name();
        file.retain(|character| !character.is_control());
        if record.number == 1 || is_document {
            let name = if is_document { format!("{file}:{}", record.number) } else { file.clone() };
            out.extend_from_slice(format!("# newdoc id = {name}\n").as_bytes());
        }
        misc.clear();
        let places = unit.map(|unit| offsets(unit, record));
        let name = format!("{file}:{}", record.number);
        Conllu {
            misc,
            out,
            text: record.text,
            record_end: if record.is_part { b"" } else { record.end },
            name,
            places,
            sentences: 0,
            tokens: 0,
            start: 0,
            rows: 0,
            end: 0,
        }
    }

    /// Ends the row of the last token, which `gap` follows.
    fn end_row(&mut self, gap_end: usize) {
        if self.tokens == 0 {
            return;
        }
        let within = &self.text[self.end..gap_end.max(self.end)];
        // After the last token the end of the record stands, too.
        let with_end = [within, self.record_end].concat();
        let gap = if gap_end == self.text.len() { &with_end[..] } else { within };
        match gap {
            b"" => self.say("SpaceAfter=No"),
            b" " => {}
            _ if trim(gap).is_empty() => self.spaces("SpacesAfter=", gap),
            // Tokens were left out here.
            _ => {}
        }
        self.out.extend_from_slice(if self.misc.is_empty() { b"_" } else { self.misc });
        self.out.push(b'\n');
        self.misc.clear();
    }

    fn say(&mut self, value: &str) {
        if !self.misc.is_empty() {
            self.misc.push(b'|');
        }
        self.misc.extend_from_slice(value.as_bytes());
    }

    fn spaces(&mut self, name: &str, gap: &[u8]) {
        self.say(name);
        for character in String::from_utf8_lossy(gap).chars() {
            let written = match character {
                ' ' => "\\s",
                '\t' => "\\t",
                '\r' => "\\r",
                '\n' => "\\n",
                _ => {
                    self.misc.extend_from_slice(format!("\\u{:04X}", u32::from(character)).as_bytes());
                    continue;
                }
            };
            self.misc.extend_from_slice(written.as_bytes());
        }
    }

    fn end_sentence(&mut self, gap_end: usize) {
        if self.tokens == 0 {
            return;
        }
        self.end_row(gap_end);
        self.sentences += 1;
        let name = &self.name;
        let comment = match self.sentences {
            1 => format!("# newpar\n# sent_id = {name}.1\n# text = "),
            number => format!("# sent_id = {name}.{number}\n# text = "),
        };
        // The comments stand above the rows, and are known after them.
        let end = self.out.len();
        self.out.extend_from_slice(comment.as_bytes());
        write_on_one_line(trim(&self.text[self.start..self.end]), self.out);
        self.out.push(b'\n');
        let length = self.out.len() - end;
        self.out[self.rows..].rotate_right(length);
        self.out.push(b'\n');
        self.tokens = 0;
    }
}

impl Writer for Conllu<'_> {
    fn token(&mut self, token: &Token<'_>) {
        // White space is no word; MISC tells of it.
        if trim(token.form).is_empty() && !token.form.is_empty() {
            return;
        }
        self.end_row(token.start);
        let is_first = self.tokens == 0;
        if is_first {
            (self.start, self.rows) = (token.start, self.out.len());
        }
        self.tokens += 1;
        let rows = &mut *self.out;
        push_number(self.tokens, rows);
        rows.push(b'\t');
        write_form(token.form, rows);
        rows.extend_from_slice(b"\t_\t_\t_\t_\t_\t_\t_\t");
        let before = &self.text[..token.start];
        if is_first && self.sentences == 0 && !before.is_empty() && trim(before).is_empty() {
            self.spaces("SpacesBefore=", before);
        }
        let class = token.class();
        if !matches!(class, Class::Word | Class::Number | Class::Punctuation | Class::Symbol) {
            self.say(&format!("Class={class}"));
        }
        if let Some(places) = &mut self.places {
            let [start, end] = places.of(token);
            self.say(&format!("TokenRange={start}:{end}"));
        }
        self.end = token.end;
    }

    fn has_sentences(&self) -> bool {
        true
    }

    fn sentence_end(&mut self, next: usize) {
        self.end_sentence(next);
    }

    fn finish(mut self) {
        let end = self.text.len();
        self.end_sentence(end);
    }
}

/// A form: its tabs and line ends are spaces, and nothing is an underscore.
fn write_form(form: &[u8], rows: &mut Vec<u8>) {
    if form.is_empty() {
        return rows.push(b'_');
    }
    let start = rows.len();
    write_on_one_line(form, rows);
    rows[start..].iter_mut().filter(|byte| **byte == b'\t').for_each(|byte| *byte = b' ');
}
