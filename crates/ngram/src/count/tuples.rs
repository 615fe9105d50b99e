//! Tuples: which tokens of a stream make an n-gram, and the rows of them.

use super::packed::{Packed, Packing};
use super::stream::Stream;
use crate::entry::ORDER_MAX;
use crate::orders::Orders;
use crate::parameters::Shape;
use crate::row::Layout;

/// The most columns that a row has: tokens, their forms, a document.
pub const COLUMNS_MAX: usize = 2 * ORDER_MAX + 1;

/// What the rows of a run hold: the tokens of an n-gram, noughts up to the largest order; their forms in the same way,
/// if tokens are keys; the number of the document and 1, if documents are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuples {
    /// Which orders.
    pub orders: Orders,
    /// Which tokens make an n-gram.
    pub shape: Shape,
    /// Whether there are columns of forms.
    pub has_forms: bool,
    /// Whether there is a column of documents.
    pub has_documents: bool,
}

impl Tuples {
    /// The largest order: how many columns are of tokens.
    pub fn order(&self) -> usize {
        usize::from(self.orders.last)
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.order() * (1 + usize::from(self.has_forms)) + usize::from(self.has_documents)
    }

    /// The same, as runs have it.
    pub fn layout(&self) -> Layout {
        Layout { order: self.order(), has_forms: self.has_forms, has_documents: self.has_documents }
    }

    /// Whether one row for each place will do: n-grams of lower orders are what the largest ones begin with.
    pub fn are_joint(&self) -> bool {
        self.shape == Shape::Adjacent && !self.has_forms && !self.has_documents
    }

    /// How many tokens after the first an n-gram may reach.
    pub fn reach(&self) -> usize {
        match self.shape {
            Shape::Adjacent => self.order() - 1,
            Shape::SkipGram(skips) if self.order() > 1 => self.order() - 1 + skips as usize,
            Shape::SkipGram(_) => 0,
            Shape::Window(width) => width as usize,
        }
    }

    /// Calls `each` with the joint row of every place, as a key, and with how many tokens it has.
    #[inline(always)]
    pub fn each_joint<K: Packed>(
        &self,
        stream: &Stream,
        packing: Packing,
        mut each: impl FnMut(u32, usize, K),
    ) {
        let mut waiting = stream.waiting(self.reach());
        let (mut key, mut length) = (K::default(), 0);
        for &id in stream.ids.iter().rev() {
            if id == 0 {
                (key, length) = (K::default(), 0);
                continue;
            }
            key = key.after(id, packing);
            length = (length + 1).min(packing.columns);
            if waiting > 0 {
                waiting -= 1;
                continue;
            }
            each(id, length, key);
        }
    }

    /// Calls `each` with the row of every n-gram of every order, one by one, and with its order.
    pub fn each_row(&self, stream: &Stream, mut each: impl FnMut(&[u32], usize)) {
        let ready = stream.ids.len() - stream.waiting(self.reach());
        let mut documents = stream.documents.iter().peekable();
        let mut row = [0; COLUMNS_MAX];
        for record in stream.records() {
            for start in record.start..record.end.min(ready) {
                while let Some((_, number)) = documents.next_if(|document| document.0 <= start) {
                    row[self.columns() - 1] = if self.has_documents { number + 1 } else { 0 };
                }
                self.each_tuple(&stream.ids, start..record.end, &mut |places: &[usize]| {
                    self.fill(stream, places, &mut row);
                    each(&row[..self.columns()], places.len());
                });
            }
        }
    }

    fn fill(&self, stream: &Stream, places: &[usize], row: &mut [u32; COLUMNS_MAX]) {
        let (order, is_reversed) = (self.order(), self.is_reversed(&stream.ids, places));
        let column = |number: usize| match places.get(number) {
            Some(_) if is_reversed => Some(places[places.len() - 1 - number]),
            place => place.copied(),
        };
        for number in 0..order {
            let place = column(number);
            row[number] = place.map_or(0, |place| stream.ids[place]);
            if self.has_forms {
                row[order + number] = place.map_or(0, |place| stream.forms[place]);
            }
        }
    }

    /// A pair without an order is written with the lesser token first.
    fn is_reversed(&self, ids: &[u32], places: &[usize]) -> bool {
        matches!(self.shape, Shape::Window(_)) && places.len() == 2 && ids[places[0]] > ids[places[1]]
    }

