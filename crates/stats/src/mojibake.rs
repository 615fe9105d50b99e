//! Places that look like UTF-8 that was taken for windows-1252 and encoded once more.

use memchr::memchr_iter;
use unicode::utf8;

/// The characters that windows-1252 has at 0x80 to 0x9F (WHATWG Encoding Standard), and their bytes.
const HIGH: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2C6}',
    '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', '\u{90}', '\u{2018}',
    '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2DC}', '\u{2122}', '\u{161}',
    '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

/// How many characters of a text are not what they seem: runs of characters whose bytes in windows-1252 are one well-formed UTF-8
/// sequence of two to four bytes.
///
/// ```
/// assert_eq!(stats::mojibake::count("cafÃ© â€œquotedâ€\u{9D}".as_bytes()), 3);
/// assert_eq!(stats::mojibake::count("café “quoted” Ã".as_bytes()), 0);
/// ```
pub fn count(text: &[u8]) -> u64 {
    // U+00C2 to U+00F4, which the first byte of such a sequence is taken for, are C3 82 to C3 B4; U+00C2 and on begin with C3.
    let mut places = 0;
    for at in memchr_iter(0xC3, text) {
        places += u64::from(is_mistaken(&text[at..]));
    }
    places
}

fn is_mistaken(text: &[u8]) -> bool {
    let mut bytes = [0; 4];
    let (first, mut at) = utf8::decode(text);
    let length = match byte_of(first) {
        Some(byte @ 0xC2..=0xDF) => {
            bytes[0] = byte;
            2
        }
        Some(byte @ 0xE0..=0xEF) => {
            bytes[0] = byte;
            3
        }
        Some(byte @ 0xF0..=0xF4) => {
            bytes[0] = byte;
            4
        }
        _ => return false,
    };
    for byte in &mut bytes[1..length] {
        let (character, bytes_read) = utf8::decode(&text[at..]);
        at += bytes_read;
        match byte_of(character) {
            Some(continuation @ 0x80..=0xBF) => *byte = continuation,
            _ => return false,
        }
    }
    utf8::is_valid(&bytes[..length])
}

/// The byte of a character beyond ASCII in windows-1252.
fn byte_of(character: char) -> Option<u8> {
    match character {
        '\u{A0}'..='\u{FF}' => Some(character as u8),
        _ => HIGH.iter().position(|&high| high == character).map(|place| 0x80 + place as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_that_was_mistaken_is_found() {
        for original in ["é", "سلام", "“”", "😀", "ش", "ÿ", "я"] {
            let mistaken: String = original
                .bytes()
                .map(|byte| {
                    if (0x80..0xA0).contains(&byte) {
                        HIGH[usize::from(byte - 0x80)]
                    } else {
                        char::from(byte)
                    }
                })
                .collect();
            assert_eq!(count(mistaken.as_bytes()), original.chars().count() as u64, "{original} {mistaken}");
            assert_eq!(count(original.as_bytes()), 0, "{original}");
        }
        for sound in ["", "naïve Ægir Ã", "Ã ", "5 Â", "\u{C3}"] {
            assert_eq!(count(sound.as_bytes()), 0, "{sound}");
        }
    }

    #[test]
    fn any_bytes_will_do() {
        for text in [&b"\xC3"[..], b"\xC3\x83", b"\xC3\x83\xC2", b"\xC3\xFF"] {
            assert_eq!(count(text), 0);
        }
    }
}
