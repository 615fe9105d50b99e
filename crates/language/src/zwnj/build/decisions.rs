//! Settles single words: those that the weights get wrong, and the most frequent ones, for speed.

use super::super::context::{INDEFINITE, PLURAL};
use super::super::hash::{mix, word_hash};
use super::super::judge::{parted, place_logit};
use super::super::letters::{ALEF, HEH, YEH};
use super::super::logistic::{UNIT, logit, probability};
use super::super::model::{Decision, Model, Parts, write_model};
use super::corpus::Words;
use super::evidence::{Evidence, Spellings, places};
use super::places::{LISTED, divided_at, joining_places};
use std::borrow::Cow;

/// How many occurrences the weights' own opinion is worth.
const PRIOR: f32 = 1.0;

/// The table of decisions; `finals` are words whose places are given.
pub(super) fn settle(
    evidence: &Evidence,
    words: &Words,
    parts: &Parts,
    finals: &[(Vec<u8>, u64)],
    settled: usize,
) -> Vec<(u64, u16)> {
    let interim = Parts {
        lexicon: parts.lexicon.clone(),
        decisions: Vec::new(),
        pairs: Vec::new(),
        insert: parts.insert.clone(),
        join: vec![0; 2],
        context: vec![0; 2],
    };
    let model =
        Model::from_bytes(Cow::Owned(write_model(&interim))).expect("what was just written can be read");
    let mut frequent: Vec<usize> = evidence.spellings.iter().map(|spellings| spellings.occurrences).collect();
    frequent.sort_unstable_by(|first, second| second.cmp(first));
    let often = frequent.get(settled).copied().unwrap_or(0).max(2);
    // Of two entries for one word the first one stays.
    let mut table: Vec<(u64, u16)> = finals
        .iter()
        .map(|(codes, zwnj)| {
            let mut at = places(*zwnj);
            let chosen = [at.next().unwrap_or(0), at.next().unwrap_or(0)];
            (mix(word_hash(codes)), Decision::new(chosen, i32::MAX / 2).0)
        })
        .collect();
    for (number, spellings) in evidence.spellings.iter().enumerate().skip(1) {
        let codes = words.codes(number as u32);
        if codes.len() < 3 || codes.len() > 31 {
            continue;
        }
        let (decision, opinion) = decide(spellings, codes, &model);
        if opinion != mask_at(decision) || spellings.occurrences > often {
            table.push((mix(word_hash(codes)), decision.0));
        }
    }
    table
}

/// The places of a decision that hold at even odds.
fn mask_at(decision: Decision) -> u64 {
    if decision.logit() >= 0 { decision.mask() } else { 0 }
}

/// What texts, lists and weights say together, and what the weights say alone.
fn decide(spellings: &Spellings, codes: &[u8], model: &Model) -> (Decision, u64) {
    let parted = parted(model, codes, u64::MAX, model.class(word_hash(codes)));
    let lists = if spellings.listed.is_empty() && !spellings.listed_plain { 0.0 } else { LISTED };
    let total = spellings.total() + lists;
    let (mut opinion, mut likely) = (0_u64, Vec::new());
    for at in joining_places(codes) {
        let own = place_logit(model, &parted, at);
        if own >= 0 {
            opinion |= 1 << at;
        }
        let prior = probability(own as f32 / UNIT as f32);
        let posterior = (divided_at(spellings, at) + PRIOR * prior) / (total + PRIOR);
        if posterior >= 0.12 {
            likely.push((at, posterior));
        }
    }
    join_readings(&mut likely, codes);
    let sure = likely.iter().any(|&(_, posterior)| posterior >= 0.5);
    likely.retain(|&(_, posterior)| !sure || posterior >= 0.5);
    if !sure {
        // Of places that are not likely together, the likeliest alone.
        likely.sort_by(|first, second| second.1.total_cmp(&first.1));
        likely.truncate(1);
    }
    let least = likely.iter().map(|&(_, posterior)| posterior).fold(1.0_f32, f32::min);
    let mut chosen = [0; 2];
    for (slot, &(at, _)) in chosen.iter_mut().zip(&likely) {
        *slot = at;
    }
    let level = if likely.is_empty() { 0 } else { logit(least.min(0.99)) };
    (Decision::new(chosen, level), opinion)
}

/// Of the two readings of «نامهای» keeps the likelier one, as likely as both together: neighbours decide between them.
fn join_readings(likely: &mut Vec<(usize, f32)>, codes: &[u8]) {
    let places = [PLURAL, INDEFINITE].map(|rest| codes.len() - rest);
    let shares = places.map(|place| likely.iter().find(|(at, _)| *at == place).map_or(0.0, |found| found.1));
    if shares.contains(&0.0) || codes[places[0]..] != [HEH, ALEF, YEH] {
        return;
    }
    let lesser = places[usize::from(shares[1] < shares[0])];
    likely.retain(|&(at, _)| at != lesser);
    for entry in likely.iter_mut().filter(|(at, _)| places.contains(at)) {
        entry.1 = shares[0] + shares[1];
    }
}
