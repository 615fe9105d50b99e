//! From flags to what is to be run, everything checked that can be before anything is read.

mod segmenter;
mod stream;

use std::sync::Arc;

use textcore::Error;
use textcore::frame::{Cut, Selection};
use textcore::visit::Reading;
use unicode::Unit;

use crate::budget::{Budget, Rest};
use crate::count::CountBy;
use crate::detok::Detokenizer;
use crate::flags::{CountFlag, Flags, FormatFlag, OffsetFlag, UnitFlag};
use crate::format::Format;
use crate::joiner::{DEFAULT_MARK, Joiner};
use crate::offsets::OffsetUnit;
use crate::segmenter::{Pieces, Segmenter};
use crate::stream::Stream;
use crate::tokenizer::Tokenizer;
use crate::tongue::Tongue;
use segmenter::within_budget;
use stream::stream;

/// What is to be run.
#[derive(Debug, Clone)]
pub enum Plan {
    /// Write tokens.
    Tokenize(Box<Tokenizer>),
    /// Count them.
    Count(Box<Stream>, CountBy),
    /// Write text of tokens.
    Detokenize(Box<Detokenizer>),
    /// Ask whether the way back leads there.
    RoundTrip(Box<(Tokenizer, Detokenizer)>),
    /// Write text, so many tokens of it.
    Budget(Box<Budget>),
}

impl Plan {
    /// Checks flags.
    ///
    /// # Errors
    /// [`Error::Usage`].
    pub fn new(flags: &Flags, reading: &Reading) -> Result<Self, Error> {
        let modes = &flags.modes;
        let joiner = flags.output.joiner.as_deref().map(Joiner::new).transpose();
        let joiner = joiner.map_err(|problem| Error::Usage(format!("--joiner: {problem}")))?;
        let stream = stream(flags)?;
        if modes.detok {
            return Ok(Plan::Detokenize(Box::new(way_back(&stream.segmenter, joiner)?)));
        }
        if let Some(by) = modes.count {
            let by = match by {
                CountFlag::Total => CountBy::Total,
                CountFlag::File => CountBy::File,
                CountFlag::Record => CountBy::Record,
            };
            return Ok(Plan::Count(Box::new(stream), by));
        }
        if let Some(tokens_max) = modes.budget {
            let rest = if modes.split { split(reading)? } else { Rest::Truncate };
            return budget(flags, stream, tokens_max, rest);
        }
        if modes.roundtrip {
            return round_trip(stream, joiner, reading);
        }
        tokenizer(flags, stream, joiner, reading).map(Box::new).map(Plan::Tokenize)
    }

    /// How the language of records is known.
    pub fn tongue(&self) -> Tongue {
        let stream = match self {
            Plan::Tokenize(tokenizer) => &tokenizer.stream,
            Plan::RoundTrip(both) => &both.0.stream,
            Plan::Count(stream, _) => stream,
            Plan::Budget(budget) => &budget.stream,
            Plan::Detokenize(_) => return Tongue::Unknown,
        };
        match &stream.segmenter {
            Segmenter::Words(words) => words.tongue.clone(),
            _ => Tongue::Unknown,
        }
    }
}

fn usage(problem: &str) -> Error {
    Error::Usage(problem.to_owned())
}

/// From tokens to text, where that can be.
fn way_back(segmenter: &Segmenter, joiner: Option<Joiner>) -> Result<Detokenizer, Error> {
    if joiner.is_some() && !segmenter.is_of_text() {
        return Err(usage("--joiner is for tokens that stand in the text: not for --scheme and --model"));
    }
    match segmenter {
        Segmenter::Scheme(scheme) if scheme.has_way_back() => Ok(Detokenizer::Scheme(Arc::clone(scheme))),
        Segmenter::Scheme(scheme) => {
            Err(Error::Usage(format!("there is no way back from --scheme {scheme}")))
        }
        Segmenter::Model(pieces) if pieces.as_ids => Ok(Detokenizer::Model(pieces.clone())),
        Segmenter::Model(_) => Err(usage("the way back from --model is from its --ids")),
        Segmenter::Unit(Unit::Byte) => Err(usage("there is no way back from --unit byte")),
        _ => joiner
            .map_or_else(|| Joiner::new(DEFAULT_MARK), Ok)
            .map(Detokenizer::Joiner)
            .map_err(Error::Usage),
    }
}

