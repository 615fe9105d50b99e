//! The files of zipfR, an R package for word frequency distributions: `.spc`, `.tfl` and `.vgc`.
//!
//! They are tables with a line of names and TABs between columns, as the package's manual describes them (`read.spc`,
//! `read.tfl`, `read.vgc`). zipfR reads whole numbers of up to 2^31 - 1; greater ones are written all the same.

use std::io::{self, Write};

use super::{Point, Spectrum};

/// Writes a frequency spectrum, `.spc`: the columns `m`, a frequency, and `Vm`, how many types have it, from the rarest on.
///
/// ```
/// use stats::vocabulary::{Spectrum, zipfr};
///
/// let mut file = Vec::new();
/// zipfr::write_spectrum(&mut file, &[3, 1, 1].into_iter().collect())?;
/// assert_eq!(file, b"m\tVm\n1\t2\n3\t1\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// Those of writing.
pub fn write_spectrum(file: &mut impl Write, spectrum: &Spectrum) -> io::Result<()> {
    writeln!(file, "m\tVm")?;
    spectrum.iter().try_for_each(|(frequency, types)| writeln!(file, "{frequency}\t{types}"))
}

/// Writes a vocabulary growth curve, `.vgc`: the columns `N`, `V` and `V1`, with the shortest digits that give back the same
/// number.
///
/// # Errors
///
/// Those of writing.
pub fn write_growth(file: &mut impl Write, curve: &[Point]) -> io::Result<()> {
    writeln!(file, "N\tV\tV1")?;
    curve.iter().try_for_each(|point| writeln!(file, "{}\t{}\t{}", point.tokens, point.types, point.hapaxes))
}

/// A type frequency list, `.tfl`, as it is written: the columns `k`, a number, `f`, how often a type is seen, and `type`,
/// its bytes.
///
/// zipfR ranks the types itself, so that they may come in any order; the frequency is that of the file. A TAB, newline,
/// return, NUL or backslash in a type is written as `\t`, `\n`, `\r`, `\0` or `\\`: zipfR reads them as they are written.
///
/// ```
/// use stats::vocabulary::zipfr::FrequencyList;
///
/// let mut list = FrequencyList::new(Vec::new())?;
/// list.add(7, b"the")?;
/// list.add(2, b"a\tb")?;
/// assert_eq!(list.into_inner(), b"k\tf\ttype\n1\t7\tthe\n2\t2\ta\\tb\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct FrequencyList<W> {
    file: W,
    types: u64,
}

impl<W: Write> FrequencyList<W> {
    /// A list without types.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn new(mut file: W) -> io::Result<FrequencyList<W>> {
        writeln!(file, "k\tf\ttype")?;
        Ok(FrequencyList { file, types: 0 })
    }

    /// Adds a type.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn add(&mut self, frequency: u64, word: &[u8]) -> io::Result<()> {
        self.types += 1;
        write!(self.file, "{}\t{frequency}\t", self.types)?;
        write_escaped(&mut self.file, word)?;
        self.file.write_all(b"\n")
    }

    /// What the list was written to.
    pub fn into_inner(self) -> W {
        self.file
    }
}

/// Writes a type frequency list of types and how often they are seen, as a [`FrequencyList`] does.
///
/// # Errors
///
/// Those of writing.
pub fn write_frequencies<W: AsRef<[u8]>>(
    file: &mut impl Write,
    types: impl IntoIterator<Item = (u64, W)>,
) -> io::Result<()> {
    let mut list = FrequencyList::new(file)?;
    types.into_iter().try_for_each(|(frequency, word)| list.add(frequency, word.as_ref()))
}

fn write_escaped(file: &mut impl Write, word: &[u8]) -> io::Result<()> {
    let mut rest = word;
    while let Some(place) = rest.iter().position(|&byte| escape(byte).is_some()) {
        file.write_all(&rest[..place])?;
        file.write_all(escape(rest[place]).unwrap_or_default())?;
        rest = &rest[place + 1..];
    }
    file.write_all(rest)
}

fn escape(byte: u8) -> Option<&'static [u8]> {
    match byte {
        b'\t' => Some(b"\\t"),
        b'\n' => Some(b"\\n"),
        b'\r' => Some(b"\\r"),
        0 => Some(b"\\0"),
        b'\\' => Some(b"\\\\"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Interpolation;
    use super::*;

    /// A table as zipfR takes it, by the names of its columns.
    fn read<'a, const N: usize>(file: &'a [u8], wanted: [&str; N]) -> Vec<[&'a [u8]; N]> {
        let mut lines = file
            .split(|&byte| byte == b'\n')
            .map(|line| line.split(|&byte| byte == b'\t').collect::<Vec<_>>());
        let names = lines.next().expect("names");
        let columns =
            wanted.map(|name| names.iter().position(|found| *found == name.as_bytes()).expect("a column"));
        let rows: Vec<_> = lines.collect();
        let (last, rows) = rows.split_last().expect("a last line end");
        assert_eq!(last, &[b""]);
        assert!(rows.iter().all(|row| row.len() == names.len()));
        rows.iter().map(|row| columns.map(|column| row[column])).collect()
    }

    fn number<T: std::str::FromStr>(cell: &[u8]) -> T {
        std::str::from_utf8(cell).ok().and_then(|cell| cell.parse().ok()).expect("a number")
    }

    fn unescaped(cell: &[u8]) -> Vec<u8> {
        let mut bytes = cell.iter();
        let mut word = Vec::new();
        while let Some(&byte) = bytes.next() {
            word.push(match (byte, byte == b'\\') {
                (_, true) => match bytes.next() {
                    Some(b't') => b'\t',
                    Some(b'n') => b'\n',
                    Some(b'r') => b'\r',
                    Some(b'0') => 0,
                    other => *other.expect("a second byte"),
                },
                (byte, false) => byte,
            });
        }
        word
    }

    proptest! {
        #[test]
        fn a_spectrum_is_read_back(counts in prop::collection::vec(1u64..100, 0..100)) {
            let spectrum: Spectrum = counts.into_iter().collect();
            let mut file = Vec::new();
            write_spectrum(&mut file, &spectrum).expect("memory");
            let mut found = Spectrum::new();
            for [frequency, types] in read(&file, ["m", "Vm"]) {
                found.add(number(frequency), number(types));
            }
            prop_assert_eq!(found, spectrum);
        }

        #[test]
        fn a_growth_curve_is_read_back_to_the_last_bit(counts in prop::collection::vec(1u64..1000, 1..100)) {
            let curve = Interpolation::of(&counts.into_iter().collect()).curve(20);
            let mut file = Vec::new();
            write_growth(&mut file, &curve).expect("memory");
            let found: Vec<Point> = read(&file, ["N", "V", "V1"])
                .into_iter()
                .map(|[tokens, types, hapaxes]| Point {
                    tokens: number(tokens),
                    types: number(types),
                    hapaxes: number(hapaxes),
                })
                .collect();
            prop_assert_eq!(found, curve);
        }

        #[test]
        fn any_bytes_are_a_type(types in prop::collection::vec((1u64.., prop::collection::vec(any::<u8>(), 0..6)), 0..30)) {
            let mut file = Vec::new();
            write_frequencies(&mut file, types.iter().map(|(frequency, word)| (*frequency, word))).expect("memory");
            let rows = read(&file, ["f", "type", "k"]);
            prop_assert!(rows.iter().zip(1u64..).all(|([.., place], wanted)| number::<u64>(place) == wanted));
            let found: Vec<_> = rows.iter().map(|[frequency, word, _]| (number(frequency), unescaped(word))).collect();
            prop_assert_eq!(found, types);
        }
    }
}
