//! What is counted: integers that merge, and the lines in which they travel.

use std::collections::BTreeMap;

use language::Diagnosis;
use textcore::Error;
use textcore::partial::PartialWriter;

use crate::dates::DateCounts;
use crate::histogram::Histogram;

/// Which counts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Line ends.
    pub lines: bool,
    /// Words, by the unit.
    pub words: bool,
    /// Code points.
    pub chars: bool,
    /// Bytes.
    pub bytes: bool,
    /// Everything else.
    pub rest: bool,
}

impl Counts {
    /// The letters of wc, or `all`: how a partial result says what it holds.
    pub fn name(self) -> String {
        if self.rest {
            return "all".to_owned();
        }
        let flags = [(self.lines, 'l'), (self.words, 'w'), (self.chars, 'm'), (self.bytes, 'c')];
        flags.iter().filter(|(is_on, _)| *is_on).map(|(_, letter)| letter).collect()
    }

    /// Reads back what `name` gave.
    pub fn from_name(name: &str) -> Self {
        let rest = name == "all";
        let has = |letter| rest || name.contains(letter);
        Counts { lines: has('l'), words: has('w'), chars: has('m'), bytes: has('c'), rest }
    }
}

/// All sums of a corpus but its words' own counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Operands.
    pub files: u64,
    /// Records.
    pub records: u64,
    /// Bytes, decompressed, before decoding.
    pub bytes: u64,
    /// LF bytes of the text as UTF-8.
    pub lines: u64,
    /// Code points.
    pub chars: u64,
    /// Extended grapheme clusters.
    pub graphemes: u64,
    /// Words, by the unit.
    pub words: u64,
    /// Lengths of records, in code points without their ends.
    pub record_lengths: Histogram,
    /// Lengths of words, in code points.
    pub word_lengths: Histogram,
    /// Code points by script.
    pub scripts: BTreeMap<String, u64>,
    /// Documents by language code; `unknown` where none is sure.
    pub languages: BTreeMap<String, u64>,
    /// What was found in Persian documents.
    pub persian: Diagnosis,
    /// Dates by month.
    pub dates: DateCounts,
}

impl Totals {
    fn named(&mut self) -> [(&'static str, &mut u64); 7] {
        [
            ("files", &mut self.files),
            ("records", &mut self.records),
            ("bytes", &mut self.bytes),
            ("lines", &mut self.lines),
            ("chars", &mut self.chars),
            ("graphemes", &mut self.graphemes),
            ("words", &mut self.words),
        ]
    }

    /// Takes in the sums of another part of the corpus.
    pub fn merge(&mut self, mut other: Totals) {
        for ((_, mine), (_, theirs)) in self.named().into_iter().zip(other.named()) {
            *mine += *theirs;
        }
        self.record_lengths.merge(&other.record_lengths);
        self.word_lengths.merge(&other.word_lengths);
        self.persian.merge(other.persian);
        self.dates.merge(other.dates);
        for (mine, theirs) in [(&mut self.scripts, other.scripts), (&mut self.languages, other.languages)] {
            for (name, count) in theirs {
                *mine.entry(name).or_default() += count;
            }
        }
    }

    /// Writes the sums as lines of `kind<TAB>name<TAB>count`.
    ///
    /// # Errors
    /// What the output says.
    pub fn write(&mut self, partial: &mut PartialWriter<'_>) -> Result<(), Error> {
        let mut line =
            |kind: &str, name: &str, count: u64| partial.line(format!("{kind}\t{name}\t{count}").as_bytes());
        for (name, count) in self.named() {
            line("count", name, *count)?;
        }
        for (kind, lengths) in [("record_length", &self.record_lengths), ("word_length", &self.word_lengths)]
        {
            for (length, count) in lengths.iter() {
                line(kind, &length.to_string(), count)?;
            }
        }
        for (kind, counts) in [("script", &self.scripts), ("language", &self.languages)] {
            for (name, count) in counts {
                line(kind, name, *count)?;
            }
        }
        for (name, count) in self.persian.named().into_iter().filter(|(_, count)| **count > 0) {
            line("persian", name, *count)?;
        }
        for (name, count) in self.dates.names() {
            line("date", &name, count)?;
        }
        Ok(())
    }

    /// Adds a line that `write` made; false if it makes no sense.
    pub fn read(&mut self, kind: &[u8], name: &str, count: u64) -> bool {
        let length = name.parse::<u64>();
        match (kind, length) {
            (b"count", _) => return add_named(&mut self.named(), name, count),
            (b"persian", _) => return add_named(&mut self.persian.named(), name, count),
            (b"record_length", Ok(length)) => self.record_lengths.add(length, count),
            (b"word_length", Ok(length)) => self.word_lengths.add(length, count),
            (b"script", _) => *self.scripts.entry(name.to_owned()).or_default() += count,
            (b"date", _) => return self.dates.add_named(name, count),
            (b"language", _) => *self.languages.entry(name.to_owned()).or_default() += count,
            _ => return false,
        }
        true
    }
}

/// Adds to the sum of a name; false if there is none.
fn add_named(sums: &mut [(&'static str, &mut u64)], name: &str, count: u64) -> bool {
    let sum = sums.iter_mut().find(|(known, _)| *known == name);
    sum.map(|(_, sum)| **sum += count).is_some()
}
