//! Files of seen keys around a run: those that are known before it, the one that is written after it.

use std::ffi::OsString;
use std::io::BufReader;
use std::path::Path;

use serde_json::json;
use textcore::input::FileIdentity;
use textcore::opened::Opened;
use textcore::side::SideFile;
use textcore::sink::Route;
use textcore::{Engine, Error, Output};

use super::merge::Keys;
use super::number::Number;
use super::parameters::Parameters;
use super::reader::SeenFile;
use super::writer::SeenWriter;

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

/// A file of seen keys under way, beside the output.
///
/// Which keys there are only the end of the run knows. Hence the file is written before an output of the whole run gets
/// its name, but after those of operands (`-d`, `-i`).
#[derive(Debug)]
pub struct Saving {
    file: SideFile,
    parameters: Parameters,
    count: u64,
}

impl Saving {
    /// No keys yet.
    pub fn new(file: SideFile, parameters: Parameters) -> Self {
        Saving { file, parameters, count: 0 }
    }

    /// Writes all keys, ascending, and hands them to the system.
    ///
    /// # Errors
    /// Those of `keys`, and what the system says.
    pub fn write<N: Number>(&mut self, mut keys: impl Keys<N>) -> Result<(), Error> {
        let mut writer = SeenWriter::new(&self.parameters, Beside(&mut self.file))?;
        while let Some(key) = keys.next_key()? {
            writer.push(key)?;
        }
        self.count = writer.finish()?.1;
        self.file.flush()
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self, engine: &mut Engine) -> Result<(), Error> {
        engine.ledger.extra.insert("saved_keys".to_owned(), json!(self.count));
        self.file.finish()
    }
}

struct Beside<'a>(&'a mut SideFile);

impl Output for Beside<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.write(bytes)
    }
}
