//! Decoding: every encoding, cut anywhere, gives what one call gives, which is what encoding_rs gives. And back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use textcore::decode::{Bom, Decoder, Encoding, Marks, bom, detect};
use textcore::encode::{Encoder, Target, Unencodable};

/// One label of each encoding; UTF-8 has no decoder.
const LABELS: [&str; 40] = [
    "utf-16le",
    "utf-16be",
    "utf-32le",
    "utf-32be",
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
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "gb18030",
    "gbk",
    "big5",
    "euc-kr",
    "x-user-defined",
];

/// Where in the original the decoder is told to start.
const START: u64 = 3;

fuzz_target!(|input: (u8, bool, u8, &[u8])| {
    let (choice, is_null, seed, bytes) = input;
    bom_is_found_once(bytes);
    assert_eq!(detect(bytes, true), detect(bytes, true));
    let label = LABELS[usize::from(choice) % LABELS.len()];
    let encoding = Encoding::for_label(label).expect("the label is known");
    let delimiter = if is_null { 0 } else { b'\n' };
    let (text, marks) = decoded(encoding, delimiter, &[bytes]);
    let (text_of_pieces, marks_of_pieces) = decoded(encoding, delimiter, &fuzz::pieces(bytes, seed));
    assert_eq!(text, text_of_pieces);
    assert_eq!(marks, marks_of_pieces);
    assert!(text.len() <= 3 * bytes.len() + 3);
    let valid = std::str::from_utf8(&text).expect("decoded text is UTF-8");
    if let Encoding::Other(encoding) = encoding {
        assert_eq!(valid, encoding.decode_without_bom_handling(bytes).0);
    }
    marks_are_right(encoding, delimiter, bytes, &text, &marks);
    what_is_written_is_what_was_read(label, encoding, valid);
});

/// Nothing is lost but what is said to be lacking.
fn what_is_written_is_what_was_read(label: &str, encoding: Encoding, text: &str) {
    let target = Target::for_label(label).expect("the label is known").target;
    let encoder = Encoder::new(target, Unencodable::Html, false).expect("not UTF-8");
    let mut bytes = Vec::new();
    let lack = encoder.encode(text.as_bytes(), &mut bytes);
    let (back, marks) = decoded(encoding, b'\n', &[&bytes]);
    assert!(marks.malformed.is_empty());
    assert_eq!(lack.characters == 0, back == text.as_bytes());
    let (mut run, mut alone) = (Vec::new(), Vec::new());
    assert_eq!(encoder.encode_run(text.as_bytes(), &mut run), lack.characters == 0);
    assert!(lack.characters > 0 || run == bytes);
    for line in text.split_inclusive('\n') {
        encoder.encode(line.as_bytes(), &mut alone);
    }
    assert_eq!(alone, bytes);
}

fn decoded(encoding: Encoding, delimiter: u8, pieces: &[&[u8]]) -> (Vec<u8>, Marks) {
    let mut decoder = Decoder::new(encoding, delimiter, START).expect("only UTF-8 has no decoder");
    let (mut text, mut marks) = (Vec::new(), Marks::default());
    for piece in pieces {
        decoder.decode(piece, false, &mut text, &mut marks);
    }
    decoder.decode(&[], true, &mut text, &mut marks);
    assert_eq!(decoder.position(), START + pieces.iter().map(|piece| piece.len() as u64).sum::<u64>());
    (text, marks)
}

fn marks_are_right(encoding: Encoding, delimiter: u8, bytes: &[u8], text: &[u8], marks: &Marks) {
    for &at in &marks.malformed {
        assert!(text[at..].starts_with("\u{FFFD}".as_bytes()));
    }
    assert!(marks.malformed.is_sorted_by(|one, next| one < next));
    let delimiters: Vec<usize> =
        text.iter().enumerate().filter(|(_, byte)| **byte == delimiter).map(|(at, _)| at + 1).collect();
    let anchors: Vec<usize> = marks.anchors.iter().map(|anchor| anchor.decoded).collect();
    assert_eq!(anchors, delimiters);
    assert!(marks.anchors.is_sorted_by(|one, next| one.original < next.original));
    // What was read up to an anchor is what was written up to it.
    for anchor in marks.anchors.iter().take(2).chain(marks.anchors.last()) {
        let read = (anchor.original - START) as usize;
        assert_eq!(decoded(encoding, delimiter, &[&bytes[..read]]).0, &text[..anchor.decoded]);
    }
}

fn bom_is_found_once(bytes: &[u8]) {
    assert_ne!(bom(bytes, true), Bom::NeedMore);
    let early =
        (0..=bytes.len()).map(|length| bom(&bytes[..length], false)).find(|early| *early != Bom::NeedMore);
    assert!(early.is_none() || early == Some(bom(bytes, true)));
}
