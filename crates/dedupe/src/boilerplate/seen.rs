//! Which runs of words have been seen, and in which record first; in bounded memory.

use crate::exact::table::Table;

/// Runs of words that have been seen, until memory is full: then no more are remembered.
#[derive(Debug)]
pub struct Seen {
    runs: Runs,
    memory_bytes_max: usize,
    forgotten: u64,
}

#[derive(Debug)]
enum Runs {
    Bare(Table<u64>),
    /// With the ordinal of the record in which each came first.
    Placed(Table<u64, u64>),
}

impl Seen {
    /// Remembers runs in so much memory, and if asked to the records they came in.
    pub fn new(memory_bytes_max: usize, has_records: bool) -> Self {
        let runs = if has_records { Runs::Placed(Table::default()) } else { Runs::Bare(Table::default()) };
        Seen { runs, memory_bytes_max, forgotten: 0 }
    }

    /// How many of some runs have been seen. The records in which they came first are appended, if they are remembered.
    pub fn count(&self, runs: &[u64], records: &mut Vec<u64>) -> u64 {
        match &self.runs {
            Runs::Bare(table) => {
                table.touch(runs);
                runs.iter().filter(|&&run| table.get(run).is_some()).count() as u64
            }
            Runs::Placed(table) => {
                table.touch(runs);
                let before = records.len();
                records.extend(runs.iter().filter_map(|&run| table.get(run)));
                (records.len() - before) as u64
            }
        }
    }

    /// Remembers the runs of a record; each keeps the record in which it came first.
    pub fn add(&mut self, runs: &[u64], record: u64) {
        for &run in runs {
            let is_full = self.memory_bytes() >= self.memory_bytes_max;
            match &mut self.runs {
                Runs::Bare(table) if is_full => self.forgotten += u64::from(table.get(run).is_none()),
                Runs::Placed(table) if is_full => self.forgotten += u64::from(table.get(run).is_none()),
                Runs::Bare(table) => _ = table.insert(run, ()),
                Runs::Placed(table) => _ = table.insert(run, record),
            }
        }
    }

    /// How many runs are remembered.
    pub fn len(&self) -> usize {
        match &self.runs {
            Runs::Bare(table) => table.len(),
            Runs::Placed(table) => table.len(),
        }
    }

    /// How many runs came when memory was full.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    fn memory_bytes(&self) -> usize {
        match &self.runs {
            Runs::Bare(table) => table.memory_bytes(),
            Runs::Placed(table) => table.memory_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_keep_the_record_in_which_they_came_first() {
        let mut seen = Seen::new(1 << 20, true);
        seen.add(&[1, 2], 0);
        seen.add(&[2, 3], 1);
        let mut records = Vec::new();
        assert_eq!(seen.count(&[1, 2, 3, 4], &mut records), 3);
        assert_eq!((records, seen.len(), seen.forgotten()), (vec![0, 0, 1], 3, 0));
    }

    #[test]
    fn when_memory_is_full_what_is_known_stays_known() {
        let mut seen = Seen::new(256 << 10, false);
        let run = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let runs: Vec<u64> = (1..100_000).map(run).collect();
        seen.add(&runs, 0);
        assert!(seen.len() > 1000 && seen.len() as u64 + seen.forgotten() == 99_999, "{}", seen.len());
        assert!(seen.memory_bytes() < 260 << 10);
        assert_eq!(seen.count(&runs, &mut Vec::new()), seen.len() as u64);
        assert_eq!(seen.count(&[run(1)], &mut Vec::new()), 1);
    }
}
