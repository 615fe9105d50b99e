//! One byte of weight for each of 2^n numbers of features, read in place from the bytes of a model.

use super::model::ModelError;

/// Where the weights lie.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    from: usize,
    shift: u32,
}

impl Weights {
    /// The weights in `from..to` of a model whose bounds were checked; a power of two of them, at least two.
    pub(crate) fn locate(from: usize, to: usize) -> Result<Weights, ModelError> {
        let count = to - from;
        if count < 2 || !count.is_power_of_two() {
            return Err(ModelError::Inconsistent("number of weights"));
        }
        Ok(Weights { from, shift: 64 - count.trailing_zeros() })
    }

    /// The weight of a feature; features may share one.
    #[inline]
    pub(crate) fn weight(&self, bytes: &[u8], feature: u64) -> i32 {
        bytes.get(self.from + slot(feature, self.shift)).map_or(0, |&weight| i32::from(weight as i8))
    }
}

/// The number of a feature, out of 2^(64 - shift).
#[inline]
pub(crate) fn slot(feature: u64, shift: u32) -> usize {
    (feature >> shift) as usize
}
