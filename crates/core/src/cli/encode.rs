//! The flags of tools that can write another encoding than UTF-8.

use clap::{Args, ValueEnum};

use crate::encode::{Encoder, OutputLabel, Target, Unencodable};
use crate::error::Error;
use crate::frame::Selection;
use crate::intake::Oversize;
use crate::sink::{Route, SinkPlan};
use crate::visit::Reading;

/// Flags of tools that can write another encoding than UTF-8.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct EncodeFlags {
    /// Encoding of output: a WHATWG label, utf-16, …
    ///
    /// utf-16 and utf-32 are little-endian with a byte order mark; with le or be at their end they have none. latin1
    /// is windows-1252, as on the web. Default: utf-8. Example: --to utf-16le
    #[arg(long, value_name = "LABEL")]
    to: Option<OutputLabel>,

    /// Start each output with a byte order mark
    ///
    /// Once on standard output or in -o, in each file with -d or -i; an empty output stays empty. Default: with
    /// --to utf-16 and --to utf-32 alone. Example: --to utf-8 --bom
    #[arg(long, overrides_with = "no_bom", hide_short_help = true)]
    bom: bool,

    /// Write no byte order mark
    ///
    /// Default: as for --bom. Example: --to utf-16 --no-bom
    #[arg(long, overrides_with = "bom", hide_short_help = true)]
    no_bom: bool,

    /// What --to does with characters it lacks: fail, replace, html, escape, drop or skip
    ///
    /// fail: the record is named as an error and left out, exit status 2. replace: a question mark, or what the
    /// Encoding Standard puts in its place (lossy). html: &#1740; (lossy where the text holds such references
    /// already). escape: \u{6CC} (lossy where the text holds such escapes already); with --jsonl the escapes of JSON,
    /// which lose nothing. drop: nothing (lossy). skip: the record is left out and counted (lossy). One warning names
    /// the first place; --report counts all. Default: fail. Example: --to windows-1256 --unencodable html
    #[arg(long, value_name = "POLICY", value_enum, hide_possible_values = true, hide_short_help = true)]
    unencodable: Option<UnencodableFlag>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UnencodableFlag {
    Fail,
    Replace,
    Html,
    Escape,
    Drop,
    Skip,
}

impl EncodeFlags {
    /// The encoder that the flags ask for, and in `sink` what they ask of outputs; `None` is UTF-8.
    pub(super) fn plan(&self, reading: &Reading, sink: &mut SinkPlan) -> Result<Option<Encoder>, Error> {
        let label = self.to.unwrap_or(OutputLabel { target: Target::Utf8, wants_mark: false });
        let target = label.target;
        if self.bom && target.mark().is_empty() {
            return Err(Error::Usage(format!("{} has no byte order mark for --bom", target.name())));
        }
        if self.bom || label.wants_mark && !self.no_bom {
            sink.mark = target.mark();
        }
        let encoder = Encoder::new(target, self.policy(), matches!(reading.selection, Selection::Json(_)));
        if encoder.is_some() && reading.oversize == Oversize::Pass {
            return Err(Error::Usage(
                "--oversize pass hands records on unread, which --to cannot: use fail or skip".to_owned(),
            ));
        }
        let is_in_place = matches!(sink.route, Route::InPlace { .. });
        sink.is_compared = is_in_place && (encoder.is_some() || !sink.mark.is_empty());
        Ok(encoder)
    }

    fn policy(&self) -> Unencodable {
        match self.unencodable {
            None | Some(UnencodableFlag::Fail) => Unencodable::Fail,
            Some(UnencodableFlag::Replace) => Unencodable::Replace,
            Some(UnencodableFlag::Html) => Unencodable::Html,
            Some(UnencodableFlag::Escape) => Unencodable::Escape,
            Some(UnencodableFlag::Drop) => Unencodable::Drop,
            Some(UnencodableFlag::Skip) => Unencodable::Skip,
        }
    }
}