    /// Calls `each` with the places of every n-gram that begins where `rest` does and ends within it.
    fn each_tuple(&self, ids: &[u32], rest: std::ops::Range<usize>, each: &mut impl FnMut(&[usize])) {
        let mut places = [0; ORDER_MAX];
        let (first, last) = (usize::from(self.orders.first), self.order());
        match self.shape {
            Shape::Adjacent => {
                for order in first..=last.min(rest.len()) {
                    (0..order).for_each(|number| places[number] = rest.start + number);
                    each(&places[..order]);
                }
            }
            Shape::Window(width) => {
                for other in (rest.start + 1)..rest.end.min(rest.start + 1 + width as usize) {
                    each(&[rest.start, other]);
                }
            }
            Shape::SkipGram(skips) => {
                places[0] = rest.start;
                for order in first..=last {
                    let end = rest.end.min(rest.start + order + skips as usize);
                    skip(&mut places[..order], 1, end, each);
                }
            }
        }
        debug_assert!(rest.end <= ids.len());
    }
}

/// Fills the places from `number` on in every way that ascends and ends before `end`.
fn skip(places: &mut [usize], number: usize, end: usize, each: &mut impl FnMut(&[usize])) {
    if number == places.len() {
        return each(places);
    }
    let still_to_come = places.len() - number - 1;
    for place in (places[number - 1] + 1)..end.saturating_sub(still_to_come) {
        places[number] = place;
        skip(places, number + 1, end, each);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(shape: Shape, orders: &str, ids: &[u32]) -> Vec<Vec<u32>> {
        let orders = orders.parse().expect("orders");
        let tuples = Tuples { orders, shape, has_forms: false, has_documents: false };
        let stream = Stream { ids: ids.to_vec(), ..Stream::default() };
        let mut rows = Vec::new();
        tuples.each_row(&stream, |row, order| {
            assert!(row[order..].iter().all(|&id| id == 0));
            rows.push(row[..order].to_vec());
        });
        rows
    }

    #[test]
    fn n_grams_stay_within_their_record() {
        assert_eq!(
            rows(Shape::Adjacent, "2-3", &[1, 2, 3, 0, 4, 5, 0]),
            [&[1, 2][..], &[1, 2, 3], &[2, 3], &[4, 5]]
        );
        assert_eq!(rows(Shape::Adjacent, "1", &[1, 0, 0, 2]), [[1], [2]]);
    }

    #[test]
    fn skip_grams_leave_tokens_out() {
        // All ways to take 3 of 4 tokens that skip at most one.
        let taken = rows(Shape::SkipGram(1), "3", &[1, 2, 3, 4, 0]);
        assert_eq!(taken, [[1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4]]);
        assert_eq!(rows(Shape::SkipGram(2), "2", &[1, 2, 3, 4, 5]).len(), 4 + 3 + 2);
        assert_eq!(rows(Shape::SkipGram(5), "1-2", &[1, 2, 0]), [&[1][..], &[1, 2], &[2]]);
    }

    #[test]
    fn pairs_in_a_window_have_no_order() {
        assert_eq!(rows(Shape::Window(2), "2", &[3, 1, 2, 0, 9]), [[1, 3], [2, 3], [1, 2]]);
    }

    #[test]
    fn joint_rows_are_the_longest_n_grams() {
        let packing = Packing { columns: 3, bits: 8 };
        let tuples = Tuples {
            orders: "1-3".parse().expect("orders"),
            shape: Shape::Adjacent,
            has_forms: false,
            has_documents: false,
        };
        let mut stream = Stream { ids: vec![1, 2, 0, 3, 4, 5, 6], is_open: true, ..Stream::default() };
        let joint = |stream: &Stream| {
            let mut rows = Vec::new();
            tuples.each_joint(stream, packing, |first, length, key: u64| {
                assert_eq!(key.column(0, packing), first);
                rows.push((length, [0, 1, 2].map(|number| key.column(number, packing))));
            });
            rows
        };
        assert_eq!(joint(&stream), [(3, [4, 5, 6]), (3, [3, 4, 5]), (1, [2, 0, 0]), (2, [1, 2, 0])]);
        stream.cut(2);
        stream.end_record();
        assert_eq!(joint(&stream), [(1, [6, 0, 0]), (2, [5, 6, 0])]);
    }
}
