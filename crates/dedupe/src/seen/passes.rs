//! Merges any number of files of seen keys, of which only some are open at a time.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use textcore::opened::Opened;
use textcore::source::Operand;
use textcore::{Answer, Engine, Error, Output, Trouble};

use super::merge::{Keys, Union};
use super::parameters::Parameters;
use super::reader::SeenFile;
use super::writer::SeenWriter;

/// How many files, or runs made of them, are merged at a time.
const FAN_IN: usize = 16;

type Streams = Vec<Box<dyn Keys<u128>>>;

/// Merges files of seen keys into one, which is the output.
///
/// More than 16 files are merged in passes, through unnamed temporary files of which two are open at a time.
///
/// # Errors
/// [`Error::Input`] for a file that is not whole, or made with other parameters than the first.
pub fn merge(
    engine: &mut Engine,
    first: Opened,
    rest: impl Iterator<Item = Result<Operand, Trouble>>,
) -> Result<Answer, Error> {
    let first = SeenFile::open(first.name(), BufReader::new(first))?;
    let (parameters, name) = (first.parameters.clone(), first.name().to_owned());
    let mut group: Streams = vec![Box::new(first.keys())];
    let mut runs = Runs::new(&parameters, &engine.temporary_directory);
    let mut operands = 1;
    for operand in rest {
        if group.len() == FAN_IN {
            runs.push(std::mem::take(&mut group))?;
        }
        let opened = Opened::open(engine, Arc::new(operand.map_err(Error::Input)?))?;
        let file = SeenFile::open(opened.name(), BufReader::new(opened))?;
        file.expect(&parameters, &name)?;
        group.push(Box::new(file.keys()));
        operands += 1;
    }
    let streams = if runs.is_empty() {
        group
    } else {
        runs.push(group)?;
        runs.into_streams()?
    };
    engine.ledger.counts.operands += operands;
    let mut union = Union::new(streams)?;
    let mut count = 0;
    engine.answer_with(|out| {
        count = write(&parameters, &mut union, Lent(out))?;
        Ok(())
    })?;
    engine.ledger.extra.insert("saved_keys".to_owned(), json!(count));
    Ok(Answer::Yes)
}

fn write(parameters: &Parameters, keys: &mut Union<'_, u128>, out: impl Output) -> Result<u64, Error> {
    let mut writer = SeenWriter::new(parameters, out)?;
    while let Some(key) = keys.next_key()? {
        writer.push(key)?;
    }
    Ok(writer.finish()?.1)
}

/// Runs one after the other in a temporary file, each as a file of seen keys.
struct Runs<'a> {
    parameters: &'a Parameters,
    directory: PathBuf,
    file: Option<BufWriter<File>>,
    /// Where each run ends.
    ends: Vec<u64>,
}

impl<'a> Runs<'a> {
    fn new(parameters: &'a Parameters, directory: &Path) -> Self {
        Runs { parameters, directory: directory.to_owned(), file: None, ends: Vec::new() }
    }

    fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds the union of streams as a run.
    fn push(&mut self, streams: Streams) -> Result<(), Error> {
        let file = match &mut self.file {
            Some(file) => file,
            empty => {
                let file = tempfile::tempfile_in(&self.directory).map_err(Error::Temporary)?;
                empty.insert(BufWriter::new(file))
            }
        };
        let start = self.ends.last().copied().unwrap_or_default();
        let mut out = Counted { file, bytes: start };
        write(self.parameters, &mut Union::new(streams)?, Lent(&mut out))?;
        self.ends.push(out.bytes);
        Ok(())
    }

    /// The keys of all runs, which are few after further passes.
    fn into_streams(self) -> Result<Streams, Error> {
        let (parameters, directory) = (self.parameters, self.directory.clone());
        let mut streams = self.read()?;
        while streams.len() > FAN_IN {
            let mut fewer = Runs::new(parameters, &directory);
            let mut rest = streams.into_iter();
            loop {
                let group: Streams = rest.by_ref().take(FAN_IN).collect();
                if group.is_empty() {
                    break;
                }
                fewer.push(group)?;
            }
            streams = fewer.read()?;
        }
        Ok(streams)
    }

    fn read(self) -> Result<Streams, Error> {
        let Some(file) = self.file else { return Ok(Vec::new()) };
        let file = file.into_inner().map_err(|error| Error::Temporary(error.into_error()))?;
        let file = Arc::new(file);
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let stretches = starts.zip(&self.ends).map(|(at, &end)| Stretch { file: Arc::clone(&file), at, end });
        stretches
            .map(|stretch| {
                let run = SeenFile::open("temporary file".to_owned(), BufReader::new(stretch))?;
                Ok(Box::new(run.keys()) as Box<dyn Keys<u128>>)
            })
            .collect()
    }
}

/// The end of a temporary file.
struct Counted<'a> {
    file: &'a mut BufWriter<File>,
    bytes: u64,
}

impl Output for Counted<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).map_err(Error::Temporary)
    }
}

/// A part of a file that others read, too.
struct Stretch {
    file: Arc<File>,
    at: u64,
    end: u64,
}

impl Read for Stretch {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let length = room.len().min(left);
        let read = self.file.read_at(&mut room[..length], self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

struct Lent<'a>(&'a mut dyn Output);

impl Output for Lent<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.put(bytes)
    }
}
