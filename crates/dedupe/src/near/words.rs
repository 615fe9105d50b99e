//! The hashes of a text's words: the same as folding the text and segmenting it would give, in a fraction of the time.
//!
//! Most words are letters and digits that no folding but lower-casing of ASCII changes, between white space or
//! punctuation: such a word is one segment of UAX #29 whatever stands around it. What is not of that kind sends the stretch
//! between two white spaces the long way. No folding and no boundary of words looks past white space.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr2;
use rewrite::{Key, KeyScratch};
use unicode::{Case, CaseLocale, Casing, Category, Form, space, utf8, word};

use super::shingle::FOLDINGS;
use super::word_hash::{word_hash, word_hash_at};
use super::word_masks::{Masks, WIDTH};

/// Code points below this are looked up, and those of full width and half width forms.
const LOOKED_UP: usize = 0x3100;
const FORMS: Range<u32> = 0xFF00..0xFFF0;

/// Hangul syllables are letters, and none of them changes.
const HANGUL: Range<u32> = 0xAC00..0xD7A4;

/// Ideographs are words by themselves, and none of these changes.
const HAN: [Range<u32>; 2] = [0x3400..0x4DC0, 0x4E00..0xA000];

/// Conjoining jamo become syllables with their neighbours.
const JAMO: Range<u32> = 0x1100..0x1200;

/// ZERO WIDTH JOINER, before which some characters stay whose words would end.
const ZWJ: char = '\u{200D}';

/// NULs after a text, so that a block and the hash of its last word can be read.
const PADDING: usize = 2 * WIDTH;

/// A block that tells less than this is not worth its price.
const PROGRESS_MIN: usize = 16;

/// What a character is to the words around it; all but `Other` stay as they are in every folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit, which belongs together with others.
    Letter,
    /// Katakana, which belong together.
    Katakana,
    /// A word by itself.
    Single,
    /// A mark that changes with no neighbour: it belongs to what stands before it, if that is none of the following.
    Mark,
    /// The same, of a combining class: two of them in a row may change places.
    OrderedMark,
    /// White space of ASCII: what stands on its sides is apart.
    Space,
    /// What becomes space.
    Separator,
    /// What asks for a closer look.
    Other,
}

/// Finds words.
#[derive(Clone)]
pub(super) struct Words {
    key: Key,
    classes: Arc<Classes>,
}

struct Classes {
    low: [Class; LOOKED_UP],
    forms: Vec<Class>,
}

/// Space that is used again from one text to the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    key: KeyScratch,
    lowered: Vec<u8>,
    folded: Vec<u8>,
}

/// A text under way.
struct Walk<'a> {
    text: &'a [u8],
    /// The text with small letters in place of ASCII capitals, and enough NULs after it to read a block.
    lowered: &'a [u8],
    at: usize,
    /// Where the stretch without white space begins, and how many words stand before it.
    stretch: (usize, usize),
    hashes: &'a mut Vec<u64>,
}

impl Words {
    pub(super) fn new() -> Self {
        let key = Key::parse(FOLDINGS).expect("the foldings have their names");
        Words { classes: Arc::new(Classes::new(&key)), key }
    }

    /// Appends the hashes of the words of a text.
    pub(super) fn hashes_into(&self, scratch: &mut Scratch, text: &[u8], hashes: &mut Vec<u64>) {
        let mut lowered = std::mem::take(&mut scratch.lowered);
        lowered.clear();
        lowered.extend_from_slice(text);
        lowered.make_ascii_lowercase();
        lowered.extend_from_slice(&[0; PADDING]);
        self.walk(scratch, Walk { text, lowered: &lowered, at: 0, stretch: (0, hashes.len()), hashes });
        scratch.lowered = lowered;
    }

    #[cfg(target_arch = "x86_64")]
    #[expect(unsafe_code, reason = "the masks of a block take half the time with the vectors of AVX2")]
    fn walk(&self, scratch: &mut Scratch, walk: Walk<'_>) {
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            unsafe { self.walk_by_vectors(scratch, walk) }
        } else {
            self.walk_all(scratch, walk);
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn walk(&self, scratch: &mut Scratch, walk: Walk<'_>) {
        self.walk_all(scratch, walk);
    }

    /// The same code, for the compiler to put on wider vectors.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn walk_by_vectors(&self, scratch: &mut Scratch, walk: Walk<'_>) {
        self.walk_all(scratch, walk);
    }

