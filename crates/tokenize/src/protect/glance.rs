//! One look over a line that tells which sources could find anything in it.

use unicode::sieve;

use super::number::DIGITS;

/// What a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glance(u8);

const DIGIT: u8 = 1;
const PERHAPS_DIGIT: u8 = 1 << 1;
const JOINT: u8 = 1 << 2;
const DOT: u8 = 1 << 3;

impl Glance {
    /// Looks at every byte and the next one, without branches, so that vectors of bytes are looked at.
    pub(super) fn at(line: &[u8]) -> Glance {
        let (mut seen, mut at) = ([0; STEP], 0);
        while let Some(window) = line.get(at..).and_then(|rest| rest.first_chunk::<{ STEP + 1 }>()) {
            add(&mut seen, window);
            at += STEP;
        }
        // No more than a step is left; the spaces after it say nothing.
        let mut window = [b' '; STEP + 1];
        let rest = &line[at..];
        window[..rest.len()].copy_from_slice(rest);
        add(&mut seen, &window);
        let seen = seen.iter().fold(0, |all, seen| all | seen);
        let has_digit =
            seen & DIGIT != 0 || seen & PERHAPS_DIGIT != 0 && sieve::find(&DIGITS, line, 0) < line.len();
        Glance(seen & (JOINT | DOT) | if has_digit { DIGIT } else { 0 })
    }

    /// A digit of any script, or a character near to one, without which there is no number, date or time.
    pub(super) fn has_digit(self) -> bool {
        self.0 & DIGIT != 0
    }

    /// A sign that joins what stands on both its sides, or begins a name, without which there is no address and no row of
    /// initials.
    pub(super) fn has_joint(self) -> bool {
        self.0 & JOINT != 0
    }

    /// A full stop, without which there is no abbreviation.
    pub(super) fn has_dot(self) -> bool {
        self.0 & DOT != 0
    }
}

/// How many bytes are looked at at once.
const STEP: usize = 32;

#[inline(always)]
fn add(seen: &mut [u8; STEP], window: &[u8; STEP + 1]) {
    for place in 0..STEP {
        seen[place] |= look(window[place], window[place + 1]);
    }
    if !window.is_ascii() {
        for place in 0..STEP {
            seen[place] |= look_beyond_ascii(window[place], window[place + 1]);
        }
    }
}

#[inline(always)]
fn look(first: u8, second: u8) -> u8 {
    let is_in = |byte: u8, low: u8, count: u8| byte.wrapping_sub(low) < count;
    let is_sign = (first == b':') | (first == b'@') | (first == b'#') | (first == b'\\') | (first == b'/');
    let is_name =
        is_in(second | 0x20, b'a', 26) | is_in(second, b'.', 12) | (second == b'_') | (second >= 0x80);
    let is_dot = first == b'.';
    let is_joint = is_sign & (second > b' ') | is_dot & is_name;
    (u8::from(is_in(first, b'0', 10)) * DIGIT) | (u8::from(is_joint) * JOINT) | (u8::from(is_dot) * DOT)
}

#[inline(always)]
fn look_beyond_ascii(first: u8, second: u8) -> u8 {
    // Two sets of digits of Arabic script.
    let is_digit = (first == 0xD9) & (second.wrapping_sub(0xA0) < 10)
        | (first == 0xDB) & (second.wrapping_sub(0xB0) < 10);
    // NKo, and whatever has three bytes or four but punctuation and symbols, which have no digits.
    let is_perhaps = (first == 0xDF) | (first >= 0xE0) & (first != 0xE2);
    (u8::from(is_digit) * DIGIT) | (u8::from(is_perhaps) * PERHAPS_DIGIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_holds_is_seen() {
        let seen = |text: &str| {
            let glance = Glance::at(text.as_bytes());
            (glance.has_digit(), glance.has_joint(), glance.has_dot())
        };
        assert_eq!(seen(""), (false, false, false));
        assert_eq!(seen("A line: of \"prose\", سلام، 漢字 ½ – «x»"), (false, false, false));
        for digit in ["7", "۷", "٧", "७", "߇", "７", "𝟕"] {
            assert_eq!(seen(&format!("a {digit}")), (true, false, false), "{digit}");
            assert_eq!(seen(digit), (true, false, false), "{digit}");
        }
        for joint in ["a/b", "a:b", "@a", "#a", "a\\b"] {
            assert_eq!(seen(joint), (false, true, false), "{joint}");
        }
        assert_eq!(
            (seen("a.b"), seen("س.ن"), seen("../x")),
            ((false, true, true), (false, true, true), (false, true, true))
        );
        assert_eq!(
            (seen("a."), seen("a. b"), seen("a.\" b"), seen("a/ @")),
            ((false, false, true), (false, false, true), (false, false, true), (false, false, false))
        );
    }
}
