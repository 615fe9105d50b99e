//! A JSON object for each record, its tokens in an array.

use textcore::Record;
use textcore::json::escape_into;

use super::{Places, Writer, offsets, push_number};
use crate::offsets::OffsetUnit;
use crate::token::Token;

/// Writes `{"file": …, "record": …, "tokens": [{"text": …, "class": …, "start": …, "end": …}]}`.
pub struct Jsonl<'w> {
    out: &'w mut Vec<u8>,
    places: Places<'w>,
    is_first: bool,
}

impl<'w> Jsonl<'w> {
    /// Appends a record's object to `out`.
    pub fn new(unit: OffsetUnit, record: &Record<'w>, out: &'w mut Vec<u8>) -> Self {
        out.extend_from_slice(b"{\"file\":\"");
        escape_into(record.operand.name().as_bytes(), out);
        out.extend_from_slice(format!("\",\"record\":{},\"tokens\":[", record.number).as_bytes());
        Jsonl { out, places: offsets(unit, record), is_first: true }
    }
}

impl Writer for Jsonl<'_> {
    fn token(&mut self, token: &Token<'_>) {
        let [start, end] = self.places.of(token);
        let between: &[u8] =
            if std::mem::take(&mut self.is_first) { b"{\"text\":\"" } else { b",{\"text\":\"" };
        self.out.extend_from_slice(between);
        // A JSON text is well-formed; the offsets tell which bytes are not.
        escape_into(String::from_utf8_lossy(token.form).as_bytes(), self.out);
        self.out.extend_from_slice(b"\",\"class\":\"");
        self.out.extend_from_slice(token.class().name().as_bytes());
        self.out.extend_from_slice(b"\",\"start\":");
        push_number(start, self.out);
        self.out.extend_from_slice(b",\"end\":");
        push_number(end, self.out);
        if let Some(id) = token.id {
            self.out.extend_from_slice(b",\"id\":");
            push_number(id as usize, self.out);
        }
        self.out.push(b'}');
    }

    fn finish(self) {
        self.out.extend_from_slice(b"]}\n");
    }
}
