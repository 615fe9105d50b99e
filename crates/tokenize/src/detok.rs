//! The way back: from tokens to text.

use std::sync::Arc;

use subword::Model;
use textcore::{Map, Record, Verdict};

use crate::joiner::Joiner;
use crate::scheme::{self, Scheme};
use crate::segmenter::Pieces;

/// Makes text of the tokens in each record.
#[derive(Debug, Clone)]
pub enum Detokenizer {
    /// By joiner marks.
    Joiner(Joiner),
    /// By the rules of a scheme.
    Scheme(Arc<Scheme>),
    /// By the numbers of a model's pieces; those that it puts around a text are left out.
    Model(Pieces),
}

impl Detokenizer {
    /// Appends the text of a record's tokens.
    ///
    /// # Errors
    /// What is no token, for a person to read.
    pub fn read(&self, scratch: &mut scheme::Scratch, line: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        match self {
            Detokenizer::Joiner(joiner) => joiner.read(line, out),
            Detokenizer::Scheme(scheme) => scheme.detokenize(scratch, line, out),
            Detokenizer::Model(Pieces { model, has_special, .. }) => {
                model.decode(ids(model, line)?, !has_special, out);
            }
        }
        Ok(())
    }
}

/// The numbers on a line, each that of a piece.
fn ids(model: &Model, line: &[u8]) -> Result<Vec<u32>, String> {
    let fields = line.split(|byte| byte.is_ascii_whitespace()).filter(|field| !field.is_empty());
    let id = |field: &[u8]| {
        let id = std::str::from_utf8(field).ok().and_then(|digits| digits.parse().ok());
        let known = id.filter(|&id| model.vocabulary_form(id).is_some());
        known.ok_or_else(|| format!("'{}' is no id of the model", String::from_utf8_lossy(field)))
    };
    fields.map(id).collect()
}

impl Map for Detokenizer {
    type Scratch = scheme::Scratch;

    fn map(&self, scratch: &mut Self::Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        self.read(scratch, record.text, out).map_or_else(Verdict::Fail, |()| Verdict::Keep)
    }
}
