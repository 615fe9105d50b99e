//! The way back: from tokens to text.

use textcore::{Map, Record, Verdict};

use crate::joiner::Joiner;

/// Makes text of the tokens in each record.
#[derive(Debug, Clone)]
pub enum Detokenizer {
    /// By joiner marks.
    Joiner(Joiner),
}

impl Detokenizer {
    /// Appends the text of a record's tokens.
    pub fn read(&self, line: &[u8], out: &mut Vec<u8>) {
        match self {
            Detokenizer::Joiner(joiner) => joiner.read(line, out),
        }
    }
}

impl Map for Detokenizer {
    type Scratch = ();

    fn map(&self, (): &mut (), record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        self.read(record.text, out);
        Verdict::Keep
    }
}
