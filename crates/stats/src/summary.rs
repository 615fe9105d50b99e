//! From sums to a report: what is asked for, in which form.

use std::io;
use std::path::PathBuf;

use serde_json::{Value, json};
use textcore::partial::{PartialWriter, Schema};
use textcore::tally::{Commonest, Sorted, Tally, Top, merge};
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
    /// The name of the key that words are counted by; `None` where they count as they stand.
    pub key_norm: Option<String>,
    /// The name of the patterns of dates; `None` where dates are not counted.
    pub dates: Option<String>,
}

impl Parameters {
    fn to_json(&self) -> Value {
        let mut json = json!({ "counts": self.counts.name(), "unit": self.unit });
        if let Some(norm) = &self.key_norm {
            json["key_norm"] = json!(norm);
        }
        if let Some(name) = &self.dates {
            json["dates"] = json!(name);
        }
        json
    }

    /// Reads what a partial result says.
    ///
    /// # Errors
    /// [`Error::Usage`] if it says something else.
    pub fn from_json(json: &Value) -> Result<Self, Error> {
        match (json["counts"].as_str(), json["unit"].as_str()) {
            (Some(counts), Some(unit)) => Ok(Parameters {
                unit: unit.to_owned(),
                counts: Counts::from_name(counts),
                key_norm: json["key_norm"].as_str().map(str::to_owned),
                dates: json["dates"].as_str().map(str::to_owned),
            }),
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
    pub top: Vec<Ranked>,
}

/// A word and its count.
pub type Ranked = (Vec<u8>, u64);

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
        let (types, top) = self.rank(words, parameters.key_norm.is_some()).map_err(Error::Temporary)?;
        let summary = Summary { parameters: parameters.clone(), totals, types, top };
        let text = match self.format {
            Format::Json => format::json(&summary),
            Format::Tsv => format::tsv(&summary),
            Format::Table | Format::Partial => table::table(&summary).into_bytes(),
        };
        out.put(&text)?;
        Ok(Answer::Yes)
    }

    /// How many different words there are, and the most frequent.
    fn rank(&self, mut words: Sorted, is_keyed: bool) -> io::Result<(u64, Vec<Ranked>)> {
        let mut types = 0;
        let mut top = Top::new(self.top);
        if !is_keyed {
            while let Some((word, count)) = words.next()? {
                types += 1;
                top.push(word, count);
            }
            return Ok((types, top.finish()));
        }
        let mut words = Commonest::new(words)?;
        while let Some((entry, count)) = words.next()? {
            types += 1;
            top.push(entry, count);
        }
        let form = |entry: Vec<u8>| {
            entry.rsplit(|&byte| byte == b'\t').next().map(<[u8]>::to_vec).unwrap_or_default()
        };
        Ok((types, top.finish().into_iter().map(|(entry, count)| (form(entry), count)).collect()))
    }
}
