//! Verdicts on records, given in any order and read in the order of the records, in bounded memory.

use std::io;
use std::path::Path;

use super::strands::{Strands, push_number};

/// Below this, a window is not worth its place on disk.
const WINDOW_MIN: u64 = 1 << 12;

/// How much of a window's verdicts waits in memory until it is written.
const BUFFER_BYTES: usize = 1 << 14;

/// A number for each of so many records; 0 where none was given.
///
/// Memory: about the limit, of at least 64 KiB. Where 8 bytes for each record are more than that, the records are cut into windows of which
/// one is in memory at a time, the verdicts on the others on disk.
#[derive(Debug)]
pub struct Verdicts {
    total: u64,
    window: u64,
    /// The only window, if there is just one.
    only: Vec<u64>,
    others: Strands,
    entry: Vec<u8>,
}

impl Verdicts {
    /// No verdict yet on each of `total` records.
    pub fn new(total: u64, limit_bytes: usize, directory: &Path) -> Self {
        // A large window and many small buffers, or the other way round: both get their half.
        let window = (limit_bytes as u64 / 16).max(WINDOW_MIN);
        let windows = total.div_ceil(window);
        let is_one = windows <= 1;
        let buffer_bytes = (limit_bytes / 2 / (windows.max(1) as usize)).clamp(64, BUFFER_BYTES);
        Verdicts {
            total,
            window,
            only: vec![0; if is_one { total as usize } else { 0 }],
            others: Strands::new(if is_one { 0 } else { windows as usize }, buffer_bytes, directory),
            entry: Vec::new(),
        }
    }

    /// Gives a verdict; of several on one record the last one counts.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn set(&mut self, ordinal: u64, verdict: u64) -> io::Result<()> {
        if self.others.len() == 0 {
            if let Some(place) = self.only.get_mut(ordinal as usize) {
                *place = verdict;
            }
            return Ok(());
        }
        self.entry.clear();
        push_number(ordinal % self.window, &mut self.entry);
        push_number(verdict, &mut self.entry);
        self.others.push((ordinal / self.window) as usize, &self.entry)
    }

    /// All verdicts, in the order of the records.
    pub fn read(self) -> VerdictReader {
        VerdictReader { window: Vec::new(), next: 0, verdicts: self }
    }
}

/// Reads verdicts.
#[derive(Debug)]
pub struct VerdictReader {
    verdicts: Verdicts,
    window: Vec<u64>,
    next: u64,
}

impl VerdictReader {
    /// The verdict on the next record; 0 behind the last one.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "reading may fail, and does not end")]
    pub fn next(&mut self) -> io::Result<u64> {
        let ordinal = self.next;
        self.next += 1;
        let Verdicts { total, window, only, others, .. } = &mut self.verdicts;
        if ordinal >= *total || others.len() == 0 {
            return Ok(only.get(ordinal as usize).copied().unwrap_or_default());
        }
        let at = ordinal % *window;
        if at == 0 {
            let number = (ordinal / *window) as usize;
            self.window.clear();
            self.window.resize((*window).min(*total - ordinal) as usize, 0);
            let mut entries = others.read(number);
            while let Some(place) = entries.number()? {
                let verdict = entries.number()?.unwrap_or_default();
                if let Some(known) = self.window.get_mut(place as usize) {
                    *known = verdict;
                }
            }
            others.clear(number);
        }
        Ok(self.window.get(at as usize).copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn verdicts_come_in_the_order_of_the_records() {
        proptest!(ProptestConfig::with_cases(32), |(
            given in prop::collection::vec((0u64..10_000, any::<u64>()), 0..3000), limit in 0usize..200_000,
        )| {
            let mut verdicts = Verdicts::new(10_000, limit, &std::env::temp_dir());
            let mut wanted = vec![0; 10_001];
            for &(ordinal, verdict) in &given {
                verdicts.set(ordinal, verdict).expect("set");
                wanted[ordinal as usize] = verdict;
            }
            let mut reader = verdicts.read();
            let found: Vec<u64> = (0..10_001).map(|_| reader.next().expect("read")).collect();
            prop_assert_eq!(found, wanted);
        });
    }
}
