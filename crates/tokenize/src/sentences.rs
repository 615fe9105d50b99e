//! Where sentences end, asked while tokens pass.

use unicode::sentence;

/// The sentences of a text (UAX #29) beside its tokens. A token is never divided: a sentence that ends within one ends
/// after it.
#[derive(Debug, Clone)]
pub struct Sentences<'t> {
    sentences: sentence::Sentences<'t>,
    end: usize,
}

impl<'t> Sentences<'t> {
    /// The sentences of a text.
    pub fn of(text: &'t [u8]) -> Self {
        Sentences { sentences: sentence::sentences(text), end: 0 }
    }

    /// Takes the next token's place; whether a sentence ended before it. Before the first token none has.
    pub fn pass(&mut self, start: usize, end: usize) -> bool {
        let ended = start >= self.end && self.end > 0;
        while self.end < end.max(start + 1) {
            let Some(sentence) = self.sentences.next() else { break };
            self.end += sentence.len();
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str, tokens: &[(usize, usize)]) -> Vec<bool> {
        let mut sentences = Sentences::of(text.as_bytes());
        tokens.iter().map(|&(start, end)| sentences.pass(start, end)).collect()
    }

    #[test]
    fn a_sentence_ends_between_tokens() {
        assert_eq!(
            ends("A b. C.", &[(0, 1), (2, 3), (3, 4), (5, 6), (6, 7)]),
            [false, false, false, true, false]
        );
    }

    #[test]
    fn a_token_may_hold_the_end_of_a_sentence() {
        // "b. C" is one token: the sentence goes on to its end, and the next begins with what follows.
        assert_eq!(
            ends("A b. C d. E", &[(0, 1), (2, 6), (7, 8), (8, 9), (10, 11)]),
            [false, false, false, false, true]
        );
        assert_eq!(ends("  ", &[]), Vec::<bool>::new());
    }
}
