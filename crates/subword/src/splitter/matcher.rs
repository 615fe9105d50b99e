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
        let build = |patterns: &[&str]| meta::Builder::new().syntax(syntax).build_many(patterns);
        let repeats = [r"++", r"*+", r"?+", "}+"].iter().any(|possessive| written.contains(possessive));
        if !repeats {
            if let Some(start) = SPACE_ENDS.iter().find_map(|end| written.strip_suffix(end))
                && let Ok(regex) = build(&[start, r"\s+"])
            {
                return Ok(Matcher::Regex(Box::new(regex)));
            }
            if let Ok(regex) = build(&[written]) {
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

/// Where a match is given up, no match begins at that character.
fn backtracking(regex: &fancy_regex::Regex, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut at = 0;
    let mut last_end = None;
    while at <= text.len() {
        let step = text[at..].chars().next().map_or(1, char::len_utf8);
        match regex.find_from_pos(text, at) {
            Ok(None) => return,
            Ok(Some(found)) if found.start() == found.end() && last_end == Some(found.end()) => at += step,
            Ok(Some(found)) => {
                receive(found.start()..found.end());
                at = found.end();
                last_end = Some(at);
            }
            Err(_) => at += step,
        }
    }
}

/// ASCII punctuation and symbols, and `\p{P}`.
pub(crate) fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation() || (!character.is_ascii() && Category::of(character).is_punctuation())
}
