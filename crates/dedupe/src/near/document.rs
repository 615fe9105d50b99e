//! A document as near-duplicates see it, and how it is made.

use std::fmt;
use std::str::FromStr;

use super::bands::Bands;
use super::minhash::MinHash;
use super::mix;
use super::shingle::{Length, ShingleScratch, Shingler};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is called; empty where nobody asks.
    pub id: Vec<u8>,
    /// Its shingles, each once; without verification its signature, two values in a number.
    pub content: Vec<u64>,
    /// The keys of its bands.
    pub bands: Vec<u32>,
    /// It is shorter than one shingle.
    pub is_short: bool,
}

/// Values in a signature, at most.
const FUNCTIONS_MAX: usize = 4096;

/// What documents are measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The Jaccard similarity of their shingles.
    Jaccard,
    /// Its estimate, by signatures of so many values.
    Estimate(usize),
}

impl FromStr for Measure {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "shingles" {
            return Ok(Measure::Jaccard);
        }
        let values = text.strip_prefix("signatures:").and_then(|values| values.parse().ok());
        values.filter(|values| (1..=FUNCTIONS_MAX).contains(values)).map(Measure::Estimate).ok_or(())
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Measure::Jaccard => f.write_str("shingles"),
            Measure::Estimate(values) => write!(f, "signatures:{values}"),
        }
    }
}

/// Makes documents.
#[derive(Debug, Clone)]
pub struct Maker {
    shingler: Shingler,
    functions: MinHash,
    bands: Bands,
    measure: Measure,
}

/// Space that is used again from one document to the next.
#[derive(Debug, Default)]
pub struct MakerScratch {
    shingles: ShingleScratch,
    set: Vec<u64>,
    signature: Vec<u32>,
}

impl Maker {
    /// Makes documents that are measured so and meet in these bands.
    pub fn new(shingler: Shingler, bands: Bands, measure: Measure) -> Self {
        let functions = match measure {
            Measure::Jaccard => bands.values(),
            Measure::Estimate(values) => values.max(bands.values()),
        };
        Maker { shingler, functions: MinHash::new(functions), bands, measure }
    }

    /// Makes shingles.
    pub fn shingler(&self) -> &Shingler {
        &self.shingler
    }

    /// The bands.
    pub fn bands(&self) -> Bands {
        self.bands
    }

    /// The measure.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The document of a text.
    pub fn document(&self, scratch: &mut MakerScratch, text: &[u8], id: Vec<u8>) -> Document {
        let MakerScratch { shingles, set, signature } = scratch;
        set.clear();
        let length = self.shingler.shingles_into(shingles, text, set);
        self.functions.signature_into(set, signature);
        let content = match self.measure {
            Measure::Jaccard => set.clone(),
            Measure::Estimate(values) => packed(&signature[..values]),
        };
        Document { id, content, bands: self.keys(signature), is_short: length == Length::Short }
    }

    /// The document of what is known about it from a file.
    pub fn known_document(
        &self,
        scratch: &mut MakerScratch,
        id: Vec<u8>,
        content: Vec<u64>,
        is_short: bool,
    ) -> Document {
        let signature = &mut scratch.signature;
        match self.measure {
            Measure::Jaccard => self.functions.signature_into(&content, signature),
            Measure::Estimate(values) => {
                signature.clear();
                signature
                    .extend(content.iter().flat_map(|pair| [*pair as u32, (pair >> 32) as u32]).take(values));
            }
        }
        let bands = self.keys(signature);
        Document { id, content, bands, is_short }
    }

    fn keys(&self, signature: &[u32]) -> Vec<u32> {
        let mut keys = Vec::with_capacity(self.bands.count);
        self.bands.keys_into(signature, &mut keys);
        keys
    }
}

impl Document {
    /// 32 bits of what it consists of, in whatever order.
    pub fn fingerprint(&self) -> u32 {
        let sum = self.content.iter().fold(0u64, |sum, &part| sum.wrapping_add(part));
        (mix(sum) >> 32) as u32
    }
}

/// Two values in a number, the first one low; what is missing is 0.
fn packed(signature: &[u32]) -> Vec<u64> {
    signature
        .chunks(2)
        .map(|pair| u64::from(pair[0]) | u64::from(pair.get(1).copied().unwrap_or_default()) << 32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_knows_makes_the_same_document() {
        for measure in [Measure::Jaccard, Measure::Estimate(127)] {
            let shingler = Shingler::new("word:2".parse().expect("a shape"), "").expect("names");
            let maker = Maker::new(shingler, Bands { count: 18, rows: 7 }, measure);
            let mut scratch = MakerScratch::default();
            let document = maker.document(&mut scratch, b"one two three four two three", b"x".to_vec());
            let wanted = if measure == Measure::Jaccard { 4 } else { 64 };
            assert_eq!((document.content.len(), document.bands.len()), (wanted, 18));
            let again = maker.known_document(&mut scratch, b"x".to_vec(), document.content.clone(), false);
            assert_eq!(again, document);
        }
    }
}
