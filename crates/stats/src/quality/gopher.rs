//! The measures of Gopher's quality filter (Rae et al. 2021, table A1).

use memchr::{memchr_iter, memmem};

use super::lines::{every_line, trim_end, trim_start};
use super::ratio;
use super::words::Words;

const BULLET: &[u8] = "•".as_bytes();
const DOTS: &[u8] = b"...";
const ELLIPSIS: &[u8] = "…".as_bytes();

/// What Gopher's quality rules ask for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gopher {
    /// All words, punctuation included.
    pub tokens: f64,
    /// Words that are not made of symbols alone.
    pub words: f64,
    /// Mean number of code points of such words.
    pub mean_word_length: f64,
    /// Number signs for each of all words.
    pub hash_ratio: f64,
    /// Ellipses, `...` and `…`, for each of all words.
    pub ellipsis_ratio: f64,
    /// Share of lines that begin with `•` or `-`.
    pub bullet_line_ratio: f64,
    /// Share of lines that end with an ellipsis.
    pub ellipsis_line_ratio: f64,
    /// Share of all words that have a letter.
    pub alphabetic_word_ratio: f64,
    /// How many different stop words there are; not a number where they are not known.
    pub stop_words: f64,
}

impl Gopher {
    /// Measures a text; a share of nothing is 0.
    pub fn of(text: &[u8], words: &Words, stop_words: Option<&[&str]>) -> Gopher {
        let tokens = words.len() as u64;
        let (mut plain, mut characters, mut with_letters) = (0, 0, 0);
        for (kind, count) in words.kinds() {
            if !kind.is_symbol {
                plain += count;
                characters += count * u64::from(kind.characters);
            }
            with_letters += if kind.has_letter { count } else { 0 };
        }
        let hashes = memchr_iter(b'#', text).count() as u64;
        let ellipses = memmem::find_iter(text, DOTS).count() + memmem::find_iter(text, ELLIPSIS).count();
        let (mut lines, mut bullets, mut trailing) = (0, 0, 0);
        for line in every_line(text) {
            let (opening, closing) = (trim_start(line), trim_end(line));
            lines += 1;
            bullets += u64::from(opening.starts_with(BULLET) || opening.starts_with(b"-"));
            trailing += u64::from(closing.ends_with(DOTS) || closing.ends_with(ELLIPSIS));
        }
        let found =
            |stop_words: &[&str]| stop_words.iter().filter(|word| words.contains(text, word)).count() as f64;
        Gopher {
            tokens: tokens as f64,
            words: plain as f64,
            mean_word_length: ratio(characters, plain),
            hash_ratio: ratio(hashes, tokens),
            ellipsis_ratio: ratio(ellipses as u64, tokens),
            bullet_line_ratio: ratio(bullets, lines),
            ellipsis_line_ratio: ratio(trailing, lines),
            alphabetic_word_ratio: ratio(with_letters, tokens),
            stop_words: stop_words.map_or(f64::NAN, found),
        }
    }

    /// The values by their keys.
    pub fn entries(&self) -> [(&'static str, f64); 9] {
        [
            ("tokens", self.tokens),
            ("words", self.words),
            ("mean_word_length", self.mean_word_length),
            ("hash_ratio", self.hash_ratio),
            ("ellipsis_ratio", self.ellipsis_ratio),
            ("bullet_line_ratio", self.bullet_line_ratio),
            ("ellipsis_line_ratio", self.ellipsis_line_ratio),
            ("alphabetic_word_ratio", self.alphabetic_word_ratio),
            ("stop_words", self.stop_words),
        ]
    }
}
