//! The lexicon: a number for each token, given in the order in which tokens are first seen.

use super::vocabulary::ORDER_BYTES;

/// The number of a token: from 1, for 0 stands for no token.
pub type Id = u32;

/// Numbers for tokens.
///
/// Most tokens of a text are among a few that come again and again: the tokens of at most 16 bytes that were seen last
/// are found, and counted, in a small table of their own, which stays in a core's cache; the others in an index of
/// places, which is small for the many tokens that a large corpus has: about 30 bytes each, and their own.
pub struct Lexicon {
    recent: Vec<Recent>,
    /// What leaves of a hash a place among the recent ones.
    recent_shift: u32,
    /// Some bits of a hash over a place; 0 is a free slot, for there is something before the first token.
    slots: Vec<u64>,
    /// Where each token lies, by its id.
    places: Vec<Place>,
    /// How often each token came, by its id, but for those that are still counted among the recent ones; empty if
    /// nobody counts.
    counts: Vec<u64>,
    bytes: Pieces,
    limit_bytes: usize,
    /// Tokens that are not there are this one, and do not become new ones.
    unknown: Option<Id>,
}

/// A token of at most 16 bytes: its bytes as two numbers, the missing ones nought.
#[derive(Clone, Copy, Default)]
struct Recent {
    words: [u64; 2],
    length: u32,
    id: Id,
    count: u64,
}

const RECENT_BITS_MAX: u32 = 14;
const SHORT: usize = 16;
const SLOTS_MIN: usize = 1 << 10;
/// Ids are less than 2^28, so that nine of them are a key of 256 bits.
const IDS_MAX: usize = 1 << 28;
/// So many find room in any memory: more than the tokens that an n-gram reaches over.
const IDS_MIN: usize = 2 << 10;

/// A short token that is not among the recent ones.
#[derive(Clone, Copy)]
struct Sought {
    words: [u64; 2],
    hash: u64,
}

/// There is no room for one token more.
#[derive(Debug)]
pub struct Full;

impl Lexicon {
    /// An empty lexicon that is full when it costs `limit_bytes`; the first few tokens always find room.
    pub fn new(limit_bytes: usize) -> Lexicon {
        let recent_bits = (limit_bytes / 16 / size_of::<Recent>()).clamp(2, 1 << RECENT_BITS_MAX).ilog2();
        let mut lexicon = Lexicon {
            recent: vec![Recent::default(); 1 << recent_bits],
            recent_shift: 64 - recent_bits,
            slots: vec![0; SLOTS_MIN],
            places: Vec::new(),
            counts: Vec::new(),
            bytes: Pieces::default(),
            limit_bytes,
            unknown: None,
        };
        let nothing = lexicon.bytes.push(b"", 0);
        lexicon.places.push(nothing);
        lexicon
    }

    /// From now on no token is new: one that is not there is this one.
    pub fn close(&mut self, unknown: Id) {
        self.unknown = Some(unknown);
    }

    /// Makes a token known, whatever it costs.
    pub fn admit(&mut self, token: &[u8]) {
        let limit_bytes = std::mem::replace(&mut self.limit_bytes, usize::MAX);
        // A list of 2^28 words would be longer than any memory that the limit could be set to.
        let _ = self.id(token);
        self.limit_bytes = limit_bytes;
    }

    /// The id of the token at `start..end` of a text, which is not empty.
    #[inline(always)]
    pub fn id_in(&mut self, text: &[u8], start: usize, end: usize) -> Result<Id, Full> {
        match self.recent_in(text, start, end) {
            Ok(recent) => Ok(recent.id),
            Err(looked_for) => self.find_other(&text[start..end], looked_for),
        }
    }

    /// Counts the token at `start..end` of a text, which is not empty.
    #[inline(always)]
    pub fn count_in(&mut self, text: &[u8], start: usize, end: usize) -> Result<(), Full> {
        match self.recent_in(text, start, end) {
            Ok(recent) => {
                recent.count += 1;
                Ok(())
            }
            Err(looked_for) => self.count_other(&text[start..end], looked_for),
        }
    }

