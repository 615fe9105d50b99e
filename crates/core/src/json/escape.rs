//! Between a text and its form inside the quotes of a JSON string.

use super::scan;

/// Whether [`unescape_into`] would change anything: if not, the bytes between the quotes are the text.
#[must_use]
pub fn needs_unescape(raw: &[u8]) -> bool {
    memchr::memchr(b'\\', raw).is_some()
}

/// Appends the text that stands between the quotes of a JSON string.
///
/// A pair of surrogate escapes gives its one character. A lone surrogate, which no UTF-8 can hold, gives the three
/// bytes that its number would have (`ED A0..BF xx`): ill-formed, so that whoever judges invalid bytes judges it
/// too. Bytes that are no escape, well-formed or not, are taken as they are; so is a backslash that begins none.
///
/// ```
/// let mut text = Vec::new();
/// textcore::json::unescape_into(br"\ud83d\ude00 \u0633\n", &mut text);
/// assert_eq!(text, "😀 س\n".as_bytes());
/// ```
pub fn unescape_into(raw: &[u8], out: &mut Vec<u8>) {
    out.reserve(raw.len());
    let mut plain = 0;
    let mut at = 0;
    while let Some(skipped) = memchr::memchr(b'\\', &raw[at..]) {
        at += skipped;
        let Some((escaped, length)) = escaped(&raw[at..]) else {
            // No escape: the backslash and its follower stay, so that `\\` is never read from its middle.
            at = raw.len().min(at + 2);
            continue;
        };
        out.extend_from_slice(&raw[plain..at]);
        push_scalar(escaped, out);
        at += length;
        plain = at;
    }
    out.extend_from_slice(&raw[plain..]);
}

/// Appends a text in the form that it takes between the quotes of a JSON string, escaping as little as RFC 8259
/// allows: the quote, the backslash and what lies below U+0020.
///
/// The three bytes of a surrogate, as [`unescape_into`] makes them, become `\udXXX` again. All else stays, well-formed
/// or not, and so do the bytes of a low surrogate right after those of a high one: two escapes would read as one
/// character. Hence [`unescape_into`] gives back exactly these bytes, whatever they are.
///
/// ```
/// let mut raw = Vec::new();
/// textcore::json::escape_into("a \"b\"\u{1}\t😀".as_bytes(), &mut raw);
/// assert_eq!(raw, r#"a \"b\"\u0001\t😀"#.as_bytes());
/// ```
pub fn escape_into(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len());
    let mut plain = 0;
    let mut at = 0;
    loop {
        at = scan::special_or_surrogate(text, at);
        let Some(&byte) = text.get(at) else { break };
        let length = if byte == 0xED { 3 } else { 1 };
        if byte == 0xED && !stands_alone(text, at) {
            at += 1;
            continue;
        }
        out.extend_from_slice(&text[plain..at]);
        push_escape(&text[at..at + length], out);
        at += length;
        plain = at;
    }
    out.extend_from_slice(&text[plain..]);
}

/// The number that an escape stands for, and its length in bytes.
fn escaped(bytes: &[u8]) -> Option<(u32, usize)> {
    let short = |byte: u8| Some((u32::from(byte), 2));
    match bytes.get(1)? {
        &sign @ (b'"' | b'\\' | b'/') => short(sign),
        b'b' => short(0x08),
        b'f' => short(0x0C),
        b'n' => short(b'\n'),
        b'r' => short(b'\r'),
        b't' => short(b'\t'),
        b'u' => {
            let high = code_unit(bytes)?;
            match code_unit(&bytes[6..]) {
                Some(low @ 0xDC00..=0xDFFF) if (0xD800..=0xDBFF).contains(&high) => {
                    Some((0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00), 12))
                }
                _ => Some((high, 6)),
            }
        }
        _ => None,
    }
}

/// The number of a `\uXXXX` that these bytes begin with.
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.get(..6)?.strip_prefix(br"\u")?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
}

fn push_scalar(number: u32, out: &mut Vec<u8>) {
    match char::from_u32(number) {
        Some(scalar) => out.extend_from_slice(scalar.encode_utf8(&mut [0; 4]).as_bytes()),
        None => out.extend([0xE0 | tail(number >> 12), 0x80 | tail(number >> 6), 0x80 | tail(number)]),
    }
}

fn tail(bits: u32) -> u8 {
    (bits & 0x3F) as u8
}

