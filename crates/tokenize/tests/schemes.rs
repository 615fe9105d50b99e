//! Schemes of machine translation beside what the programs write whose schemes they are, and what holds for any text.

use std::ops::Range;

use proptest::prelude::*;
use tokenize::{Scheme, SchemeScratch};
use unicode::Properties;

const CASES: &str = include_str!("data/schemes.txt");

/// Forms joined by spaces, and ranges.
fn tokens(scheme: &Scheme, text: &[u8]) -> (Vec<u8>, Vec<Range<usize>>) {
    let (mut out, mut ranges) = (Vec::new(), Vec::new());
    scheme.for_each(&mut SchemeScratch::default(), text, |token| {
        if !out.is_empty() {
            out.push(b' ');
        }
        let start = out.len();
        token.write(&mut out);
        assert!(token.form().is_none_or(|form| form == &out[start..]));
        assert!(out.len() > start);
        ranges.push(token.range);
    });
    (out, ranges)
}

fn detokenized(scheme: &Scheme, line: &[u8]) -> Vec<u8> {
    let mut out = b"before ".to_vec();
    scheme.detokenize(&mut SchemeScratch::default(), line, &mut out);
    out.split_off(b"before ".len())
}

/// A scheme by name and options, and whether it undoes.
fn scheme(words: &str) -> (Scheme, bool) {
    let mut words = words.split(' ');
    let mut scheme = words.next().map(Scheme::parse).expect("a name").expect("a scheme");
    let mut undoes = false;
    for word in words {
        match (&mut scheme, word) {
            (_, "detok") => undoes = true,
            (Scheme::Moses(moses), "a") => moses.splits_hyphens = true,
            (Scheme::Moses(moses), "no-escape") => moses.escapes = false,
            _ => panic!("{word}"),
        }
    }
    (scheme, undoes)
}

fn unquoted(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        rest = behind.strip_prefix('\\').unwrap_or_else(|| {
            let (code, behind) =
                behind.strip_prefix("u{").and_then(|code| code.split_once('}')).expect("\\u{}");
            out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
            behind
        });
        if behind.starts_with('\\') {
            out.push('\\');
        }
    }
    out + rest
}

#[test]
fn tokens_are_those_of_the_programs() {
    let mut count = 0;
    for (index, line) in CASES.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let [words, text, wanted] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("line {}", index + 1)
        };
        let ((scheme, undoes), text) = (scheme(words), unquoted(text));
        let found =
            if undoes { detokenized(&scheme, text.as_bytes()) } else { tokens(&scheme, text.as_bytes()).0 };
        assert_eq!(
            String::from_utf8(found).unwrap(),
            unquoted(wanted),
            "line {}: {words}: {text:?}",
            index + 1
        );
        count += 1;
    }
    assert!(count > 900, "{count}");
}

/// Not in a token: white space, what Moses drops, and what is removed by 13a.
fn is_lost(name: &str, text: &[u8], at: usize) -> bool {
    let byte = text[at];
    Properties::at(text, at).0.is_white_space() || byte < 0x20 && (name != "13a" || byte >= 0x1C)
}

fn check(name: &str, text: &[u8]) {
    let (scheme, _) = scheme(name);
    let (_, ranges) = tokens(&scheme, text);
    let mut at = 0;
    let end = text.len()..text.len();
    for range in ranges.into_iter().chain(std::iter::once(end)) {
        assert!(at <= range.start && range.start <= range.end && range.end <= text.len(), "{name}");
        while at < range.start {
            assert!(is_lost(name, text, at), "{name}: {text:?} at {at}");
            at += Properties::at(text, at).1;
        }
        assert_eq!(at, range.start, "{name}: a token begins inside a character of {text:?}");
        at = range.end;
    }
}

const NAMES: [&str; 10] = [
    "moses:en",
    "moses:fr a",
    "moses:de no-escape",
    "moses:fi a",
    "moses:ca",
    "moses:so",
    "moses:tdt",
    "moses:ja",
    "13a",
    "intl",
];