    #[inline(always)]
    fn walk_all(&self, scratch: &mut Scratch, mut walk: Walk<'_>) {
        let mut single_until = 0;
        while walk.at < walk.text.len() {
            if walk.at >= single_until {
                let start = walk.at;
                walk.blocks();
                if walk.at - start < PROGRESS_MIN {
                    single_until = start + WIDTH;
                }
            }
            self.step(scratch, &mut walk);
        }
    }

    /// Takes one character, or the word or the stretch that begins with it.
    #[inline(always)]
    fn step(&self, scratch: &mut Scratch, walk: &mut Walk<'_>) {
        if walk.at >= walk.text.len() {
            return;
        }
        let start = walk.at;
        let (class, length) = self.classes.at(walk.lowered, start);
        if class == Class::Space {
            walk.at += 1;
            walk.stretch = (walk.at, walk.hashes.len());
        } else if class == Class::Separator {
            walk.at += length;
        } else if matches!(class, Class::Letter | Class::Katakana | Class::Single)
            && let Some(end) = self.end_of_word(walk.lowered, start + length, class)
        {
            walk.hashes.push(word_hash_at(walk.lowered, start, end - start));
            walk.at = end;
        } else {
            self.fold_stretch(scratch, walk);
        }
    }

    /// The long way, for a stretch between white space, of which a part may have been gone already.
    #[cold]
    fn fold_stretch(&self, scratch: &mut Scratch, walk: &mut Walk<'_>) {
        let Walk { text, at, stretch, hashes, .. } = walk;
        hashes.truncate(stretch.1);
        *at = memchr2(b' ', b'\n', &text[*at..]).map_or(text.len(), |length| *at + length);
        let folded = &mut scratch.folded;
        folded.clear();
        // A mark that nothing stands before belongs to the space.
        if !hashes.is_empty() {
            folded.push(b' ');
        }
        let start = folded.len();
        self.key.key_into(&mut scratch.key, &text[stretch.0..*at], folded);
        if folded.len() > start {
            word::for_each_token(folded, |word| hashes.push(word_hash(word)));
        }
    }

    /// Where the word ends whose first character is of this class and ends at `at`; `None` if that cannot be told here.
    #[inline(always)]
    fn end_of_word(&self, text: &[u8], mut at: usize, first: Class) -> Option<usize> {
        let mut last = first;
        loop {
            let (class, length) = self.classes.at(text, at);
            // Most characters of a word: one branch for all classes but this would often be predicted wrong.
            if class == first && first != Class::Single {
                last = class;
            } else if matches!(class, Class::Mark | Class::OrderedMark) {
                if class == last && class == Class::OrderedMark {
                    return None;
                }
                last = class;
            } else {
                // The NUL at the end of the text is of a class that tells nothing.
                let is_told = class != Class::Other || at + PADDING >= text.len();
                return is_told.then_some(at);
            }
            at += length;
        }
    }
}

impl Walk<'_> {
    /// Takes words as long as they are between white space and punctuation.
    #[inline(always)]
    fn blocks(&mut self) {
        while let Some(window) = self.lowered[self.at..].first_chunk() {
            let masks = Masks::of(window);
            let limit = masks.odd.trailing_zeros() as usize;
            let inside = if limit < WIDTH { (1u64 << limit) - 1 } else { u64::MAX };
            let letters = masks.letters & inside;
            let mut starts = letters & !(letters << 1);
            let all_ends = letters << 1 & !letters & inside;
            let known = self.hashes.len();
            let mut ends = all_ends;
            while ends != 0 {
                let (start, end) = (starts.trailing_zeros() as usize, ends.trailing_zeros() as usize);
                self.hashes.push(word_hash_at(self.lowered, self.at + start, end - start));
                starts &= starts - 1;
                ends &= ends - 1;
            }
            // A word whose end is not in the block is left.
            let taken = limit.min(starts.trailing_zeros() as usize);
            let spaces = masks.spaces & if taken < WIDTH { (1u64 << taken) - 1 } else { u64::MAX };
            if spaces != 0 {
                let after = WIDTH - spaces.leading_zeros() as usize;
                let words = (all_ends << (WIDTH - after)).count_ones() as usize;
                self.stretch = (self.at + after, known + words);
            }
            self.at += taken;
            // What is odd at the end may only be cut there.
            if limit < WIDTH - 2 || taken == 0 {
                return;
            }
        }
    }
}

