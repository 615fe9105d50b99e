//! From flags as typed to what is to be done: which mode is meant, and that no flag was typed that means nothing there.

use std::fmt;

use textcore::Error;
use textcore::Shared;

use crate::Flags;
use crate::across::Which;
use crate::boilerplate::Part;
use crate::exact::{Keep, Width};
use crate::near::Link;
use crate::substring::Boundary;

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Records are the same if their keys are.
    Exact,
    /// Records are the same if their bytes are.
    Bytes,
    /// A filter of fixed size says which were seen.
    Bloom,
    /// Aligned records go if any of their sides was seen.
    Any,
    /// Counts are written to be merged.
    Partial,
    /// Parts are merged.
    Merge,
    /// Documents that are alike.
    Near,
    /// Signatures are merged.
    NearMerge,
    /// Lines that pages share.
    Boilerplate,
    /// Stretches that came before.
    Substring,
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Mode::Exact => "exact duplicates",
            Mode::Bytes => "--compare-bytes",
            Mode::Bloom => "--bloom",
            Mode::Any => "--parallel-text=any",
            Mode::Partial => "--partial",
            Mode::Merge => "--merge",
            Mode::Near => "--near",
            Mode::NearMerge => "--near --merge",
            Mode::Boilerplate => "--boilerplate",
            Mode::Substring => "--substring",
        })
    }
}

impl Mode {
    /// What the flags ask for.
    ///
    /// # Errors
    /// [`Error::Usage`] for a flag that means nothing in that mode, both named. A flag that was typed with its default is
    /// not told from one that was not.
    pub fn of(flags: &Flags, shared: &Shared) -> Result<Mode, Error> {
        let mode = Mode::meant(flags);
        for (flag, is_typed, modes) in table(flags) {
            if is_typed && !modes.contains(&mode) {
                return Err(Error::Usage(format!("{flag} means nothing with {mode}")));
            }
        }
        if flags.boilerplate.boilerplate_unit != Part::Line && !shared.has_lines_in_records() {
            return Err(Error::Usage("--boilerplate-unit goes with --jsonl or --whole".to_owned()));
        }
        Ok(mode)
    }

    fn meant(flags: &Flags) -> Mode {
        let across = &flags.across;
        if flags.near.near.is_some() {
            return if across.merge { Mode::NearMerge } else { Mode::Near };
        }
        if flags.boilerplate.is_asked() {
            Mode::Boilerplate
        } else if flags.substring.substring.is_some() {
            Mode::Substring
        } else if across.merge {
            Mode::Merge
        } else if across.partial {
            Mode::Partial
        } else if across.parallel_text == Some(Which::Any) {
            Mode::Any
        } else if across.bloom.is_some() {
            Mode::Bloom
        } else if across.compare_bytes {
            Mode::Bytes
        } else {
            Mode::Exact
        }
    }
}

