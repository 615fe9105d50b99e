//! What is said about a run: the bands and their curve, and what was found.

use serde_json::{Value, json};

use super::document::{Maker, Measure};
use super::flags::Link;
use super::judge::Judge;

/// How documents are compared.
#[derive(Debug, Clone, Copy)]
pub struct Note<'a> {
    /// What makes them.
    pub maker: &'a Maker,
    /// How similar they must be.
    pub threshold: f64,
    /// What makes a cluster.
    pub link: Link,
}

impl Note<'_> {
    /// How likely similar documents are found, in one line.
    pub fn curve_line(&self) -> String {
        let bands = self.maker.bands();
        let at = |similarity: f64| format!("{similarity} {:.3}", bands.recall(similarity));
        let curve: Vec<String> = tenths().map(at).collect();
        let verified = match self.maker.measure() {
            Measure::Jaccard => "verified",
            Measure::Estimate(_) => "estimated",
        };
        format!(
            "near-duplicates at a similarity of {} of {}, {verified}; {} bands of {} rows find {:.3} of them (by similarity: {})",
            self.threshold,
            self.maker.shingler().shape(),
            bands.count,
            bands.rows,
            bands.recall(self.threshold),
            curve.join(", ")
        )
    }

    /// What was found, in one line.
    pub fn result_line(&self, judge: &Judge) -> String {
        let (tally, found) = (judge.tally, judge.known().comparisons);
        format!(
            "{} documents, of which {} are too short for a shingle; {} candidates, {} of them similar; {} clusters, {} documents left out",
            tally.documents, tally.short, found.candidates, found.alike, tally.clusters, tally.dropped
        )
    }

    /// Both, for the report.
    pub fn report(&self, judge: &Judge) -> Value {
        let bands = self.maker.bands();
        let (tally, found) = (judge.tally, judge.known().comparisons);
        let curve: Vec<_> =
            tenths().map(|similarity| [similarity, rounded(bands.recall(similarity))]).collect();
        json!({
            "threshold": self.threshold,
            "shingle": self.maker.shingler().shape().to_string(),
            "foldings": self.maker.shingler().foldings(),
            "content": self.maker.measure().to_string(),
            "link": if self.link == Link::Star { "star" } else { "single" },
            "bands": bands.count,
            "rows": bands.rows,
            "recall": rounded(bands.recall(self.threshold)),
            "curve": curve,
            "documents": tally.documents,
            "short": tally.short,
            "candidates": found.candidates,
            "similar": found.alike,
            "clusters": tally.clusters,
            "dropped": tally.dropped,
        })
    }
}

fn tenths() -> impl Iterator<Item = f64> {
    (1..=10).map(|tenth| f64::from(tenth) / 10.0)
}

/// Six decimals.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}
