//! Laws that hold for any bytes, and the fast paths against plain twins of the rules.

mod twin;

use std::ops::Range;

use proptest::prelude::*;
use unicode::{
    Compatibility, Form, Kinds, Rewriting, Script, Unit, grapheme, script, sentence, space, utf8, word,
};

/// Characters of every class and byte length that the algorithms tell apart, the frequent ones more often.
const PIECES: &[&str] = &[
    "a",
    "b",
    "Z",
    "é",
    "word",
    "7",
    "42",
    "_",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{85}",
    "\u{2028}",
    "\u{A0}",
    ".",
    "..",
    ",",
    ":",
    ";",
    "'",
    "\"",
    "\u{2019}",
    "\u{B7}",
    "!",
    "?",
    ")",
    "(",
    "-",
    "/",
    "«",
    "»",
    "…",
    "—",
    "س",
    "لام",
    "می",
    "خواهم",
    "آ",
    "\u{627}\u{653}",
    "\u{64A}\u{654}",
    "\u{64B}",
    "\u{651}",
    "\u{650}",
    "۱۲",
    "٫",
    "،",
    "؛",
    "؟",
    "\u{200C}",
    "\u{200D}",
    "\u{200E}",
    "\u{AD}",
    "\u{301}",
    "\u{323}",
    "\u{308}",
    "\u{345}",
    "\u{F73}",
    "א",
    "ב",
    "״",
    "字",
    "宅",
    "。",
    "か",
    "\u{3099}",
    "カ",
    "ー",
    "ｶ",
    "ﾞ",
    "한",
    "\u{1100}",
    "\u{1161}",
    "\u{11A8}",
    "\u{D558}",
    "ก",
    "\u{E33}",
    "\u{E48}",
    "क",
    "\u{94D}",
    "ष",
    "\u{93C}",
    "\u{9CB}",
    "\u{9C7}",
    "\u{9BE}",
    "\u{1CF5}",
    "\u{11A3A}",
    "\u{600}",
    "🇮",
    "🇷",
    "👩",
    "❤",
    "\u{FE0F}",
    "\u{1F3FD}",
    "Ⓜ",
    "ﬁ",
    "Å",
    "\u{FB2C}",
    "\u{1D15E}",
    "\u{3000}",
    "\u{202F}",
    "\u{2060}",
    "\u{FFFD}",
    "\u{10FFFF}",
    "𝐀",
    "İ",
    "²",
    "½",
    "ｆ",
    "\u{FFE3}",
    "ﷲ",
    "\u{FC5E}",
    "\u{FEFB}",
    "\u{FE71}",
    "㎠",
    "…",
    "\u{A8}",
    "\u{385}",
    "\u{1FC1}",
    "\u{1E9B}",
    "ſ",
    "\u{FFA1}",
    "\u{FFC2}",
    "\u{FF9E}",
    "\u{3D3}",
    "\u{1D6DD}",
];

const BROKEN: &[&[u8]] = &[
    b"\x80",
    b"\xBF\xBF",
    b"\xC0",
    b"\xC2",
    b"\xD9",
    b"\xE0\x9F",
    b"\xE2\x80",
    b"\xED\xA0\x80",
    b"\xF0\x9F\x87",
    b"\xF0\x8F",
    b"\xF4\x90\x80\x80",
    b"\xF5",
    b"\xFF",
];

fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        30 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        4 => any::<char>().prop_map(|character| character.to_string().into_bytes()),
        1 => prop::sample::select(BROKEN).prop_map(<[u8]>::to_vec),
    ]
}

/// Mostly well-formed text, long enough for several blocks.
fn text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat()),
        3 => prop::collection::vec(prop::sample::select(&PIECES[..52]), 0..120)
            .prop_map(|pieces| pieces.concat().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ]
}

fn owned<'t>(parts: impl Iterator<Item = &'t [u8]>) -> Vec<Vec<u8>> {
    parts.map(<[u8]>::to_vec).collect()
}

fn normalized(form: Form, text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    form.normalize_into(text, &mut out);
    out
}

