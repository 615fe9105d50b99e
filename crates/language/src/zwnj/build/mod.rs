//! Makes a model from texts and word lists. Pure: bytes in, bytes out, and the same bytes every time.

mod affixes;
mod corpus;
mod decisions;
mod evidence;
mod gaps;
mod learn;
mod lexicon;
mod places;
mod readings;
mod verbs;

use std::str;

use super::model::{Parts, write_model};
use affixes::Affixes;
use corpus::{Text, Words, read_text};
use evidence::Evidence;
use lexicon::{Form, FormKind};

/// What a source holds, and how it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SourceKind {
    /// Running text, one or more sentences to a line.
    Text,
    /// Words with their ZWNJ: one to a line, perhaps a comma or tab and a count.
    Words,
    /// The same, and final: no text is asked how to write these words.
    FinalWords,
    /// Words and their kinds: `word,noun_singular`.
    TaggedWords,
    /// Words, counts and kinds, divided by tabs: `word 12 N,AJ`.
    CountedWords,
    /// Stems of verbs: `past#present`.
    PastPresent,
    /// Stems of verbs: `present,past,spoken present,spoken past`.
    PresentPast,
}

impl SourceKind {
    /// The kind of a name, as manifests have it.
    #[must_use]
    pub fn named(name: &str) -> Option<SourceKind> {
        Some(match name {
            "text" => SourceKind::Text,
            "words" => SourceKind::Words,
            "final-words" => SourceKind::FinalWords,
            "tagged-words" => SourceKind::TaggedWords,
            "counted-words" => SourceKind::CountedWords,
            "past-present" => SourceKind::PastPresent,
            "present-past" => SourceKind::PresentPast,
            _ => return None,
        })
    }
}

/// One source of a model.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What it holds.
    pub kind: SourceKind,
    /// How much one occurrence in a text counts for what is inside words; 1.0 is usual. Lists do not use it.
    pub insert_weight: f32,
    /// How much it counts for spaces: writers differ there much more.
    pub join_weight: f32,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What may be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// There are 2^n weights for places inside words.
    pub insert_bits: u32,
    /// There are 2^n weights for spaces.
    pub join_bits: u32,
    /// How many of the most frequent words are settled in the table, for speed.
    pub settled: usize,
    /// There are 2^n weights for words with two readings.
    pub context_bits: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options { insert_bits: 18, join_bits: 18, settled: 30_000, context_bits: 15 }
    }
}

/// A model and what went into it.
#[derive(Debug)]
pub struct Built {
    /// The model, as `Restorer::from_bytes` reads it.
    pub bytes: Vec<u8>,
    /// Counts of what was read and written, by name.
    pub counts: Vec<(&'static str, usize)>,
}

/// Makes a model.
#[must_use]
pub fn build(sources: &[Source<'_>], options: Options) -> Built {
    let mut affixes = Affixes::new();
    let mut forms = Vec::new();
    let mut finals = Vec::new();
    for source in sources {
        let text = str::from_utf8(source.bytes).unwrap_or_default();
        match source.kind {
            SourceKind::Text => {}
            SourceKind::Words => forms.extend(lexicon::read_words(text)),
            SourceKind::FinalWords => {
                let read = lexicon::read_words(text);
                finals.extend(read.iter().map(|form| (form.codes.clone(), form.zwnj)));
                forms.extend(read);
            }
            SourceKind::TaggedWords => forms.extend(lexicon::read_tagged(text)),
            SourceKind::CountedWords => forms.extend(lexicon::read_counted(text)),
            SourceKind::PastPresent | SourceKind::PresentPast => {
                let stems = if source.kind == SourceKind::PastPresent {
                    verbs::read_past_present(text)
                } else {
                    verbs::read_present_past(text)
                };
                for stems in stems {
                    affixes.verbal.extend(stems.verbal().into_iter().map(Vec::into_boxed_slice));
                }
            }
        }
    }
    affixes.learn_verbal(&forms);
    let mut words = Words::default();
    let texts: Vec<Text> = sources
        .iter()
        .filter(|source| source.kind == SourceKind::Text)
        .map(|source| {
            read_text(source.bytes, (source.insert_weight, source.join_weight), &mut words, &affixes)
        })
        .collect();
    let evidence = Evidence::gather(&texts, &forms, &affixes, &mut words);
    let insert = places::learn(&evidence, &words, options.insert_bits);
    let mut parts = Parts {
        lexicon: evidence.lexicon(),
        decisions: Vec::new(),
        pairs: Vec::new(),
        insert,
        join: vec![0; 2],
        context: readings::learn(&texts, &evidence, &words, options.context_bits),
    };
    parts.decisions = decisions::settle(&evidence, &words, &parts, &finals, options.settled);
    let mut gaps = gaps::Gaps::gather(&texts, &evidence, &mut words);
    parts.join = gaps.learn(options.join_bits);
    parts.pairs = gaps.settle(&parts, &evidence, &words);
    let counts = vec![
        ("forms in lists", forms.len()),
        ("forms of verbs", affixes.verbal.len()),
        ("words in texts", texts.iter().flat_map(|text| &text.rows).map(|row| row.tokens.len()).sum()),
        ("different words", words.len()),
        ("weights of places", parts.insert.iter().filter(|&&w| w != 0).count()),
        ("weights of spaces", parts.join.iter().filter(|&&w| w != 0).count()),
        ("weights of readings", parts.context.iter().filter(|&&w| w != 0).count()),
        ("lexicon entries", parts.lexicon.len()),
        ("settled words", parts.decisions.len()),
        ("settled pairs", parts.pairs.len()),
    ];
    Built { bytes: write_model(&parts), counts }
}

impl Affixes {
    /// Takes what follows می in forms of verbs.
    fn learn_verbal(&mut self, forms: &[Form]) {
        let mi = affixes::codes_of("می");
        let nemi = affixes::codes_of("نمی");
        for form in forms.iter().filter(|form| form.kind == FormKind::Verbal) {
            for prefix in [&mi, &nemi] {
                let cut = prefix.len();
                if form.codes.starts_with(prefix) && form.zwnj >> cut & 1 == 1 {
                    let rest = form.zwnj >> (cut + 1);
                    let end =
                        if rest == 0 { form.codes.len() } else { cut + 1 + rest.trailing_zeros() as usize };
                    if end - cut > 1 {
                        self.verbal.insert(form.codes[cut..end].into());
                    }
                }
            }
        }
    }
}
