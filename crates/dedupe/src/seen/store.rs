//! Files of seen keys around a run: those that are known before it, the one that is written after it.

use std::ffi::OsString;
use std::io::BufReader;
use std::path::Path;

use serde_json::json;
use textcore::input::FileIdentity;
use textcore::side::SideFile;
use textcore::sink::Route;
use textcore::{Answer, Engine, Error, Output};

use super::merge::{Keys, Union};
use super::number::Number;
use super::parameters::Parameters;
use super::reader::SeenFile;
use super::writer::SeenWriter;
use crate::across::Opened;

/// Reads files of seen keys, each to its end, and gives every key to `learn`; a key may come from several files.
///
/// A file that is written beside the output may be among them: it appears after the run.
///
/// # Errors
/// [`Error::Input`] for a file that is not whole, or whose keys are not those of this run; those of `learn`.
pub fn load<N: Number>(
    engine: &mut Engine,
    files: &[OsString],
    parameters: &Parameters,
    mut learn: impl FnMut(N) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut count = 0u64;
    for name in files {
        refuse_output(engine, Path::new(name))?;
        let opened = Opened::named(engine, name)?;
        let file = SeenFile::open(opened.name(), BufReader::new(opened))?;
        file.expect(parameters, "this run's keys are made")?;
        let mut keys = file.keys();
        while let Some(key) = keys.next_key()? {
            learn(key)?;
            count += 1;
        }
    }
    if !files.is_empty() {
        engine.ledger.extra.insert("loaded_keys".to_owned(), json!(count));
    }
    Ok(())
}

/// Records are not written over keys.
fn refuse_output(engine: &Engine, path: &Path) -> Result<(), Error> {
    match &engine.sink.route {
        Route::File(output)
            if output == path
                || FileIdentity::at(output).is_some_and(|it| FileIdentity::at(path) == Some(it)) =>
        {
            Err(Error::Usage(format!("{}: would be read and written", path.display())))
        }
        _ => Ok(()),
    }
}

/// Writes ascending keys to a file beside the output, which appears whole.
///
/// # Errors
/// Those of `keys`, and what the system says.
pub fn save<N: Number>(
    engine: &mut Engine,
    file: SideFile,
    parameters: &Parameters,
    mut keys: impl Keys<N>,
) -> Result<(), Error> {
    let mut writer = SeenWriter::new(parameters, Beside(file))?;
    while let Some(key) = keys.next_key()? {
        writer.push(key)?;
    }
    let (Beside(file), count) = writer.finish()?;
    engine.ledger.extra.insert("saved_keys".to_owned(), json!(count));
    file.finish()
}

/// Merges files of seen keys into one, which is the output.
///
/// # Errors
/// [`Error::Input`] for a file that is not whole, or made with other parameters than the first.
pub fn merge(engine: &mut Engine, files: Vec<SeenFile<BufReader<Opened>>>) -> Result<Answer, Error> {
    let Some(first) = files.first() else { return Err(Error::Usage("there is nothing to merge".to_owned())) };
    let (parameters, name) = (first.parameters.clone(), first.name().to_owned());
    for file in &files {
        file.expect(&parameters, &name)?;
    }
    engine.ledger.counts.operands += files.len() as u64;
    let streams = files.into_iter().map(|file| Box::new(file.keys::<u128>()) as Box<dyn Keys<u128>>);
    let mut union = Union::new(streams.collect())?;
    let mut count = 0;
    engine.answer_with(|out| {
        let mut writer = SeenWriter::new(&parameters, Lent(out))?;
        while let Some(key) = union.next_key()? {
            writer.push(key)?;
        }
        count = writer.finish()?.1;
        Ok(())
    })?;
    engine.ledger.extra.insert("saved_keys".to_owned(), json!(count));
    Ok(Answer::Yes)
}

struct Beside(SideFile);

impl Output for Beside {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.write(bytes)
    }
}

struct Lent<'a>(&'a mut dyn Output);

impl Output for Lent<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.put(bytes)
    }
}
