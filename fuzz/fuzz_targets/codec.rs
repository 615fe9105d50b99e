//! Compressed bytes: whatever they are, the same text or the same error comes however they are read.

#![no_main]

use std::io::{ErrorKind, Read, Write};

use libfuzzer_sys::fuzz_target;
use textcore::codec::{Codec, Compression, CompressionFormat, Compressor, Decompressor};

/// A few bytes can stand for gigabytes: so much of them is looked at.
const TEXT_BYTES_MAX: usize = 1 << 18;

const CODECS: [Codec; 4] = [Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2];

fuzz_target!(|input: (u8, u8, &[u8])| {
    let (choice, seed, bytes) = input;
    sniffing_is_settled(bytes);
    let sniffed = Codec::sniff(bytes, true).expect("at the end it is settled");
    let codec = if sniffed == Codec::Plain { CODECS[usize::from(choice) % CODECS.len()] } else { sniffed };
    let (text, outcome) = decompressed(codec, bytes, 255, TEXT_BYTES_MAX);
    let (text_of_pieces, outcome_of_pieces) = decompressed(codec, bytes, seed, 1 + usize::from(seed) * 97);
    let shared = text.len().min(text_of_pieces.len());
    assert_eq!(text[..shared], text_of_pieces[..shared]);
    if text.len().max(text_of_pieces.len()) < TEXT_BYTES_MAX {
        assert_eq!(outcome, outcome_of_pieces);
        // Of a block that contradicts itself libbz2 forgets what the failing call has given, however long that was.
        let is_forgetful =
            codec == Codec::Bzip2 && outcome.is_err_and(|(kind, _)| kind == ErrorKind::InvalidData);
        assert!(is_forgetful || text.len() == text_of_pieces.len());
    }
    what_is_compressed_comes_back(choice, seed, bytes);
});

/// The text, up to the limit, and what ended it.
fn decompressed(
    codec: Codec,
    bytes: &[u8],
    seed: u8,
    read_bytes: usize,
) -> (Vec<u8>, Result<(), (ErrorKind, String)>) {
    let pieces = if seed == 255 { vec![bytes] } else { fuzz::pieces(bytes, seed) };
    let input =
        Pieces(pieces.into_iter().filter(|piece| !piece.is_empty()).map(<[u8]>::to_vec).rev().collect());
    let mut decompressor = Decompressor::new(codec, Box::new(input)).expect("memory for a decoder");
    let mut room = vec![0; read_bytes];
    let mut text = Vec::new();
    while text.len() < TEXT_BYTES_MAX {
        match decompressor.read(&mut room) {
            Ok(0) => break,
            Ok(length) => text.extend_from_slice(&room[..length]),
            Err(error) => {
                let again = decompressor.read(&mut room).map_err(|error| error.kind());
                assert_eq!(again, Err(error.kind()), "an error stays");
                return (text, Err((error.kind(), error.to_string())));
            }
        }
    }
    assert!(decompressor.consumed() <= bytes.len() as u64);
    (text, Ok(()))
}

/// A reader that gives one piece at a time; the last comes first.
struct Pieces(Vec<Vec<u8>>);

impl Read for Pieces {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let Some(piece) = self.0.last_mut() else { return Ok(0) };
        let length = piece.len().min(room.len());
        room[..length].copy_from_slice(&piece[..length]);
        piece.drain(..length);
        if piece.is_empty() {
            self.0.pop();
        }
        Ok(length)
    }
}

fn what_is_compressed_comes_back(choice: u8, seed: u8, text: &[u8]) {
    let (format, codec) = if choice & 1 == 0 {
        (CompressionFormat::Gzip, Codec::Gzip)
    } else {
        (CompressionFormat::Zstd, Codec::Zstd)
    };
    let mut compressor =
        Compressor::new(Compression { format, level: Some(1) }, Vec::new()).expect("memory for an encoder");
    compressor.write_all(text).expect("writing to memory");
    let bytes = compressor.finish().expect("writing to memory");
    assert_eq!(Codec::sniff(&bytes, true), Some(codec));
    assert_eq!(decompressed(codec, &bytes, seed, 100), (text.to_vec(), Ok(())));
    let cut = 1 + usize::from(seed) * (bytes.len() - 1) / 256;
    let (part, outcome) = decompressed(codec, &bytes[..cut], seed, 100);
    assert!(text.starts_with(&part));
    assert_eq!(outcome.map_err(|(kind, _)| kind), Err(ErrorKind::UnexpectedEof), "cut at {cut}");
}

fn sniffing_is_settled(bytes: &[u8]) {
    let early = (0..=bytes.len()).find_map(|length| Codec::sniff(&bytes[..length], false));
    assert!(early.is_none() || early == Codec::sniff(bytes, true));
}
