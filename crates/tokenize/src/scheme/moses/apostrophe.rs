//! Where apostrophes part words: `it's` in English, `l'eau` in French, nowhere in Somali, and in most languages always.
//!
//! tokenizer.perl has up to five expressions for it, each of which takes the characters beside the apostrophe along, so
//! that they cannot serve the next one: in "rock'n'roll" the second apostrophe is passed over. What they would find is
//! known from the two characters and from where the last apostrophes were that the same expression has found.

use super::class::Class;

/// What a language does with apostrophes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Apostrophes {
    /// Before the second part: it 's.
    English,
    /// Behind the first part: l' eau.
    French,
    /// Not between letters.
    Glottal,
    /// Not before a small letter.
    Tetum,
    /// Each is a token.
    Apart,
}

impl Apostrophes {
    /// What the language of a code does.
    pub(super) fn of(code: &str) -> Apostrophes {
        match code {
            "en" => Apostrophes::English,
            "fr" | "it" | "ga" | "ca" => Apostrophes::French,
            "so" => Apostrophes::Glottal,
            "tdt" => Apostrophes::Tetum,
            _ => Apostrophes::Apart,
        }
    }
}

/// Where a space goes beside an apostrophe.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Split {
    pub(super) before: bool,
    pub(super) behind: bool,
}

const BOTH: Split = Split { before: true, behind: true };
const NONE: Split = Split { before: false, behind: false };

/// The apostrophes that expressions found last; places are counted in characters, with the spaces put in before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// Between characters that are no letters, and the place behind it; 0 for none.
    outside: usize,
    /// Between letters, likewise.
    inside: usize,
}

impl Found {
    /// What becomes of an apostrophe at a place, between two characters, of which the second may be an `s`.
    pub(super) fn split(
        &mut self,
        rule: Apostrophes,
        place: usize,
        left: Class,
        right: Class,
        is_s: bool,
    ) -> Split {
        if rule == Apostrophes::Apart || rule == Apostrophes::Tetum && !right.is_lowercase_letter() {
            return BOTH;
        }
        match (left.is_alphabetic(), right.is_alphabetic()) {
            _ if !left.exists() || !right.exists() => NONE,
            (false, false) if is_taken(self.outside, place, 2) => NONE,
            (false, false) => {
                self.outside = place + 1;
                BOTH
            }
            (true, false) => BOTH,
            (false, true) if rule == Apostrophes::English && left.is_number() => {
                Split { before: is_s, behind: false }
            }
            (false, true) => BOTH,
            (true, true) => self.between_letters(rule, place, left, is_s),
        }
    }

    fn between_letters(&mut self, rule: Apostrophes, place: usize, left: Class, is_s: bool) -> Split {
        let is_english = match rule {
            Apostrophes::English => true,
            Apostrophes::French => false,
            Apostrophes::Glottal | Apostrophes::Tetum | Apostrophes::Apart => return NONE,
        };
        if is_taken(self.inside, place, 2) {
            // The expression for "1990's" comes last, and a letter may be a number as well: Ⅷ.
            return Split { before: is_english && left.is_number() && is_s, behind: false };
        }
        self.inside = place + 1;
        Split { before: is_english, behind: !is_english }
    }
}

/// Whether the character before a place was taken by what was found within so many characters.
fn is_taken(found: usize, place: usize, within: usize) -> bool {
    found > 0 && place + 1 - found <= within
}
