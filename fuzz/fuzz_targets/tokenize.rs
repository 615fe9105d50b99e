//! Tokens of any bytes by every way there is: places ascend and lie within the text, every format ends, and the
//! text comes back from joiner marks.

#![no_main]

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use language::Language;
use libfuzzer_sys::fuzz_target;
use textcore::source::Operand;
use textcore::{Map, Record};
use tokenize::{
    Detokenizer, Dictionary, Format, Joiner, KindSet, OffsetUnit, Protector, Scheme, Segmenter, Stream,
    Tokenizer, Tongue, Words,
};
use unicode::Unit;

const FORMATS: [Format; 6] =
    [Format::Spaced, Format::Lines, Format::Vertical, Format::Tsv, Format::Jsonl, Format::Conllu];

static SEGMENTERS: LazyLock<Vec<Segmenter>> = LazyLock::new(|| {
    let units = Unit::ALL.into_iter().map(Segmenter::Unit);
    let words = |tongue, has_dictionary: bool| {
        Segmenter::Words(Words {
            tongue,
            protector: Some(Protector::new(KindSet::ALL)),
            dictionary: Dictionary::load().filter(|_| has_dictionary).unwrap_or_default(),
            splits_zwnj: false,
        })
    };
    let persian = Language::for_code("fa").map(Tongue::One);
    let words = [words(Tongue::Unknown, true), words(persian.unwrap_or(Tongue::Unknown), false)];
    let schemes =
        ["moses:en", "moses:fr", "13a", "intl"].into_iter().filter_map(|name| Scheme::parse(name).ok());
    units.chain(words).chain(schemes.map(Arc::new).map(Segmenter::Scheme)).collect()
});

fuzz_target!(|input: (u8, u8, u8, &[u8])| {
    let (way, format, unit, text) = input;
    let segmenter = &SEGMENTERS[usize::from(way) % SEGMENTERS.len()];
    let operand = Operand { index: 0, typed: 0, path: None, mirror: PathBuf::from("stdin") };
    let record = Record::of(text, &operand);
    let stream = Stream::of(segmenter.clone());
    let (mut end, mut count) = (0, 0);
    stream.for_each(&mut Default::default(), &record, &mut |token| {
        assert!(end <= token.start && token.start <= token.end && token.end <= text.len());
        (end, count) = (token.end, count + 1);
    });
    assert_eq!(stream.count(&mut Default::default(), &record), count);
    let offset_unit = [None, Some(OffsetUnit::Byte), Some(OffsetUnit::Char), Some(OffsetUnit::Utf16)];
    let tokenizer = Tokenizer {
        stream,
        format: FORMATS[usize::from(format) % FORMATS.len()],
        line_end: b'\n',
        joiner: None,
        offset_unit: offset_unit[usize::from(unit) % offset_unit.len()],
        has_documents_in_records: false,
    };
    let mut out = Vec::new();
    let _ = tokenizer.map(&mut Default::default(), record, &mut out);
    if !segmenter.is_of_text() || matches!(segmenter, Segmenter::Unit(Unit::Byte)) {
        return;
    }
    let joiner = Joiner::new("\u{FFED}").expect("the default mark");
    let detokenizer = Detokenizer::Joiner(joiner.clone());
    let tokenizer = Tokenizer { format: Format::Spaced, joiner: Some(joiner), ..tokenizer };
    let (mut line, mut back) = (Vec::new(), Vec::new());
    let _ = tokenizer.map(&mut Default::default(), record, &mut line);
    let _ = detokenizer.map(&mut Default::default(), Record::of(&line, &operand), &mut back);
    assert_eq!(back, text);
});
