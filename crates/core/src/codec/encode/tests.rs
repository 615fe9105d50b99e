//! What is written can be read back, at every flush, and does not depend on how it was written.

use std::io::Read;

use proptest::prelude::*;

use super::*;
use crate::codec::{Codec, Decompressor};

const FORMATS: [CompressionFormat; 2] = [CompressionFormat::Gzip, CompressionFormat::Zstd];

fn compression(format: CompressionFormat) -> Compression {
    Compression { format, level: None }
}

/// All that can be decoded, and whether the stream is whole.
fn decoded(packed: &[u8]) -> (Vec<u8>, bool) {
    let codec = Codec::sniff(packed, true).expect("at the end");
    let mut text = Vec::new();
    let mut reader = Decompressor::new(codec, Box::new(io::Cursor::new(packed.to_vec()))).expect("decoder");
    let whole = reader.read_to_end(&mut text).is_ok();
    (text, whole)
}

fn packed(format: CompressionFormat, pieces: &[&[u8]]) -> Vec<u8> {
    let mut compressor = Compressor::new(compression(format), Vec::new()).expect("compressor");
    for piece in pieces {
        compressor.write_all(piece).expect("written");
    }
    compressor.finish().expect("finished")
}

#[test]
fn names_and_levels() {
    let parsed = |text: &str| text.parse::<Compression>().map(|it| (it.format, it.level));
    assert_eq!(parsed("gz"), Ok((CompressionFormat::Gzip, None)));
    assert_eq!(parsed("gz:9"), Ok((CompressionFormat::Gzip, Some(9))));
    assert_eq!(parsed("zst"), Ok((CompressionFormat::Zstd, None)));
    assert_eq!(parsed("zst:22"), Ok((CompressionFormat::Zstd, Some(22))));
    for bad in ["", "gz:", "gz:0", "gz:10", "zst:23", "zst:x", "xz", "GZ", "gz:1:2", "zst:99999999999"] {
        let error = parsed(bad).expect_err(bad).to_string();
        let wanted =
            format!("no compression {bad:?}: use gz or zst, or with a level gz:1 to gz:9, zst:1 to zst:22");
        assert_eq!(error, wanted);
    }
    let suffix = |name: &str| Compression::from_suffix(Path::new(name)).map(|it| it.format);
    assert_eq!(suffix("a/b.txt.gz"), Some(CompressionFormat::Gzip));
    assert_eq!(suffix("b.ZST"), Some(CompressionFormat::Zstd));
    for other in ["gz", ".gz", "a.xz", "a.gz/b", ""] {
        assert_eq!(suffix(other), None, "{other:?}");
    }
}

#[test]
fn every_level_comes_back() {
    let text = b"the river washes the gravel and keeps the gold\n".repeat(100);
    for format in FORMATS {
        for level in format.levels() {
            let compression = Compression { format, level: Some(level) };
            let mut compressor = Compressor::new(compression, Vec::new()).expect("compressor");
            compressor.write_all(&text).expect("written");
            assert_eq!(decoded(&compressor.finish().expect("finished")), (text.clone(), true));
        }
        let impossible = Compression { format, level: Some(format.levels().end() + 1) };
        assert_eq!(
            Compressor::new(impossible, Vec::new()).err().map(|it| it.kind()),
            Some(io::ErrorKind::InvalidInput)
        );
        assert_eq!(decoded(&packed(format, &[])), (Vec::new(), true));
    }
}

#[test]
fn a_flush_makes_all_readable_and_two_are_one() {
    for format in FORMATS {
        let mut compressor = Compressor::new(compression(format), Vec::new()).expect("compressor");
        compressor.flush().expect("flushed");
        assert!(compressor.inner.is_empty(), "nothing was said yet");
        // The last piece is longer than all buffers, and does not compress.
        let mut noise = 1_u64;
        let long: Vec<u8> = std::iter::repeat_with(|| {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (noise >> 56) as u8
        })
        .take(1_000_000)
        .collect();
        let mut written = Vec::new();
        for piece in [&b"one\n"[..], b"two\n", &long] {
            compressor.write_all(piece).expect("written");
            written.extend_from_slice(piece);
            compressor.flush().expect("flushed");
            assert_eq!(decoded(&compressor.inner), (written.clone(), false), "{format:?}");
            let length = compressor.inner.len();
            compressor.flush().expect("flushed");
            assert_eq!(compressor.inner.len(), length);
        }
        assert_eq!(decoded(&compressor.finish().expect("finished")), (written, true));
    }
}

#[test]
fn gzip_holds_no_time_and_no_name() {
    let packed = packed(CompressionFormat::Gzip, &[b"text"]);
    assert_eq!(packed[..8], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]);
}

#[test]
fn an_error_of_the_writer_is_passed_on() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from_raw_os_error(28))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for format in FORMATS {
        let mut compressor = Compressor::new(compression(format), Full).expect("compressor");
        compressor.write_all(b"text").expect("still in memory");
        assert_eq!(compressor.flush().expect_err("full").raw_os_error(), Some(28));
        let mut compressor = Compressor::new(compression(format), Full).expect("compressor");
        compressor.write_all(b"text").expect("still in memory");
        assert_eq!(compressor.finish().err().and_then(|error| error.raw_os_error()), Some(28));
    }
}

/// Words that repeat, but not regularly; long enough for several of the library's blocks.
fn prose(mut state: u64) -> Vec<u8> {
    let mut text = Vec::new();
    while text.len() < 400_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let length = 1 + (state >> 60) as usize;
        text.extend_from_slice(&b"washing gravel for gold"[..length]);
        text.extend_from_slice(&state.to_be_bytes()[..2]);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn how_writes_are_cut_does_not_matter(seed in any::<u64>(), cuts in prop::collection::vec(1_usize..200_000, 1..5)) {
        let text = prose(seed);
        for format in FORMATS {
            let whole = packed(format, &[&text]);
            let mut pieces = Vec::new();
            let mut rest = text.as_slice();
            for cut in cuts.iter().cycle().take(100) {
                let (piece, later) = rest.split_at(rest.len().min(*cut));
                pieces.push(piece);
                rest = later;
            }
            pieces.push(rest);
            prop_assert_eq!(&packed(format, &pieces), &whole);
            prop_assert_eq!(decoded(&whole), (text.clone(), true));
        }
    }
}