impl Classes {
    fn new(key: &Key) -> Self {
        let mut scratch = KeyScratch::default();
        let composed = composing_marks();
        let mut class = |code: u32| match char::from_u32(code) {
            Some(character) if !composed.contains(&character) => class_of(key, &mut scratch, character),
            _ => Class::Other,
        };
        Classes { low: std::array::from_fn(|code| class(code as u32)), forms: FORMS.map(class).collect() }
    }

    /// The class of a character and its length.
    #[inline(always)]
    fn at(&self, text: &[u8], at: usize) -> (Class, usize) {
        let byte = text[at];
        if byte < 0x80 {
            return (self.low[usize::from(byte)], 1);
        }
        if let (0xC2..=0xDF, Some(&second @ 0x80..=0xBF)) = (byte, text.get(at + 1)) {
            return (self.low[usize::from(byte & 0x1F) << 6 | usize::from(second & 0x3F)], 2);
        }
        let (character, length) = utf8::decode(&text[at..]);
        let code = u32::from(character);
        let class = match self.low.get(code as usize) {
            Some(&class) => class,
            None if HAN[1].contains(&code) || HAN[0].contains(&code) => Class::Single,
            None if HANGUL.contains(&code) => Class::Letter,
            None if FORMS.contains(&code) => self.forms[(code - FORMS.start) as usize],
            None => Class::Other,
        };
        (class, length)
    }
}

