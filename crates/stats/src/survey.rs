//! What is known of a group of text once all of it has been seen: sums, and what the counts of words add up to.

use std::cell::OnceCell;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use textcore::Error;
use unicode::utf8;

use crate::dispersion::{Dispersion, Parts, Spread};
use crate::gathered::Gathered;
use crate::histogram::Histogram;
use crate::observe::{RepeatKind, Repeats};
use crate::parameters::{Grouping, Parameters};
use crate::stop_words::{StopWords, is_lexical};
use crate::sums::{Sums, sum};
use crate::vocabulary::Spectrum;
use crate::words::{Lexeme, Words};

/// A word and what is known of it in a group of text.
#[derive(Debug, Clone)]
pub struct Word {
    /// How it is written.
    pub form: Vec<u8>,
    /// How often it came.
    pub count: u64,
    /// How it is spread over documents, where that is asked for.
    pub dispersion: Option<Dispersion>,
}

impl PartialEq for Word {
    fn eq(&self, other: &Word) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Word {}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Word) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The greater count is more; of equal counts the first word in byte order.
impl Ord for Word {
    fn cmp(&self, other: &Word) -> Ordering {
        self.count.cmp(&other.count).then_with(|| other.form.cmp(&self.form))
    }
}

/// The commonest words, so many of them.
#[derive(Debug, Clone, Default)]
pub struct Commonest {
    limit: usize,
    words: BinaryHeap<Reverse<Word>>,
}

impl Commonest {
    /// None yet, of at most so many.
    pub fn new(limit: usize) -> Commonest {
        Commonest { limit, words: BinaryHeap::new() }
    }

    /// Takes a word, or does not, if there are enough that are commoner.
    fn offer(&mut self, form: &[u8], count: u64, dispersion: Option<Dispersion>) {
        if self.words.len() == self.limit {
            match self.words.peek() {
                Some(Reverse(least))
                    if least.count < count || least.count == count && form < &least.form[..] =>
                {
                    self.words.pop();
                }
                _ => return,
            }
        }
        self.words.push(Reverse(Word { form: form.to_vec(), count, dispersion }));
    }

    /// Whether a word of such a count could be among them.
    fn may_take(&self, count: u64) -> bool {
        self.words.len() < self.limit || self.words.peek().is_some_and(|Reverse(least)| least.count <= count)
    }

    /// From the commonest on.
    pub fn sorted(&self) -> Vec<&Word> {
        let mut words: Vec<_> = self.words.iter().map(|Reverse(word)| word).collect();
        words.sort_unstable_by(|a, b| b.cmp(a));
        words
    }
}

/// A group of text.
#[derive(Debug, Clone)]
pub struct Survey {
    /// What was summed up.
    pub sums: Sums,
    /// How many words came how often.
    pub spectrum: Spectrum,
    /// Lengths of words, in code points.
    pub word_lengths: Histogram,
    /// The commonest words.
    pub top: Commonest,
    /// Those of them that are neither function words nor punctuation.
    pub content: Commonest,
    /// The commonest function words.
    pub stop: Commonest,
    /// What came again: how many units, and how long they are together.
    pub repeated: BTreeMap<RepeatKind, [u64; 2]>,
    /// Documents, as dispersion sees them.
    parts: Parts,
}

impl Survey {
    /// Whether it is made of files: groups of records are not.
    pub fn has_files(&self, parameters: &Parameters) -> bool {
        self.sums.files > 0 || parameters.grouping != Grouping::Field
    }

    fn new(sums: Sums, top: usize) -> Survey {
        let mut parts = Parts::none();
        sums.document_lengths.iter().for_each(|(size, count)| parts.add(size, count));
        Survey {
            sums,
            top: Commonest::new(top),
            content: Commonest::new(top),
            stop: Commonest::new(top),
            parts,
            spectrum: Spectrum::new(),
            word_lengths: Histogram::default(),
            repeated: BTreeMap::new(),
        }
    }

    /// Adds a word that came so often, in documents of which each says its size, how often the word came in it, and how many such
    /// documents there are.
    fn add(
        &mut self,
        word: &WordKind<'_>,
        count: u64,
        documents: impl Iterator<Item = (u64, u64, u64)>,
    ) -> Option<Dispersion> {
        self.spectrum.add(count, 1);
        self.word_lengths.add(word.length, count);
        let mut spread = Spread::new(self.parts, count);
        let mut is_spread = false;
        for (size, each, number) in documents {
            is_spread = true;
            spread.add_parts(each, size, number);
        }
        let dispersion = is_spread.then(|| spread.finish());
        self.top.offer(word.form, count, dispersion);
        // Most words are too rare for any list: nobody asks what kind they are of.
        let (may_be_stop, may_be_content) = (self.stop.may_take(count), self.content.may_take(count));
        if (may_be_stop || may_be_content) && word.is_stop() {
            self.stop.offer(word.form, count, dispersion);
        } else if may_be_content && word.is_lexical() {
            self.content.offer(word.form, count, dispersion);
        }
        dispersion
    }
}

