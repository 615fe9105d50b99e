//! Case: the official files line by line, cases of our own, and laws that hold for any bytes.

use std::collections::HashMap;

use proptest::prelude::*;
use unicode::{Case, CaseLocale, Casing};

const FOLDING: &str = include_str!("data/CaseFolding.txt");
const SPECIAL: &str = include_str!("data/SpecialCasing.txt");
const OURS: &str = include_str!("data/case.tsv");

fn converted(casing: Casing, text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    casing.convert_into(text, &mut out);
    out
}

fn text(case: Case, locale: CaseLocale, text: &str) -> String {
    String::from_utf8(converted(Casing { case, locale }, text.as_bytes()))
        .expect("well-formed text stays well-formed")
}

/// A text of the official files: code points in hexadecimal, with spaces between.
fn characters(field: &str) -> String {
    let character = |hexadecimal| u32::from_str_radix(hexadecimal, 16).ok().and_then(char::from_u32);
    field.split_whitespace().map(|hexadecimal| character(hexadecimal).expect("a code point")).collect()
}

fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = file.lines().filter_map(|line| line.split('#').next()).filter(|line| !line.trim().is_empty());
    lines.map(|line| line.split(';').map(str::trim).collect())
}

#[test]
fn case_folding_is_that_of_the_file() {
    assert!(FOLDING.contains(&format!("CaseFolding-{}.txt", unicode::VERSION)));
    let (mut full, mut turkic) = (HashMap::new(), HashMap::new());
    for row in rows(FOLDING) {
        match row[1] {
            "C" | "F" => full.insert(characters(row[0]), characters(row[2])),
            "T" => turkic.insert(characters(row[0]), characters(row[2])),
            _ => None,
        };
    }
    assert!(full.len() > 1500 && turkic.len() == 2);
    for character in '\0'..=char::MAX {
        let source = character.to_string();
        let want = full.get(&source).unwrap_or(&source);
        assert_eq!(&text(Case::Fold, CaseLocale::Root, &source), want, "{character:?}");
        assert_eq!(&text(Case::Fold, CaseLocale::Turkic, &source), turkic.get(&source).unwrap_or(want));
    }
}

#[test]
fn special_casing_is_that_of_the_file() {
    assert!(SPECIAL.contains(&format!("SpecialCasing-{}.txt", unicode::VERSION)));
    let mut checked = 0;
    for row in rows(SPECIAL) {
        let locale = match row[4].split(' ').next() {
            Some("" | "Final_Sigma") => CaseLocale::Root,
            Some(name) => CaseLocale::parse(name).expect("a locale that has rules"),
            None => CaseLocale::Root,
        };
        // The condition, made true: what comes before and after, and what becomes of it.
        let (before, after) = match row[4].split(' ').next_back() {
            Some("Final_Sigma") => ("1a", "."),
            Some("After_Soft_Dotted") => ("ɨ", ""),
            Some("More_Above") => ("", "\u{301}"),
            Some("After_I") => ("I", ""),
            _ => ("", ""),
        };
        let source = [before, &characters(row[0]), after].concat();
        for (case, field) in [(Case::Lower, row[1]), (Case::Upper, row[3])] {
            let around = match (case, before) {
                (Case::Lower, "I") => "i",
                (Case::Upper, "ɨ") => "Ɨ",
                (Case::Upper, "1a") => "1A",
                _ => before,
            };
            assert_eq!(text(case, locale, &source), [around, &characters(field), after].concat(), "{row:?}");
        }
        checked += 1;
    }
    assert!(checked > 100);
}

/// A field of our file, its escapes read.
fn unescaped(field: &str) -> String {
    let mut parts = field.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape ends");
        text.push_str(&characters(code));
        text.push_str(rest);
    }
    text
}

#[test]
fn our_cases() {
    let mut checked = 0;
    for line in OURS.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [case, locale, source, want, reason] = fields[..] else { panic!("five fields: {line}") };
        let case = *Case::ALL.iter().find(|each| each.name() == case).expect("a case");
        let locale = CaseLocale::parse(locale).expect("a locale");
        assert_eq!(text(case, locale, &unescaped(source)), unescaped(want), "{case} of {source}: {reason}");
        // The same inside a longer text reaches the fast paths.
        let long = |text: &str| format!("{}: {text} {}", "1".repeat(40), "متن ".repeat(12));
        assert_eq!(text(case, locale, &long(&unescaped(source))), long(&unescaped(want)), "{reason}");
        checked += 1;
    }
    assert!(checked > 70);
}

