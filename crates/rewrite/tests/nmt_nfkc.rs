//! `nmt_nfkc`: what SentencePiece makes of texts, and a plain twin of its rules.

use std::sync::LazyLock;

use proptest::prelude::*;
use rewrite::steps::nmt_nfkc::{CONTROLS, NmtMap, NonJoiner, SPACES, nmt_nfkc};
use rewrite::{Rewriter, Scratch};
use unicode::{Form, utf8};

fn rewritten(rewriter: &Rewriter, text: &[u8]) -> Vec<u8> {
    rewriter.rewrite(text, &mut Scratch::default()).to_vec()
}

/// Text with `\u{HEX}` in it.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}').expect("a closing brace");
        out.push(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).expect("a code point"));
        out.push_str(rest);
    }
    out
}

#[test]
fn texts_become_what_sentencepiece_makes_of_them() {
    let whole = Rewriter::new(nmt_nfkc(NonJoiner::Space));
    let mut cases = 0;
    for line in include_str!("data/nmt_nfkc.tsv").lines().skip(1) {
        let fields: Vec<_> = line.split('\t').map(unescaped).collect();
        let [text, without_extra, plain, why] = &fields[..] else { panic!("four fields: {line}") };
        assert_eq!(String::from_utf8_lossy(&rewritten(&whole, text.as_bytes())), *without_extra, "{why}");
        assert_eq!(String::from_utf8_lossy(&rewritten(&MAP, text.as_bytes())), *plain, "{why}");
        cases += 1;
    }
    assert_eq!(cases, 42);
}

#[test]
fn the_non_joiner_stays_if_it_may() {
    let rewriter = Rewriter::new(nmt_nfkc(NonJoiner::Keep));
    for text in ["می\u{200C}رود", "a \u{200C} b", "\u{200C}"] {
        assert_eq!(rewritten(&rewriter, text.as_bytes()), text.as_bytes());
    }
}

#[test]
fn twice_is_not_always_once() {
    let once = rewritten(&MAP, "i\u{344}".as_bytes());
    assert_eq!(once, "i\u{308}\u{301}".as_bytes());
    assert_eq!(rewritten(&MAP, &once), "ḯ".as_bytes());
}

/// What one character or a sequence becomes, by the rules.
fn replacement(piece: &str) -> Option<String> {
    let normal = |form: Form, text: &str| {
        let mut out = Vec::new();
        form.normalize_into(text.as_bytes(), &mut out);
        String::from_utf8(out).expect("well-formed text stays well-formed")
    };
    let mut characters = piece.chars();
    if let (Some(character), None) = (characters.next(), characters.next()) {
        return match character {
            '\n' | '\r' => Some(" ".to_owned()),
            _ if SPACES.contains(&character) => Some(" ".to_owned()),
            _ if CONTROLS.iter().any(|&(first, last)| (first..=last).contains(&character)) => {
                Some(String::new())
            }
            '\u{FF5E}' => None, // FULLWIDTH TILDE
            _ => Some(normal(Form::Nfkc, piece)).filter(|form| form != piece),
        };
    }
    let forms: Vec<_> =
        piece.chars().map(|character| normal(Form::Nfkd, character.encode_utf8(&mut [0; 4]))).collect();
    let whole = forms.concat();
    let is_sequence =
        forms.iter().all(|form| form.chars().count() == 1) && normal(Form::Nfkd, &whole) == whole;
    is_sequence.then(|| normal(Form::Nfkc, &whole)).filter(|form| form.chars().count() == 1)
}

/// Leftmost, longest: of up to four characters.
fn twin(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut ends = vec![at];
        while ends.len() < 5 && ends[ends.len() - 1] < text.len() {
            let last = ends[ends.len() - 1];
            ends.push(last + utf8::decode(&text[last..]).1);
        }
        let found = ends[1..].iter().rev().find_map(|&end| {
            let piece = std::str::from_utf8(&text[at..end]).ok()?;
            Some((end, replacement(piece)?))
        });
        let end = found.as_ref().map_or(ends[1], |(end, _)| *end);
        out.extend_from_slice(found.as_ref().map_or(&text[at..end], |(_, with)| with.as_bytes()));
        at = end;
    }
    out
}

/// Each starts, continues or ends a sequence, becomes something by itself, or is in the way.
const PIECES: [&[u8]; 40] = [
    b"a",
    b"e",
    b" ",
    b"\t",
    b"\r\n",
    b"\x01",
    b"\0",
    b"\xFF",
    b"\xE2\x80",
    b"\xEF\xBF",
    b"\xCC",
    b"\x81",
    "\u{FFFD}".as_bytes(),
    "\u{301}".as_bytes(),
    "\u{302}".as_bytes(),
    "\u{323}".as_bytes(),
    "\u{340}".as_bytes(),
    "\u{344}".as_bytes(),
    "â".as_bytes(),
    "Ａ".as_bytes(),
    "\u{212B}".as_bytes(), // ANGSTROM SIGN
    "ω".as_bytes(),
    "\u{3C9}\u{313}".as_bytes(),
    "\u{345}".as_bytes(),
    "\u{342}".as_bytes(),
    "\u{1112}".as_bytes(),
    "\u{1161}".as_bytes(),
    "\u{11AB}".as_bytes(),
    "ㅎ".as_bytes(),
    "ㅏ".as_bytes(),
    "하".as_bytes(),
    "ｶ".as_bytes(),
    "ﾞ".as_bytes(),
    "\u{3099}".as_bytes(),
    "～".as_bytes(),
    "\u{627}".as_bytes(),
    "\u{653}".as_bytes(),
    "\u{200C}".as_bytes(),
    "½".as_bytes(),
    "\u{DD9}\u{DCF}\u{DCA}".as_bytes(),
];

fn any_text() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..12).prop_map(|pieces| pieces.concat())
}

// The table takes a while to make, without optimization.
static MAP: LazyLock<Rewriter> = LazyLock::new(|| map(&[]));
static CONTROLS_ONLY: LazyLock<Rewriter> = LazyLock::new(|| map(&["nmt-control"]));
static LINE_ENDS_ONLY: LazyLock<Rewriter> = LazyLock::new(|| map(&["nmt-line-end"]));

fn map(only: &[&str]) -> Rewriter {
    let mut rewriter = Rewriter::new(vec![Box::new(NmtMap::new(NonJoiner::Space))]);
    if !only.is_empty() {
        rewriter.only(only).expect("rules of the step");
    }
    rewriter
}

proptest! {
    #[test]
    fn matching_is_that_of_the_twin(text in any_text()) {
        let want = twin(&text);
        prop_assert!(text == want || !MAP.is_identity_on(&text));
        prop_assert_eq!(rewritten(&MAP, &text), want);
    }

    #[test]
    fn rules_can_be_switched_off(text in any_text()) {
        let want: Vec<u8> = text.iter().copied().filter(|byte| *byte != 1).collect();
        prop_assert_eq!(rewritten(&CONTROLS_ONLY, &text), want);
        let want: Vec<u8> = text.iter().map(|byte| if b"\r\n".contains(byte) { b' ' } else { *byte }).collect();
        prop_assert_eq!(rewritten(&LINE_ENDS_ONLY, &text), want);
    }
}

#[test]
fn long_runs_of_marks_take_time_in_proportion() {
    let text = ["a".as_bytes(), "\u{301}".repeat(100_000).as_bytes(), "\u{1161}".repeat(100_000).as_bytes()]
        .concat();
    let out = rewritten(&MAP, &text);
    assert_eq!(out.len(), text.len() - 1);
}