/// The number of the surrogate whose three bytes begin at `at`.
fn surrogate(text: &[u8], at: usize) -> Option<u16> {
    match text.get(at..at + 3)? {
        &[0xED, middle @ 0xA0..=0xBF, last @ 0x80..=0xBF] => {
            Some(0xD000 | u16::from(middle & 0x3F) << 6 | u16::from(last & 0x3F))
        }
        _ => None,
    }
}

/// Whether a surrogate begins at `at` whose escape could not be taken for the second half of a pair.
fn stands_alone(text: &[u8], at: usize) -> bool {
    let Some(here) = surrogate(text, at) else { return false };
    let before = at.checked_sub(3).and_then(|before| surrogate(text, before));
    !(matches!(before, Some(0xD800..=0xDBFF)) && matches!(here, 0xDC00..=0xDFFF))
}

fn push_escape(sign: &[u8], out: &mut Vec<u8>) {
    let short = match sign {
        b"\"" => b'"',
        b"\\" => b'\\',
        b"\x08" => b'b',
        b"\x0C" => b'f',
        b"\n" => b'n',
        b"\r" => b'r',
        b"\t" => b't',
        _ => {
            let number = surrogate(sign, 0).unwrap_or(u16::from(sign[0]));
            let digit = |shift: u16| b"0123456789abcdef"[usize::from(number >> shift & 0xF)];
            return out.extend([b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
        }
    };
    out.extend([b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unescaped(raw: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        unescape_into(raw, &mut out);
        out
    }

    fn escape(text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        escape_into(text, &mut out);
        out
    }

    #[test]
    fn every_escape() {
        assert_eq!(unescaped(br#"\"\\\/\b\f\n\r\t\u0041\u00e9\u0645"#), "\"\\/\x08\x0C\n\r\tAéم".as_bytes());
        assert_eq!(unescaped(br"\\n\\u0041"), br"\n\u0041", "a backslash that is escaped begins nothing");
        assert_eq!(unescaped(br"\uD83D\uDE00\udbff\udfff"), "\u{1F600}\u{10FFFF}".as_bytes());
    }

    #[test]
    fn lone_surrogates_become_three_bytes() {
        assert_eq!(unescaped(br"\ud83dx"), b"\xED\xA0\xBDx");
        assert_eq!(unescaped(br"\ude00\ud83d"), b"\xED\xB8\x80\xED\xA0\xBD");
        assert_eq!(unescaped(br"\ud83d\ud83d\ude00"), b"\xED\xA0\xBD\xF0\x9F\x98\x80");
        assert_eq!(escape(b"\xED\xA0\xBDx\xED\xBF\xBF"), br"\ud83dx\udfff");
        assert_eq!(escape("\u{D7FF}하".as_bytes()), "\u{D7FF}하".as_bytes(), "ED 9F BF is a character");
    }

    #[test]
    fn two_halves_in_bytes_are_not_joined() {
        let halves = b"\xED\xA0\xBD\xED\xB8\x80";
        assert_eq!(escape(halves), b"\\ud83d\xED\xB8\x80");
        assert_eq!(unescaped(&escape(halves)), halves);
    }

    #[test]
    fn what_is_no_escape_stays() {
        for raw in [&br"\x"[..], br"\", br"\u12", br"\u12g4", br"\ud83", b"a\\\xFF", br"\U0041"] {
            assert_eq!(unescaped(raw), raw);
        }
    }

    #[test]
    fn controls_have_their_short_forms() {
        assert_eq!(escape(b"\x00\x08\t\n\x0B\x0C\r\x1F\x7F/"), b"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\x7F/");
    }

    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..4),
            Just(b"\xED\xA0\xBD".to_vec()),
            Just(b"\xED\xB8\x80".to_vec()),
            Just(b"\xED".to_vec()),
            Just(b"\\ud83d".to_vec()),
            Just(b"\\ude00".to_vec()),
            Just(b"\\".to_vec()),
            Just("plain text که دراز است".as_bytes().to_vec()),
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn unescape_undoes_escape(text in pieces()) {
            let raw = escape(&text);
            prop_assert_eq!(&unescaped(&raw), &text);
            prop_assert!(raw.iter().all(|&byte| byte >= 0x20));
        }

        #[test]
        fn unescape_is_total(raw in pieces()) {
            let text = unescaped(&raw);
            prop_assert!(text.len() <= raw.len());
            prop_assert!(needs_unescape(&raw) || text == raw);
        }

        #[test]
        fn is_the_escape_of_serde(text in any::<String>()) {
            let quoted = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(escape(text.as_bytes()), &quoted.as_bytes()[1..quoted.len() - 1]);
            let back: String = serde_json::from_slice(&[b"\"", &escape(text.as_bytes())[..], b"\""].concat()).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
