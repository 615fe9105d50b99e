//! Segmentation: the segments of any bytes are the bytes again, and those of the plain twin.

#![no_main]

use fuzz::{TWIN_BYTES_MAX, twin};
use libfuzzer_sys::fuzz_target;
use unicode::{Unit, grapheme, sentence, space, utf8, word};

fuzz_target!(|text: &[u8]| {
    let words: Vec<&[u8]> = word::words(text).collect();
    let graphemes: Vec<&[u8]> = grapheme::graphemes(text).collect();
    let sentences: Vec<&[u8]> = sentence::sentences(text).collect();
    for segments in [&words, &graphemes, &sentences] {
        assert_eq!(segments.concat(), text);
        assert!(segments.iter().all(|segment| !segment.is_empty()));
    }
    let tokens: Vec<&[u8]> = words.iter().copied().filter(|word| !space::trim(word).is_empty()).collect();
    assert_eq!(word::tokens(text).collect::<Vec<_>>(), tokens);
    assert_eq!(word::count_tokens(text), tokens.len() as u64);
    for separator in [b' ', b'\n'] {
        let mut written = Vec::new();
        word::write_tokens(text, separator, &mut written);
        let want: Vec<u8> = tokens.iter().flat_map(|token| [token, &[separator][..]].concat()).collect();
        assert_eq!(written, want);
    }
    let mut written = Vec::new();
    grapheme::write_graphemes(text, b' ', &mut written);
    let want: Vec<u8> = graphemes.iter().flat_map(|cluster| [cluster, &b" "[..]].concat()).collect();
    assert_eq!(written, want);
    assert_eq!(grapheme::count(text), graphemes.len() as u64);
    for unit in Unit::ALL {
        let mut seen = Vec::new();
        unit.for_each(text, |part| seen.push(part.to_vec()));
        assert_eq!(unit.count(text), seen.len() as u64, "{unit}");
    }
    let mut replaced = Vec::new();
    let count = utf8::replace_invalid_into(text, &mut replaced);
    assert_eq!(replaced, String::from_utf8_lossy(text).as_bytes());
    assert_eq!(count == 0, utf8::is_valid(text));
    if text.len() <= TWIN_BYTES_MAX {
        assert_eq!(words, twin::breaks::words(text));
        assert_eq!(graphemes, twin::breaks::graphemes(text));
        assert_eq!(sentences, twin::breaks::sentences(text));
    }
});
