//! The tokens of an n-gram as they are written, joined; those that the n-gram before began with stay where they are.

use textcore::json;
use textcore::partial::escape_key_into;

use crate::entry::ORDER_MAX;

/// How tokens are written, and what stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Tab, LF, CR and backslash escaped; a space between.
    Escaped,
    /// As they are; a space between. Only what a reader that splits at white space finds again.
    Bare,
    /// JSON strings, ill-formed bytes as U+FFFD; a comma between.
    Json,
}

/// A token that cannot be spelled so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unspellable {
    /// The token.
    pub token: Vec<u8>,
}

/// A line of joined tokens that follows n-grams in the order of their keys.
#[derive(Debug)]
pub struct Joined {
    spelling: Spelling,
    bytes: Vec<u8>,
    /// Where each token ends, from the second element on.
    ends: [usize; ORDER_MAX + 1],
    /// How many of these tokens the present n-gram begins with, at least.
    kept: usize,
}

impl Joined {
    /// No tokens yet.
    pub fn new(spelling: Spelling) -> Self {
        Joined { spelling, bytes: Vec::new(), ends: [0; ORDER_MAX + 1], kept: 0 }
    }

    /// Comes to an n-gram that begins with so many tokens of the one before; to be told of every one, whether it is
    /// written or not.
    #[inline]
    pub fn advance(&mut self, shared: usize) {
        self.kept = self.kept.min(shared);
    }

    /// The tokens of the present n-gram, joined.
    ///
    /// # Errors
    /// A token that cannot be spelled.
    #[inline]
    pub fn join(&mut self, tokens: &[&[u8]]) -> Result<&[u8], Unspellable> {
        match self.spelling {
            Spelling::Escaped => self.join_with(tokens, b' ', push_escaped),
            Spelling::Bare => self.join_with(tokens, b' ', push_bare),
            Spelling::Json => self.join_with(tokens, b',', push_string),
        }
    }

    /// `push` says whether it could append a token.
    #[inline(always)]
    fn join_with(
        &mut self,
        tokens: &[&[u8]],
        between: u8,
        push: impl Fn(&[u8], &mut Vec<u8>) -> bool,
    ) -> Result<&[u8], Unspellable> {
        let mut number = self.kept.min(tokens.len());
        self.bytes.truncate(self.ends[number]);
        while let Some(token) = tokens.get(number) {
            if number > 0 {
                self.bytes.push(between);
            }
            if !push(token, &mut self.bytes) {
                self.kept = number.min(ORDER_MAX);
                return Err(Unspellable { token: token.to_vec() });
            }
            number += 1;
            if let Some(end) = self.ends.get_mut(number) {
                *end = self.bytes.len();
            }
        }
        self.kept = number.min(ORDER_MAX);
        Ok(&self.bytes)
    }

    /// As [`Joined::join`], of tokens that need not be those of the n-gram.
    ///
    /// # Errors
    /// A token that cannot be spelled.
    pub fn join_others(&mut self, tokens: &[&[u8]]) -> Result<&[u8], Unspellable> {
        self.kept = 0;
        let outcome = self.join(tokens).map(drop);
        self.kept = 0;
        outcome.map(|()| self.bytes.as_slice())
    }
}

/// Whether nothing in a token needs an escape, nor is near to what does: one look at eight bytes.
#[inline]
fn is_plain(token: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (token.first_chunk::<8>(), token.last_chunk::<8>()) {
        let inner = token.len() > 16 && !token.as_chunks::<8>().0.iter().copied().all(is_plain_word);
        return !inner && is_plain_word(*first) && is_plain_word(*last);
    }
    if let (Some(&[a, b, c, d]), Some(&[e, f, g, h])) = (token.first_chunk::<4>(), token.last_chunk::<4>()) {
        return is_plain_word([a, b, c, d, e, f, g, h]);
    }
    token.iter().all(|&byte| byte > b'\r' && byte != b'\\')
}