fn rewritten(rewriting: Rewriting, text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    rewriting.normalize_into(text, &mut out);
    out
}

/// The text with the changes that were told, which must be in order, apart and real.
fn replayed(text: &[u8], changes: &[(Range<usize>, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut copied) = (Vec::new(), 0);
    for (span, new) in changes {
        assert!(copied <= span.start && span.start < span.end);
        assert_ne!(&text[span.clone()], new);
        out.extend_from_slice(&text[copied..span.start]);
        out.extend_from_slice(new);
        copied = span.end;
    }
    out.extend_from_slice(&text[copied..]);
    out
}

/// Sets of a few kinds, of all but a few, and any.
fn kinds() -> impl Strategy<Value = Kinds> {
    let some = prop::collection::vec(prop::sample::select(&Compatibility::ALL[..]), 0..4);
    let some = some.prop_map(Kinds::from_iter);
    prop_oneof![
        some.clone(),
        some.prop_map(|kinds| !kinds),
        Just(Kinds::ARABIC_LETTERS),
        prop::collection::vec(prop::sample::select(&Compatibility::ALL[..]), 0..18)
            .prop_map(Kinds::from_iter),
    ]
}

fn config() -> ProptestConfig {
    // A failure is written down as a case of its own, not in a file beside the tests.
    ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn words_are_the_twins(text in text()) {
        let words = owned(word::words(&text));
        prop_assert_eq!(words.concat(), &text[..]);
        prop_assert_eq!(&words, &twin::breaks::words(&text));
        let is_token = |segment: &Vec<u8>| {
            twin::characters(segment).iter().any(|(character, _)| !character.is_whitespace())
        };
        let tokens: Vec<Vec<u8>> = words.into_iter().filter(is_token).collect();
        prop_assert_eq!(&tokens, &owned(word::tokens(&text)));
        prop_assert_eq!(tokens.len() as u64, word::count_tokens(&text));
        let mut seen = Vec::new();
        word::for_each_token(&text, |token| seen.push(token.to_vec()));
        prop_assert_eq!(&tokens, &seen);
        for separator in [b' ', b'\n', 0] {
            let mut written = b"before".to_vec();
            word::write_tokens(&text, separator, &mut written);
            let want = tokens.iter().flat_map(|token| [&token[..], &[separator]].concat());
            prop_assert_eq!(b"before".iter().copied().chain(want).collect::<Vec<u8>>(), written);
        }
    }

    #[test]
    fn graphemes_are_the_twins(text in text()) {
        let graphemes = owned(grapheme::graphemes(&text));
        prop_assert_eq!(graphemes.concat(), &text[..]);
        prop_assert_eq!(graphemes.len() as u64, grapheme::count(&text));
        prop_assert_eq!(&graphemes, &twin::breaks::graphemes(&text));
        let mut written = Vec::new();
        grapheme::write_graphemes(&text, b' ', &mut written);
        let want: Vec<u8> = graphemes.iter().flat_map(|cluster| [&cluster[..], b" "].concat()).collect();
        prop_assert_eq!(written, want);
    }

    #[test]
    fn sentences_are_the_twins(text in text()) {
        let sentences = owned(sentence::sentences(&text));
        prop_assert_eq!(sentences.concat(), &text[..]);
        prop_assert_eq!(sentences, twin::breaks::sentences(&text));
    }

    #[test]
    fn forms_are_the_twins(text in text()) {
        for form in Form::ALL {
            let once = normalized(form, &text);
            prop_assert_eq!(&once, &twin::forms::normalize(form, &text), "{:?}", form);
            prop_assert_eq!(&once, &normalized(form, &once), "{:?} twice", form);
            prop_assert!(form.is_normalized(&once));
            prop_assert_eq!(form.is_normalized(&text), once == text);
            if let Some(change) = form.first_change(&text) {
                prop_assert_eq!(&once[..change], &text[..change]);
                prop_assert_ne!(&once[change..], &text[change..]);
                prop_assert!(form.is_normalized(&text[..change]));
            }
        }
    }

    #[test]
    fn changes_are_what_normalizing_does(text in text()) {
        for form in Form::ALL {
            let mut changes = Vec::new();
            form.for_each_change(&text, |span, new| changes.push((span, new.to_vec())));
            prop_assert_eq!(changes.first().map(|(span, _)| span.start), form.first_change(&text));
            prop_assert_eq!(replayed(&text, &changes), normalized(form, &text), "{:?}", form);
            let plain = Rewriting::from(form);
            prop_assert_eq!(rewritten(plain, &text), normalized(form, &text), "{:?}", form);
        }
    }

    #[test]
    fn some_kinds_are_between_the_forms(text in text(), kinds in kinds()) {
        for (form, compatible) in [(Form::Nfc, Form::Nfkc), (Form::Nfd, Form::Nfkd)] {
            let rewriting = Rewriting { form, kinds };
            let once = rewritten(rewriting, &text);
            prop_assert_eq!(&once, &twin::forms::rewrite(form, kinds, &text));
            prop_assert_eq!(&once, &rewritten(rewriting, &once), "twice");
            prop_assert!(rewriting.is_normalized(&once) && form.is_normalized(&once));
            prop_assert_eq!(rewriting.is_normalized(&text), once == text);
            let mut changes = Vec::new();
            rewriting.for_each_change(&text, |span, new| changes.push((span, new.to_vec())));
            prop_assert_eq!(changes.first().map(|(span, _)| span.start), rewriting.first_change(&text));
            prop_assert_eq!(replayed(&text, &changes), &once[..]);

            // Canonically equivalent texts stay so, and compatible ones too.
            prop_assert_eq!(&once, &rewritten(rewriting, &normalized(Form::Nfd, &text)));
            prop_assert_eq!(normalized(compatible, &once), normalized(compatible, &text));
            let apart = String::from_utf8_lossy(&normalized(Form::Nfd, &once)).into_owned();
            let left: Vec<Compatibility> = apart.chars().filter_map(Compatibility::of).collect();
            prop_assert!(left.iter().all(|&kind| !kinds.contains(kind)), "{:?}", left);
            if left.is_empty() {
                prop_assert_eq!(&once, &normalized(compatible, &text));
            }
        }
    }

    #[test]
    fn counts_are_those_of_a_walk(text in text()) {
        for unit in Unit::ALL {
            let mut seen = 0;
            unit.for_each(&text, |_| seen += 1);
            prop_assert_eq!(unit.count(&text), seen, "{}", unit);
        }
        let characters = twin::characters(&text);
        prop_assert_eq!(utf8::count_chars(&text), characters.len() as u64);
        let mut counts = script::ScriptCounts::new();
        script::tally(&text, &mut counts);
        for &script in Script::ALL {
            let want = characters.iter().filter(|(character, _)| Script::of(*character) == script).count();
            prop_assert_eq!(counts.get(script), want as u64, "{}", script.name());
        }
    }

    #[test]
    fn replacing_is_what_the_standard_library_does(text in text()) {
        let mut out = Vec::new();
        let replaced = utf8::replace_invalid_into(&text, &mut out);
        let want = String::from_utf8_lossy(&text).into_owned().into_bytes();
        prop_assert_eq!(out, want);
        prop_assert_eq!(replaced == 0, utf8::is_valid(&text));
    }

    #[test]
    fn trimming_takes_white_space_alone(text in text()) {
        let trimmed = owned(twin::characters(&text).chunk_by(|_, _| false).map(|one| &one[0].1[..]));
        let blank = |bytes: &Vec<u8>| std::str::from_utf8(bytes).is_ok_and(|text| text.trim().is_empty());
        let first = trimmed.iter().position(|one| !blank(one)).unwrap_or(trimmed.len());
        let last = trimmed.iter().rposition(|one| !blank(one)).map_or(first, |last| last + 1);
        prop_assert_eq!(space::trim(&text), trimmed[first..last].concat());
    }
}
