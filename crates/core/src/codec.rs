//! Compressed bytes, in and out: the format is found by magic bytes, and a broken stream is an error.

mod background;
mod encode;
mod engine;
#[cfg(test)]
mod tests;

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use background::Background;
pub use encode::{BadCompression, Compression, CompressionFormat, Compressor};

use engine::{Engine, Outcome};

/// How many raw bytes one read of the input asks for.
const BLOCK_BYTES: usize = 64 << 10;

/// A compressed format, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// Not compressed in any format known here.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 8878, with its skippable frames.
    Zstd,
    /// The .xz format, version 1.2.1 of its specification (not the older .lzma).
    Xz,
    /// bzip2, version 0.1 or later.
    Bzip2,
}

/// A magic number as one inclusive range of values per byte.
type Magic = &'static [(u8, u8)];

const fn byte(value: u8) -> (u8, u8) {
    (value, value)
}

const MAGICS: [(Codec, Magic); 6] = [
    (Codec::Gzip, &[byte(0x1F), byte(0x8B), byte(0x08)]),
    (Codec::Zstd, &[byte(0x28), byte(0xB5), byte(0x2F), byte(0xFD)]),
    (Codec::Zstd, &[(0x50, 0x5F), byte(0x2A), byte(0x4D), byte(0x18)]),
    (Codec::Xz, &[byte(0xFD), byte(b'7'), byte(b'z'), byte(b'X'), byte(b'Z'), byte(0)]),
    // "BZh9" alone may begin a text: the magic of the first block, or of the end of an empty stream, must
    // follow.
    (Codec::Bzip2, &bzip2_magic([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])),
    (Codec::Bzip2, &bzip2_magic([0x17, 0x72, 0x45, 0x38, 0x50, 0x90])),
];

const fn bzip2_magic(next: [u8; 6]) -> [(u8, u8); 10] {
    [
        byte(b'B'),
        byte(b'Z'),
        byte(b'h'),
        (b'1', b'9'),
        byte(next[0]),
        byte(next[1]),
        byte(next[2]),
        byte(next[3]),
        byte(next[4]),
        byte(next[5]),
    ]
}

impl Codec {
    /// Which format begins with these bytes; `None` asks for more of them (ten are always enough).
    ///
    /// It asks only while the bytes could still become a magic number and the input goes on, so plain text is
    /// known as such at once. Less than a whole magic number, and then the end, is plain.
    ///
    /// ```
    /// # use textcore::codec::Codec;
    /// assert_eq!(Codec::sniff(b"Hello", false), Some(Codec::Plain));
    /// assert_eq!(Codec::sniff(b"\x1F\x8B", false), None);
    /// assert_eq!(Codec::sniff(b"\x1F\x8B\x08", false), Some(Codec::Gzip));
    /// ```
    pub fn sniff(prefix: &[u8], at_end: bool) -> Option<Codec> {
        let mut undecided = false;
        for (codec, magic) in MAGICS {
            let matches = prefix.iter().zip(magic).all(|(value, (low, high))| (low..=high).contains(&value));
            if matches && prefix.len() >= magic.len() {
                return Some(codec);
            }
            undecided |= matches;
        }
        if undecided && !at_end { None } else { Some(Codec::Plain) }
    }

    /// The usual suffix of a file's name, without the dot; empty for plain.
    pub fn suffix(self) -> &'static str {
        match self {
            Codec::Plain => "",
            Codec::Gzip => "gz",
            Codec::Zstd => "zst",
            Codec::Xz => "xz",
            Codec::Bzip2 => "bz2",
        }
    }

    /// The format's name, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Plain => "plain",
            Codec::Gzip => "gzip",
            Codec::Zstd => "zstd",
            Codec::Xz => "xz",
            Codec::Bzip2 => "bzip2",
        }
    }

    /// xz calls it stream padding; behind gzip it is what block devices leave.
    fn allows_zero_padding(self) -> bool {
        matches!(self, Codec::Gzip | Codec::Xz)
    }
}

/// The decoded bytes of a compressed stream: all its members, frames or streams, one after the other.
///
/// - `Ok(0)` comes only at a true end of the stream (or for an empty buffer).
/// - Of a stream that is cut short or damaged, every byte that can be decoded comes first; then each read
///   fails with `UnexpectedEof` (`truncated gzip stream`) or `InvalidData` (`corrupt zstd stream: ...`). One
///   exception: of a damaged bzip2 block libbz2 may forget what the failing read has given, so how much of it
///   comes depends on the reads.
/// - A zstd window that cannot be allocated is `OutOfMemory`.
/// - An error of the input itself passes through as it is, and the next read tries again.
/// - Decoded bytes are returned as soon as there are any: what a slow producer flushed comes through at once.
/// - Zero bytes after a gzip member, and in multiples of four after an xz stream, are padding; anything else
///   that is not another member of the same format is corrupt. A cut inside such padding, or between members,
///   cannot be seen.
pub struct Decompressor {
    codec: Codec,
    input: Box<dyn Read + Send>,
    block: Box<[u8]>,
    start: usize,
    end: usize,
    input_ended: bool,
    engine: Option<Engine>,
    padding: u64,
    finished: bool,
    failure: Option<io::Error>,
    consumed: Arc<AtomicU64>,
}

