//! Evidence of a document's language: counters that are fed record by record and merge exactly.

use std::fmt;

use crate::catalogue::catalogue;
use crate::scan::scan;
use crate::script::{SCRIPT_COUNT, Script};
use crate::verdict::Verdict;

/// What was seen of each language and script: a fixed number of integers, whatever the length of the text.
///
/// Words never span records, so any split of a document between records, merged in any order, gives the same
/// evidence as one pass over them. Sums stop at `u64::MAX`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The counters of each language in the order of `Language::all()`, then those of each script.
    counts: Vec<u64>,
}

/// A counter that each language has.
#[derive(Clone, Copy)]
pub(crate) enum OfLanguage {
    /// Points for its own letters.
    LetterPoints,
    /// Points for its function words.
    WordPoints,
    /// Letters that it never has.
    ForeignLetters,
    /// Function words.
    Words,
}

/// A counter that each script has.
#[derive(Clone, Copy)]
pub(crate) enum OfScript {
    /// Letters.
    Letters,
    /// Runs of letters; in Han every letter is one.
    Words,
}

const LANGUAGE_COUNTERS: [&str; 4] = ["letter-points", "word-points", "foreign-letters", "words"];
const SCRIPT_COUNTERS: [&str; 2] = ["letters", "words"];

/// A counter's name that no language or script of this version has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownCounter(pub String);

impl fmt::Display for UnknownCounter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "unknown counter '{}' in the evidence of a language", self.0)
    }
}

impl std::error::Error for UnknownCounter {}

impl Default for Evidence {
    fn default() -> Evidence {
        Evidence::new()
    }
}

impl Evidence {
    /// No evidence yet.
    #[must_use]
    pub fn new() -> Evidence {
        let languages = catalogue().languages.len() * LANGUAGE_COUNTERS.len();
        Evidence { counts: vec![0; languages + SCRIPT_COUNT * SCRIPT_COUNTERS.len()] }
    }

    /// Adds what one record says. Any bytes will do: those that are no UTF-8 end a word and say nothing.
    pub fn observe(&mut self, text: &[u8]) {
        scan(text, self);
    }

    /// Adds the evidence of another part of the same document.
    ///
    /// ```
    /// use language::Evidence;
    ///
    /// let (mut left, mut right, mut whole) = (Evidence::new(), Evidence::new(), Evidence::new());
    /// left.observe(b"one half");
    /// right.observe(b"and the other");
    /// whole.observe(b"one half");
    /// whole.observe(b"and the other");
    /// left.merge(&right);
    /// assert_eq!(left, whole);
    /// ```
    pub fn merge(&mut self, other: &Evidence) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine = mine.saturating_add(*theirs);
        }
    }

    /// What the evidence amounts to; see [`Verdict`] for the rules.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self)
    }

    /// The counters that are not zero, by name (`fa.words`), always in the same order: to be written down and
    /// read again with [`Evidence::from_pairs`].
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(String, u64)> {
        names()
            .zip(&self.counts)
            .filter(|(_, count)| **count > 0)
            .map(|(name, count)| (name, *count))
            .collect()
    }

    /// Evidence from named counters. A name that comes twice is added up, so the pairs of several parts may
    /// simply be chained.
    ///
    /// # Errors
    ///
    /// A name that this version does not know: the parts were made with other data.
    ///
    /// ```
    /// use language::Evidence;
    ///
    /// let mut evidence = Evidence::new();
    /// evidence.observe("и это всё о нём".as_bytes());
    /// let pairs = evidence.to_pairs();
    /// let read = Evidence::from_pairs(pairs.iter().map(|(name, count)| (name.as_str(), *count)));
    /// assert_eq!(read, Ok(evidence));
    /// assert!(Evidence::from_pairs([("xx.words", 1)]).is_err());
    /// ```
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, u64)>,
    ) -> Result<Evidence, UnknownCounter> {
        let mut evidence = Evidence::new();
        for (name, count) in pairs {
            let index =
                names().position(|known| known == name).ok_or_else(|| UnknownCounter(name.to_owned()))?;
            evidence.add(index, count);
        }
        Ok(evidence)
    }

    pub(crate) fn of_language(&self, language: usize, counter: OfLanguage) -> u64 {
        self.counts[language_index(language, counter)]
    }

    pub(crate) fn of_script(&self, script: Script, counter: OfScript) -> u64 {
        self.counts[self.script_index(script, counter)]
    }

    pub(crate) fn add_to_language(&mut self, language: usize, counter: OfLanguage, amount: u64) {
        self.add(language_index(language, counter), amount);
    }

    pub(crate) fn add_to_script(&mut self, script: Script, counter: OfScript, amount: u64) {
        self.add(self.script_index(script, counter), amount);
    }

    fn add(&mut self, index: usize, amount: u64) {
        self.counts[index] = self.counts[index].saturating_add(amount);
    }

    /// The scripts' counters stand at the end.
    fn script_index(&self, script: Script, counter: OfScript) -> usize {
        self.counts.len() - (SCRIPT_COUNT - script.index()) * SCRIPT_COUNTERS.len() + counter as usize
    }
}

