//! Compressed input, made here so that no test depends on which compressors are installed.

use std::io::Write;

/// A format that the tools read, plain among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// As it is.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// The .xz format.
    Xz,
    /// bzip2.
    Bzip2,
}

/// The compressed formats.
pub const CODECS: [Codec; 4] = [Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2];

impl Codec {
    /// One member, frame or stream that holds `bytes`.
    pub fn compress(self, bytes: &[u8]) -> Vec<u8> {
        let written = match self {
            Codec::Plain => Ok(bytes.to_vec()),
            Codec::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(bytes).and_then(|()| encoder.finish())
            }
            Codec::Zstd => {
                let encoder = zstd::stream::write::Encoder::new(Vec::new(), 1);
                encoder.and_then(|mut encoder| {
                    // With a checksum no cut inside the frame can look like its end.
                    encoder.include_checksum(true)?;
                    encoder.write_all(bytes)?;
                    encoder.finish()
                })
            }
            Codec::Xz => {
                let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
                encoder.write_all(bytes).and_then(|()| encoder.finish())
            }
            Codec::Bzip2 => {
                let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
                encoder.write_all(bytes).and_then(|()| encoder.finish())
            }
        };
        written.expect("memory can be written")
    }

    /// How messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Plain => "plain",
            Codec::Gzip => "gzip",
            Codec::Zstd => "zstd",
            Codec::Xz => "xz",
            Codec::Bzip2 => "bzip2",
        }
    }

    /// How many bytes tell the format; fewer are plain text.
    pub fn magic_bytes(self) -> usize {
        match self {
            Codec::Plain => 0,
            Codec::Gzip => 3,
            Codec::Zstd => 4,
            Codec::Xz => 6,
            Codec::Bzip2 => 10,
        }
    }
}
