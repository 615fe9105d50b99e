//! Files of seen keys: any bytes are read or refused without a panic, and what was written is read back.

#![no_main]

use dedupe::seen::{Parameters, SeenFile, SeenWriter};
use libfuzzer_sys::fuzz_target;
use textcore::Error;

const HEAD: &[u8] = b"#sluice dedupe seen 1 {\"hash\":\"xxh3\",\"key_bits\":128}\n";

// Whether a first line is given, and whether a sound end is.
fuzz_target!(|input: (bool, bool, &[u8])| {
    let (is_head_given, is_end_given, bytes) = input;
    let mut file = if is_head_given { [HEAD, bytes].concat() } else { bytes.to_vec() };
    if is_end_given && let Some(at) = file.len().checked_sub(8) {
        let checksum = xxhash_rust::xxh3::xxh3_64(&file[..at]);
        file[at..].copy_from_slice(&checksum.to_le_bytes());
    }
    if let Ok((parameters, keys)) = read(&file) {
        assert!(keys.is_sorted_by(|one, other| one < other), "keys ascend");
        assert_eq!(read(&write(&parameters, &keys)).expect("what was written is whole"), (parameters, keys));
    }
    what_is_written_is_read_back(bytes);
});

fn read(file: &[u8]) -> Result<(Parameters, Vec<u128>), Error> {
    let file = SeenFile::open("seen".to_owned(), file)?;
    let parameters = file.parameters.clone();
    let mut stream = file.keys();
    let mut keys = Vec::new();
    while let Some(key) = stream.next_key()? {
        keys.push(key);
    }
    Ok((parameters, keys))
}

fn write(parameters: &Parameters, keys: &[u128]) -> Vec<u8> {
    let mut writer = SeenWriter::new(parameters, Vec::new()).expect("writing to memory");
    keys.iter().for_each(|&key| writer.push(key).expect("writing to memory"));
    writer.finish().expect("writing to memory").0
}

fn what_is_written_is_read_back(bytes: &[u8]) {
    let mut keys: Vec<u128> = bytes
        .chunks(17)
        .map(|chunk| chunk.iter().fold(0, |key, &byte| (key << 8) | u128::from(byte)))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let parameters = Parameters { key_bits: 128, key_norm: None };
    let file = write(&parameters, &keys);
    assert_eq!(read(&file).expect("what was written is whole"), (parameters, keys));
    let cut = bytes.len() % file.len();
    assert!(read(&file[..cut]).is_err(), "cut at {cut}");
}