fn language_index(language: usize, counter: OfLanguage) -> usize {
    language * LANGUAGE_COUNTERS.len() + counter as usize
}

/// The names of the counters, in their order.
fn names() -> impl Iterator<Item = String> {
    let languages = catalogue().languages.iter().map(|language| (language.code(), &LANGUAGE_COUNTERS[..]));
    let scripts = Script::all().map(|script| (script.name(), &SCRIPT_COUNTERS[..]));
    languages
        .chain(scripts)
        .flat_map(|(owner, kinds)| kinds.iter().map(move |kind| format!("{owner}.{kind}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn evidence_of(records: &[Vec<u8>]) -> Evidence {
        let mut evidence = Evidence::new();
        records.iter().for_each(|record| evidence.observe(record));
        evidence
    }

    #[test]
    fn every_counter_has_a_name_of_its_own() {
        let mut all: Vec<String> = names().collect();
        assert_eq!(all.len(), Evidence::new().counts.len());
        all.sort();
        all.dedup();
        assert_eq!(all.len(), Evidence::new().counts.len());
    }

    #[test]
    fn counters_are_what_their_names_say() {
        let evidence = evidence_of(&["the 猫 ہ".into()]);
        let pairs = evidence.to_pairs();
        let pairs: Vec<(&str, u64)> = pairs.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        assert_eq!(
            pairs,
            [
                ("en.word-points", 60),
                ("en.words", 1),
                ("ur.letter-points", 60),
                ("Latin.letters", 3),
                ("Latin.words", 1),
                ("Arabic.letters", 1),
                ("Arabic.words", 1),
                ("Han.letters", 1),
                ("Han.words", 1),
            ]
        );
    }

    #[test]
    fn sums_stop_at_the_greatest_number() {
        let mut evidence = Evidence::from_pairs([("fa.words", u64::MAX), ("fa.words", 1)]).unwrap();
        evidence.merge(&evidence.clone());
        assert_eq!(evidence.to_pairs(), [("fa.words".to_owned(), u64::MAX)]);
        let _ = evidence.verdict();
    }

    #[test]
    fn an_unknown_name_is_an_error_that_says_so() {
        let error = Evidence::from_pairs([("tlh.words", 1)]).unwrap_err();
        assert_eq!(error.to_string(), "unknown counter 'tlh.words' in the evidence of a language");
    }

    fn records() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let text = "([a-zA-Zçğıé ]|[ابپتکیةہەښ\u{200C} ]|[の的漢ก한 ]){0,40}".prop_map(String::into_bytes);
        proptest::collection::vec(prop_oneof![text, proptest::collection::vec(any::<u8>(), 0..40)], 0..8)
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_whole(records in records(), cut in 0_usize..8) {
            let (left, right) = records.split_at(cut.min(records.len()));
            let mut merged = evidence_of(right);
            merged.merge(&evidence_of(left));
            prop_assert_eq!(merged, evidence_of(&records));
        }

        #[test]
        fn pairs_carry_everything(records in records()) {
            let evidence = evidence_of(&records);
            let pairs = evidence.to_pairs();
            let read = Evidence::from_pairs(pairs.iter().map(|(name, count)| (name.as_str(), *count)));
            prop_assert_eq!(read, Ok(evidence));
        }

        #[test]
        fn any_counters_have_a_verdict(counts in proptest::collection::vec(any::<u64>(), Evidence::new().counts.len())) {
            let verdict = Evidence { counts }.verdict();
            prop_assert_eq!(verdict.language.is_none(), verdict.doubt.is_some());
        }
    }
}
