//! Counts as SRILM's ngram-count writes and reads them: tokens and a count, with any blanks and tabs between.
//!
//! Source: the manual page ngram-count(1) of SRILM, option -read: an n-gram of words on each line, and an integer count
//! behind it; repeated counts of one n-gram are added.

use super::{count, push_tokens};

pub(super) fn read(line: &[u8], key: &mut Vec<u8>) -> Result<u64, &'static str> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let line = line.trim_ascii_end();
    let gram = line.iter().rposition(is_blank).map_or(0, |at| at + 1);
    let (gram, digits) = line.split_at(gram);
    push_tokens(gram.split(is_blank).filter(|token| !token.is_empty()), key)?;
    count(digits)
}
