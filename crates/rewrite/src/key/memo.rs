//! What is known of words and of pairs of them, in bounded memory.

/// How many answers are kept: each of 64 bytes or less.
const PLACES_BITS: u32 = 12;

/// The bytes of words that are remembered; answers about longer ones are found anew each time.
const BYTES: usize = 60;

/// Answers to questions about one or two words: each has one place, and the last one asked stays there.
pub(super) struct Memo<Answer> {
    /// Made when the first answer comes.
    places: Vec<Place<Answer>>,
}

#[derive(Clone)]
struct Place<Answer> {
    bytes: [u8; BYTES],
    first_length: u8,
    second_length: u8,
    /// `None` where nothing was asked.
    answer: Option<Answer>,
}

impl<Answer> Default for Memo<Answer> {
    fn default() -> Self {
        Memo { places: Vec::new() }
    }
}

impl<Answer: Copy> Memo<Answer> {
    /// The answer to a question about two words, which depends on them alone.
    #[inline]
    pub(super) fn get(&mut self, first: &[u8], second: &[u8], find: impl FnOnce() -> Answer) -> Answer {
        if first.len() + second.len() > BYTES {
            return find();
        }
        if self.places.is_empty() {
            let nothing = Place { bytes: [0; BYTES], first_length: 0, second_length: 0, answer: None };
            self.places = vec![nothing; 1 << PLACES_BITS];
        }
        let place = &mut self.places[home(first, second)];
        match place.answer {
            Some(answer) if place.is_of(first, second) => answer,
            _ => {
                let answer = find();
                place.bytes[..first.len()].copy_from_slice(first);
                place.bytes[first.len()..first.len() + second.len()].copy_from_slice(second);
                (place.first_length, place.second_length) = (first.len() as u8, second.len() as u8);
                place.answer = Some(answer);
                answer
            }
        }
    }
}

impl<Answer> Place<Answer> {
    #[inline]
    fn is_of(&self, first: &[u8], second: &[u8]) -> bool {
        let (first_length, second_length) = (usize::from(self.first_length), usize::from(self.second_length));
        first_length == first.len()
            && second_length == second.len()
            && self.bytes[..first_length] == *first
            && self.bytes[first_length..first_length + second_length] == *second
    }
}

/// Eight bytes at a time, each mixed in by a product.
#[inline]
fn home(first: &[u8], second: &[u8]) -> usize {
    let step = |hash: u64, number: u64| (hash.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut hash = first.len() as u64;
    for word in [first, second] {
        let (numbers, rest) = word.as_chunks::<8>();
        hash = numbers.iter().fold(hash, |hash, bytes| step(hash, u64::from_le_bytes(*bytes)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = step(hash, u64::from_le_bytes(last));
    }
    (hash >> (64 - PLACES_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn answers_are_those_that_were_found(asked in prop::collection::vec(("[ab]{0,40}", "[ab]{0,3}"), 0..200)) {
            let mut memo = Memo::default();
            for (first, second) in asked {
                let answer = (first.len(), second.ends_with('a'), first.starts_with('b'));
                prop_assert_eq!(memo.get(first.as_bytes(), second.as_bytes(), || answer), answer);
            }
        }
    }

    #[test]
    fn what_was_asked_is_not_found_again() {
        let mut memo = Memo::default();
        assert_eq!(memo.get(b"ab", b"c", || 1), 1);
        assert_eq!(memo.get(b"ab", b"c", || 2), 1);
        assert_eq!(memo.get(b"a", b"bc", || 3), 3, "other words of the same letters");
        let long = [b'a'; BYTES + 1];
        assert_eq!((memo.get(&long, b"", || 4), memo.get(&long, b"", || 5)), (4, 5));
    }
}
