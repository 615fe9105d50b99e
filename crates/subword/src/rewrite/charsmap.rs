//! The mappings in a SentencePiece model: `precompiled_charsmap`, a double-array trie and the texts it leads to.
//!
//! The format: the size of the trie in bytes (32 bits, little-endian), the units of the trie (32 bits each), and
//! texts that end in NUL. A unit holds a label in its low byte, bit 8 says that a value hangs below, and bits 9 to
//! 31 are the way to its children (Darts-clone).

/// What texts become.
#[derive(Debug)]
pub(crate) struct Charsmap {
    units: Vec<u32>,
    texts: Vec<u8>,
}

impl Charsmap {
    /// Read the format; says what is wrong with it.
    pub(crate) fn new(bytes: &[u8]) -> Result<Charsmap, &'static str> {
        let Some((size, rest)) = bytes.split_first_chunk::<4>() else { return Err("it has no size") };
        let size = u32::from_le_bytes(*size) as usize;
        let Some((trie, texts)) = rest.split_at_checked(size) else { return Err("it is cut short") };
        let (units, []) = trie.as_chunks::<4>() else { return Err("its trie is not of whole units") };
        if units.is_empty() {
            return Err("its trie is empty");
        }
        if std::str::from_utf8(texts).is_err() {
            return Err("its texts are not UTF-8");
        }
        Ok(Charsmap {
            units: units.iter().map(|unit| u32::from_le_bytes(*unit)).collect(),
            texts: texts.to_vec(),
        })
    }

    /// What the shortest beginning of a text that is mapped becomes. (That the rest is not looked at is how the
    /// library does it.)
    pub(crate) fn get(&self, text: &[u8]) -> Option<&[u8]> {
        let mut place = offset(self.units[0]);
        for &byte in text.iter().take_while(|&&byte| byte != 0) {
            place ^= usize::from(byte);
            let unit = *self.units.get(place)?;
            if unit & (1 << 31 | 0xFF) != u32::from(byte) {
                return None;
            }
            place ^= offset(unit);
            if unit >> 8 & 1 == 1 {
                let start = (*self.units.get(place)? & !(1 << 31)) as usize;
                let rest = self.texts.get(start..)?;
                return Some(rest.split(|&byte| byte == 0).next().unwrap_or(rest));
            }
        }
        None
    }
}

fn offset(unit: u32) -> usize {
    ((unit >> 10) as usize) << ((unit & 1 << 9) >> 6)
}
