//! Patterns: regular expressions that match whole characters of well-formed text.

use regex_automata::nfa::thompson;
use regex_automata::util::captures::GroupInfo;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, Look};

use super::cursor::Cursor;
use super::error::Fault;

/// How deep groups and repetitions may stand in each other.
const NEST_MAX: u32 = 100;

/// A regular expression, checked.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// As it stands in the file.
    pub written: String,
    pub hir: Hir,
    /// Its groups, by number and name.
    pub groups: GroupInfo,
    /// What it takes when compiled.
    pub bytes: usize,
}

/// A pattern as it stands in a line.
pub(super) struct Written<'l> {
    text: &'l str,
    flags: &'l str,
    /// Where the text begins.
    column: usize,
}

/// Reads `/PATTERN/FLAGS`.
pub(super) fn written<'l>(cursor: &mut Cursor<'l>) -> Result<Written<'l>, Fault> {
    let opens = cursor.column();
    cursor.take("/");
    let (rest, column) = (cursor.rest(), cursor.column());
    loop {
        match cursor.next() {
            Some('/') => break,
            Some('\\') => drop(cursor.next()),
            Some(_) => {}
            None => return Err(Fault::new(opens, "no '/' closes the pattern that begins here")),
        }
    }
    let text = &rest[..rest.len() - cursor.rest().len() - 1];
    let flags_column = cursor.column();
    let flags = cursor.next_while(|character| character.is_alphanumeric());
    match flags.chars().position(|flag| !"isx".contains(flag)) {
        Some(place) => Err(Fault::new(flags_column + place, "expected a flag: i, s or x")),
        None => Ok(Written { text, flags, column }),
    }
}

impl Written<'_> {
    /// Checks the pattern and sees that, compiled, it takes at most `bytes_max`.
    pub fn pattern(&self, bytes_max: usize) -> Result<Pattern, Fault> {
        let hir = self.parsed()?;
        match (hir.properties().minimum_len(), hir.properties().maximum_len()) {
            (None, _) => return Err(self.fault("the pattern cannot match any text")),
            (_, Some(0)) => return Err(self.fault("the pattern matches nothing but the empty text")),
            _ => {}
        }
        let limit = thompson::Config::new().nfa_size_limit(Some(bytes_max));
        let automaton = thompson::Compiler::new()
            .configure(limit)
            .build_from_hir(&hir)
            .map_err(|_| self.fault("the pattern is too large, or all patterns up to here are together"))?;
        let written = format!("/{}/{}", self.text, self.flags);
        Ok(Pattern { written, hir, groups: automaton.group_info().clone(), bytes: automaton.memory_usage() })
    }

    fn parsed(&self) -> Result<Hir, Fault> {
        let has = |flag| self.flags.contains(flag);
        let parsed = ParserBuilder::new()
            .nest_limit(NEST_MAX)
            .multi_line(true)
            .crlf(true)
            .utf8(true)
            .case_insensitive(has('i'))
            .dot_matches_new_line(has('s'))
            .ignore_whitespace(has('x'))
            .build()
            .parse(self.text);
        parsed.map_err(|error| {
            let (place, what) = match &error {
                regex_syntax::Error::Parse(error) => (error.span().start.column, error.kind().to_string()),
                regex_syntax::Error::Translate(error) => {
                    (error.span().start.column, error.kind().to_string())
                }
                _ => (1, error.to_string()),
            };
            Fault::new(self.column + place - 1, what)
        })
    }

    fn fault(&self, what: &str) -> Fault {
        Fault::new(self.column, what)
    }
}

/// What the neighbourhood of a match has to say in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Surroundings {
    /// Nothing, or whether a letter stands there: the end of a record is as good as the end of the text.
    Any,
    /// Whether a line begins or ends there.
    LineEdges,
    /// Whether the text begins or ends there.
    TextEdges,
}

impl Pattern {
    /// What the pattern asks about the places around it.
    pub fn surroundings(&self) -> Surroundings {
        let looks = self.hir.properties().look_set();
        if looks.iter().any(|look| matches!(look, Look::Start | Look::End | Look::StartLF | Look::EndLF)) {
            Surroundings::TextEdges
        } else if looks.contains_anchor() {
            Surroundings::LineEdges
        } else {
            Surroundings::Any
        }
    }

    /// Whether a search for it is better not joined with others: it makes them slow, or finds something everywhere.
    pub fn is_unsociable(&self) -> bool {
        let properties = self.hir.properties();
        properties.look_set().contains_word_unicode() || properties.minimum_len() == Some(0)
    }
}
