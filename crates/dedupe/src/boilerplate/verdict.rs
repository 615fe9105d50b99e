//! What is said of the units of a record, and how it waits for the end of the input.

use std::io;
use std::ops::Range;

/// What is known of a unit that has words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The unit's first byte in the text.
    pub start: u32,
    /// Behind its last byte.
    pub end: u32,
    /// How many bytes of line ends stand before it; they go with the last units of a text.
    pub lead: u32,
    /// The hash of all its words.
    pub words: u64,
    /// The record in which it came first, if it goes.
    pub origin: Option<u64>,
}

/// What is said of a record.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// The length of its text.
    pub text_bytes: u32,
    /// No line end stands at the end of the text.
    pub is_open: bool,
    /// Of its units that have words, in order.
    pub units: Vec<Verdict>,
}

const VERDICT_BYTES: usize = 3 * size_of::<u32>() + 2 * size_of::<u64>();

/// No record has this number.
const NOWHERE: u64 = u64::MAX;

impl Verdicts {
    /// The parts of the text that go: they ascend and do not meet.
    ///
    /// Where the end of a text goes that does not end with a line end, the line end before it goes, too.
    pub fn cuts_into(&self, cuts: &mut Vec<Range<usize>>) {
        let mut lead = 0;
        for unit in self.units.iter().filter(|unit| unit.origin.is_some()) {
            let (start, end) = (unit.start as usize, unit.end as usize);
            match cuts.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => {
                    cuts.push(start..end);
                    lead = unit.lead as usize;
                }
            }
        }
        if let Some(last) =
            cuts.last_mut().filter(|last| self.is_open && last.end == self.text_bytes as usize)
        {
            last.start -= lead;
        }
    }

    /// Writes it down: [`Verdicts::read`] gives it back.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.text_bytes.to_le_bytes());
        out.push(u8::from(self.is_open));
        for Verdict { start, end, lead, words, origin } in &self.units {
            for number in [start, end, lead] {
                out.extend_from_slice(&number.to_le_bytes());
            }
            for number in [words, &origin.unwrap_or(NOWHERE)] {
                out.extend_from_slice(&number.to_le_bytes());
            }
        }
    }

    /// Reads what was written, in place of what is here.
    ///
    /// # Errors
    /// When it was not written so.
    pub fn read(&mut self, bytes: &[u8]) -> io::Result<()> {
        let broken = || io::Error::from(io::ErrorKind::InvalidData);
        let (&text_bytes, rest) = bytes.split_first_chunk().ok_or_else(broken)?;
        let (&is_open, rest) = rest.split_first().ok_or_else(broken)?;
        self.text_bytes = u32::from_le_bytes(text_bytes);
        self.is_open = is_open != 0;
        self.units.clear();
        for unit in rest.chunks(VERDICT_BYTES) {
            self.units.push(read_one(unit).ok_or_else(broken)?);
        }
        Ok(())
    }
}

fn read_one(bytes: &[u8]) -> Option<Verdict> {
    let (&start, bytes) = bytes.split_first_chunk()?;
    let (&end, bytes) = bytes.split_first_chunk()?;
    let (&lead, bytes) = bytes.split_first_chunk()?;
    let (&words, bytes) = bytes.split_first_chunk()?;
    let (&origin, _) = bytes.split_first_chunk()?;
    let origin = Some(u64::from_le_bytes(origin)).filter(|&origin| origin != NOWHERE);
    let [start, end, lead] = [start, end, lead].map(u32::from_le_bytes);
    Some(Verdict { start, end, lead, words: u64::from_le_bytes(words), origin })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::single_range_in_vec_init, reason = "a text may have one cut")]

    use super::*;

    fn verdicts(is_open: bool, units: &[(u32, u32, bool)]) -> Verdicts {
        let unit = |&(start, end, goes): &(u32, u32, bool)| Verdict {
            start,
            end,
            lead: u32::from(start > 0),
            words: u64::from(start) << 40,
            origin: goes.then_some(7),
        };
        Verdicts { text_bytes: 9, is_open, units: units.iter().map(unit).collect() }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let written = verdicts(true, &[(0, 3, false), (3, 6, true)]);
        let mut bytes = Vec::new();
        written.write(&mut bytes);
        let mut read = verdicts(false, &[(1, 2, true)]);
        read.read(&bytes).expect("read");
        assert_eq!(read, written);
        assert!(read.read(&bytes[..bytes.len() - 1]).is_err() && read.read(b"").is_err());
    }

    #[test]
    fn neighbours_are_one_cut_and_an_open_end_takes_the_line_end_before_it() {
        let cuts = |is_open, units: &[_]| {
            let mut cuts = Vec::new();
            verdicts(is_open, units).cuts_into(&mut cuts);
            cuts
        };
        assert_eq!(cuts(false, &[(0, 3, true), (3, 6, false), (6, 9, true)]), [0..3, 6..9]);
        assert_eq!(cuts(true, &[(0, 3, false), (3, 6, true), (6, 9, true)]), [2..9]);
        assert_eq!(cuts(true, &[(0, 3, true), (3, 6, true), (6, 9, false)]), [0..6]);
        assert_eq!(cuts(true, &[(0, 3, true), (3, 6, true), (6, 9, true)]), [0..9]);
    }
}