/// Texts in which every rule has work to do.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "a", "s", "S", "5", "Dr", "No", "n", "é", "ж", "中", "½", "Ⅷ", "ª", "·", " ", "  ", "\t", "\n",
        "\u{A0}", "\u{200C}", "\u{301}", "'", "''", ",", ",,", ".", "..", "...", "-", ":", "\"", "&",
        "&amp;", "&lt;", "|", "[", "<", "skipped>", "$", "\u{1}", "\u{1F}", "\u{85}", "😀",
    ];
    let piece = prop_oneof![
        12 => prop::sample::select(pieces.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..3),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn ranges_ascend_and_nothing_visible_is_lost(text in texts()) {
        for name in NAMES {
            // What is removed by 13a is no part of a token at a word's edge.
            if name != "13a" || !text.windows(2).any(|pair| pair == b"<s" || pair[0] == b'-') {
                check(name, &text);
            }
        }
    }

    #[test]
    fn forms_without_escapes_are_the_text_without_space_and_controls(text in texts()) {
        let (scheme, _) = scheme("moses:en no-escape");
        let mut visible = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let length = Properties::at(&text, at).1;
            if !is_lost("moses:en", &text, at) {
                visible.extend_from_slice(&text[at..at + length]);
            }
            at += length;
        }
        let found = tokens(&scheme, &text).0;
        prop_assert_eq!(found.into_iter().filter(|&byte| byte != b' ').collect::<Vec<_>>(), visible);
    }

    #[test]
    fn the_way_back_loses_nothing_but_space(text in texts()) {
        for name in ["moses:en", "moses:fr", "moses:cs", "moses:ja"] {
            let (scheme, _) = scheme(name);
            let line = tokens(&scheme, &text).0;
            let back = detokenized(&scheme, &line);
            let visible = |text: &[u8]| text.iter().copied().filter(|&byte| byte != b' ').collect::<Vec<_>>();
            // What was escaped in the text itself comes back as a character.
            if !text.contains(&b'&') {
                let (plain, _) = self::scheme(&format!("{name} no-escape"));
                prop_assert_eq!(visible(&back), visible(&tokens(&plain, &text).0));
            }
        }
    }
}

#[test]
fn clean_text_comes_back() {
    for (name, text) in [
        ("moses:en", "It's \"here\" (see p. 5), isn't it? $5, U.S. troops [left] & stayed."),
        ("moses:de", "Er sagte: \"Ja, z.B. 3,5% (ca. 4)\" und ging; oder?"),
        ("moses:fr", "L'eau n'est pas chaude, c'est l'été."),
        ("moses:it", "L'anno dell'acqua, (un'altra) cosa."),
        ("moses:ru", "Он пришёл, (т.е. вчера) и сказал: \"Нет!\""),
        ("moses:cs", "Řekl: \"Ne, 5 lidí.\""),
        ("moses:es", "¿Dónde está? ¡No lo sé, Sr. García!"),
        ("moses:fi", "Hän (siis EU:n mies) sanoi: \"Ei, esim. 5.\""),
    ] {
        let (scheme, _) = scheme(name);
        let line = tokens(&scheme, text.as_bytes()).0;
        assert_eq!(String::from_utf8(detokenized(&scheme, &line)).unwrap(), text, "{name}");
    }
}

#[test]
fn long_rows_are_walked_over_once() {
    for piece in [
        "'",
        ",",
        ".",
        "a'",
        "'.",
        "-",
        " ",
        "\u{1}",
        "'\u{1}",
        ",\u{1}",
        "&",
        "&amp;",
        "-<skipped>",
        "<",
        "a.b",
        "½,",
        "@-@ ",
    ] {
        let text = piece.repeat(30_000 / piece.len());
        for name in NAMES {
            tokens(&scheme(name).0, text.as_bytes());
        }
        detokenized(&scheme("moses:cs").0, text.as_bytes());
    }
}

#[test]
fn own_abbreviations_take_the_place_of_the_languages() {
    let folder = std::env::temp_dir().join(format!("tokenize-schemes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (good, bad) = (folder.join("good.txt"), folder.join("bad.txt"));
    std::fs::write(&good, "# ours\nfoo\nFig #NUMERIC_ONLY#\n").unwrap();
    std::fs::write(&bad, b"foo\n\xFF\n").unwrap();
    let own = scheme("moses:en").0.with_abbreviations(&good).unwrap();
    assert_eq!(tokens(&own, b"foo. Dr. Fig. 5 Fig. A a.b. X").0, b"foo. Dr . Fig. 5 Fig . A a.b. X");
    let told = scheme("moses:en").0.with_abbreviations(&bad).unwrap_err();
    assert!(told.ends_with("bad.txt: line 2: invalid UTF-8"), "{told}");
    assert!(scheme("moses:en").0.with_abbreviations(&folder.join("none")).is_err());
    assert!(scheme("13a").0.with_abbreviations(&good).unwrap_err().contains("13a"));
    std::fs::remove_dir_all(&folder).unwrap();
}