    /// How often each token was counted, by id.
    pub fn take_counts(&mut self) -> Vec<u64> {
        for place in 0..self.recent.len() {
            let Recent { id, count, .. } = std::mem::take(&mut self.recent[place]);
            self.add(id, count);
        }
        std::mem::take(&mut self.counts)
    }

    /// The token among the recent ones, or its hash, if it is so short that it might be there.
    #[inline(always)]
    fn recent_in(&mut self, text: &[u8], start: usize, end: usize) -> Result<&mut Recent, Option<Sought>> {
        let length = end - start;
        if length > SHORT {
            return Err(None);
        }
        let words = match text[start..].first_chunk::<SHORT>() {
            Some(bytes) => masked(bytes, length),
            None => words_of(&text[start..end]),
        };
        let hash = hash_of(words, length);
        let recent = &mut self.recent[(hash >> self.recent_shift) as usize];
        // Word by word: compared as sixteen bytes, they would first be written side by side and waited for.
        let difference = (recent.words[0] ^ words[0]) | (recent.words[1] ^ words[1]);
        if (difference | u64::from(recent.length as usize != length)) == 0 {
            Ok(recent)
        } else {
            Err(Some(Sought { words, hash }))
        }
    }

    /// The id of a token.
    #[inline]
    pub fn id(&mut self, token: &[u8]) -> Result<Id, Full> {
        self.id_in(token, 0, token.len())
    }

    /// How many ids there are, 0 included.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The bytes of a token; none for the id 0.
    pub fn token(&self, id: Id) -> &[u8] {
        self.bytes.get(self.places[id as usize]).1
    }

    /// Bytes of memory that the lexicon has.
    pub fn memory_bytes(&self) -> usize {
        self.recent.len() * size_of::<Recent>()
            + self.slots.capacity() * size_of::<u64>()
            + self.places.capacity() * size_of::<Place>()
            + self.counts.capacity() * size_of::<u64>()
            + self.bytes.memory_bytes
    }

    /// Bytes of memory that the lexicon has, and that finding the order of its tokens will take.
    pub fn cost_bytes(&self) -> usize {
        self.memory_bytes() + self.places.len() * ORDER_BYTES + self.bytes.memory_bytes
    }

    #[inline(never)]
    fn find_other(&mut self, token: &[u8], sought: Option<Sought>) -> Result<Id, Full> {
        self.find_and_keep(token, sought, 0)
    }

    #[inline(never)]
    fn count_other(&mut self, token: &[u8], sought: Option<Sought>) -> Result<(), Full> {
        let id = self.find_and_keep(token, sought, 1)?;
        if sought.is_none() {
            self.add(id, 1);
        }
        Ok(())
    }

    /// Looks for a token; a short one is a recent one from now on, in place of another, whose count is added up.
    #[inline(always)]
    fn find_and_keep(&mut self, token: &[u8], sought: Option<Sought>, count: u64) -> Result<Id, Full> {
        let Some(Sought { words, hash }) = sought else {
            return self.find(token, xxhash_rust::xxh3::xxh3_64(token));
        };
        let id = self.find(token, hash)?;
        let recent = &mut self.recent[(hash >> self.recent_shift) as usize];
        let (old_id, old_count) = (recent.id, recent.count);
        // Field by field: written as a whole, they would first be gathered elsewhere, and waited for.
        recent.words[0] = words[0];
        recent.words[1] = words[1];
        recent.length = token.len() as u32;
        recent.id = id;
        recent.count = count;
        self.add(old_id, old_count);
        Ok(id)
    }

    /// Adds to the count of a token.
    pub fn add(&mut self, id: Id, count: u64) {
        if count > 0 {
            if self.counts.len() <= id as usize {
                self.counts.resize(self.places.len(), 0);
            }
            self.counts[id as usize] += count;
        }
    }

