//! A row for each token, for programs that read columns.

use textcore::Record;
use textcore::partial::escape_key_into;

use super::{Places, Writer, offsets, push_number};
use crate::offsets::OffsetUnit;
use crate::token::Token;

/// Writes rows.
pub struct Tsv<'w> {
    out: &'w mut Vec<u8>,
    /// What each row begins with: operand and record.
    begin: Vec<u8>,
    places: Places<'w>,
}

impl<'w> Tsv<'w> {
    /// Appends the rows of a record to `out`.
    pub fn new(unit: OffsetUnit, record: &Record<'w>, out: &'w mut Vec<u8>) -> Self {
        let mut begin = Vec::new();
        escape_key_into(record.operand.name().as_bytes(), &mut begin);
        begin.extend_from_slice(format!("\t{}\t", record.number).as_bytes());
        Tsv { out, begin, places: offsets(unit, record) }
    }
}

impl Writer for Tsv<'_> {
    fn token(&mut self, token: &Token<'_>) {
        let [start, end] = self.places.of(token);
        self.out.extend_from_slice(&self.begin);
        push_number(start, self.out);
        self.out.push(b'\t');
        push_number(end, self.out);
        self.out.push(b'\t');
        self.out.extend_from_slice(token.class().name().as_bytes());
        self.out.push(b'\t');
        escape_key_into(token.form, self.out);
        if let Some(id) = token.id {
            self.out.push(b'\t');
            push_number(id as usize, self.out);
        }
        self.out.push(b'\n');
    }

    fn finish(self) {}
}
