//! Numbers in decimal digits, the same on every machine.

use std::io::Write;

/// Appends a whole number.
#[inline]
pub fn push_count(number: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Appends a number in the fewest digits that read back as the same one, without an exponent; nought has no sign. What is
/// no number is `nan`, what is beyond all numbers `inf` or `-inf`: so Python, R and C read them.
pub fn push_float(number: f64, out: &mut Vec<u8>) {
    if number.is_nan() {
        return out.extend_from_slice(b"nan");
    }
    // A negative nought plus nought is nought.
    write!(out, "{}", number + 0.0).expect("memory takes every byte");
}

/// As [`push_float`]; what JSON has no number for is `null`.
pub fn push_json_float(number: f64, out: &mut Vec<u8>) {
    if number.is_finite() { push_float(number, out) } else { out.extend_from_slice(b"null") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn float(number: f64) -> String {
        let mut out = Vec::new();
        push_float(number, &mut out);
        String::from_utf8(out).expect("digits")
    }

    #[test]
    fn digits_are_the_fewest() {
        let cases = [
            (0.1, "0.1"),
            (-0.0, "0"),
            (3.0, "3"),
            (1e-7, "0.0000001"),
            (1e21, "1000000000000000000000"),
            (2.0 / 3.0, "0.6666666666666666"),
            (f64::NAN, "nan"),
            (-f64::NAN, "nan"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (number, digits) in cases {
            assert_eq!(float(number), digits);
        }
        let mut json = Vec::new();
        [f64::NAN, f64::INFINITY, -1.5].into_iter().for_each(|number| push_json_float(number, &mut json));
        assert_eq!(json, b"nullnull-1.5");
    }

    proptest! {
        #[test]
        fn digits_read_back(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            let read: f64 = float(number).parse().expect("a number");
            prop_assert!(read == number || read.is_nan() && number.is_nan());
        }
    }
}
