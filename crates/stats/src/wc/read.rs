//! Reads what a job is to count, and counts it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{FileExt, MetadataExt};

use textcore::chunk::Buffers;
use textcore::source::retry;

use super::columns::Columns;
use super::sequence::{SEQUENCE_BYTES_MAX, boundary, complete_length};
use super::tally::Tally;

/// What must be seen of the text on either side of a place to know whether a sequence begins there.
pub(super) const MARGIN_BYTES: usize = SEQUENCE_BYTES_MAX - 1;

/// Reads and counts.
pub(super) struct Reader {
    /// What is counted.
    pub(super) wanted: Columns,
    /// How much is read at once, in bytes.
    pub(super) chunk_bytes: usize,
    /// Where buffers come from and go to.
    pub(super) buffers: Buffers,
}

/// What was counted before the end, or before something went wrong.
pub(super) type Counted = (Tally, Option<io::Error>);

impl Reader {
    /// The length of buffers: margins, and what may be carried over from one to the next.
    fn buffer_bytes(&self) -> usize {
        self.chunk_bytes + 2 * MARGIN_BYTES
    }

    /// A buffer to read into.
    pub(super) fn buffer(&self) -> Vec<u8> {
        self.buffers.take(self.buffer_bytes())
    }

    /// Counts the beginning of a buffer, which is taken back.
    pub(super) fn block(&self, buffer: Vec<u8>, length: usize) -> Tally {
        let tally = Tally::of(&buffer[..length], self.wanted);
        self.buffers.put(buffer, self.buffer_bytes());
        tally
    }

    /// Counts the sequences of a file that begin in its chunk of this number, which is not the last.
    pub(super) fn chunk(&self, file: &File, number: u64) -> Counted {
        let start = number * self.chunk_bytes as u64;
        let before = start.min(MARGIN_BYTES as u64);
        let mut buffer = self.buffer();
        let wanted = before as usize + self.chunk_bytes + MARGIN_BYTES;
        let mut offset = start - before;
        let (length, error) = fill(&mut buffer[..wanted], |room| {
            let length = retry(|| file.read_at(room, offset))?;
            offset += length as u64;
            Ok(length)
        });
        let text = &buffer[..length];
        let from = boundary(text, before as usize);
        let to = boundary(text, before as usize + self.chunk_bytes);
        let tally = Tally::of(&text[from..to.max(from)], self.wanted);
        self.buffers.put(buffer, self.buffer_bytes());
        (tally, error)
    }

    /// Counts the sequences that begin in the chunk of this number or after it, up to the end of the file.
    pub(super) fn chunks_from(&self, file: &File, number: u64) -> Counted {
        let start = number * self.chunk_bytes as u64;
        let before = start.min(MARGIN_BYTES as u64);
        let mut offset = start - before;
        self.all(before as usize, |room| {
            let length = retry(|| file.read_at(room, offset))?;
            offset += length as u64;
            Ok(length)
        })
    }

    /// Counts all that `read` gives, but sequences that begin in the first bytes.
    fn all(&self, skipped: usize, mut read: impl FnMut(&mut [u8]) -> io::Result<usize>) -> Counted {
        let mut tally = Tally::default();
        let (mut buffer, mut carried, mut is_first) = (self.buffer(), 0, true);
        let error = loop {
            let (added, error) = fill(&mut buffer[carried..], &mut read);
            let length = carried + added;
            let is_last = length < buffer.len();
            let end = if is_last { length } else { complete_length(&buffer) };
            let from = if is_first { boundary(&buffer[..length], skipped) } else { 0 };
            tally.join(Tally::of(&buffer[from..end.max(from)], self.wanted));
            if is_last {
                break error;
            }
            buffer.copy_within(end.., 0);
            (carried, is_first) = (length - end, false);
        };
        let length_bytes = self.buffer_bytes();
        self.buffers.put(buffer, length_bytes);
        (tally, error)
    }

    /// Counts the bytes that are left of a file: by its size, as far as that can be believed.
    ///
    /// Files that the system makes up are read, for their size is a page or nothing; as wc does, the last block is read of all
    /// others.
    pub(super) fn size(&self, mut file: &File) -> Counted {
        let mut skipped = 0;
        if let Ok(metadata) = file.metadata()
            && metadata.is_file()
            && let Ok(place) = file.stream_position()
        {
            let sure = metadata.len() - metadata.len() % (metadata.blksize() + 1);
            if place < sure && file.seek(SeekFrom::Start(sure)).is_ok() {
                skipped = sure - place;
            }
        }
        let (mut tally, error) = self.all(0, |room| retry(|| file.read(room)));
        tally.bytes += skipped;
        (tally, error)
    }
}

/// Reads until the room is full, the end comes or something goes wrong.
pub(super) fn fill(
    room: &mut [u8],
    mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
) -> (usize, Option<io::Error>) {
    let mut length = 0;
    while length < room.len() {
        match read(&mut room[length..]) {
            Ok(0) => break,
            Ok(added) => length += added,
            Err(error) => return (length, Some(error)),
        }
    }
    (length, None)
}

#[cfg(test)]
mod tests {
    use super::super::tally::tests::{ALL, bytes};
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn written(text: &[u8]) -> File {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(text).expect("written");
        file
    }

    fn reader(wanted: Columns, chunk_bytes: usize) -> Reader {
        Reader { wanted, chunk_bytes, buffers: Buffers::default() }
    }

    proptest! {
        #[test]
        fn chunks_joined_are_the_whole(text in bytes(), chunk_bytes in prop_oneof![1..20usize, 20..3000usize], last in 0..9u64) {
            let file = written(&text);
            let reader = reader(ALL, chunk_bytes);
            let mut joined = Tally::default();
            // The rest may be of several chunks, or of none.
            let last = last.min(text.len() as u64 / chunk_bytes as u64);
            for number in 0..last {
                joined.join(reader.chunk(&file, number).0);
            }
            joined.join(reader.chunks_from(&file, last).0);
            prop_assert_eq!(joined, Tally::of(&text, ALL));
        }
    }

    #[test]
    fn a_size_counts_from_where_the_file_stands() {
        let size = Columns { bytes: true, ..Columns::default() };
        for length in [0, 1, 4095, 4096, 4097, 100_000] {
            let mut file = written(&vec![b'x'; length]);
            for place in [0, 1, length, length + 5] {
                file.seek(SeekFrom::Start(place as u64)).expect("a place");
                let (tally, error) = reader(size, 1000).size(&file);
                assert!(error.is_none());
                assert_eq!(
                    tally.counts().bytes,
                    length.saturating_sub(place) as u64,
                    "{length} from {place}"
                );
            }
        }
    }
}
