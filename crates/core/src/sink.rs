//! Where records go: standard output, one file, a folder of files, the input files themselves.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::codec::{Codec, Compression, CompressionFormat, Compressor};
use crate::error::Error;
use crate::input::{FileIdentity, enlarge_pipe};
use crate::source::{Operand, Operands, SourcePlan, retry};
use crate::temporary::{Cleanup, PendingFile, open_output};
use crate::tool::Output;

/// Small writes are gathered up to this size; larger ones go straight through.
const GATHER_BYTES: usize = 64 * 1024;

/// Which outputs a run has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Route {
    /// Everything goes to standard output.
    #[default]
    Standard,
    /// Everything goes to one file, which appears whole at the end or not at all.
    File(PathBuf),
    /// Each operand has its own file below a folder, under its mirrored name.
    Folder(PathBuf),
    /// Each operand is replaced; with a suffix the original stays under the longer name.
    InPlace {
        /// What is added to the original's name.
        backup: Option<OsString>,
    },
}

impl Route {
    /// Whether each operand has an output of its own.
    pub fn is_per_operand(&self) -> bool {
        matches!(self, Route::Folder(_) | Route::InPlace { .. })
    }
}

/// What the command line says about outputs, checked.
#[derive(Debug, Clone, Default)]
pub struct SinkPlan {
    /// Where records go.
    pub route: Route,
    /// How outputs are compressed; `None` means plainly, or as the original was when in place.
    pub compression: Option<Compression>,
    /// The byte order mark that each output starts with, before its first other byte: an empty output has none.
    pub mark: &'static [u8],
    /// In place, a file has changed if its bytes have, and not if somebody says so: its encoding may be what it was.
    pub is_compared: bool,
}

/// The end of the pipeline: gets bytes in order and puts them where the plan says.
pub struct Sink {
    plan: SinkPlan,
    cleanup: Arc<Cleanup>,
    stream: Option<Stream>,
    /// What the last record of an operand lacks before a record of the next one may follow.
    owed: Vec<u8>,
    names_taken: HashSet<u128>,
    /// Files that are operands: with an output for each of them, none may replace another.
    inputs: HashSet<FileIdentity>,
    /// Bytes written so far, before compression.
    pub bytes_written: u64,
}

/// One open output.
struct Stream {
    name: String,
    writer: Writer,
    /// Written before the first byte, then empty.
    mark: &'static [u8],
    hasher: Option<Box<Xxh3>>,
    gathered: Vec<u8>,
    pending: Option<PendingFile>,
}

enum Writer {
    Plain(File),
    Compressed(Compressor<File>),
}

