//! Shingles: the runs of a few words or characters that a document is made of, as hashes.

use std::fmt;
use std::str::FromStr;

use rewrite::{Key, KeyScratch};
use unicode::utf8;

use super::distinct::Distinct;
use super::mix;
use super::word_hash::word_hash;
use super::words::{self, Words};

/// What the foldings of `--key-norm` are added to: it makes no difference how words are spelled in capitals, in which
/// compatibility characters, or with what punctuation.
pub const FOLDINGS: &str = "nfkc,lower,punct";

/// Words or characters in one shingle at most.
const LENGTH_MAX: usize = 1000;

/// What a shingle is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShingleUnit {
    /// The words of UAX #29 that are left when punctuation is space.
    Word,
    /// Characters, of which a run of white space and punctuation is one.
    Char,
}

/// The shape of shingles: `word:5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShingleShape {
    /// What they are made of.
    pub unit: ShingleUnit,
    /// How many of them.
    pub length: usize,
}

impl ShingleShape {
    /// `word:5`.
    pub const DEFAULT: ShingleShape = ShingleShape { unit: ShingleUnit::Word, length: 5 };
}

impl FromStr for ShingleShape {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("shingles are word:N or char:N, N from 1 to {LENGTH_MAX}, as word:5");
        let (unit, length) = text.split_once(':').ok_or_else(refuse)?;
        let unit = match unit {
            "word" => ShingleUnit::Word,
            "char" => ShingleUnit::Char,
            _ => return Err(refuse()),
        };
        let length =
            length.parse().ok().filter(|length| (1..=LENGTH_MAX).contains(length)).ok_or_else(refuse)?;
        Ok(ShingleShape { unit, length })
    }
}

impl fmt::Display for ShingleShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            ShingleUnit::Word => "word",
            ShingleUnit::Char => "char",
        };
        write!(f, "{unit}:{}", self.length)
    }
}

/// Makes the shingles of documents.
///
/// A text is folded by `nfkc,lower,punct` and what else is named. Its words are the segments of UAX #29 that are not white
/// space: punctuation is left out, symbols and emoji are words. Scripts without spaces are segmented as UAX #29 has
/// it: Han, Hiragana and Thai by character, Katakana by run; five words are then about five characters.
///
/// A shingle is as many words, or characters, as its shape says, in order. A text that has fewer has one shingle, of all
/// of them, which equals no shingle of another number of words. A text that has none, of punctuation or white space alone or
/// of nothing, has its bytes as its shingle. So short documents are alike only if they are the same.
///
/// ```
/// use dedupe::near::shingle::{Shingler, ShingleScratch};
///
/// let shingler = Shingler::new("word:3".parse().expect("a shape"), "").expect("names");
/// let mut scratch = ShingleScratch::default();
/// let mut sets = ["To be, or not to be.", "to be or NOT to be?", "to be"].map(|text| {
///     let mut shingles = Vec::new();
///     shingler.shingles_into(&mut scratch, text.as_bytes(), &mut shingles);
///     shingles
/// });
/// assert_eq!(sets[0].len(), 4);
/// assert_eq!(sets[0], sets[1]);
/// assert_eq!(sets[2].len(), 1);
/// ```
#[derive(Debug, Clone)]
pub struct Shingler {
    shape: ShingleShape,
    key: Key,
    words: Option<Words>,
}

/// Space that is used again from one text to the next; it carries no meaning.
#[derive(Debug, Default)]
pub struct ShingleScratch {
    key: KeyScratch,
    folded: Vec<u8>,
    units: Vec<u64>,
    distinct: Distinct,
    words: words::Scratch,
}

/// What there is about a document's shingles besides themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// It has a shingle of the full length.
    Full,
    /// It is shorter than one shingle.
    Short,
}

impl Shingler {
    /// Makes shingles of this shape; `names` are foldings besides those that are always there, with commas between.
    ///
    /// # Errors
    /// A folding that does not exist.
    pub fn new(shape: ShingleShape, names: &str) -> Result<Self, rewrite::UnknownName> {
        let comma = if names.is_empty() { "" } else { "," };
        let key = Key::parse(&format!("{FOLDINGS}{comma}{names}"))?;
        let is_plain = key.to_string() == FOLDINGS;
        let words = (is_plain && shape.unit == ShingleUnit::Word).then(Words::new);
        Ok(Shingler { shape, key, words })
    }

    /// The shape.
    pub fn shape(&self) -> ShingleShape {
        self.shape
    }

    /// The names of all foldings.
    pub fn foldings(&self) -> String {
        self.key.to_string()
    }

    /// Appends the shingles of a text to `shingles`, each once, in the order of first appearance. None is 0.
    pub fn shingles_into(
        &self,
        scratch: &mut ShingleScratch,
        text: &[u8],
        shingles: &mut Vec<u64>,
    ) -> Length {
        let mut units = std::mem::take(&mut scratch.units);
        units.clear();
        self.units_into(scratch, text, &mut units);
        let length = self.shape.length;
        let kind = if units.len() < length {
            let all = if units.is_empty() { word_hash(text) } else { polynomial(&units) };
            shingles.push(finished(all, units.len()));
            Length::Short
        } else {
            let distinct = &mut scratch.distinct;
            distinct.clear(units.len());
            shingles.reserve(units.len());
            for_each_run(&units, length, |shingle| {
                if distinct.insert(shingle) {
                    shingles.push(shingle);
                }
            });
            Length::Full
        };
        scratch.units = units;
        kind
    }

