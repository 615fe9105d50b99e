//! Partial results of ngram: any bytes are read or refused without a panic; lines that are read are what would be written.

#![no_main]

use std::io::Cursor;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use ngram::merge::Part;
use ngram::partial::{Columns, PartLines, write_entry};
use ngram::{Documents, EntryBuffer, Parameters};
use textcore::Error;
use textcore::opened::OpenedLines;
use textcore::partial::Checksum;
use textcore::source::Operand;
use textcore::tally::Source;

fuzz_target!(|input: (bool, bool, bool, &[u8])| {
    let (is_head_given, has_documents, has_forms, bytes) = input;
    let parameters = Parameters {
        orders: "1-3".parse().expect("orders"),
        key_norm: has_forms.then(|| "lower".to_owned()),
        documents: if has_documents { Documents::Files } else { Documents::Uncounted },
        ..Parameters::default()
    };
    let columns = Columns::of(&parameters);
    let mut entry = EntryBuffer::default();
    let lines = bytes.split(|&byte| byte == b'\n');
    let sound: Vec<&[u8]> = lines.filter(|line| columns.read(line, &mut entry).is_ok()).collect();
    for line in &sound {
        columns.read(line, &mut entry).expect("read once");
        let mut again = Vec::new();
        entry.lend(0, &[], |entry| write_entry(entry, has_documents, &mut again));
        assert_eq!(&again, line);
    }
    let mut file = Vec::new();
    if is_head_given {
        let mut lines = PartLines::begin(&parameters, 3, &mut file);
        file.extend_from_slice(&sound.join(&b'\n'));
        file.extend_from_slice(if sound.is_empty() { b"" } else { b"\n" });
        let mut checksum = Checksum::default();
        sound.iter().for_each(|line| checksum.add(line));
        lines.add(checksum);
        lines.end(&mut file);
    }
    let is_whole = is_head_given && read(&file).is_ok();
    if is_whole && let Some(cut) = bytes.len().checked_rem(file.len()) {
        assert!(read(&file[..cut]).is_err(), "cut at {cut}");
    }
    let _ = read(&[&file[..], bytes].concat());
});

/// Reads a part to its end; the keys of its rows ascend.
fn read(file: &[u8]) -> Result<(), Error> {
    let operand = Arc::new(Operand { index: 0, typed: 0, path: None, mirror: "part".into() });
    let mut part = Part::open(OpenedLines::of(operand, Box::new(Cursor::new(file.to_vec())), 1 << 20))?;
    let mut previous = Vec::new();
    while part.advance()? {
        assert!(part.key() > &previous[..] && part.count() > 0);
        previous = part.key().to_vec();
    }
    Ok(())
}
