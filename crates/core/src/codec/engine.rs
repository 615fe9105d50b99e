//! One member of a compressed stream, decoded step by step: the four libraries behind one interface.

use std::io;

use liblzma::stream as xz;
use zstd::stream::raw::{DParameter, Operation};

use super::Codec;

/// zstd adds the size of the next block's header to its hint.
const ZSTD_BLOCK_HEADER_BYTES: usize = 3;

/// The largest window that zstd can decode; its own default refuses what `zstd --long=31` writes.
const ZSTD_WINDOW_LOG_MAX: u32 = 31;

/// The largest window that deflate has.
const GZIP_WINDOW_BITS: u8 = 15;

/// The decoder of one member, frame or stream; spent when it has said `End` or failed.
pub(super) enum Engine {
    Gzip(flate2::Decompress),
    Zstd(ZstdDecoder),
    Xz(xz::Stream),
    Bzip2(bzip2::Decompress),
}

/// What one step did: so many bytes of the input taken, so many given out, and what comes next.
pub(super) struct Step {
    pub taken: usize,
    pub given: usize,
    pub outcome: Outcome,
}

/// How a step ended; the bytes it gave are good in every case.
pub(super) enum Outcome {
    More,
    End,
    Corrupt(String),
    Memory(String),
}

impl Engine {
    /// A decoder for one member; plain text has none.
    ///
    /// # Errors
    /// `OutOfMemory` if it cannot be allocated.
    pub fn new(codec: Codec) -> io::Result<Option<Engine>> {
        let engine = match codec {
            Codec::Plain => return Ok(None),
            Codec::Gzip => Engine::Gzip(flate2::Decompress::new_gzip(GZIP_WINDOW_BITS)),
            Codec::Zstd => Engine::Zstd(ZstdDecoder::new().map_err(out_of_memory)?),
            Codec::Xz => Engine::Xz(
                xz::Stream::new_stream_decoder(u64::MAX, 0).map_err(|error| out_of_memory(error.into()))?,
            ),
            Codec::Bzip2 => Engine::Bzip2(bzip2::Decompress::new(false)),
        };
        Ok(Some(engine))
    }

    /// Decodes some of `input` into `output`; without input it gives what the decoder still holds.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        match self {
            Engine::Gzip(decoder) => gzip_step(decoder, input, output),
            Engine::Zstd(decoder) => decoder.step(input, output),
            Engine::Xz(decoder) => xz_step(decoder, input, output),
            Engine::Bzip2(decoder) => bzip2_step(decoder, input, output),
        }
    }
}

fn out_of_memory(error: io::Error) -> io::Error {
    io::Error::new(io::ErrorKind::OutOfMemory, error)
}

/// The libraries count in `u64`; one step never passes more than its slices hold.
fn difference(after: u64, before: u64) -> usize {
    usize::try_from(after - before).expect("a step's bytes are counted in usize")
}

fn gzip_step(decoder: &mut flate2::Decompress, input: &[u8], output: &mut [u8]) -> Step {
    let before = (decoder.total_in(), decoder.total_out());
    let outcome = match decoder.decompress(input, output, flate2::FlushDecompress::None) {
        Ok(flate2::Status::StreamEnd) => Outcome::End,
        Ok(_) => Outcome::More,
        Err(error) => Outcome::Corrupt(gzip_complaint(error.message()).to_owned()),
    };
    let (taken, given) =
        (difference(decoder.total_in(), before.0), difference(decoder.total_out(), before.1));
    Step { taken, given, outcome }
}

/// Which of these the library names depends on how much room a call has: only its fast loop forgets them.
fn gzip_complaint(message: Option<&str>) -> &str {
    match message {
        None
        | Some(
            "invalid distance too far back"
            | "invalid distance code"
            | "invalid literal/length code"
            | "repeated call with bad state",
        ) => "invalid data",
        Some(message) => message,
    }
}

/// The zstd decoder, fed so that no call fails which also gives bytes: zstd forgets those.
pub(super) struct ZstdDecoder {
    decoder: zstd::stream::raw::Decoder<'static>,
    /// How many bytes zstd wants next.
    hint: usize,
    /// The last call ran out of room, so the next one first gives what is left of a block.
    is_flushing: bool,
}

impl ZstdDecoder {
    fn new() -> io::Result<Self> {
        let mut decoder = zstd::stream::raw::Decoder::new()?;
        decoder.set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW_LOG_MAX))?;
        Ok(ZstdDecoder { decoder, hint: 1, is_flushing: false })
    }

    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        if self.is_flushing {
            let flushed = self.run(&[], output);
            if flushed.given > 0 || !matches!(flushed.outcome, Outcome::More) {
                return flushed;
            }
        }
        // Never more than one block: the hint says how long that is.
        let wanted = match self.hint {
            hint if hint > ZSTD_BLOCK_HEADER_BYTES => hint - ZSTD_BLOCK_HEADER_BYTES,
            hint => hint.max(1),
        };
        self.run(&input[..input.len().min(wanted)], output)
    }

    fn run(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        match self.decoder.run_on_buffers(input, output) {
            Ok(status) => {
                self.hint = status.remaining;
                self.is_flushing = status.bytes_written == output.len();
                let outcome = if status.remaining == 0 { Outcome::End } else { Outcome::More };
                Step { taken: status.bytes_read, given: status.bytes_written, outcome }
            }
            Err(error) => {
                let what = error.to_string();
                let memory = what.contains("not enough memory");
                let outcome = if memory { Outcome::Memory(what) } else { Outcome::Corrupt(what) };
                Step { taken: 0, given: 0, outcome }
            }
        }
    }
}

fn xz_step(decoder: &mut xz::Stream, input: &[u8], output: &mut [u8]) -> Step {
    let before = (decoder.total_in(), decoder.total_out());
    let outcome = match decoder.process(input, output, xz::Action::Run) {
        Ok(xz::Status::StreamEnd) => Outcome::End,
        Ok(_) => Outcome::More,
        Err(error @ xz::Error::Mem) => Outcome::Memory(error.to_string()),
        Err(error) => Outcome::Corrupt(error.to_string()),
    };
    let (taken, given) =
        (difference(decoder.total_in(), before.0), difference(decoder.total_out(), before.1));
    Step { taken, given, outcome }
}

fn bzip2_step(decoder: &mut bzip2::Decompress, input: &[u8], output: &mut [u8]) -> Step {
    let before = (decoder.total_in(), decoder.total_out());
    let outcome = match decoder.decompress(input, output) {
        Ok(bzip2::Status::StreamEnd) => Outcome::End,
        // What bzip2 calls "memory needed" is a failed allocation.
        Ok(bzip2::Status::MemNeeded) => Outcome::Memory("bzip2: not enough memory".to_owned()),
        Ok(_) => Outcome::More,
        Err(error) => Outcome::Corrupt(error.to_string().trim_start_matches("bzip2: ").to_owned()),
    };
    let (taken, given) =
        (difference(decoder.total_in(), before.0), difference(decoder.total_out(), before.1));
    Step { taken, given, outcome }
}
