//! Every encoding at every cut, malformed input.

use proptest::prelude::*;

use super::*;

/// Sentences of our own, several scripts; each encoding gets those that it can hold.
const SENTENCES: [&str; 14] = [
    "Plain words: 12 + 3 = 15.",
    "Le café coûte 3 £, n'est-ce pas ?",
    "Große Bäume stehen über dem Fluß.",
    "Příliš žluťoučký kůň stál u řeky.",
    "Çok güneşli bir gün, ığdır yakınında.",
    "Река моет гравий и хранит золото.",
    "Το ποτάμι πλένει το χαλίκι.",
    "הנהר שוטף את החצץ.",
    "النهر يغسل الحصى ويحفظ الذهب؟",
    "แม่น้ำล้างกรวด",
    "Upė plauna žvyrą ir saugo auksą.",
    "川は砂利を洗い、金を残す。カタカナ",
    "河水沖洗砂石，留下黃金。",
    "강은 자갈을 씻고 금을 남긴다.",
];

fn standard_encodings() -> Vec<&'static encoding_rs::Encoding> {
    let mut found: Vec<_> = label::COMMON_LABELS
        .iter()
        .chain(&["iso-8859-8-i", "x-mac-cyrillic"])
        .filter_map(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != encoding_rs::UTF_8)
        .collect();
    found.sort_by_key(|encoding| encoding.name());
    found.dedup();
    // The standard's 40, without UTF-8 and replacement.
    assert_eq!(found.len(), 38);
    found
}

fn all_encodings() -> Vec<Encoding> {
    let own = [Encoding::Utf32Le, Encoding::Utf32Be];
    own.into_iter().chain(standard_encodings().into_iter().map(Encoding::from)).collect()
}

/// The bytes of a text, or `None` if the encoding does not have them.
pub(super) fn encode(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf32Le => Some(text.chars().flat_map(|it| u32::from(it).to_le_bytes()).collect()),
        Encoding::Utf32Be => Some(text.chars().flat_map(|it| u32::from(it).to_be_bytes()).collect()),
        Encoding::Other(other) if other == encoding_rs::UTF_16LE => {
            Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
        }
        Encoding::Other(other) if other == encoding_rs::UTF_16BE => {
            Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect())
        }
        Encoding::Other(other) => {
            let (bytes, _, unmappable) = other.encode(text);
            (!unmappable).then(|| bytes.into_owned())
        }
    }
}

/// The sentences that an encoding can hold, a line each, with an empty line and none at the end.
fn sample(encoding: Encoding) -> String {
    let mut text: String = SENTENCES
        .iter()
        .filter(|sentence| encode(encoding, sentence).is_some())
        .map(|sentence| format!("{sentence}\n"))
        .collect();
    if encoding.name() == "x-user-defined" {
        text.push_str("\u{F780}\u{F7FF}\n");
    }
    assert!(!text.is_ascii(), "{}", encoding.name());
    format!("\n{text}\nlast")
}

/// What comes out of the pieces, each decoded by a call of its own.
pub(super) fn decode(encoding: Encoding, delimiter: u8, start: u64, pieces: &[&[u8]]) -> (Vec<u8>, Marks) {
    let mut decoder = Decoder::new(encoding, delimiter, start).expect("not UTF-8");
    let (mut text, mut marks) = (Vec::new(), Marks::default());
    for (index, piece) in pieces.iter().enumerate() {
        decoder.decode(piece, index + 1 == pieces.len(), &mut text, &mut marks);
    }
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    assert_eq!(decoder.position(), start + length as u64);
    (text, marks)
}

#[test]
fn every_encoding_at_every_cut() {
    for encoding in all_encodings() {
        for (delimiter, newline) in [(b'\n', "\n"), (0, "\0")] {
            let text = sample(encoding).replace('\n', newline);
            let bytes = encode(encoding, &text).expect("a sample that it has");
            let whole = decode(encoding, delimiter, 0, &[&bytes]);
            let name = encoding.name();
            assert_eq!(String::from_utf8_lossy(&whole.0), text, "{name}");
            assert!(whole.1.malformed.is_empty(), "{name}");
            let anchors: Vec<Anchor> = text
                .match_indices(newline)
                .map(|(at, _)| Anchor {
                    decoded: at + 1,
                    original: encode(encoding, &text[..=at]).expect("a part of the sample").len() as u64,
                })
                .collect();
            assert_eq!(whole.1.anchors, anchors, "{name}");
            for cut in 0..=bytes.len() {
                let (head, tail) = bytes.split_at(cut);
                assert_eq!(decode(encoding, delimiter, 0, &[head, tail]), whole, "{name} cut at {cut}");
            }
            let single: Vec<&[u8]> = bytes.chunks(1).chain([&b""[..]]).collect();
            assert_eq!(decode(encoding, delimiter, 0, &single), whole, "{name} by bytes");
        }
    }
}

