//! The dictionary of Han and Kana: a trie of UTF-16 code units.
//!
//! The form is that of ICU's UCharsTrie. The lead unit of a node says whether a word ends before it, and what
//! follows: a branch (below 0x30, how many units it has) or a line of 1 to 16 units (0x30 to 0x3F). A branch is a
//! binary search over distances, down to five units, which are listed.

use crate::cluster::Class;
use crate::walk::{Lexicon, Step};

/// The first lead of a line, which has one unit.
const LINE: u16 = 0x30;
/// The first lead of a node with a value.
const VALUE: u16 = 0x40;
/// The bits of a lead beside those of its value.
const KIND: u16 = VALUE - 1;
/// The bit of a lead with which the words end.
const FINAL: u16 = 0x8000;
/// As many units of a branch, or fewer, are listed.
const LISTED_MAX: usize = 5;
/// The lowest unit that [`Units::first`] has.
const LOWEST: u16 = 0x2E80;

/// The words of Han and Kana.
#[derive(Debug)]
pub(crate) struct Units {
    trie: Trie,
    /// What each unit from [`LOWEST`] on leads to, alone.
    first: Box<[Packed]>,
}

/// A place in the trie: the lead of a node, or a unit of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    place: u32,
    /// Units of the line that are left; 0 at a lead.
    line: u8,
}

/// A step to a lead, in four bytes: of 52,000 units, those of a text should stay in the cache.
#[derive(Debug, Clone, Copy)]
struct Packed(u32);

impl Packed {
    const NOWHERE: Packed = Packed(0);
    const WORD: u32 = 1 << 31;
    const GOES_ON: u32 = 1 << 30;

    fn new(step: Step<Node>) -> Self {
        let word = if step.is_word { Packed::WORD } else { 0 };
        let goes_on = if step.goes_on { Packed::GOES_ON } else { 0 };
        Packed(step.node.place | word | goes_on)
    }

    #[inline(always)]
    fn step(self) -> Step<Node> {
        Step {
            node: Node { place: self.0 & (Packed::GOES_ON - 1), line: 0 },
            is_word: self.0 & Packed::WORD != 0,
            goes_on: self.0 & Packed::GOES_ON != 0,
        }
    }
}

impl Units {
    /// A dictionary of units in little-endian order.
    pub(crate) fn new(bytes: &'static [u8]) -> Self {
        let trie = Trie { units: bytes.as_chunks().0 };
        let mut first = vec![Packed::NOWHERE; usize::from(u16::MAX - LOWEST) + 1].into_boxed_slice();
        trie.for_each_first(&mut |unit, place| {
            if let Some(step) = unit.checked_sub(LOWEST).and_then(|number| first.get_mut(usize::from(number)))
            {
                *step = Packed::new(trie.at_lead(place));
            }
        });
        Units { trie, first }
    }

    #[inline(always)]
    fn first_unit(&self, unit: u16) -> Step<Node> {
        unit.checked_sub(LOWEST).map_or(NOWHERE, |number| self.first[usize::from(number)].step())
    }
}

impl Lexicon for Units {
    type Node = Node;
    type Letter = u32;

    #[inline(always)]
    fn read(&self, piece: &[u8], at: usize) -> (u32, usize) {
        // All characters of these scripts take three bytes or four.
        let [first, second, third] = [piece[at], piece[at + 1], piece[at + 2]].map(u32::from);
        let code = (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F;
        if first < 0xF0 { (code, 3) } else { (code << 6 & 0x1F_FFFF | u32::from(piece[at + 3]) & 0x3F, 4) }
    }

    #[inline(always)]
    fn class(&self, letter: u32) -> Class {
        if letter < 0x1_0000 { Class::Other } else { Class::of(letter) }
    }

    #[inline(always)]
    fn first(&self, letter: u32) -> Step<Node> {
        match u16::try_from(letter) {
            Ok(unit) => self.first_unit(unit),
            Err(_) => {
                let [high, low] = surrogates(letter);
                let step = self.first_unit(high);
                if step.goes_on { self.trie.next(step.node, low) } else { NOWHERE }
            }
        }
    }

    #[inline(always)]
    fn next(&self, node: Node, letter: u32) -> Step<Node> {
        match u16::try_from(letter) {
            Ok(unit) => self.trie.next(node, unit),
            Err(_) => {
                let [high, low] = surrogates(letter);
                let step = self.trie.next(node, high);
                if step.goes_on { self.trie.next(step.node, low) } else { NOWHERE }
            }
        }
    }
}

fn surrogates(letter: u32) -> [u16; 2] {
    [0xD7C0 + (letter >> 10) as u16, 0xDC00 | (letter & 0x3FF) as u16]
}

const NOWHERE: Step<Node> = Step { node: Node { place: 0, line: 0 }, is_word: false, goes_on: false };

#[derive(Debug, Clone, Copy)]
struct Trie {
    units: &'static [[u8; 2]],
}

impl Trie {
    #[inline(always)]
    fn unit(&self, place: usize) -> u16 {
        u16::from_le_bytes(self.units[place])
    }

