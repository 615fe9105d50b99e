//! Folders of sorted, compressed counts, laid out as the Web 1T 5-gram corpus is.
//!
//! ```text
//! 1gms/vocab.gz      all unigrams by key: token<TAB>count
//! 1gms/vocab_cs.gz   the same by count, the greatest first
//! 1gms/total         how many tokens there were
//! 2gms/2gm-0000.gz   the first ten million bigrams by key, 2gm-0001.gz the next ones
//! 2gms/2gm.idx       the name of each of these files, a tab, the first bigram in it
//! ```
//!
//! As the documentation of LDC2006T13 and LDC2010T06 and the programs that read them have it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use textcore::Error;
use textcore::codec::{Compression, CompressionFormat, Compressor};
use textcore::side::SideFile;
use textcore::tally::Ranked;
use textcore::temporary::Cleanup;

use super::push_count;
use crate::entry::ORDER_MAX;

/// How many lines a file of n-grams holds; unigrams stand in one file.
pub const SHARD_LINES: u64 = 10_000_000;

/// A folder on its way: its files get their names together, at the end.
pub struct Web1t {
    folder: PathBuf,
    cleanup: Arc<Cleanup>,
    shard_lines: u64,
    /// By order.
    shards: Vec<Shards>,
    complete: Vec<SideFile>,
    /// The lines of unigrams, by count.
    vocabulary: Ranked,
}

/// The files of one order.
#[derive(Default)]
struct Shards {
    count: u64,
    /// The one that is being filled, and how many lines it may still take.
    open: Option<(Packed, u64)>,
    index: Vec<u8>,
}

impl Web1t {
    /// A folder below which there must not be any n-grams yet; `vocabulary` sorts the unigrams by count.
    ///
    /// # Errors
    /// Those of [`Web1t::check`].
    pub fn new(
        folder: &Path,
        cleanup: &Arc<Cleanup>,
        shard_lines: u64,
        vocabulary: Ranked,
    ) -> Result<Self, Error> {
        Web1t::check(folder)?;
        Ok(Web1t {
            folder: folder.to_owned(),
            cleanup: Arc::clone(cleanup),
            shard_lines,
            shards: std::iter::repeat_with(Shards::default).take(ORDER_MAX + 1).collect(),
            complete: Vec::new(),
            vocabulary,
        })
    }

    /// Makes sure that no counts of another run lie in a folder: they would be taken for a part of these.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are.
    pub fn check(folder: &Path) -> Result<(), Error> {
        for order in 1..=ORDER_MAX {
            let orders = folder.join(format!("{order}gms"));
            let is_used = fs::read_dir(&orders).is_ok_and(|mut entries| entries.next().is_some());
            if is_used {
                return Err(Error::Usage(format!(
                    "{}: holds files already; remove them first",
                    orders.display()
                )));
            }
        }
        Ok(())
    }

    /// Takes the next lines of an order, in the order of their keys.
    ///
    /// # Errors
    /// What the files or the temporary storage say.
    pub fn put(&mut self, order: usize, mut lines: &[u8]) -> Result<(), Error> {
        let is_vocabulary = order == 1;
        while !lines.is_empty() {
            if self.shards[order].open.is_none() {
                self.open(order, lines)?;
            }
            let Some((file, room)) = &mut self.shards[order].open else { break };
            let mut end = 0;
            let ends = memchr::memchr_iter(b'\n', lines).map(|at| at + 1);
            for at in ends.take(usize::try_from(*room).unwrap_or(usize::MAX)) {
                if is_vocabulary {
                    let line = &lines[end..at];
                    self.vocabulary.push(line, count_of(line)).map_err(Error::Temporary)?;
                }
                *room -= 1;
                end = at;
            }
            file.write(&lines[..end])?;
            lines = &lines[end..];
            if *room == 0 {
                self.close(order)?;
            }
        }
        Ok(())
    }

    /// Completes the files, and gives them their names. `total` is the number of all tokens, `is_counted` whether an order
    /// was.
    ///
    /// # Errors
    /// What the files or the temporary storage say.
    pub fn finish(mut self, total: u64, is_counted: impl Fn(usize) -> bool) -> Result<(), Error> {
        for order in (1..=ORDER_MAX).filter(|&order| is_counted(order)) {
            if self.shards[order].count == 0 {
                self.open(order, b"")?;
            }
            self.close(order)?;
            if order > 1 {
                let index = std::mem::take(&mut self.shards[order].index);
                self.write_plain(order, &format!("{order}gm.idx"), &index)?;
            }
        }
        if is_counted(1) {
            let mut digits = Vec::new();
            push_count(total, &mut digits);
            digits.push(b'\n');
            self.write_plain(1, "total", &digits)?;
            let mut by_count = self.create(1, "vocab_cs.gz").and_then(Packed::new)?;
            let mut ranking = self.vocabulary.finish().map_err(Error::Temporary)?;
            while let Some((line, _)) = ranking.next().map_err(Error::Temporary)? {
                by_count.write(line)?;
            }
            self.complete.push(by_count.finish()?);
        }
        self.complete.into_iter().try_for_each(SideFile::finish)
    }

