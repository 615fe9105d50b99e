//! Spans that stay whole: they ascend, are disjoint, lie in lines and hold well-formed text; a class that is
//! known filters as one that is not.

#![no_main]

use std::sync::LazyLock;

use language::Language;
use libfuzzer_sys::fuzz_target;
use tokenize::{Class, Filter, KindSet, OwnAbbreviations, Patterns, Protector, Spans, Terms};

static PROTECTORS: LazyLock<[Protector; 3]> = LazyLock::new(|| {
    let own = Protector {
        has_worded_dates: true,
        terms: Terms::parse(&[("own", "New York\na b\n.NET\n")], true).ok().map(Into::into),
        patterns: Patterns::new(&[r"\p{Lu}+-\d+", "a*"]).ok().map(Into::into),
        abbreviations: OwnAbbreviations::parse("own", b"x.\nNo #NUMERIC_ONLY#\n").ok().map(Into::into),
        ..Protector::new(KindSet::ALL)
    };
    [Protector::new(KindSet::ALL), Protector::of_language(true), own]
});

fuzz_target!(|text: &[u8]| {
    let mut spans = Spans::default();
    for protector in PROTECTORS.iter() {
        for language in [None, Language::for_code("fa"), Language::for_code("en"), Language::for_code("de")] {
            let mut from = 0;
            protector.for_each(language, text, &mut spans, |span| {
                assert!(from <= span.range.start && span.range.start < span.range.end, "{span:?}");
                let inside = &text[span.range.clone()];
                assert!(std::str::from_utf8(inside).is_ok() && !inside.contains(&b'\n'), "{span:?}");
                from = span.range.end;
            });
            assert!(from <= text.len());
        }
    }
    let filter = Filter {
        only: "word,number".parse().unwrap_or_default(),
        scripts: "Latn,Zyyy".parse().ok(),
        ..Filter::default()
    };
    unicode::word::for_each_token(text, |token| {
        assert_eq!(filter.passes(token, None), filter.passes(token, Some(Class::of(token))));
    });
});
