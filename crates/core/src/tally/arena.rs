//! Bytes of keys, kept in pieces of one size, so that growing copies nothing and costs exactly one piece more.

use super::hash::SHORT;

/// Where a key lies: 16 bits of length over 48 of offset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place(u64);

const OFFSET_BITS: u32 = 48;
/// In place of the length: the key has an allocation of its own, and the offset is its number.
const LARGE: usize = 0xFFFF;

impl Place {
    /// The place of a key of at most [`SHORT`] bytes, which its entry holds itself.
    #[inline(always)]
    pub const fn in_entry(length: usize) -> Place {
        Place::new(length, 0)
    }

    /// The length of a key that its entry holds itself; `None` where the key is in the arena.
    #[inline(always)]
    pub fn length_in_entry(self) -> Option<usize> {
        let length = self.length();
        (length <= SHORT).then_some(length)
    }

    #[inline(always)]
    const fn new(length: usize, offset: usize) -> Place {
        Place((length as u64) << OFFSET_BITS | offset as u64)
    }

    #[inline(always)]
    fn length(self) -> usize {
        (self.0 >> OFFSET_BITS) as usize
    }

    #[inline(always)]
    fn offset(self) -> usize {
        (self.0 & ((1 << OFFSET_BITS) - 1)) as usize
    }
}

/// The bytes of all keys that are longer than [`SHORT`].
pub(super) struct Arena {
    pieces: Vec<Vec<u8>>,
    /// The piece that is being filled; those behind it are empty.
    current: usize,
    piece_bits: u32,
    large: Vec<Box<[u8]>>,
    large_bytes: usize,
}

impl Arena {
    /// An empty arena whose pieces are as large as a memory of `limit_bytes` bears.
    pub fn new(limit_bytes: usize) -> Arena {
        let piece_bits = (limit_bytes / 32).clamp(1 << 7, 1 << 20).ilog2();
        Arena { pieces: Vec::new(), current: 0, piece_bits, large: Vec::new(), large_bytes: 0 }
    }

    /// The bytes of a key that [`Arena::push`] took.
    #[inline(always)]
    pub fn get(&self, place: Place) -> &[u8] {
        let (length, offset) = (place.length(), place.offset());
        if length == LARGE {
            return &self.large[offset];
        }
        let start = offset & (self.piece_bytes() - 1);
        &self.pieces[offset >> self.piece_bits][start..start + length]
    }

    /// Reads the byte at `at` of a key, or of what stands after it, so that it is near when it is wanted; of a key
    /// that is not here, nothing.
    #[inline(always)]
    pub fn touch(&self, place: Place, at: usize) -> u8 {
        let length = place.length();
        if length <= SHORT || length == LARGE {
            return 0;
        }
        let offset = place.offset();
        let piece = &self.pieces[offset >> self.piece_bits];
        piece.get((offset & (self.piece_bytes() - 1)) + at).copied().unwrap_or(0)
    }

    /// How many bytes of memory a key of this length asks for beyond what the arena has.
    #[inline]
    pub fn growth_bytes(&self, length: usize) -> usize {
        if self.is_large(length) {
            length + list_growth_bytes(&self.large)
        } else if length <= self.room() || self.current + 1 < self.pieces.len() {
            0
        } else {
            self.piece_bytes() + list_growth_bytes(&self.pieces)
        }
    }

    /// Keeps a key, at the price that [`Arena::growth_bytes`] named.
    #[inline]
    pub fn push(&mut self, key: &[u8]) -> Place {
        if self.is_large(key.len()) {
            return self.push_large(key);
        }
        if key.len() > self.room() {
            self.next_piece();
        }
        let piece = &mut self.pieces[self.current];
        let offset = self.current << self.piece_bits | piece.len();
        piece.extend_from_slice(key);
        Place::new(key.len(), offset)
    }

    /// Forgets all keys. The pieces are kept for the next ones.
    pub fn clear(&mut self) {
        self.pieces.iter_mut().for_each(Vec::clear);
        self.current = 0;
        self.large = Vec::new();
        self.large_bytes = 0;
    }

    /// Bytes of memory that the arena has.
    pub fn memory_bytes(&self) -> usize {
        let lists =
            self.pieces.capacity() * size_of::<Vec<u8>>() + self.large.capacity() * size_of::<Box<[u8]>>();
        self.pieces.len() * self.piece_bytes() + self.large_bytes + lists
    }

    /// Bytes of memory that hold keys.
    pub fn used_bytes(&self) -> usize {
        self.current * self.piece_bytes()
            + self.pieces.get(self.current).map_or(0, Vec::len)
            + self.large_bytes
    }

    fn piece_bytes(&self) -> usize {
        1 << self.piece_bits
    }

    fn is_large(&self, length: usize) -> bool {
        length >= LARGE || length > self.piece_bytes()
    }

    fn room(&self) -> usize {
        self.pieces.get(self.current).map_or(0, |piece| self.piece_bytes() - piece.len())
    }

    #[cold]
    fn next_piece(&mut self) {
        self.current = if self.pieces.is_empty() { 0 } else { self.current + 1 };
        if self.current == self.pieces.len() {
            grow_list(&mut self.pieces);
            self.pieces.push(Vec::with_capacity(self.piece_bytes()));
        }
    }

    #[cold]
    fn push_large(&mut self, key: &[u8]) -> Place {
        grow_list(&mut self.large);
        self.large.push(key.into());
        self.large_bytes += key.len();
        Place::new(LARGE, self.large.len() - 1)
    }
}

fn list_growth_bytes<T>(list: &Vec<T>) -> usize {
    if list.len() < list.capacity() { 0 } else { (list.len() * 2).max(4) * size_of::<T>() }
}

/// Doubles a list that is full, and no more than that, so that the price is known beforehand.
fn grow_list<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len().max(4));
    }
}