fn budget(flags: &Flags, stream: Stream, tokens_max: u64, rest: Rest) -> Result<Plan, Error> {
    let (segmenter, around) = match stream.segmenter {
        Segmenter::Model(pieces) => {
            let (pieces, around) = within_budget(flags, pieces)?;
            (Segmenter::Model(pieces), around)
        }
        segmenter => (segmenter, 0),
    };
    let stream = Stream { segmenter, ..stream };
    match tokens_max.checked_sub(around) {
        None | Some(0) => {
            Err(Error::Usage(format!("--budget {tokens_max}: the model puts {around} tokens around a text")))
        }
        Some(tokens_max) => Ok(Plan::Budget(Box::new(Budget { stream, tokens_max, rest }))),
    }
}

fn round_trip(stream: Stream, joiner: Option<Joiner>, reading: &Reading) -> Result<Plan, Error> {
    if stream.loses() {
        return Err(usage("--roundtrip is not for flags that leave out or change tokens"));
    }
    let stream = match stream.segmenter {
        Segmenter::Model(pieces) => Stream::of(Segmenter::Model(Pieces { as_ids: true, ..pieces })),
        _ => stream,
    };
    let back = way_back(&stream.segmenter, joiner)?;
    let joiner = match &back {
        Detokenizer::Joiner(joiner) => Some(joiner.clone()),
        Detokenizer::Scheme(_) | Detokenizer::Model(_) => None,
    };
    let line_end = reading.cut.delimiter();
    let there = Tokenizer { joiner, stream, ..Tokenizer::new(Unit::Word, Format::Spaced, line_end) };
    Ok(Plan::RoundTrip(Box::new((there, back))))
}

fn split(reading: &Reading) -> Result<Rest, Error> {
    match (&reading.selection, reading.cut) {
        (Selection::Json(pointer), _) => Ok(Rest::SplitJson(pointer.clone())),
        (Selection::Columns { .. }, _) => {
            Err(usage("--split makes records of parts, and --field has none to make"))
        }
        (Selection::All, Cut::Null) => Ok(Rest::Split(b"\0")),
        (Selection::All, Cut::Paragraphs) => Ok(Rest::Split(b"\n\n")),
        (Selection::All, Cut::Lines | Cut::Whole) => Ok(Rest::Split(b"\n")),
    }
}

fn tokenizer(
    flags: &Flags,
    stream: Stream,
    joiner: Option<Joiner>,
    reading: &Reading,
) -> Result<Tokenizer, Error> {
    let format = format(flags);
    if joiner.is_some() {
        way_back(&stream.segmenter, joiner.clone())?;
        if format != Format::Spaced {
            return Err(usage("--joiner is for --format spaced"));
        }
        if stream.loses() {
            return Err(usage("--joiner is not for flags that leave out or change tokens"));
        }
    }
    if format == Format::Conllu && (stream.loses() || !stream.segmenter.is_of_text()) {
        return Err(usage(
            "--format conllu is for words as they stand: not for --scheme, --model and flags that leave out or change tokens",
        ));
    }
    let has_spaces_within = stream.segmenter.has_spaces_within();
    if has_spaces_within && format == Format::Spaced && joiner.is_none() && stream.dress.join.is_none() {
        return Err(usage(
            "tokens that hold spaces, on one line with others, need --join MARK or --joiner; or -l for one token a line",
        ));
    }
    let offset_unit = flags.output.offset_unit.map(|unit| match unit {
        OffsetFlag::Byte => OffsetUnit::Byte,
        OffsetFlag::Char => OffsetUnit::Char,
        OffsetFlag::Utf16 => OffsetUnit::Utf16,
    });
    if offset_unit.is_some() && !matches!(format, Format::Tsv | Format::Jsonl | Format::Conllu) {
        return Err(usage("--offset-unit is for --format tsv, jsonl and conllu"));
    }
    let has_documents_in_records = reading.is_record_document();
    let line_end = reading.cut.delimiter();
    Ok(Tokenizer { stream, format, line_end, joiner, offset_unit, has_documents_in_records })
}

fn format(flags: &Flags) -> Format {
    match (flags.output.format, flags.output.lines) {
        (Some(FormatFlag::Spaced), _) => Format::Spaced,
        (Some(FormatFlag::Lines), _) | (None, true) => Format::Lines,
        (Some(FormatFlag::Vertical), _) => Format::Vertical,
        (Some(FormatFlag::Tsv), _) => Format::Tsv,
        (Some(FormatFlag::Jsonl), _) => Format::Jsonl,
        (Some(FormatFlag::Conllu), _) => Format::Conllu,
        (None, false) => match flags.units.unit {
            UnitFlag::Unit(Unit::Sentence | Unit::Paragraph | Unit::Line)
                if flags.output.joiner.is_none() =>
            {
                Format::Lines
            }
            _ => Format::Spaced,
        },
    }
}
