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

#[cfg(test)]
mod tests {
    use unicode::Properties;

    use super::*;

    type Test = fn(char) -> bool;

    fn is_letter(character: char) -> bool {
        Properties::of(character).is_alphabetic()
    }

    /// One expression: a character, an apostrophe and a character become what the pattern says, `$1 ' $2` for example.
    fn substitute(text: &str, (left, right): (Test, Test), pattern: &str) -> String {
        let text: Vec<char> = text.chars().collect();
        let (mut out, mut at) = (String::new(), 0);
        while at < text.len() {
            match text[at..] {
                [one, '\'', two, ..] if left(one) && right(two) => {
                    out += &pattern.replace('1', &one.to_string()).replace('2', &two.to_string());
                    at += 3;
                }
                _ => {
                    out.push(text[at]);
                    at += 1;
                }
            }
        }
        out
    }

    /// The expressions of a language, one after the other, as tokenizer.perl applies them.
    fn substituted(rule: Apostrophes, text: &str) -> String {
        let not_letter: Test = |it| !is_letter(it);
        let neither: Test = |it| !is_letter(it) && !Properties::of(it).is_number();
        let before: Test = if rule == Apostrophes::English { neither } else { not_letter };
        let mut text = substitute(text, (not_letter, not_letter), "1 ' 2");
        text = substitute(&text, (before, is_letter), "1 ' 2");
        text = substitute(&text, (is_letter, not_letter), "1 ' 2");
        match rule {
            Apostrophes::English => {
                text = substitute(&text, (is_letter, is_letter), "1 '2");
                substitute(&text, (|it| Properties::of(it).is_number(), |it| it == 's'), "1 '2")
            }
            Apostrophes::French => substitute(&text, (is_letter, is_letter), "1' 2"),
            _ => text,
        }
    }

    fn split(rule: Apostrophes, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let class = |at: Option<&char>| at.map_or(Class::ABSENT, |&it| Class::of(Properties::of(it)));
        let (mut found, mut out) = (Found::default(), String::new());
        for (place, &character) in characters.iter().enumerate() {
            if character != '\'' {
                out.push(character);
                continue;
            }
            let (before, behind) =
                (place.checked_sub(1).and_then(|at| characters.get(at)), characters.get(place + 1));
            let split = found.split(rule, place, class(before), class(behind), behind == Some(&'s'));
            out += if split.before { " '" } else { "'" };
            out += if split.behind { " " } else { "" };
        }
        out
    }

    #[test]
    fn every_short_row_is_split_as_by_one_expression_after_the_other() {
        let letters = ['a', 's', '1', '\u{2167}', '.', ' ', '\'']; // ROMAN NUMERAL EIGHT
        let mut texts = vec![String::new()];
        for _ in 0..6 {
            texts = texts.iter().flat_map(|text| letters.map(|letter| format!("{text}{letter}"))).collect();
            // Two apostrophes and more are where expressions get into each other's way.
            texts.retain(|text| text.contains('\'') || text.len() < 3);
            for text in &texts {
                for rule in [Apostrophes::English, Apostrophes::French, Apostrophes::Glottal] {
                    let wanted = substituted(rule, text);
                    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert_eq!(words(&split(rule, text)), words(&wanted), "{rule:?} {text:?}");
                }
            }
        }
    }
}
