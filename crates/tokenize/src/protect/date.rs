//! What hangs on dates and times in digits, and dates with the signs of East Asia.

use language::spans;
use unicode::category::is_word_character;
use unicode::utf8;

/// Where a date ends that a time of day is joined to as in ISO 8601 (`2024-01-05T10:20:30.5Z`, `…+01:00`); else where it
/// ended.
pub(super) fn with_time(text: &[u8], end: usize) -> usize {
    let timed = || {
        let at = byte(text, end, b"T")?;
        let mut at = digits(text, byte(text, digits(text, at, 2)?, b":")?, 2)?;
        if let Some(seconds) = byte(text, at, b":").and_then(|at| digits(text, at, 2)) {
            let fraction = byte(text, seconds, b".,").and_then(|at| spans::number_end(text, at));
            at = fraction.unwrap_or(seconds);
        }
        let zone = |at| {
            let hours = digits(text, byte(text, at, b"+-")?, 2)?;
            Some(digits(text, byte(text, hours, b":").unwrap_or(hours), 2).unwrap_or(hours))
        };
        at = byte(text, at, b"Z").or_else(|| zone(at)).unwrap_or(at);
        if is_word_at(text, at) { None } else { Some(at) }
    };
    timed().unwrap_or(end)
}

/// Where a time ends that `am` or `pm` is joined to; else where it ended.
pub(super) fn with_half(text: &[u8], end: usize) -> usize {
    let joined = || {
        let at = byte(text, byte(text, end, b"aApP")?, b"mM")?;
        if is_word_at(text, at) { None } else { Some(at) }
    };
    joined().unwrap_or(end)
}

/// The signs behind a year, a month and a day, in Chinese characters and in Korean.
const SIGNS: [&[char]; 3] = [&['年', '년'], &['月', '월'], &['日', '号', '號', '일']];

/// Where a date ends whose first number ends at a place: two or three of year, month and day, each with its sign:
/// `2024年1月5日`.
pub(super) fn with_signs(text: &[u8], first: usize) -> Option<usize> {
    let (mut end, mut parts, mut number) = (None, 0, Some(first));
    for signs in SIGNS {
        let Some(at) = number else { break };
        let (sign, length) = utf8::decode(&text[at..]);
        if signs.contains(&sign) {
            parts += 1;
            end = Some(at + length);
            number = Some(at + length).and_then(|at| spans::number_end(text, at));
        } else if parts > 0 {
            break;
        }
    }
    end.filter(|_| parts >= 2)
}

fn byte(text: &[u8], at: usize, one_of: &[u8]) -> Option<usize> {
    text.get(at).filter(|byte| one_of.contains(byte)).map(|_| at + 1)
}

fn digits(text: &[u8], at: usize, count: usize) -> Option<usize> {
    let digits = text.get(at..at + count)?;
    if digits.iter().all(u8::is_ascii_digit) { Some(at + count) } else { None }
}

fn is_word_at(text: &[u8], at: usize) -> bool {
    at < text.len() && is_word_character(utf8::decode(&text[at..]).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_be_joined_to_a_date() {
        let taken = [
            "T10:20",
            "T10:20:30",
            "T10:20:30.512Z",
            "T10:20Z",
            "T10:20:30+01:00",
            "T10:20-0330",
            "T10:20+03",
        ];
        for rest in taken {
            let text = format!("2024-01-05{rest}, x");
            assert_eq!(with_time(text.as_bytes(), 10), 10 + rest.len(), "{rest}");
        }
        for rest in ["", "T", "T10", "T10:2", " 10:20", "t10:20", "T10:20x", "T10:20:300"] {
            assert_eq!(with_time(format!("2024-01-05{rest}").as_bytes(), 10), 10, "{rest}");
        }
        assert_eq!((with_half(b"5:30pm.", 4), with_half(b"5:30pmx", 4), with_half(b"5:30 pm", 4)), (6, 4, 4));
    }

    #[test]
    fn signs_make_a_date() {
        let end = |text: &str| with_signs(text.as_bytes(), 4).map(|end| text[..end].to_owned());
        for date in ["2024年1月5日", "2024年12月", "2024年１月５日"] {
            assert_eq!(end(&format!("{date}です")).as_deref(), Some(date));
        }
        for text in ["2024年", "2024日", "2024", "2024年1", "2024年5日"] {
            assert_eq!(end(text), None, "{text}");
        }
        assert_eq!(with_signs("1月5日".as_bytes(), 1), Some(8));
    }
}
