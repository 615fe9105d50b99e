//! Evidence of a language: any bytes are evidence, parts add up, and what is written as pairs is read back.

#![no_main]

use language::Evidence;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (seed, bytes) = input;
    let mut whole = Evidence::new();
    let mut parts = Evidence::new();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        whole.observe(line);
        let mut part = Evidence::new();
        part.observe(line);
        if (index + usize::from(seed)) % 2 == 0 {
            parts.merge(&part);
        } else {
            part.merge(&parts);
            parts = part;
        }
    }
    assert_eq!(whole.to_pairs(), parts.to_pairs());
    assert_eq!(whole.verdict(), parts.verdict());
    let pairs = whole.to_pairs();
    let read = Evidence::from_pairs(pairs.iter().map(|(name, count)| (name.as_str(), *count)));
    assert_eq!(read.expect("the names are its own").to_pairs(), pairs);
});
