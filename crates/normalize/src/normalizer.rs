//! The mapping itself: line ends, then the form.

use memchr::{memchr, memchr_iter, memmem};
use textcore::{Map, Record, Verdict};
use unicode::Form;

/// How lines end in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newlines {
    /// CR LF becomes LF.
    Lf,
    /// LF becomes CR LF.
    CrLf,
    /// As they are.
    Keep,
}

impl Newlines {
    fn is_kept_by(self, text: &[u8]) -> bool {
        match self {
            Newlines::Keep => true,
            Newlines::Lf => memchr(b'\r', text).is_none() || memmem::find(text, b"\r\n").is_none(),
            Newlines::CrLf => memchr_iter(b'\n', text).all(|at| at > 0 && text[at - 1] == b'\r'),
        }
    }

    fn write(self, text: &[u8], out: &mut Vec<u8>) {
        let end: &[u8] = match self {
            Newlines::Keep => return out.extend_from_slice(text),
            Newlines::Lf => b"\n",
            Newlines::CrLf => b"\r\n",
        };
        let mut from = 0;
        for at in memchr_iter(b'\n', text) {
            let line = text[from..at].strip_suffix(b"\r").unwrap_or(&text[from..at]);
            out.extend_from_slice(line);
            out.extend_from_slice(end);
            from = at + 1;
        }
        out.extend_from_slice(&text[from..]);
    }
}

/// Normalizes texts: a pure function of each record.
///
/// ```
/// use normalize::{Newlines, Normalizer};
/// let nfc = Normalizer { form: Some(unicode::Form::Nfc), newlines: Newlines::Lf };
/// assert_eq!(nfc.normalized("A\u{30A}".as_bytes()), "\u{C5}".as_bytes());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Normalizer {
    /// The form; `None` leaves characters alone.
    pub form: Option<Form>,
    /// The line ends.
    pub newlines: Newlines,
}

/// Space for a text whose line ends were rewritten.
#[derive(Debug, Default)]
pub struct Scratch {
    lines: Vec<u8>,
}

impl Normalizer {
    /// A text normalized, for callers that do not stream.
    pub fn normalized(&self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        self.write(&mut Scratch::default(), text, &mut out);
        out
    }

    /// Whether normalizing would change nothing.
    pub fn is_normalized(&self, text: &[u8]) -> bool {
        self.newlines.is_kept_by(text) && self.form.is_none_or(|form| form.is_normalized(text))
    }

    fn write(&self, scratch: &mut Scratch, text: &[u8], out: &mut Vec<u8>) {
        let text = if self.newlines.is_kept_by(text) {
            text
        } else {
            scratch.lines.clear();
            self.newlines.write(text, &mut scratch.lines);
            &scratch.lines
        };
        match self.form {
            None => out.extend_from_slice(text),
            Some(form) => form.normalize_into(text, out),
        }
    }
}

impl Map for Normalizer {
    type Scratch = Scratch;

    fn map(&self, scratch: &mut Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        self.write(scratch, record.text, out);
        Verdict::Keep
    }

    fn map_end(&self, end: &[u8], out: &mut Vec<u8>) {
        self.newlines.write(end, out);
    }

    fn is_identity_on(&self, text: &[u8]) -> bool {
        self.is_normalized(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Newlines; 3] = [Newlines::Lf, Newlines::CrLf, Newlines::Keep];

    #[test]
    fn a_lone_cr_is_no_line_end() {
        let lf = Normalizer { form: None, newlines: Newlines::Lf };
        assert_eq!(lf.normalized(b"a\r\nb\rc\r\r\n"), b"a\nb\rc\r\n");
        let crlf = Normalizer { form: None, newlines: Newlines::CrLf };
        assert_eq!(crlf.normalized(b"a\nb\r\n\n"), b"a\r\nb\r\n\r\n");
    }

    proptest! {
        #[test]
        fn identity_is_what_writing_does(text in prop::collection::vec(prop::sample::select(&b"a\r\n\xCC\x88\xC3\xA9"[..]), 0..30)) {
            for newlines in ALL {
                for form in [None, Some(Form::Nfc), Some(Form::Nfkd)] {
                    let normalizer = Normalizer { form, newlines };
                    let once = normalizer.normalized(&text);
                    prop_assert_eq!(normalizer.is_normalized(&text), once == text);
                }
            }
        }
    }
}