#[test]
fn utf8_has_no_decoder() {
    assert!(Decoder::new(Encoding::Utf8, b'\n', 0).is_none());
}

#[test]
fn indexes_count_from_the_start_of_the_text_and_the_original() {
    let encoding = Encoding::Other(encoding_rs::UTF_16LE);
    let mut decoder = Decoder::new(encoding, b'\n', 2).expect("not UTF-8");
    let mut text = b"before\n".to_vec();
    let mut marks = Marks::default();
    decoder.decode(b"a\0\n\0\x00\xD8\n\0", false, &mut text, &mut marks);
    assert_eq!(text, "before\na\n\u{FFFD}\n".as_bytes());
    assert_eq!(marks.anchors, [(9, 6), (13, 10)].map(|(decoded, original)| Anchor { decoded, original }));
    assert_eq!(marks.malformed, [9]);
    assert_eq!(decoder.position(), 10);
}

#[test]
fn malformed_sequences_are_replaced_and_noted() {
    let other = |label: &str| Encoding::for_label(label).expect("a label");
    let cases: [(Encoding, &[u8], &str, &[usize]); 16] = [
        // A lone high and a lone low surrogate.
        (other("utf-16le"), b"a\0\x3D\xD8b\0", "a\u{FFFD}b", &[1]),
        (other("utf-16be"), b"\xDE\x00\0b", "\u{FFFD}b", &[0]),
        (other("utf-16be"), b"\xD8\x3D\0\n\0b", "\u{FFFD}\nb", &[0]),
        // Half a unit, and half a pair, at the end.
        (other("utf-16le"), b"a\0b", "a\u{FFFD}", &[1]),
        (other("utf-16le"), b"a\0\x3D\xD8", "a\u{FFFD}", &[1]),
        // Out of range, a surrogate, and a unit that breaks off.
        (Encoding::Utf32Le, b"\0\0\x11\0a\0\0\0", "\u{FFFD}a", &[0]),
        (Encoding::Utf32Be, b"\0\0\xD8\0\0\x10\xFF\xFF", "\u{FFFD}\u{10FFFF}", &[0]),
        (Encoding::Utf32Be, b"\0\0\0a\0\0\0", "a\u{FFFD}", &[1]),
        (Encoding::Utf32Le, b"\xFF\xFF\xFF\xFF\n\0\0\0", "\u{FFFD}\n", &[0]),
        // A lead byte swallows no line end.
        (other("shift_jis"), b"\x81\n\x82\xA0", "\u{FFFD}\nあ", &[0]),
        (other("big5"), b"a\x81\nb", "a\u{FFFD}\nb", &[1]),
        (other("gb18030"), b"\x81\x30\n", "\u{FFFD}0\n", &[0]),
        (other("euc-jp"), b"\x8F\xA2\nb", "\u{FFFD}\nb", &[0]),
        (other("euc-kr"), b"\xB0", "\u{FFFD}", &[0]),
        // Unassigned.
        (other("windows-1253"), b"\xAA\xE1\xFF", "\u{FFFD}α\u{FFFD}", &[0, 5]),
        // In two-byte mode a line end is malformed, not a line end.
        (other("iso-2022-jp"), b"\x1B$B\x24\x22\n\x24\x22\x1B(B\n", "あ\u{FFFD}あ\n", &[3]),
    ];
    for (encoding, bytes, text, malformed) in cases {
        let name = encoding.name();
        let whole = decode(encoding, b'\n', 0, &[bytes]);
        assert_eq!(String::from_utf8_lossy(&whole.0), text, "{name} {bytes:?}");
        assert_eq!(whole.1.malformed, malformed, "{name} {bytes:?}");
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        assert_eq!(whole.1.anchors.iter().map(|it| it.decoded).collect::<Vec<_>>(), ends, "{name} {bytes:?}");
        for cut in 0..=bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            assert_eq!(decode(encoding, b'\n', 0, &[head, tail]), whole, "{name} {bytes:?} cut at {cut}");
        }
    }
}

