//! The entries of one stretch of keys, on the way to the output.

use std::cmp::Reverse;
use std::sync::Arc;

use textcore::{Error, Trouble};

use super::reaper::Terms;
use super::stop_words::StopFinder;
use super::top::{Kept, Top};
use crate::entry::{Entry, ORDER_MAX};
use crate::format::{Joined, Unspellable};
use crate::partial::write_entry;
use textcore::partial::Checksum;

/// How many characters of a token a message shows.
const SHOWN_CHARACTERS: usize = 40;

/// Entries of one stretch of keys: pruned, written and ranked as far as can be without the others.
///
/// Made by [`super::Reaper::sheaf`], filled in the order of the keys, and given to [`super::Harvest::bind`].
pub struct Sheaf {
    terms: Arc<Terms>,
    joined: Joined,
    finder: StopFinder,
    pub(super) gathered: Gathered,
}

/// What a sheaf holds.
pub(super) enum Gathered {
    /// Lines that can be written as they are.
    Lines(Vec<u8>),
    /// Lines one by one.
    Rows(Rows),
    /// The best lines of each order, and how many have come.
    Tops(Vec<Top>, u64),
    /// The lines of each order.
    Orders(Vec<Vec<u8>>),
    /// Lines of a partial result, and how many they are.
    Partial(Vec<u8>, Checksum),
}

/// Lines one by one.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) bytes: Vec<u8>,
    /// The rank of each, and where it ends.
    pub(super) ends: Vec<(u64, usize)>,
}

impl Sheaf {
    pub(super) fn new(terms: Arc<Terms>, gathered: Gathered) -> Self {
        let joined = Joined::new(terms.lines.spelling());
        Sheaf { terms, joined, finder: StopFinder::default(), gathered }
    }

    /// Takes the next entry, of a key that is greater than those before. The first entry's [`Entry::shared`] is not looked at.
    ///
    /// # Errors
    /// [`Error::Input`] for a token that the format cannot hold.
    #[inline]
    pub fn push(&mut self, entry: &Entry<'_>) -> Result<(), Error> {
        let Sheaf { terms, joined, finder, gathered } = self;
        joined.advance(entry.shared);
        finder.advance(entry.shared);
        if !terms.prune.keeps(entry, finder) {
            return Ok(());
        }
        match gathered {
            Gathered::Lines(bytes) => write_row(terms, joined, entry, bytes)?,
            Gathered::Rows(rows) => {
                write_row(terms, joined, entry, &mut rows.bytes)?;
                rows.ends.push((terms.rank(entry), rows.bytes.len()));
            }
            Gathered::Tops(tops, sequence) => {
                let rank = terms.rank(entry);
                let order = entry.order().min(ORDER_MAX);
                if terms.admits(order, rank) && tops[order].admits(rank) {
                    let mut line = Vec::new();
                    write_row(terms, joined, entry, &mut line)?;
                    tops[order].push(Kept { rank: Reverse(rank), sequence: *sequence, line });
                }
                *sequence += 1;
            }
            Gathered::Orders(orders) => {
                let lines = &mut orders[entry.order().min(ORDER_MAX)];
                write_row(terms, joined, entry, lines)?;
            }
            Gathered::Partial(bytes, checksum) => {
                let start = bytes.len();
                write_entry(entry, terms.has_documents, bytes);
                checksum.add(&bytes[start..]);
                bytes.push(b'\n');
            }
        }
        Ok(())
    }

    /// About how many bytes of memory it takes. Whoever fills sheaves one after the other binds one that has passed a mebibyte.
    #[inline]
    pub fn size_bytes(&self) -> usize {
        match &self.gathered {
            Gathered::Lines(bytes) | Gathered::Partial(bytes, _) => bytes.len(),
            Gathered::Rows(rows) => rows.bytes.len() + rows.ends.len() * size_of::<(u64, usize)>(),
            Gathered::Tops(tops, _) => tops.iter().map(Top::size_bytes).sum(),
            Gathered::Orders(orders) => orders.iter().map(Vec::len).sum(),
        }
    }
}

/// Appends the row of an entry: its line or, where the line's end depends on its place, what [`split_row`] takes apart.
#[inline]
fn write_row(terms: &Terms, joined: &mut Joined, entry: &Entry<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let joined =
        if entry.forms.is_empty() { joined.join(entry.tokens) } else { joined.join_others(entry.shown()) };
    let joined = joined.map_err(|problem| refuse(&problem))?;
    if terms.lines.has_shares() {
        out.push(entry.order().min(ORDER_MAX) as u8);
        out.extend_from_slice(&entry.count.to_le_bytes());
        terms.lines.begin(joined, entry, out);
    } else {
        terms.lines.push(joined, entry, out);
    }
    Ok(())
}

/// The order, the count and the beginning of the line of a row whose end depends on its place.
pub(super) fn split_row(row: &[u8]) -> Option<(usize, u64, &[u8])> {
    let (order, rest) = row.split_first()?;
    let (count, line) = rest.split_first_chunk()?;
    Some((usize::from(*order), u64::from_le_bytes(*count), line))
}

fn refuse(problem: &Unspellable) -> Error {
    let token = String::from_utf8_lossy(&problem.token);
    let shown: String = token.chars().take(SHOWN_CHARACTERS).collect();
    let more = if shown.len() < token.len() { " and more" } else { "" };
    let what = format!(
        "the token {shown:?}{more} is empty or holds white space or NUL: SRILM and Web1T counts cannot have it, --format jsonl can"
    );
    Error::Input(Trouble::with_operand("", what))
}
