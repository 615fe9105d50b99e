//! The measures of Gopher's repetition filter (Rae et al. 2021, table A1).

use super::duplicates::{self, Duplicates};
use super::grams::{self, Grams};
use super::lexicon::Lexicon;
use super::lines::{Repeated, between_feeds, trim};
use super::ratio;
use super::sieve::Sieve;
use super::table::Table;
use super::words::Words;

/// What Gopher's repetition rules ask for: shares of pieces, and of all characters of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repetition {
    /// Share of paragraphs that came before.
    pub duplicate_paragraphs: f64,
    /// Share of the characters that are theirs.
    pub duplicate_paragraph_characters: f64,
    /// Share of lines that came before.
    pub duplicate_lines: f64,
    /// Share of the characters that are theirs.
    pub duplicate_line_characters: f64,
    /// Characters of the commonest 2-gram, 3-gram and 4-gram for each character.
    pub top_grams: [f64; grams::ORDERS.len()],
    /// Characters of 5-grams to 10-grams that came before for each character.
    pub duplicate_grams: [f64; duplicates::ORDERS.len()],
}

/// Space to measure repetition in.
#[derive(Debug, Default)]
pub struct Bench {
    grams: Grams,
    duplicates: Duplicates,
    sieve: Sieve,
    table: Table,
}

impl Repetition {
    /// Measures a text of so many characters; a share of nothing is 0.
    pub fn of(
        text: &[u8],
        characters: u64,
        words: &Words,
        bench: &mut Bench,
        lexicon: &mut Lexicon,
    ) -> Repetition {
        let Bench { grams, duplicates, sieve, table } = bench;
        let trimmed = trim(text);
        let paragraphs = Repeated::of(trimmed, between_feeds(trimmed, 2), lexicon);
        let lines = Repeated::of(text, between_feeds(text, 1), lexicon);
        let share = |part: u64| ratio(part, characters);
        Repetition {
            duplicate_paragraphs: ratio(paragraphs.repeated, paragraphs.pieces),
            duplicate_paragraph_characters: share(paragraphs.characters),
            duplicate_lines: ratio(lines.repeated, lines.pieces),
            duplicate_line_characters: share(lines.characters),
            top_grams: grams.top_characters(words, sieve, table).map(share),
            duplicate_grams: duplicates.characters(words, sieve, table).map(share),
        }
    }

    /// The values by their keys.
    pub fn entries(&self) -> [(&'static str, f64); 13] {
        let [top_2, top_3, top_4] = self.top_grams;
        let [of_5, of_6, of_7, of_8, of_9, of_10] = self.duplicate_grams;
        [
            ("duplicate_paragraph_ratio", self.duplicate_paragraphs),
            ("duplicate_paragraph_character_ratio", self.duplicate_paragraph_characters),
            ("duplicate_line_ratio", self.duplicate_lines),
            ("duplicate_line_character_ratio", self.duplicate_line_characters),
            ("top_2_gram_ratio", top_2),
            ("top_3_gram_ratio", top_3),
            ("top_4_gram_ratio", top_4),
            ("duplicate_5_gram_ratio", of_5),
            ("duplicate_6_gram_ratio", of_6),
            ("duplicate_7_gram_ratio", of_7),
            ("duplicate_8_gram_ratio", of_8),
            ("duplicate_9_gram_ratio", of_9),
            ("duplicate_10_gram_ratio", of_10),
        ]
    }
}
