//! What a text is cut at, or what is replaced in it: a string, characters of a kind, a regex.

use std::ops::Range;

use memchr::memmem::Finder;
use regex_automata::meta;
use regex_automata::util::syntax;
use unicode::{Category, utf8};

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
    Backtracking(Box<fancy_regex::Regex>),
}

/// How many known patterns and many others end: white space, but for the last one before something else.
const SPACE_ENDS: [&str; 2] = [r"|\s+(?!\S)|\s+", r"|\s+(?!\S)|\s"];

/// How far a regex may go back, over all, before a match is given up.
const BACKTRACK_LIMIT: usize = 1_000_000;

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
        if !has_possessive(written) {
            if let Some(start) = SPACE_ENDS.iter().find_map(|end| written.strip_suffix(end))
                && let Some(regex) = build(&[start, r"\s+"])
            {
                return Ok(Matcher::Regex(Box::new(regex)));
            }
            if let Some(regex) = build(&[written]) {
                return Ok(Matcher::Regex(Box::new(regex)));
            }
        }
        let regex = fancy_regex::RegexBuilder::new(&format!("(?m:{written})"))
            .backtrack_limit(BACKTRACK_LIMIT)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Matcher::Backtracking(Box::new(regex)))
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
            Matcher::Backtracking(regex) => backtracking(regex, text, receive),
        }
    }
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

/// Where a search is given up, the rest of the text has no match.
fn backtracking(regex: &fancy_regex::Regex, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut at = 0;
    let mut last_end = None;
    while at <= text.len() {
        let step = text[at..].chars().next().map_or(1, char::len_utf8);
        match regex.find_from_pos(text, at) {
            Ok(None) | Err(_) => return,
            Ok(Some(found)) if found.start() == found.end() && last_end == Some(found.end()) => at += step,
            Ok(Some(found)) => {
                receive(found.start()..found.end());
                at = found.end();
                last_end = Some(at);
            }
        }
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
