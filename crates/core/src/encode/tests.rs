//! Every encoding there and back, the policies, and runs of records.

use proptest::prelude::*;

use super::*;
use crate::decode::{Decoder, Encoding, Marks};

/// A label of each encoding of the Encoding Standard that can be written, and our own.
const LABELS: [&str; 43] = [
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-8-i",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "macintosh",
    "x-mac-cyrillic",
    "x-user-defined",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "gbk",
    "gb18030",
    "big5",
    "euc-kr",
    "utf-16le",
    "utf-16be",
    "utf-32le",
    "utf-32be",
    "utf-16",
    "utf-32",
    "ascii",
];

/// The labels of encodings whose characters are one byte each.
fn single_byte_labels() -> &'static [&'static str] {
    &LABELS[..29]
}

/// The labels of legacy encodings that have longer ones.
fn multi_byte_labels() -> &'static [&'static str] {
    &LABELS[29..36]
}

fn table(label: &str) -> &'static encoding_rs::Encoding {
    encoding_rs::Encoding::for_label(label.as_bytes()).expect(label)
}

fn encoder(label: &str, policy: Unencodable) -> Encoder {
    Encoder::new(Target::for_label(label).expect(label).target, policy, false).expect("not UTF-8")
}

fn encode(label: &str, policy: Unencodable, text: &str) -> (Vec<u8>, Lack) {
    let mut out = Vec::new();
    let lack = encoder(label, policy).encode(text.as_bytes(), &mut out);
    (out, lack)
}

/// The text of these bytes, and whether all of it is well-formed.
fn decode(label: &str, bytes: &[u8]) -> (String, bool) {
    let mut decoder = Decoder::new(Encoding::for_label(label).expect(label), b'\n', 0).expect("not UTF-8");
    let (mut text, mut marks) = (Vec::new(), Marks::default());
    decoder.decode(bytes, true, &mut text, &mut marks);
    (String::from_utf8(text).expect("UTF-8 comes out"), marks.malformed.is_empty())
}

/// Characters of every plane, but not what ends a line: without optimization, which makes each one slow, all of the
/// scripts that single bytes hold and some of the others.
fn scalars() -> impl Iterator<Item = char> {
    let step = if cfg!(debug_assertions) { 13 } else { 1 };
    ('\0'..'\u{800}')
        .chain('\u{2000}'..'\u{2700}')
        .chain(('\u{800}'..'\u{2000}').step_by(step))
        .chain(('\u{2700}'..='\u{FFFF}').step_by(step))
        .chain(('\u{10000}'..=char::MAX).step_by(97 * step))
        .filter(|character| !matches!(character, '\n' | '\r'))
}

#[test]
fn every_character_comes_back_or_is_named() {
    let text: String = scalars().flat_map(|character| [character, '\n']).collect();
    for label in LABELS {
        let (bytes, lack) = encode(label, Unencodable::Html, &text);
        let (back, is_sound) = decode(label, &bytes);
        assert!(is_sound, "{label}");
        assert_eq!(back.lines().count(), scalars().count(), "{label}");
        let mut lacking = 0;
        for (line, character) in back.lines().zip(scalars()) {
            if line.strip_prefix(character) != Some("") {
                assert_eq!(line, format!("&#{};", u32::from(character)), "{label}");
                lacking += 1;
            }
        }
        assert_eq!(lack.characters, lacking, "{label}");
        if label.starts_with("utf-") {
            assert_eq!(lacking, 0, "{label}");
        }
    }
}

#[test]
fn nothing_is_lacking_that_the_standard_encodes_exactly() {
    // Single bytes have no room for likenesses: one such encoding is enough.
    for label in [&["windows-1252"][..], multi_byte_labels()].concat() {
        let table = table(label);
        let lacking =
            |character: char| encode(label, Unencodable::Drop, &character.to_string()).1.characters > 0;
        for character in scalars() {
            let text = character.to_string();
            let (bytes, _, is_unmappable) = table.encode(&text);
            let is_exact = !is_unmappable && decode(label, &bytes).0 == text;
            assert_eq!(lacking(character), !is_exact, "{label}: {:X}", u32::from(character));
        }
    }
}

#[test]
fn every_byte_that_means_something_comes_back() {
    for label in single_byte_labels() {
        let mut meaningful = 0;
        for byte in 0..=0xFF {
            let (text, is_sound) = decode(label, &[byte]);
            if is_sound {
                assert_eq!(encode(label, Unencodable::Fail, &text), (vec![byte], Lack::default()), "{label}");
                meaningful += 1;
            }
        }
        assert!(meaningful > 200, "{label}: {meaningful}");
    }
}

