//! One open operand: a file or standard input, decompressed if need be, that can say whether it would block.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use xxhash_rust::xxh3::Xxh3;

use crate::codec::{Background, Codec, Decompressor};
use crate::error::system_message;
use crate::source::{Operand, retry};

/// Which file it is, whatever its name: device and inode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileIdentity {
    device: u64,
    inode: u64,
}

impl FileIdentity {
    /// The identity of a regular file; `None` for pipes, terminals and devices, which may be read and written at once.
    pub fn of(metadata: &std::fs::Metadata) -> Option<Self> {
        metadata.is_file().then(|| FileIdentity { device: metadata.dev(), inode: metadata.ino() })
    }

    /// The identity of the regular file of a name, if there is one.
    pub fn at(path: impl AsRef<Path>) -> Option<Self> {
        Self::of(&std::fs::metadata(path).ok()?)
    }
}

/// The bytes of one operand.
pub struct Input {
    bytes: Bytes,
    /// What to ask whether a read would wait; `None` for regular files, which never do.
    watched: Option<OwnedFd>,
    hasher: Option<Box<Xxh3>>,
}

enum Bytes {
    File(File),
    Inline(Box<Decompressor>),
    Background(Background),
    /// Between two of the others, while one is made from the other.
    None,
}

impl Input {
    /// Opens an operand; the identity is that of a regular file.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn open(operand: &Operand) -> io::Result<(Self, Option<FileIdentity>)> {
        let file = match &operand.path {
            Some(path) => File::open(path)?,
            None => File::from(io::stdin().as_fd().try_clone_to_owned()?),
        };
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory (use -r to walk it)"));
        }
        let watched = if metadata.is_file() { None } else { Some(file.as_fd().try_clone_to_owned()?) };
        if metadata.file_type().is_fifo() {
            enlarge_pipe(&file);
        }
        let input = Input { bytes: Bytes::File(file), watched, hasher: None };
        Ok((input, FileIdentity::of(&metadata)))
    }

    /// From here on remembers by a 128-bit hash (XXH3) what is read.
    pub fn keep_fingerprint(&mut self) {
        self.hasher = Some(Box::default());
    }

    /// The hash of the (decompressed) bytes that have been read, if it is kept.
    pub fn fingerprint(&self) -> Option<u128> {
        self.hasher.as_ref().map(|hasher| hasher.digest128())
    }

    /// Reads what there is, at most the length of `room`; 0 only at the end.
    ///
    /// # Errors
    /// What the system or the decompressor says.
    pub fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let length = match &mut self.bytes {
            Bytes::File(file) => retry(|| file.read(room)),
            Bytes::Inline(decompressor) => retry(|| decompressor.read(room)),
            Bytes::Background(background) => background.read(room),
            Bytes::None => Ok(0),
        }?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&room[..length]);
        }
        Ok(length)
    }

    /// Whether a read would return within the given time.
    pub fn is_ready(&self, milliseconds: u16) -> bool {
        if let Bytes::Background(background) = &self.bytes {
            return background.ready();
        }
        let Some(watched) = &self.watched else { return true };
        let mut polled = [PollFd::new(watched.as_fd(), PollFlags::POLLIN)];
        poll(&mut polled, PollTimeout::from(milliseconds)).map_or(true, |ready| ready > 0)
    }

    /// From here on the bytes are decompressed; `head` is what has been read so far.
    ///
    /// # Errors
    /// When the decompressor or its thread cannot be set up.
    pub fn decompress(&mut self, codec: Codec, head: Vec<u8>, threaded: bool) -> io::Result<()> {
        let Bytes::File(file) = std::mem::replace(&mut self.bytes, Bytes::None) else { return Ok(()) };
        // What has been read so far was compressed.
        if let Some(hasher) = &mut self.hasher {
            hasher.reset();
        }
        let raw: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(file));
        let decompressor = Decompressor::new(codec, raw)?;
        self.bytes = if threaded {
            Bytes::Background(Background::new(decompressor)?)
        } else {
            Bytes::Inline(Box::new(decompressor))
        };
        Ok(())
    }

    /// What a failed read means, with the offset in the compressed file where there is one.
    pub fn describe(&self, error: &io::Error) -> String {
        let consumed = match &self.bytes {
            Bytes::Inline(decompressor) => decompressor.consumed(),
            Bytes::Background(background) => background.consumed(),
            Bytes::File(_) | Bytes::None => return system_message(error),
        };
        format!("{} at compressed byte {consumed}", system_message(error))
    }
}

/// A pipe of a megabyte instead of 64 KiB: fewer and larger reads and writes. Refusal costs only speed.
#[cfg(target_os = "linux")]
pub fn enlarge_pipe(pipe: &impl AsFd) {
    use nix::fcntl::{FcntlArg, fcntl};
    let _ = fcntl(pipe.as_fd(), FcntlArg::F_SETPIPE_SZ(1 << 20));
}

/// Elsewhere a pipe is as large as it is.
#[cfg(not(target_os = "linux"))]
pub fn enlarge_pipe(_pipe: &impl AsFd) {}