    fn find(&mut self, token: &[u8], hash: u64) -> Result<Id, Full> {
        let tag = hash << PLACE_BITS;
        let mut position = self.home(hash);
        loop {
            let slot = self.slots[position];
            if slot == 0 {
                break;
            }
            if (slot ^ tag) >> PLACE_BITS == 0 {
                let (id, bytes) = self.bytes.get(Place::of(slot));
                if bytes == token {
                    return Ok(id);
                }
            }
            position = (position + 1) & (self.slots.len() - 1);
        }
        if let Some(unknown) = self.unknown {
            return Ok(unknown);
        }
        let is_full = self.cost_bytes() + token.len() >= self.limit_bytes && self.places.len() > IDS_MIN;
        if is_full || self.places.len() >= IDS_MAX {
            return Err(Full);
        }
        let id = self.places.len() as Id;
        let place = self.bytes.push(token, id);
        self.places.push(place);
        self.slots[position] = tag | place.bits();
        if self.places.len() * 4 > self.slots.len() * 3 {
            self.grow();
        }
        Ok(id)
    }

    /// The high bits of the hash: the index may have up to 2^32 slots, whose tags are low bits.
    fn home(&self, hash: u64) -> usize {
        ((hash >> 32) as usize * self.slots.len()) >> 32
    }

    /// Doubles the index. The hashes are made anew, for half of them was not kept.
    #[cold]
    fn grow(&mut self) {
        self.slots = Vec::new();
        self.slots = vec![0; (self.places.len() * 2).next_power_of_two()];
        for id in 1..self.places.len() {
            let hash = hash_of_token(self.token(id as Id));
            let mut position = self.home(hash);
            while self.slots[position] != 0 {
                position = (position + 1) & (self.slots.len() - 1);
            }
            self.slots[position] = hash << PLACE_BITS | self.places[id].bits();
        }
    }
}

fn hash_of_token(token: &[u8]) -> u64 {
    if token.len() > SHORT {
        xxhash_rust::xxh3::xxh3_64(token)
    } else {
        hash_of(words_of(token), token.len())
    }
}

