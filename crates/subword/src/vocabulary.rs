//! Which form has which id, both ways.

use crate::hash;

/// Forms and their ids; every form and every id at most once.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    bytes: Vec<u8>,
    /// Where each form begins, and at last where the last one ends.
    starts: Vec<usize>,
    ids: Vec<u32>,
    /// Open addressing: an index into `ids`, or `EMPTY`.
    slots: Vec<u32>,
    /// Indexes in order of ids.
    by_id: Vec<u32>,
    longest: usize,
}

const EMPTY: u32 = u32::MAX;

/// Two entries that cannot both be: the indexes at which they were given.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    Form(usize),
    Id(usize, usize),
    TooMany,
}

impl Vocabulary {
    /// A vocabulary of forms and ids, in any order.
    pub(crate) fn new<'a>(entries: impl Iterator<Item = (&'a [u8], u32)>) -> Result<Vocabulary, Clash> {
        let mut made = Vocabulary { starts: vec![0], ..Vocabulary::default() };
        for (form, id) in entries {
            made.bytes.extend_from_slice(form);
            made.starts.push(made.bytes.len());
            made.ids.push(id);
            made.longest = made.longest.max(form.len());
        }
        let count = u32::try_from(made.ids.len()).map_err(|_| Clash::TooMany)?;
        made.by_id = (0..count).collect();
        made.by_id.sort_by_key(|&index| made.ids[index as usize]);
        for pair in made.by_id.windows(2) {
            let (first, second) = (pair[0] as usize, pair[1] as usize);
            if made.ids[first] == made.ids[second] {
                return Err(Clash::Id(first, second));
            }
        }
        made.slots = vec![EMPTY; (made.ids.len() * 2).next_power_of_two().max(4)];
        for index in 0..count {
            let slot = made.slot(made.form_at(index as usize));
            if made.slots[slot] != EMPTY {
                return Err(Clash::Form(index as usize));
            }
            made.slots[slot] = index;
        }
        Ok(made)
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The length of the longest form, in bytes.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// The id of a form.
    #[inline]
    pub(crate) fn id(&self, form: &[u8]) -> Option<u32> {
        if form.len() > self.longest || self.slots.is_empty() {
            return None;
        }
        let index = self.slots[self.slot(form)];
        (index != EMPTY).then(|| self.ids[index as usize])
    }

    /// The form of an id.
    pub(crate) fn form(&self, id: u32) -> Option<&[u8]> {
        // Ids are most often 0, 1, 2, … without a gap.
        let index = match self.by_id.get(id as usize) {
            Some(&index) if self.ids[index as usize] == id => index,
            _ => {
                let rank = self.by_id.binary_search_by_key(&id, |&index| self.ids[index as usize]).ok()?;
                self.by_id[rank]
            }
        };
        Some(self.form_at(index as usize))
    }

    /// Forms and ids in the order in which they were given.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], u32)> {
        self.ids.iter().enumerate().map(|(index, &id)| (self.form_at(index), id))
    }

    fn form_at(&self, index: usize) -> &[u8] {
        &self.bytes[self.starts[index]..self.starts[index + 1]]
    }

    /// The slot of a form, or the empty one where it would stand.
    #[inline]
    fn slot(&self, form: &[u8]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash::of_bytes(form) as usize & mask;
        loop {
            let index = self.slots[slot];
            if index == EMPTY || self.form_at(index as usize) == form {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(entries: &[(&str, u32)]) -> Result<Vocabulary, Clash> {
        Vocabulary::new(entries.iter().map(|&(form, id)| (form.as_bytes(), id)))
    }

    #[test]
    fn forms_and_ids_are_found_both_ways_with_gaps_or_without() {
        let forms = vocabulary(&[("b", 7), ("a", 0), ("", 1), ("abc", 900)]).unwrap();
        for (form, id) in [("b", 7), ("a", 0), ("", 1), ("abc", 900)] {
            assert_eq!(forms.id(form.as_bytes()), Some(id));
            assert_eq!(forms.form(id), Some(form.as_bytes()));
        }
        assert_eq!((forms.id(b"ab"), forms.id(b"abcd"), forms.form(2)), (None, None, None));
        assert_eq!((forms.len(), forms.longest()), (4, 3));
    }

    #[test]
    fn what_stands_twice_is_named() {
        assert_eq!(vocabulary(&[("a", 0), ("b", 1), ("a", 2)]).unwrap_err(), Clash::Form(2));
        assert_eq!(vocabulary(&[("a", 0), ("b", 5), ("c", 5)]).unwrap_err(), Clash::Id(1, 2));
    }
}
