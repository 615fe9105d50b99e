//! Logistic regression over hashed features, the same on every machine.

use super::super::logistic::{UNIT, probability};
use super::super::weights::slot;

/// Examples end to end: the same number of features each.
#[derive(Default)]
pub(super) struct Examples {
    width: usize,
    features: Vec<u64>,
    /// The wanted probability and the weight of each example.
    targets: Vec<(f32, f32)>,
}

/// How to learn.
#[derive(Clone, Copy)]
pub(super) struct Course {
    pub(super) bits: u32,
    pub(super) epochs: usize,
    pub(super) rate: f32,
    pub(super) decay: f32,
    /// A feature of fewer examples than this says more of them than of the language.
    pub(super) examples_min: u8,
    /// Weights below this are left out.
    pub(super) weight_min: f32,
}

/// So many examples are looked at, the same ones again if there are fewer, but none more often than [`EPOCHS_MAX`] times.
const STEPS_MIN: usize = 100_000;
const EPOCHS_MAX: usize = 30;

/// Bits of the table in which features are counted.
const COUNT_BITS: u32 = 24;

impl Examples {
    pub(super) fn push(&mut self, features: &[u64], target: f32, weight: f32) {
        self.width = features.len();
        self.features.extend_from_slice(features);
        self.targets.push((target, weight));
    }

    /// Weights that give the wanted probabilities, in units of `UNIT` to one; adaptive steps after Duchi et al. 2011.
    pub(super) fn learn(self, course: Course) -> Vec<i8> {
        let mut weights = vec![0.0_f32; 1 << course.bits];
        let mut squares = vec![1.0_f32; 1 << course.bits];
        let (slots, starts) = self.slots(course);
        let mut order: Vec<u32> = (0..self.targets.len() as u32).collect();
        let mut random = 0x2545_F491_4F6C_DD1D_u64;
        // A small corpus is read more often, or nothing would be learned from it.
        let epochs = course.epochs.max((STEPS_MIN / order.len().max(1)).min(EPOCHS_MAX));
        for _ in 0..epochs {
            shuffle(&mut order, &mut random);
            for &example in &order {
                let slots = &slots[starts[example as usize]..starts[example as usize + 1]];
                let (target, weight) = self.targets[example as usize];
                let sum: f32 = slots.iter().map(|&slot| weights[slot as usize]).sum();
                let slope = (probability(sum) - target) * weight;
                for &slot in slots {
                    let (value, square) = (&mut weights[slot as usize], &mut squares[slot as usize]);
                    let slope = slope + course.decay * *value;
                    *square += slope * slope;
                    *value = (*value - course.rate * slope / square.sqrt()).clamp(-3.9, 3.9);
                }
            }
        }
        let kept = |weight: &f32| if weight.abs() < course.weight_min { 0.0 } else { *weight };
        weights.iter().map(|weight| round(kept(weight) * UNIT as f32) as i8).collect()
    }

    /// The slots of the features that enough examples share, and where those of each example begin.
    fn slots(&self, course: Course) -> (Vec<u32>, Vec<usize>) {
        let mut counts = vec![0_u8; 1 << COUNT_BITS];
        for &feature in &self.features {
            let count = &mut counts[slot(feature, 64 - COUNT_BITS)];
            *count = count.saturating_add(1);
        }
        let mut slots = Vec::with_capacity(self.features.len());
        let mut starts = vec![0];
        for features in self.features.chunks_exact(self.width.max(1)) {
            let shared = features
                .iter()
                .filter(|&&feature| counts[slot(feature, 64 - COUNT_BITS)] >= course.examples_min);
            slots.extend(shared.map(|&feature| slot(feature, 64 - course.bits) as u32));
            starts.push(slots.len());
        }
        (slots, starts)
    }
}

fn round(value: f32) -> i32 {
    (if value < 0.0 { value - 0.5 } else { value + 0.5 }) as i32
}

/// Fisher and Yates, with Marsaglia's xorshift.
fn shuffle(order: &mut [u32], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_is_learned() {
        let mut examples = Examples::default();
        for at in 0..200_u64 {
            let wanted = at % 2;
            examples.push(&[wanted << 60, (2 + at % 5) << 60], wanted as f32, 1.0);
        }
        let weights = examples.learn(Course {
            bits: 4,
            epochs: 20,
            rate: 0.3,
            decay: 0.0,
            examples_min: 2,
            weight_min: 0.0,
        });
        assert!(weights[0] < -30 && weights[1] > 30, "{weights:?}");
    }
}