impl Sink {
    /// Opens the output, if there is just one.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn new(plan: SinkPlan, cleanup: Arc<Cleanup>) -> Result<Self, Error> {
        let stream = match &plan.route {
            Route::Standard => Some(Stream::standard(plan.compression)?),
            Route::File(path) => Some(Stream::file(path, plan.compression, &cleanup)?),
            Route::Folder(_) | Route::InPlace { .. } => None,
        };
        let stream = stream.map(|stream| stream.dressed(&plan));
        let (names_taken, inputs) = Default::default();
        Ok(Sink { plan, cleanup, stream, owed: Vec::new(), names_taken, inputs, bytes_written: 0 })
    }

    /// Remembers which operands lie in the folder of outputs already, for no output may replace one; those of
    /// `--files0-from` are not known beforehand.
    pub fn protect(&mut self, mut sources: SourcePlan) {
        let Route::Folder(folder) = &self.plan.route else { return };
        let Ok(folder) = folder.canonicalize() else { return };
        let is_within = |path: &Path| path.canonicalize().is_ok_and(|path| path.starts_with(&folder));
        let is_around = |path: &Path| path.canonicalize().is_ok_and(|path| folder.starts_with(path));
        if sources.operands.is_empty() && sources.files0_from.is_none() && sources.recursive {
            sources.operands.push(".".into());
        }
        sources.files0_from = None;
        sources.operands.retain(|operand| is_within(Path::new(operand)) || is_around(Path::new(operand)));
        if sources.operands.is_empty() {
            return;
        }
        let found = Operands::new(sources).filter_map(|found| found.ok()?.path);
        self.inputs.extend(found.filter(|path| is_within(path)).filter_map(FileIdentity::at));
    }

    /// The file that must not be read while it is written, and whether reading it must end the run.
    pub fn forbidden_input(plan: &SinkPlan) -> Option<(FileIdentity, bool)> {
        let (metadata, fatal) = match &plan.route {
            Route::File(path) => (std::fs::metadata(path), true),
            Route::Standard => (standard_output().and_then(|file| file.metadata()), false),
            Route::Folder(_) | Route::InPlace { .. } => return None,
        };
        FileIdentity::of(&metadata.ok()?).map(|identity| (identity, fatal))
    }

    /// An operand starts; `codec` is how it was compressed.
    ///
    /// # Errors
    /// When its output cannot be created, or would be its own input.
    pub fn begin(&mut self, operand: &Operand, codec: Codec) -> Result<(), Error> {
        let (path, compression) = match &self.plan.route {
            Route::Standard | Route::File(_) => return Ok(()),
            Route::Folder(folder) => {
                (folder.join(output_name(&operand.mirror, self.plan.compression)), self.plan.compression)
            }
            Route::InPlace { .. } => {
                let target = in_place_target(operand)?;
                // The second time would start from the same original, and keep the first result as its backup.
                self.take_name(&target)?;
                (target, in_place_compression(operand, codec)?)
            }
        };
        if matches!(self.plan.route, Route::Folder(_)) {
            self.check_name(operand, &path)?;
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)
                    .map_err(|source| Error::Output { name: display(parent), source })?;
            }
        }
        self.owed.clear();
        self.stream = Some(Stream::file(&path, compression, &self.cleanup)?.dressed(&self.plan));
        Ok(())
    }

    fn check_name(&mut self, operand: &Operand, path: &Path) -> Result<(), Error> {
        let replaced = FileIdentity::at(path);
        if replaced.is_some() && replaced == operand.path.as_deref().and_then(FileIdentity::at) {
            return Err(Error::Usage(format!(
                "{}: the output would replace its own input (use -i to edit in place)",
                display(path)
            )));
        }
        if replaced.is_some_and(|file| self.inputs.contains(&file)) {
            return Err(Error::Usage(format!("{}: the output would replace another operand", display(path))));
        }
        self.take_name(path)
    }

    /// No output is written twice in a run.
    fn take_name(&mut self, path: &Path) -> Result<(), Error> {
        if !self.names_taken.insert(xxh3_128(path.as_os_str().as_bytes())) {
            return Err(Error::Usage(format!(
                "{} would be written a second time, by another operand of the same name",
                display(path)
            )));
        }
        Ok(())
    }

    /// Writes bytes of the operand that began last; `missing_end` is what its last record lacks to be whole.
    ///
    /// # Errors
    /// Whatever the output says; a closed pipe is [`Error::Closed`].
    pub fn write(&mut self, bytes: &[u8], missing_end: &[u8]) -> Result<(), Error> {
        let Some(stream) = &mut self.stream else { return Ok(()) };
        // An empty record without its end is still a record.
        if bytes.is_empty() && missing_end.is_empty() {
            return Ok(());
        }
        self.bytes_written += stream.write(&self.owed)? + stream.write(bytes)?;
        self.owed.clear();
        self.owed.extend_from_slice(missing_end);
        Ok(())
    }

    /// What was written last lacks this before another record may follow.
    pub fn owe(&mut self, missing_end: &[u8]) {
        self.owed.extend_from_slice(missing_end);
    }

    /// Whether an output appears when an operand ends.
    pub fn is_per_operand(&self) -> bool {
        self.plan.route.is_per_operand()
    }

    /// An operand ends. Its own output appears now, unless the original is to be replaced and did not change, or
    /// could not be read to its end. The hash of the original, if there is one, is stronger than `is_changed`.
    ///
    /// # Errors
    /// When the output cannot be completed.
    pub fn end(
        &mut self,
        operand: &Operand,
        original: Option<u128>,
        is_changed: bool,
        is_sound: bool,
    ) -> Result<(), Error> {
        let backup = match &self.plan.route {
            Route::Standard | Route::File(_) => return Ok(()),
            Route::Folder(_) => None,
            Route::InPlace { backup } => Some(backup.clone()),
        };
        let Some(stream) = self.stream.take() else { return Ok(()) };
        let is_changed = original.map_or(is_changed, |original| stream.fingerprint() != Some(original));
        match backup {
            None => stream.finish(),
            Some(_) if !is_changed || !is_sound => Ok(()),
            Some(backup) => {
                if let (Some(suffix), Some(path)) = (backup, &operand.path) {
                    keep_backup(path, &suffix)?;
                }
                stream.finish()
            }
        }
    }

    /// Lets everything written so far be seen; compressed output waits for its blocks, for its bytes must not
    /// depend on time.
    ///
    /// # Errors
    /// As for `write`.
    pub fn flush(&mut self) -> Result<(), Error> {
        match &mut self.stream {
            Some(stream) if matches!(stream.writer, Writer::Plain(_)) => stream.pour(),
            _ => Ok(()),
        }
    }

    /// Completes the single output and closes it.
    ///
    /// # Errors
    /// As for `write`.
    pub fn finish(mut self) -> Result<(), Error> {
        match self.stream.take() {
            Some(stream) if !self.plan.route.is_per_operand() => stream.finish(),
            _ => Ok(()),
        }
    }
}