#[test]
fn the_standard_library_differs_only_in_newer_letters() {
    let is_known = |character: char| character.is_alphabetic() || character == '\u{345}';
    let mut alike = 0;
    for character in '\0'..=char::MAX {
        let source = character.to_string();
        for (case, theirs) in [
            (Case::Lower, character.to_lowercase().to_string()),
            (Case::Upper, character.to_uppercase().to_string()),
        ] {
            let ours = text(case, CaseLocale::Root, &source);
            if ours != theirs {
                assert!(
                    !(source.chars().all(is_known) && ours.chars().all(is_known)),
                    "{character:?}: {ours}"
                );
            } else if ours != source {
                alike += 1;
            }
        }
    }
    assert!(alike > 2800);
}

/// Characters that a rule speaks of, and others to stand between.
const PIECES: &[&str] = &[
    "a", "B", "i", "I", "j", "J", "word", "WORD", "İ", "ı", "Į", "į", "Ì", "Í", "Ĩ", "é", "É", "ß", "ẞ", "ŉ",
    "ǅ", "ﬁ", "Σ", "σ", "ς", "ΑΣ", "η", "ή", "Ή", "ἤ", "ά", "Ά", "ι", "ϊ", "ΐ", "υ", "ϋ", "ΰ", "ᾳ", "ᾼ", "ᾴ",
    "ό", "Ω", "µ", "ϔ", "ж", "Ж", "ა", "Ა", "Ꭰ", "ꭰ", "𐐀", "𐐨", "س", "متن", "字", "1", " ", "  ", ".", "'",
    "\u{2019}", "\n", "-", "\u{300}", "\u{301}", "\u{303}", "\u{307}", "\u{308}", "\u{313}", "\u{323}",
    "\u{342}", "\u{344}", "\u{345}", "ͺ", "ʰ", "\u{AD}", "\u{200C}", "ɨ", "ѳ",
];

const BROKEN: &[&[u8]] = &[b"\x80", b"\xC3", b"\xCE", b"\xE1\xBC", b"\xF0\x90\x90", b"\xFF"];

fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        40 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => any::<char>().prop_map(|character| character.to_string().into_bytes()),
        1 => prop::sample::select(BROKEN).prop_map(<[u8]>::to_vec),
    ]
}

fn any_text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => prop::collection::vec(piece(), 0..50).prop_map(|pieces| pieces.concat()),
        1 => prop::collection::vec(any::<u8>(), 0..100),
    ]
}

fn casing() -> impl Strategy<Value = Casing> {
    (prop::sample::select(&Case::ALL[..]), prop::sample::select(&CaseLocale::ALL[..]))
        .prop_map(|(case, locale)| Casing { case, locale })
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn twice_is_once_and_changes_are_what_converting_does(text in any_text(), casing in casing()) {
        let once = converted(casing, &text);
        prop_assert_eq!(&once, &converted(casing, &once), "twice");
        prop_assert!(casing.is_unchanged(&once));
        prop_assert_eq!(casing.is_unchanged(&text), once == text);
        let (mut replayed, mut copied, mut first) = (Vec::new(), 0, None);
        let mut last = None;
        casing.for_each_change(&text, |span, new| {
            // Spans that touched would be one.
            assert!(last.is_none_or(|last| last < span.start) && span.start < span.end);
            assert_ne!(&text[span.clone()], new);
            first.get_or_insert(span.start);
            replayed.extend_from_slice(&text[copied..span.start]);
            replayed.extend_from_slice(new);
            copied = span.end;
            last = Some(span.end);
        });
        replayed.extend_from_slice(&text[copied..]);
        prop_assert_eq!(first, casing.first_change(&text));
        prop_assert_eq!(&replayed, &once);
        prop_assert_eq!(String::from_utf8(text).is_ok(), String::from_utf8(once).is_ok());
    }

    #[test]
    fn the_root_is_as_the_standard_library(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..50)) {
        let source = pieces.concat();
        prop_assert_eq!(text(Case::Lower, CaseLocale::Root, &source), source.to_lowercase());
        prop_assert_eq!(text(Case::Upper, CaseLocale::Root, &source), source.to_uppercase());
    }
}