/// Characters that follow another one in some composition; of those beyond what is looked up nobody asks.
fn composing_marks() -> Vec<char> {
    let mut seconds = Vec::new();
    let mut decomposed = Vec::new();
    for character in (0x80..0x3100).filter_map(char::from_u32) {
        decomposed.clear();
        Form::Nfd.normalize_into(character.encode_utf8(&mut [0; 4]).as_bytes(), &mut decomposed);
        let text = String::from_utf8_lossy(&decomposed);
        seconds.extend(text.chars().skip(1));
    }
    seconds.sort_unstable();
    seconds.dedup();
    seconds
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

fn class_of(key: &Key, scratch: &mut KeyScratch, character: char) -> Class {
    let mut buffer = [0; 4];
    let text: &[u8] = character.encode_utf8(&mut buffer).as_bytes();
    let mut folded = Vec::new();
    key.key_into(scratch, text, &mut folded);
    if character.is_ascii() && space::is_white_space(character) {
        return Class::Space;
    }
    if folded.is_empty() {
        return Class::Separator;
    }
    if character.is_ascii() {
        // What follows a symbol may compose with it, but then it is no mark that stays.
        return match Category::of(character) {
            _ if character.is_ascii_alphanumeric() => Class::Letter,
            category if category.is_symbol() => Class::Single,
            _ => Class::Other,
        };
    }
    let lower = Casing { case: Case::Lower, locale: CaseLocale::Root };
    let stays = folded == text && Form::Nfkc.is_normalized(text) && lower.is_unchanged(text);
    if !stays || JAMO.contains(&u32::from(character)) || character == ZWJ {
        return Class::Other;
    }
    let joins = |parts: &[&[u8]]| word::is_token(&parts.concat());
    match (joins(&[b"a", text]), joins(&[text, b"a"]), joins(&[text, text])) {
        (true, true, _) => Class::Letter,
        (true, false, _) => class_of_mark(text),
        (false, false, true) if joins(&["\u{30A2}".as_bytes(), text]) => Class::Katakana, // KATAKANA LETTER A
        (false, false, false) if is_alone(character) => Class::Single,
        _ => Class::Other,
    }
}

/// Marks of class 1 and of class 240 show of which class another mark is.
fn class_of_mark(text: &[u8]) -> Class {
    let is_in_order = |parts: [&[u8]; 3]| Form::Nfkc.is_normalized(&parts.concat());
    let has_no_class = is_in_order([b"a", text, "\u{334}".as_bytes()]) // COMBINING TILDE OVERLAY
        && is_in_order([b"a", "\u{345}".as_bytes(), text]); // COMBINING GREEK YPOGEGRAMMENI
    if has_no_class { Class::Mark } else { Class::OrderedMark }
}

/// Whether a character of no class of words is no emoji, of which some join others.
fn is_alone(character: char) -> bool {
    Category::of(character).is_letter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Folds and segments the whole text.
    fn long_way(text: &[u8]) -> Vec<u64> {
        let mut folded = Vec::new();
        let key = Key::parse(FOLDINGS).expect("names");
        key.key_into(&mut KeyScratch::default(), text, &mut folded);
        let mut hashes = Vec::new();
        word::for_each_token(&folded, |word| hashes.push(word_hash(word)));
        hashes
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let pieces: Vec<&[u8]> = vec![
            b"a",
            b"Word",
            b"I",
            b"H",
            b"42",
            b"_",
            b" ",
            b"  ",
            b"\n",
            b"\r\n",
            b"\t",
            b"\0",
            b"\x1F",
            b".",
            b",",
            b"'",
            b"-",
            b"$",
            b"=",
            b"<",
            b"^",
            b"\xFF",
            b"\xE2\x80",
            b"\xD8",
            b"\xE0\x80\x80",
        ];
        let texts = [
            "\u{307}",
            "\u{331}",
            "\u{338}",
            "Σ",
            "σ",
            "𝚺",
            "é",
            "É",
            "ß",
            "ﬁ",
            "²",
            "½",
            "…",
            "’",
            "«",
            "—",
            "\u{A0}",
            "\u{AD}",
            "سلام",
            "می\u{200C}خواهم",
            "\u{200C}",
            "\u{200D}",
            "\u{64B}",
            "\u{653}",
            "ا",
            "۱۲",
            "٬",
            "،",
            "ﷲ",
            "ﻼ",
            "שלום",
            "״",
            "да",
            "Да",
            "й",
            "и\u{306}",
            "字宅",
            "猫である。",
            "カー",
            "ｶﾞ",
            "한국",
            "\u{1100}",
            "\u{1161}",
            "\u{11A8}",
            "กำ",
            "รู้",
            "เป็น",
            "\u{E39}",
            "\u{E48}",
            "\u{94D}",
            "का",
            "ा",
            "\u{5B0}",
            "\u{5BC}",
            "，",
            "。",
            "ー",
            "々",
            "\u{3099}",
            "ที่",
            "क्षि",
            "\u{93C}",
            "🇮",
            "👩\u{200D}🚀",
            "\u{3000}",
            "\u{2028}",
            "\u{85}",
            "⁄",
            "\u{202F}",
            "İ",
            "K",
            "Å",
        ];
        let all: Vec<Vec<u8>> = pieces
            .into_iter()
            .map(<[u8]>::to_vec)
            .chain(texts.map(|text| text.as_bytes().to_vec()))
            .collect();
        prop::sample::select(all)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn both_ways_lead_to_the_same_words(pieces in prop::collection::vec(piece(), 0..60)) {
            thread_local! {
                static WORDS: Words = Words::new();
            }
            let text = pieces.concat();
            let mut hashes = Vec::new();
            WORDS.with(|words| words.hashes_into(&mut Scratch::default(), &text, &mut hashes));
            prop_assert_eq!(hashes, long_way(&text));
        }
    }

    #[test]
    fn letters_of_blocks_are_letters() {
        let words = Words::new();
        for character in (0x80..0x800).filter_map(char::from_u32) {
            let mut window = [b' '; WIDTH + 2];
            character.encode_utf8(&mut window);
            if Masks::of(&window).letters != 0 {
                assert_eq!(words.classes.at(&window, 0), (Class::Letter, 2), "{character:?}");
            } else if Masks::of(&window).odd == 0 {
                assert_eq!(words.classes.at(&window, 0), (Class::Separator, 2), "{character:?}");
            }
        }
    }

    #[test]
    fn no_character_leads_another_way() {
        let words = Words::new();
        let mut scratch = Scratch::default();
        // Everything that is looked up, and a few of what is not.
        let further = [
            0x33FF, 0x3400, 0x4DBF, 0x4DC0, 0x4E00, 0x9FFF, 0xA000, 0xABFF, 0xAC00, 0xD7A3, 0xD7B0, 0xFB01,
            0xFE8D, 0x1_D6BA, 0x1_F600,
        ];
        for character in (0..LOOKED_UP as u32).chain(FORMS).chain(further).filter_map(char::from_u32) {
            let text = format!("{character}a {character} b{character}c{character}");
            let mut hashes = Vec::new();
            words.hashes_into(&mut scratch, text.as_bytes(), &mut hashes);
            assert_eq!(hashes, long_way(text.as_bytes()), "{character:?}");
        }
    }
}
