//! Whether the full stop at the end of a word is a token of its own, or belongs to an abbreviation.

use language::{Abbreviation, Abbreviations};
use unicode::Properties;

use super::class::{Class, look, skip_space};

/// What stands behind a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Behind {
    /// A mark that touches it.
    Mark,
    /// White space, or the end of the text: what comes then begins here.
    Space(usize),
}

/// What comes behind a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
    /// No other word.
    Nothing,
    Lowercase,
    /// A word that begins with an ASCII digit.
    Digit,
    Other,
}

impl Behind {
    /// What comes behind the word.
    pub(super) fn next(self, text: &[u8]) -> Next {
        let Behind::Space(at) = self else { return Next::Other };
        let at = skip_space(text, at);
        match look(text, at).1 {
            Class::ABSENT => Next::Nothing,
            class if class.is_lowercase() => Next::Lowercase,
            _ if text[at].is_ascii_digit() => Next::Digit,
            _ => Next::Other,
        }
    }
}

/// Whether a full stop stays with the word before it. `key` is the word without controls, or as much of it as shows that
/// no abbreviation is as long; `has_dots`: the word has other full stops.
pub(super) fn stays(
    abbreviations: &Abbreviations,
    word: &[u8],
    key: &[u8],
    has_dots: bool,
    next: Next,
) -> bool {
    match next {
        Next::Nothing => false,
        Next::Lowercase => true,
        Next::Digit | Next::Other => {
            has_dots && has_letters(word)
                || match abbreviations.get(key) {
                    Some(Abbreviation::Always) => true,
                    Some(Abbreviation::BeforeNumber) => next == Next::Digit,
                    None => false,
                }
        }
    }
}

fn has_letters(word: &[u8]) -> bool {
    let mut at = 0;
    while at < word.len() {
        let (properties, length) = Properties::at(word, at);
        if properties.is_alphabetic() {
            return true;
        }
        at += length;
    }
    false
}
