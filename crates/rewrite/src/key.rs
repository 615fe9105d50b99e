//! Keys: what two texts are compared by. The texts themselves stay as they are.

mod affixes;
mod ascii;
mod characters;
mod fold;
mod memo;
mod tokens;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use language::KeyRules;
use unicode::case::{Case, CaseLocale, Casing};
use unicode::{Form, Unit};

use crate::name::UnknownName;
use affixes::{Affixes, Memory};
use fold::{Fold, FoldScratch, Plan};

/// The foldings that no language owns, in the order in which they are applied; what a language folds comes before the
/// last two.
const NAMES: [&str; 9] = ["nfc", "nfkc", "lower", "fold", "marks", "digits", "zwnj", "space", "punct"];

/// How many of them come before those of a language.
const NAMES_BEFORE_LANGUAGES: usize = 7;

/// A way to make keys: texts that differ only in what it folds have the same one.
///
/// | name | what no longer matters |
/// |---|---|
/// | `nfc` | whether characters are composed |
/// | `nfkc` | and whether they are compatibility characters: `ﬁ`, `²`, full width, presentation forms |
/// | `lower` | upper and lower case |
/// | `fold` | case, by full case folding: `ß` is `ss` |
/// | `marks` | accents, harakat, niqqud: [`MarkClass::DEFAULT`](crate::steps::MarkClass::DEFAULT) |
/// | `digits` | which script's decimal digits stand there |
/// | `zwnj` | ZWNJ and ZWJ |
/// | a language | what spellings of one word differ in, as [`KeyRules`] has it; for `fa` also whether an affix is joined |
/// | `space` | how much White_Space stands in a row, and whether any stands at the ends |
/// | `punct` | punctuation, which counts as space; this includes `space` |
///
/// Whatever the order in which they are named, they are applied in this one.
///
/// ```
/// use rewrite::{Key, KeyScratch};
///
/// let fa = Key::parse("fa").expect("names");
/// let (mut scratch, mut keys) = (KeyScratch::default(), Vec::new());
/// for text in ["تحریمهای", "تحریم های", "تحریم\u{200C}های", "تحريم\u{200C}هاي"] {
///     let mut key = Vec::new();
///     fa.key_into(&mut scratch, text.as_bytes(), &mut key);
///     keys.push(key);
/// }
/// assert!(keys.iter().all(|key| key == "تحریمهای".as_bytes()));
/// ```
#[derive(Clone)]
pub struct Key {
    parts: Arc<Parts>,
}

struct Parts {
    name: String,
    fold: Fold,
    /// Of a language that joins them.
    affixes: Option<Affixes>,
}

/// Space that is used again from one text to the next; it carries no meaning. Best kept for one key.
#[derive(Default)]
pub struct KeyScratch {
    /// The key by which words are remembered.
    of: Option<Arc<Parts>>,
    fold: FoldScratch,
    memory: Memory,
    /// Where spaces stand that go.
    spaces: Vec<usize>,
    /// A text without them.
    bare: Vec<u8>,
    key: Vec<u8>,
}

impl Key {
    /// The key of a list of names, with commas between: `nfkc,lower,zwnj,fa`.
    ///
    /// # Errors
    /// A name that nothing has.
    ///
    /// ```
    /// use rewrite::Key;
    ///
    /// assert_eq!(Key::parse("fa,lower,fa").expect("names").to_string(), "lower,fa");
    /// let unknown = Key::parse("lower,af").err().expect("no name");
    /// assert_eq!(unknown.to_string(), "no folding of keys is called 'af'; the nearest are fa, ar, nfc");
    /// ```
    pub fn parse(list: &str) -> Result<Key, UnknownName> {
        let known: Vec<&'static str> = Key::names().collect();
        let mut is_named = vec![false; known.len()];
        for name in list.split(',') {
            match known.iter().position(|other| *other == name) {
                Some(place) => is_named[place] = true,
                None => return Err(UnknownName::new("folding of keys", name, known)),
            }
        }
        let named: Vec<_> =
            known.into_iter().zip(is_named).filter_map(|(name, is)| is.then_some(name)).collect();
        Ok(Key { parts: Arc::new(Parts::new(&named)) })
    }

