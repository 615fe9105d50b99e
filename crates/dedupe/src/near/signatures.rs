//! Signature files: what is known about documents, so that parts of a corpus can be judged as one.
//!
//! ```text
//! #sluice dedupe signatures 1 {"content":"shingles","foldings":"nfkc,lower,punct","shingle":"word:5","unicode":"18.0.0"}
//! ```
//!
//! After this line come blocks: the length of its payload in bytes, the XXH3-64 of the payload, both of 64 bits, and the payload. All numbers
//! are little-endian. A payload is a row of documents: the length of the id (32 bits), 1 for a short document or 0 (8 bits), how many
//! numbers its content has (64 bits), the id, the numbers (64 bits each). The last block has the length 0, and the number of documents
//! (64 bits) after its sum.

use std::io::Read;

use serde_json::{Value, json};
use textcore::Error;
use textcore::error::{Trouble, system_message};
use xxhash_rust::xxh3::xxh3_64;

use super::document::{Document, Maker, Measure};

const HEAD: &str = "#sluice dedupe signatures 1 ";

/// A first line that is longer is none.
const HEAD_BYTES_MAX: u64 = 4096;

/// A payload ends once it has this many bytes.
const BLOCK_BYTES: usize = 1 << 16;

/// What precedes the id of a document.
const FIXED_BYTES: usize = size_of::<u32>() + 1 + size_of::<u64>();

/// What the content of documents depends on.
pub fn parameters(maker: &Maker) -> Value {
    json!({
        "content": maker.measure().to_string(),
        "foldings": maker.shingler().foldings(),
        "shingle": maker.shingler().shape().to_string(),
        "unicode": unicode::VERSION,
    })
}

/// Makes the bytes of a signature file.
#[derive(Debug, Default)]
pub struct SignatureWriter {
    payload: Vec<u8>,
    documents: u64,
}

impl SignatureWriter {
    /// Appends the first line.
    pub fn begin(parameters: &Value, out: &mut Vec<u8>) -> Self {
        out.extend_from_slice(format!("{HEAD}{parameters}\n").as_bytes());
        SignatureWriter::default()
    }

    /// Adds a document; blocks that are full are appended.
    pub fn push(&mut self, document: &Document, out: &mut Vec<u8>) {
        let payload = &mut self.payload;
        payload.extend_from_slice(&(document.id.len() as u32).to_le_bytes());
        payload.push(u8::from(document.is_short));
        payload.extend_from_slice(&(document.content.len() as u64).to_le_bytes());
        payload.extend_from_slice(&document.id);
        document.content.iter().for_each(|number| payload.extend_from_slice(&number.to_le_bytes()));
        self.documents += 1;
        if payload.len() >= BLOCK_BYTES {
            self.flush(out);
        }
    }

    /// Appends what is left, and the end.
    pub fn finish(mut self, out: &mut Vec<u8>) {
        if !self.payload.is_empty() {
            self.flush(out);
        }
        let documents = self.documents.to_le_bytes();
        for part in [[0; 8], xxh3_64(&documents).to_le_bytes(), documents] {
            out.extend_from_slice(&part);
        }
    }

    fn flush(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(&(self.payload.len() as u64).to_le_bytes());
        out.extend_from_slice(&xxh3_64(&self.payload).to_le_bytes());
        out.append(&mut self.payload);
    }
}

/// Reads a signature file.
pub struct SignatureReader<R> {
    input: R,
    name: String,
    parameters: Value,
    payload: Vec<u8>,
    /// Where the next document begins in the payload.
    at: usize,
    /// Where the payload begins in the file.
    payload_start: u64,
    documents: u64,
    is_done: bool,
}

/// A document of a signature file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What it is called.
    pub id: Vec<u8>,
    /// Its shingles, or its signature.
    pub content: Vec<u64>,
    /// It is shorter than one shingle.
    pub is_short: bool,
}

