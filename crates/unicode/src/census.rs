//! A census of code points: how often each one stands in a text. Scripts, categories, and every question about single characters
//! are answered by it.

use std::collections::BTreeMap;

use crate::lanes;
use crate::utf8;

/// What a census keeps lies in pages of so many code points.
const PAGE: usize = 64;
/// Code points of three and four bytes are counted in blocks of so many.
const BLOCK: usize = 256;
const BLOCKS: usize = 0x11_0000 / BLOCK;
/// Bytes that are looked at together.
const RUN: usize = 64;
/// A run, and the rest of the last character that begins in it.
const WINDOW: usize = RUN + 3;
/// Runs of ASCII are counted in so many banks, of which the sum is meant: neighbours are counted in turn in one and the
/// other, so that no addition waits for the one before it.
const BANKS: usize = 4;
/// One or two bytes write the code points below this.
const NARROW: usize = 0x800;

type Page = [u64; PAGE];

/// How often each code point was seen; what was seen lies together, in memory that follows what the text uses.
///
/// ```
/// use unicode::census::{Census, Counter};
///
/// let mut counter = Counter::new();
/// counter.count("سلام ali\u{FFFD}".as_bytes());
/// counter.count(b"\xFF\xE2\x80");
/// let census: Census = counter.take();
/// assert_eq!((census.of('ل'), census.of('a'), census.of('\u{FFFD}')), (1, 1, 1));
/// assert_eq!(census.ill_formed(), 2);
/// assert_eq!(census.total(), 11);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// By the code point of the first, over [`PAGE`]; none of nothing but noughts.
    pages: BTreeMap<u16, Box<Page>>,
    ill_formed: u64,
}

impl Census {
    /// How often a character was seen.
    pub fn of(&self, character: char) -> u64 {
        let (page, place) = place_of(character);
        self.pages.get(&page).map_or(0, |counts| counts[place])
    }

    /// How many ill-formed subparts were seen: each is what a decoder would make one U+FFFD of (Unicode 3.9).
    pub fn ill_formed(&self) -> u64 {
        self.ill_formed
    }

    /// How many characters were seen, ill-formed subparts included.
    pub fn total(&self) -> u64 {
        let counts = self.pages.values().flat_map(|counts| counts.iter());
        counts.fold(self.ill_formed, |sum, &count| sum.saturating_add(count))
    }

    /// The characters that were seen and how often, in the order of their code points.
    pub fn iter(&self) -> impl Iterator<Item = (char, u64)> + '_ {
        let counts = self.pages.iter().flat_map(|(&page, counts)| {
            (u32::from(page) * PAGE as u32..).zip(counts.iter()).filter(|(_, count)| **count > 0)
        });
        counts.filter_map(|(point, &count)| Some((char::from_u32(point)?, count)))
    }

    /// The sum over the characters of which something is true.
    pub fn count_where(&self, mut is_meant: impl FnMut(char) -> bool) -> u64 {
        let meant = self.iter().filter(|&(character, _)| is_meant(character));
        meant.fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// Adds to the count of a character.
    pub fn add(&mut self, character: char, count: u64) {
        if count > 0 {
            let (page, place) = place_of(character);
            let sum = &mut self.page(page)[place];
            *sum = sum.saturating_add(count);
        }
    }

    /// Adds to the count of ill-formed subparts.
    pub fn add_ill_formed(&mut self, count: u64) {
        self.ill_formed = self.ill_formed.saturating_add(count);
    }

    /// Takes in the census of another text.
    pub fn merge(&mut self, other: &Census) {
        other.pages.iter().for_each(|(&page, counts)| self.add_page(page, counts));
        self.add_ill_formed(other.ill_formed);
    }

    fn page(&mut self, page: u16) -> &mut Page {
        self.pages.entry(page).or_insert_with(|| Box::new([0; PAGE]))
    }

    fn add_page(&mut self, page: u16, counts: &Page) {
        for (sum, &count) in self.page(page).iter_mut().zip(counts) {
            *sum = sum.saturating_add(count);
        }
    }
}

/// The page of a character, and its place there.
fn place_of(character: char) -> (u16, usize) {
    let point = character as usize;
    ((point / PAGE) as u16, point % PAGE)
}

/// Counts text fast, until its census is taken.
#[derive(Debug, Clone)]
pub struct Counter {
    /// What was seen in runs of ASCII.
    ascii: Box<[[u64; BANKS]; 128]>,
    /// The code points that one or two bytes write.
    narrow: Box<[u64; NARROW]>,
    /// For each block of code points nought, or one more than the place of its counts.
    places: Box<[u16]>,
    blocks: Vec<(u16, [u64; BLOCK])>,
    ill_formed: u64,
}

impl Default for Counter {
    fn default() -> Counter {
        Counter::new()
    }
}

impl Counter {
    /// Nothing counted yet.
    pub fn new() -> Counter {
        Counter {
            ascii: Box::new([[0; BANKS]; 128]),
            narrow: Box::new([0; NARROW]),
            places: vec![0; BLOCKS].into_boxed_slice(),
            blocks: Vec::new(),
            ill_formed: 0,
        }
    }

    /// Counts every code point of a text; ill-formed subparts are counted apart.
    pub fn count(&mut self, text: &[u8]) {
        if utf8::is_valid(text) {
            return self.count_valid(text);
        }
        for chunk in text.utf8_chunks() {
            self.count_valid(chunk.valid().as_bytes());
            self.ill_formed += u64::from(!chunk.invalid().is_empty());
        }
    }

