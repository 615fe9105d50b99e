//! The flags of `--wc`, as typed.

use clap::Args;

/// Counting as wc does.
#[derive(Debug, Clone, Args)]
pub(crate) struct WcFlags {
    /// Count and write as GNU wc does in C.UTF-8
    ///
    /// The bytes as they stand in the files: nothing is decompressed, decoded or cut into records. -l, -w, -m, -c and -L choose
    /// the counts, -lwc if none does; their order is wc's. Words stand between wc's white space, no-break spaces too.
    /// Default: the report. Example: stats --wc -lw *.txt
    #[arg(long, conflicts_with_all = ["unit", "key_norm", "dates", "lang", "top", "tsv", "json", "partial", "merge",
        "encoding", "invalid", "null", "paragraphs", "whole", "jsonl", "field", "malformed", "max_record", "oversize"])]
    pub(crate) wc: bool,

    /// With --wc: the width of the widest line, in columns
    ///
    /// As wc -L has it: wide characters are 2, marks 0, a tab goes on to the next multiple of 8, and CR and FF end a line too.
    /// Default: not counted. Example: stats --wc -L page.txt
    #[arg(short = 'L', long, requires = "wc", hide_short_help = true)]
    pub(crate) max_line_length: bool,
}
