//! Pieces of words that came before: a table of fixed size, in which the newest word takes the place of another.

use crate::hash;

/// Words kept for one worker: 4 MiB.
const SLOTS: usize = 1 << 16;
/// The longest word that is kept, in bytes.
pub(crate) const WORD_BYTES_MAX: usize = 32;
/// The most pieces of a word that is kept.
pub(crate) const PIECES_MAX: usize = 6;

/// A word of up to 32 bytes, filled up with zeros.
pub(crate) type Key = [u64; 4];

/// One word: as long as a cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Slot {
    key: Key,
    ids: [u32; PIECES_MAX],
    ends: [u8; PIECES_MAX],
    length: u8,
    count: u8,
}

const EMPTY: Slot = Slot { key: [0; 4], ids: [0; PIECES_MAX], ends: [0; PIECES_MAX], length: 0, count: 0 };

/// What one worker remembers.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// None before the first word, so that a worker without work costs nothing.
    slots: Vec<Slot>,
}

/// A word that was found.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    slot: &'a Slot,
}

impl Found<'_> {
    #[inline(always)]
    pub(crate) fn count(self) -> u64 {
        u64::from(self.slot.count)
    }

    #[inline(always)]
    pub(crate) fn each(self, mut receive: impl FnMut(u32, usize)) {
        for index in 0..usize::from(self.slot.count).min(PIECES_MAX) {
            receive(self.slot.ids[index], usize::from(self.slot.ends[index]));
        }
    }
}

impl Cache {
    /// The pieces of a word, if they are remembered.
    #[inline(always)]
    pub(crate) fn get(&self, key: &Key, length: usize) -> Option<Found<'_>> {
        let slot = self.slots.get(place(key))?;
        (slot.key == *key && usize::from(slot.length) == length).then_some(Found { slot })
    }

    /// Remember the pieces of a word of at most 32 bytes, if they are few enough.
    pub(crate) fn put(&mut self, key: &Key, length: usize, pieces: &[(u32, usize)]) {
        if pieces.len() > PIECES_MAX {
            return;
        }
        if self.slots.is_empty() {
            self.slots = vec![EMPTY; SLOTS];
        }
        let mut slot = Slot { key: *key, length: length as u8, count: pieces.len() as u8, ..EMPTY };
        for (index, &(id, end)) in pieces.iter().enumerate() {
            slot.ids[index] = id;
            slot.ends[index] = end as u8;
        }
        self.slots[place(key)] = slot;
    }
}

#[inline(always)]
fn place(key: &Key) -> usize {
    (hash::of_key(key) >> 48) as usize & (SLOTS - 1)
}

/// The key of `text[start..end]`, a word of at most 32 bytes.
#[inline(always)]
pub(crate) fn key(text: &[u8], start: usize, end: usize) -> Key {
    let length = end - start;
    match text.get(start..start + WORD_BYTES_MAX).and_then(|bytes| bytes.first_chunk::<WORD_BYTES_MAX>()) {
        Some(bytes) => masked(words(bytes), length),
        None => {
            let mut bytes = [0; WORD_BYTES_MAX];
            bytes[..length].copy_from_slice(&text[start..end]);
            words(&bytes)
        }
    }
}

#[inline(always)]
fn words(bytes: &[u8; WORD_BYTES_MAX]) -> Key {
    let mut key = [0; 4];
    for (word, chunk) in key.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = u64::from_le_bytes(chunk.try_into().expect("chunks of 8 have 8 bytes"));
    }
    key
}

/// The first `length` bytes.
#[inline(always)]
fn masked(mut key: Key, length: usize) -> Key {
    for (index, word) in key.iter_mut().enumerate() {
        let bytes = length.saturating_sub(index * 8).min(8);
        *word &= if bytes == 8 { u64::MAX } else { (1 << (bytes * 8)) - 1 };
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_word_alone_wherever_it_stands() {
        let text: Vec<u8> = (1..=100).collect();
        for length in 0..=WORD_BYTES_MAX {
            let alone = key(&text[10..10 + length], 0, length);
            assert_eq!(key(&text, 10, 10 + length), alone);
            assert_eq!(words(text[10..42].first_chunk().unwrap()) == alone, length == 32);
        }
    }

    #[test]
    fn words_that_differ_in_zeros_are_told_apart() {
        let mut cache = Cache::default();
        cache.put(&key(b"a", 0, 1), 1, &[(7, 1)]);
        assert!(cache.get(&key(b"a", 0, 1), 1).is_some_and(|found| found.count() == 1));
        assert!(cache.get(&key(b"a\0", 0, 2), 2).is_none());
    }
}
