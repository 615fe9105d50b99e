//! Learns which spaces stand for a ZWNJ: every space that an author wrote, and every ZWNJ as if it had become one.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::class::of_joined;
use super::super::hash::{LETTERS_MAX, mix, word_hash};
use super::super::join::Gap;
use super::super::judge::{left_side, logit_of, right_side};
use super::super::letters::YEH;
use super::super::logistic::{UNIT, logit, probability};
use super::super::model::{Model, Parts, write_model};
use super::corpus::{Text, Token, Words};
use super::evidence::Evidence;
use super::learn::{Course, Examples};
use super::places::joins;

/// How often two words stood together, by weight.
#[derive(Clone, Copy, Debug, Default)]
struct Together {
    joined: f32,
    spaced: f32,
}

/// Examples of spaces, and counts of pairs.
pub(super) struct Gaps {
    examples: Examples,
    pairs: HashMap<(u32, u32), Together>,
}

/// A word as it would stand between two spaces.
struct Piece {
    word: u32,
    /// What stands before it was a ZWNJ.
    joined: bool,
    doubtful: bool,
    /// A ZWNJ inside it was deleted.
    merged: bool,
}

/// How many occurrences the weights' own opinion is worth.
const PRIOR: f32 = 2.0;
/// Two words that are joined so many times as often as they are spaced give no examples of a space.
const HABIT: f32 = 2.0;

impl Gaps {
    pub(super) fn gather(texts: &[Text], evidence: &Evidence, words: &mut Words) -> Gaps {
        let mut gaps = Gaps { examples: Examples::default(), pairs: HashMap::new() };
        let mut pieces = Vec::new();
        // Pairs first: an example whose pair others join is no example of a space.
        for text in texts {
            for row in &text.rows {
                for deleted in [false, true] {
                    divide(&row.tokens, deleted, words, &mut pieces);
                    gaps.count(&pieces, row.join_weight, deleted, evidence, words);
                }
            }
        }
        for text in texts {
            for row in &text.rows {
                for deleted in [false, true] {
                    divide(&row.tokens, deleted, words, &mut pieces);
                    gaps.add(&pieces, row.join_weight, deleted, evidence, words);
                }
            }
        }
        gaps
    }

    fn count(&mut self, pieces: &[Piece], weight: f32, deleted: bool, evidence: &Evidence, words: &Words) {
        for near in pieces.windows(2) {
            let [left, right] = near else { continue };
            if left.word == 0 || right.word == 0 || right.doubtful || deleted && !left.merged && !right.merged
            {
                continue;
            }
            let together = self.pairs.entry((left.word, right.word)).or_default();
            if right.joined {
                together.joined += weight;
            } else {
                together.spaced += weight * space_weight(left, right, evidence, words);
            }
        }
    }

    fn add(&mut self, pieces: &[Piece], weight: f32, deleted: bool, evidence: &Evidence, words: &Words) {
        let mut features = Vec::new();
        for at in 1..pieces.len() {
            let (left, right) = (&pieces[at - 1], &pieces[at]);
            if right.doubtful || deleted && !left.merged && !right.merged {
                continue;
            }
            let together = self.pairs.get(&(left.word, right.word)).copied().unwrap_or_default();
            if !right.joined && together.joined > HABIT * together.spaced {
                continue;
            }
            let Some(gap) = gap_of(pieces, at, evidence, words) else { continue };
            features.clear();
            gap.features(|feature| features.push(feature));
            let (target, weight) = if right.joined {
                (1.0, weight)
            } else {
                (0.0, weight * space_weight(left, right, evidence, words))
            };
            self.examples.push(&features, target, weight.min(1.0));
        }
    }

    pub(super) fn learn(&mut self, bits: u32) -> Vec<i8> {
        std::mem::take(&mut self.examples).learn(Course {
            bits,
            epochs: 3,
            rate: 0.15,
            decay: 1e-5,
            examples_min: 4,
            weight_min: 0.05,
        })
    }

