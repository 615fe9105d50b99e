//! Words by dictionaries: the segments of any bytes are the bytes again, and the tokens are those among them.

#![no_main]

use dictionary::Segmenter;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use unicode::space;

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);

fuzz_target!(|text: &[u8]| {
    let mut segments = Vec::new();
    SEGMENTER.for_each_segment(text, |segment| segments.push(segment.to_vec()));
    assert_eq!(segments.concat(), text);
    assert!(segments.iter().all(|segment| !segment.is_empty()));
    segments.retain(|segment| !space::trim(segment).is_empty());
    let mut tokens = Vec::new();
    SEGMENTER.for_each_token(text, |token| tokens.push(token.to_vec()));
    assert_eq!(tokens, segments);
    assert_eq!(SEGMENTER.count_tokens(text), tokens.len() as u64);
});
