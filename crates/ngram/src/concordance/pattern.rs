//! Patterns: what tokens in a row are looked for.

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use rewrite::{Key, KeyScratch};
use textcore::Error;
use unicode::Unit;

/// Room for the compiled form of a regular expression.
const REGEX_BYTES_MAX: usize = 8 << 20;

/// What tokens in a row must match, one matcher for each.
#[derive(Debug, Clone)]
pub struct Pattern {
    matchers: Vec<Matcher>,
}

/// What a token must match.
#[derive(Debug, Clone)]
enum Matcher {
    /// Just this.
    Exact(Vec<u8>),
    /// These pieces, with anything between them; the first at the beginning, the last at the end.
    Pieces(Vec<Vec<u8>>),
    /// A regular expression, as a whole.
    Regex(Box<Regex>),
}

impl Pattern {
    /// Reads words with a space between; `key_norm` makes keys of them.
    ///
    /// # Errors
    /// [`Error::Usage`] for a pattern without a token, and for a regular expression that is none.
    pub fn new(text: &[u8], is_regex: bool, unit: Unit, key_norm: Option<&Key>) -> Result<Pattern, Error> {
        let mut matchers = Vec::new();
        if !is_regex && !text.contains(&b'*') {
            matchers.extend(tokens(text, unit, key_norm).into_iter().map(Matcher::Exact));
        } else {
            for word in text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
                if is_regex {
                    matchers.push(regex(word)?);
                } else if word.contains(&b'*') {
                    matchers.push(pieces(word, key_norm));
                } else {
                    matchers.extend(tokens(word, unit, key_norm).into_iter().map(Matcher::Exact));
                }
            }
        }
        if matchers.is_empty() {
            let shown = String::from_utf8_lossy(text);
            let what = format!("--concordance '{shown}': there is no token of --unit {} in it", unit.name());
            return Err(Error::Usage(what));
        }
        Ok(Pattern { matchers })
    }

    /// How many tokens it matches.
    pub fn len(&self) -> usize {
        self.matchers.len()
    }

    /// Whether the tokens that begin here match; `token` gives them by number.
    pub fn matches<'t>(&self, token: impl Fn(usize) -> &'t [u8]) -> bool {
        self.matchers.iter().enumerate().all(|(number, matcher)| matcher.matches(token(number)))
    }

    /// What a text that the pattern matches must hold, where tokens are compared as they stand.
    pub fn needle(&self) -> Option<&[u8]> {
        let needles = self.matchers.iter().filter_map(|matcher| match matcher {
            Matcher::Exact(token) => Some(&token[..]),
            Matcher::Pieces(pieces) => pieces.iter().map(|piece| &piece[..]).max_by_key(|piece| piece.len()),
            Matcher::Regex(_) => None,
        });
        needles.max_by_key(|needle| needle.len()).filter(|needle| !needle.is_empty())
    }
}

impl Matcher {
    fn matches(&self, token: &[u8]) -> bool {
        match self {
            Matcher::Exact(wanted) => token == wanted,
            Matcher::Pieces(pieces) => match_pieces(pieces, token),
            Matcher::Regex(regex) => regex.is_match(token),
        }
    }
}

