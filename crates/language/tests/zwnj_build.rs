//! A model of one's own, from a corpus small enough to read.

use language::zwnj::build::{Options, Source, SourceKind, build};
use language::zwnj::{CONFIDENCE, Restorer};

const TEXT: &str = "\
گربه\u{200C}ها روی دیوار می\u{200C}نشینند و سگ\u{200C}ها در کوچه می\u{200C}دوند.
بچه\u{200C}ها کتاب\u{200C}های رنگی را می\u{200C}خوانند و نمی\u{200C}خوابند.
مادر نامه\u{200C}های قدیمی را می\u{200C}خواند و پدر چای می\u{200C}نوشد.
پرنده\u{200C}ها از درخت\u{200C}ها می\u{200C}پرند و به لانه\u{200C}ها برنمی\u{200C}گردند.
همسایه\u{200C}ها میز را به خانه\u{200C}های خود می\u{200C}برند.
";

fn model(text: &str) -> Vec<u8> {
    let repeated = text.repeat(20);
    let source = |kind, bytes| Source { kind, insert_weight: 1.0, join_weight: 1.0, bytes };
    let sources = [
        source(SourceKind::Text, repeated.as_bytes()),
        source(SourceKind::Words, "پیش\u{200C}بینی\nکتاب\t12\n".as_bytes()),
        source(SourceKind::TaggedWords, "درخت,noun_singular,,\nمی\u{200C}پرد,verb,,\n".as_bytes()),
        source(SourceKind::PastPresent, "خواند#خوان\nدوید#دو\n".as_bytes()),
    ];
    build(&sources, Options { insert_bits: 12, join_bits: 12, settled: 100, context_bits: 8 }).bytes
}

#[test]
fn a_model_knows_what_it_was_built_from() {
    let restorer = Restorer::from_bytes(&model(TEXT)).unwrap();
    for line in TEXT.lines() {
        assert_eq!(restorer.restored(&line.replace('\u{200C}', ""), CONFIDENCE), line); // ZWNJ
        assert_eq!(restorer.restored(&line.replace('\u{200C}', " "), CONFIDENCE), line); // ZWNJ
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    assert_eq!(model(TEXT), model(TEXT));
}

#[test]
fn no_sources_give_a_model_that_changes_nothing() {
    let built = build(&[], Options { insert_bits: 4, join_bits: 4, settled: 10, context_bits: 4 });
    let restorer = Restorer::from_bytes(&built.bytes).unwrap();
    assert_eq!(restorer.restored("رسانهها می کنند", 0.9), "رسانهها می کنند");
}