impl Output for Sink {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.write(bytes, b"")
    }
}

impl Stream {
    fn standard(compression: Option<Compression>) -> Result<Self, Error> {
        let name = "standard output".to_owned();
        let file = standard_output().map_err(|source| Error::Output { name: name.clone(), source })?;
        if file.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo()) {
            enlarge_pipe(&file);
        }
        Self::new(name, file, None, compression)
    }

    fn file(path: &Path, compression: Option<Compression>, cleanup: &Arc<Cleanup>) -> Result<Self, Error> {
        let fail = |source| Error::Output { name: display(path), source };
        let (file, pending) = open_output(path, cleanup).map_err(fail)?;
        Self::new(display(path), file, pending, compression)
    }

    fn new(
        name: String,
        file: File,
        pending: Option<PendingFile>,
        compression: Option<Compression>,
    ) -> Result<Self, Error> {
        let writer = match compression {
            None => Writer::Plain(file),
            Some(compression) => Writer::Compressed(
                Compressor::new(compression, file)
                    .map_err(|source| Error::Output { name: name.clone(), source })?,
            ),
        };
        let gathered = Vec::with_capacity(GATHER_BYTES);
        Ok(Stream { name, writer, mark: b"", hasher: None, gathered, pending })
    }

    fn dressed(self, plan: &SinkPlan) -> Self {
        let hasher = plan.is_compared.then(Box::default);
        Stream { mark: plan.mark, hasher, ..self }
    }

    /// The hash of what was written, before compression, as [`crate::input::Input::fingerprint`] takes it.
    fn fingerprint(&self) -> Option<u128> {
        self.hasher.as_ref().map(|hasher| hasher.digest128())
    }

    /// How many bytes were written: those of the mark, too.
    fn write(&mut self, bytes: &[u8]) -> Result<u64, Error> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let mark = std::mem::take(&mut self.mark);
        if !mark.is_empty() {
            self.gather(mark)?;
        }
        self.gather(bytes)?;
        Ok((mark.len() + bytes.len()) as u64)
    }

    fn gather(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if let Some(hasher) = &mut self.hasher {
            hasher.update(bytes);
        }
        if self.gathered.len() + bytes.len() > GATHER_BYTES {
            self.pour()?;
        }
        if bytes.len() >= GATHER_BYTES {
            return self.put(bytes);
        }
        self.gathered.extend_from_slice(bytes);
        Ok(())
    }

    fn pour(&mut self) -> Result<(), Error> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let gathered = std::mem::take(&mut self.gathered);
        let result = self.put(&gathered);
        self.gathered = gathered;
        self.gathered.clear();
        result
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let result = match &mut self.writer {
            Writer::Plain(file) => write_all(file, bytes),
            Writer::Compressed(compressor) => compressor.write_all(bytes),
        };
        result.map_err(|source| output_error(&self.name, source))
    }

    fn finish(mut self) -> Result<(), Error> {
        self.pour()?;
        let name = self.name;
        let file = match self.writer {
            Writer::Plain(file) => file,
            Writer::Compressed(compressor) => {
                compressor.finish().map_err(|source| output_error(&name, source))?
            }
        };
        if let Some(pending) = self.pending {
            pending.commit(&file).map_err(|source| Error::Output { name: name.clone(), source })?;
        }
        nix::unistd::close(file).map_err(|error| output_error(&name, error.into()))
    }
}