    /// The table of pairs.
    pub(super) fn settle(&self, parts: &Parts, evidence: &Evidence, words: &Words) -> Vec<(u64, u16)> {
        let model =
            Model::from_bytes(Cow::Owned(write_model(parts))).expect("what was just written can be read");
        let mut numbers: Vec<(u32, u32)> = self.pairs.keys().copied().collect();
        numbers.sort_unstable();
        let mut table = Vec::new();
        for (first, second) in numbers {
            let together = self.pairs[&(first, second)];
            let pieces =
                [first, second].map(|word| Piece { word, joined: false, doubtful: false, merged: false });
            let Some(gap) = gap_of(&pieces, 1, evidence, words) else { continue };
            let hash = gap.pair_hash();
            let own = logit_of(&model, gap);
            let prior = probability(own as f32 / UNIT as f32);
            if together.joined == 0.0 && prior < 0.3 {
                continue;
            }
            let posterior = (together.joined + PRIOR * prior) / (together.joined + together.spaced + PRIOR);
            let settled = logit(posterior);
            if (settled >= 0) != (own >= 0)
                || (settled - own).abs() > 2 * UNIT && together.joined > 0.0 && own.abs() < 3 * UNIT
            {
                let value = (settled / 2).clamp(-128, 127) as i8;
                table.push((mix(hash), u16::from(value as u8)));
            }
        }
        table
    }
}

/// How much a space between two words counts: little if lists write them with a ZWNJ, for then many writers do not know better.
fn space_weight(left: &Piece, right: &Piece, evidence: &Evidence, words: &Words) -> f32 {
    let first = words.codes(left.word);
    let whole = [first, words.codes(right.word)].concat();
    let listed = words.find(&whole).and_then(|number| evidence.spellings.get(number as usize));
    let divided = listed.is_some_and(|listed| listed.listed.iter().any(|mask| mask >> first.len() & 1 == 1));
    if divided { 0.5 } else { 1.0 }
}

/// The words of a phrase as they stand when every ZWNJ became a space, or when every one was deleted.
fn divide(phrase: &[Token], deleted: bool, words: &mut Words, pieces: &mut Vec<Piece>) {
    pieces.clear();
    for token in phrase {
        if deleted || token.zwnj == 0 {
            pieces.push(Piece {
                word: token.word,
                joined: false,
                doubtful: token.doubtful,
                merged: token.zwnj != 0,
            });
            continue;
        }
        let codes = words.codes(token.word).to_vec();
        let mut from = 0;
        for to in super::evidence::places(token.zwnj).chain([codes.len()]) {
            let word = words.number(&codes[from..to]);
            pieces.push(Piece {
                word,
                joined: from > 0,
                doubtful: from == 0 && token.doubtful,
                merged: false,
            });
            from = to;
        }
    }
}

/// The space before a piece; `None` if no rule would touch it.
fn gap_of(pieces: &[Piece], at: usize, evidence: &Evidence, words: &Words) -> Option<Gap> {
    let (left, right) = (&pieces[at - 1], &pieces[at]);
    let (first, second) = (words.codes(left.word), words.codes(right.word));
    let may = first.len() >= 2
        && !second.is_empty()
        && first.len() + second.len() <= LETTERS_MAX
        && joins(*first.last()?)
        && (second.len() > 1 || second == [YEH]);
    if !may {
        return None;
    }
    let own = usize::from(right.joined);
    let (left_hash, right_hash) = (word_hash(first), word_hash(second));
    let beyond = |at: Option<usize>| {
        at.and_then(|at| pieces.get(at)).map_or(0, |piece| word_hash(words.codes(piece.word)))
    };
    let mut gap = Gap {
        left: left_side(first, left_hash, evidence.class_without(left_hash, own, 0)),
        right: right_side(second, right_hash, evidence.class_without(right_hash, 0, own)),
        beyond_left: beyond(at.checked_sub(2)),
        beyond_right: beyond(Some(at + 1)),
        whole: 0,
    };
    gap.whole = of_joined(evidence.class(gap.whole_hash()));
    Some(gap)
}
