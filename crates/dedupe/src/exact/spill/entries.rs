//! Partitions of keys: what is written of each record, and how it is read back.

use std::marker::PhantomData;

use textcore::Error;

use crate::exact::group::{Group, Member};
use crate::exact::streams::{Cursor, Entry, StreamId, Streams, take_number};
use crate::exact::table::TableKey;

/// A stream of entries for each value of some bits of the key.
#[derive(Debug)]
pub(super) struct Partitions<K> {
    each: Vec<Partition>,
    /// Below the bits that choose the partition.
    shift: u32,
    key: PhantomData<K>,
}

/// The entries of one partition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Partition {
    pub stream: StreamId,
    /// So many entries come first that nobody asks about.
    pub learned: u64,
    last_ordinal: u64,
}

impl<K: TableKey> Partitions<K> {
    /// So many partitions (a power of two) by the bits that `depth` such choices have left, from the lowest on.
    pub fn new(streams: &mut Streams, partitions: usize, depth: u32) -> Self {
        let each = (0..partitions)
            .map(|_| Partition { stream: streams.begin(), learned: 0, last_ordinal: 0 })
            .collect();
        Partitions { each, shift: partitions.ilog2() * depth, key: PhantomData }
    }

    pub fn iter(&self) -> impl Iterator<Item = Partition> + '_ {
        self.each.iter().copied()
    }

    /// Which partition a key belongs to.
    #[inline]
    pub fn index(&self, key: K) -> usize {
        key.bits_from(self.shift.min(K::BITS - 1)) & (self.each.len() - 1)
    }

    pub fn learn<G: Group>(&mut self, streams: &mut Streams, key: K, member: Member) -> Result<(), Error> {
        let partition = self.push::<G>(streams, key, member)?;
        self.each[partition].learned += 1;
        Ok(())
    }

    /// Adds an entry and says to which partition.
    #[inline]
    pub fn push<G: Group>(&mut self, streams: &mut Streams, key: K, member: Member) -> Result<usize, Error> {
        let index = self.index(key);
        let partition = &mut self.each[index];
        let mut entry = Entry::default();
        entry.bytes(key.to_bytes().as_ref());
        if G::HAS_ORDINALS {
            entry.number(member.ordinal.saturating_sub(partition.last_ordinal));
            entry.number(member.length);
            partition.last_ordinal = member.ordinal;
        }
        streams.push(partition.stream, entry.as_bytes())?;
        Ok(index)
    }
}

/// Reads entries, block by block.
#[derive(Debug)]
pub(super) struct Entries<K> {
    cursor: Cursor,
    last_ordinal: u64,
    /// So many of the next entries are only learned.
    learned: u64,
    pub keys: Vec<K>,
    /// As many as keys.
    pub members: Vec<Member>,
}

impl<K: TableKey> Entries<K> {
    pub fn new(streams: &mut Streams, partition: Partition, is_last_use: bool) -> Self {
        Entries {
            cursor: streams.read(partition.stream, is_last_use),
            last_ordinal: 0,
            learned: partition.learned,
            keys: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Reads the entries of the next block; false at the end.
    pub fn next<G: Group>(&mut self, streams: &mut Streams) -> Result<bool, Error> {
        self.keys.clear();
        self.members.clear();
        let Some(mut block) = streams.next_block(&mut self.cursor)? else { return Ok(false) };
        while let Some((key, rest)) = K::from_bytes(block) {
            block = rest;
            self.keys.push(key);
            let mut member = Member { is_learned: self.learned > 0, ..Member::default() };
            self.learned = self.learned.saturating_sub(1);
            if G::HAS_ORDINALS {
                self.last_ordinal += take_number(&mut block);
                member.ordinal = self.last_ordinal;
                member.length = take_number(&mut block);
            }
            self.members.push(member);
        }
        Ok(true)
    }
}