/// The earliest place for each piece leaves the most room for the others.
fn match_pieces(pieces: &[Vec<u8>], token: &[u8]) -> bool {
    let [first, between @ .., last] = pieces else { return false };
    let Some(mut rest) = token.strip_prefix(&first[..]).and_then(|rest| rest.strip_suffix(&last[..])) else {
        return false;
    };
    between.iter().all(|piece| match memchr::memmem::find(rest, piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

fn tokens(text: &[u8], unit: Unit, key_norm: Option<&Key>) -> Vec<Vec<u8>> {
    let mut tokens = Vec::new();
    match key_norm {
        None => unit.for_each(text, |token| tokens.push(token.to_vec())),
        Some(norm) => {
            norm.for_each_unit(unit, &mut KeyScratch::default(), text, |key, _| tokens.push(key.to_vec()));
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// The pieces between the stars; a star after a backslash is one of a piece.
fn pieces(word: &[u8], key_norm: Option<&Key>) -> Matcher {
    let mut pieces = vec![Vec::new()];
    let mut bytes = word.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let is_escaped = byte == b'\\' && bytes.next_if_eq(&b'*').is_some();
        match pieces.last_mut() {
            Some(piece) if is_escaped || byte != b'*' => piece.push(if is_escaped { b'*' } else { byte }),
            _ => pieces.push(Vec::new()),
        }
    }
    if let Some(norm) = key_norm {
        let mut scratch = KeyScratch::default();
        for piece in &mut pieces {
            let mut key = Vec::new();
            norm.key_into(&mut scratch, piece, &mut key);
            *piece = key;
        }
    }
    match pieces.pop() {
        Some(only) if pieces.is_empty() => Matcher::Exact(only),
        last => {
            pieces.extend(last);
            Matcher::Pieces(pieces)
        }
    }
}

fn regex(word: &[u8]) -> Result<Matcher, Error> {
    let refuse =
        |what: String| Error::Usage(format!("--concordance '{}': {what}", String::from_utf8_lossy(word)));
    let word_text = std::str::from_utf8(word).map_err(|error| refuse(error.to_string()))?;
    let config = Regex::config().nfa_size_limit(Some(REGEX_BYTES_MAX)).utf8_empty(false);
    // Read alone first, so that no bracket of it closes ours.
    let syntax = syntax::Config::new().utf8(false);
    syntax::parse_with(word_text, &syntax).map_err(|error| refuse(error.to_string()))?;
    let whole = format!(r"\A(?:{word_text})\z");
    let regex = Regex::builder().configure(config).syntax(syntax).build(&whole);
    regex.map(|regex| Matcher::Regex(Box::new(regex))).map_err(|error| refuse(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, is_regex: bool, tokens: &[&str]) -> bool {
        let pattern = Pattern::new(pattern.as_bytes(), is_regex, Unit::Word, None).expect("a pattern");
        assert_eq!(pattern.len(), tokens.len());
        pattern.matches(|number| tokens[number].as_bytes())
    }

    #[test]
    fn stars_stand_for_any_characters() {
        for (pattern, token, wanted) in [
            ("bee", "bee", true),
            ("bee", "bees", false),
            ("bee*", "bee", true),
            ("*ee*", "beer", true),
            ("b*r", "bear", true),
            ("b*r", "bearer", true),
            ("b*r", "b", false),
            ("bb*b", "bb", false),
            ("a*b*c*d", "a-b-b-c-d", true),
            ("a*c*b*d", "a-b-b-c-d", false),
            ("*", "anything", true),
            (r"\*", "*", true),
            (r"\*", "a", false),
        ] {
            assert_eq!(matches(pattern, false, &[token]), wanted, "{pattern} {token}");
        }
        assert!(matches("of * the", false, &["of", "all", "the"]));
        assert!(!matches("of *x the", false, &["of", "all", "the"]));
    }

    #[test]
    fn regular_expressions_match_whole_tokens() {
        assert!(matches("bees?", true, &["bee"]) && matches("bees?", true, &["bees"]));
        assert!(!matches("bees?", true, &["beesy"]) && !matches("a|b", true, &["ab"]));
        assert!(matches(r"(?i)ÉTÉ|x", true, &["été"]));
        for bad in ["(", ")|(", "a{9999999}{9999}"] {
            assert!(Pattern::new(bad.as_bytes(), true, Unit::Word, None).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_key_forgives() {
        let key = Key::parse("lower,fa").expect("names");
        let pattern =
            |text: &str| Pattern::new(text.as_bytes(), false, Unit::Word, Some(&key)).expect("words");
        assert!(pattern("تحریم های").matches(|_| "تحریمهای".as_bytes()));
        assert!(pattern("PDF*").matches(|_| b"pdfs"));
        assert!(Pattern::new(b" ", false, Unit::Word, None).is_err());
    }

    #[test]
    fn the_longest_of_what_must_be_there_is_looked_for() {
        let needle = |text: &str, is_regex| {
            let pattern = Pattern::new(text.as_bytes(), is_regex, Unit::Word, None).expect("a pattern");
            pattern.needle().map(<[u8]>::to_vec)
        };
        assert_eq!(needle("of *ever* it", false), Some(b"ever".to_vec()));
        assert_eq!([needle("*", false), needle("a", true)], [None, None]);
    }
}