impl<R: Read> SignatureReader<R> {
    /// Reads the first line; `name` is for messages.
    ///
    /// # Errors
    /// [`Error::Input`] for a file that is no signature file.
    pub fn new(mut input: R, name: &str) -> Result<Self, Error> {
        let mut head = Vec::new();
        let mut byte = [0];
        while head.len() < HEAD_BYTES_MAX as usize {
            match input.read(&mut byte) {
                Ok(0) => break,
                Ok(_) if byte[0] == b'\n' => break,
                Ok(_) => head.push(byte[0]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    return Err(Error::Input(Trouble::with_operand(name, system_message(&error))));
                }
            }
        }
        let json = head.strip_prefix(HEAD.as_bytes()).and_then(|json| serde_json::from_slice(json).ok());
        let parameters = json.ok_or_else(|| {
            let what = "not a file of signatures of this version of dedupe (see --save-signatures)";
            Error::Input(Trouble::with_operand(name, what))
        })?;
        Ok(SignatureReader {
            payload_start: head.len() as u64 + 1,
            input,
            name: name.to_owned(),
            parameters,
            payload: Vec::new(),
            at: 0,
            documents: 0,
            is_done: false,
        })
    }

    /// What the content of its documents depends on.
    pub fn parameters(&self) -> &Value {
        &self.parameters
    }

    /// Refuses a file that was made in another way than what `other` names.
    ///
    /// # Errors
    /// [`Error::Input`], with both names.
    pub fn expect(&self, parameters: &Value, other: &str) -> Result<(), Error> {
        if self.parameters == *parameters {
            return Ok(());
        }
        let what = format!("made with {}, but {other} with {parameters}", self.parameters);
        Err(Error::Input(Trouble::with_operand(&self.name, what)))
    }

    /// The next document.
    ///
    /// # Errors
    /// [`Error::Input`], with the place, for a file that is cut short or damaged.
    #[expect(clippy::should_implement_trait, reason = "an iterator would go on after an error")]
    pub fn next(&mut self) -> Result<Option<Saved>, Error> {
        if self.at == self.payload.len() && !self.is_done {
            self.next_block()?;
        }
        if self.is_done {
            return Ok(None);
        }
        match split_document(&self.payload[self.at..]) {
            Some((saved, length)) => {
                self.at += length;
                self.documents += 1;
                Ok(Some(saved))
            }
            None => Err(self.refuse("the document is damaged")),
        }
    }

    fn next_block(&mut self) -> Result<(), Error> {
        self.payload_start += self.payload.len() as u64;
        self.payload.clear();
        self.at = 0;
        let [length, sum] = [self.number()?, self.number()?];
        if length == 0 {
            let documents = self.number()?;
            if sum != xxh3_64(&documents.to_le_bytes()) || documents != self.documents {
                return Err(self.refuse("the end does not tell how many documents there are"));
            }
            let mut more = Vec::new();
            self.read(1, &mut more)?;
            if !more.is_empty() {
                return Err(self.refuse("something follows the end"));
            }
            self.is_done = true;
            return Ok(());
        }
        let mut payload = std::mem::take(&mut self.payload);
        self.read(length, &mut payload)?;
        self.payload = payload;
        if self.payload.len() as u64 != length {
            return Err(self.refuse("the file is cut short"));
        }
        if xxh3_64(&self.payload) != sum {
            return Err(self.refuse("the block is damaged: its sum is another"));
        }
        self.payload_start += 2 * size_of::<u64>() as u64;
        Ok(())
    }

