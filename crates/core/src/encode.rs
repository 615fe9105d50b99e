//! UTF-8 to text in another encoding, with a policy for characters that it lacks.

mod substitute;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod wide;

use bstr::ByteSlice;

pub use substitute::{Lack, Unencodable};
pub use target::{ByteOrder, OutputLabel, Target};

use substitute::Substitute;

/// Turns records from UTF-8 into a [`Target`]: a pure function of each record, ends included.
///
/// What comes out for several records is what comes out for each of them, one after the other: ISO-2022-JP, which
/// has states, is back in ASCII before each line end and each NUL. A byte order mark is not written here: it stands
/// once in an output.
///
/// Lossless unless [`Unencodable`] says otherwise: characters for which the Encoding Standard would write the bytes of
/// another one (YEN SIGN as a backslash in Shift_JIS) count as lacking.
///
/// ```
/// use textcore::encode::{Encoder, Target, Unencodable};
///
/// let target = Target::for_label("windows-1252")?.target;
/// let encoder = Encoder::new(target, Unencodable::Html, false).expect("not UTF-8");
/// let mut out = Vec::new();
/// let lack = encoder.encode("café ی\n".as_bytes(), &mut out);
/// assert_eq!(out, b"caf\xE9 &#1740;\n");
/// assert_eq!((lack.characters, lack.first), (1, Some((6, 'ی'))));
/// # Ok::<(), textcore::decode::UnknownLabel>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Encoder {
    target: Target,
    policy: Unencodable,
    is_json: bool,
}

impl Encoder {
    /// `None` for UTF-8, which needs none. With `is_json` records are JSON texts, in which
    /// [`Unencodable::Escape`] writes the escapes of JSON.
    pub fn new(target: Target, policy: Unencodable, is_json: bool) -> Option<Self> {
        (target != Target::Utf8).then_some(Encoder { target, policy, is_json })
    }

    /// The encoding.
    pub fn target(&self) -> Target {
        self.target
    }

    /// What becomes of characters that it lacks.
    pub fn policy(&self) -> Unencodable {
        self.policy
    }

    /// Whether these bytes stay as they are; false where telling takes more than a look.
    pub fn is_identity_on(&self, text: &[u8]) -> bool {
        match self.target {
            Target::Utf8 => true,
            Target::Utf16(_) | Target::Utf32(_) => text.is_empty(),
            Target::Ascii => text.is_ascii(),
            Target::Table(encoding) => text.is_ascii() && !table::has_controls_of(encoding, text),
        }
    }

    /// Appends a record in the target's bytes to `out`, and says what was lacking.
    ///
    /// Under [`Unencodable::Fail`] and [`Unencodable::Skip`] a record that lacks something is not to be written:
    /// what was appended for it is of no use. Each maximal ill-formed part of `text` is taken for U+FFFD.
    pub fn encode(&self, text: &[u8], out: &mut Vec<u8>) -> Lack {
        if self.is_identity_on(text) {
            out.extend_from_slice(text);
            return Lack::default();
        }
        self.write(text, Substitute::new(self.policy, self.is_json), out)
    }

    /// Appends a run of records if the target holds all of it; else appends nothing and is false.
    pub fn encode_run(&self, text: &[u8], out: &mut Vec<u8>) -> bool {
        let start = out.len();
        let lack = self.write(text, Substitute::stopping(), out);
        if lack.characters > 0 {
            out.truncate(start);
        }
        lack.characters == 0
    }

    /// [`Encoder::encode`] for a record that stands in `out[start..]`; `scratch` is space to keep.
    pub(crate) fn encode_in_place(&self, out: &mut Vec<u8>, start: usize, scratch: &mut Vec<u8>) -> Lack {
        if self.is_identity_on(&out[start..]) {
            return Lack::default();
        }
        scratch.clear();
        scratch.extend_from_slice(&out[start..]);
        out.truncate(start);
        let lack = self.encode(scratch, out);
        if scratch.capacity() > SCRATCH_BYTES_MAX {
            *scratch = Vec::new();
        }
        lack
    }

    fn write(&self, text: &[u8], substitute: Substitute, out: &mut Vec<u8>) -> Lack {
        match simdutf8::basic::from_utf8(text) {
            Ok(text) => self.write_valid(text, substitute, out),
            Err(_) => self.write_valid(&text.to_str_lossy(), substitute, out),
        }
    }

    fn write_valid(&self, text: &str, substitute: Substitute, out: &mut Vec<u8>) -> Lack {
        let mut substitute = substitute;
        match self.target {
            Target::Utf8 => out.extend_from_slice(text.as_bytes()),
            Target::Utf16(order) => wide::write_utf16(text, order, out),
            Target::Utf32(order) => wide::write_utf32(text, order, out),
            Target::Ascii => table::write_ascii(text, &mut substitute, out),
            Target::Table(encoding) => table::write(encoding, text, &mut substitute, out),
        }
        substitute.lack
    }
}

/// A worker keeps no more than this from one record to the next.
const SCRATCH_BYTES_MAX: usize = 4 << 20;
