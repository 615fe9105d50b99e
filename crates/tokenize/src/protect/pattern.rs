//! Regular expressions of the user, for what is to stay whole.

use std::ops::Range;

use regex_automata::Input;
use regex_automata::meta::{BuildError, Cache, Regex};
use regex_automata::util::syntax;

/// How much the automata of all patterns may hold, in bytes.
const COMPILED_BYTES_MAX: usize = 16 << 20;

/// Patterns, all looked for at once.
#[derive(Debug, Clone)]
pub struct Patterns(Regex);

/// Room for the work on one text after the other.
#[derive(Debug, Default)]
pub(super) struct Scratch(Option<Cache>);

impl Patterns {
    /// Compiles regular expressions in the syntax of the Rust crate `regex`, of which the sooner one has precedence at one
    /// place, and what comes first in it: leftmost-first, without look-around. Unicode classes are known; nothing ill-formed is
    /// matched.
    ///
    /// Each line is a text of its own, and so is each part of a line of more than 32 KiB. Empty matches are nothing. Each search takes time in proportion to how far the pattern looks ahead.
    ///
    /// # Errors
    /// What is wrong with the first pattern that is wrong, and the pattern; all patterns together hold 16 MiB at most.
    ///
    /// ```
    /// assert!(tokenize::Patterns::new(&[r"\p{Lu}+-\d+"]).is_ok());
    /// let problem = tokenize::Patterns::new(&["a", "(b"]).map(|_| ()).expect_err("no such pattern");
    /// assert!(problem.starts_with("(b: "), "{problem}");
    /// ```
    pub fn new<P: AsRef<str>>(patterns: &[P]) -> Result<Self, String> {
        let build = |patterns: &[&str]| {
            let config = Regex::config().nfa_size_limit(Some(COMPILED_BYTES_MAX)).utf8_empty(true);
            let syntax = syntax::Config::new().utf8(true);
            let built = Regex::builder().configure(config).syntax(syntax).build_many(patterns);
            built.map_err(|error| reason(&error))
        };
        let patterns: Vec<&str> = patterns.iter().map(AsRef::as_ref).collect();
        match build(&patterns) {
            Ok(regex) => Ok(Patterns(regex)),
            Err(error) => {
                let at_fault = patterns.iter().find_map(|pattern| Some((pattern, build(&[pattern]).err()?)));
                Err(match at_fault {
                    Some((pattern, error)) => format!("{pattern}: {error}"),
                    None => format!("the patterns together: {error}"),
                })
            }
        }
    }

    /// Gives each match in a line, or in a part of it, to a function.
    pub(super) fn find(&self, line: &[u8], scratch: &mut Scratch, mut receive: impl FnMut(Range<usize>)) {
        let Patterns(regex) = self;
        let cache = scratch.0.get_or_insert_with(|| regex.create_cache());
        let mut at = 0;
        while let Some(found) = regex.search_with(cache, &Input::new(line).range(at..)) {
            at = found.end();
            if !found.is_empty() {
                receive(found.range());
            } else if at < line.len() {
                at += unicode::utf8::decode(&line[at..]).1;
            } else {
                break;
            }
        }
    }
}

/// What is wrong with a pattern, and where.
fn reason(error: &BuildError) -> String {
    match error.syntax_error() {
        Some(error) => error.to_string(),
        None => {
            error.size_limit().map_or_else(|| error.to_string(), |limit| format!("larger than {limit} bytes"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(patterns: &[&str], line: &'t [u8]) -> Vec<&'t [u8]> {
        let mut found = Vec::new();
        let patterns = Patterns::new(patterns).expect("they are well-formed");
        patterns.find(line, &mut Scratch::default(), |range| found.push(&line[range]));
        found
    }

    #[test]
    fn the_leftmost_of_the_first_pattern_is_found() {
        assert_eq!(found(&["a.", "b"], b"xab b a"), [&b"ab"[..], b"b"]);
        assert_eq!(found(&["x*", "b"], "éxb".as_bytes()), [&b"x"[..]]);
        assert_eq!(found(&[r"\bb", "^a"], b"ab b"), [b"a", b"b"]);
    }

    #[test]
    fn nothing_ill_formed_is_matched() {
        assert_eq!(found(&[".+"], b"a\xFFb\xE2\x80"), [b"a", b"b"]);
        assert!(Patterns::new(&[r"(?-u)\xFF"]).is_err());
    }

    #[test]
    fn a_pattern_that_is_too_large_is_named() {
        let problem = Patterns::new(&["a", r"\w{5000}"]).map(|_| ()).expect_err("it is large");
        assert_eq!(problem, r"\w{5000}: larger than 16777216 bytes");
    }
}
