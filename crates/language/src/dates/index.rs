//! Which of many names may begin, or end, with a letter: most places of a text are no name's.

use super::Month;
use super::name::Name;

/// The names of months by the letters at their ends.
#[derive(Debug, Clone)]
pub(super) struct Index {
    first: ByLetter,
    last: ByLetter,
}

/// The numbers of names, ascending.
#[derive(Debug, Clone)]
struct ByLetter {
    lists: Vec<(u32, Vec<usize>)>,
    /// Those that have no letter there, which any letter may stand for.
    others: Vec<usize>,
}

impl Index {
    pub(super) fn new(months: &[Month]) -> Index {
        Index { first: ByLetter::new(months, Name::first), last: ByLetter::new(months, Name::last) }
    }

    /// The months whose names may begin where this letter stands.
    pub(super) fn beginning(&self, letter: Option<u32>) -> &[usize] {
        self.first.list(letter)
    }

    /// The months whose names may end there.
    pub(super) fn ending(&self, letter: Option<u32>) -> &[usize] {
        self.last.list(letter)
    }
}

impl ByLetter {
    fn new(months: &[Month], letter_of: impl Fn(&Name) -> Option<u32>) -> ByLetter {
        let mut letters: Vec<u32> = months.iter().filter_map(|month| letter_of(&month.name)).collect();
        letters.sort_unstable();
        letters.dedup();
        let numbers = |letter: Option<u32>| {
            let may_be = |month: &Month| letter_of(&month.name).is_none_or(|known| Some(known) == letter);
            (0..months.len()).filter(|&number| may_be(&months[number])).collect()
        };
        let lists = letters.into_iter().map(|letter| (letter, numbers(Some(letter)))).collect();
        ByLetter { lists, others: numbers(None) }
    }

    fn list(&self, letter: Option<u32>) -> &[usize] {
        let found = letter.and_then(|letter| self.lists.binary_search_by_key(&letter, |list| list.0).ok());
        found.map_or(&self.others, |place| &self.lists[place].1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Calendar;
    use super::*;

    #[test]
    fn all_that_may_be_are_listed_in_order() {
        let month = |name: &str| Month {
            name: Name::new(name),
            calendar: Calendar::Gregorian,
            number: 1,
            is_common: false,
            is_prefix: false,
        };
        let months = ["May", "\u{200C}y", "June", "july"].map(month); // ZWNJ
        let index = Index::new(&months);
        let letters = |character| Some(u32::from(character));
        assert_eq!(index.beginning(letters('j')), [1, 2, 3]);
        assert_eq!(index.ending(letters('y')), [0, 1, 3]);
        assert_eq!((index.beginning(letters('x')), index.ending(None)), (&[1][..], &[][..]));
    }
}
