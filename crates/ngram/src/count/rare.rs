//! Rows from a spill of which only the commonest tokens count as they stand.

use std::collections::HashSet;
use std::path::Path;

use textcore::Error;
use textcore::tally::{RunReader, Tally, Top, Tournament, merge};

use super::state::PADDING;
use super::vocab::UNKNOWN;
use crate::key::{END, push_token};
use crate::merge::{Cursor, Row, Rows};

/// What becomes of tokens that are not among the commonest, in rows that are sorted already.
pub struct Rare {
    /// The tokens that count as they stand, as they stand in keys.
    common: HashSet<Vec<u8>>,
    /// The pair's tokens have no order: the lesser stands first.
    is_symmetric: bool,
}

impl Rare {
    /// All tokens but the `size` commonest of these tallies.
    ///
    /// # Errors
    /// A temporary file cannot be read.
    pub fn of(tallies: Vec<Tally>, size: usize, is_symmetric: bool) -> Result<Rare, Error> {
        let always = [UNKNOWN, PADDING[0], PADDING[1]];
        let mut tokens = merge(tallies).map_err(Error::Temporary)?;
        let mut top = Top::new(size);
        while let Some((token, count)) = tokens.next().map_err(Error::Temporary)? {
            if !always.contains(&token) {
                top.push(token, count);
            }
        }
        let kept = top.finish().into_iter().map(|(token, _)| token);
        let in_key = |token: &[u8]| {
            let mut key = Vec::new();
            push_token(token, &mut key);
            key
        };
        let common = kept.map(|token| in_key(&token)).chain(always.map(in_key)).collect();
        Ok(Rare { common, is_symmetric })
    }

    /// The rows with `<unk>` in place of rare tokens and of their forms, sorted anew in so much memory.
    ///
    /// # Errors
    /// A temporary file cannot be read or written.
    pub fn replace(
        &self,
        mut rows: Tournament<RunReader>,
        memory_bytes: usize,
        directory: &Path,
    ) -> Result<impl Rows + use<>, Error> {
        let mut tally = Tally::new(memory_bytes, directory);
        let mut cursor = Cursor::default();
        let mut key = Vec::new();
        while let Some((row, count)) = rows.next().map_err(Error::Temporary)? {
            let rest = match cursor.advance(row) {
                Row::Count => &[],
                Row::Documents | Row::Form(_) => &row[cursor.key().len()..],
            };
            let tokens: Vec<_> =
                split(cursor.key()).map(|token| (self.common.contains(token), token)).collect();
            let is_reversed = self.is_symmetric && shown(tokens[0]) > shown(tokens[tokens.len() - 1]);
            key.clear();
            push_all(&tokens, is_reversed, &mut key);
            let is_form = rest.len() > 1 && rest[1] != END;
            if is_form {
                key.push(END);
                let forms: Vec<_> =
                    split(&rest[1..]).zip(&tokens).map(|(form, (is_common, _))| (*is_common, form)).collect();
                push_all(&forms, is_reversed, &mut key);
            } else {
                key.extend_from_slice(rest);
            }
            tally.add(&key, count).map_err(Error::Temporary)?;
        }
        merge(vec![tally]).map_err(Error::Temporary)
    }
}

/// The tokens of a key, each with the byte that ends it.
fn split(key: &[u8]) -> impl Iterator<Item = &[u8]> {
    key.split_inclusive(|&byte| byte == END)
}

/// What stands for a token: itself if it is common. None begins with what stands for `<unk>` and goes on.
fn shown((is_common, token): (bool, &[u8])) -> &[u8] {
    if is_common { token } else { b"<unk>\0" }
}

fn push_all(tokens: &[(bool, &[u8])], is_reversed: bool, key: &mut Vec<u8>) {
    if is_reversed {
        tokens.iter().rev().for_each(|&token| key.extend_from_slice(shown(token)));
    } else {
        tokens.iter().for_each(|&token| key.extend_from_slice(shown(token)));
    }
}
