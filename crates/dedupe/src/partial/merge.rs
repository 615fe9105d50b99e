//! Partial results become one, or the answer that one run over all of their input would give.

use std::sync::Arc;

use serde_json::Value;
use textcore::decode::Written;
use textcore::opened::{Opened, OpenedLines};
use textcore::partial::{PartialCheck, PartialWriter, refuse};
use textcore::recall::Recall;
use textcore::source::Operand;
use textcore::{Answer, Engine, Error, Output, Span, Trouble};

use super::gate::{see, times};
use super::{SCHEMA, line, parameters};
use crate::across::Asked;
use crate::bytes::{Census, Sighting, Verdict};

/// What becomes of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Another partial result.
    Partial,
    /// The records that are asked for.
    Answer(Asked),
}

/// Joins partial results in the order in which they are given.
///
/// # Errors
/// [`Error::Input`] for one that is not whole, or made with other parameters than the first; whatever temporary
/// storage or the output says.
pub fn merge(
    engine: &mut Engine,
    first: Opened,
    others: impl Iterator<Item = Result<Operand, Trouble>>,
    wanted: Wanted,
) -> Result<Answer, Error> {
    let mut joined = Joined {
        census: Census::new(engine.memory_bytes, &engine.temporary_directory),
        lines: Recall::new(engine.memory_bytes / 4, &engine.temporary_directory),
        later: 0,
        records: 0,
    };
    let mut check = PartialCheck::default();
    // An escaped byte takes two; key, count and tabs stand beside the record.
    let line_bytes_max = engine.reading.record_bytes_max.saturating_mul(2).saturating_add(1024);
    joined.add(first, &mut check, line_bytes_max)?;
    engine.ledger.counts.operands += 1;
    for operand in others {
        let part = Opened::open(engine, Arc::new(operand.map_err(Error::Input)?))?;
        joined.add(part, &mut check, line_bytes_max)?;
        engine.ledger.counts.operands += 1;
    }
    let parameters = check.finish()?;
    engine.ledger.counts.records_read = joined.records;
    joined.census.settle(Verdict::Times).map_err(Error::Temporary)?;
    let mut written = 0;
    engine.answer_with(|out| {
        written = match wanted {
            Wanted::Partial => joined.write_partial(&parameters, out)?,
            Wanted::Answer(asked) => joined.write(&parameters, asked, out)?,
        };
        Ok(())
    })?;
    engine.ledger.counts.records_written = written;
    let reason = if let Wanted::Answer(asked) = wanted { asked.reason() } else { "duplicate" };
    if joined.records > written {
        engine.ledger.counts.dropped.insert(reason, joined.records - written);
    }
    Ok(Answer::Yes)
}

/// The lines of all parts, and what they add up to.
struct Joined {
    census: Census,
    /// Lines that may be the first of their key.
    lines: Recall,
    later: u64,
    records: u64,
}

impl Joined {
    fn add(&mut self, part: Opened, check: &mut PartialCheck, line_bytes_max: usize) -> Result<(), Error> {
        let operand = Arc::clone(&part.operand);
        check.start(Span {
            operand: &operand,
            starts: true,
            ends: true,
            offset: 0,
            original_bytes: 0,
            bytes: b"",
            judgement: 0,
            written: Written::PLAIN,
            is_plain: true,
        });
        let mut lines = OpenedLines::new(part, line_bytes_max);
        while lines.advance()? {
            let record = lines.record();
            if let Some(entry) = check.line(SCHEMA, record)? {
                let Some(line) = line::read(entry) else {
                    return Err(refuse(record, "this line does not belong into a partial result of dedupe"));
                };
                self.add_line(&line, entry)?;
            }
        }
        Ok(())
    }

    fn add_line(&mut self, line: &line::Line, entry: &[u8]) -> Result<(), Error> {
        self.records = self.records.saturating_add(line.count);
        if see(&mut self.census, line.key, self.later, line.count)? != Sighting::Known {
            self.lines.push(0, entry).map_err(Error::Temporary)?;
            self.later += 1;
        }
        Ok(())
    }

    /// Calls `each` with every line that is the first of its key, and how often the key came in all.
    fn each(&mut self, mut each: impl FnMut(&line::Line, u64) -> Result<(), Error>) -> Result<(), Error> {
        let mut lines = self.lines.replay().map_err(Error::Temporary)?;
        let mut index = 0;
        while lines.advance().map_err(Error::Temporary)?.is_some() {
            if let Some(times) = times(&mut self.census, index)? {
                let line = line::read(lines.entry());
                each(
                    &line.ok_or_else(|| Error::Internal("a line was kept that is none".to_owned()))?,
                    times,
                )?;
            }
            index += 1;
        }
        Ok(())
    }

    fn write_partial(&mut self, parameters: &Value, out: &mut dyn Output) -> Result<u64, Error> {
        let mut writer = PartialWriter::new(SCHEMA, parameters, out)?;
        let mut written = 0;
        let mut text = Vec::new();
        self.each(|line, times| {
            line::write(&line.record, line.key, times, &mut text);
            written += 1;
            writer.line(&text)
        })?;
        writer.finish()?;
        Ok(written)
    }

    /// As the engine writes records that were kept aside: an end that is missing is supplied before another record.
    fn write(&mut self, parameters: &Value, asked: Asked, out: &mut dyn Output) -> Result<u64, Error> {
        let Some(cut) = parameters::cut(parameters) else {
            return Err(Error::Usage(format!("the parameters {parameters} are not those of this version")));
        };
        let mut written = 0;
        let (mut label, mut owed) = (Vec::new(), &b""[..]);
        self.each(|line, times| {
            label.clear();
            if !asked.wants(times, &mut label) {
                return Ok(());
            }
            let record = &line.record;
            let prefix = cut.split(record).next().map_or(0, |raw| raw.prefix.len());
            for bytes in [owed, &record[..prefix], &label, &record[prefix..]] {
                out.put(bytes)?;
            }
            owed = cut.missing_end_of(record);
            written += 1;
            Ok(())
        })?;
        Ok(written)
    }
}