impl Decompressor {
    /// Decodes `input`, from the magic number that was sniffed on; `Plain` passes through as it is.
    ///
    /// # Errors
    /// `OutOfMemory` if the format's decoder cannot be allocated.
    pub fn new(codec: Codec, input: Box<dyn Read + Send>) -> io::Result<Self> {
        let engine = Engine::new(codec)?;
        Ok(Decompressor {
            codec,
            input,
            block: vec![0; if engine.is_some() { BLOCK_BYTES } else { 0 }].into(),
            start: 0,
            end: 0,
            input_ended: false,
            engine,
            padding: 0,
            finished: false,
            failure: None,
            consumed: Arc::default(),
        })
    }

    /// How many compressed bytes have been taken: after an error, where in the input it was found.
    pub fn consumed(&self) -> u64 {
        self.consumed.load(Ordering::Relaxed)
    }

    fn decode(&mut self, output: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(failure) = &self.failure {
                return Err(same_error(failure));
            }
            let Some(engine) = &mut self.engine else {
                if self.finished || !self.begin_member()? {
                    return Ok(0);
                }
                continue;
            };
            let step = engine.step(&self.block[self.start..self.end], output);
            self.take(step.taken);
            match step.outcome {
                Outcome::More if step.taken == 0 && step.given == 0 => self.feed()?,
                Outcome::More => {}
                Outcome::End => self.engine = None,
                Outcome::Corrupt(what) => self.failure = Some(self.corrupt(&what)),
                Outcome::Memory(what) => {
                    self.failure = Some(io::Error::new(io::ErrorKind::OutOfMemory, what));
                }
            }
            if step.given > 0 {
                return Ok(step.given);
            }
        }
    }

    /// The engine is at rest: it wants input, or it never will.
    fn feed(&mut self) -> io::Result<()> {
        if self.start < self.end {
            self.failure = Some(self.corrupt("the decoder does not go on"));
        } else if !self.fill()? {
            self.failure = Some(self.truncated());
        }
        Ok(())
    }

    /// Between members: says whether there is more to do, which is another member or a `failure`.
    fn begin_member(&mut self) -> io::Result<bool> {
        loop {
            self.skip_padding();
            if self.start == self.end && !self.fill()? {
                self.finished = !self.padding_is_odd();
                if !self.finished {
                    self.failure = Some(self.truncated());
                }
                return Ok(!self.finished);
            }
            let ahead = &self.block[self.start..self.end];
            match Codec::sniff(ahead, self.input_ended) {
                None => {
                    self.fill()?;
                    continue;
                }
                // Padding, read just now.
                Some(_) if ahead[0] == 0 && self.codec.allows_zero_padding() => continue,
                Some(codec) if codec == self.codec && !self.padding_is_odd() => {
                    self.padding = 0;
                    match Engine::new(codec) {
                        Ok(engine) => self.engine = engine,
                        Err(error) => self.failure = Some(error),
                    }
                }
                // Less than a magic number, then the end.
                Some(_) if self.input_ended && Codec::sniff(ahead, false).is_none() => {
                    self.failure = Some(self.truncated());
                }
                Some(_) => self.failure = Some(self.corrupt("trailing garbage")),
            }
            return Ok(true);
        }
    }

    fn skip_padding(&mut self) {
        if self.codec.allows_zero_padding() {
            let ahead = &self.block[self.start..self.end];
            let zeros = ahead.iter().take_while(|&&value| value == 0).count();
            self.padding += zeros as u64;
            self.take(zeros);
        }
    }

    fn padding_is_odd(&self) -> bool {
        self.codec == Codec::Xz && !self.padding.is_multiple_of(4)
    }

    /// Reads once, behind what is there already; false at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        self.block.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let length = read_retrying(&mut self.input, &mut self.block[self.end..])?;
        self.end += length;
        self.input_ended = length == 0;
        Ok(length > 0)
    }

    fn take(&mut self, length: usize) {
        self.start += length;
        self.consumed.fetch_add(length as u64, Ordering::Relaxed);
    }

    fn truncated(&self) -> io::Error {
        io::Error::new(io::ErrorKind::UnexpectedEof, format!("truncated {} stream", self.codec.name()))
    }

    fn corrupt(&self, what: &str) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, format!("corrupt {} stream: {what}", self.codec.name()))
    }
}

impl Read for Decompressor {
    fn read(&mut self, output: &mut [u8]) -> io::Result<usize> {
        if output.is_empty() {
            return Ok(0);
        }
        if self.codec == Codec::Plain {
            let length = read_retrying(&mut self.input, output)?;
            self.consumed.fetch_add(length as u64, Ordering::Relaxed);
            return Ok(length);
        }
        self.decode(output)
    }
}

fn read_retrying(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// An error that must be reported again: `io::Error` itself cannot be cloned.
fn same_error(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}
