//! UTF-16 and UTF-32 (The Unicode Standard, section 3.10) in either byte order.

use super::ByteOrder;

/// How much is converted at a time, in bytes of UTF-8: what is between stays in the nearest cache.
const BLOCK_BYTES: usize = 4096;

/// Appends a text in UTF-16.
pub(super) fn write_utf16(text: &str, order: ByteOrder, out: &mut Vec<u8>) {
    out.reserve(2 * text.len());
    let mut units = [0; BLOCK_BYTES];
    for block in blocks(text) {
        let length = encoding_rs::mem::convert_str_to_utf16(block, &mut units);
        let units = units[..length].iter();
        match order {
            ByteOrder::Little => put(units.map(|unit| unit.to_le_bytes()), out),
            ByteOrder::Big => put(units.map(|unit| unit.to_be_bytes()), out),
        }
    }
}

/// Appends a text in UTF-32.
pub(super) fn write_utf32(text: &str, order: ByteOrder, out: &mut Vec<u8>) {
    out.reserve(4 * text.len());
    for block in blocks(text) {
        if block.is_ascii() {
            let units = block.bytes().map(u32::from);
            match order {
                ByteOrder::Little => put(units.map(u32::to_le_bytes), out),
                ByteOrder::Big => put(units.map(u32::to_be_bytes), out),
            }
            continue;
        }
        let units = block.chars().map(u32::from);
        match order {
            ByteOrder::Little => units.for_each(|unit| out.extend_from_slice(&unit.to_le_bytes())),
            ByteOrder::Big => units.for_each(|unit| out.extend_from_slice(&unit.to_be_bytes())),
        }
    }
}

/// Appends code units whose number is known: room is made once, and the loop has no branch.
fn put<const WIDTH: usize>(units: impl ExactSizeIterator<Item = [u8; WIDTH]>, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + WIDTH * units.len(), 0);
    let places = out[start..].as_chunks_mut().0;
    places.iter_mut().zip(units).for_each(|(place, unit)| *place = unit);
}

/// A text in pieces of whole characters.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (block, later) = rest.split_at(rest.floor_char_boundary(BLOCK_BYTES));
        rest = later;
        (!block.is_empty()).then_some(block)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_end_between_characters() {
        for shift in 0..4 {
            let text = "x".repeat(shift) + &"\u{1F600}".repeat(BLOCK_BYTES / 2);
            assert_eq!(blocks(&text).collect::<String>(), text);
            let mut out = Vec::new();
            write_utf16(&text, ByteOrder::Big, &mut out);
            let units: Vec<u16> = out.as_chunks().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            assert_eq!(String::from_utf16(&units).expect("UTF-16"), text);
        }
    }

    proptest! {
        #[test]
        fn units_are_those_of_the_library(text in any::<String>()) {
            for (order, utf16, utf32) in [
                (ByteOrder::Little, u16::to_le_bytes as fn(u16) -> [u8; 2], u32::to_le_bytes as fn(u32) -> [u8; 4]),
                (ByteOrder::Big, u16::to_be_bytes, u32::to_be_bytes),
            ] {
                let mut out = b"before".to_vec();
                write_utf16(&text, order, &mut out);
                let wanted: Vec<u8> = text.encode_utf16().flat_map(utf16).collect();
                prop_assert_eq!(&out[6..], wanted);
                out.truncate(6);
                write_utf32(&text, order, &mut out);
                let wanted: Vec<u8> = text.chars().map(u32::from).flat_map(utf32).collect();
                prop_assert_eq!(&out[6..], wanted);
            }
        }
    }
}
