//! Counts of things that are written in several ways, each under the way that is commonest.

use super::Sorted;
use std::io;

/// Adds up keys of the form `key<TAB>form`: what has one key is one thing, shown in its commonest form.
///
/// Of forms that are equally common the first in byte order stands for all. The form is what follows the last tab; a key
/// without one is its own form.
///
/// ```
/// use textcore::tally::{self, Commonest, Tally};
///
/// let mut tally = Tally::new(1 << 20, &std::env::temp_dir());
/// for form in ["colour", "Color", "color", "color"] {
///     let key = form.to_lowercase().replace("ou", "o");
///     tally.add(format!("{key}\t{form}").as_bytes(), 1)?;
/// }
/// let mut things = Commonest::new(tally::merge(vec![tally])?)?;
/// assert_eq!(things.next()?, Some((&b"color\tcolor"[..], 4)));
/// assert_eq!(things.next()?, None);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Commonest {
    sorted: Sorted,
    /// The first form of the next key, and its count.
    ahead: Option<(Vec<u8>, u64)>,
    /// What is lent: a key and its form.
    best: Vec<u8>,
}

impl Commonest {
    /// Takes the counts of all forms, in byte order.
    ///
    /// # Errors
    /// A temporary file cannot be read.
    pub fn new(mut sorted: Sorted) -> io::Result<Commonest> {
        let ahead = sorted.next()?.map(|(entry, count)| (entry.to_vec(), count));
        Ok(Commonest { sorted, ahead, best: Vec::new() })
    }

    /// The next key, a tab, its commonest form, and the sum of its counts; `None` at the end.
    ///
    /// # Errors
    /// A temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend its key")]
    pub fn next(&mut self) -> io::Result<Option<(&[u8], u64)>> {
        let Some((ahead, first_count)) = &mut self.ahead else { return Ok(None) };
        std::mem::swap(&mut self.best, ahead);
        let (mut best_count, mut sum) = (*first_count, *first_count);
        loop {
            let Some((entry, count)) = self.sorted.next()? else {
                self.ahead = None;
                break;
            };
            if key_of(entry) != key_of(&self.best) {
                ahead.clear();
                ahead.extend_from_slice(entry);
                *first_count = count;
                break;
            }
            sum = sum.saturating_add(count);
            if count > best_count {
                best_count = count;
                self.best.clear();
                self.best.extend_from_slice(entry);
            }
        }
        Ok(Some((&self.best, sum)))
    }
}

/// What stands before the last tab.
fn key_of(entry: &[u8]) -> &[u8] {
    memchr::memrchr(b'\t', entry).map_or(entry, |tab| &entry[..tab])
}

#[cfg(test)]
mod tests {
    use super::super::{Tally, merge};
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn each_key_comes_once_in_its_commonest_form(
            adds in prop::collection::vec(("[ab]{0,2}", "[xyz]", 1u64..4), 0..60), limit in 0usize..4000,
        ) {
            let mut tally = Tally::new(limit, &std::env::temp_dir());
            let mut wanted: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
            for (key, form, count) in adds {
                tally.add(format!("{key}\t{form}").as_bytes(), count).expect("added");
                *wanted.entry(key).or_default().entry(form).or_default() += count;
            }
            let mut things = Commonest::new(merge(vec![tally]).expect("merged")).expect("read");
            for (key, forms) in wanted {
                let most = forms.values().max().expect("a form");
                let form = forms.iter().find(|(_, count)| *count == most).expect("the commonest").0;
                let entry = format!("{key}\t{form}");
                prop_assert_eq!(things.next().expect("read"), Some((entry.as_bytes(), forms.values().sum())));
            }
            prop_assert_eq!(things.next().expect("read"), None);
        }
    }
}