#[test]
fn byte_order_marks() {
    let utf16le = Encoding::Other(encoding_rs::UTF_16LE);
    let cases: [(&[u8], Bom, Bom); 15] = [
        (b"", Bom::NeedMore, Bom::None),
        (b"a", Bom::None, Bom::None),
        (b"\xEF", Bom::NeedMore, Bom::None),
        (b"\xEF\xBBa", Bom::None, Bom::None),
        (b"\xEF\xBB\xBF", Bom::Found(Encoding::Utf8, 3), Bom::Found(Encoding::Utf8, 3)),
        (b"\xFF", Bom::NeedMore, Bom::None),
        (b"\xFF\xFE", Bom::NeedMore, Bom::Found(utf16le, 2)),
        (b"\xFF\xFEa", Bom::Found(utf16le, 2), Bom::Found(utf16le, 2)),
        (b"\xFF\xFE\0", Bom::NeedMore, Bom::Found(utf16le, 2)),
        (b"\xFF\xFE\0a", Bom::Found(utf16le, 2), Bom::Found(utf16le, 2)),
        (b"\xFF\xFE\0\0", Bom::Found(Encoding::Utf32Le, 4), Bom::Found(Encoding::Utf32Le, 4)),
        (b"\xFE", Bom::NeedMore, Bom::None),
        (b"\0\0\xFE", Bom::NeedMore, Bom::None),
        (b"\0\0\xFE\xFF", Bom::Found(Encoding::Utf32Be, 4), Bom::Found(Encoding::Utf32Be, 4)),
        (b"\0a", Bom::None, Bom::None),
    ];
    for (bytes, more, end) in cases {
        assert_eq!((bom(bytes, false), bom(bytes, true)), (more, end), "{bytes:?}");
    }
    let utf16be = Encoding::Other(encoding_rs::UTF_16BE);
    assert_eq!(bom(b"\xFE\xFF", false), Bom::Found(utf16be, 2));
}

/// Bytes as text and its damage have them: more delimiters, escapes and lead bytes than chance has.
fn hostile_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        any::<u8>(),
        Just(b'\n'),
        Just(0),
        Just(0x1B),
        Just(b'0'),
        Just(b'$'),
        Just(b'B'),
        Just(0xD8),
        Just(0xDC),
        Just(0x81),
        Just(0x8F),
    ];
    prop::collection::vec(byte, 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_decode_as_the_standard_says(bytes in hostile_bytes(), delimiter in prop_oneof![Just(b'\n'), Just(0)]) {
        for other in standard_encodings() {
            let (text, marks) = decode(Encoding::Other(other), delimiter, 7, &[&bytes]);
            let (wanted, _) = other.decode_without_bom_handling(&bytes);
            prop_assert_eq!(String::from_utf8_lossy(&text), wanted, "{}", other.name());
            for at in &marks.malformed {
                prop_assert!(text[*at..].starts_with(REPLACEMENT));
            }
            let ends: Vec<usize> = memchr::memchr_iter(delimiter, &text).map(|at| at + 1).collect();
            let anchors: Vec<usize> = marks.anchors.iter().map(|anchor| anchor.decoded).collect();
            prop_assert_eq!(anchors, ends, "{}", other.name());
            for anchor in &marks.anchors {
                let before = &bytes[..(anchor.original - 7) as usize];
                let unit: &[u8] = match other.name() {
                    "UTF-16LE" => &[delimiter, 0],
                    "UTF-16BE" => &[0, delimiter],
                    _ => &[delimiter],
                };
                prop_assert!(before.ends_with(unit), "{}", other.name());
            }
            prop_assert!(marks.anchors.is_sorted_by(|a, b| a.original < b.original));
        }
    }

    #[test]
    fn how_the_input_is_cut_does_not_matter(bytes in hostile_bytes(), cuts in prop::collection::vec(0_usize..120, 0..6)) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        let mut start = 0;
        for cut in cuts {
            let cut = cut.min(bytes.len());
            pieces.push(&bytes[start..cut]);
            start = cut;
        }
        pieces.push(&bytes[start..]);
        for encoding in all_encodings() {
            prop_assert_eq!(
                decode(encoding, b'\n', 0, &pieces),
                decode(encoding, b'\n', 0, &[&bytes]),
                "{}", encoding.name()
            );
        }
    }

    #[test]
    fn a_decoder_is_as_new_after_the_last(first in hostile_bytes(), second in hostile_bytes()) {
        for encoding in all_encodings() {
            let mut decoder = Decoder::new(encoding, b'\n', 0).expect("not UTF-8");
            let (mut text, mut marks) = (Vec::new(), Marks::default());
            decoder.decode(&first, true, &mut text, &mut marks);
            text.clear();
            marks = Marks::default();
            decoder.decode(&second, true, &mut text, &mut marks);
            prop_assert_eq!((text, marks), decode(encoding, b'\n', first.len() as u64, &[&second]));
        }
    }

    #[test]
    fn detection_takes_any_bytes(bytes in hostile_bytes(), at_end in any::<bool>()) {
        let found = detect(&bytes, at_end);
        prop_assert!(found == Encoding::Utf8 || Decoder::new(found, b'\n', 0).is_some());
        prop_assert!(found != Encoding::Utf8 || !at_end || std::str::from_utf8(&bytes).is_ok());
    }

    #[test]
    fn a_mark_is_found_however_slowly_it_comes(bytes in hostile_bytes(), cut in 0_usize..5) {
        let early = bom(&bytes[..cut.min(bytes.len())], false);
        prop_assert!(early == Bom::NeedMore || early == bom(&bytes, true));
        prop_assert!(bytes.len() < 4 || bom(&bytes, false) != Bom::NeedMore);
    }
}