/// A word, and what is asked of it at most once.
struct WordKind<'a> {
    form: &'a [u8],
    length: u64,
    stop_words: &'a StopWords,
    is_stop: OnceCell<bool>,
    is_lexical: OnceCell<bool>,
}

impl WordKind<'_> {
    fn is_stop(&self) -> bool {
        *self.is_stop.get_or_init(|| self.stop_words.contains(self.form))
    }

    fn is_lexical(&self) -> bool {
        *self.is_lexical.get_or_init(|| is_lexical(self.form))
    }
}

/// All text, and each group by its name.
pub struct Surveys {
    /// What they depend on.
    pub parameters: Parameters,
    /// All text.
    pub total: Survey,
    /// By name; empty where nothing is grouped.
    pub groups: Vec<(Vec<u8>, Survey)>,
}

/// Who else wants to see every word.
pub trait Listener {
    /// Sees a word, and how it stands in all text, in the order of the words' keys.
    ///
    /// # Errors
    /// What the listener's file says.
    fn hear(&mut self, word: &Word, lexeme: &Lexeme) -> Result<(), Error>;
}

impl Surveys {
    /// Adds everything up; each word is also shown to the listeners.
    ///
    /// # Errors
    /// Temporary storage fails, or a listener.
    pub fn of(
        gathered: Gathered,
        top: usize,
        stop_words: Option<StopWords>,
        listeners: &mut [&mut dyn Listener],
    ) -> Result<Surveys, Error> {
        let Gathered { parameters, names, sums, of_files, words, repeats } = gathered;
        let mut total = Sums::default();
        sums.values().for_each(|sums| total.merge(sums.clone()));
        total.take_of_files(of_files, parameters.grouping == Grouping::Field);
        let stop_words = stop_words.unwrap_or_else(|| StopWords::of(&total.languages));
        let has_groups = parameters.grouping != Grouping::None;
        let mut groups = Vec::new();
        let mut places = vec![None; names.len()];
        let numbers: HashMap<_, _> = names.iter().enumerate().map(|(number, name)| (name, number)).collect();
        for (name, sums) in sums.into_iter().filter(|_| has_groups) {
            if let Some(&number) = numbers.get(&name) {
                places[number] = Some(groups.len());
            }
            groups.push((name, Survey::new(sums, top)));
        }
        let mut surveys = Surveys { parameters, total: Survey::new(total, top), groups };
        if surveys.parameters.areas.has_words() {
            surveys.add_words(words, &places, &stop_words, listeners)?;
        }
        surveys.add_repeats(repeats, &places)?;
        Ok(surveys)
    }

    fn add_words(
        &mut self,
        words: Vec<Words>,
        places: &[Option<usize>],
        stop_words: &StopWords,
        listeners: &mut [&mut dyn Listener],
    ) -> Result<(), Error> {
        let mut lexemes = Words::merge(words).map_err(Error::Temporary)?;
        while let Some(lexeme) = lexemes.next().map_err(Error::Temporary)? {
            let form = lexeme.form();
            let word = WordKind {
                form,
                length: utf8::count_chars(form),
                stop_words,
                is_stop: OnceCell::new(),
                is_lexical: OnceCell::new(),
            };
            let count = sum(lexeme.groups.iter().map(|&(_, count)| count));
            let documents = lexeme.documents.iter().map(|&(_, size, each, number)| (size, each, number));
            let dispersion = self.total.add(&word, count, documents);
            for &(group, count) in &lexeme.groups {
                let Some(place) = places.get(group as usize).copied().flatten() else { continue };
                let documents = lexeme.documents_of(group).iter();
                let documents = documents.map(|&(_, size, each, number)| (size, each, number));
                self.groups[place].1.add(&word, count, documents);
            }
            if !listeners.is_empty() {
                let word = Word { form: form.to_vec(), count, dispersion };
                for listener in listeners.iter_mut() {
                    listener.hear(&word, lexeme)?;
                }
            }
        }
        Ok(())
    }

    fn add_repeats(&mut self, repeats: Vec<Repeats>, places: &[Option<usize>]) -> Result<(), Error> {
        Repeats::merge(repeats, |kind, _, length, groups| {
            let all = sum(groups.iter().map(|&(_, count)| count));
            self.total.repeat(kind, all, length);
            for &(group, count) in groups {
                if let Some(place) = places.get(group as usize).copied().flatten() {
                    self.groups[place].1.repeat(kind, count, length);
                }
            }
            Ok(())
        })
    }
}

impl Survey {
    fn repeat(&mut self, kind: RepeatKind, count: u64, length: u64) {
        let repeats = count.saturating_sub(1);
        let sums = self.repeated.entry(kind).or_default();
        *sums = [sums[0].saturating_add(repeats), sums[1].saturating_add(repeats.saturating_mul(length))];
    }
}
