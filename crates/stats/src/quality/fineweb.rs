//! The measures of FineWeb's own filter (Penedo et al. 2024).

use memchr::memchr_iter;
use unicode::utf8;

use super::lexicon::Lexicon;
use super::lines::{Repeated, filled_lines, last_character};
use super::punctuation::Punctuation;
use super::ratio;

/// What FineWeb's rules ask for. Lines are those between line feeds that are not blank, as they stand: white space at their
/// ends, a CR among it, is no punctuation and counts for their length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FineWeb {
    /// Share of lines that end with terminal punctuation.
    pub terminal_line_ratio: f64,
    /// Share of lines of at most so many characters.
    pub short_line_ratio: f64,
    /// Share of the characters, line feeds apart, that lines have that came before.
    pub duplicate_character_ratio: f64,
    /// Line feeds for each word.
    pub newline_ratio: f64,
}

impl FineWeb {
    /// Measures a text of so many characters and words; a share of nothing is 0.
    pub fn of(
        text: &[u8],
        characters: u64,
        tokens: u64,
        punctuation: Punctuation,
        short_line: f64,
        lexicon: &mut Lexicon,
    ) -> FineWeb {
        let feeds = memchr_iter(b'\n', text).count() as u64;
        let (mut terminal, mut short) = (0, 0);
        let lines = filled_lines(text).inspect(|line| {
            let line = &text[line.clone()];
            terminal += u64::from(last_character(line).is_some_and(|last| punctuation.is_terminal(last)));
            // A character has at most four bytes.
            let is_long = line.len() as f64 > 4.0 * short_line;
            short += u64::from(!is_long && utf8::count_chars(line) as f64 <= short_line);
        });
        let repeated = Repeated::of(text, lines, lexicon);
        FineWeb {
            terminal_line_ratio: ratio(terminal, repeated.pieces),
            short_line_ratio: ratio(short, repeated.pieces),
            duplicate_character_ratio: ratio(repeated.characters, characters - feeds),
            newline_ratio: ratio(feeds, tokens),
        }
    }

    /// The values by their keys.
    pub fn entries(&self) -> [(&'static str, f64); 4] {
        [
            ("fineweb_terminal_line_ratio", self.terminal_line_ratio),
            ("fineweb_short_line_ratio", self.short_line_ratio),
            ("fineweb_duplicate_character_ratio", self.duplicate_character_ratio),
            ("fineweb_newline_ratio", self.newline_ratio),
        ]
    }
}
