//! Encoding with small models: pieces ascend, are counted right, and of a byte-level model give the text back.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use subword::{Model, Scratch};

const NAMES: [&str; 8] =
    ["gpt2", "llama3", "o200k", "deepseek", "llama", "bert-uncased", "unigram", "charsmap"];
/// How many of them are byte-level.
const BYTE_LEVEL: usize = 3;

static MODELS: LazyLock<Vec<Model>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/subword/tests/data");
    let open = |name: &&str| {
        let file = std::fs::read(format!("{folder}/{name}.json")).expect("a model of the crate");
        Model::open(&file, name).expect("a model of the crate")
    };
    NAMES.iter().map(open).collect()
});

fuzz_target!(|text: &[u8]| {
    let mut scratch = Scratch::default();
    for (index, model) in MODELS.iter().enumerate() {
        let (mut ids, mut done) = (Vec::new(), 0);
        model.encode(&mut scratch, text, |piece| {
            assert!(piece.range.start <= piece.range.end && done <= piece.range.end);
            done = piece.range.end;
            ids.push(piece.id);
        });
        assert!(done <= text.len());
        assert_eq!(model.count(&mut scratch, text), ids.len() as u64);
        let mut decoded = Vec::new();
        model.decode(ids, true, &mut decoded);
        assert!(index >= BYTE_LEVEL || decoded == text);
    }
});
