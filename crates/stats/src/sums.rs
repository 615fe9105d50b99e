//! Sums of one group of text: integers that merge in any order, and the lines in which they travel.

use std::collections::BTreeMap;

use language::Diagnosis;
use textcore::Missed;
use unicode::Census;

use crate::dates::DateCounts;
use crate::histogram::Histogram;
use crate::vocabulary::Mean;

/// The sum of counts, or the largest number there is.
pub fn sum(counts: impl IntoIterator<Item = u64>) -> u64 {
    counts.into_iter().fold(0, u64::saturating_add)
}

/// Everything that is counted but words and repeats, which lie in tables that can leave memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Operands.
    pub files: u64,
    /// Operands without any text.
    pub empty_files: u64,
    /// Operands that could not be read, or not to their end.
    pub unread_files: u64,
    /// Records.
    pub records: u64,
    /// Bytes, decompressed, before decoding.
    pub bytes: u64,
    /// LF bytes of the text as UTF-8.
    pub lines: u64,
    /// Code points, ill-formed subparts included.
    pub chars: u64,
    /// Extended grapheme clusters.
    pub graphemes: u64,
    /// Words, by the unit.
    pub words: u64,
    /// Documents.
    pub documents: u64,
    /// CR LF pairs.
    pub crlf: u64,
    /// Operands with a BOM.
    pub boms: u64,
    /// Records that are not in NFC.
    pub not_nfc: u64,
    /// Records with ill-formed UTF-8.
    pub ill_formed_records: u64,
    /// Places that look like UTF-8 taken for windows-1252.
    pub mojibake: u64,
    /// Records, lines and paragraphs of which an earlier one was the same are found by these: how many there were, and
    /// how long all of them together, in bytes.
    pub units: BTreeMap<String, [u64; 2]>,
    /// Code points one by one.
    pub census: Census,
    /// Lengths of records, in code points without their ends.
    pub record_lengths: Histogram,
    /// Lengths of lines, in code points without their ends.
    pub line_lengths: Histogram,
    /// Lengths of sentences, in words.
    pub sentence_lengths: Histogram,
    /// Lengths of documents, in words.
    pub document_lengths: Histogram,
    /// Records that a policy left out, by the reason.
    pub left_out: BTreeMap<String, u64>,
    /// Operands by encoding.
    pub encodings: BTreeMap<String, u64>,
    /// Documents by language code; `unknown` where none is sure.
    pub languages: BTreeMap<String, u64>,
    /// What was found in Persian documents.
    pub persian: Diagnosis,
    /// Dates by month.
    pub dates: DateCounts,
    /// What depends on the order of words, counted.
    pub sequences: BTreeMap<String, u64>,
    /// Means over documents of what depends on the order of words.
    pub means: BTreeMap<String, Mean>,
}

