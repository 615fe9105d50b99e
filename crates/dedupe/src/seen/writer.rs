//! Writes a file of seen keys.

use textcore::{Error, Output};
use xxhash_rust::xxh3::Xxh3;

use super::number::Number;
use super::parameters::Parameters;
use super::rice;

/// How many keys a block holds at most.
pub const BLOCK_KEYS: usize = 4096;

/// Writes ascending keys.
///
/// The first line says what they are: `#sluice dedupe seen 1 {"hash":"xxh3","key_bits":128}`. Then come blocks of up to
/// 4096 keys: their number (32 bits, as all numbers with the lowest byte first), how many low bits of a step are written
/// as they are (8), the length of the code in bytes (32), the code of Golomb and Rice. Keys are hashes: nothing but their
/// order can be saved on, and the code saves all of that but for a tenth of a byte. A block of no keys is followed by
/// the number of all keys (64) and XXH3-64 of every byte before it.
pub struct SeenWriter<O> {
    out: O,
    hasher: Box<Xxh3>,
    block: Block,
    previous: Option<u128>,
    count: u64,
}

/// Keys that wait for their block, and room for its bytes.
#[derive(Default)]
struct Block {
    keys: Vec<u128>,
    bytes: Vec<u8>,
}

impl<O: Output> SeenWriter<O> {
    /// Writes the first line.
    ///
    /// # Errors
    /// What the output says.
    pub fn new(parameters: &Parameters, out: O) -> Result<Self, Error> {
        let hasher = Box::default();
        let mut writer = SeenWriter { out, hasher, block: Block::default(), previous: None, count: 0 };
        writer.put(parameters.head().as_bytes())?;
        Ok(writer)
    }

    /// Adds a key that is larger than all before; the same again is no harm.
    ///
    /// # Errors
    /// What the output says.
    pub fn push<N: Number>(&mut self, key: N) -> Result<(), Error> {
        let key = key.to_wide();
        let last = self.block.keys.last().copied().or(self.previous);
        if last == Some(key) {
            return Ok(());
        }
        debug_assert!(last < Some(key), "keys ascend");
        self.block.keys.push(key);
        if self.block.keys.len() == BLOCK_KEYS { self.write_block() } else { Ok(()) }
    }

    /// Writes what is left, and the end; gives the output back, and how many keys were written.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(mut self) -> Result<(O, u64), Error> {
        if !self.block.keys.is_empty() {
            self.write_block()?;
        }
        self.put(&0u32.to_le_bytes())?;
        self.put(&self.count.to_le_bytes())?;
        let checksum = self.hasher.digest();
        self.put(&checksum.to_le_bytes())?;
        Ok((self.out, self.count))
    }

    fn write_block(&mut self) -> Result<(), Error> {
        let Block { mut keys, mut bytes } = std::mem::take(&mut self.block);
        let last = keys.last().copied();
        let low_bits = rice::low_bits(last.unwrap_or(0) - self.previous.unwrap_or(0), keys.len());
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
        bytes.clear();
        bytes.extend_from_slice(&length(keys.len()));
        bytes.push(low_bits as u8);
        bytes.extend_from_slice(&[0; 4]);
        let head = bytes.len();
        rice::encode(&keys, self.previous, low_bits, &mut bytes);
        let code = length(bytes.len() - head);
        bytes[head - 4..head].copy_from_slice(&code);
        self.put(&bytes)?;
        self.count += keys.len() as u64;
        self.previous = last;
        keys.clear();
        self.block = Block { keys, bytes };
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hasher.update(bytes);
        self.out.put(bytes)
    }
}
