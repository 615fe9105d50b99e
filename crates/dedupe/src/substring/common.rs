//! Common beginnings: what neighbours in a suffix array are known to share without a look at the text.

/// One place in so many has its length remembered.
const SAMPLE: usize = 16;

/// No suffix comes before.
const NONE: u32 = u32::MAX;

/// For every suffix, at least how many bytes it shares with the one before it in the suffix array.
///
/// The lengths of every 16th suffix are known, up to a limit; from one place of the text to the next a length falls by one
/// at most (Kärkkäinen, Manzini & Puglisi 2009, "Permuted Longest-Common-Prefix Array"). Time: linear. Memory: a
/// quarter of the text.
#[derive(Debug)]
pub struct CommonBeginnings {
    lengths: Vec<u32>,
}

impl CommonBeginnings {
    /// Of a text and its suffix array; lengths are counted up to `limit`.
    pub fn new(bytes: &[u8], suffixes: &[i32], limit: usize) -> Self {
        let mut lengths = vec![NONE; bytes.len().div_ceil(SAMPLE)];
        let mut before = NONE;
        for &suffix in suffixes {
            let place = suffix as usize;
            if place.is_multiple_of(SAMPLE) {
                lengths[place / SAMPLE] = before;
            }
            before = suffix as u32;
        }
        let mut known = 0;
        for (number, length) in lengths.iter_mut().enumerate() {
            known = match *length {
                NONE => 0,
                before => {
                    let rest = |place: usize| bytes.get(place + known..).unwrap_or_default();
                    known + equal_length(rest(number * SAMPLE), rest(before as usize), limit - known)
                }
            };
            *length = known as u32;
            known = known.saturating_sub(SAMPLE);
        }
        CommonBeginnings { lengths }
    }

    /// For the suffix at a place.
    pub fn length_min(&self, place: usize) -> usize {
        (self.lengths[place / SAMPLE] as usize).saturating_sub(place % SAMPLE)
    }
}

/// How many bytes two texts begin with in common, counted up to `limit`.
fn equal_length(one: &[u8], other: &[u8], limit: usize) -> usize {
    let length = one.len().min(other.len()).min(limit);
    let (one, other) = (&one[..length], &other[..length]);
    let (mut equal, mut step) = (0, 64);
    // Whole blocks at a time, then the bytes of the one that differs.
    while let (Some(left), Some(right)) = (one.get(equal..equal + step), other.get(equal..equal + step))
        && left == right
    {
        equal += step;
        step = 4096.min(step * 2);
    }
    equal + one[equal..].iter().zip(&other[equal..]).take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lengths_are_no_more_than_is_shared(
            parts in prop::collection::vec(prop::sample::select(vec!["a", "ab", "abcdefghijklmnopqrstuvwxyz", "b"]), 0..40),
            limit in 1usize..100,
        ) {
            let text = parts.concat().repeat(2);
            let bytes = text.as_bytes();
            let mut suffixes: Vec<i32> = (0..bytes.len() as i32).collect();
            suffixes.sort_by_key(|&suffix| &bytes[suffix as usize..]);
            let common = CommonBeginnings::new(bytes, &suffixes, limit);
            for pair in suffixes.windows(2) {
                let [before, place] = [pair[0] as usize, pair[1] as usize];
                let shared = equal_length(&bytes[before..], &bytes[place..], limit);
                prop_assert!(common.length_min(place) <= shared);
                if place % SAMPLE == 0 {
                    prop_assert_eq!(common.length_min(place), shared);
                }
            }
        }

        #[test]
        fn lengths_are_counted(shared in prop::collection::vec(any::<u8>(), 0..300), limit in 0usize..400) {
            let (one, other) = ([&shared[..], b"a"].concat(), [&shared[..], b"bc"].concat());
            prop_assert_eq!(equal_length(&one, &other, limit), shared.len().min(limit));
            prop_assert_eq!(equal_length(&shared, &other, limit), shared.len().min(limit));
        }
    }
}
