//! The bytes of a model: what lies where, checked once, then read in place.

use std::borrow::Cow;
use std::fmt;

use super::hash::mix;
use super::logistic::UNIT;
use super::table::{Shape, Table, read_u32, write_table};
use super::weights::Weights;

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// The first bytes are not those of a model.
    Foreign,
    /// A model of another version of the format.
    Version(u32),
    /// The bytes end too early.
    Truncated,
    /// The checksum does not agree: the bytes were damaged on their way.
    Damaged,
    /// The checksum agrees but the named part contradicts itself: the bytes were not written by this program.
    Inconsistent(&'static str),
}

impl fmt::Display for ModelError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelError::Foreign => write!(formatter, "not a ZWNJ model; scripts/build-language makes one"),
            ModelError::Version(found) => {
                write!(
                    formatter,
                    "a ZWNJ model of format {found}, this program reads {VERSION}; build it again"
                )
            }
            ModelError::Truncated => write!(formatter, "the ZWNJ model ends too early"),
            ModelError::Damaged => {
                write!(formatter, "the ZWNJ model is damaged: its checksum does not agree")
            }
            ModelError::Inconsistent(part) => write!(formatter, "the ZWNJ model contradicts itself: {part}"),
        }
    }
}

impl std::error::Error for ModelError {}

/// A model in memory: 64 bytes of header (magic, version, checksum of all that follows, six sections), then the sections.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    bytes: Cow<'static, [u8]>,
    lexicon: Table,
    decisions: Table,
    pairs: Table,
    insert: Weights,
    join: Weights,
    context: Weights,
}

/// The parts that a trainer hands over.
pub(crate) struct Parts {
    /// Mixed word hash → class (see `class`).
    pub(crate) lexicon: Vec<(u64, u16)>,
    /// Mixed word hash → [`Decision`].
    pub(crate) decisions: Vec<(u64, u16)>,
    /// Mixed hash of two words → logit as in [`Model::pair`].
    pub(crate) pairs: Vec<(u64, u16)>,
    pub(crate) insert: Vec<i8>,
    pub(crate) join: Vec<i8>,
    pub(crate) context: Vec<i8>,
}

const MAGIC: &[u8; 8] = b"sluizwnj";
const VERSION: u32 = 2;
const HEADER: usize = 64;
const SUMMED_FROM: usize = 24;
const SECTIONS: usize = 6;

pub(crate) const LEXICON: Shape = Shape { fingerprint_bytes: 2, value_bytes: 1 };
pub(crate) const DECISIONS: Shape = Shape { fingerprint_bytes: 3, value_bytes: 2 };
pub(crate) const PAIRS: Shape = Shape { fingerprint_bytes: 3, value_bytes: 1 };

impl Model {
    pub(crate) fn from_bytes(bytes: Cow<'static, [u8]>) -> Result<Model, ModelError> {
        if bytes.get(..8).is_some_and(|magic| magic != MAGIC) {
            return Err(ModelError::Foreign);
        }
        let version = read_u32(&bytes, 8).ok_or(ModelError::Truncated)?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let length = read_u32(&bytes, 12).ok_or(ModelError::Truncated)? as usize;
        if bytes.len() < length || length < HEADER {
            return Err(ModelError::Truncated);
        }
        if bytes.len() > length {
            return Err(ModelError::Inconsistent("length"));
        }
        if bytes[16..24] != checksum(&bytes[SUMMED_FROM..]).to_le_bytes() {
            return Err(ModelError::Damaged);
        }
        let mut bounds = [HEADER; SECTIONS + 1];
        for section in 0..SECTIONS {
            let end = read_u32(&bytes, SUMMED_FROM + 4 * section).ok_or(ModelError::Truncated)? as usize;
            if end < bounds[section] || end > length {
                return Err(ModelError::Inconsistent("bounds of a section"));
            }
            bounds[section + 1] = end;
        }
        Ok(Model {
            lexicon: Table::locate(&bytes, bounds[0], bounds[1], LEXICON)?,
            decisions: Table::locate(&bytes, bounds[1], bounds[2], DECISIONS)?,
            pairs: Table::locate(&bytes, bounds[2], bounds[3], PAIRS)?,
            insert: Weights::locate(bounds[3], bounds[4])?,
            join: Weights::locate(bounds[4], bounds[5])?,
            context: Weights::locate(bounds[5], bounds[6])?,
            bytes,
        })
    }

    /// The class of a word by its hash: 0 when it is not known.
    #[inline]
    pub(crate) fn class(&self, hash: u64) -> u8 {
        self.lexicon.find(&self.bytes, mix(hash)).map_or(0, |value| value as u8)
    }

    /// What is settled for a word by its hash.
    #[inline]
    pub(crate) fn decision(&self, hash: u64) -> Option<Decision> {
        self.decisions.find(&self.bytes, mix(hash)).map(Decision)
    }

    /// The logit, in units of [`UNIT`] to one, that the space between two words stands for a ZWNJ.
    #[inline]
    pub(crate) fn pair(&self, hash: u64) -> Option<i32> {
        self.pairs.find(&self.bytes, mix(hash)).map(|value| i32::from(value as u8 as i8) * 2)
    }