#[test]
fn every_pair_of_bytes_that_is_written_comes_back() {
    // How many pairs stand for one character of two bytes, for how many of those nothing is written, and for how many
    // another pair is: Shift_JIS has private and doubled characters, Big5 those of Hong Kong.
    for (label, wanted) in [
        ("shift_jis", (9604, 1880, 398)),
        ("euc-jp", (7399, 0, 10)),
        ("gbk", (23940, 0, 2)),
        ("gb18030", (23940, 0, 1)),
        ("big5", (18590, 3847, 90)),
        ("euc-kr", (17048, 0, 0)),
    ] {
        let mut found = (0, 0, 0);
        for pair in (0x8000..=u16::MAX).map(u16::to_be_bytes) {
            let text = table(label).decode_without_bom_handling_and_without_replacement(&pair);
            let Some(text) = text.filter(|text| text.chars().count() == 1) else { continue };
            found.0 += 1;
            let (bytes, lack) = encode(label, Unencodable::Fail, &text);
            if lack.characters > 0 {
                found.1 += 1;
            } else {
                found.2 += usize::from(bytes != pair);
                assert_eq!(decode(label, &bytes), (text.into_owned(), true), "{label} {pair:X?}");
            }
        }
        assert_eq!(found, wanted, "{label}");
    }
}

#[test]
fn each_policy_has_its_words() {
    let text = "aی\u{1F600}\n";
    for (policy, wanted) in [
        (Unencodable::Replace, "a??\n"),
        (Unencodable::Html, "a&#1740;&#128512;\n"),
        (Unencodable::Escape, "a\\u{6CC}\\u{1F600}\n"),
        (Unencodable::Drop, "a\n"),
    ] {
        for label in ["ascii", "windows-1252", "iso-2022-jp", "big5"] {
            let (bytes, lack) = encode(label, policy, text);
            assert_eq!(bytes, wanted.as_bytes(), "{label} {policy:?}");
            assert_eq!(lack, Lack { characters: 2, first: Some((2, 'ی')) }, "{label} {policy:?}");
        }
    }
    let json = Encoder::new(Target::Ascii, Unencodable::Escape, true).expect("not UTF-8");
    let mut out = Vec::new();
    assert_eq!(json.encode("{\"text\":\"ی😀\"}\n".as_bytes(), &mut out).characters, 2);
    assert_eq!(out, b"{\"text\":\"\\u06cc\\ud83d\\ude00\"}\n");
}

#[test]
fn likenesses_are_written_only_where_loss_is_allowed() {
    for (label, text, wanted) in [
        ("shift_jis", "¥\u{203E}\u{2212}", &b"\\~\x81\x7C"[..]),
        ("euc-jp", "¥\u{203E}\u{2212}", b"\\~\xA1\xDD"),
        ("iso-2022-jp", "\u{2212}ｱ", b"\x1B$B\x21\x5D\x25\x22\x1B(B"),
        ("gb18030", "\u{E78D}", b"\xA6\xD9"),
        ("gbk", "\u{E864}", b"\xFE\xA0"),
    ] {
        let (bytes, lack) = encode(label, Unencodable::Replace, text);
        assert_eq!(bytes, wanted, "{label}");
        assert_eq!(lack.characters, text.chars().count() as u64, "{label}");
        assert_eq!(encode(label, Unencodable::Drop, text).0, b"", "{label}");
    }
}

#[test]
fn iso_2022_jp_is_in_ascii_at_every_end() {
    let (bytes, lack) = encode("iso-2022-jp", Unencodable::Fail, "日本\n¥\r\n‾\0語");
    assert_eq!(lack, Lack::default());
    assert_eq!(
        bytes,
        b"\x1B$BF|K\\\x1B(B\n\x1B(J\\\x1B(B\r\n\x1B(J~\x1B(B\0\x1B$B8l\x1B(B",
        "{}",
        bytes.escape_ascii()
    );
    // What switches its states cannot stand in a text.
    let (bytes, lack) = encode("iso-2022-jp", Unencodable::Escape, "a\u{1B}¥\u{E}");
    assert_eq!(lack, Lack { characters: 2, first: Some((2, '\u{1B}')) });
    assert_eq!(decode("iso-2022-jp", &bytes).0, "a\\u{1B}¥\\u{E}");
    // Two switches in a row are malformed.
    let (bytes, _) = encode("iso-2022-jp", Unencodable::Drop, "日한¥한日한");
    assert_eq!(decode("iso-2022-jp", &bytes), ("日¥日".to_owned(), true), "{}", bytes.escape_ascii());
    assert!(!encoder("iso-2022-jp", Unencodable::Fail).is_identity_on(b"a\x1B"));
}

