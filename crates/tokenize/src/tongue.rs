//! The language of a record: none, one that was named, or what was found out about its document.

use std::sync::Arc;

use language::{Language, Recogniser};
use serde_json::Value;
use textcore::Record;
use textcore::document::{Judge, opening};

/// How the language of a record is known.
#[derive(Debug, Clone)]
pub enum Tongue {
    /// It is not.
    Unknown,
    /// It is the same for every record.
    One(&'static Language),
    /// Its document is judged.
    Judged {
        /// By whom.
        recogniser: Arc<Recogniser>,
        /// Each record is a document, and judged when its turn comes; else operands are, before.
        is_by_record: bool,
    },
}

impl Tongue {
    /// Judges each document.
    pub fn judged(is_by_record: bool) -> Self {
        Tongue::Judged { recogniser: Arc::default(), is_by_record }
    }

    /// The language of a record, if it is known.
    pub fn of(&self, record: &Record<'_>) -> Option<&'static Language> {
        match self {
            Tongue::Unknown => None,
            Tongue::One(language) => Some(language),
            Tongue::Judged { recogniser, is_by_record } => Recogniser::language(if *is_by_record {
                recogniser.judge(opening(record.text))
            } else {
                record.judgement
            }),
        }
    }

    /// Who has to judge operands.
    pub fn judge(&self) -> Option<Judge> {
        let Tongue::Judged { recogniser, is_by_record: false } = self else { return None };
        let recogniser = Arc::clone(recogniser);
        Some(Judge::new(move |opening| recogniser.judge(opening)))
    }

    /// How many documents each language had, for the report; `None` if none were judged.
    pub fn counts(&self) -> Option<Value> {
        let Tongue::Judged { recogniser, .. } = self else { return None };
        Some(recogniser.counts().collect())
    }
}
