//! Byte strings side by side in blocks: what is there never moves, and no growth doubles the memory.

/// Where a text lies.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    block: u32,
    start: u32,
    length: u32,
}

/// A store of texts of less than 4 GiB each.
#[derive(Debug)]
pub struct Texts {
    blocks: Vec<Vec<u8>>,
    block_bytes: usize,
    bytes: usize,
}

impl Texts {
    /// A store that takes memory by blocks of so many bytes; a longer text has a block of its own.
    pub fn new(block_bytes: usize) -> Self {
        Texts { blocks: Vec::new(), block_bytes: block_bytes.clamp(1, 1 << 30), bytes: 0 }
    }

    /// How many bytes one more text would take.
    pub fn cost_bytes(&self, text: &[u8]) -> usize {
        if self.has_room(text) { 0 } else { self.block_bytes.max(text.len()) }
    }

    /// Bytes of all blocks.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a text; `None` if it is too long, or there are too many.
    pub fn push(&mut self, text: &[u8]) -> Option<Span> {
        let length = u32::try_from(text.len()).ok()?;
        if !self.has_room(text) {
            self.bytes += self.cost_bytes(text);
            self.blocks.push(Vec::with_capacity(self.block_bytes.max(text.len())));
        }
        let block = u32::try_from(self.blocks.len() - 1).ok()?;
        let last = self.blocks.last_mut()?;
        let start = u32::try_from(last.len()).ok()?;
        last.extend_from_slice(text);
        Some(Span { block, start, length })
    }

    /// The text that was added.
    pub fn get(&self, span: Span) -> &[u8] {
        &self.blocks[span.block as usize][span.start as usize..][..span.length as usize]
    }

    fn has_room(&self, text: &[u8]) -> bool {
        self.blocks.last().is_some_and(|last| last.capacity() - last.len() >= text.len())
    }
}
