//! Unigram: of all ways to make a text of pieces, the one whose scores sum to the most.

mod trie;

use unicode::utf8;

use crate::vocabulary::Vocabulary;
use trie::Trie;

/// A unigram model: a piece's id is its place in the list.
#[derive(Debug)]
pub(crate) struct Unigram {
    pub(crate) vocabulary: Vocabulary,
    trie: Trie,
    scores: Vec<f64>,
    unknown: Option<u32>,
    unknown_score: f64,
    /// Ids of the bytes of what is unknown.
    bytes: Option<Box<[Option<u32>; 256]>>,
}

/// How much worse than the worst piece an unknown character is.
const UNKNOWN_PENALTY: f64 = 10.0;
/// After so many bytes, what is certain is told: what a word of any length costs in memory.
const WINDOW_BYTES: usize = 1 << 13;
const UNREACHED: u32 = u32::MAX;
/// No piece: stands for an unknown character where the model has no piece for it.
const NO_PIECE: u32 = u32::MAX;

/// The best way to a place.
#[derive(Debug, Clone, Copy)]
struct Node {
    score: f64,
    id: u32,
    /// Where the last piece begins, from the beginning of the window.
    start: u32,
}

const NODE: Node = Node { score: 0.0, id: NO_PIECE, start: UNREACHED };

/// The room to search in.
#[derive(Debug, Default)]
pub(crate) struct Work {
    nodes: Vec<Node>,
    path: Vec<(u32, usize)>,
    open: Vec<usize>,
}

impl Unigram {
    pub(crate) fn new(
        vocabulary: Vocabulary,
        scores: Vec<f64>,
        unknown: Option<u32>,
        bytes: Option<Box<[Option<u32>; 256]>>,
    ) -> Unigram {
        let trie = Trie::new(vocabulary.iter());
        let worst = scores.iter().copied().fold(f64::INFINITY, f64::min);
        Unigram { vocabulary, trie, scores, unknown, unknown_score: worst - UNKNOWN_PENALTY, bytes }
    }

    /// The id of each piece and where it ends.
    pub(crate) fn encode(&self, work: &mut Work, word: &[u8], mut receive: impl FnMut(u32, usize)) {
        let mut teller = Teller { model: self, word, done: 0, unknown_from: None };
        work.nodes.clear();
        work.nodes.push(Node { start: 0, ..NODE });
        // Nodes are those of `base` and after; nothing before it is open.
        let (mut base, mut at, mut certain_at) = (0, 0, WINDOW_BYTES);
        while at < word.len() {
            at += self.extend(work, word, base, at);
            if at - base >= certain_at || at == word.len() {
                let until = if at == word.len() { at } else { base + work.common(at - base) };
                work.trace(until - base);
                for index in (0..work.path.len()).rev() {
                    let (id, end) = work.path[index];
                    teller.tell(id, base + end, &mut receive);
                }
                work.nodes.drain(..until - base);
                work.rebase(until - base);
                base = until;
                certain_at = (at - base) + WINDOW_BYTES.max(at - base);
            }
        }
        teller.finish(&mut receive);
    }

    /// Try every piece that begins at a place; the length of the character there.
    fn extend(&self, work: &mut Work, word: &[u8], base: usize, at: usize) -> usize {
        let length = utf8::decode(&word[at..]).1;
        let from = at - base;
        let so_far = work.nodes[from].score;
        let mut has_single = false;
        self.trie.prefixes(&word[at..], |id, size| {
            has_single |= size == length;
            let score = self.scores.get(id as usize).copied().unwrap_or(0.0);
            work.reach(from, size, id, score + so_far);
        });
        if !has_single {
            let id = self.unknown.unwrap_or(NO_PIECE);
            work.reach(from, length, id, self.unknown_score + so_far);
        }
        length
    }
}

impl Work {
    fn reach(&mut self, from: usize, size: usize, id: u32, score: f64) {
        let to = from + size;
        if self.nodes.len() <= to {
            self.nodes.resize(to + 1, NODE);
        }
        let node = &mut self.nodes[to];
        if node.start == UNREACHED || score > node.score {
            // A window has less bytes than an index can count.
            *node = Node { score, id, start: from as u32 };
        }
    }

    /// The pieces on the best way to a place, the last first.
    fn trace(&mut self, mut to: usize) {
        self.path.clear();
        while to > 0 {
            let node = self.nodes[to];
            self.path.push((node.id, to));
            to = node.start as usize;
        }
    }

    /// The last place that every way leads through which is still open at `at`.
    fn common(&mut self, at: usize) -> usize {
        self.open.clear();
        self.open.extend((at..self.nodes.len()).filter(|&place| self.nodes[place].start != UNREACHED));
        let mut highest = self.open.iter().copied().max().unwrap_or(0);
        loop {
            let lowest = self.open.iter().copied().min().unwrap_or(0);
            if highest == lowest {
                return lowest;
            }
            for place in &mut self.open {
                while *place > lowest {
                    *place = self.nodes[*place].start as usize;
                }
            }
            highest = self.open.iter().copied().max().unwrap_or(0);
        }
    }

    /// Count places from a later beginning, before which every way is certain.
    fn rebase(&mut self, by: usize) {
        for node in self.nodes.iter_mut().skip(1).filter(|node| node.start != UNREACHED) {
            node.start = (node.start as usize).saturating_sub(by) as u32;
        }
    }
}

/// Tells pieces; unknown characters side by side are one.
struct Teller<'a> {
    model: &'a Unigram,
    word: &'a [u8],
    done: usize,
    unknown_from: Option<usize>,
}

impl Teller<'_> {
    fn tell(&mut self, id: u32, end: usize, receive: &mut impl FnMut(u32, usize)) {
        if id == NO_PIECE || Some(id) == self.model.unknown {
            self.unknown_from.get_or_insert(self.done);
        } else {
            self.finish(receive);
            receive(id, end);
        }
        self.done = end;
    }

    /// A run of unknown characters ends.
    fn finish(&mut self, receive: &mut impl FnMut(u32, usize)) {
        let Some(from) = self.unknown_from.take() else { return };
        let run = &self.word[from..self.done];
        if let Some(id) = self.model.vocabulary.id(run) {
            return receive(id, self.done);
        }
        if let Some(bytes) = &self.model.bytes
            && run.iter().all(|&byte| bytes[usize::from(byte)].is_some())
        {
            for (index, &byte) in run.iter().enumerate() {
                if let Some(id) = bytes[usize::from(byte)] {
                    receive(id, from + index + 1);
                }
            }
        } else if let Some(id) = self.model.unknown {
            receive(id, self.done);
        }
    }
}