/// Every flag that is not for all modes: its name, whether it was typed, and where it means something.
fn table(flags: &Flags) -> Vec<(&'static str, bool, &'static [Mode])> {
    use Mode::{Any, Bloom, Boilerplate, Bytes, Exact, Merge, Near, NearMerge, Partial, Substring};
    const NEAR: &[Mode] = &[Near, NearMerge];
    const ASKED: &[Mode] = &[Exact, Bytes, Merge];
    let Flags { exact, across, near, boilerplate, substring, .. } = flags;
    vec![
        ("--count", exact.count, &[Exact, Bytes, Merge, Partial]),
        ("--repeated", exact.repeated, ASKED),
        ("--unique", exact.unique, ASKED),
        ("--all-repeated", exact.all_repeated.is_some(), &[Exact]),
        ("--keep", exact.keep != Keep::First, &[Exact]),
        ("--hash", exact.hash != Width::Bits128, &[Exact]),
        (
            "--key-norm",
            flags.key_norm.is_some(),
            &[Exact, Bytes, Bloom, Any, Partial, Near, NearMerge, Boilerplate],
        ),
        ("--removed", flags.removed.is_some(), &[Exact, Near, NearMerge, Boilerplate, Substring]),
        ("--id", flags.id.to_string() != "id", NEAR),
        ("--against", !across.against.is_empty(), &[Exact, Bytes, Bloom, Near]),
        ("--load-seen", !across.load_seen.is_empty(), &[Exact, Bloom]),
        ("--save-seen", across.save_seen.is_some(), &[Exact]),
        ("--merge", across.merge, &[Merge, NearMerge]),
        ("--partial", across.partial, &[Partial, Merge]),
        ("--parallel-text", across.parallel_text.is_some(), &[Exact, Bytes, Bloom, Any]),
        ("--bloom", across.bloom.is_some(), &[Bloom]),
        ("--compare-bytes", across.compare_bytes, &[Bytes]),
        ("--shingle", near.shingle.is_some(), NEAR),
        ("--link", near.link != Link::Star, NEAR),
        ("--no-verify", near.no_verify, NEAR),
        ("--hashes", near.hashes != 128, NEAR),
        ("--clusters", near.clusters.is_some(), NEAR),
        ("--pairs", near.pairs.is_some(), NEAR),
        ("--save-signatures", near.save_signatures.is_some(), NEAR),
        ("--load-signatures", !near.load_signatures.is_empty(), NEAR),
        ("--boilerplate-ngram", boilerplate.boilerplate_ngram != 5, &[Boilerplate]),
        ("--boilerplate-unit", boilerplate.boilerplate_unit != Part::Line, &[Boilerplate]),
        ("--substring-at", substring.substring_at != Boundary::Word, &[Substring]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use textcore::Tool;

    fn mode(arguments: &str) -> Result<Mode, String> {
        let arguments = std::iter::once("dedupe").chain(arguments.split_whitespace());
        let flags = Flags::try_parse_from(arguments).map_err(|error| error.to_string())?;
        Mode::of(&flags, flags.shared()).map_err(|error| error.to_string())
    }

    #[test]
    fn flags_say_what_is_meant() {
        for (arguments, wanted) in [
            ("", Mode::Exact),
            ("-c --keep last --removed r", Mode::Exact),
            ("--compare-bytes -c", Mode::Bytes),
            ("--bloom 1M --load-seen s", Mode::Bloom),
            ("--parallel-text a b", Mode::Exact),
            ("--parallel-text=any a b", Mode::Any),
            ("-c --partial", Mode::Partial),
            ("--merge -c p", Mode::Merge),
            ("--near --jsonl --id url --pairs p", Mode::Near),
            ("--near --merge s", Mode::NearMerge),
            ("--boilerplate-share 0.5", Mode::Boilerplate),
            ("--boilerplate --boilerplate-unit paragraph --whole", Mode::Boilerplate),
            ("--substring 100 --substring-at char", Mode::Substring),
        ] {
            assert_eq!(mode(arguments), Ok(wanted), "{arguments}");
        }
    }

    #[test]
    fn a_flag_that_means_nothing_is_refused() {
        for arguments in [
            "--parallel-text=any --bloom 1M a b",
            "--parallel-text=any --compare-bytes a b",
            "--parallel-text=any --removed r a b",
            "--parallel-text=any --keep last a b",
            "--parallel-text=any --save-seen s a b",
            "-c --partial --removed r",
            "--merge --removed r p",
            "--boilerplate --keep last",
            "--boilerplate --hash 64",
            "--boilerplate --all-repeated",
            "--boilerplate --boilerplate-unit paragraph",
            "--boilerplate-unit paragraph --whole",
            "--id url --jsonl",
            "--keep last --shingle word:3",
            "-c --clusters c",
            "-c --link single",
            "-c --boilerplate-ngram 3",
            "--keep last --substring-at char",
            "--near --keep last",
            "--near --count",
        ] {
            assert!(mode(arguments).is_err(), "{arguments}");
        }
        let message = mode("--keep last --shingle word:3").expect_err("refused");
        assert_eq!(message, "--shingle means nothing with exact duplicates");
    }
}
