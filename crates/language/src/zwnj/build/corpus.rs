//! Texts as rows of numbered words, with the ZWNJ that their authors wrote.

use std::collections::HashMap;

use super::super::phrase::{Block, Blocks, Word};
use super::affixes::Affixes;

/// A word by number and where it is divided: bit n stands for a ZWNJ after n letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) word: u32,
    pub(super) zwnj: u64,
    /// A space before it stands where a ZWNJ could not: it is no example for anything.
    pub(super) doubtful: bool,
}

/// Letters of words by number.
#[derive(Default)]
pub(super) struct Words {
    numbers: HashMap<Box<[u8]>, u32>,
    letters: Vec<Box<[u8]>>,
}

impl Words {
    /// The number of a word; 0 is no word.
    pub(super) fn number(&mut self, codes: &[u8]) -> u32 {
        if let Some(&number) = self.numbers.get(codes) {
            return number;
        }
        if self.letters.is_empty() {
            self.letters.push(Box::default());
            self.numbers.insert(Box::default(), 0);
        }
        if codes.is_empty() {
            return 0;
        }
        let number = self.letters.len() as u32;
        self.letters.push(codes.into());
        self.numbers.insert(codes.into(), number);
        number
    }

    pub(super) fn find(&self, codes: &[u8]) -> Option<u32> {
        self.numbers.get(codes).copied()
    }

    pub(super) fn codes(&self, number: u32) -> &[u8] {
        &self.letters[number as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }
}

/// Words in a row, and how much one of them counts.
pub(super) struct Row {
    pub(super) tokens: Vec<Token>,
    /// For places inside words.
    pub(super) insert_weight: f32,
    /// For spaces.
    pub(super) join_weight: f32,
}

/// The rows of one text.
pub(super) struct Text {
    pub(super) rows: Vec<Row>,
}

/// How many lines before and after one say whether its author takes care.
const NEAR_LINES: usize = 3;

/// Reads a text; a ZWNJ after a letter that does not join counts as none. Lines count by the care that was taken around
/// them: a writer who puts a space or nothing where all agree that a ZWNJ belongs is no witness for what is in doubt.
pub(super) fn read_text(bytes: &[u8], weights: (f32, f32), words: &mut Words, affixes: &Affixes) -> Text {
    let mut lines: Vec<(Vec<Vec<Token>>, Care)> = Vec::new();
    let mut room = Block::default();
    for line in bytes.split(|&byte| byte == b'\n') {
        let (mut phrases, mut care) = (Vec::new(), Care::default());
        let mut blocks = Blocks::new(line);
        while blocks.read(&mut room) {
            care.observe(&room, affixes);
            phrases.push(healed(&room, words, affixes));
        }
        lines.push((phrases, care));
    }
    let cares: Vec<Care> = lines.iter().map(|(_, care)| *care).collect();
    let mut rows = Vec::new();
    for (at, (phrases, _)) in lines.into_iter().enumerate() {
        let near = &cares[at.saturating_sub(NEAR_LINES)..(at + NEAR_LINES + 1).min(cares.len())];
        let taken: usize = near.iter().map(|care| care.taken).sum();
        let lacking: usize = near.iter().map(|care| care.lacking).sum();
        let share = (taken as f32 + 1.0) / ((taken + lacking) as f32 + 1.5);
        let (insert_weight, join_weight) = (weights.0 * share * share, weights.1 * share * share);
        rows.extend(phrases.into_iter().map(|tokens| Row { tokens, insert_weight, join_weight }));
    }
    Text { rows }
}

/// How often a writer put a ZWNJ where all agree that one belongs, and how often not.
#[derive(Clone, Copy, Default)]
struct Care {
    taken: usize,
    lacking: usize,
}

impl Care {
    fn observe(&mut self, phrase: &Block, affixes: &Affixes) {
        for (at, word) in phrase.words.iter().enumerate() {
            let codes = phrase.codes_of(word);
            if word.zwnj != 0 {
                self.taken += usize::from(affixes.is_plain_case(codes, word.zwnj));
            } else {
                self.lacking += usize::from(affixes.is_progressive(codes));
            }
            if let Some(next) = phrase.words.get(at + 1) {
                self.lacking += usize::from(affixes.belong_together(codes, phrase.codes_of(next)));
            }
        }
    }
}

/// The words of a phrase, with affixes that stand alone put back to their words: «می کند» was meant as «می‌کند».
fn healed(phrase: &Block, words: &mut Words, affixes: &Affixes) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(phrase.words.len());
    let mut codes: Vec<u8> = Vec::new();
    let mut open: Option<(usize, u64)> = None; // letters so far, their ZWNJ
    let mut doubtful = false;
    let mut last: Option<Word> = None;
    for word in &phrase.words {
        let own = phrase.codes_of(word);
        let zwnj = word.zwnj & word.places();
        if let (Some((length, mask)), Some(before)) = (open, last) {
            let left = phrase.codes_of(&before);
            if before.length > 0 && word.length > 0 && affixes.belong_together(left, own) {
                if before.joins_next() && length + own.len() <= 40 {
                    codes.extend_from_slice(own);
                    open = Some((length + own.len(), mask | 1 << length | zwnj << length));
                    last = Some(*word);
                    continue;
                }
                tokens.push(Token { word: words.number(&codes), zwnj: mask, doubtful });
                doubtful = true;
            } else {
                tokens.push(Token { word: words.number(&codes), zwnj: mask, doubtful });
                doubtful = false;
            }
        }
        codes.clear();
        codes.extend_from_slice(own);
        open = Some((own.len(), zwnj));
        last = Some(*word);
    }
    if let Some((_, mask)) = open {
        tokens.push(Token { word: words.number(&codes), zwnj: mask, doubtful });
    }
    tokens
}
