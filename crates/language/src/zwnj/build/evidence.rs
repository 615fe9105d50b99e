//! What texts and lists say of each word: how it was divided, what stands before and after a ZWNJ, what kind it is.

use std::collections::{HashMap, HashSet};

use super::super::class::{COMPOUND, NOMINAL, VERBAL, pack};
use super::super::hash::{WordHash, mix, word_hash};
use super::super::insert::Part;
use super::affixes::Affixes;
use super::corpus::{Text, Words};
use super::lexicon::{Form, FormKind};

/// How one word was divided.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings {
    /// Occurrences in texts, by weight: not divided at all.
    pub(super) plain: f32,
    /// Occurrences in texts, by weight, for each way to divide the word.
    pub(super) divided: Vec<(u64, f32)>,
    /// Divisions in lists.
    pub(super) listed: Vec<u64>,
    /// The word stands in a list without ZWNJ.
    pub(super) listed_plain: bool,
    /// Occurrences in texts, unweighted.
    pub(super) occurrences: usize,
}

/// What is known of a string of letters as a part of words.
#[derive(Clone, Copy, Debug, Default)]
struct Roles {
    known: u8,
    kind: u8,
    before: usize,
    after: usize,
}

/// All that is known of words.
pub(super) struct Evidence {
    /// By number of the word.
    pub(super) spellings: Vec<Spellings>,
    /// By hash of the letters.
    roles: HashMap<u64, Roles>,
    order: Vec<u64>,
}

/// A word is common from this many occurrences in lists on.
const COMMON_LISTED: u64 = 1_000_000;
/// A word that is in no list is known from this many occurrences in texts on.
const KNOWN_OCCURRENCES: usize = 3;

impl Evidence {
    pub(super) fn gather(texts: &[Text], forms: &[Form], affixes: &Affixes, words: &mut Words) -> Evidence {
        let mut evidence = Evidence { spellings: Vec::new(), roles: HashMap::new(), order: Vec::new() };
        let nominal: HashSet<&[u8]> = forms
            .iter()
            .filter(|form| form.kind == FormKind::Nominal && form.zwnj == 0)
            .map(|form| form.codes.as_slice())
            .collect();
        evidence.read_texts(texts, words, affixes, &nominal);
        evidence.read_forms(forms, words, affixes, &nominal);
        evidence.find_roles(forms, words, affixes);
        evidence
    }

    fn spellings_of(&mut self, word: u32) -> &mut Spellings {
        if self.spellings.len() <= word as usize {
            self.spellings.resize(word as usize + 1, Spellings::default());
        }
        &mut self.spellings[word as usize]
    }

    fn read_texts(&mut self, texts: &[Text], words: &Words, affixes: &Affixes, nominal: &HashSet<&[u8]>) {
        for text in texts {
            for (token, weight) in
                text.rows.iter().flat_map(|row| row.tokens.iter().map(|token| (token, row.insert_weight)))
            {
                if token.word == 0 {
                    continue;
                }
                let codes = words.codes(token.word);
                let spellings = self.spellings_of(token.word);
                spellings.occurrences += 1;
                // Nobody who knows of ZWNJ writes «میکند».
                if token.zwnj == 0 && is_careless(codes, affixes, nominal) {
                    continue;
                }
                spellings.add(token.zwnj, weight);
            }
        }
    }

    fn read_forms(&mut self, forms: &[Form], words: &mut Words, affixes: &Affixes, nominal: &HashSet<&[u8]>) {
        for form in forms {
            let number = words.number(&form.codes);
            let careless = form.zwnj == 0 && is_careless(&form.codes, affixes, nominal);
            let spellings = self.spellings_of(number);
            if form.zwnj != 0 {
                if !spellings.listed.contains(&form.zwnj) {
                    spellings.listed.push(form.zwnj);
                }
            } else if !careless {
                spellings.listed_plain = true;
            }
        }
        self.spellings.resize(words.len(), Spellings::default());
    }

