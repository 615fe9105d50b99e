//! The vocabulary: the tokens of all lexicons in byte order.

use super::lexicon::{Id, Lexicon};

/// Tokens by rank: their place in byte order, from 1.
pub struct Vocabulary {
    bytes: Vec<u8>,
    /// Where each token ends, by rank; that of 0 is 0.
    ends: Vec<usize>,
}

impl Vocabulary {
    /// The tokens of these lexicons, and the rank of each id of each of them; the rank of 0 is 0.
    pub fn of(lexicons: &[&Lexicon]) -> (Vocabulary, Vec<Vec<u32>>) {
        let mut ranks: Vec<Vec<u32>> = lexicons.iter().map(|lexicon| vec![0; lexicon.len()]).collect();
        let mut vocabulary = Vocabulary { bytes: Vec::new(), ends: vec![0] };
        for (_, source, id) in sorted(lexicons) {
            let token = lexicons[source as usize].token(id);
            if vocabulary.ends.len() == 1 || vocabulary.token(vocabulary.len() - 1) != token {
                vocabulary.bytes.extend_from_slice(token);
                vocabulary.ends.push(vocabulary.bytes.len());
            }
            ranks[source as usize][id as usize] = (vocabulary.ends.len() - 1) as u32;
        }
        (vocabulary, ranks)
    }

    /// How many ranks there are, 0 included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The token of a rank; none for 0.
    #[inline]
    pub fn token(&self, rank: usize) -> &[u8] {
        let start = if rank == 0 { 0 } else { self.ends[rank - 1] };
        &self.bytes[start..self.ends[rank]]
    }

    /// The rank of a token.
    pub fn find(&self, token: &[u8]) -> Option<u32> {
        let (mut low, mut high) = (1, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.token(middle).cmp(token) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle as u32),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Bytes of memory that the tokens take.
    pub fn memory_bytes(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * size_of::<usize>()
    }
}

/// Bytes of memory that a token takes while its place in the order is found out, beside its bytes and the lexicon.
pub const ORDER_BYTES: usize = size_of::<(u64, u32, Id)>() + size_of::<u32>() + size_of::<usize>();

/// The tokens of all lexicons in byte order, those of the first lexicon before equal ones of the next.
fn sorted(lexicons: &[&Lexicon]) -> Vec<(u64, u32, Id)> {
    let mut heads: Vec<(u64, u32, Id)> =
        Vec::with_capacity(lexicons.iter().map(|lexicon| lexicon.len()).sum());
    for (source, lexicon) in lexicons.iter().enumerate() {
        heads.extend((1..lexicon.len() as Id).map(|id| (head(lexicon.token(id)), source as u32, id)));
    }
    let token = |source: u32, id: Id| lexicons[source as usize].token(id);
    // Most tokens differ in their first eight bytes, which lie here side by side.
    heads.sort_unstable_by(|one, other| {
        one.0
            .cmp(&other.0)
            .then_with(|| token(one.1, one.2).cmp(token(other.1, other.2)))
            .then(one.1.cmp(&other.1))
    });
    heads
}

/// The first eight bytes as a number of the same order, the missing ones nought.
fn head(token: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = token.len().min(8);
    bytes[..length].copy_from_slice(&token[..length]);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_places_in_byte_order() {
        let (mut one, mut other) = (Lexicon::new(1 << 16), Lexicon::new(1 << 16));
        for token in ["to", "be", "or", "\0", "a longer token"] {
            one.id(token.as_bytes()).expect("room");
        }
        for token in ["be", "a longer one", "\0\0"] {
            other.id(token.as_bytes()).expect("room");
        }
        let (vocabulary, ranks) = Vocabulary::of(&[&one, &other]);
        let tokens: Vec<&[u8]> = (0..vocabulary.len()).map(|rank| vocabulary.token(rank)).collect();
        let wanted = ["", "\0", "\0\0", "a longer one", "a longer token", "be", "or", "to"];
        assert_eq!(tokens, wanted.map(str::as_bytes));
        assert_eq!(ranks, [vec![0, 7, 5, 6, 1, 4], vec![0, 5, 3, 2]]);
        assert_eq!(vocabulary.find(b"or"), Some(6));
        assert_eq!([&b""[..], b"o", b"z"].map(|token| vocabulary.find(token)), [None; 3]);
    }
}