    /// The weight of a feature of a place inside a word.
    #[inline]
    pub(crate) fn insert_weight(&self, feature: u64) -> i32 {
        self.insert.weight(&self.bytes, feature)
    }

    /// The weight of a feature of a space between two words.
    #[inline]
    pub(crate) fn join_weight(&self, feature: u64) -> i32 {
        self.join.weight(&self.bytes, feature)
    }

    /// The weight of a feature of a word with two readings.
    #[inline]
    pub(crate) fn context_weight(&self, feature: u64) -> i32 {
        self.context.weight(&self.bytes, feature)
    }
}

/// What is settled for one word: up to two places and how sure they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Decision(pub(crate) u16);

impl Decision {
    /// A decision of up to two places (1 to 31, 0 for none) and a logit in units of [`UNIT`] to one.
    pub(crate) fn new(places: [usize; 2], logit: i32) -> Decision {
        let level = ((logit + 3 * UNIT) / 24).clamp(0, 15) as u16;
        Decision(level | (places[0] as u16 & 31) << 4 | (places[1] as u16 & 31) << 9)
    }

    /// Bit n stands for a ZWNJ after n letters.
    #[inline]
    pub(crate) fn mask(self) -> u64 {
        (1 << (self.0 >> 4 & 31) | 1 << (self.0 >> 9 & 31)) & !1
    }

    /// How sure the places are: a logit in units of [`UNIT`] to one.
    #[inline]
    pub(crate) fn logit(self) -> i32 {
        i32::from(self.0 & 15) * 24 - 3 * UNIT
    }
}

/// The bytes of a model.
pub(crate) fn write_model(parts: &Parts) -> Vec<u8> {
    let sections = [
        write_table(&parts.lexicon, LEXICON),
        write_table(&parts.decisions, DECISIONS),
        write_table(&parts.pairs, PAIRS),
        parts.insert.iter().map(|&weight| weight as u8).collect(),
        parts.join.iter().map(|&weight| weight as u8).collect(),
        parts.context.iter().map(|&weight| weight as u8).collect(),
    ];
    let mut bytes = vec![0; HEADER];
    for (at, section) in sections.iter().enumerate() {
        bytes.extend_from_slice(section);
        let end = bytes.len() as u32;
        bytes[SUMMED_FROM + 4 * at..SUMMED_FROM + 4 * at + 4].copy_from_slice(&end.to_le_bytes());
    }
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
    let length = bytes.len() as u32;
    bytes[12..16].copy_from_slice(&length.to_le_bytes());
    let sum = checksum(&bytes[SUMMED_FROM..]);
    bytes[16..24].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// A checksum against damage, not against malice: four lanes of multiply and add, eight bytes at a time.
fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [bytes.len() as u64, 1, 2, 3];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (lane, eight) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            let mut word = [0; 8];
            word.copy_from_slice(eight);
            *lane = (*lane ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
        }
    }
    let tail = blocks.remainder().iter().fold(0, |hash: u64, &byte| mix(hash ^ u64::from(byte)));
    lanes.iter().fold(tail, |hash, &lane| mix(hash.rotate_left(17) ^ lane))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        Parts {
            lexicon: vec![(mix(1), 7)],
            decisions: vec![(mix(2), Decision::new([3, 0], 64).0)],
            pairs: vec![(mix(3), u16::from(-5_i8 as u8))],
            insert: vec![1; 256],
            join: vec![-1; 512],
            context: vec![2; 2],
        }
    }

    #[test]
    fn a_model_comes_back_as_it_was_written() {
        let model = Model::from_bytes(Cow::Owned(write_model(&parts()))).unwrap();
        assert_eq!(model.class(1), 7);
        assert_eq!(model.class(9), 0);
        assert_eq!(model.decision(2).map(Decision::mask), Some(1 << 3));
        assert_eq!(model.pair(3), Some(-10));
        assert_eq!((model.insert_weight(u64::MAX), model.join_weight(5)), (1, -1));
    }

    #[test]
    fn decisions_keep_places_and_levels() {
        for (places, mask) in [([0, 0], 0), ([5, 0], 1 << 5), ([3, 31], 1 << 3 | 1 << 31)] {
            for logit in [-96, -72, 0, 24, 264] {
                let decision = Decision::new(places, logit);
                assert_eq!((decision.mask(), decision.logit()), (mask, logit));
            }
        }
        assert_eq!(Decision::new([0, 0], 10_000).logit(), 264);
        assert_eq!(Decision::new([0, 0], -10_000).logit(), -96);
    }

    #[test]
    fn any_damage_is_noticed() {
        let bytes = write_model(&parts());
        for length in 0..bytes.len() {
            assert!(Model::from_bytes(Cow::Owned(bytes[..length].to_vec())).is_err(), "{length}");
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(Model::from_bytes(Cow::Owned(damaged)).is_err(), "{at}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(Model::from_bytes(Cow::Owned(longer)).is_err());
    }
}