    fn find_roles(&mut self, forms: &[Form], words: &Words, affixes: &Affixes) {
        for (number, spellings) in self.spellings.iter().enumerate().skip(1) {
            let codes = words.codes(number as u32);
            let hash = WordHash::new(codes);
            for at in places(spellings.is_divided()) {
                self.roles.entry(hash.part(0, at)).or_default().before += 1;
                self.roles.entry(hash.part(at, codes.len())).or_default().after += 1;
            }
            let whole = self.roles.entry(word_hash(codes)).or_default();
            if !spellings.listed.is_empty() {
                whole.kind = COMPOUND;
            }
            if spellings.is_divided() == 0 && (spellings.occurrences >= KNOWN_OCCURRENCES) {
                whole.known = 1;
            }
        }
        for form in forms.iter().filter(|form| form.zwnj == 0) {
            let Some(number) = words.find(&form.codes) else { continue };
            let spellings = &self.spellings[number as usize];
            if spellings.is_divided() != 0 || !spellings.listed_plain {
                continue;
            }
            let roles = self.roles.entry(word_hash(&form.codes)).or_default();
            roles.known = roles.known.max(if form.count >= COMMON_LISTED || spellings.occurrences > 200 {
                3
            } else {
                2
            });
            if form.kind == FormKind::Nominal && roles.kind == 0 {
                roles.kind = NOMINAL;
            }
        }
        for form in &affixes.verbal {
            let roles = self.roles.entry(word_hash(form)).or_default();
            if roles.kind == 0 {
                roles.kind = VERBAL;
            }
        }
        self.order = self.roles.keys().copied().collect();
        self.order.sort_unstable();
    }

    /// The class of a string of letters by its hash.
    pub(super) fn class(&self, hash: u64) -> u8 {
        self.class_without(hash, 0, 0)
    }

    /// The same, as if so many of the words that have it before and after a ZWNJ had not been seen.
    pub(super) fn class_without(&self, hash: u64, before: usize, after: usize) -> u8 {
        let roles = self.roles.get(&hash).copied().unwrap_or_default();
        pack(roles.known, roles.kind, roles.before.saturating_sub(before), roles.after.saturating_sub(after))
    }

    /// The class of a part of a word that is divided at `zwnj`, as if this word had not been seen.
    pub(super) fn class_in(&self, part: Part, hash: u64, divided_here: bool) -> u8 {
        match part {
            Part::Left => self.class_without(hash, usize::from(divided_here), 0),
            Part::Right => self.class_without(hash, 0, usize::from(divided_here)),
            Part::Whole => super::super::class::of_whole(self.class(hash)),
        }
    }

    /// Classes that say something, by mixed hash.
    pub(super) fn lexicon(&self) -> Vec<(u64, u16)> {
        self.order
            .iter()
            .map(|&hash| (mix(hash), u16::from(self.class(hash))))
            .filter(|&(_, class)| class > 1)
            .collect()
    }
}

impl Spellings {
    fn add(&mut self, zwnj: u64, weight: f32) {
        if zwnj == 0 {
            self.plain += weight;
        } else if let Some(known) = self.divided.iter_mut().find(|(mask, _)| *mask == zwnj) {
            known.1 += weight;
        } else {
            self.divided.push((zwnj, weight));
        }
    }

    /// Occurrences in texts, by weight.
    pub(super) fn total(&self) -> f32 {
        self.plain + self.divided.iter().map(|(_, count)| count).sum::<f32>()
    }

    /// Occurrences in texts that have a ZWNJ after `at` letters, by weight.
    pub(super) fn divided_at(&self, at: usize) -> f32 {
        self.divided.iter().filter(|(mask, _)| mask >> at & 1 == 1).map(|(_, count)| count).sum()
    }

    /// How texts mostly divide the word; if no text has it, how the first list does.
    pub(super) fn is_divided(&self) -> u64 {
        let best = self
            .divided
            .iter()
            .fold((0, self.plain), |best, &(mask, count)| if count > best.1 { (mask, count) } else { best });
        if self.total() > 0.0 { best.0 } else { self.listed.first().copied().unwrap_or(0) }
    }
}

/// The places of a mask in ascending order.
pub(super) fn places(mask: u64) -> impl Iterator<Item = usize> {
    (1..64).filter(move |at| mask >> at & 1 == 1)
}

/// What standard spelling always divides: «میکند», «کتابها». Words that only look so are known to lists as nouns.
fn is_careless(codes: &[u8], affixes: &Affixes, nominal: &HashSet<&[u8]>) -> bool {
    if nominal.contains(codes) {
        return false;
    }
    affixes.is_progressive(codes)
        || affixes.is_prefixed_progressive(codes)
        || affixes.plural_of(codes).is_some_and(|cut| nominal.contains(&codes[..cut]))
}
