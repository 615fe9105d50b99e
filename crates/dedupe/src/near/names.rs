//! The ids of documents, side by side.

/// Ids, numbered from 0.
#[derive(Debug)]
pub struct Names {
    bytes: Vec<u8>,
    ends: Vec<u64>,
    is_kept: bool,
}

impl Names {
    /// No ids yet; if they are not to be kept, every id is empty.
    pub fn new(is_kept: bool) -> Self {
        Names { bytes: Vec::new(), ends: Vec::new(), is_kept }
    }

    /// Adds an id.
    pub fn push(&mut self, name: &[u8]) {
        if self.is_kept {
            self.bytes.extend_from_slice(name);
            self.ends.push(self.bytes.len() as u64);
        }
    }

    /// The id of a number.
    pub fn get(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let Some(&end) = self.ends.get(number) else { return b"" };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..end as usize]
    }

    /// Bytes of memory.
    pub fn memory_bytes(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity() * size_of::<u64>()
    }
}
