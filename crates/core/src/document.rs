//! What is said of a whole document before its records travel: a judge sees its opening.
//!
//! A *document* is the operand, unless the frame makes each record a document of its own: whole files, paragraphs and
//! JSON lines. Operands are judged by the reader, which waits for the opening: at most [`OPENING_BYTES_MAX`] bytes
//! of text, decompressed and decoded, however slowly they come. A record that is a document is at hand when its turn
//! comes; [`opening`] cuts it to the same size.

use std::fmt;
use std::sync::Arc;

use crate::frame::{Cut, Selection};
use crate::visit::Reading;

/// How much of a document its judge sees at most, in bytes.
pub const OPENING_BYTES_MAX: usize = 64 * 1024;

/// The part of a document that is judged.
pub fn opening(text: &[u8]) -> &[u8] {
    &text[..text.len().min(OPENING_BYTES_MAX)]
}

impl Reading {
    /// Whether each record is a document.
    pub fn is_record_document(&self) -> bool {
        matches!(self.selection, Selection::Json(_)) || matches!(self.cut, Cut::Paragraphs | Cut::Whole)
    }
}

/// Says of a document, by its opening, what tools will find in `Record::judgement`.
#[derive(Clone)]
pub struct Judge(Arc<Function>);

type Function = dyn Fn(&[u8]) -> u16 + Send + Sync;

impl Judge {
    /// The same opening always gets the same judgement. Each operand is shown once; it may be ill-formed.
    pub fn new(judge: impl Fn(&[u8]) -> u16 + Send + Sync + 'static) -> Self {
        Judge(Arc::new(judge))
    }

    /// The judgement of a document, given its opening or more.
    pub fn of(&self, text: &[u8]) -> u16 {
        (self.0)(opening(text))
    }
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}
