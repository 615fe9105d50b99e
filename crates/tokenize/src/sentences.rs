//! Where sentences end, asked while tokens pass.

use unicode::sentence;

use crate::class::Class;
use crate::token::Token;

/// The sentences of a text (UAX #29) beside its tokens. A token is never divided: a sentence that ends within one ends
/// after it. Nor does one end after a word that has a full stop of its own, an abbreviation, unless its line does.
#[derive(Debug, Clone)]
pub struct Sentences<'t> {
    text: &'t [u8],
    sentences: sentence::Sentences<'t>,
    /// Where the sentence of the last token ends.
    end: usize,
    /// Where the last token ends, if it is an abbreviation.
    abbreviation_end: Option<usize>,
}

impl<'t> Sentences<'t> {
    /// The sentences of a text.
    pub fn of(text: &'t [u8]) -> Self {
        Sentences { text, sentences: sentence::sentences(text), end: 0, abbreviation_end: None }
    }

    /// Takes the next token; whether a sentence ended before it. Before the first token none has.
    pub fn pass(&mut self, token: &Token<'_>) -> bool {
        // What stands for nothing in the text belongs to the sentence before it.
        if token.start == token.end {
            return false;
        }
        let is_beyond = token.start >= self.end && self.end > 0;
        let goes_on =
            self.abbreviation_end.is_some_and(|end| !has_line_end(&self.text[end..token.start.max(end)]));
        while self.end < token.end.max(token.start + 1) {
            let Some(sentence) = self.sentences.next() else { break };
            self.end += sentence.len();
        }
        let is_abbreviation =
            token.class == Some(Class::Word) && token.form.len() > 1 && token.form.ends_with(b".");
        self.abbreviation_end = is_abbreviation.then_some(token.end);
        is_beyond && !goes_on
    }
}

/// Whether a paragraph separator of the rules of sentences (SB4) stands here.
fn has_line_end(gap: &[u8]) -> bool {
    gap.contains(&b'\n')
        || gap.contains(&b'\r')
        || ["\u{85}", "\u{2028}", "\u{2029}"]
            .iter()
            .any(|end| memchr::memmem::find(gap, end.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str, tokens: &[(usize, usize)], class: Option<Class>) -> Vec<bool> {
        let mut sentences = Sentences::of(text.as_bytes());
        let token =
            |&(start, end): &(usize, usize)| Token { class, ..Token::at(text.as_bytes(), start..end) };
        tokens.iter().map(|place| sentences.pass(&token(place))).collect()
    }

    #[test]
    fn a_sentence_ends_between_tokens() {
        let tokens = [(0, 1), (2, 3), (3, 4), (5, 6), (6, 7)];
        assert_eq!(ends("A b. C.", &tokens, None), [false, false, false, true, false]);
    }

    #[test]
    fn a_token_may_hold_the_end_of_a_sentence() {
        // "b. C" is one token: the sentence goes on to its end, and the next begins with what follows.
        let tokens = [(0, 1), (2, 6), (7, 8), (8, 9), (10, 11)];
        assert_eq!(ends("A b. C d. E", &tokens, None), [false, false, false, false, true]);
        assert_eq!(ends("  ", &[], None), Vec::<bool>::new());
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        let tokens = [(0, 3), (4, 5)];
        assert_eq!(ends("Dr. A", &tokens, Some(Class::Word)), [false, false]);
        assert_eq!(ends("Dr. A", &tokens, None), [false, true]);
        assert_eq!(ends("Dr.\nA", &tokens, Some(Class::Word)), [false, true]);
    }
}
