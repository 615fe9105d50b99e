//! Keys: the tokens of an n-gram as one string of bytes that sorts as they do.
//!
//! Each token is ended by 0x00; inside it 0x00 is written 0x01 0x01, and 0x01 is written 0x01 0x02. So keys compare
//! bytewise as their tokens do one by one, an n-gram before those that it begins, and no two n-grams share a key, whatever
//! bytes their tokens hold. (Were 0x00 written 0x00 0xFF, `a`, `\xFFb` and `a\0b` would be the same.)

use memchr::{memchr, memchr2};

/// What ends a token.
pub const END: u8 = 0;
/// What stands before the second half of an escaped byte.
pub const ESCAPE: u8 = 1;

/// Appends a token to a key.
pub fn push_token(token: &[u8], key: &mut Vec<u8>) {
    if memchr2(END, ESCAPE, token).is_none() {
        key.extend_from_slice(token);
    } else {
        token.iter().for_each(|&byte| push_byte(byte, key));
    }
    key.push(END);
}

/// Appends a byte of a token to a key.
#[inline]
pub fn push_byte(byte: u8, key: &mut Vec<u8>) {
    if byte <= ESCAPE {
        key.extend_from_slice(&[ESCAPE, byte + 1]);
    } else {
        key.push(byte);
    }
}

/// Appends the tokens of a key to `bytes`, and where each ends there to `ends`.
pub fn tokens_into(mut key: &[u8], bytes: &mut Vec<u8>, ends: &mut Vec<usize>) {
    while let Some(length) = memchr(END, key) {
        let mut token = &key[..length];
        while let Some(at) = memchr(ESCAPE, token) {
            bytes.extend_from_slice(&token[..at]);
            bytes.push(token.get(at + 1).map_or(0, |byte| byte.wrapping_sub(1)));
            token = token.get(at + 2..).unwrap_or(b"");
        }
        bytes.extend_from_slice(token);
        ends.push(bytes.len());
        key = &key[length + 1..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(tokens: &[Vec<u8>]) -> Vec<u8> {
        let mut key = Vec::new();
        tokens.iter().for_each(|token| push_token(token, &mut key));
        key
    }

    fn tokens(key: &[u8]) -> Vec<Vec<u8>> {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        tokens_into(key, &mut bytes, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, &end)| bytes[start..end].to_vec()).collect()
    }

    prop_compose! {
        fn any_tokens()(tokens in prop::collection::vec(
            prop::collection::vec(prop_oneof![0u8..3, Just(b'a'), 254u8..], 1..4), 1..4,
        )) -> Vec<Vec<u8>> { tokens }
    }

    proptest! {
        #[test]
        fn keys_sort_as_tokens_do_and_are_read_back(one in any_tokens(), other in any_tokens()) {
            prop_assert_eq!(key(&one).cmp(&key(&other)), one.cmp(&other));
            prop_assert_eq!(tokens(&key(&one)), one);
        }
    }

    #[test]
    fn a_byte_after_a_token_is_not_taken_for_an_escape() {
        assert_ne!(key(&[b"a".to_vec(), b"\xFFb".to_vec()]), key(&[b"a\0b".to_vec()]));
    }
}
