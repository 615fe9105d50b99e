//! Fingerprints of byte strings from which those of any part follow: polynomials modulo 2^61 − 1 (Karp and Rabin 1987).

const MODULUS: u64 = (1 << 61) - 1;
/// Where the polynomials are evaluated. Fixed, so that a run takes the same way every time; no answer depends on it.
const BASE: Fingerprint = Fingerprint(0x0F3C_A5B1_7D29_4E83);
/// Strings up to this length find their power in a table.
const POWERS: usize = 1 << 10;

/// A string's fingerprint: equal strings have equal ones, unequal strings seldom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// That of a string.
    pub fn of(string: &[u8]) -> Fingerprint {
        // No byte counts as nothing, so that NUL matters, too.
        string
            .iter()
            .fold(Fingerprint(0), |sum, &byte| sum.times(BASE).plus(Fingerprint(u64::from(byte) + 1)))
    }

    /// That of what follows a string of fingerprint `before` in a string of this fingerprint, if the power is that of its
    /// length.
    #[inline]
    pub fn after(self, before: Fingerprint, power: Fingerprint) -> Fingerprint {
        self.plus(Fingerprint(MODULUS - before.times(power).0))
    }

    /// The product.
    #[inline]
    pub fn times(self, other: Fingerprint) -> Fingerprint {
        let product = u128::from(self.0) * u128::from(other.0);
        reduced((product as u64 & MODULUS) + (product >> 61) as u64)
    }

    /// The sum.
    #[inline]
    pub fn plus(self, other: Fingerprint) -> Fingerprint {
        reduced(self.0 + other.0)
    }

    /// As 64 bits that are well mixed.
    #[inline]
    pub fn mixed(self) -> u64 {
        let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 29
    }
}

#[inline]
fn reduced(sum: u64) -> Fingerprint {
    Fingerprint(if sum >= MODULUS { sum - MODULUS } else { sum })
}

/// Powers of the base.
#[derive(Debug)]
pub struct Powers(Vec<Fingerprint>);

impl Default for Powers {
    fn default() -> Powers {
        Powers(
            std::iter::successors(Some(Fingerprint(1)), |power| Some(power.times(BASE)))
                .take(POWERS)
                .collect(),
        )
    }
}

impl Powers {
    /// That of a string's length in bytes.
    #[inline]
    pub fn of(&self, length: usize) -> Fingerprint {
        match self.0.get(length) {
            Some(&power) => power,
            None => self.large(length),
        }
    }

    #[cold]
    fn large(&self, length: usize) -> Fingerprint {
        let half = self.of(length / 2);
        let even = half.times(half);
        if length.is_multiple_of(2) { even } else { even.times(BASE) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn that_of_a_part_follows(string in proptest::collection::vec(any::<u8>(), 0..3000), cut in 0..3000usize) {
            let cut = cut.min(string.len());
            let (left, right) = string.split_at(cut);
            let powers = Powers::default();
            let (whole, left) = (Fingerprint::of(&string), Fingerprint::of(left));
            let power = powers.of(right.len());
            prop_assert_eq!(whole.after(left, power), Fingerprint::of(right));
            prop_assert_eq!(left.times(power).plus(Fingerprint::of(right)), whole);
            prop_assert!(whole.0 < MODULUS);
        }
    }

    #[test]
    fn strings_of_nul_differ() {
        assert_ne!(Fingerprint::of(b"\0"), Fingerprint::of(b"\0\0"));
    }
}
