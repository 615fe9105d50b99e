//! What single characters become, looked up by character.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode::Form;

use super::NonJoiner;

/// ZERO WIDTH NON-JOINER, which becomes a space only where that is asked for.
const NON_JOINER: char = '\u{200C}';

/// Characters that become a space, besides line ends and what NFKC makes one.
pub const SPACES: [char; 13] = [
    '\t', '\u{C}',    // FORM FEED
    '\u{61C}',  // ARABIC LETTER MARK
    '\u{1680}', // OGHAM SPACE MARK
    '\u{200B}', // ZERO WIDTH SPACE
    '\u{200E}', // LEFT-TO-RIGHT MARK
    '\u{200F}', // RIGHT-TO-LEFT MARK
    '\u{2028}', // LINE SEPARATOR
    '\u{2029}', // PARAGRAPH SEPARATOR
    '\u{2581}', // LOWER ONE EIGHTH BLOCK, which is a space to SentencePiece's models
    '\u{FEFF}', // ZERO WIDTH NO-BREAK SPACE
    '\u{FFFD}', // REPLACEMENT CHARACTER
    NON_JOINER,
];

/// Ranges of characters that are left out. Of C1, SentencePiece names only two.
pub const CONTROLS: [(char, char); 6] = [
    ('\u{1}', '\u{8}'),
    ('\u{B}', '\u{B}'),
    ('\u{E}', '\u{1F}'),
    ('\u{7F}', '\u{7F}'),
    ('\u{8F}', '\u{8F}'),
    ('\u{9F}', '\u{9F}'),
];

/// A compatibility character that stays: in Japanese the wide tilde is not the narrow one.
const FULLWIDTH_TILDE: char = '\u{FF5E}';

/// Where NFKD changes anything, and of Hangul syllables the first ones, in which each vowel and final stands once.
const RANGES: [(u32, u32); 3] = [(0, 0xAE4B), (0xD7A4, 0x1_FFFF), (0x2_F800, 0x2_FA1F)];

/// The rules, by their places in the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    LineEnd,
    Control,
    Form,
}

/// What there is to know of a character that may be part of a match and not only its beginning.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// What it becomes by itself, if it does not stay: the rule, and a stretch of the table's bytes.
    alone: Option<(Kind, Range<usize>)>,
    /// Its NFKD form if that is one character.
    pub simple: Option<char>,
    /// Whether that may compose with a character before it.
    pub follows: bool,
}

const BLOCK: usize = 64;

/// Facts of characters; those without any start a sequence at most.
pub(super) struct Table {
    /// Block of each 64 code points.
    index: Vec<u16>,
    /// Number of a fact, from 1.
    blocks: Vec<[u16; BLOCK]>,
    facts: Vec<Fact>,
    bytes: Vec<u8>,
}

impl Table {
    pub fn new(non_joiner: NonJoiner) -> Self {
        let mut table = Table {
            index: vec![0; 0x11_0000 / BLOCK],
            blocks: vec![[0; BLOCK]],
            facts: Vec::new(),
            bytes: Vec::new(),
        };
        let followers = table.add_forms();
        for fact in &mut table.facts {
            fact.follows = fact.simple.is_some_and(|simple| followers.contains(&simple));
        }
        for &follower in &followers {
            table.put(follower, Fact { alone: None, simple: Some(follower), follows: true });
        }
        let spaces =
            SPACES.into_iter().filter(|&space| space != NON_JOINER || non_joiner == NonJoiner::Space);
        spaces.for_each(|space| table.add(space, Kind::Space, b" ", None));
        ['\n', '\r'].into_iter().for_each(|end| table.add(end, Kind::LineEnd, b" ", None));
        let controls = CONTROLS.into_iter().flat_map(|(first, last)| first..=last);
        controls.for_each(|control| table.add(control, Kind::Control, b"", None));
        table
    }

    /// The character's fact, if there is one.
    #[inline]
    pub fn get(&self, character: char) -> Option<&Fact> {
        let code = character as usize;
        let number = self.blocks[usize::from(self.index[code / BLOCK])][code % BLOCK];
        self.facts.get(usize::from(number).wrapping_sub(1))
    }

    /// What a character becomes by itself, and the rule.
    pub fn alone(&self, fact: &Fact) -> Option<(Kind, &[u8])> {
        fact.alone.as_ref().map(|(kind, place)| (*kind, &self.bytes[place.clone()]))
    }

    /// Every character with a fact.
    pub fn chars(&self) -> impl Iterator<Item = char> {
        let used = (0..self.index.len()).filter(|&block| self.index[block] != 0);
        let codes = used.flat_map(|block| block * BLOCK..(block + 1) * BLOCK);
        let characters = codes.filter_map(|code| char::from_u32(code as u32));
        characters.filter(|&character| self.get(character).is_some())
    }

    /// Adds what NFKC changes, and gives the characters that may compose with one before them.
    fn add_forms(&mut self) -> BTreeSet<char> {
        let mut followers = BTreeSet::new();
        for (first, last) in RANGES {
            for block in (first..=last).step_by(BLOCK) {
                let characters: String =
                    (block..last.min(block + BLOCK as u32 - 1) + 1).filter_map(char::from_u32).collect();
                if !Form::Nfkd.is_normalized(characters.as_bytes()) {
                    characters.chars().for_each(|character| self.add_form(character, &mut followers));
                }
            }
        }
        followers
    }

    fn add_form(&mut self, character: char, followers: &mut BTreeSet<char>) {
        let mut buffer = [0; 4];
        let itself = character.encode_utf8(&mut buffer).as_bytes();
        if Form::Nfkd.is_normalized(itself) || character == FULLWIDTH_TILDE {
            return;
        }
        let (mut nfkc, mut nfkd) = (Vec::new(), Vec::new());
        Form::Nfkc.normalize_into(itself, &mut nfkc);
        Form::Nfkd.normalize_into(itself, &mut nfkd);
        let parts: Vec<char> = String::from_utf8_lossy(&nfkd).chars().collect();
        match parts[..] {
            [simple] => self.add(character, Kind::Form, &nfkc, Some(simple)),
            _ if nfkc != itself => self.add(character, Kind::Form, &nfkc, None),
            [_, ref later @ ..] => followers.extend(later),
            [] => {}
        }
    }

    fn add(&mut self, character: char, kind: Kind, with: &[u8], simple: Option<char>) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(with);
        self.put(character, Fact { alone: Some((kind, start..self.bytes.len())), simple, follows: false });
    }

    fn put(&mut self, character: char, fact: Fact) {
        let (block, place) = (character as usize / BLOCK, character as usize % BLOCK);
        if self.index[block] == 0 {
            self.index[block] = self.blocks.len() as u16;
            self.blocks.push([0; BLOCK]);
        }
        self.facts.push(fact);
        self.blocks[usize::from(self.index[block])][place] = self.facts.len() as u16;
    }
}
