//! The order of the entries: by eight bytes of the key at a time, each read from the arena once.

use super::arena::Arena;
use super::hash;
use super::table::Entry;
use std::hint::black_box;

const WORD: usize = 8;
/// From this many bytes on, or for this few entries, whole keys are compared.
const DEPTH_MAX: usize = 64 * WORD;
const FEW: usize = 8;
/// How many entries' keys are read ahead.
const AHEAD: usize = 128;

/// Sorts entries by key, bytewise. The words of short keys are their bytes afterwards, those of others scratch.
pub(super) fn sort(entries: &mut [Entry], arena: &Arena) {
    for entry in entries.iter_mut() {
        entry.word = match entry.place.length_in_entry() {
            Some(_) => hash::unmix(u64::from_le_bytes(entry.word)).to_le_bytes(),
            None => word(arena.get(entry.place), 0),
        };
    }
    sort_from(entries, arena, 0);
}

/// Sorts entries that agree up to `depth` and hold the word that begins there.
fn sort_from(entries: &mut [Entry], arena: &Arena, depth: usize) {
    entries.sort_unstable_by_key(order);
    let mut start = 0;
    let mut touched = 0;
    while start < entries.len() {
        let word = entries[start].word;
        let length = entries[start..].iter().take_while(|entry| entry.word == word).count();
        if length > 1 {
            if start + length > touched {
                touched = entries.len().min(start + AHEAD);
                touch_repeated(&entries[start..touched], arena, depth + WORD);
            }
            sort_group(&mut entries[start..start + length], arena, depth);
        }
        start += length;
    }
}

/// Reads the next word of the entries that share this one with a neighbour. The keys lie scattered: reads that do not
/// wait for one another overlap, which those of comparisons hardly do.
fn touch_repeated(entries: &[Entry], arena: &Arena, at: usize) {
    let repeated = entries.windows(2).filter(|pair| pair[0].word == pair[1].word);
    let touch = |entry: &Entry| arena.touch(entry.place, at);
    black_box(repeated.fold(0, |sum, pair| sum ^ touch(&pair[0]) ^ touch(&pair[1])));
}

/// Sorts entries that agree in their words too, or would, if those that end were filled up with noughts.
fn sort_group(group: &mut [Entry], arena: &Arena, depth: usize) {
    let length =
        |entry: &Entry| entry.place.length_in_entry().unwrap_or_else(|| arena.get(entry.place).len());
    let end = depth + WORD;
    // Of those that end within this word the shorter is the lesser, and all of them come before the longer ones.
    group.sort_unstable_by_key(|entry| length(entry).min(end + 1));
    let ending = group.partition_point(|entry| length(entry) <= end);
    let longer = &mut group[ending..];
    if longer.len() < 2 {
        return;
    }
    if longer.len() <= FEW || end >= DEPTH_MAX {
        return longer
            .sort_unstable_by(|one, other| arena.get(one.place)[end..].cmp(&arena.get(other.place)[end..]));
    }
    for entry in longer.iter_mut() {
        entry.word = word(arena.get(entry.place), end);
    }
    sort_from(longer, arena, end);
}

fn order(entry: &Entry) -> u64 {
    u64::from_be_bytes(entry.word)
}

/// The bytes of a key from `at` on, filled up with noughts.
#[inline]
fn word(key: &[u8], at: usize) -> [u8; WORD] {
    let rest = &key[at..];
    rest.first_chunk().copied().unwrap_or_else(|| hash::short_number(rest).to_le_bytes())
}
