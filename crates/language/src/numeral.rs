//! A run of decimal digits of any script, and what it is worth.

use unicode::DigitSet;
use unicode::sieve::{self, Sieve};

/// A run of digits; those of several scripts may stand in one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Numeral {
    /// Where it ends, in bytes.
    pub(crate) end: usize,
    /// How many digits it has.
    pub(crate) digits: usize,
    /// Its value; the greatest number there is if it is greater than that.
    pub(crate) value: u32,
}

impl Numeral {
    /// The run that begins at a place, if one does.
    pub(crate) fn at(text: &[u8], start: usize) -> Option<Numeral> {
        let mut numeral = Numeral { end: start, digits: 0, value: 0 };
        while let Some((value, length)) = digit_at(text, numeral.end) {
            numeral.value = numeral.value.saturating_mul(10).saturating_add(u32::from(value));
            numeral.digits += 1;
            numeral.end += length;
        }
        if numeral.digits > 0 { Some(numeral) } else { None }
    }
}

/// The value and the length in bytes of the digit that begins at a place.
#[inline]
pub(crate) fn digit_at(text: &[u8], at: usize) -> Option<(u8, usize)> {
    let first = *text.get(at)?;
    if first < 0x80 {
        let value = first.wrapping_sub(b'0');
        return if value < 10 { Some((value, 1)) } else { None };
    }
    let (digit, length) = DigitSet::at(text, at);
    digit.map(|(_, value)| (value, length))
}

/// Whether a digit ends at a place.
pub(crate) fn digit_before(text: &[u8], at: usize) -> bool {
    at > 0 && digit_at(text, unicode::utf8::previous(text, 0, at)).is_some()
}

/// A sieve that every digit falls through.
pub(crate) fn sieve() -> Sieve {
    let mut sieve = [0; 256];
    let digits = DigitSet::all().flat_map(|set| (0..10).filter_map(move |value| set.digit(value)));
    digits.for_each(|digit| sieve::add(&mut sieve, digit));
    sieve
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_in_any_digits() {
        let read = |text: &str| Numeral::at(text.as_bytes(), 0);
        assert_eq!(read("۱۴۰۳/"), Some(Numeral { end: 8, digits: 4, value: 1403 }));
        assert_eq!(read("1٤۰३x"), Some(Numeral { end: 8, digits: 4, value: 1403 }));
        assert_eq!(read("x1"), None);
        assert_eq!(read(""), None);
        assert_eq!(read(&"9".repeat(40)), Some(Numeral { end: 40, digits: 40, value: u32::MAX }));
        assert!(
            digit_before("a۷".as_bytes(), 3) && !digit_before("a۷".as_bytes(), 1) && !digit_before(b"7", 0)
        );
    }
}
