//! Compressed output: gzip and zstd, the same bytes for the same text.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use zstd::stream::raw::{CParameter, InBuffer, Operation, OutBuffer};

/// What is handed to the library at once, however the writes were cut.
const PENDING_BYTES: usize = 128 << 10;
const OUTPUT_BYTES: usize = 64 << 10;

/// A format that output can be compressed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompressionFormat {
    /// RFC 1952; no name, no time. Level 6 unless said otherwise.
    Gzip,
    /// RFC 8878, with a checksum. Level 3 unless said otherwise.
    Zstd,
}

impl CompressionFormat {
    /// The levels that can be asked for: speed to size.
    pub fn levels(self) -> RangeInclusive<i32> {
        match self {
            CompressionFormat::Gzip => 1..=9,
            CompressionFormat::Zstd => 1..=22,
        }
    }

    /// The usual suffix of a file's name, without the dot.
    pub fn suffix(self) -> &'static str {
        match self {
            CompressionFormat::Gzip => "gz",
            CompressionFormat::Zstd => "zst",
        }
    }

    fn from_suffix(suffix: &str) -> Option<Self> {
        [CompressionFormat::Gzip, CompressionFormat::Zstd]
            .into_iter()
            .find(|format| format.suffix() == suffix)
    }

    fn default_level(self) -> i32 {
        match self {
            CompressionFormat::Gzip => 6,
            CompressionFormat::Zstd => 3,
        }
    }
}

/// How output is compressed: what `--compress` says, or the suffix of the output's name.
///
/// ```
/// # use textcore::codec::{Compression, CompressionFormat};
/// let compression: Compression = "zst:19".parse()?;
/// assert_eq!(compression, Compression { format: CompressionFormat::Zstd, level: Some(19) });
/// # Ok::<(), textcore::codec::BadCompression>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Compression {
    /// The format.
    pub format: CompressionFormat,
    /// One of [`CompressionFormat::levels`], or `None` for the format's default.
    pub level: Option<i32>,
}

impl Compression {
    /// What a file's name asks for: `.gz` or `.zst`, in any case.
    pub fn from_suffix(path: &Path) -> Option<Compression> {
        let suffix = path.extension()?.to_str()?.to_ascii_lowercase();
        let format = CompressionFormat::from_suffix(&suffix)?;
        Some(Compression { format, level: None })
    }

    /// The level to use, if it is one that the format has.
    fn checked_level(self) -> Option<i32> {
        let level = self.level.unwrap_or_else(|| self.format.default_level());
        self.format.levels().contains(&level).then_some(level)
    }
}

impl FromStr for Compression {
    type Err = BadCompression;

    fn from_str(text: &str) -> Result<Self, BadCompression> {
        let bad = || BadCompression(text.to_owned());
        let (name, level) = match text.split_once(':') {
            Some((name, level)) => (name, Some(level)),
            None => (text, None),
        };
        let format = CompressionFormat::from_suffix(name).ok_or_else(bad)?;
        let level = level.map(str::parse).transpose().map_err(|_| bad())?;
        let compression = Compression { format, level };
        compression.checked_level().map(|_| compression).ok_or_else(bad)
    }
}

/// A compression that does not exist; says which ones do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCompression(String);

impl fmt::Display for BadCompression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (gzip, zstd) = (CompressionFormat::Gzip.levels(), CompressionFormat::Zstd.levels());
        write!(
            f,
            "no compression {:?}: use gz or zst, or with a level gz:{} to gz:{}, zst:{} to zst:{}",
            self.0,
            gzip.start(),
            gzip.end(),
            zstd.start(),
            zstd.end()
        )
    }
}

impl std::error::Error for BadCompression {}

/// Compresses what is written to it into a writer.
///
/// The compressed bytes depend on the text, the format, the level and the places of flushes, and on nothing
/// else: not on how the writes were cut, not on time. A flush costs some bytes and so changes the output (not
/// what it decodes to); two flushes with nothing between are one. Without [`finish`](Self::finish) the stream
/// stays truncated. After a failed write the compressor can only be dropped.
pub struct Compressor<W: Write> {
    inner: W,
    engine: Engine,
    pending: Vec<u8>,
    output: Box<[u8]>,
    unflushed: bool,
}

