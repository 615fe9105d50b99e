//! The official Unicode test files, all of them, case by case.

use std::collections::HashSet;

use unicode::{Form, grapheme, sentence, word};

const WORDS: &str = include_str!("data/WordBreakTest.txt");
const GRAPHEMES: &str = include_str!("data/GraphemeBreakTest.txt");
const SENTENCES: &str = include_str!("data/SentenceBreakTest.txt");
const NORMALIZATION: &str = include_str!("data/NormalizationTest.txt");

fn character(hexadecimal: &str) -> char {
    u32::from_str_radix(hexadecimal, 16).ok().and_then(char::from_u32).expect("a test file holds code points")
}

/// The lines that hold a case, without their comments.
fn cases(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter_map(|line| line.split('#').next()).map(str::trim).filter(|line| !line.is_empty())
}

/// How many lines a break test file says it has.
fn declared(file: &str) -> usize {
    let line =
        file.lines().find_map(|line| line.strip_prefix("# Lines: ")).expect("a break test counts its lines");
    line.trim().parse().expect("a count is a number")
}

fn check_breaks(name: &str, file: &str, segments: impl Fn(&[u8]) -> Vec<Vec<u8>>) {
    assert!(file.contains(&format!("{name}-{}.txt", unicode::VERSION)));
    let mut checked = 0;
    for case in cases(file) {
        let want: Vec<String> = case
            .split('÷')
            .map(|part| {
                part.split_whitespace().filter(|word| *word != "×").map(character).collect::<String>()
            })
            .filter(|part| !part.is_empty())
            .collect();
        let got = segments(want.concat().as_bytes());
        assert_eq!(
            got,
            want.iter().map(|part| part.as_bytes().to_vec()).collect::<Vec<_>>(),
            "{name}: {case}"
        );
        // The same case far into a long text of the same characters reaches the fast paths.
        let long = want.concat().repeat(20);
        assert_eq!(segments(long.as_bytes()).concat(), long.as_bytes(), "{name}: {case}");
        checked += 1;
    }
    println!("{name}: {checked} cases");
    assert_eq!(checked, declared(file));
    assert!(checked > 0);
}

#[test]
fn word_break_test() {
    check_breaks("WordBreakTest", WORDS, |text| word::words(text).map(<[u8]>::to_vec).collect());
}

#[test]
fn grapheme_break_test() {
    check_breaks("GraphemeBreakTest", GRAPHEMES, |text| {
        let clusters: Vec<Vec<u8>> = grapheme::graphemes(text).map(<[u8]>::to_vec).collect();
        assert_eq!(grapheme::count(text), clusters.len() as u64, "{}", text.escape_ascii());
        clusters
    });
}

#[test]
fn sentence_break_test() {
    check_breaks("SentenceBreakTest", SENTENCES, |text| {
        sentence::sentences(text).map(<[u8]>::to_vec).collect()
    });
}

fn normalized(form: Form, text: &str) -> String {
    let mut out = Vec::new();
    form.normalize_into(text.as_bytes(), &mut out);
    let changed = out != text.as_bytes();
    assert_eq!(form.is_normalized(text.as_bytes()), !changed, "{form:?} of {text:?}");
    assert_eq!(form.first_change(text.as_bytes()).is_some(), changed, "{form:?} of {text:?}");
    String::from_utf8(out).expect("well-formed text stays well-formed")
}

#[test]
fn normalization_test() {
    assert!(NORMALIZATION.contains(&format!("NormalizationTest-{}.txt", unicode::VERSION)));
    let (mut checked, mut alone, mut part) = (0, HashSet::new(), "");
    for case in cases(NORMALIZATION) {
        if case.starts_with('@') {
            part = case;
            continue;
        }
        let columns: Vec<String> = case
            .split(';')
            .take(5)
            .map(|column| column.split_whitespace().map(character).collect())
            .collect();
        let [_, nfc, nfd, nfkc, nfkd] = &columns[..] else { panic!("five columns: {case}") };
        for (place, column) in columns.iter().enumerate() {
            let (composed, decomposed) = if place < 3 { (nfc, nfd) } else { (nfkc, nfkd) };
            assert_eq!(&normalized(Form::Nfc, column), composed, "{case}");
            assert_eq!(&normalized(Form::Nfd, column), decomposed, "{case}");
            assert_eq!(&normalized(Form::Nfkc, column), nfkc, "{case}");
            assert_eq!(&normalized(Form::Nfkd, column), nfkd, "{case}");
        }
        // The same source inside a longer text reaches the fast paths.
        let framed = |text: &str| format!("{}, {text} {}", "x".repeat(40), "متن ".repeat(12));
        assert_eq!(normalized(Form::Nfc, &framed(&columns[0])), framed(nfc), "{case}");
        assert_eq!(normalized(Form::Nfkd, &framed(&columns[0])), framed(nfkd), "{case}");
        if part == "@Part1" {
            alone.extend(columns[0].chars());
        }
        checked += 1;
    }
    println!("NormalizationTest: {checked} lines, {} characters in part 1", alone.len());
    assert!(checked > 0 && !alone.is_empty());

    let mut unlisted = 0;
    for each in ('\0'..=char::MAX).filter(|each| !alone.contains(each)) {
        let text = each.to_string();
        for form in Form::ALL {
            assert_eq!(normalized(form, &text), text, "{form:?} of U+{:04X}", u32::from(each));
        }
        unlisted += 1;
    }
    println!("NormalizationTest: {unlisted} characters outside part 1 map to themselves");
    assert!(unlisted > 1_000_000);
}
