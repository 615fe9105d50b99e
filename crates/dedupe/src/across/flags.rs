//! The flags that reach across runs and files.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use textcore::cli::parse_size;
use textcore::{Answer, Engine, Error, Gate};

use super::{AnySide, Asked, KeyText, MergePlan, Sides, merge};
use crate::bloom::{Account, Filter, FixedMemory};
use crate::bytes::{ByBytes, Census, Texts};
use crate::partial::{Counting, Counts, parameters};
use crate::plan::Mode;
use crate::seen::{self, Parameters};

/// What reaches across runs and files, as typed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Across runs and files")]
pub struct AcrossFlags {
    /// Drop records that FILE holds, too (repeatable)
    ///
    /// FILE is read as the input is, in the same frame and under the same policies, before the input; none of its
    /// records is written. Default: the input alone. Example: dedupe --against train.txt test.txt
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "parallel_text")]
    pub(crate) against: Vec<OsString>,

    /// Drop records whose keys an earlier run saved in FILE (repeatable)
    ///
    /// The keys must have been made with the same --hash and --key-norm. Default: none.
    /// Example: dedupe --load-seen monday.seen --save-seen tuesday.seen tuesday.txt
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) load_seen: Vec<OsString>,

    /// Save the keys of all records seen in FILE
    ///
    /// Those of the input, of --against and of --load-seen, sorted, in 13 to 15 bytes each, with a checksum; --merge joins
    /// such files. Default: keys are forgotten. Example: dedupe --save-seen monday.seen monday.txt
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) save_seen: Option<PathBuf>,

    /// The operands are parts to merge: seen keys, partial results or signatures
    ///
    /// How the first one begins says which. Partial results give what one run over all of their input would give; with
    /// --partial they become one part. Parts that were made with other parameters are refused. Default: the operands
    /// are text. Example: dedupe --merge -c monday.part tuesday.part
    #[arg(long, hide_short_help = true, conflicts_with_all = ["against", "load_seen", "save_seen", "parallel_text", "bloom",
          "compare_bytes", "key_norm", "jsonl", "field", "null", "paragraphs", "whole", "out_dir", "in_place"])]
    pub(crate) merge: bool,

    /// With -c: write a partial result, to be merged later
    ///
    /// Lines of record, key and count between a line that says how they were made and one that counts them.
    /// Default: write the answer. Example: dedupe -c --partial monday.txt -o monday.part.zst
    #[arg(long, hide_short_help = true, conflicts_with_all = ["repeated", "unique", "against", "load_seen", "save_seen", "parallel_text",
          "bloom", "compare_bytes", "out_dir", "in_place"])]
    pub(crate) partial: bool,

    /// The operands are aligned: record N of each belong together [all]
    ///
    /// all: they are dropped if all of them came together before. any: if any side came before on its side, even in
    /// records that were dropped. Each side goes to a file of its own with -d or -i; else the sides are written as one
    /// record with tabs between, and a record that holds a tab is an error. A record that a policy leaves out takes its
    /// partners with it. Files of different lengths are an error, and no file is written. The value follows an = sign.
    /// Default: operands follow each other. Example: dedupe --parallel-text -d clean corpus.en corpus.fa
    #[arg(long, value_name = "WHICH", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "all",
          hide_possible_values = true, hide_short_help = true, conflicts_with_all = ["recursive", "files0_from"])]
    pub(crate) parallel_text: Option<Which>,

    /// Remember in SIZE bytes, whatever comes (lossy)
    ///
    /// A Bloom filter: some records are dropped though they are new; how many is estimated without bias, said at the end
    /// and reported. With 8 bits of SIZE for each different record the last ones are lost with a chance of 3 in 100, with
    /// 16 of 9 in 10,000, with 32 of 17 in a million. -S does not matter. Default: nothing is lost.
    /// Example: tail -f log | dedupe --bloom 256M
    #[arg(long, value_name = "SIZE", value_parser = parse_size, hide_short_help = true,
          conflicts_with_all = ["count", "repeated", "unique", "removed", "compare_bytes", "save_seen"])]
    pub(crate) bloom: Option<usize>,

    /// Compare records byte for byte, not by keys
    ///
    /// Exact whatever the records are, even if they were crafted to share a key. Takes the memory of every different
    /// record; over -S they are sorted in -T. Default: keys of 128 bits.
    /// Example: dedupe --compare-bytes hostile.txt
    #[arg(long, hide_short_help = true, conflicts_with_all = ["removed", "load_seen", "save_seen"])]
    pub(crate) compare_bytes: bool,
}