enum Engine {
    Gzip(flate2::Compress),
    Zstd(zstd::stream::raw::Encoder<'static>),
}

/// How far a push goes.
#[derive(Clone, Copy)]
enum Goal {
    Taken,
    Readable,
    Finished,
}

impl<W: Write> Compressor<W> {
    /// Starts one gzip member or one zstd frame; nothing is written before there is something to say.
    ///
    /// # Errors
    /// `InvalidInput` for a level that the format does not have; those of the library's allocation.
    pub fn new(compression: Compression, inner: W) -> io::Result<Self> {
        let Some(level) = compression.checked_level() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no such compression level"));
        };
        let engine = match compression.format {
            CompressionFormat::Gzip => {
                let level = flate2::Compression::new(level.unsigned_abs());
                Engine::Gzip(flate2::Compress::new_gzip(level, 15))
            }
            CompressionFormat::Zstd => {
                let mut encoder = zstd::stream::raw::Encoder::new(level)?;
                encoder.set_parameter(CParameter::ChecksumFlag(true))?;
                Engine::Zstd(encoder)
            }
        };
        let (pending, output) = (Vec::with_capacity(PENDING_BYTES), vec![0; OUTPUT_BYTES].into());
        Ok(Compressor { inner, engine, pending, output, unflushed: false })
    }

    /// Ends the stream and gives the writer back; the writer itself is not flushed.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<W> {
        self.push(Goal::Finished)?;
        Ok(self.inner)
    }

    fn push(&mut self, goal: Goal) -> io::Result<()> {
        let mut input = self.pending.as_slice();
        loop {
            let (taken, given, reached) = self.engine.step(input, &mut self.output, goal)?;
            input = &input[taken..];
            self.inner.write_all(&self.output[..given])?;
            if reached && input.is_empty() {
                break;
            }
        }
        self.pending.clear();
        Ok(())
    }
}

impl<W: Write> Write for Compressor<W> {
    /// Takes all of `input` or fails.
    fn write(&mut self, input: &[u8]) -> io::Result<usize> {
        let mut rest = input;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(PENDING_BYTES - self.pending.len()));
            self.pending.extend_from_slice(now);
            rest = later;
            if self.pending.len() == PENDING_BYTES {
                self.push(Goal::Taken)?;
            }
            self.unflushed = true;
        }
        Ok(input.len())
    }

    /// Makes all that was written so far readable by a decoder, and flushes the writer.
    fn flush(&mut self) -> io::Result<()> {
        if self.unflushed {
            self.push(Goal::Readable)?;
            self.unflushed = false;
        }
        self.inner.flush()
    }
}

impl Engine {
    /// Bytes taken, bytes given, and whether the goal is reached for what was taken.
    fn step(&mut self, input: &[u8], output: &mut [u8], goal: Goal) -> io::Result<(usize, usize, bool)> {
        match self {
            Engine::Gzip(encoder) => gzip_step(encoder, input, output, goal),
            Engine::Zstd(encoder) => zstd_step(encoder, input, output, goal),
        }
    }
}

fn gzip_step(
    encoder: &mut flate2::Compress,
    input: &[u8],
    output: &mut [u8],
    goal: Goal,
) -> io::Result<(usize, usize, bool)> {
    let before = (encoder.total_in(), encoder.total_out());
    let flush = match goal {
        Goal::Taken => flate2::FlushCompress::None,
        Goal::Readable => flate2::FlushCompress::Sync,
        Goal::Finished => flate2::FlushCompress::Finish,
    };
    let status = encoder.compress(input, output, flush).map_err(io::Error::other)?;
    let count = |after, before| usize::try_from(after - before).expect("a step's bytes are counted in usize");
    let given = count(encoder.total_out(), before.1);
    let reached = match goal {
        Goal::Taken => true,
        // A full buffer may leave something behind.
        Goal::Readable => given < output.len(),
        Goal::Finished => status == flate2::Status::StreamEnd,
    };
    Ok((count(encoder.total_in(), before.0), given, reached))
}

fn zstd_step(
    encoder: &mut zstd::stream::raw::Encoder<'static>,
    input: &[u8],
    output: &mut [u8],
    goal: Goal,
) -> io::Result<(usize, usize, bool)> {
    let mut input = InBuffer::around(input);
    let mut output = OutBuffer::around(output);
    if !input.src.is_empty() {
        encoder.run(&mut input, &mut output)?;
    }
    let taken_all = input.pos() == input.src.len();
    let left = match goal {
        Goal::Readable if taken_all => encoder.flush(&mut output)?,
        Goal::Finished if taken_all => encoder.finish(&mut output, true)?,
        _ => 0,
    };
    Ok((input.pos(), output.pos(), left == 0))
}