fn write_all(file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match retry(|| file.write(bytes))? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => bytes = &bytes[written..],
        }
    }
    Ok(())
}

fn output_error(name: &str, source: io::Error) -> Error {
    if source.kind() == io::ErrorKind::BrokenPipe {
        Error::Closed
    } else {
        Error::Output { name: name.to_owned(), source }
    }
}

fn standard_output() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

fn display(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The mirrored name without the ending of a compressed input, with that of the output's compression.
pub(crate) fn output_name(mirror: &Path, compression: Option<Compression>) -> PathBuf {
    let compressed = mirror.extension().and_then(OsStr::to_str).is_some_and(|ending| {
        [Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2].iter().any(|codec| codec.suffix() == ending)
    });
    let mut name =
        if compressed { mirror.with_extension("").into_os_string() } else { mirror.as_os_str().to_owned() };
    if let Some(compression) = compression {
        name.push(".");
        name.push(compression.format.suffix());
    }
    PathBuf::from(name)
}

/// The file behind the operand's name: a link stays a link.
fn in_place_target(operand: &Operand) -> Result<PathBuf, Error> {
    let Some(path) = &operand.path else {
        return Err(Error::Usage("standard input cannot be edited in place".to_owned()));
    };
    path.canonicalize().map_err(|source| Error::Output { name: operand.name(), source })
}

fn in_place_compression(operand: &Operand, codec: Codec) -> Result<Option<Compression>, Error> {
    let format = match codec {
        Codec::Plain => return Ok(None),
        Codec::Gzip => CompressionFormat::Gzip,
        Codec::Zstd => CompressionFormat::Zstd,
        Codec::Xz | Codec::Bzip2 => {
            return Err(Error::Usage(format!(
                "{}: {} is read but not written; use -d or -o instead of -i",
                operand.name(),
                codec.name()
            )));
        }
    };
    Ok(Some(Compression { format, level: None }))
}

fn keep_backup(path: &Path, suffix: &OsStr) -> Result<(), Error> {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    let backup = PathBuf::from(name);
    let fail = |source| Error::Output { name: display(&backup), source };
    if let Err(error) = std::fs::remove_file(&backup)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(fail(error));
    }
    match std::fs::hard_link(path, &backup) {
        Ok(()) => Ok(()),
        Err(_) => std::fs::copy(path, &backup).map(drop).map_err(fail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirrored_names_say_how_the_output_is_compressed() {
        let gzip = Some(Compression { format: CompressionFormat::Gzip, level: None });
        assert_eq!(output_name(Path::new("a/b.txt"), None), Path::new("a/b.txt"));
        assert_eq!(output_name(Path::new("a/b.txt.zst"), None), Path::new("a/b.txt"));
        assert_eq!(output_name(Path::new("b.txt.xz"), gzip), Path::new("b.txt.gz"));
        assert_eq!(output_name(Path::new("b"), gzip), Path::new("b.gz"));
    }
}
