//! Which encoding a text without a label is in, judged by its first bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::Encoding;

/// Detection looks at no more than this.
pub const DETECTION_BYTES_MAX: usize = 64 << 10;

/// Fewer units than this show no script.
const UNITS_MIN: usize = 4;

/// Guesses the encoding of a text that starts with `prefix` and, if `at_end`, ends with it.
///
/// In this order: UTF-32 if every unit is a scalar value; UTF-16 if one byte of each pair looks like the
/// upper half of text; UTF-8 if it is valid (a sequence that is cut by the end of what is looked at is no
/// fault), but ISO-2022-JP for its escape sequences; else the legacy encoding that chardetng holds most
/// likely. A byte order mark is not looked for.
///
/// Text that is the same in several encodings (ASCII) is UTF-8. Short texts are often guessed wrong.
pub fn detect(prefix: &[u8], at_end: bool) -> Encoding {
    let whole = at_end && prefix.len() <= DETECTION_BYTES_MAX;
    let prefix = &prefix[..prefix.len().min(DETECTION_BYTES_MAX)];
    if let Some(encoding) = utf32(prefix).or_else(|| utf16(prefix)) {
        return encoding;
    }
    let valid = match std::str::from_utf8(prefix) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && !whole,
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(prefix, whole);
    let legacy = detector.guess(None, Utf8Detection::Deny);
    if valid && legacy != encoding_rs::ISO_2022_JP { Encoding::Utf8 } else { legacy.into() }
}

/// Every unit must be a scalar value and most of them not U+0000: two units of UTF-16 hardly ever are.
fn utf32(prefix: &[u8]) -> Option<Encoding> {
    let units = prefix.as_chunks::<4>().0;
    let fits = |unit: fn([u8; 4]) -> u32| {
        let zeros = units.iter().filter(|bytes| unit(**bytes) == 0).count();
        units.len() > 1
            && 2 * zeros < units.len()
            && units.iter().all(|bytes| char::from_u32(unit(*bytes)).is_some())
    };
    if fits(u32::from_le_bytes) {
        Some(Encoding::Utf32Le)
    } else if fits(u32::from_be_bytes) {
        Some(Encoding::Utf32Be)
    } else {
        None
    }
}

fn utf16(prefix: &[u8]) -> Option<Encoding> {
    let units = prefix.as_chunks::<2>().0;
    if units.len() < UNITS_MIN {
        return None;
    }
    let big_endian = alphabetic(units).or_else(|| ideographic(units))?;
    Some(Encoding::Other(if big_endian { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE }))
}

/// Text in an alphabet: its upper bytes are mostly one value below 0x20, which as bytes are controls that
/// fill one half of the pairs and not the other. Says whether the first half is the upper one.
fn alphabetic(units: &[[u8; 2]]) -> Option<bool> {
    let mut counts = [[0_usize; 256]; 2];
    for [first, second] in units {
        counts[0][usize::from(*first)] += 1;
        counts[1][usize::from(*second)] += 1;
    }
    let fills = |upper: usize| {
        (0..0x20).any(|value| {
            // U+09xx, U+0Axx and U+0Dxx are scripts, but pairs with tabs and line ends in them are also
            // columns of single digits; real text has spaces, U+0020, too.
            let blank = matches!(value, 0x09 | 0x0A | 0x0D);
            let (here, there) = (counts[upper][value], counts[1 - upper][value]);
            5 * here >= 2 * units.len() && 4 * there <= here && (!blank || counts[upper][0] > 0)
        })
    };
    match (fills(0), fills(1)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Chinese, Japanese and Korean: nearly all units are in their blocks, in one byte order only. A text of
/// bytes can look so too, pairs of letters being ideographs, but has no controls, whereas the lower bytes of
/// ideographs are anything.
fn ideographic(units: &[[u8; 2]]) -> Option<bool> {
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, 0 | b'\t' | b'\n' | b'\r' | 0x1B);
    let controls = units.as_flattened().iter().filter(|byte| control(byte)).count();
    if controls * 50 < units.len() {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let characters = char::decode_utf16(units.iter().map(|bytes| unit(*bytes)));
        1000 * characters.filter(|character| character.as_ref().is_ok_and(is_eastern)).count() / units.len()
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    (little.max(big) >= 950 && little.abs_diff(big) >= 30).then_some(big > little)
}

/// What texts in East Asian scripts are made of (blocks of the Unicode Standard, ASCII and white space among
/// them).
fn is_eastern(character: &char) -> bool {
    matches!(*character,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{FF}' | '\u{2010}'..='\u{203B}'
        | '\u{3000}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}
