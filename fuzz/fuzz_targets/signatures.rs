//! Signature files: any bytes are read or refused without a panic, and what was written is read back.

#![no_main]

use dedupe::near::document::{Document, Measure};
use dedupe::near::signatures::{Saved, SignatureReader, SignatureWriter, is_fit};
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use textcore::Error;

const HEAD: &[u8] = b"#sluice dedupe signatures 1 {\"shingle\":\"word:5\"}\n";

fuzz_target!(|input: (bool, &[u8])| {
    let (is_head_given, bytes) = input;
    let file = if is_head_given { [HEAD, bytes].concat() } else { bytes.to_vec() };
    for saved in read(&file).into_iter().flatten() {
        let _ = is_fit(&saved, Measure::Estimate(128));
    }
    what_is_written_is_read_back(bytes);
});

fn read(bytes: &[u8]) -> Result<Vec<Saved>, Error> {
    let mut reader = SignatureReader::new(bytes, "part")?;
    let mut all = Vec::new();
    while let Some(saved) = reader.next()? {
        all.push(saved);
    }
    Ok(all)
}

fn what_is_written_is_read_back(bytes: &[u8]) {
    let documents: Vec<Document> = bytes
        .split(|&byte| byte == b'\n')
        .map(|id| Document {
            id: id.to_vec(),
            content: id.iter().map(|&byte| u64::from(byte)).collect(),
            bands: Vec::new(),
            is_short: id.len() % 2 == 1,
        })
        .collect();
    let mut file = Vec::new();
    let mut writer = SignatureWriter::begin(&json!({"shingle": "word:5"}), &mut file);
    documents.iter().for_each(|document| writer.push(document, &mut file));
    writer.finish(&mut file);
    let saved = read(&file).expect("what was written is whole");
    assert_eq!(saved.len(), documents.len());
    for (saved, document) in saved.iter().zip(&documents) {
        assert_eq!((&saved.id, &saved.content), (&document.id, &document.content));
        assert_eq!(saved.is_short, document.is_short);
    }
    let cut = bytes.len() % file.len();
    assert!(read(&file[..cut]).is_err(), "cut at {cut}");
}
