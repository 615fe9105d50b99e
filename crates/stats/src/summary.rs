//! From sums to a report: what is asked for, in which form.

use std::path::PathBuf;

use serde_json::{Value, json};
use textcore::partial::{PartialWriter, Schema};
use textcore::tally::{Tally, Top, merge};
use textcore::{Answer, Error, Output};

use crate::totals::{Counts, Totals};
use crate::{format, table};

/// The partial results of this version.
pub const SCHEMA: Schema = Schema { tool: "stats", number: 1 };

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Table,
    /// `key<TAB>value` lines.
    Tsv,
    /// One JSON object.
    Json,
    /// Sums, to be merged.
    Partial,
}

/// What a report depends on, besides the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// The name of the unit that words are.
    pub unit: String,
    /// Which counts there are.
    pub counts: Counts,
}

impl Parameters {
    fn to_json(&self) -> Value {
        json!({ "counts": self.counts.name(), "unit": self.unit })
    }

    /// Reads what a partial result says.
    ///
    /// # Errors
    /// [`Error::Usage`] if it says something else.
    pub fn from_json(json: &Value) -> Result<Self, Error> {
        match (json["counts"].as_str(), json["unit"].as_str()) {
            (Some(counts), Some(unit)) => {
                Ok(Parameters { unit: unit.to_owned(), counts: Counts::from_name(counts) })
            }
            _ => Err(Error::Usage(format!("the parameters {json} are not those of this version"))),
        }
    }
}

/// What becomes of the sums.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How the report is written.
    pub format: Format,
    /// How many words are listed.
    pub top: usize,
    /// For each worker's words, in bytes.
    pub memory_bytes: usize,
    /// Where they spill.
    pub temporary_directory: PathBuf,
}

/// A report before it is written.
#[derive(Debug, Clone)]
pub struct Summary {
    /// What it depends on.
    pub parameters: Parameters,
    /// All sums.
    pub totals: Totals,
    /// How many different words.
    pub types: u64,
    /// The most frequent words, escaped, the commonest first.
    pub top: Vec<(Vec<u8>, u64)>,
}

impl Plan {
    /// Merges the words and writes what is asked for.
    ///
    /// # Errors
    /// When temporary storage or the output fails.
    pub fn write(
        &self,
        parameters: &Parameters,
        mut totals: Totals,
        words: Vec<Tally>,
        out: &mut dyn Output,
    ) -> Result<Answer, Error> {
        let mut words = merge(words).map_err(Error::Temporary)?;
        if self.format == Format::Partial {
            let mut partial = PartialWriter::new(SCHEMA, &parameters.to_json(), out)?;
            totals.write(&mut partial)?;
            let mut line = Vec::new();
            while let Some((word, count)) = words.next().map_err(Error::Temporary)? {
                line.clear();
                line.extend_from_slice(b"word\t");
                line.extend_from_slice(word);
                line.extend_from_slice(format!("\t{count}").as_bytes());
                partial.line(&line)?;
            }
            partial.finish()?;
            return Ok(Answer::Yes);
        }
        let mut types = 0;
        let mut top = Top::new(self.top);
        while let Some((word, count)) = words.next().map_err(Error::Temporary)? {
            types += 1;
            top.push(word, count);
        }
        let summary = Summary { parameters: parameters.clone(), totals, types, top: top.finish() };
        let text = match self.format {
            Format::Json => format::json(&summary),
            Format::Tsv => format::tsv(&summary),
            Format::Table | Format::Partial => table::table(&summary).into_bytes(),
        };
        out.put(&text)?;
        Ok(Answer::Yes)
    }
}