/// A product of both words, folded: each bit of them moves the high bits and the low ones.
#[inline(always)]
fn hash_of(words: [u64; 2], length: usize) -> u64 {
    let one = words[0] ^ 0x9E37_79B9_7F4A_7C15;
    let other = words[1] ^ 0xD1B5_4A32_D192_ED03 ^ (length as u64) << 56;
    let product = u128::from(one) * u128::from(other);
    ((product >> 64) as u64 ^ product as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// The first so many of 16 bytes as numbers, the others nought.
#[inline(always)]
fn masked(bytes: &[u8; SHORT], length: usize) -> [u64; 2] {
    let number = u128::from_le_bytes(*bytes);
    let kept = if length == SHORT { number } else { number & ((1 << (8 * length)) - 1) };
    [kept as u64, (kept >> 64) as u64]
}

fn words_of(token: &[u8]) -> [u64; 2] {
    let mut bytes = [0; SHORT];
    bytes[..token.len()].copy_from_slice(token);
    masked(&bytes, SHORT)
}

/// Where a token lies: the number of a piece and an offset into it. Its id and its length stand before its bytes.
#[derive(Clone, Copy)]
struct Place {
    piece: u32,
    start: u32,
}

/// How many bits of a slot say where a token lies.
const PLACE_BITS: u32 = 44;
const START_BITS: u32 = PIECE_BYTES.ilog2();

impl Place {
    /// The place that the low bits of a slot say.
    fn of(slot: u64) -> Place {
        let bits = slot & ((1 << PLACE_BITS) - 1);
        Place { piece: (bits >> START_BITS) as u32, start: bits as u32 & (PIECE_BYTES as u32 - 1) }
    }

    fn bits(self) -> u64 {
        u64::from(self.piece) << START_BITS | u64::from(self.start)
    }
}

/// Bytes in pieces of one size, so that growing copies nothing. A token that is larger has a piece of its own.
#[derive(Default)]
struct Pieces {
    pieces: Vec<Vec<u8>>,
    memory_bytes: usize,
}

const PIECE_BYTES: usize = 1 << 14;
const HEAD_BYTES: usize = 2 * size_of::<u32>();

impl Pieces {
    fn push(&mut self, token: &[u8], id: Id) -> Place {
        let needed = HEAD_BYTES + token.len();
        let has_room = self.pieces.last().is_some_and(|piece| piece.capacity() - piece.len() >= needed);
        if !has_room {
            let size = needed.max(PIECE_BYTES);
            self.pieces.push(Vec::with_capacity(size));
            self.memory_bytes += size + size_of::<Vec<u8>>();
        }
        let number = self.pieces.len() - 1;
        let piece = &mut self.pieces[number];
        let start = piece.len();
        piece.extend_from_slice(&id.to_le_bytes());
        piece.extend_from_slice(&(token.len() as u32).to_le_bytes());
        piece.extend_from_slice(token);
        Place { piece: number as u32, start: start as u32 }
    }

    /// The id of a token, and its bytes.
    #[inline(always)]
    fn get(&self, place: Place) -> (Id, &[u8]) {
        let piece = &self.pieces[place.piece as usize][place.start as usize..];
        let Some((head, rest)) = piece.split_first_chunk::<HEAD_BYTES>() else { return (0, b"") };
        let head = u64::from_le_bytes(*head);
        (head as u32, &rest[..(head >> 32) as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn each_token_has_one_id(
            tokens in prop::collection::vec(prop::collection::vec(0u8..3, 1..20), 0..300),
        ) {
            let mut lexicon = Lexicon::new(1 << 20);
            let mut wanted: HashMap<Vec<u8>, Id> = HashMap::new();
            for token in &tokens {
                let next = wanted.len() as Id + 1;
                let id = *wanted.entry(token.clone()).or_insert(next);
                let mut text = token.clone();
                text.extend_from_slice(b" and what follows");
                prop_assert_eq!(lexicon.id_in(&text, 0, token.len()).expect("room"), id);
                prop_assert_eq!(lexicon.id(token).expect("room"), id);
                prop_assert_eq!(lexicon.token(id), &token[..]);
            }
            prop_assert_eq!(lexicon.len(), wanted.len() + 1);
        }
    }

    #[test]
    fn many_tokens_and_long_ones_are_kept_apart() {
        let mut lexicon = Lexicon::new(1 << 30);
        let token = |number: u32| format!("{number}{}", "x".repeat((number % 40) as usize)).into_bytes();
        for number in 1..=50_000 {
            assert_eq!(lexicon.id(&token(number)).expect("room"), number);
        }
        let long = vec![b'y'; 2 * PIECE_BYTES];
        assert_eq!(lexicon.id(&long).expect("room"), 50_001);
        assert_eq!(lexicon.token(50_001), long);
        for number in 1..=50_000 {
            assert_eq!(lexicon.id(&token(number)).expect("room"), number);
        }
        assert!(lexicon.memory_bytes() > 50_000 * 28);
    }

    #[test]
    fn tokens_are_counted_whether_they_are_recent_or_not() {
        let mut lexicon = Lexicon::new(0);
        let text = b"a bb a bb a ccc a-token-that-is-not-short a-token-that-is-not-short d e f g h i j k a";
        for token in text.split(|&byte| byte == b' ') {
            lexicon.count_in(token, 0, token.len()).expect("room");
        }
        let counts = lexicon.take_counts();
        assert_eq!(counts[..5], [0, 4, 2, 1, 2]);
        assert_eq!(counts.iter().sum::<u64>(), 17);
    }

    #[test]
    fn a_full_lexicon_says_so_and_still_finds_what_it_has() {
        let mut lexicon = Lexicon::new(1 << 18);
        let token = |number: u32| format!("token number {number}").into_bytes();
        let known = (1..).take_while(|&number| lexicon.id(&token(number)).is_ok()).count() as u32;
        assert!((2000..10_000).contains(&known), "{known}");
        assert!(lexicon.cost_bytes() <= (1 << 18) + 2 * PIECE_BYTES, "{}", lexicon.cost_bytes());
        assert_eq!(lexicon.id(&token(7)).expect("known"), 7);
        assert!(lexicon.id(b"new").is_err());
    }

    #[test]
    fn a_closed_lexicon_takes_no_token() {
        let mut lexicon = Lexicon::new(1 << 20);
        let unknown = lexicon.id(b"<unk>").expect("room");
        let known = lexicon.id(b"known").expect("room");
        lexicon.close(unknown);
        assert_eq!([&b"new"[..], b"known"].map(|token| lexicon.id(token).expect("room")), [unknown, known]);
        assert_eq!(lexicon.len(), 3);
    }
}
