//! How many n-grams of an order have a token at a place: what scores need to know of all n-grams before the first.

use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use hashbrown::HashTable;
use textcore::Error;
use textcore::tally::{Tally, merge};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::cursor::Cursor;
use crate::entry::ORDER_MAX;
use crate::orders::Orders;

/// Sums by token, order and place. N-grams are shown to it in key order, once to be added and once to be asked about.
pub struct Margins {
    tokens: Tokens,
    /// For each token the sums of each order, for each place.
    sums: Vec<u64>,
    /// Where the sums of an order begin among those of a token.
    starts: [usize; ORDER_MAX + 1],
    width: usize,
    is_symmetric: bool,
    /// The tokens of the n-gram that was seen last, as far as they have been looked up.
    recent: [Option<u32>; ORDER_MAX],
    known: usize,
    limit_bytes: usize,
    /// Tokens for which there was no room.
    overflow: Option<Tally>,
    /// What is lent.
    lent: Vec<u64>,
}

/// Memory for the tokens that did not fit, which are only counted.
const OVERFLOW_BYTES: usize = 16 << 20;

impl Margins {
    /// Nothing yet. Pairs are `is_symmetric` where they have no first and second: one sum is then of both places.
    pub fn new(orders: Orders, is_symmetric: bool, limit_bytes: usize) -> Self {
        let mut starts = [0; ORDER_MAX + 1];
        let mut width = 0;
        let counted = usize::from(orders.first).max(2)..=usize::from(orders.last);
        for (order, start) in starts.iter_mut().enumerate().filter(|(order, _)| counted.contains(order)) {
            *start = width;
            width += if is_symmetric && order == 2 { 1 } else { order };
        }
        Margins {
            tokens: Tokens::new(),
            sums: Vec::new(),
            starts,
            width,
            is_symmetric,
            recent: [None; ORDER_MAX],
            known: 0,
            limit_bytes,
            overflow: None,
            lent: Vec::new(),
        }
    }

    /// Adds the n-gram that the cursor is at, and its count.
    ///
    /// # Errors
    /// When temporary storage fails.
    pub fn add(&mut self, at: &Cursor, count: u64, directory: &Path) -> Result<(), Error> {
        self.known = self.known.min(at.shared());
        let order = at.order();
        if order < 2 {
            return Ok(());
        }
        for place in self.known..order {
            self.recent[place] = self.number_of(at.token(place), directory)?;
        }
        self.known = order;
        for place in 0..order {
            if let Some(number) = self.recent[place] {
                let index = self.index(number, order, place);
                self.sums[index] = self.sums[index].saturating_add(count);
            }
        }
        Ok(())
    }

    /// Ends the adding.
    ///
    /// # Errors
    /// [`Error::Usage`] if the memory was not enough: how much would be.
    pub fn settle(&mut self) -> Result<(), Error> {
        self.known = 0;
        let Some(overflow) = self.overflow.take() else { return Ok(()) };
        let mut others = merge(vec![overflow]).map_err(Error::Temporary)?;
        let (mut tokens, mut needed_bytes) = (self.tokens.ends.len() as u64, self.memory_bytes() as u64);
        while let Some((token, _)) = others.next().map_err(Error::Temporary)? {
            tokens += 1;
            needed_bytes += self.token_bytes(token) as u64;
        }
        Err(too_little(tokens, needed_bytes))
    }

    /// The margins of the n-gram that the cursor is at, one for each place; none of a single token.
    pub fn of(&mut self, at: &Cursor) -> &[u64] {
        self.known = self.known.min(at.shared());
        let order = at.order();
        self.lent.clear();
        if order < 2 {
            return &[];
        }
        for place in self.known..order {
            self.recent[place] = self.tokens.find(at.token(place));
        }
        self.known = order;
        for place in 0..order {
            let index = self.recent[place].map(|number| self.index(number, order, place));
            self.lent.push(index.map_or(0, |index| self.sums[index]));
        }
        &self.lent
    }

    fn index(&self, number: u32, order: usize, place: usize) -> usize {
        let place = if self.is_symmetric && order == 2 { 0 } else { place };
        number as usize * self.width + self.starts[order] + place
    }

    fn number_of(&mut self, token: &[u8], directory: &Path) -> Result<Option<u32>, Error> {
        if let Some(number) = self.tokens.find(token) {
            return Ok(Some(number));
        }
        let has_room = self.memory_bytes() + self.token_bytes(token) <= self.limit_bytes;
        if self.overflow.is_none() && has_room && self.tokens.ends.len() < u32::MAX as usize {
            grow(&mut self.sums, self.width);
            self.sums.resize(self.sums.len() + self.width, 0);
            return Ok(Some(self.tokens.push(token)));
        }
        let overflow = self.overflow.get_or_insert_with(|| Tally::new(OVERFLOW_BYTES, directory));
        overflow.add(token, 1).map_err(Error::Temporary)?;
        Ok(None)
    }

    /// How many bytes of memory a token adds.
    fn token_bytes(&self, token: &[u8]) -> usize {
        with_slack(token.len() + (self.width + 1) * size_of::<u64>()) + TABLE_BYTES
    }

