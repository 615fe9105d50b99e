//! Learns what the neighbours of «نامهای» say: whether it is «نام‌های» or «نامه‌ای».

use super::super::context::{INDEFINITE, PLURAL, TwoFaced};
use super::super::hash::word_hash;
use super::corpus::{Text, Words};
use super::evidence::Evidence;
use super::learn::{Course, Examples};

/// Weights for readings.
pub(super) fn learn(texts: &[Text], evidence: &Evidence, words: &Words, bits: u32) -> Vec<i8> {
    let mut examples = Examples::default();
    let mut features = Vec::new();
    let hash_at = |row: &[super::corpus::Token], at: Option<usize>| {
        at.and_then(|at| row.get(at)).map_or(0, |token| word_hash(words.codes(token.word)))
    };
    for row in texts.iter().flat_map(|text| &text.rows) {
        for (at, token) in row.tokens.iter().enumerate() {
            let codes = words.codes(token.word);
            let Some(plural) = codes.len().checked_sub(PLURAL) else { continue };
            let readings = [plural, plural + PLURAL - INDEFINITE].map(|place| token.zwnj >> place & 1 == 1);
            if readings[0] == readings[1] {
                continue;
            }
            let Some(faces) = TwoFaced::of(codes, u64::MAX, |hash| evidence.class(hash)) else { continue };
            features.clear();
            let neighbours = (hash_at(&row.tokens, at.checked_sub(1)), hash_at(&row.tokens, Some(at + 1)));
            faces.features(neighbours.0, neighbours.1, |feature| features.push(feature));
            examples.push(&features, f32::from(u8::from(readings[1])), row.insert_weight.min(1.0));
        }
    }
    examples.learn(Course { bits, epochs: 10, rate: 0.15, decay: 1e-4, examples_min: 2, weight_min: 0.05 })
}
