//! Where aligned records go: each side to its own file, or side by side into one.

use std::path::PathBuf;
use std::sync::Arc;

use super::side::{BETWEEN, Side};
use crate::engine::Engine;
use crate::error::Error;
use crate::frame::Cut;
use crate::input::FileIdentity;
use crate::sink::{Route, Sink, output_name};
use crate::tool::Output;

/// The outputs of a run.
pub(super) struct Outlet {
    cut: Cut,
    /// One for all sides, or one for each.
    sinks: Vec<Sink>,
    is_joined: bool,
    record: Vec<u8>,
}

impl Outlet {
    /// Checks that the sides can be written, and opens the output if there is just one.
    pub fn new(engine: &Engine, sides: &[Side]) -> Result<Self, Error> {
        let is_joined = !engine.sink.route.is_per_operand();
        let cut = engine.reading.cut;
        if is_joined && !matches!(cut, Cut::Lines | Cut::Null) {
            return Err(Error::Usage(
                "aligned paragraphs and files go to a file for each side: -d or -i is needed".to_owned(),
            ));
        }
        refuse_same_outputs(engine, sides)?;
        let count = if is_joined { 1 } else { sides.len() };
        let sinks = (0..count).map(|_| {
            let mut sink = Sink::new(engine.sink.clone(), Arc::clone(&engine.cleanup))?;
            sink.protect(engine.intake.sources.clone());
            Ok(sink)
        });
        Ok(Outlet { cut, sinks: sinks.collect::<Result<_, Error>>()?, is_joined, record: Vec::new() })
    }

    /// Opens the output of each side, once it is known how its input is compressed.
    pub fn begin(&mut self, sides: &[Side]) -> Result<(), Error> {
        self.sinks.iter_mut().zip(sides).try_for_each(|(sink, side)| sink.begin(&side.operand, side.codec))
    }

    /// Writes a record of each side, with a label before its text.
    pub fn write<'a>(&mut self, raws: impl Iterator<Item = &'a [u8]>, label: &[u8]) -> Result<(), Error> {
        if self.is_joined {
            return self.join(raws, label);
        }
        for (sink, raw) in self.sinks.iter_mut().zip(raws) {
            let missing_end = self.cut.missing_end_of(raw);
            if label.is_empty() {
                sink.write(raw, missing_end)?;
                continue;
            }
            let prefix = self.cut.split(raw).next().map_or(0, |raw| raw.prefix.len());
            self.record.clear();
            self.record.extend([&raw[..prefix], label, &raw[prefix..]].into_iter().flatten());
            sink.write(&self.record, missing_end)?;
        }
        Ok(())
    }

    /// The record ends as that of the first side.
    fn join<'a>(&mut self, raws: impl Iterator<Item = &'a [u8]>, label: &[u8]) -> Result<(), Error> {
        self.record.clear();
        self.record.extend_from_slice(label);
        let mut suffix: Option<&[u8]> = None;
        for raw in raws {
            let (text, end) =
                self.cut.split(raw).next().map_or((raw, &b""[..]), |raw| (raw.text, raw.suffix));
            if suffix.is_some() {
                self.record.push(BETWEEN);
            }
            suffix.get_or_insert(end);
            self.record.extend_from_slice(text);
        }
        let suffix = suffix.unwrap_or_default();
        self.record.extend_from_slice(suffix);
        let missing_end = self.cut.missing_end(suffix);
        self.sinks.iter_mut().try_for_each(|sink| sink.write(&self.record, missing_end))
    }

    /// Lets what was written be seen.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.sinks.iter_mut().try_for_each(Sink::flush)
    }

    /// What is said after all records; nothing where each side has a file.
    pub fn answer(&mut self) -> &mut dyn Output {
        self
    }

    /// Completes all outputs; how many bytes were written. No side is replaced if one is not sound.
    pub fn finish(mut self, sides: &[Side], is_changed: bool) -> Result<u64, Error> {
        let is_sound = sides.iter().all(|side| side.is_sound);
        let mut bytes_written = 0;
        for (sink, side) in self.sinks.iter_mut().zip(sides) {
            if !self.is_joined {
                sink.write(&side.tail, b"")?;
            }
            sink.end(&side.operand, side.fingerprint, is_changed || side.is_changed, is_sound)?;
        }
        for sink in self.sinks {
            bytes_written += sink.bytes_written;
            sink.finish()?;
        }
        Ok(bytes_written)
    }
}

impl Output for Outlet {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self.sinks.first_mut() {
            Some(sink) if self.is_joined => sink.put(bytes),
            _ => Ok(()),
        }
    }
}

fn refuse_same_outputs(engine: &Engine, sides: &[Side]) -> Result<(), Error> {
    let mut names: Vec<PathBuf> = Vec::new();
    let mut files: Vec<FileIdentity> = Vec::new();
    for side in sides {
        let (name, file) = match &engine.sink.route {
            Route::Folder(folder) => {
                (Some(folder.join(output_name(&side.operand.mirror, engine.sink.compression))), None)
            }
            Route::InPlace { .. } => (None, side.operand.path.as_ref().and_then(FileIdentity::at)),
            _ => (None, None),
        };
        if name.as_ref().is_some_and(|name| names.contains(name))
            || file.is_some_and(|file| files.contains(&file))
        {
            return Err(Error::Usage(format!("{}: two sides would have this output", side.operand.name())));
        }
        names.extend(name);
        files.extend(file);
    }
    Ok(())
}