impl Sums {
    fn named(&mut self) -> [(&'static str, &mut u64); 15] {
        [
            ("files", &mut self.files),
            ("empty_files", &mut self.empty_files),
            ("unread_files", &mut self.unread_files),
            ("records", &mut self.records),
            ("bytes", &mut self.bytes),
            ("lines", &mut self.lines),
            ("chars", &mut self.chars),
            ("graphemes", &mut self.graphemes),
            ("words", &mut self.words),
            ("documents", &mut self.documents),
            ("crlf", &mut self.crlf),
            ("boms", &mut self.boms),
            ("not_nfc", &mut self.not_nfc),
            ("ill_formed_records", &mut self.ill_formed_records),
            ("mojibake", &mut self.mojibake),
        ]
    }

    fn lengths(&mut self) -> [(&'static str, &mut Histogram); 4] {
        [
            ("record_length", &mut self.record_lengths),
            ("line_length", &mut self.line_lengths),
            ("sentence_length", &mut self.sentence_lengths),
            ("document_length", &mut self.document_lengths),
        ]
    }

    fn maps(&mut self) -> [(&'static str, &mut BTreeMap<String, u64>); 4] {
        [
            ("left_out", &mut self.left_out),
            ("encoding", &mut self.encodings),
            ("language", &mut self.languages),
            ("sequence", &mut self.sequences),
        ]
    }

    /// Takes in the sums of other text.
    pub fn merge(&mut self, mut other: Sums) {
        for ((_, mine), (_, theirs)) in self.named().into_iter().zip(other.named()) {
            *mine = mine.saturating_add(*theirs);
        }
        for ((_, mine), (_, theirs)) in self.lengths().into_iter().zip(other.lengths()) {
            mine.merge(theirs);
        }
        for ((_, mine), (_, theirs)) in self.maps().into_iter().zip(other.maps()) {
            for (name, count) in std::mem::take(theirs) {
                let sum = mine.entry(name).or_default();
                *sum = sum.saturating_add(count);
            }
        }
        for (name, [count, length]) in other.units {
            let sums = self.units.entry(name).or_default();
            *sums = [sums[0].saturating_add(count), sums[1].saturating_add(length)];
        }
        for (name, mean) in other.means {
            self.means.entry(name).or_default().merge(&mean);
        }
        self.census.merge(&other.census);
        self.persian.merge(other.persian);
        self.dates.merge(other.dates);
    }

    /// What a run was not shown, as sums.
    pub fn of_missed(missed: &Missed) -> Sums {
        let left_out = missed.records.iter().map(|(&reason, &count)| (reason.to_owned(), count));
        Sums { unread_files: missed.operands, left_out: left_out.collect(), ..Sums::default() }
    }

    /// Takes what is known of whole files from sums that know nothing else. Where groups are those of records, that is more
    /// than the records of the files add up to.
    pub fn take_of_files(&mut self, of_files: Sums, is_of_records: bool) {
        (self.unread_files, self.left_out) = (of_files.unread_files, of_files.left_out);
        if is_of_records {
            let Sums { files, empty_files, bytes, lines, boms, encodings, .. } = of_files;
            (self.files, self.empty_files) = (files, empty_files);
            (self.bytes, self.lines, self.boms, self.encodings) = (bytes, lines, boms, encodings);
        }
    }

    /// Gives every sum that is not nought, by kind and name, always in the same order.
    pub fn for_each(&mut self, mut line: impl FnMut(&str, &str, u64)) {
        for (name, count) in self.named() {
            line("count", name, *count);
        }
        for (kind, lengths) in self.lengths() {
            lengths.iter().for_each(|(length, count)| line(kind, &length.to_string(), count));
        }
        for (kind, map) in self.maps() {
            map.iter().for_each(|(name, &count)| line(kind, name, count));
        }
        for (name, [count, length]) in &self.units {
            line("unit", name, *count);
            line("unit_bytes", name, *length);
        }
        for (name, mean) in &self.means {
            let (sum, weight) = mean.to_integers();
            line("mean", &format!("{name} {sum}"), weight);
        }
        for (character, count) in self.census.iter() {
            line("character", &format!("U+{:04X}", u32::from(character)), count);
        }
        line("ill_formed", "subparts", self.census.ill_formed());
        for (name, count) in self.persian.named() {
            line("persian", name, *count);
        }
        for (name, count) in self.dates.names() {
            line("date", &name, count);
        }
    }

    /// Adds what [`Sums::for_each`] gave; false if it makes no sense.
    pub fn add_named(&mut self, kind: &str, name: &str, count: u64) -> bool {
        if let Some((_, lengths)) = self.lengths().into_iter().find(|(known, _)| *known == kind) {
            return name.parse().is_ok_and(|length| {
                lengths.add(length, count);
                true
            });
        }
        if let Some((_, map)) = self.maps().into_iter().find(|(known, _)| *known == kind) {
            let sum = map.entry(name.to_owned()).or_default();
            *sum = sum.saturating_add(count);
            return true;
        }
        let place = match kind {
            "count" => self.named().into_iter().find(|(known, _)| *known == name).map(|(_, sum)| sum),
            "persian" => {
                self.persian.named().into_iter().find(|(known, _)| *known == name).map(|(_, sum)| sum)
            }
            "unit" => Some(&mut self.units.entry(name.to_owned()).or_default()[0]),
            "unit_bytes" => Some(&mut self.units.entry(name.to_owned()).or_default()[1]),
            "mean" => return self.add_mean(name, count),
            "character" => return add_character(&mut self.census, name, count),
            "ill_formed" => {
                self.census.add_ill_formed(count);
                return true;
            }
            "date" => return self.dates.add_named(name, count),
            _ => None,
        };
        place.map(|sum| *sum = sum.saturating_add(count)).is_some()
    }

    fn add_mean(&mut self, name: &str, weight: u64) -> bool {
        let parts = name.split_once(' ').and_then(|(name, sum)| Some((name, sum.parse().ok()?)));
        let Some((name, sum)) = parts else { return false };
        self.means.entry(name.to_owned()).or_default().merge(&Mean::from_integers(sum, weight));
        true
    }
}

fn add_character(census: &mut Census, name: &str, count: u64) -> bool {
    let number = name.strip_prefix("U+").and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let character = number.and_then(char::from_u32);
    character.map(|character| census.add(character, count)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_back() {
        let mut sums = Sums { files: 2, mojibake: 7, ..Sums::default() };
        sums.census.add('\u{200C}', 3); // ZWNJ
        sums.census.add_ill_formed(1);
        sums.record_lengths.add(70, 2);
        sums.languages.insert("fa".to_owned(), 2);
        sums.units.insert("line".to_owned(), [3, 40]);
        sums.persian.tatweel = 9;
        let mut read = Sums::default();
        sums.for_each(|kind, name, count| assert!(read.add_named(kind, name, count), "{kind} {name}"));
        assert_eq!(read, sums);
        for (kind, name) in
            [("count", "nonsense"), ("character", "U+D800"), ("record_length", "x"), ("x", "y")]
        {
            assert!(!Sums::default().add_named(kind, name, 1), "{kind} {name}");
        }
        let mut twice = sums.clone();
        twice.merge(sums);
        assert_eq!((twice.files, twice.census.of('\u{200C}')), (4, 6));
    }
}
