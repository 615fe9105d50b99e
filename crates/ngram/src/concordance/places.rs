//! Places: where a pattern matches in a record, and what stands around.

use std::ops::Range;

use rewrite::{Key, KeyScratch};
use unicode::Unit;

use super::pattern::Pattern;

/// The tokens of a record.
#[derive(Default)]
pub struct Places {
    /// Where each token stands.
    tokens: Vec<Range<usize>>,
    /// Their keys one after the other, and where each ends; none where tokens are compared as they stand.
    keys: Vec<u8>,
    key_ends: Vec<usize>,
    scratch: KeyScratch,
}

/// A place in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What comes before, as much of it as is wanted.
    pub left: Range<usize>,
    /// What matches.
    pub node: Range<usize>,
    /// What comes after.
    pub right: Range<usize>,
    /// The tokens that match, by number.
    pub numbers: Range<usize>,
}

impl Places {
    /// Finds the tokens of a text.
    pub fn read(&mut self, text: &[u8], unit: Unit, key_norm: Option<&Key>) {
        let Places { tokens, keys, key_ends, scratch } = self;
        tokens.clear();
        keys.clear();
        key_ends.clear();
        // Units are parts of the text, so the distance of their addresses is their place in it.
        let range = |token: &[u8]| {
            let start = token.as_ptr().addr() - text.as_ptr().addr();
            start..start + token.len()
        };
        match key_norm {
            None => unit.for_each(text, |token| tokens.push(range(token))),
            Some(norm) => norm.for_each_unit(unit, scratch, text, |key, form| {
                if !key.is_empty() {
                    tokens.push(range(form));
                    keys.extend_from_slice(key);
                    key_ends.push(keys.len());
                }
            }),
        }
    }

    /// How many tokens there are.
    pub fn count(&self) -> usize {
        self.tokens.len()
    }

    /// What a token is compared by.
    pub fn token<'t>(&'t self, text: &'t [u8], number: usize) -> &'t [u8] {
        match self.key_ends.get(number) {
            Some(&end) => &self.keys[number.checked_sub(1).map_or(0, |before| self.key_ends[before])..end],
            None => &text[self.tokens[number].clone()],
        }
    }

    /// Calls `each` with every place where the pattern matches, in order; places may overlap.
    pub fn each(&self, text: &[u8], pattern: &Pattern, context: usize, mut each: impl FnMut(&Place)) {
        let length = pattern.len();
        for start in 0..(self.tokens.len() + 1).saturating_sub(length) {
            if !pattern.matches(|number| self.token(text, start + number)) {
                continue;
            }
            let end = start + length;
            let node = self.tokens[start].start..self.tokens[end - 1].end;
            let first = self.tokens[start.saturating_sub(context)].start.min(node.start);
            let last = self.tokens[end.saturating_add(context).min(self.tokens.len()) - 1].end.max(node.end);
            each(&Place {
                left: trimmed(text, first..node.start),
                right: trimmed(text, node.end..last),
                node,
                numbers: start..end,
            });
        }
    }
}

/// The range without ASCII white space at its ends.
fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_ascii_start().len());
    start..start + part.trim_ascii().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str, pattern: &str, context: usize) -> Vec<[String; 3]> {
        let mut places = Places::default();
        places.read(text.as_bytes(), Unit::Word, None);
        let pattern = Pattern::new(pattern.as_bytes(), false, Unit::Word, None).expect("a pattern");
        let mut found = Vec::new();
        places.each(text.as_bytes(), &pattern, context, |place| {
            found.push([&place.left, &place.node, &place.right].map(|range| text[range.clone()].to_owned()));
        });
        found
    }

    #[test]
    fn the_context_is_as_it_stands() {
        let text = "  The cat,  the\tcat sat. ";
        assert_eq!(
            found(text, "cat", 2),
            [["The", "cat", ",  the"], [",  the", "cat", "sat."]].map(|place| place.map(str::to_owned))
        );
        assert_eq!(found(text, "the *", 0), [["", "the\tcat", ""].map(str::to_owned)]);
        assert_eq!(found("می\u{200C}شود و می\u{200C}شود", "می\u{200C}شود", 1).len(), 2);
        assert!(found("", "cat", 8).is_empty());
    }

    proptest! {
        #[test]
        fn every_place_is_found(words in prop::collection::vec("[ab]{1,2}", 0..20), pattern in "[ab]{1,2}( [ab]{1,2})?") {
            let wanted: Vec<&str> = pattern.split(' ').collect();
            let starts = words.windows(wanted.len()).filter(|window| *window == &wanted[..]).count();
            let found = found(&words.join(" "), &pattern, 1);
            prop_assert_eq!(found.len(), starts);
            prop_assert!(found.iter().all(|place| place[1] == pattern));
        }
    }
}
