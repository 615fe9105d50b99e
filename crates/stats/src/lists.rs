//! Files that list every word: `--freq` and `--zipfr`.

use std::io::{self, Write};
use std::path::Path;

use textcore::Error;
use textcore::partial::escape_key_into;
use textcore::side::SideFile;
use textcore::tally::Ranked;

use crate::parameters::Areas;
use crate::survey::{Listener, Word};
use crate::vocabulary::{Interpolation, Spectrum, zipfr};
use crate::words::Lexeme;

/// How many points a growth curve for zipfR has.
const GROWTH_POINTS: u64 = 200;

/// Memory for sorting, in bytes, and where what does not fit goes.
pub type Room<'a> = (usize, &'a Path);

/// All words, the commonest first.
pub struct FrequencyFile {
    file: SideFile,
    ranked: Ranked,
    words: u64,
    areas: Areas,
    line: Vec<u8>,
}

impl FrequencyFile {
    /// Nothing listed yet, of so many words in all.
    pub fn new(file: SideFile, words: u64, areas: Areas, room: Room<'_>) -> FrequencyFile {
        FrequencyFile { file, ranked: Ranked::new(room.0, room.1), words, areas, line: Vec::new() }
    }

    /// Sorts and writes.
    ///
    /// # Errors
    /// Temporary storage fails, or the file.
    pub fn finish(self) -> Result<(), Error> {
        let FrequencyFile { mut file, ranked, .. } = self;
        let mut ranking = ranked.finish().map_err(Error::Temporary)?;
        while let Some((line, _)) = ranking.next().map_err(Error::Temporary)? {
            file.write(line)?;
        }
        file.finish()
    }
}

impl Listener for FrequencyFile {
    fn hear(&mut self, word: &Word, _: &Lexeme) -> Result<(), Error> {
        self.line.clear();
        escape_key_into(&word.form, &mut self.line);
        let per_million = 1e6 * word.count as f64 / self.words.max(1) as f64;
        self.line.extend_from_slice(format!("\t{}\t{per_million}", word.count).as_bytes());
        if let Some(spread) = word.dispersion.filter(|_| self.areas.dispersion) {
            self.line.extend_from_slice(format!("\t{}", spread.documents).as_bytes());
            for (_, value) in spread.named() {
                let value = if value.is_nan() { String::new() } else { value.to_string() };
                self.line.extend_from_slice(format!("\t{value}").as_bytes());
            }
        }
        self.line.push(b'\n');
        self.ranked.push(&self.line, word.count).map_err(Error::Temporary)
    }
}

/// What zipfR reads.
pub struct ZipfrFiles {
    spectrum: SideFile,
    types: SideFile,
    growth: SideFile,
    ranked: Ranked,
}

impl ZipfrFiles {
    /// Nothing listed yet: the files of the spectrum, the types and the growth.
    pub fn new([spectrum, types, growth]: [SideFile; 3], room: Room<'_>) -> ZipfrFiles {
        ZipfrFiles { spectrum, types, growth, ranked: Ranked::new(room.0, room.1) }
    }

    /// Sorts and writes.
    ///
    /// # Errors
    /// Temporary storage fails, or a file.
    pub fn finish(self, spectrum: &Spectrum) -> Result<(), Error> {
        let ZipfrFiles { spectrum: mut spectrum_file, types, mut growth, ranked } = self;
        let mut file = Writing(&mut spectrum_file, None);
        let written = zipfr::write_spectrum(&mut file, spectrum);
        file.result(written)?;
        spectrum_file.finish()?;
        let mut file = Writing(&mut growth, None);
        let curve = Interpolation::of(spectrum).curve(GROWTH_POINTS);
        let written = zipfr::write_growth(&mut file, &curve);
        file.result(written)?;
        growth.finish()?;
        write_types(types, ranked)
    }
}

fn write_types(mut types: SideFile, ranked: Ranked) -> Result<(), Error> {
    let mut ranking = ranked.finish().map_err(Error::Temporary)?;
    let mut file = Writing(&mut types, None);
    let mut written = Ok(());
    match zipfr::FrequencyList::new(&mut file) {
        Ok(mut list) => {
            while let Some((word, count)) = ranking.next().map_err(Error::Temporary)? {
                if written.is_ok() {
                    written = list.add(count, word);
                }
            }
        }
        Err(error) => written = Err(error),
    }
    file.result(written)?;
    types.finish()
}

impl Listener for ZipfrFiles {
    fn hear(&mut self, word: &Word, _: &Lexeme) -> Result<(), Error> {
        self.ranked.push(&word.form, word.count).map_err(Error::Temporary)
    }
}

/// A side file as a writer, which keeps the error that names the file.
struct Writing<'a>(&'a mut SideFile, Option<Error>);

impl Writing<'_> {
    fn result(self, written: io::Result<()>) -> Result<(), Error> {
        match (self.1, written) {
            (Some(error), _) => Err(error),
            (None, written) => written.map_err(Error::Temporary),
        }
    }
}

impl Write for Writing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                self.1 = Some(error);
                Err(io::Error::other("the file cannot be written"))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