#[test]
fn ill_formed_parts_are_replacement_characters() {
    let bytes = b"a\xFFb\xE2\x82c\xED\xA0\x80";
    let mut out = Vec::new();
    assert_eq!(encoder("utf-16be", Unencodable::Fail).encode(bytes, &mut out), Lack::default());
    assert_eq!(decode("utf-16be", &out).0, "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}\u{FFFD}");
    let mut out = Vec::new();
    let lack = encoder("ascii", Unencodable::Html).encode(bytes, &mut out);
    assert_eq!(lack, Lack { characters: 5, first: Some((2, '\u{FFFD}')) });
    assert_eq!(out, b"a&#65533;b&#65533;c&#65533;&#65533;&#65533;");
}

#[test]
fn a_run_is_written_whole_or_not_at_all() {
    let mut out = b"before".to_vec();
    assert!(!encoder("windows-1252", Unencodable::Html).encode_run("é\nی\n".as_bytes(), &mut out));
    assert_eq!(out, b"before");
    assert!(encoder("windows-1252", Unencodable::Html).encode_run("é\nè\n".as_bytes(), &mut out));
    assert_eq!(out, b"before\xE9\n\xE8\n");
}

/// Text that some encodings have and others lack.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~\n\r\0]{0,6}",
        Just("¥−ｱ\u{203E}".to_owned()),
        Just("日本語 中文 河水".to_owned()),
        Just("한국어".to_owned()),
        Just("сал ё".to_owned()),
        Just("پیک العربية".to_owned()),
        Just("café Straße €".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_not_lacking_comes_back(text in texts(), label in prop::sample::select(&LABELS[..])) {
        let (bytes, lack) = encode(label, Unencodable::Drop, &text);
        let (back, is_sound) = decode(label, &bytes);
        prop_assert!(is_sound);
        let kept: String = text.chars()
            .filter(|character| encode(label, Unencodable::Drop, &character.to_string()).1.characters == 0)
            .collect();
        prop_assert_eq!(&back, &kept);
        prop_assert_eq!(lack.characters as usize, text.chars().count() - kept.chars().count());
        prop_assert_eq!(lack.first.is_some(), lack.characters > 0);
    }

    #[test]
    fn records_are_written_alike_alone_and_together(
        texts in prop::collection::vec(texts(), 0..4), label in prop::sample::select(&LABELS[..]),
    ) {
        let records: Vec<String> = texts.iter().map(|text| format!("{text}\n")).collect();
        for policy in [Unencodable::Fail, Unencodable::Replace, Unencodable::Html, Unencodable::Escape] {
            let encoder = encoder(label, policy);
            let (mut alone, mut together) = (Vec::new(), Vec::new());
            let lacking: u64 = records.iter()
                .map(|record| encoder.encode(record.as_bytes(), &mut alone).characters).sum();
            let lack = encoder.encode(records.concat().as_bytes(), &mut together);
            prop_assert_eq!(lack.characters, lacking);
            prop_assert_eq!(&alone, &together, "{:?}", policy);
            let mut run = Vec::new();
            prop_assert_eq!(encoder.encode_run(records.concat().as_bytes(), &mut run), lacking == 0);
            if lacking == 0 { prop_assert_eq!(&run, &alone); }
        }
    }

    #[test]
    fn what_is_said_to_stay_stays(
        bytes in prop::collection::vec(prop::sample::select(&b"ab\n\x0E\x1B\x7F\x80\xC3\xA9"[..]), 0..20),
        label in prop::sample::select(&LABELS[..]),
    ) {
        let encoder = encoder(label, Unencodable::Html);
        let mut out = Vec::new();
        // Around the shortcut, which is what is judged.
        let lack = encoder.write(&bytes, Substitute::new(Unencodable::Html, false), &mut out);
        if encoder.is_identity_on(&bytes) {
            prop_assert_eq!((&out, lack), (&bytes, Lack::default()));
        }
        let mut in_place = b"before".to_vec();
        in_place.extend_from_slice(&bytes);
        encoder.encode_in_place(&mut in_place, 6, &mut Vec::new());
        prop_assert_eq!(&in_place[6..], &out);
    }

    #[test]
    fn json_escapes_lose_nothing(text in texts(), label in prop::sample::select(&LABELS[..])) {
        // What ISO-2022-JP cannot hold of ASCII stands escaped in JSON anyway.
        let line = serde_json::json!({ "text": text }).to_string();
        let target = Target::for_label(label).expect("a label").target;
        let encoder = Encoder::new(target, Unencodable::Escape, true).expect("not UTF-8");
        let mut out = Vec::new();
        encoder.encode(line.as_bytes(), &mut out);
        let (back, is_sound) = decode(label, &out);
        prop_assert!(is_sound);
        let back: serde_json::Value = serde_json::from_str(&back).expect("JSON");
        prop_assert_eq!(back["text"].as_str(), Some(&text[..]));
    }
}