    /// Every name, in the order of application.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let (before, after) = NAMES.split_at(NAMES_BEFORE_LANGUAGES);
        before.iter().copied().chain(KeyRules::codes()).chain(after.iter().copied())
    }

    /// Appends the key of a whole text.
    ///
    /// Bytes that are ill-formed stay. Where a language joins affixes, the one space between two words that are surely a
    /// word and an affix of it is no part of the key.
    pub fn key_into(&self, scratch: &mut KeyScratch, text: &[u8], key: &mut Vec<u8>) {
        self.prepare(scratch);
        let KeyScratch { fold, memory, spaces, bare, .. } = scratch;
        if self.parts.find(text, fold, memory, spaces) {
            affixes::without(spaces, text, 0, bare);
            self.parts.fold.fold_into(bare, fold, key);
        } else {
            self.parts.fold.fold_into(text, fold, key);
        }
    }

    /// Shows the key of every unit of a text, and the unit as it stands.
    ///
    /// Where a language joins affixes, a word and its affixes are one unit: it stands from the beginning of the first to the
    /// end of the last, spaces between them included. Spaces go where [`Key::key_into`] lets them go, so keys of texts and of
    /// tokens agree. Graphemes, characters and bytes are never joined. A unit of which the key leaves nothing is not shown.
    ///
    /// ```
    /// use rewrite::{Key, KeyScratch};
    /// use unicode::Unit;
    ///
    /// let mut seen = Vec::new();
    /// let key = Key::parse("lower,fa,punct").expect("names");
    /// key.for_each_unit(Unit::Word, &mut KeyScratch::default(), "PDF، تحریم های".as_bytes(), |key, form| {
    ///     seen.push([key, form].map(|part| String::from_utf8_lossy(part).into_owned()));
    /// });
    /// assert_eq!(seen, [["pdf", "PDF"], ["تحریمهای", "تحریم های"]]);
    /// ```
    pub fn for_each_unit(
        &self,
        unit: Unit,
        scratch: &mut KeyScratch,
        text: &[u8],
        receive: impl FnMut(&[u8], &[u8]),
    ) {
        self.prepare(scratch);
        let KeyScratch { fold, memory, spaces, bare, key, .. } = scratch;
        let is_parted = matches!(unit, Unit::Grapheme | Unit::Char | Unit::Byte);
        if is_parted || !self.parts.find(text, fold, memory, spaces) {
            spaces.clear();
        }
        let mut keys =
            tokens::Keys { fold: &self.parts.fold, text, spaces, bare, scratch: fold, key, receive };
        match unit {
            Unit::Word | Unit::Space if !keys.spaces.is_empty() => tokens::for_each_joined(unit, &mut keys),
            _ => unit.for_each(text, |form| keys.show(tokens::range_in(text, form))),
        }
    }
}

impl Key {
    /// What is remembered of words depends on the key.
    #[inline]
    fn prepare(&self, scratch: &mut KeyScratch) {
        if !scratch.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &self.parts)) {
            scratch.memory = Memory::default();
            scratch.of = Some(Arc::clone(&self.parts));
        }
    }
}

impl fmt::Debug for KeyScratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyScratch").finish_non_exhaustive()
    }
}

impl fmt::Display for Key {
    /// Its names, each once, in the order of application: two keys of one name are the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parts.name)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

impl FromStr for Key {
    type Err = UnknownName;

    fn from_str(list: &str) -> Result<Self, UnknownName> {
        Key::parse(list)
    }
}

impl Parts {
    /// Of names that exist, in order.
    fn new(names: &[&'static str]) -> Self {
        let languages: Vec<KeyRules> = names.iter().filter_map(|name| KeyRules::for_code(name)).collect();
        let asked: Vec<&str> = names
            .iter()
            .copied()
            .chain(languages.iter().flat_map(|rules| rules.with.iter().copied()))
            .collect();
        let has = |name| asked.contains(&name);
        let casing = |case| Some(Casing { case, locale: CaseLocale::Root });
        let plan = Plan {
            form: if has("nfkc") { Some(Form::Nfkc) } else { has("nfc").then_some(Form::Nfc) },
            casing: if has("fold") {
                casing(Case::Fold)
            } else {
                has("lower").then(|| casing(Case::Lower)).flatten()
            },
            strips_marks: has("marks"),
            folds_digits: has("digits"),
            drops_joiners: has("zwnj"),
            folds_presentation_forms: has("presentation-forms"),
            folds: languages.iter().map(|rules| rules.folds.clone()).collect(),
            collapses_space: has("space") || has("punct"),
            drops_punctuation: has("punct"),
        };
        let fold = Fold::new(&plan);
        let joins_affixes = languages.iter().any(|rules| rules.joins_affixes);
        let affixes = joins_affixes.then(|| Affixes::new(&fold, &mut FoldScratch::default()));
        Parts { name: names.join(","), fold, affixes }
    }

    /// Whether spaces go, and which.
    fn find(
        &self,
        text: &[u8],
        scratch: &mut FoldScratch,
        memory: &mut Memory,
        spaces: &mut Vec<usize>,
    ) -> bool {
        self.affixes.as_ref().is_some_and(|affixes| affixes.find(text, &self.fold, scratch, memory, spaces))
    }
}

#[cfg(test)]
mod tests;
