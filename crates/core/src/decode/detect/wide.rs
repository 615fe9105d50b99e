//! UTF-16 and UTF-32 without a byte order mark, told by what their bytes are apart from the characters.

use crate::decode::Encoding;

/// Fewer units than this show no script.
const UNITS_MIN: usize = 4;

/// Every unit must be a scalar value and most of them not U+0000: two units of UTF-16 hardly ever are.
pub(super) fn utf32(prefix: &[u8]) -> Option<Encoding> {
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

/// UTF-16 by its NULs, if the bytes are not UTF-8 anyway; by its scripts in any case.
pub(super) fn utf16(prefix: &[u8], is_utf8: bool) -> Option<Encoding> {
    let units = prefix.as_chunks::<2>().0;
    if units.len() < UNITS_MIN {
        return None;
    }
    let spaced = if is_utf8 { None } else { spaced(units) };
    let big_endian = spaced.or_else(|| alphabetic(units)).or_else(|| ideographic(units))?;
    Some(Encoding::Other(if big_endian { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE }))
}

/// Text in any script has spaces, line ends, digits: NULs that fill one half of some pairs and not the other. No
/// other encoding has NULs, unless records end with them; the other upper bytes of such pairs are any, but those of an
/// alphabet are of one or two values. Says whether the first half is the upper one.
fn spaced(units: &[[u8; 2]]) -> Option<bool> {
    let nuls = [0, 1].map(|half| units.iter().filter(|unit| unit[half] == 0).count());
    let upper = usize::from(nuls[1] > nuls[0]);
    if nuls[upper] < UNITS_MIN || 50 * nuls[upper] < units.len() || 20 * nuls[1 - upper] > nuls[upper] {
        return None;
    }
    let mut counts = [0_usize; 256];
    units.iter().for_each(|unit| counts[usize::from(unit[upper])] += 1);
    counts[0] = 0;
    counts.sort_unstable();
    (3 * (counts[255] + counts[254]) >= 2 * (units.len() - nuls[upper])).then_some(upper == 0)
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
