//! Partial results: any lines in any order are judged without a panic, and what was written is read back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use textcore::frame::Cut;
use textcore::partial::{PartialCheck, PartialWriter, Schema, key_and_count};
use textcore::source::Operand;
use textcore::{Error, Record};

const SCHEMA: Schema = Schema { tool: "ngram", number: 1 };

fuzz_target!(|input: (bool, &[u8])| {
    let (is_head_given, bytes) = input;
    if is_head_given {
        let _ = check(&[b"#sluice ngram partial 1 {\"unit\":\"space\"}\n", bytes].concat());
    } else {
        let _ = check(bytes);
    }
    what_is_written_is_read_back(bytes);
});

/// Two workers see every other line; the entries, and what the parts have in common.
fn check(bytes: &[u8]) -> Result<(Vec<Vec<u8>>, serde_json::Value), Error> {
    let operand = Operand { index: 0, typed: 0, path: None, mirror: "part".into() };
    let mut workers = [PartialCheck::default(), PartialCheck::default()];
    let mut entries = Vec::new();
    let mut offset = 0;
    for (number, raw) in (1..).zip(Cut::Lines.split(bytes)) {
        let record = Record { number, offset, end: raw.suffix, ..Record::of(raw.text, &operand) };
        offset += raw.length_bytes() as u64;
        if let Some(line) = workers[number as usize % 2].line(SCHEMA, record)? {
            let _ = key_and_count(line);
            entries.push(line.to_vec());
        }
    }
    let [mut one, other] = workers;
    one.merge(other);
    Ok((entries, one.finish()?))
}

fn what_is_written_is_read_back(bytes: &[u8]) {
    // An entry has a tab and no line end; CR before LF would be part of the end.
    let lines: Vec<Vec<u8>> = bytes
        .split(|&byte| byte == b'\n' || byte == b'\r')
        .map(|key| [key, b"\t", key.len().to_string().as_bytes()].concat())
        .collect();
    let parameters = json!({"orders": "1-3"});
    let mut out = Vec::new();
    let mut writer = PartialWriter::new(SCHEMA, &parameters, &mut out).expect("writing to memory");
    for line in &lines {
        writer.line(line).expect("writing to memory");
    }
    writer.finish().expect("writing to memory");
    let (entries, common) = check(&out).expect("what was written is whole");
    assert_eq!((&entries, common), (&lines, parameters));
    for line in &entries {
        let (key, count) = key_and_count(line).expect("a count follows the last tab");
        assert_eq!(key.len() as u64, count);
    }
    let cut = out.len() - 1 - bytes.len() % out.len().min(8);
    assert!(
        check(&out[..cut]).is_err() || out[..cut].ends_with(b"#end") || cut == out.len() - 1,
        "cut at {cut}"
    );
}