    fn count_valid(&mut self, text: &[u8]) {
        let mut at = 0;
        while let Some(window) = text[at..].first_chunk() {
            self.count_run(window, !0);
            at += RUN;
        }
        // At most a run, and what goes beyond it.
        for rest in text[at..].chunks(RUN) {
            let mut window = [0; WINDOW];
            let beyond = &text[at..text.len().min(at + WINDOW)];
            window[..beyond.len()].copy_from_slice(beyond);
            self.count_run(&window, !0 >> (RUN - rest.len()));
            at += rest.len();
        }
    }

    /// Counts the characters that begin at some places of a run.
    #[inline(always)]
    fn count_run(&mut self, window: &[u8; WINDOW], places: u64) {
        let run = window.first_chunk::<RUN>().expect("a window is wider than a run");
        let high = lanes::plane(run, 7);
        if high | !places == 0 {
            return self.count_ascii(run);
        }
        let leads = high & lanes::plane(run, 6) & places;
        let long = leads & lanes::plane(run, 5);
        for_each_place(!high & places, |place| self.narrow[usize::from(window[place] & 0x7F)] += 1);
        for_each_place(leads & !long, |place| {
            let (first, second) = (usize::from(window[place]), usize::from(window[place + 1]));
            self.narrow[(first & 0x1F) << 6 | second & 0x3F] += 1;
        });
        for_each_place(long, |place| self.count_long(&window[place..]));
    }

    #[inline(always)]
    fn count_ascii(&mut self, run: &[u8; RUN]) {
        for eight in run.as_chunks::<8>().0 {
            let bytes = u64::from_le_bytes(*eight);
            for place in 0..8 {
                self.ascii[(bytes >> (8 * place)) as usize & 0x7F][place % BANKS] += 1;
            }
        }
    }

    #[inline(always)]
    fn count_long(&mut self, text: &[u8]) {
        let point = u32::from(utf8::decode(text).0);
        let (block, low) = ((point >> 8) as usize, (point & 0xFF) as usize);
        let place = usize::from(self.places[block]);
        match self.blocks.get_mut(place.wrapping_sub(1)) {
            Some((_, counts)) => counts[low] += 1,
            None => self.begin_block(block, low),
        }
    }

    #[cold]
    fn begin_block(&mut self, block: usize, low: usize) {
        let mut counts = [0; BLOCK];
        counts[low] = 1;
        self.blocks.push((block as u16, counts));
        self.places[block] = self.blocks.len() as u16;
    }

    /// What was counted since the last time, added to a census; how many characters that were, ill-formed subparts included.
    pub fn take_into(&mut self, census: &mut Census) -> u64 {
        for (count, banks) in self.narrow.iter_mut().zip(self.ascii.iter_mut()) {
            *count += std::mem::take(banks).iter().sum::<u64>();
        }
        let mut total = std::mem::take(&mut self.ill_formed);
        census.add_ill_formed(total);
        let mut add = |page: usize, counts: &Page| {
            let sum = counts.iter().sum::<u64>();
            if sum > 0 {
                census.add_page(page as u16, counts);
                total += sum;
            }
        };
        self.narrow.as_chunks::<PAGE>().0.iter().enumerate().for_each(|(page, counts)| add(page, counts));
        self.narrow.fill(0);
        for (block, counts) in self.blocks.drain(..) {
            self.places[usize::from(block)] = 0;
            let first = usize::from(block) * (BLOCK / PAGE);
            (first..).zip(counts.as_chunks::<PAGE>().0).for_each(|(page, counts)| add(page, counts));
        }
        total
    }

    /// What was counted since the last time.
    pub fn take(&mut self) -> Census {
        let mut census = Census::default();
        self.take_into(&mut census);
        census
    }
}

#[inline(always)]
fn for_each_place(mut places: u64, mut see: impl FnMut(usize)) {
    while places != 0 {
        see(places.trailing_zeros() as usize % RUN);
        places &= places - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(parts: &[&[u8]]) -> Census {
        let mut counter = Counter::new();
        parts.iter().for_each(|part| counter.count(part));
        counter.take()
    }

    /// As the standard library decodes.
    fn plainly(text: &[u8]) -> Census {
        let mut census = Census::default();
        for chunk in text.utf8_chunks() {
            chunk.valid().chars().for_each(|character| census.add(character, 1));
            census.add_ill_formed(u64::from(!chunk.invalid().is_empty()));
        }
        census
    }

    proptest! {
        #[test]
        fn the_census_is_that_of_the_standard_library(
            text in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..200),
                prop::collection::vec(prop::sample::select(vec![b'a', b' ', 0xC3, 0xA9, 0xE2, 0x80, 0x8C, 0xF0, 0x9F, 0x98]), 0..200),
                any::<String>().prop_map(String::into_bytes),
            ]
        ) {
            prop_assert_eq!(counted(&[&text]), plainly(&text));
        }

        #[test]
        fn parts_merge(one in any::<String>(), other in any::<String>()) {
            let mut merged = counted(&[one.as_bytes()]);
            merged.merge(&counted(&[other.as_bytes()]));
            prop_assert_eq!(&merged, &counted(&[one.as_bytes(), other.as_bytes()]));
            prop_assert_eq!(merged.total(), utf8::count_chars(one.as_bytes()) + utf8::count_chars(other.as_bytes()));
        }
    }

    #[test]
    fn a_counter_begins_anew_when_its_census_is_taken() {
        let mut counter = Counter::new();
        counter.count("é".as_bytes());
        assert_eq!(counter.take().of('é'), 1);
        assert_eq!(counter.take(), Census::default());
        counter.count("è".as_bytes());
        let census = counter.take();
        assert_eq!((census.of('é'), census.of('è')), (0, 1));
    }
}
