//! Formats: how an n-gram and what was counted of it become a line.

mod joined;
mod jsonl;
mod number;
mod tsv;
mod web1t;

use clap::ValueEnum;

use crate::entry::{Entry, Summary};
use crate::score::{Score, Table};

pub use joined::{Joined, Spelling, Unspellable};
pub use number::{push_count, push_float, push_json_float};
pub use web1t::{SHARD_LINES, Web1t};

/// How lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// The n-gram, its count and further columns, with tabs between.
    #[default]
    Tsv,
    /// A JSON object.
    Jsonl,
    /// The n-gram, a tab, its count; tokens as they are.
    Srilm,
}

/// What a line says besides the count, in this order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// In how many documents it came.
    pub documents: bool,
    /// How often it came in a million n-grams of its order.
    pub per_million: bool,
    /// How its tokens belong together.
    pub scores: Vec<Score>,
    /// The share of all n-grams of its order that it and those of the lines before have.
    pub cumulative: bool,
}

impl Columns {
    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        *self == Columns::default()
    }

    /// Whether they need the number of all n-grams of an order.
    pub fn needs_totals(&self) -> bool {
        self.per_million || self.cumulative || !self.scores.is_empty()
    }
}

/// Writes lines of a format.
#[derive(Debug, Clone)]
pub struct Lines {
    format: Format,
    columns: Columns,
    summary: Summary,
    /// A line is the tokens, a tab and the count.
    is_bare: bool,
}

impl Lines {
    /// Lines of these columns, where all n-grams are so many.
    pub fn new(format: Format, columns: Columns, summary: Summary) -> Self {
        let is_bare = format != Format::Jsonl && columns.is_empty();
        Lines { format, columns, summary, is_bare }
    }

    /// How tokens are written.
    pub fn spelling(&self) -> Spelling {
        match self.format {
            Format::Tsv => Spelling::Escaped,
            Format::Jsonl => Spelling::Json,
            Format::Srilm => Spelling::Bare,
        }
    }

    /// The names of the columns as a line.
    pub fn header(&self) -> Vec<u8> {
        tsv::header(&self.columns)
    }

    /// Whether a line ends with what only its place among all lines tells.
    pub fn has_shares(&self) -> bool {
        self.columns.cumulative
    }

    /// Appends a line, given the tokens in [`Lines::spelling`].
    #[inline]
    pub fn push(&self, joined: &[u8], entry: &Entry<'_>, out: &mut Vec<u8>) {
        if self.is_bare {
            tsv::push_bare(joined, entry.count, out);
        } else {
            self.begin(joined, entry, out);
            self.end(out);
        }
    }

    /// Appends a line but for its end, given the tokens in [`Lines::spelling`].
    pub fn begin(&self, joined: &[u8], entry: &Entry<'_>, out: &mut Vec<u8>) {
        match self.format {
            Format::Tsv | Format::Srilm => tsv::begin(self, joined, entry, out),
            Format::Jsonl => jsonl::begin(self, joined, entry, out),
        }
    }

    /// Appends the end of a line.
    pub fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self.format {
            Format::Tsv | Format::Srilm => b"\n",
            Format::Jsonl => b"}\n",
        });
    }

    /// Appends the share and the end of a line.
    pub fn end_with_share(&self, share: f64, out: &mut Vec<u8>) {
        match self.format {
            Format::Tsv | Format::Srilm => {
                out.push(b'\t');
                push_float(share, out);
            }
            Format::Jsonl => {
                out.extend_from_slice(b",\"cumulative\":");
                push_json_float(share, out);
            }
        }
        self.end(out);
    }

    /// The share that so many n-grams have of all of an order.
    pub fn share(&self, count: u64, order: usize) -> f64 {
        count as f64 / self.total(order) as f64
    }

    /// How often an n-gram comes in a million.
    fn per_million(&self, entry: &Entry<'_>) -> f64 {
        entry.count as f64 * 1e6 / self.total(entry.order()) as f64
    }

    fn total(&self, order: usize) -> u64 {
        self.summary.totals.get(order).copied().unwrap_or(0)
    }

    /// What is asked about how the tokens of an n-gram belong together; a single token belongs to nothing.
    fn scores(&self, entry: &Entry<'_>) -> impl Iterator<Item = (Score, f64)> {
        let is_asked = !self.columns.scores.is_empty() && entry.order() > 1;
        let table = is_asked.then(|| Table::of(entry, &self.summary));
        let value = move |score: Score| table.as_ref().map_or(f64::NAN, |table| score.of(table));
        self.columns.scores.iter().map(move |&score| (score, value(score)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(format: Format, columns: Columns, tokens: &[&[u8]]) -> String {
        let mut summary = Summary { documents: 4, ..Summary::default() };
        summary.totals = [8; 10];
        let lines = Lines::new(format, columns, summary);
        let entry =
            Entry { tokens, shared: 0, count: 3, documents: 2, forms: &[], margins: &[6, 4][..tokens.len()] };
        let mut joined = Joined::new(lines.spelling());
        let mut out = Vec::new();
        let joined = joined.join(tokens).expect("joined");
        if lines.has_shares() {
            lines.begin(joined, &entry, &mut out);
            lines.end_with_share(lines.share(3, 2), &mut out);
        } else {
            lines.push(joined, &entry, &mut out);
        }
        String::from_utf8(out).expect("text")
    }

    fn all() -> Columns {
        Columns {
            documents: true,
            per_million: true,
            scores: vec![Score::Pmi, Score::Dice],
            cumulative: true,
        }
    }

    #[test]
    fn columns_stand_in_one_order() {
        let tokens: [&[u8]; 2] = [b"a\t", b"b"];
        assert_eq!(line(Format::Tsv, Columns::default(), &tokens), "a\\t b\t3\n");
        assert_eq!(line(Format::Tsv, all(), &tokens), "a\\t b\t3\t2\t375000\t0\t0.6\t0.375\n");
        assert_eq!(line(Format::Srilm, Columns::default(), &[b"a", b"b\\"]), "a b\\\t3\n");
        let header = Lines::new(Format::Tsv, all(), Summary::default()).header();
        assert_eq!(header, b"ngram\tcount\tdocs\tper_million\tpmi\tdice\tcumulative\n");
    }

    #[test]
    fn objects_have_the_same_fields() {
        assert_eq!(
            line(Format::Jsonl, Columns::default(), &[b"a\t", b"\xFF"]),
            "{\"ngram\":[\"a\\t\",\"\u{FFFD}\"],\"order\":2,\"count\":3}\n"
        );
        let object: serde_json::Value =
            serde_json::from_str(&line(Format::Jsonl, all(), &[b"\"", b"b"])).expect("JSON");
        let wanted = serde_json::json!({
            "ngram": ["\"", "b"], "order": 2, "count": 3, "docs": 2, "per_million": 375000,
            "scores": { "pmi": 0, "dice": 0.6 }, "cumulative": 0.375,
        });
        assert_eq!(object, wanted);
    }

    #[test]
    fn a_single_token_has_no_scores() {
        let scores = Columns { scores: vec![Score::Pmi], ..Columns::default() };
        assert_eq!(line(Format::Tsv, scores.clone(), &[b"a"]), "a\t3\tnan\n");
        assert_eq!(
            line(Format::Jsonl, scores, &[b"a"]),
            "{\"ngram\":[\"a\"],\"order\":1,\"count\":3,\"scores\":{\"pmi\":null}}\n"
        );
    }
}