    /// Where a unit leads from a place where words go on.
    #[inline]
    fn next(&self, node: Node, unit: u16) -> Step<Node> {
        let mut place = node.place as usize;
        let mut line = node.line;
        if line == 0 {
            let mut lead = self.unit(place);
            place += 1;
            if lead >= VALUE {
                place += further_units_of_inner(lead);
                lead &= KIND;
            }
            if lead < LINE {
                return self.branch(place, lead, unit).map_or(NOWHERE, |place| self.at_lead(place));
            }
            line = (lead - LINE) as u8 + 1;
        }
        if self.unit(place) != unit {
            NOWHERE
        } else if line > 1 {
            Step { node: Node { place: place as u32 + 1, line: line - 1 }, is_word: false, goes_on: true }
        } else {
            self.at_lead(place + 1)
        }
    }

    #[inline(always)]
    fn at_lead(&self, place: usize) -> Step<Node> {
        let lead = self.unit(place);
        let node = Node { place: place as u32, line: 0 };
        Step { node, is_word: lead >= VALUE, goes_on: lead & FINAL == 0 }
    }

    /// The lead that a unit of a branch leads to.
    #[inline]
    fn branch(&self, place: usize, lead: u16, unit: u16) -> Option<usize> {
        let (mut place, mut length) = self.branch_length(place, lead);
        while length > LISTED_MAX {
            let (less, rest) = self.fork(place + 1);
            (place, length) =
                if unit < self.unit(place) { (less, length >> 1) } else { (rest, length - (length >> 1)) };
        }
        for left in (1..=length).rev() {
            let (target, after) = self.listed(place + 1, left == 1);
            if self.unit(place) == unit {
                return Some(target);
            }
            place = after;
        }
        None
    }

    /// Where the units of a branch begin, and how many they are.
    #[inline(always)]
    fn branch_length(&self, place: usize, lead: u16) -> (usize, usize) {
        if lead == 0 {
            (place + 1, usize::from(self.unit(place)) + 1)
        } else {
            (place, usize::from(lead) + 1)
        }
    }

    /// Where the two halves of a branch begin, by the distance at `place`.
    #[inline(always)]
    fn fork(&self, place: usize) -> (usize, usize) {
        let lead = self.unit(place);
        let (distance, rest) = match lead {
            0..0xFC00 => (usize::from(lead), place + 1),
            0xFC00..=0xFFFE => {
                (usize::from(lead - 0xFC00) << 16 | usize::from(self.unit(place + 1)), place + 2)
            }
            _ => (usize::from(self.unit(place + 1)) << 16 | usize::from(self.unit(place + 2)), place + 3),
        };
        (rest + distance, rest)
    }

    /// Where a listed unit leads, whose value or distance is at `place`, and where the next one is listed.
    #[inline(always)]
    fn listed(&self, place: usize, is_last: bool) -> (usize, usize) {
        if is_last {
            return (place, place);
        }
        let lead = self.unit(place);
        let number = lead & !FINAL;
        let (distance, after) = match number {
            0..0x4000 => (usize::from(number), place + 1),
            0x4000..0x7FFF => {
                (usize::from(number - 0x4000) << 16 | usize::from(self.unit(place + 1)), place + 2)
            }
            _ => (usize::from(self.unit(place + 1)) << 16 | usize::from(self.unit(place + 2)), place + 3),
        };
        (if lead & FINAL != 0 { place } else { after + distance }, after)
    }

    /// Every first unit of a word, and the lead it leads to; the root is a branch.
    fn for_each_first(&self, receive: &mut impl FnMut(u16, usize)) {
        let lead = self.unit(0);
        assert!(lead < LINE, "more than one unit begins a word");
        let (place, length) = self.branch_length(1, lead);
        self.for_each_of_branch(place, length, receive);
    }

    fn for_each_of_branch(&self, mut place: usize, mut length: usize, receive: &mut impl FnMut(u16, usize)) {
        while length > LISTED_MAX {
            let (less, rest) = self.fork(place + 1);
            self.for_each_of_branch(less, length >> 1, receive);
            (place, length) = (rest, length - (length >> 1));
        }
        for left in (1..=length).rev() {
            let (target, after) = self.listed(place + 1, left == 1);
            receive(self.unit(place), target);
            place = after;
        }
    }
}

/// How many units the value of a node takes beside its lead, where words go on after it.
#[inline(always)]
fn further_units_of_inner(lead: u16) -> usize {
    match lead {
        ..0x4040 => 0,
        0x4040..0x7FC0 => 1,
        _ => 2,
    }
}
