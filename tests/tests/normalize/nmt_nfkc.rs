//! The preset `nmt_nfkc`: SentencePiece's rules of this name, but that ZWNJ stays.

use crate::said::made;

/// Cases of our own; the whole map is tested where it lies.
const CASES: [(&str, &str, &str); 20] = [
    ("ＡＢＣ　１２３", "ABC 123", "full width"),
    ("ｶﾞﾐﾙｸ", "ガミルク", "half width, with its mark"),
    ("ﬁne ½ ²", "fine 1⁄2 2", "compatibility"),
    ("e\u{301} nai\u{308}ve", "é naïve", "composed"),
    ("\u{FEFB}", "لا", "presentation forms"),
    ("  a   b  ", "a b", "spaces at edges and in runs"),
    ("a\tb\u{A0}c\u{3000}d", "a b c d", "spaces of other kinds"),
    ("a\u{2028}b\u{2029}c", "a b c", "line separators"),
    ("a\u{200B}b", "a b", "ZERO WIDTH SPACE is a space"),
    ("\u{FEFF}a\u{FEFF}b", "a b", "so is an inner BOM; the first is none of the text"),
    ("a\u{200E}b\u{200F}c", "a b c", "so are marks of direction"),
    ("a\u{7}b\u{7F}c", "abc", "controls go"),
    ("a\u{FFFD}b", "a b", "REPLACEMENT CHARACTER is a space"),
    ("می\u{200C}روند", "می\u{200C}روند", "ZWNJ stays"),
    ("▁a", "a", "the sign of a word's beginning is a space"),
    ("…", "...", "ellipsis"),
    ("™ № ℃", "TM No °C", "letter-like symbols"),
    ("한국어", "한국어", "jamo compose"),
    ("“a” – b", "“a” – b", "quotation marks and dashes stay"),
    ("ÀÉ ß", "ÀÉ ß", "case stays"),
];

#[test]
fn cases_of_our_own() {
    for (text, wanted, why) in CASES {
        let out = made(&["--preset", "nmt_nfkc"], format!("{text}\n"));
        assert_eq!(out, format!("{wanted}\n"), "{why}");
    }
}

#[test]
fn a_record_of_several_lines_becomes_one() {
    assert_eq!(made(&["--preset", "nmt_nfkc", "--whole"], "a\r\n\nb \n"), "a b\n");
    assert_eq!(made(&["--preset", "nmt_nfkc", "-z"], "a\nb\0"), "a b\0");
    assert_eq!(made(&["--preset", "nmt_nfkc", "--jsonl"], "{\"text\":\" a\\nb\"}\n"), "{\"text\":\"a b\"}\n");
}

#[test]
fn flags_go_on_where_it_ends() {
    let args = ["--preset", "nmt_nfkc", "--case", "fold", "--digits", "ascii", "--zero-width", "drop"];
    assert_eq!(made(&args, "Ａ۱\u{200C}ß\n"), "a1ss\n");
}
