//! A tree of losers (Knuth, The Art of Computer Programming 3, 5.4.1): the least of many heads, found again in as many
//! matches as the tree is high, nearly all of which are decided by one number.

use std::hint::select_unpredictable;
use std::io;

use super::layout::COLUMNS_MAX;
use super::run::{DONE, Reader, offset_value, shared_of};

/// A source and where its row stands after the row of whoever beat it.
#[derive(Debug, Clone, Copy)]
struct Place {
    code: u64,
    reader: u32,
}

/// Readers, and the tournament between the rows that they have reached.
pub(super) struct Tree {
    width: usize,
    readers: Vec<Reader>,
    /// At 0 the winner, at every other node the one that lost there.
    places: Vec<Place>,
}

impl Tree {
    /// Plays all matches between readers that were opened, with the codes of their rows.
    pub fn new(width: usize, opened: Vec<(Reader, u64)>) -> Tree {
        let count = opened.len();
        let none = Place { code: DONE, reader: 0 };
        let leaves =
            opened.iter().enumerate().map(|(reader, &(_, code))| Place { code, reader: reader as u32 });
        // The leaf of reader r is node count + r, the parent of node n is n / 2.
        let mut winners = vec![none; count];
        winners.extend(leaves);
        let readers = opened.into_iter().map(|(reader, _)| reader).collect();
        let mut tree = Tree { width, readers, places: vec![none; count.max(1)] };
        for node in (1..count).rev() {
            (winners[node], tree.places[node]) = tree.play(winners[2 * node], winners[2 * node + 1]);
        }
        if let Some(&winner) = winners.get(1) {
            tree.places[0] = winner;
        }
        tree
    }

    /// The code of the least row, after the one that was the least before it; [`DONE`] where there are none.
    #[inline(always)]
    pub fn code(&self) -> u64 {
        self.places[0].code
    }

    /// The least row and its count; only where there are rows.
    #[inline(always)]
    pub fn first(&self) -> (&[u32; COLUMNS_MAX], u64) {
        let reader = &self.readers[self.places[0].reader as usize];
        (reader.row(), reader.count())
    }

    /// Moves the winner on, and plays the matches on its way up again.
    #[inline(always)]
    pub fn replay(&mut self) -> io::Result<()> {
        let reader = self.places[0].reader;
        let code = self.readers[reader as usize].advance()?;
        let mut winner = Place { code, reader };
        let mut node = (self.readers.len() + reader as usize) / 2;
        while node > 0 {
            (winner, self.places[node]) = self.play(winner, self.places[node]);
            node /= 2;
        }
        self.places[0] = winner;
        Ok(())
    }

    /// The lesser of two, then the other with its place after that.
    #[inline(always)]
    fn play(&self, one: Place, other: Place) -> (Place, Place) {
        if one.code == other.code {
            return self.play_on(one, other);
        }
        // Who wins cannot be foreseen.
        let is_first = one.code < other.code;
        (select_unpredictable(is_first, one, other), select_unpredictable(is_first, other, one))
    }

    /// [`Tree::play`] between two rows of the same code, which agree in the number that it holds, too.
    #[inline(never)]
    fn play_on(&self, one: Place, other: Place) -> (Place, Place) {
        if one.code == DONE {
            return (one, other);
        }
        let row = |place: Place| &self.readers[place.reader as usize].row()[..self.width];
        let from = (shared_of(self.width, one.code) + 1).min(self.width);
        let mut pairs = row(one).iter().zip(row(other)).enumerate().skip(from);
        let Some((column, (&number, &another))) = pairs.find(|(_, (number, another))| number != another)
        else {
            return (one, Place { code: 0, ..other });
        };
        let after = |place: Place, number| Place { code: offset_value(self.width, column, number), ..place };
        if number < another { (one, after(other, another)) } else { (other, after(one, number)) }
    }
}
