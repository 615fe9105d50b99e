//! What holds for every text.

use std::sync::LazyLock;

use proptest::prelude::*;
use subword::{Model, Piece, Scratch};

const BYTE_LEVEL: [&str; 3] = ["gpt2", "llama3", "o200k"];
const OTHERS: [&str; 6] = ["llama", "bert-uncased", "unigram", "charsmap", "classic", "tokens"];

fn open(name: &str) -> Model {
    let path = format!("{}/tests/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read(path).expect("a model of the tests");
    Model::open(&file, name).expect("a model of the tests")
}

static MODELS: LazyLock<Vec<(&str, Model)>> =
    LazyLock::new(|| BYTE_LEVEL.iter().chain(&OTHERS).map(|&name| (name, open(name))).collect());

fn pieces(model: &Model, text: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    model.encode(&mut Scratch::default(), text, |piece| pieces.push(piece));
    pieces
}

fn check(text: &[u8]) {
    for (name, model) in MODELS.iter() {
        let pieces = pieces(model, text);
        assert_eq!(model.count(&mut Scratch::default(), text), pieces.len() as u64, "{name}");
        let mut done = 0;
        for piece in &pieces {
            assert!(
                piece.range.end >= done && piece.range.end <= text.len(),
                "{name}: {piece:?} after {done}"
            );
            assert!(piece.range.start <= piece.range.end, "{name}: {piece:?}");
            assert!(model.vocabulary_form(piece.id).is_some(), "{name}: {piece:?}");
            if BYTE_LEVEL.contains(name) {
                assert_eq!(piece.range.start, done, "{name}");
            }
            done = piece.range.end;
        }
        if BYTE_LEVEL.contains(name) {
            assert_eq!(done, text.len(), "{name}");
            let mut decoded = Vec::new();
            model.decode(pieces.iter().map(|piece| piece.id), true, &mut decoded);
            assert_eq!(decoded, text, "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn pieces_ascend_cover_and_come_back(text in "(\\PC|[ \n\r'a-zA-Z0-9▁\u{301}\u{200C}]){0,60}") {
        check(text.as_bytes());
    }

    #[test]
    fn bytes_that_are_no_text_come_back_too(text in prop::collection::vec(any::<u8>(), 0..80)) {
        check(&text);
    }
}

/// Words without an end: windows must join where they overlap, and give what one window would.
#[test]
fn long_words_have_the_pieces_of_their_parts() {
    for unit in ["a", "ab", "the", "é", "سلام", " ", "\u{301}", "1", "?!", "你好"] {
        let short = unit.repeat(3_000 / unit.len());
        let long = unit.repeat(24_000 / unit.len());
        for (name, model) in MODELS.iter() {
            let (some, many) = (pieces(model, short.as_bytes()), pieces(model, long.as_bytes()));
            // What repeats, repeats: the beginning is the same but for what the end changes.
            let same = some.iter().zip(&many).take_while(|(one, other)| one == other).count();
            assert!(same * 2 >= some.len().saturating_sub(4), "{name} {unit:?}: {same} of {}", some.len());
        }
    }
    check("x".repeat(20_000).as_bytes());
}

/// A model is shared, a scratch is not: what one model taught it means nothing to another.
#[test]
fn a_scratch_may_change_models() {
    let mut scratch = Scratch::default();
    for _ in 0..2 {
        for (name, model) in MODELS.iter() {
            let mut got = Vec::new();
            model.encode(&mut scratch, b"the same words", |piece| got.push(piece));
            assert_eq!(got, pieces(model, b"the same words"), "{name}");
        }
    }
}
