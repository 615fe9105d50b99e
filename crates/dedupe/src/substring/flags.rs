//! The flags of `--substring`, as typed.

use clap::Args;

use super::boundary::Boundary;

/// The flags of `--substring`.
#[derive(Debug, Clone, Args)]
pub struct SubstringFlags {
    /// Cut out stretches of N bytes or more that came before
    ///
    /// The first copy of a stretch stays, wherever it is; every later one goes, be it in another record or in the
    /// same. Stretches lie within one record's text and are cut between words (see --substring-at); a record of
    /// which nothing is left goes too. N is from 16 to 65536, in bytes of UTF-8 before the stretch shrinks to whole
    /// words. All text is held in memory, with five bytes more for each of its bytes, and must fit in -S; the records
    /// wait in -T. Lossy. Default: records are whole. Example: dedupe --substring 200 --jsonl docs.jsonl
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(16..=65536),
        conflicts_with_all = ["count", "repeated", "unique", "key_norm", "field", "against", "load_seen", "save_seen", "merge", "partial", "parallel_text", "bloom", "compare_bytes", "near"]
    )]
    pub(crate) substring: Option<u32>,

    /// With --substring: cut between words or characters [word]
    ///
    /// word: at the word boundaries of UAX #29, where white space and punctuation are parts of their own. char: between
    /// code points, closer to what was found. Default: word. Example: dedupe --substring 100 --substring-at char a.txt
    #[arg(
        long,
        value_name = "UNIT",
        value_enum,
        hide_possible_values = true,
        requires = "substring",
        default_value = "word",
        hide_default_value = true,
        hide_short_help = true
    )]
    pub(crate) substring_at: Boundary,
}
