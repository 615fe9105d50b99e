//! The rules: which value a document must reach, or must not pass.

use super::measures::Measures;

/// Whose rules they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Gopher's, about words and lines.
    Quality,
    /// Gopher's, about what comes again.
    Repetition,
    /// C4's, about documents.
    C4,
    /// FineWeb's own.
    FineWeb,
}

/// On which side of the threshold a value is good; the threshold itself is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The threshold or more.
    AtLeast,
    /// The threshold or less.
    AtMost,
}

/// A rule.
pub struct Rule {
    /// The name by which it is chosen, skipped and reported.
    pub name: &'static str,
    /// Whose it is.
    pub family: Family,
    /// The good side.
    pub side: Side,
    /// The threshold that is meant where none is given: datatrove's, which is the paper's where that has one.
    pub threshold: f64,
    /// The value that is looked at; not a number where it is not known.
    pub value: fn(&Measures) -> f64,
}

impl Rule {
    /// Whether a value is good. What is not known is.
    pub fn allows(&self, value: f64, threshold: f64) -> bool {
        match self.side {
            Side::AtLeast => value.is_nan() || value >= threshold,
            Side::AtMost => value.is_nan() || value <= threshold,
        }
    }
}

/// Every rule, in the order in which they are reported.
pub const RULES: [Rule; 30] = [
    quality("gopher-min-words", Side::AtLeast, 50.0, |of| gopher(of, |it| it.words)),
    quality("gopher-max-words", Side::AtMost, 100_000.0, |of| gopher(of, |it| it.words)),
    quality("gopher-min-word-length", Side::AtLeast, 3.0, |of| gopher(of, |it| it.mean_word_length)),
    quality("gopher-max-word-length", Side::AtMost, 10.0, |of| gopher(of, |it| it.mean_word_length)),
    quality("gopher-hashes", Side::AtMost, 0.1, |of| gopher(of, |it| it.hash_ratio)),
    quality("gopher-ellipses", Side::AtMost, 0.1, |of| gopher(of, |it| it.ellipsis_ratio)),
    quality("gopher-bullet-lines", Side::AtMost, 0.9, |of| gopher(of, |it| it.bullet_line_ratio)),
    quality("gopher-ellipsis-lines", Side::AtMost, 0.3, |of| gopher(of, |it| it.ellipsis_line_ratio)),
    quality("gopher-alphabetic-words", Side::AtLeast, 0.8, |of| gopher(of, |it| it.alphabetic_word_ratio)),
    quality("gopher-stop-words", Side::AtLeast, 2.0, |of| gopher(of, |it| it.stop_words)),
    repeated("gopher-duplicate-paragraphs", 0.3, |of| repetition(of, |it| it.duplicate_paragraphs)),
    repeated("gopher-duplicate-paragraph-characters", 0.2, |of| {
        repetition(of, |it| it.duplicate_paragraph_characters)
    }),
    repeated("gopher-duplicate-lines", 0.3, |of| repetition(of, |it| it.duplicate_lines)),
    repeated("gopher-duplicate-line-characters", 0.2, |of| repetition(of, |it| it.duplicate_line_characters)),
    repeated("gopher-top-2-gram", 0.2, |of| repetition(of, |it| it.top_grams[0])),
    repeated("gopher-top-3-gram", 0.18, |of| repetition(of, |it| it.top_grams[1])),
    repeated("gopher-top-4-gram", 0.16, |of| repetition(of, |it| it.top_grams[2])),
    repeated("gopher-duplicate-5-grams", 0.15, |of| repetition(of, |it| it.duplicate_grams[0])),
    repeated("gopher-duplicate-6-grams", 0.14, |of| repetition(of, |it| it.duplicate_grams[1])),
    repeated("gopher-duplicate-7-grams", 0.13, |of| repetition(of, |it| it.duplicate_grams[2])),
    repeated("gopher-duplicate-8-grams", 0.12, |of| repetition(of, |it| it.duplicate_grams[3])),
    repeated("gopher-duplicate-9-grams", 0.11, |of| repetition(of, |it| it.duplicate_grams[4])),
    repeated("gopher-duplicate-10-grams", 0.1, |of| repetition(of, |it| it.duplicate_grams[5])),
    c4("c4-sentences", Side::AtLeast, 5.0, |of| of.c4.map_or(f64::NAN, |it| it.sentences as f64)),
    c4("c4-lorem-ipsum", Side::AtMost, 0.0, |of| of.c4.map_or(f64::NAN, |it| it.lorem_ipsum as f64)),
    c4("c4-curly-bracket", Side::AtMost, 0.0, |of| of.c4.map_or(f64::NAN, |it| it.curly_bracket as f64)),
    fineweb("fineweb-terminal-lines", Side::AtLeast, 0.12, |of| {
        of.fineweb.map_or(f64::NAN, |it| it.terminal_line_ratio)
    }),
    fineweb("fineweb-short-lines", Side::AtMost, 0.67, |of| {
        of.fineweb.map_or(f64::NAN, |it| it.short_line_ratio)
    }),
    fineweb("fineweb-duplicate-characters", Side::AtMost, 0.01, |of| {
        of.fineweb.map_or(f64::NAN, |it| it.duplicate_character_ratio)
    }),
    fineweb("fineweb-newlines", Side::AtMost, 0.3, |of| of.fineweb.map_or(f64::NAN, |it| it.newline_ratio)),
];

type Value = fn(&Measures) -> f64;

const fn quality(name: &'static str, side: Side, threshold: f64, value: Value) -> Rule {
    Rule { name, family: Family::Quality, side, threshold, value }
}

const fn repeated(name: &'static str, threshold: f64, value: Value) -> Rule {
    Rule { name, family: Family::Repetition, side: Side::AtMost, threshold, value }
}

const fn c4(name: &'static str, side: Side, threshold: f64, value: Value) -> Rule {
    Rule { name, family: Family::C4, side, threshold, value }
}

const fn fineweb(name: &'static str, side: Side, threshold: f64, value: Value) -> Rule {
    Rule { name, family: Family::FineWeb, side, threshold, value }
}

fn gopher(of: &Measures, value: impl Fn(&super::gopher::Gopher) -> f64) -> f64 {
    of.gopher.as_ref().map_or(f64::NAN, value)
}

fn repetition(of: &Measures, value: impl Fn(&super::repetition::Repetition) -> f64) -> f64 {
    of.repetition.as_ref().map_or(f64::NAN, value)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
    }

    #[test]
    fn the_threshold_is_good_and_so_is_what_is_not_known() {
        let [least, most] = [&RULES[0], &RULES[1]];
        assert!(least.allows(50.0, 50.0) && !least.allows(49.0, 50.0) && least.allows(51.0, 50.0));
        assert!(most.allows(50.0, 50.0) && most.allows(49.0, 50.0) && !most.allows(51.0, 50.0));
        assert!(least.allows(f64::NAN, 50.0) && most.allows(f64::NAN, 50.0));
    }
}