    /// Appends the hashes of all words or characters; nothing for a text that has none.
    pub(crate) fn units_into(&self, scratch: &mut ShingleScratch, text: &[u8], units: &mut Vec<u64>) {
        if let Some(words) = &self.words {
            return words.hashes_into(&mut scratch.words, text, units);
        }
        let folded = &mut scratch.folded;
        folded.clear();
        self.key.key_into(&mut scratch.key, text, folded);
        match self.shape.unit {
            ShingleUnit::Word => unicode::word::for_each_token(folded, |word| units.push(word_hash(word))),
            ShingleUnit::Char => {
                let mut rest = folded.as_slice();
                while !rest.is_empty() {
                    let (character, length) = utf8::decode(rest);
                    units.push(mix(u64::from(u32::from(character)) + 1));
                    rest = &rest[length..];
                }
            }
        }
    }
}

/// What the hashes of a shingle's words are multiplied by: an odd number that is 3 modulo 8, so that the difference of two of its
/// powers is divisible by few powers of 2.
const BASE: u64 = 0xD6E8_FEB8_6659_FD93;

/// Gives the hash of every run of `length` units, of which there are at least so many.
fn for_each_run(units: &[u64], length: usize, mut receive: impl FnMut(u64)) {
    let mut rolling = polynomial(&units[..length]);
    let oldest = (0..length).fold(1u64, |power, _| power.wrapping_mul(BASE));
    receive(finished(rolling, length));
    for (&gone, &come) in units.iter().zip(&units[length..]) {
        rolling = rolling.wrapping_mul(BASE).wrapping_add(come).wrapping_sub(gone.wrapping_mul(oldest));
        receive(finished(rolling, length));
    }
}

/// The units as digits of a number modulo 2⁶⁴: their order matters.
fn polynomial(units: &[u64]) -> u64 {
    units.iter().fold(0, |number, &unit| number.wrapping_mul(BASE).wrapping_add(unit))
}

/// The hash of a shingle of so many units; never 0.
#[inline]
fn finished(number: u64, units: usize) -> u64 {
    mix(number ^ (units as u64) << 48).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shingles(shape: &str, text: &[u8]) -> (Vec<u64>, Length) {
        let shingler = Shingler::new(shape.parse().expect("a shape"), "").expect("names");
        let mut shingles = Vec::new();
        let length = shingler.shingles_into(&mut ShingleScratch::default(), text, &mut shingles);
        (shingles, length)
    }

    fn counts(shape: &str, text: &str) -> usize {
        shingles(shape, text.as_bytes()).0.len()
    }

    #[test]
    fn shapes_are_read_and_said() {
        for text in ["word:5", "char:1000"] {
            assert_eq!(text.parse::<ShingleShape>().expect("a shape").to_string(), text);
        }
        for text in ["", "word", "word:0", "char:1001", "words:3", "word:-1", "word:5:5"] {
            assert!(text.parse::<ShingleShape>().is_err(), "{text}");
        }
    }

    #[test]
    fn order_matters_and_case_and_punctuation_do_not() {
        let of = |text: &str| shingles("word:3", text.as_bytes()).0;
        assert_eq!(of("One two, three"), of("ONE... two three!"));
        assert_ne!(of("one two three"), of("two one three"));
        assert_ne!(of("one two three"), of("three two one"));
        assert_eq!(of("a b c a b c a b c").len(), 3);
        assert_eq!(of("ﬁnd the Ｗａｙ"), of("find the way"));
        assert_eq!(of("it’s his"), of("it's his"));
    }

    #[test]
    fn short_texts_are_alike_only_if_they_are_the_same() {
        let texts = ["", " ", "!", "a", "a a", "b", "a b", "b a", "a b c", "🙂", "a b c d"];
        let all: Vec<_> = texts.iter().map(|text| shingles("word:5", text.as_bytes())).collect();
        for (place, one) in all.iter().enumerate() {
            assert_eq!((one.0.len(), one.1), (1, Length::Short));
            assert!(all[..place].iter().all(|other| other.0 != one.0), "{:?}", texts[place]);
        }
        assert_ne!(shingles("word:2", b"a a").0, shingles("word:3", b"a a").0.split_off(1));
    }

    #[test]
    fn scripts_without_spaces_have_shingles_that_mean_something() {
        for (text, count) in
            [("吾輩は猫である。名前はまだ無い。", 10), ("天地玄黄，宇宙洪荒。", 4), ("ภาษาไทยเขียนติดกัน", 11)]
        {
            let found = counts("word:5", text);
            assert!(found.abs_diff(count) <= 1, "{text}: {found}");
        }
    }

    #[test]
    fn runs_of_space_are_one_character() {
        assert_eq!(shingles("char:3", b"a -- b").0, shingles("char:3", b"a b").0);
        assert_eq!(counts("char:2", "سلام"), 3);
    }

    proptest! {
        #[test]
        fn a_run_has_the_hash_of_its_units(units in prop::collection::vec(any::<u64>(), 1..30), length in 1usize..9) {
            prop_assume!(units.len() >= length);
            let mut runs = Vec::new();
            for_each_run(&units, length, |run| runs.push(run));
            let wanted: Vec<u64> =
                units.windows(length).map(|window| finished(polynomial(window), length)).collect();
            prop_assert_eq!(runs, wanted);
        }
    }
}
