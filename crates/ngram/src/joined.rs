//! The tokens of a record in one line, from which n-grams are cut.

use textcore::partial::escape_key_into;

/// Tokens joined by a space, with tab, LF, CR and backslash escaped.
#[derive(Debug, Default)]
pub struct Joined {
    line: Vec<u8>,
    /// Where each token starts, and where one after the last would start.
    starts: Vec<usize>,
}

impl Joined {
    /// Forgets all tokens.
    pub fn clear(&mut self) {
        self.line.clear();
        self.starts.clear();
        self.starts.push(0);
    }

    /// Adds a token.
    #[inline]
    pub fn push(&mut self, token: &[u8]) {
        escape_key_into(token, &mut self.line);
        self.line.push(b' ');
        self.starts.push(self.line.len());
    }

    /// How many n-grams of a length there are.
    pub fn count(&self, length: usize) -> usize {
        self.starts.len().saturating_sub(length)
    }

    /// The n-gram that begins with token `at`.
    #[inline]
    pub fn gram(&self, at: usize, length: usize) -> &[u8] {
        &self.line[self.starts[at]..self.starts[at + length] - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n_grams_are_stretches_of_tokens() {
        let mut joined = Joined::default();
        assert_eq!(joined.count(1), 0);
        joined.clear();
        assert_eq!(joined.count(1), 0);
        [&b"a"[..], b"b\tc", b"d"].iter().for_each(|token| joined.push(token));
        assert_eq!([1, 2, 3, 4].map(|length| joined.count(length)), [3, 2, 1, 0]);
        assert_eq!(joined.gram(0, 2), br"a b\tc");
        assert_eq!(joined.gram(2, 1), b"d");
    }
}
