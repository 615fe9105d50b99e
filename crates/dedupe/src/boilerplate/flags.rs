//! The flags of `--boilerplate`, as typed.

use std::str::FromStr;

use clap::{ArgAction, Args};

use super::units::Part;

/// The flags of `--boilerplate`.
#[derive(Debug, Clone, Args)]
pub struct BoilerplateFlags {
    /// Drop lines or paragraphs whose words were mostly seen before [0.5]
    ///
    /// onion's rule: a record goes if at least this share, above 0, of its runs of five words came in records before
    /// it that stayed. Case, punctuation and compatibility characters make no difference; --key-norm adds to that. A
    /// record with fewer words is one run of all of them; one without words stays. With --jsonl and --whole, lines
    /// inside the text are meant, and are cut out. Memory: 9 to 11 bytes for each different run (twice that with
    /// --removed) up to -S; when that is full no more are remembered, and a warning says so. The value follows an =
    /// sign. Lossy. Default: only records that are the same are dropped. Example: dedupe --boilerplate -r pages
    #[arg(
        long,
        value_name = "THRESHOLD",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "0.5",
        conflicts_with_all = ["count", "repeated", "unique", "against", "load_seen", "save_seen", "merge", "partial", "parallel_text", "bloom", "compare_bytes", "near", "substring"]
    )]
    pub(crate) boilerplate: Option<Share>,

    /// With --boilerplate: how many words are a run [5]
    ///
    /// From 1 to 100. Default: 5. Example: dedupe --boilerplate --boilerplate-ngram 7 --paragraphs -r pages
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=100),
        default_value = "5",
        hide_default_value = true,
        requires = "boilerplate",
        hide_short_help = true
    )]
    pub(crate) boilerplate_ngram: u32,

    /// Drop lines or paragraphs that stand in more than this share of documents
    ///
    /// Every copy goes, the first one too: menus, captions, paywalls. Two are the same if their words are, as for
    /// --boilerplate. A document is a file; with --jsonl, a record. What stands in one document alone stays, and so
    /// does what has no words. SHARE is less than 1. Answered at the end of the input; records wait in -T. With
    /// --boilerplate, what either rule drops goes. Lossy. Default: no such rule. Example: dedupe --boilerplate-share 0.1 -r pages
    #[arg(
        long,
        value_name = "SHARE",
        value_parser = parse_less_than_one,
        action = ArgAction::Set,
        conflicts_with_all = ["count", "repeated", "unique", "against", "load_seen", "save_seen", "merge", "partial", "parallel_text", "bloom", "compare_bytes", "near", "substring"],
        hide_short_help = true
    )]
    pub(crate) boilerplate_share: Option<Share>,

    /// With --jsonl or --whole: what goes from a text, line or paragraph [line]
    ///
    /// A paragraph ends with blank lines, and goes with them. Default: line. Example: dedupe --boilerplate --jsonl --boilerplate-unit paragraph docs.jsonl
    #[arg(
        long,
        value_name = "UNIT",
        value_enum,
        default_value = "line",
        hide_default_value = true,
        hide_possible_values = true,
        hide_short_help = true
    )]
    pub(crate) boilerplate_unit: Part,
}

impl BoilerplateFlags {
    /// Whether either rule is asked for.
    pub fn is_asked(&self) -> bool {
        self.boilerplate.is_some() || self.boilerplate_share.is_some()
    }
}

/// A share of a whole, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(f64);

impl Share {
    /// Whether so many of a whole, which is not nothing, are at least this share.
    ///
    /// A quotient is rounded as the number is that was typed: 11 of 20 are 0.55.
    pub fn is_reached(self, part: u64, whole: u64) -> bool {
        part as f64 / whole as f64 >= self.0
    }

    /// Whether so many of a whole, which is not nothing, are more than this share.
    pub fn is_passed(self, part: u64, whole: u64) -> bool {
        part as f64 / whole as f64 > self.0
    }
}

#[cfg(test)]
impl Share {
    /// So many hundredths.
    pub(super) fn part_of_hundred(hundredths: usize) -> Share {
        Share(hundredths as f64 / 100.0)
    }
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let share = text.parse().ok().filter(|share| *share > 0.0 && *share <= 1.0);
        share.map(Share).ok_or_else(|| "a share is above 0 and at most 1, as 0.5".to_owned())
    }
}

fn parse_less_than_one(text: &str) -> Result<Share, String> {
    let share = text.parse().ok().filter(|&share| 0.0 < share && share < 1.0);
    share.map(Share).ok_or_else(|| "a share of documents is above 0 and less than 1, as 0.1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_where_they_are_met() {
        for whole in 1..200u64 {
            for part in 1..=whole {
                if (part * 100).is_multiple_of(whole) {
                    let typed = format!("{}.{:02}", part / whole, part * 100 / whole % 100);
                    let share: Share = typed.parse().expect("a share");
                    assert!(share.is_reached(part, whole) && !share.is_passed(part, whole), "{typed}");
                    assert!(
                        !share.is_reached(part - 1, whole) && share.is_passed(part + 1, whole),
                        "{typed}"
                    );
                }
            }
        }
    }

    #[test]
    fn shares_have_their_bounds() {
        for text in ["0", "-0.5", "1.01", "x", "", "NaN", "50%"] {
            assert!(text.parse::<Share>().is_err(), "{text}");
        }
        assert!(parse_less_than_one("0").is_err() && parse_less_than_one("1").is_err());
    }
}
