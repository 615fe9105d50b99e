//! What a text is cut at, or what is replaced in it: a string, characters of a kind, a regex.

use std::ops::Range;

use memchr::memmem::Finder;
use regex_automata::meta;
use regex_automata::util::syntax;
use unicode::{Category, utf8};

use super::backtracking::Backtracking;
use super::class::{self, NUMBER, SPACE};
use super::known::{self, Known};

/// Something to look for.
#[derive(Debug)]
pub(crate) enum Matcher {
    Text(Box<Finder<'static>>),
    Character(fn(char) -> bool),
    Space,
    Number,
    Known(Known),
    /// A regex without look-around; with a second pattern for white space at the end, of which the last character
    /// is left to what follows.
    Regex(Box<meta::Regex>),
    /// A regex that needs backtracking.
    Backtracking(Box<Backtracking>),
}

/// How many known patterns and many others end: white space, but for the last one before something else.
const SPACE_ENDS: [&str; 2] = [r"|\s+(?!\S)|\s+", r"|\s+(?!\S)|\s"];

/// A pattern that matches nothing.
const NOTHING: &str = r"\P{any}";

impl Matcher {
    pub(crate) fn text(text: &str) -> Matcher {
        Matcher::Text(Box::new(Finder::new(text.as_bytes()).into_owned()))
    }

    /// A regex as Oniguruma reads it, or why it is none.
    pub(crate) fn regex(written: &str) -> Result<Matcher, String> {
        if let Some(known) = Known::from_regex(written) {
            return Ok(Matcher::Known(known));
        }
        // `^` and `$` are the ends of lines there.
        let syntax = syntax::Config::new().multi_line(true);
        let build = |patterns: &[&str]| meta::Builder::new().syntax(syntax).build_many(patterns).ok();
        let start = before_space(written);
        if !has_possessive(written) {
            if let Some(start) = start
                && let Some(regex) = build(&[start, r"\s+"])
            {
                return Ok(Matcher::Regex(Box::new(regex)));
            }
            if let Some(regex) = build(&[written]) {
                return Ok(Matcher::Regex(Box::new(regex)));
            }
        }
        Ok(Matcher::Backtracking(Box::new(Backtracking::new(written, start)?)))
    }

    /// Whether ill-formed text may be searched as it is, each subpart counting as U+FFFD.
    pub(crate) fn takes_any_bytes(&self) -> bool {
        !matches!(self, Matcher::Regex(_) | Matcher::Backtracking(_))
    }

    /// Call `receive` with each match, in order.
    pub(crate) fn find(&self, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
        match self {
            Matcher::Text(finder) => {
                finder.find_iter(text).for_each(|at| receive(at..at + finder.needle().len()));
            }
            Matcher::Character(is_match) => {
                let mut at = 0;
                while at < text.len() {
                    let (character, length) = utf8::decode(&text[at..]);
                    if is_match(character) {
                        receive(at..at + length);
                    }
                    at += length;
                }
            }
            Matcher::Space => of_class(text, SPACE, receive),
            Matcher::Number => of_class(text, NUMBER, receive),
            Matcher::Known(known) => known.split(text, receive),
            Matcher::Regex(regex) => by_regex(regex, text, receive),
            Matcher::Backtracking(regex) => regex.find(text, receive),
        }
    }
}

/// What stands before white space at the end of a pattern.
fn before_space(written: &str) -> Option<&str> {
    SPACE_ENDS.iter().find_map(|end| match written.strip_suffix(end) {
        None if written == &end[1..] => Some(NOTHING),
        start => start,
    })
}

/// Whether a repetition gives nothing back, which another engine would read as a repetition of a repetition.
fn has_possessive(written: &str) -> bool {
    let (mut in_class, mut is_escaped, mut before) = (0_u32, false, ' ');
    for character in written.chars() {
        match character {
            _ if is_escaped => {
                is_escaped = false;
                before = ' ';
                continue;
            }
            '\\' => is_escaped = true,
            '[' => in_class += 1,
            ']' => in_class = in_class.saturating_sub(1),
            '+' if in_class == 0 && "+*?}".contains(before) => return true,
            _ => {}
        }
        before = character;
    }
    false
}

fn of_class(text: &[u8], wanted: class::Class, mut receive: impl FnMut(Range<usize>)) {
    let mut at = 0;
    while at < text.len() {
        let (class, length) = class::at(text, at);
        if class & wanted != 0 {
            receive(at..at + length);
        }
        at += length;
    }
}

fn by_regex(regex: &meta::Regex, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
    let mut input = regex_automata::Input::new(text);
    let mut last_end = None;
    while let Some(found) = regex.search(&input) {
        let mut range = found.range();
        if range.is_empty() && last_end == Some(range.end) {
            // An empty match right after another one is none.
            if range.end == text.len() {
                return;
            }
            input.set_start(range.end + utf8::decode(&text[range.end..]).1);
            continue;
        }
        if found.pattern().as_usize() == 1 {
            range.end = known::space(text, range.start, range.end);
        }
        input.set_start(range.end);
        last_end = Some(range.end);
        receive(range);
    }
}

/// ASCII punctuation and symbols, and `\p{P}`.
pub(crate) fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation() || (!character.is_ascii() && Category::of(character).is_punctuation())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(regex: &str, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        Matcher::regex(regex).unwrap().find(text.as_bytes(), |range| found.push(range));
        found
    }

    #[test]
    fn possessive_repetitions_are_told_from_classes() {
        for (written, is_possessive) in [("a++", true), (r"\p{L}?+", true), ("[*+]+", false), (r"\++", false)]
        {
            assert_eq!(has_possessive(written), is_possessive, "{written}");
        }
    }

    #[test]
    fn white_space_at_the_end_of_a_pattern_needs_no_look_ahead() {
        let text = "ab  c \n";
        for start in ["[a-z]+", "[a-z]++"] {
            assert_eq!(found(&format!(r"{start}|\s+(?!\S)|\s+"), text), [0..2, 2..3, 3..4, 4..5, 5..7]);
        }
    }

    #[test]
    fn white_space_alone_needs_no_look_ahead_either() {
        for regex in [r"\s+(?!\S)|\s+", r"\s+(?!\S)|\s"] {
            assert!(matches!(Matcher::regex(regex), Ok(Matcher::Regex(_))));
            assert_eq!(found(regex, "a  b \n c "), [1..2, 2..3, 4..6, 6..7, 8..9]);
            let text = format!("{}x  ", " ".repeat(1_001_000));
            assert_eq!(found(regex, &text), [0..1_000_999, 1_000_999..1_001_000, 1_001_001..1_001_003]);
        }
    }

    #[test]
    fn empty_matches_stand_between_others() {
        assert_eq!(found("x*", "axb"), [0..0, 1..2, 3..3]);
        assert_eq!(found("x*(?!y)", "axb"), [0..0, 1..2, 3..3]);
        assert_eq!(found("^a", "a\na"), [0..1, 2..3]);
    }

    #[test]
    fn a_search_that_goes_back_too_often_ends() {
        let text = "a".repeat(4000);
        assert!(found("(?:(?=a)a|a)*b(?!c)|z(?!c)", &text).is_empty());
    }
}
