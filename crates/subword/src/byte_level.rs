//! The alphabet in which byte-level models write bytes as characters: bytes that print in Latin-1 are themselves,
//! the others are the characters from U+0100 on, in order.

/// The character that stands for a byte.
pub(crate) fn character(byte: u8) -> char {
    match byte {
        b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF => char::from(byte),
        0..=0x20 => shifted(u32::from(byte)),
        0x7F..=0xA0 => shifted(u32::from(byte) - 0x7F + 0x21),
        0xAD => shifted(0x43),
    }
}

fn shifted(number: u32) -> char {
    char::from_u32(0x100 + number).expect("U+0100 to U+0143 are characters")
}

/// The byte that a character stands for.
pub(crate) fn byte(character: char) -> Option<u8> {
    match u32::from(character) {
        number @ (0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF) => Some(number as u8),
        number @ 0x100..=0x120 => Some((number - 0x100) as u8),
        number @ 0x121..=0x142 => Some((number - 0x121 + 0x7F) as u8),
        0x143 => Some(0xAD),
        _ => None,
    }
}

/// The bytes that a form stands for, if every character of it stands for one.
pub(crate) fn bytes(form: &str) -> Option<Vec<u8>> {
    form.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_characters_pair() {
        let mut seen = std::collections::HashSet::new();
        for value in 0..=255 {
            assert_eq!(byte(character(value)), Some(value));
            assert!(seen.insert(character(value)));
        }
        assert_eq!((character(b' '), character(b'\n'), character(0xAD)), ('Ġ', 'Ċ', 'Ń'));
        assert_eq!(('\0'..=char::MAX).filter(|&character| byte(character).is_some()).count(), 256);
        assert_eq!(bytes("Ġa b"), None);
    }
}