    fn memory_bytes(&self) -> usize {
        let tokens = self.tokens.ends.len();
        let kept = self.tokens.bytes.len() + tokens * (self.width + 1) * size_of::<u64>();
        with_slack(kept) + tokens * TABLE_BYTES
    }
}

/// A place in the table, which is between 7/16 and 7/8 full and twice there while it grows.
const TABLE_BYTES: usize = 18;

/// Lists grow by an eighth: the system moves large ones without copying them.
fn with_slack(bytes: usize) -> usize {
    bytes + bytes / 8
}

fn grow<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(more.max(list.len() / 8).max(1024));
    }
}

/// Different tokens, numbered as they came.
struct Tokens {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: HashTable<u32>,
    /// Lest somebody writes a corpus whose tokens share their hashes.
    seed: u64,
}

impl Tokens {
    fn new() -> Self {
        let seed = RandomState::new().hash_one(0u8);
        Tokens { bytes: Vec::new(), ends: Vec::new(), table: HashTable::new(), seed }
    }

    fn find(&self, token: &[u8]) -> Option<u32> {
        let hash = xxh3_64_with_seed(token, self.seed);
        self.table.find(hash, |&number| bytes_of(&self.bytes, &self.ends, number) == token).copied()
    }

    /// Adds a token that is not there.
    fn push(&mut self, token: &[u8]) -> u32 {
        let number = self.ends.len() as u32;
        grow(&mut self.bytes, token.len());
        self.bytes.extend_from_slice(token);
        grow(&mut self.ends, 1);
        self.ends.push(self.bytes.len());
        let hash = xxh3_64_with_seed(token, self.seed);
        let (bytes, ends, seed) = (&self.bytes, &self.ends, self.seed);
        self.table
            .insert_unique(hash, number, |&number| xxh3_64_with_seed(bytes_of(bytes, ends, number), seed));
        number
    }
}

fn bytes_of<'a>(bytes: &'a [u8], ends: &[usize], number: u32) -> &'a [u8] {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &bytes[start..ends[number]]
}

/// The error for margins that need more memory than there is for them.
///
/// Of -S 24 MiB go to reading and writing and an eighth of the rest to what vectors hold beyond their lengths; a ranking may
/// take a quarter of what is left, and half of the remainder is for margins: 64/21 times as much, and 24 MiB, is always enough.
pub fn too_little(tokens: u64, needed_bytes: u64) -> Error {
    let enough = (needed_bytes.saturating_mul(64) / 21).div_ceil(1 << 20) + 25;
    Error::Usage(format!(
        "the margins of {tokens} tokens need {needed_bytes} bytes of memory, which is more than -S has for them \
         (-S {enough}M is enough)"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(rows: &[(&[u8], u64)], is_symmetric: bool, limit_bytes: usize) -> (Margins, Result<(), Error>) {
        let orders = "1-3".parse().expect("orders");
        let mut margins = Margins::new(orders, is_symmetric, limit_bytes);
        let mut cursor = Cursor::default();
        for (key, count) in rows {
            cursor.advance(key);
            margins.add(&cursor, *count, &std::env::temp_dir()).expect("added");
        }
        let settled = margins.settle();
        (margins, settled)
    }

    fn of(margins: &mut Margins, keys: &[&[u8]]) -> Vec<Vec<u64>> {
        let mut cursor = Cursor::default();
        let mut all = Vec::new();
        for key in keys {
            cursor.advance(key);
            all.push(margins.of(&cursor).to_vec());
        }
        all
    }

    const ROWS: [(&[u8], u64); 6] =
        [(b"a\0", 9), (b"a\0a\0", 2), (b"a\0a\0b\0", 7), (b"a\0b\0", 3), (b"b\0", 5), (b"b\0a\0", u64::MAX)];

    #[test]
    fn margins_are_by_order_and_place() {
        let (mut margins, settled) = filled(&ROWS, false, 1 << 20);
        settled.expect("room");
        let wanted = [vec![], vec![5, u64::MAX], vec![7, 7, 7], vec![5, 3], vec![], vec![u64::MAX, u64::MAX]];
        assert_eq!(of(&mut margins, &ROWS.map(|(key, _)| key)), wanted);
        assert_eq!(of(&mut margins, &[b"a\0c\0"]), [[5, 0]], "no such token");
    }

    #[test]
    fn pairs_without_an_order_have_one_margin_for_both_places() {
        let rows: [(&[u8], u64); 3] = [(b"a\0a\0", 2), (b"a\0b\0", 3), (b"b\0c\0", 1)];
        let (mut margins, settled) = filled(&rows, true, 1 << 20);
        settled.expect("room");
        assert_eq!(of(&mut margins, &rows.map(|(key, _)| key)), [[7, 7], [7, 4], [4, 1]]);
    }

    #[test]
    fn too_little_memory_says_how_much_is_needed() {
        let needed = filled(&ROWS, false, 1 << 20).0.memory_bytes();
        assert!(filled(&ROWS, false, needed).1.is_ok());
        let (_, settled) = filled(&ROWS, false, needed - 1);
        let what = settled.expect_err("no room").to_string();
        assert!(what.contains(&format!("margins of 2 tokens need {needed} bytes")), "{what}");
    }
}