    /// Opens the next file of an order, which begins with these lines.
    fn open(&mut self, order: usize, lines: &[u8]) -> Result<(), Error> {
        let shards = &mut self.shards[order];
        let number = shards.count;
        shards.count += 1;
        let (name, room) = match order {
            1 => ("vocab.gz".to_owned(), u64::MAX),
            _ => (format!("{order}gm-{number:04}.gz"), self.shard_lines),
        };
        if let Some(tab) = memchr::memchr(b'\t', lines) {
            shards.index.extend_from_slice(name.as_bytes());
            shards.index.push(b'\t');
            shards.index.extend_from_slice(&lines[..tab]);
            shards.index.push(b'\n');
        }
        let file = self.create(order, &name).and_then(Packed::new)?;
        self.shards[order].open = Some((file, room));
        Ok(())
    }

    fn close(&mut self, order: usize) -> Result<(), Error> {
        if let Some((file, _)) = self.shards[order].open.take() {
            self.complete.push(file.finish()?);
        }
        Ok(())
    }

    fn create(&self, order: usize, name: &str) -> Result<(SideFile, String), Error> {
        let folder = self.folder.join(format!("{order}gms"));
        let path = folder.join(name);
        let shown = path.to_string_lossy().into_owned();
        fs::create_dir_all(&folder).map_err(|source| Error::Output { name: shown.clone(), source })?;
        Ok((SideFile::create(&path, &self.cleanup)?, shown))
    }

    fn write_plain(&mut self, order: usize, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let (mut file, _) = self.create(order, name)?;
        file.write(bytes)?;
        file.flush()?;
        self.complete.push(file);
        Ok(())
    }
}

/// The number that a line ends with.
fn count_of(line: &[u8]) -> u64 {
    let digits = line.iter().rev().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    let digits = &line[line.len() - 1 - digits..line.len() - 1];
    digits.iter().fold(0, |count, digit| count * 10 + u64::from(digit - b'0'))
}

/// A gzip file without a name or a time in it.
struct Packed {
    compressor: Compressor<Under>,
    name: String,
}

/// A side file as compressors know files.
struct Under(SideFile);

impl Packed {
    fn new((file, name): (SideFile, String)) -> Result<Self, Error> {
        let compression = Compression { format: CompressionFormat::Gzip, level: None };
        match Compressor::new(compression, Under(file)) {
            Ok(compressor) => Ok(Packed { compressor, name }),
            Err(source) => Err(Error::Output { name, source }),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.compressor.write_all(bytes);
        written.map_err(|source| Error::Output { name: self.name.clone(), source })
    }

    /// The file, complete but for its name.
    fn finish(self) -> Result<SideFile, Error> {
        let finished = self.compressor.finish();
        let Under(mut file) = finished.map_err(|source| Error::Output { name: self.name, source })?;
        file.flush()?;
        Ok(file)
    }
}

impl Write for Under {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map(|()| bytes.len()).map_err(source)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(source)
    }
}

/// What the system said.
fn source(error: Error) -> io::Error {
    match error {
        Error::Output { source, .. } => source,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::io::Read;
    use textcore::codec::{Codec, Decompressor};

    fn written(folder: &Path) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        for orders in fs::read_dir(folder).expect("a folder") {
            for file in fs::read_dir(orders.expect("an order").path()).expect("a folder") {
                let path = file.expect("a file").path();
                let mut text = fs::read(&path).expect("read");
                if path.extension().is_some_and(|ending| ending == "gz") {
                    text = unpacked(&text);
                }
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                files.insert(name, String::from_utf8(text).expect("text"));
            }
        }
        files
    }

    fn unpacked(bytes: &[u8]) -> Vec<u8> {
        let input = Box::new(io::Cursor::new(bytes.to_vec()));
        let mut text = Vec::new();
        let mut decompressor = Decompressor::new(Codec::Gzip, input).expect("gzip");
        decompressor.read_to_end(&mut text).expect("whole");
        text
    }

    #[test]
    fn a_folder_holds_what_readers_look_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let ranked = Ranked::new(0, folder.path());
        let mut web1t = Web1t::new(&out, &Arc::default(), 2, ranked).expect("a folder");
        web1t.put(1, b"a\t3\nb\t10\n").expect("put");
        web1t.put(2, b"a a\t1\n").expect("put");
        web1t.put(2, b"a b\t2\nb a\t1\n").expect("put");
        web1t.put(1, b"c\t3\n").expect("put");
        web1t.put(2, b"b b\t7\nb c\t1\n").expect("put");
        assert!(!out.join("2gms/2gm-0000.gz").exists(), "names come at the end");
        web1t.finish(16, |order| order <= 3).expect("finished");
        let wanted = [
            ("1gms/total", "16\n"),
            ("1gms/vocab.gz", "a\t3\nb\t10\nc\t3\n"),
            ("1gms/vocab_cs.gz", "b\t10\na\t3\nc\t3\n"),
            ("2gms/2gm-0000.gz", "a a\t1\na b\t2\n"),
            ("2gms/2gm-0001.gz", "b a\t1\nb b\t7\n"),
            ("2gms/2gm-0002.gz", "b c\t1\n"),
            ("2gms/2gm.idx", "2gm-0000.gz\ta a\n2gm-0001.gz\tb a\n2gm-0002.gz\tb c\n"),
            ("3gms/3gm-0000.gz", ""),
            ("3gms/3gm.idx", ""),
        ];
        let wanted = wanted.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(written(&out), BTreeMap::from(wanted));
        assert!(matches!(Web1t::check(&out), Err(Error::Usage(_))), "not among other counts");
    }
}
