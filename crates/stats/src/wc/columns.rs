//! Which counts are wanted, and the lines they are written in.

use super::name::quoted_into;

/// The counts that are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) lines: bool,
    pub(crate) words: bool,
    pub(crate) chars: bool,
    pub(crate) bytes: bool,
    /// Of the widest line.
    pub(crate) width: bool,
}

/// The least width of a number beside sizes that are not known beforehand: of pipes, terminals, devices.
const DIGITS_OF_UNKNOWN: usize = 7;

impl Columns {
    /// What wc writes if nothing is asked for.
    const USUAL: Columns = Columns { lines: true, words: true, chars: false, bytes: true, width: false };

    /// These, or the usual ones if there are none.
    pub(crate) fn or_usual(self) -> Columns {
        if self == Columns::default() { Columns::USUAL } else { self }
    }

    /// Whether text must be looked at character by character.
    pub(super) fn needs_characters(self) -> bool {
        self.words || self.chars || self.width
    }

    /// Whether the size of a file is the answer.
    pub(super) fn is_size(self) -> bool {
        self == Columns { bytes: true, ..Columns::default() }
    }

    /// How many digits numbers are padded to, by the sizes of all operands; none if they are not known beforehand.
    pub(super) fn digits(self, sizes: &[Size]) -> usize {
        let asked = [self.lines, self.words, self.chars, self.bytes, self.width];
        let is_single = asked.into_iter().filter(|&is_asked| is_asked).count() == 1;
        if sizes.is_empty() || (sizes.len() == 1 && is_single) {
            return 1;
        }
        let mut sum = 0u64;
        let mut least = 1;
        for size in sizes {
            match size {
                Size::Known(size) => sum = sum.saturating_add(*size),
                Size::Unknown => least = DIGITS_OF_UNKNOWN,
                Size::Missing => {}
            }
        }
        least.max(sum.to_string().len())
    }

    /// Appends a line: the numbers, padded, and the name if there is one.
    pub(super) fn write(self, counts: &Counts, digits: usize, name: Option<&[u8]>, out: &mut Vec<u8>) {
        let counts = [
            (self.lines, counts.lines),
            (self.words, counts.words),
            (self.chars, counts.chars),
            (self.bytes, counts.bytes),
            (self.width, counts.width),
        ];
        let asked = counts.into_iter().filter(|(is_asked, _)| *is_asked);
        let numbers: Vec<_> = asked.map(|(_, count)| format!("{count:digits$}")).collect();
        out.extend_from_slice(numbers.join(" ").as_bytes());
        if let Some(name) = name {
            out.push(b' ');
            quoted_into(name, out);
        }
        out.push(b'\n');
    }
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) lines: u64,
    pub(super) words: u64,
    pub(super) chars: u64,
    pub(super) bytes: u64,
    /// Of the widest line.
    pub(super) width: u64,
}

impl Counts {
    /// Adds those of another operand.
    pub(super) fn add(&mut self, other: &Counts) {
        self.lines = self.lines.saturating_add(other.lines);
        self.words = self.words.saturating_add(other.words);
        self.chars = self.chars.saturating_add(other.chars);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.width = self.width.max(other.width);
    }
}

/// What is known of an operand's size before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A regular file, of so many bytes.
    Known(u64),
    /// Something else: a pipe, a terminal, a folder.
    Unknown,
    /// Nothing could be learned.
    Missing,
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: Columns = Columns { lines: true, words: false, chars: false, bytes: false, width: false };

    #[test]
    fn digits_are_those_of_all_sizes_together() {
        let digits = |sizes: &[Size]| Columns::USUAL.digits(sizes);
        assert_eq!(digits(&[Size::Known(0)]), 1);
        assert_eq!(digits(&[Size::Known(6), Size::Known(6)]), 2);
        assert_eq!(digits(&[Size::Known(6), Size::Missing, Size::Unknown]), 7);
        assert_eq!(digits(&[Size::Missing]), 1);
        assert_eq!(digits(&[Size::Unknown, Size::Known(123_456_789)]), 9);
        assert_eq!(digits(&[]), 1, "names that are read one by one");
        assert_eq!(LINES.digits(&[Size::Unknown]), 1, "a number alone stands as it is");
        assert_eq!(LINES.digits(&[Size::Unknown, Size::Missing]), 7);
    }

    #[test]
    fn numbers_stand_in_one_order() {
        let all = Columns { lines: true, words: true, chars: true, bytes: true, width: true };
        let counts = Counts { lines: 1, words: 2, chars: 3, bytes: 4, width: 5 };
        let mut sum = counts;
        sum.add(&counts);
        let mut out = Vec::new();
        all.write(&counts, 2, Some(b"x y"), &mut out);
        Columns::default().or_usual().write(&sum, 1, None, &mut out);
        assert_eq!(out, b" 1  2  3  4  5 x y\n2 4 8\n");
    }
}
