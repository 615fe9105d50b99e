//! A read-only map from hashes to small values, read in place from the bytes of a model.

use super::model::ModelError;

/// How a table lies in the bytes: `bucket_bits` and the number of entries as little-endian u32, then the start of each
/// bucket and one more as u32, then the entries in order of their hash: the fingerprint in `fingerprint_bytes`, the
/// value in `value_bytes`. The bucket is the top of the mixed hash, the fingerprint the bits below it.
///
/// A hash that is not in the table is taken for one that is with probability (entries in its bucket) / 2^(8 × fingerprint bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Two or three.
    pub(crate) fingerprint_bytes: usize,
    /// One or two.
    pub(crate) value_bytes: usize,
}

/// Where in the bytes of a model a table lies.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    shape: Shape,
    bucket_bits: u32,
    starts: usize,
    entries: usize,
}

impl Table {
    /// Checks that a table lies in `bytes[from..to]`, once, so that a look-up never leaves it.
    pub(crate) fn locate(bytes: &[u8], from: usize, to: usize, shape: Shape) -> Result<Table, ModelError> {
        let section = bytes.get(from..to).ok_or(ModelError::Truncated)?;
        let (Some(bucket_bits), Some(count)) = (read_u32(section, 0), read_u32(section, 4)) else {
            return Err(ModelError::Truncated);
        };
        if bucket_bits == 0 || bucket_bits > 24 {
            return Err(ModelError::Inconsistent("number of buckets"));
        }
        let buckets = 1_usize << bucket_bits;
        let entries = 8 + 4 * (buckets + 1);
        let length = (count as usize).checked_mul(shape.fingerprint_bytes + shape.value_bytes);
        if length.and_then(|length| length.checked_add(entries)) != Some(section.len()) {
            return Err(ModelError::Inconsistent("length of a table"));
        }
        let mut last = 0;
        for bucket in 0..=buckets {
            let start = read_u32(section, 8 + 4 * bucket).ok_or(ModelError::Truncated)?;
            if start < last || start > count {
                return Err(ModelError::Inconsistent("start of a bucket"));
            }
            last = start;
        }
        if last != count {
            return Err(ModelError::Inconsistent("start of a bucket"));
        }
        Ok(Table { shape, bucket_bits, starts: from + 8, entries: from + entries })
    }

    /// The value of a mixed hash.
    #[inline]
    pub(crate) fn find(&self, bytes: &[u8], mixed: u64) -> Option<u16> {
        let (bucket, fingerprint) = place(mixed, self.bucket_bits, self.shape);
        let at = self.starts + 4 * bucket;
        let first = read_u32(bytes, at)? as usize;
        let end = read_u32(bytes, at + 4)? as usize;
        let width = self.shape.fingerprint_bytes + self.shape.value_bytes;
        let entries = bytes.get(self.entries + first * width..self.entries + end * width)?;
        let entry = match self.shape.fingerprint_bytes {
            2 => entries
                .chunks_exact(width)
                .find(|entry| u32::from(entry[0]) | u32::from(entry[1]) << 8 == fingerprint),
            _ => entries.chunks_exact(width).find(|entry| {
                u32::from(entry[0]) | u32::from(entry[1]) << 8 | u32::from(entry[2]) << 16 == fingerprint
            }),
        }?;
        let value = &entry[self.shape.fingerprint_bytes..];
        Some(u16::from(value[0]) | value.get(1).map_or(0, |&high| u16::from(high) << 8))
    }
}

/// The bytes of a table. Of two entries that cannot be told apart the first one given stays.
pub(crate) fn write_table(entries: &[(u64, u16)], shape: Shape) -> Vec<u8> {
    let mut bucket_bits = 1;
    while (1_usize << bucket_bits) * 6 < entries.len() && bucket_bits < 24 {
        bucket_bits += 1;
    }
    let mut placed: Vec<((usize, u32), u16)> =
        entries.iter().map(|&(mixed, value)| (place(mixed, bucket_bits, shape), value)).collect();
    placed.sort_by_key(|&(place, _)| place);
    placed.dedup_by_key(|&mut (place, _)| place);
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&bucket_bits.to_le_bytes());
    bytes.extend_from_slice(&(placed.len() as u32).to_le_bytes());
    for bucket in 0..=1_usize << bucket_bits {
        let start = placed.partition_point(|&((other, _), _)| other < bucket);
        bytes.extend_from_slice(&(start as u32).to_le_bytes());
    }
    for ((_, fingerprint), value) in placed {
        bytes.extend_from_slice(&fingerprint.to_le_bytes()[..shape.fingerprint_bytes]);
        bytes.extend_from_slice(&value.to_le_bytes()[..shape.value_bytes]);
    }
    bytes
}

/// Bucket and fingerprint of a mixed hash.
#[inline]
fn place(mixed: u64, bucket_bits: u32, shape: Shape) -> (usize, u32) {
    let bucket = (mixed >> (64 - bucket_bits)) as usize;
    let fingerprint = (mixed << bucket_bits >> (64 - 8 * shape.fingerprint_bytes as u32)) as u32;
    (bucket, fingerprint)
}

/// The little-endian u32 at an offset.
#[inline]
pub(crate) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::super::hash::mix;
    use super::*;

    const SHAPE: Shape = Shape { fingerprint_bytes: 3, value_bytes: 2 };

    #[test]
    fn what_was_written_is_found_and_nothing_else() {
        for count in [0_u64, 1, 2, 7, 5000] {
            let entries: Vec<(u64, u16)> = (0..count).map(|at| (mix(at), (at * 7) as u16)).collect();
            let bytes = write_table(&entries, SHAPE);
            let table = Table::locate(&bytes, 0, bytes.len(), SHAPE).unwrap();
            for &(mixed, value) in &entries {
                assert_eq!(table.find(&bytes, mixed), Some(value));
            }
            assert!((count..count + 2000).all(|at| table.find(&bytes, mix(at)).is_none()), "{count}");
        }
    }

    #[test]
    fn a_damaged_table_is_an_error_and_not_a_panic() {
        let entries: Vec<(u64, u16)> = (0..100).map(|at| (mix(at), at as u16)).collect();
        let bytes = write_table(&entries, SHAPE);
        for length in 0..bytes.len() {
            assert!(Table::locate(&bytes, 0, length, SHAPE).is_err(), "{length}");
        }
        for at in 0..bytes.len().min(100) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x80;
            if let Ok(table) = Table::locate(&damaged, 0, damaged.len(), SHAPE) {
                for &(mixed, _) in &entries {
                    let _ = table.find(&damaged, mixed);
                }
            }
        }
    }
}