/// When aligned records are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// All of them came together before.
    All,
    /// Any of them came before.
    Any,
}

impl AcrossFlags {
    /// Runs a mode that needs no table of keys.
    ///
    /// # Errors
    /// Whatever ends a run.
    pub fn run(
        &self,
        mode: Mode,
        engine: &mut Engine,
        text: KeyText,
        asked: Option<Asked>,
    ) -> Result<Answer, Error> {
        match mode {
            Mode::Merge => {
                let plan = MergePlan { asked, is_partial: self.partial };
                merge(engine, plan, |_| Err(Error::Usage("signatures are merged with --near".to_owned())))
            }
            Mode::Partial => {
                if asked != Some(Asked::COUNTS) {
                    return Err(Error::Usage("--partial goes with -c".to_owned()));
                }
                let parameters = parameters(&engine.reading, &text);
                let counts = Counts::new(engine.memory_bytes, &engine.temporary_directory);
                Ok(self.drive(engine, Counting { text, parameters }, counts)?.0)
            }
            Mode::Bloom => self.run_bloom(engine, text, self.bloom.unwrap_or_default()),
            Mode::Any => {
                let state = Sides::new(Census::new(engine.memory_bytes, &engine.temporary_directory));
                Ok(self.drive(engine, AnySide { text }, state)?.0)
            }
            _ => {
                let gate = ByBytes { text, asked, hasher: std::hash::RandomState::new() };
                let state = Texts::new(Census::new(engine.memory_bytes, &engine.temporary_directory));
                let (answer, state) = self.drive(engine, gate, state)?;
                engine.ledger.extra.insert("compare_bytes".to_owned(), state.to_json());
                Ok(answer)
            }
        }
    }

    /// Runs a gate over what the operands are: files that follow each other, after those of `--against`; or aligned ones.
    ///
    /// # Errors
    /// Whatever ends a run.
    pub fn drive<G: Gate>(
        &self,
        engine: &mut Engine,
        gate: G,
        state: G::State,
    ) -> Result<(Answer, G::State), Error> {
        match self.parallel_text {
            Some(_) => engine.aligned(gate, state),
            None => engine.gate_after(gate, state, self.against.clone()),
        }
    }

    /// The files of `--load-seen`.
    pub fn loaded(&self) -> &[OsString] {
        &self.load_seen
    }

    /// The file of `--save-seen`.
    pub fn saved(&self) -> Option<&PathBuf> {
        self.save_seen.as_ref()
    }

    fn run_bloom(&self, engine: &mut Engine, text: KeyText, bytes: usize) -> Result<Answer, Error> {
        let filter = Filter::new(bytes)
            .ok_or_else(|| Error::Usage(format!("--bloom: there is no memory of {bytes} bytes")))?;
        let mut account = Account::new(filter);
        let parameters = Parameters { key_bits: u128::BITS, key_norm: text.name() };
        seen::load(engine, self.loaded(), &parameters, |key| {
            account.learn(key);
            Ok(())
        })?;
        let (answer, account) = self.drive(engine, FixedMemory { text }, account)?;
        engine.ledger.extra.insert("bloom".to_owned(), account.to_json());
        if let Some(warning) = account.warning() {
            engine.ledger.warn(&warning);
        }
        Ok(answer)
    }
}
