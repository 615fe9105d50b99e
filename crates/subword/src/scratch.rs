//! What one worker needs to encode: room that is reused, and words that it remembers.

use crate::bpe;
use crate::cache::Cache;
use crate::span::Buffer;
use crate::unigram;

/// The room in which one worker encodes; it serves any model, one at a time.
///
/// It holds at most 4 MiB of words that came before and their pieces, and buffers of at most 2 MiB a stage; a
/// longer text takes more, and what it took is given back after it.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) parts: Parts,
    pub(crate) buffers: Vec<Buffer>,
    /// The model whose words are remembered.
    owner: u64,
}

/// What encoding words needs.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) cache: Cache,
    pub(crate) bpe: bpe::Work,
    pub(crate) unigram: unigram::Work,
    pub(crate) word_piece: Vec<(u32, usize)>,
    pub(crate) pieces: Vec<(u32, usize)>,
}

impl Scratch {
    /// Make ready for a model: what was remembered for another is forgotten.
    pub(crate) fn prepare(&mut self, owner: u64, buffers: usize) {
        if self.owner != owner {
            self.parts.cache = Cache::default();
            self.owner = owner;
        }
        if self.buffers.len() < buffers {
            self.buffers.resize_with(buffers, Buffer::default);
        }
    }
}
