//! What is known of a document before its language is: evidence, and sums that count if it is Persian.

use language::{Diagnosis, Evidence};

use crate::totals::Totals;

/// A document's language is judged by its first bytes, up to this many.
const LANGUAGE_BYTES: u64 = 64 * 1024;

/// ZWNJ are looked for in its first bytes, up to this many: enough for dozens of them, and dear.
pub const ZWNJ_BYTES: u64 = 8 * 1024;

/// One document, or a part of it. Parts merge in any order.
#[derive(Debug, Default)]
pub struct Document {
    evidence: Evidence,
    diagnosis: Diagnosis,
}

impl Document {
    /// Adds a record that begins at an offset of the document.
    pub fn observe(&mut self, text: &[u8], offset: u64) {
        self.diagnosis.observe(text);
        if offset < LANGUAGE_BYTES {
            self.evidence.observe(text);
        }
        if offset < ZWNJ_BYTES {
            self.diagnosis.observe_zwnj(beginning(text, (ZWNJ_BYTES - offset) as usize));
        }
    }

    /// Adds another part.
    pub fn merge(&mut self, other: &Document) {
        self.evidence.merge(&other.evidence);
        self.diagnosis.merge(other.diagnosis);
    }

    /// Decides on the language.
    pub fn close(&self, totals: &mut Totals) {
        let code = self.evidence.verdict().language.map_or("unknown", language::Language::code);
        *totals.languages.entry(code.to_owned()).or_default() += 1;
        if code == PERSIAN {
            totals.persian.merge(self.diagnosis);
        }
    }
}

/// The code of the language that sums are kept for.
pub const PERSIAN: &str = "fa";

/// The beginning of a text, of at most so many bytes and of whole words if it has spaces.
fn beginning(text: &[u8], bytes_max: usize) -> &[u8] {
    if text.len() <= bytes_max {
        return text;
    }
    let cut = &text[..bytes_max];
    let end = cut.iter().rposition(u8::is_ascii_whitespace);
    // A character that is cut off counts for nothing.
    end.map_or(cut, |end| &cut[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_ends_with_a_word() {
        assert_eq!(beginning(b"ab cd", 5), b"ab cd");
        assert_eq!(beginning(b"ab cd", 4), b"ab");
        assert_eq!(beginning(b"abcd", 2), b"ab");
        assert_eq!(beginning(b"ab", 0), b"");
    }

    #[test]
    fn only_persian_documents_are_diagnosed() {
        let mut totals = Totals::default();
        for text in ["این کتاب را دیروز از کتابخانه گرفتم و هنوز نخواندهام.", "The page that they have read."]
        {
            let mut document = Document::default();
            document.observe(text.as_bytes(), 0);
            document.observe("كتاب".as_bytes(), LANGUAGE_BYTES);
            document.close(&mut totals);
        }
        assert_eq!(totals.persian.kaf_arabic, 1, "of the Persian one, its end too");
        assert!(totals.persian.words > 5);
    }
}
