//! Learns where words are divided, from each different word once.

use super::super::insert::Parted;
use super::super::letters::{Sign, letter, sign};
use super::corpus::Words;
use super::evidence::{Evidence, Spellings};
use super::learn::{Course, Examples};

/// How many occurrences in texts an entry of a list is worth.
pub(super) const LISTED: f32 = 0.5;

/// Weights for places inside words.
pub(super) fn learn(evidence: &Evidence, words: &Words, bits: u32) -> Vec<i8> {
    let mut examples = Examples::default();
    let mut features = Vec::new();
    for (number, spellings) in evidence.spellings.iter().enumerate().skip(1) {
        let codes = words.codes(number as u32);
        let Some((weight, targets)) = example(spellings, codes) else { continue };
        let divided = spellings.is_divided();
        let hash = super::super::hash::WordHash::new(codes);
        let parted = Parted::new(codes, u64::MAX, |part, part_hash| {
            // Which place the part ends or begins at is read off its hash: the word's own division must not be its own proof.
            let here = super::evidence::places(divided)
                .any(|at| hash.part(0, at) == part_hash || hash.part(at, codes.len()) == part_hash);
            evidence.class_in(part, part_hash, here)
        });
        for at in joining_places(codes) {
            features.clear();
            parted.features(at, |feature| features.push(feature));
            examples.push(&features, targets[at], weight);
        }
    }
    examples.learn(Course { bits, epochs: 6, rate: 0.15, decay: 1e-4, examples_min: 4, weight_min: 0.05 })
}

/// The weight of a word as an example, and the wanted probability of each place.
fn example(spellings: &Spellings, codes: &[u8]) -> Option<(f32, Vec<f32>)> {
    if codes.len() < 3 {
        return None;
    }
    let listed = if spellings.listed.is_empty() && !spellings.listed_plain { 0.0 } else { LISTED };
    let total = spellings.total() + listed;
    if total == 0.0 {
        return None;
    }
    let targets = (0..codes.len()).map(|at| divided_at(spellings, at) / total).collect();
    Some((total.sqrt().min(4.0), targets))
}

/// Occurrences that are divided after `at` letters, lists included.
pub(super) fn divided_at(spellings: &Spellings, at: usize) -> f32 {
    let lists = spellings.listed.len() + usize::from(spellings.listed_plain);
    let listed = spellings.listed.iter().filter(|mask| *mask >> at & 1 == 1).count();
    let share = if lists == 0 { 0.0 } else { LISTED * listed as f32 / lists as f32 };
    spellings.divided_at(at) + share
}

/// The places inside a word after letters that join.
pub(super) fn joining_places(codes: &[u8]) -> impl Iterator<Item = usize> {
    (1..codes.len()).filter(|&at| joins(codes[at - 1]))
}

pub(super) fn joins(code: u8) -> bool {
    letter(code).is_some_and(|character| matches!(sign(character), Sign::Letter { joins: true, .. }))
}