/// Whether no byte is a backslash, nor any up to return.
#[inline]
fn is_plain_word(bytes: [u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let word = u64::from_le_bytes(bytes);
    let unlike = word ^ (EACH * b'\\' as u64);
    let low = word.wrapping_sub(EACH * (b'\r' + 1) as u64) & !word;
    let equal = unlike.wrapping_sub(EACH) & !unlike;
    (low | equal) & TOPS == 0
}

/// Whether a reader that splits lines at white space takes a token for one word.
fn is_one_word(token: &[u8]) -> bool {
    !token.is_empty() && token.iter().all(|byte| !matches!(byte, b'\0' | b'\t'..=b'\r' | b' '))
}

#[inline(always)]
fn push_escaped(token: &[u8], out: &mut Vec<u8>) -> bool {
    if is_plain(token) {
        out.extend_from_slice(token);
    } else {
        escape_key_into(token, out);
    }
    true
}

fn push_bare(token: &[u8], out: &mut Vec<u8>) -> bool {
    let is_one_word = is_one_word(token);
    if is_one_word {
        out.extend_from_slice(token);
    }
    is_one_word
}

fn push_string(token: &[u8], out: &mut Vec<u8>) -> bool {
    out.push(b'"');
    json::escape_into(String::from_utf8_lossy(token).as_bytes(), out);
    out.push(b'"');
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn join(spelling: Spelling, tokens: &[&[u8]]) -> Result<Vec<u8>, Unspellable> {
        Joined::new(spelling).join(tokens).map(<[u8]>::to_vec)
    }

    #[test]
    fn spellings_keep_tokens_apart() {
        let tokens: [&[u8]; 3] = [b"a\tb\\", b"\"c\x01", b"\xFFd"];
        assert_eq!(join(Spelling::Escaped, &tokens).expect("joined"), b"a\\tb\\\\ \"c\x01 \xFFd");
        let json = "\"a\\tb\\\\\",\"\\\"c\\u0001\",\"\u{FFFD}d\"";
        assert_eq!(join(Spelling::Json, &tokens).expect("joined"), json.as_bytes());
        assert_eq!(join(Spelling::Bare, &tokens).expect_err("a tab").token, b"a\tb\\");
        assert_eq!(join(Spelling::Bare, &[b"a\\", "\u{200C}".as_bytes()]).expect("joined").len(), 6); // ZWNJ
        for bad in [&b""[..], b" ", b"a\n", b"\0", b"\x0B"] {
            assert!(join(Spelling::Bare, &[b"a", bad]).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn after_a_token_that_cannot_be_spelled_the_next_n_gram_is_whole() {
        let mut joined = Joined::new(Spelling::Bare);
        assert!(joined.join(&[b"a", b" ", b"c"]).is_err());
        joined.advance(2);
        assert_eq!(joined.join(&[b"a", b"b"]).expect("joined"), b"a b");
    }

    proptest! {
        #[test]
        fn plain_tokens_are_those_without_escapes(token in prop::collection::vec(prop::sample::select(b"ab\xFF\x0E\x0D\x09\x80\\".to_vec()), 0..40), at in 0usize..40) {
            let is_plain_byte = |byte: u8| byte > b'\r' && byte != b'\\';
            prop_assert_eq!(is_plain(&token), token.iter().all(|&byte| is_plain_byte(byte)));
            let mut plain: Vec<u8> = token.into_iter().filter(|&byte| is_plain_byte(byte)).collect();
            prop_assert!(is_plain(&plain));
            if let Some(byte) = plain.get_mut(at) {
                *byte = b'\\';
                prop_assert!(!is_plain(&plain));
            }
        }
    }

    fn shared(one: &[Vec<u8>], other: &[Vec<u8>]) -> usize {
        one.iter().zip(other).take_while(|(one, other)| one == other).count()
    }

    proptest! {
        #[test]
        fn what_stays_is_what_would_be_written(
            n_grams in prop::collection::vec(
                (prop::collection::vec(prop::collection::vec(prop::sample::select(b"a\t\\\n".to_vec()), 0..3), 1..5),
                 0usize..3, any::<bool>()),
                0..40,
            ),
        ) {
            let mut joined = Joined::new(Spelling::Escaped);
            let mut before: Vec<Vec<u8>> = Vec::new();
            for (tokens, less, is_written) in n_grams {
                joined.advance(shared(&before, &tokens).saturating_sub(less));
                let parts: Vec<&[u8]> = tokens.iter().map(Vec::as_slice).collect();
                if is_written {
                    prop_assert_eq!(joined.join(&parts).expect("joined").to_vec(), join(Spelling::Escaped, &parts).expect("joined"));
                }
                before = tokens;
            }
        }
    }
}
