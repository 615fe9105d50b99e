//! Which tokens count as they stand; all others are `<unk>`.

use std::path::Path;
use std::sync::Arc;

use rewrite::{Key, KeyScratch};
use textcore::error::system_message;
use textcore::partial::unescape_key_into;
use textcore::{Error, Trouble};
use unicode::Unit;

use super::lexicon::{Id, Lexicon};
use super::state::PADDING;
use super::vocabulary::Vocabulary;

/// What stands for the tokens that do not count as they stand.
pub const UNKNOWN: &[u8] = b"<unk>";

/// Which tokens count as they stand.
#[derive(Debug, Clone, Default)]
pub enum Vocab {
    /// Every one.
    #[default]
    All,
    /// These, in byte order.
    Words(Arc<[Box<[u8]>]>),
    /// The so many commonest ones.
    Commonest(usize),
}

impl Vocab {
    /// The words of a file, with white space between and escaped as in TSV, or their keys.
    ///
    /// # Errors
    /// [`Error::Input`] when the file cannot be read.
    pub fn read(path: &Path, key_norm: Option<&Key>) -> Result<Vocab, Error> {
        let text = std::fs::read(path).map_err(|error| {
            Error::Input(Trouble::with_operand(path.display().to_string(), system_message(&error)))
        })?;
        let mut words: Vec<Box<[u8]>> = Vec::new();
        match key_norm {
            None => Unit::Space.for_each(&text, |word| words.push(unescaped(word).into())),
            Some(norm) => {
                let mut scratch = KeyScratch::default();
                Unit::Space.for_each(&text, |word| {
                    norm.for_each_unit(Unit::Space, &mut scratch, &unescaped(word), |key, _| {
                        words.push(key.into());
                    });
                });
            }
        }
        words.sort_unstable();
        words.dedup();
        words.retain(|word| !word.is_empty());
        Ok(Vocab::Words(words.into()))
    }

    /// Makes the words known to a lexicon; none is new from then on, if there is a list of them.
    pub fn prepare(&self, lexicon: &mut Lexicon, unknown: Id) {
        if let Vocab::Words(words) = self {
            words.iter().for_each(|word| lexicon.admit(word));
            lexicon.close(unknown);
        }
    }

    /// A digest of the words, so that counts of other words are told apart.
    pub fn digest(&self) -> Option<String> {
        let Vocab::Words(words) = self else { return None };
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for word in words.iter() {
            hash.update(word);
            hash.update(b"\n");
        }
        Some(format!("{:032x}", hash.digest128()))
    }

    /// For each rank the rank that counts in its place: its own, or that of `<unk>`. `counts` says how often each token
    /// came; `None` where every token counts as it stands, or is taken for `<unk>` when it is read.
    pub fn replacements(&self, vocabulary: &Vocabulary, counts: &[u64]) -> Option<Vec<u32>> {
        let Vocab::Commonest(size) = *self else { return None };
        let unknown = vocabulary.find(UNKNOWN)?;
        let always = PADDING.map(|token| vocabulary.find(token));
        let is_free = |rank: u32| rank == unknown || always.contains(&Some(rank));
        let mut ranks: Vec<u32> = (1..vocabulary.len() as u32).filter(|&rank| !is_free(rank)).collect();
        ranks.sort_unstable_by(|&one, &other| {
            counts[other as usize].cmp(&counts[one as usize]).then(one.cmp(&other))
        });
        let mut replacements: Vec<u32> = (0..vocabulary.len() as u32).collect();
        ranks.iter().skip(size).for_each(|&rank| replacements[rank as usize] = unknown);
        Some(replacements)
    }
}

fn unescaped(word: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(word.len());
    unescape_key_into(word, &mut plain);
    plain
}
