//! The flags of near-duplicates.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::shingle::ShingleShape;

/// What makes a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Link {
    /// Every member is similar to the cluster's first document.
    #[default]
    Star,
    /// Every member is similar to some other member.
    Single,
}

/// The flags of `dedupe --near`, as typed.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Near-duplicates")]
pub struct NearFlags {
    /// Drop documents that are like an earlier one [0.8]
    ///
    /// Two documents are alike if the Jaccard similarity of their shingles is at least THRESHOLD, above 0 and at most 1.
    /// Candidates are found by MinHash, in bands whose recall is said on standard error, and each is verified. Memory for each
    /// document that is compared with: 13.5 bytes a band and 30 more, and its id if it is listed: 280 at 0.8, 600 at 0.5.
    /// What needs more than three quarters of -S is an error; shingles go to -T. Lossy. Default: 0.8. Example: dedupe --near=0.7 --jsonl docs.jsonl
    #[arg(
        long, value_name = "THRESHOLD", value_parser = threshold, num_args = 0..=1, require_equals = true, default_missing_value = "0.8",
        conflicts_with_all = ["count", "repeated", "unique", "substring", "keep", "all_repeated", "hash", "load_seen", "save_seen", "partial", "bloom", "compare_bytes",
        "parallel_text"]
    )]
    pub(crate) near: Option<f64>,

    /// What documents are compared by: word:N or char:N [word:5]
    ///
    /// Runs of N words of UAX #29 or of N characters, of text folded by nfkc,lower,punct and what --key-norm adds. A
    /// document that has fewer is like another only if both have the same ones. Default: word:5. Example: --shingle word:3
    #[arg(long, value_name = "SHAPE", requires = "near", hide_short_help = true)]
    pub(crate) shingle: Option<ShingleShape>,

    /// What makes a cluster: star or single [star]
    ///
    /// star: every member is like the first document of the cluster; documents are judged as they come. single: every member is
    /// like some other one, so that chains become clusters; documents wait for the end of the input. Default: star.
    /// Example: --link single
    #[arg(
        long,
        value_name = "RULE",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        requires = "near",
        hide_short_help = true
    )]
    pub(crate) link: Link,

    /// Do not verify: estimate similarity from signatures
    ///
    /// Saves the temporary storage for shingles. The error of an estimate is .035 at a similarity of .8 with 128 hashes. Lossy.
    /// Default: every candidate is verified. Example: dedupe --near --no-verify --hashes 256 docs.txt
    #[arg(long, requires = "near", hide_short_help = true)]
    pub(crate) no_verify: bool,

    /// How many hashes a signature has [128]
    ///
    /// From 1 to 4096. More make bands that find more or compare less, and take more time. Default: 128. Example: --hashes 256
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=4096), default_value_t = 128, hide_default_value = true, requires = "near", hide_short_help = true)]
    pub(crate) hashes: u16,

    /// List documents in FILE: id, cluster, representative, similarity
    ///
    /// A row for each document, tab-separated, in input order. Clusters are numbered from 1 in the order of their representatives, which are
    /// the documents that are kept; 0 is for those of --against and --load-signatures. Default: no list.
    /// Example: dedupe --near --jsonl --clusters clusters.tsv docs.jsonl
    #[arg(long, value_name = "FILE", requires = "near", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) clusters: Option<PathBuf>,

    /// List pairs of documents in FILE: id, id, similarity
    ///
    /// Every pair that was found and verified, once, the earlier document first, tab-separated; ordered by the later document, then by
    /// the earlier one. All documents are compared then, not only with representatives. Default: no list.
    /// Example: dedupe --near --pairs pairs.tsv pages/*.txt --whole
    #[arg(long, value_name = "FILE", requires = "near", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) pairs: Option<PathBuf>,

    /// Write what is known about the documents to FILE
    ///
    /// The ids and the shingles (8 bytes each) of all documents, also of those that are dropped and of those that were loaded; with
    /// --no-verify the signatures (4 bytes a hash). Files are for --load-signatures, and for --near --merge: that writes the ids of the
    /// documents that one run over all would keep, in order. Default: none.
    /// Example: dedupe --near --save-signatures a.sig a.jsonl --jsonl
    #[arg(long, value_name = "FILE", requires = "near", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) save_signatures: Option<PathBuf>,

    /// Judge documents as if those of FILE had come before
    ///
    /// The same as one run over both, but that the documents of FILE are not written. The file must have been made with the same
    /// --shingle, --key-norm and --no-verify. Repeatable. Default: none.
    /// Example: dedupe --near --load-signatures monday.sig tuesday.jsonl --jsonl
    #[arg(long, value_name = "FILE", requires = "near", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) load_signatures: Vec<OsString>,
}

fn threshold(text: &str) -> Result<f64, String> {
    let threshold = text.parse().ok().filter(|threshold| 0.0 < *threshold && *threshold <= 1.0);
    threshold.ok_or_else(|| "a threshold is above 0 and at most 1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_similarities() {
        assert_eq!(["0.8", "1", ".5"].map(|text| threshold(text).expect("a threshold")), [0.8, 1.0, 0.5]);
        assert!(["0", "-1", "1.01", "NaN", "inf", "x", ""].iter().all(|text| threshold(text).is_err()));
    }
}
