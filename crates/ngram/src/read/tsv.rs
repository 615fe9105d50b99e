//! N-gram and count with a tab between, as ngram writes them: tokens between single spaces, escaped.

use super::{columns, push_tokens};
use crate::partial::push_unescaped;

pub(super) fn read(line: &[u8], key: &mut Vec<u8>) -> Result<u64, &'static str> {
    let (gram, count) = columns(line)?;
    let tokens = gram.split(|&byte| byte == b' ');
    if memchr::memchr(b'\\', gram).is_none() {
        push_tokens(tokens, key)?;
        return Ok(count);
    }
    let mut unescaped = Vec::new();
    for token in tokens {
        let mut bytes = Vec::with_capacity(token.len());
        push_unescaped(token, |byte| bytes.push(byte))?;
        unescaped.push(bytes);
    }
    push_tokens(unescaped.iter().map(Vec::as_slice), key)?;
    Ok(count)
}