    fn number(&mut self) -> Result<u64, Error> {
        let mut bytes = Vec::new();
        self.read(size_of::<u64>() as u64, &mut bytes)?;
        let bytes = bytes.try_into().map_err(|_| self.refuse("the file is cut short"))?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// Reads as many bytes as there are, at most `length`: memory for no more than the file has.
    fn read(&mut self, length: u64, bytes: &mut Vec<u8>) -> Result<(), Error> {
        let read = self.input.by_ref().take(length).read_to_end(bytes);
        read.map(|_| ()).map_err(|error| self.refuse(&system_message(&error)))
    }

    fn refuse(&self, what: &str) -> Error {
        Error::Input(Trouble {
            operand: self.name.clone(),
            record: Some(self.documents + 1),
            byte: Some(self.payload_start + self.at as u64),
            what: what.to_owned(),
        })
    }
}

/// Whether a document's content has the form that its measure asks for.
pub fn is_fit(saved: &Saved, measure: Measure) -> bool {
    match measure {
        Measure::Jaccard => !saved.content.is_empty(),
        Measure::Estimate(values) => saved.content.len() == values.div_ceil(2),
    }
}

/// The document at the beginning of a payload, and its length.
fn split_document(payload: &[u8]) -> Option<(Saved, usize)> {
    let (fixed, rest) = payload.split_at_checked(FIXED_BYTES)?;
    let (id_length, fixed) = fixed.split_first_chunk()?;
    let (flag, count) = fixed.split_first()?;
    let count = usize::try_from(u64::from_le_bytes(*count.first_chunk()?)).ok()?;
    let (id, rest) = rest.split_at_checked(u32::from_le_bytes(*id_length) as usize)?;
    let (content, _) = rest.split_at_checked(count.checked_mul(size_of::<u64>())?)?;
    let saved = Saved {
        id: id.to_vec(),
        content: content.as_chunks().0.iter().map(|number| u64::from_le_bytes(*number)).collect(),
        is_short: *flag == 1,
    };
    (*flag <= 1).then_some((saved, FIXED_BYTES + id.len() + content.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(documents: &[Document]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = SignatureWriter::begin(&json!({"shingle": "word:5"}), &mut out);
        documents.iter().for_each(|document| writer.push(document, &mut out));
        writer.finish(&mut out);
        out
    }

    fn read(bytes: &[u8]) -> Result<Vec<Saved>, Error> {
        let mut reader = SignatureReader::new(bytes, "part")?;
        let mut all = Vec::new();
        while let Some(saved) = reader.next()? {
            all.push(saved);
        }
        assert!(reader.next()?.is_none());
        Ok(all)
    }

    fn documents(sizes: &[(u8, u16)]) -> Vec<Document> {
        let document = |&(id, count): &(u8, u16)| Document {
            id: vec![id; usize::from(id % 7)],
            content: (0..u64::from(count)).collect(),
            bands: Vec::new(),
            is_short: id % 2 == 1,
        };
        sizes.iter().map(document).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(sizes in prop::collection::vec((any::<u8>(), 0u16..3000), 0..20)) {
            let documents = documents(&sizes);
            let saved: Vec<Saved> = documents
                .iter()
                .map(|one| Saved { id: one.id.clone(), content: one.content.clone(), is_short: one.is_short })
                .collect();
            prop_assert_eq!(read(&written(&documents)).expect("whole"), saved);
        }

        #[test]
        fn what_is_cut_or_damaged_is_refused(
            sizes in prop::collection::vec((any::<u8>(), 0u16..300), 0..4), place: prop::sample::Index, flip in 1u8..,
        ) {
            let whole = written(&documents(&sizes));
            let place = place.index(whole.len());
            prop_assert!(read(&whole[..place]).is_err());
            prop_assert!(read(&[&whole[..], b"x"].concat()).is_err());
            let mut damaged = whole.clone();
            damaged[place] ^= flip;
            let head = whole.iter().position(|&byte| byte == b'\n').expect("a first line");
            prop_assert!(place < head || read(&damaged).is_err(), "{place}");
        }
    }

    #[test]
    fn the_place_is_named() {
        let mut damaged = written(&documents(&[(1, 9000), (2, 9000)]));
        let length = damaged.len();
        damaged[length - 100] ^= 1;
        let error = read(&damaged).expect_err("a damaged file").to_string();
        assert_eq!(error, "part: record 2 (byte 72079): the block is damaged: its sum is another");
    }

    #[test]
    fn another_way_of_making_is_refused_with_both_names() {
        let bytes = written(&[]);
        let reader = SignatureReader::new(&bytes[..], "part").expect("a signature file");
        let error =
            reader.expect(&json!({"shingle": "char:9"}), "first").expect_err("another way").to_string();
        assert_eq!(error, r#"part: made with {"shingle":"word:5"}, but first with {"shingle":"char:9"}"#);
    }
}
