//! The mapping itself: a text becomes its tokens.

use memchr::memchr2;
use textcore::{Map, Record, Verdict};
use unicode::Unit;

/// How tokens are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// By a space; the record's end stays where it is.
    Spaced,
    /// Each token ends with a line end, or NUL with `-z`; records are no longer told apart.
    Lines,
}

/// Splits each record into units.
#[derive(Debug, Clone, Copy)]
pub struct Tokenizer {
    /// What a token is.
    pub unit: Unit,
    /// How tokens are set apart.
    pub format: Format,
    /// What ends a token in [`Format::Lines`].
    pub line_end: u8,
}

impl Tokenizer {
    fn write_token(&self, token: &[u8], out: &mut Vec<u8>) {
        if self.unit == Unit::Byte {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            out.extend(
                token
                    .iter()
                    .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]),
            );
            return;
        }
        if !matches!(self.unit, Unit::Word | Unit::Space) && memchr2(b'\n', b'\r', token).is_some() {
            return write_on_one_line(token, out);
        }
        out.extend_from_slice(token);
    }
}

/// Each line end inside a token becomes one space: a token never breaks the output's lines.
fn write_on_one_line(token: &[u8], out: &mut Vec<u8>) {
    let mut rest = token;
    while let Some(at) = memchr2(b'\n', b'\r', rest) {
        out.extend_from_slice(&rest[..at]);
        out.push(b' ');
        let is_pair = rest[at..].starts_with(b"\r\n");
        rest = &rest[at + 1 + usize::from(is_pair)..];
    }
    out.extend_from_slice(rest);
}

impl Map for Tokenizer {
    type Scratch = ();

    fn map(&self, _scratch: &mut (), record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let separator = if self.format == Format::Spaced { b' ' } else { self.line_end };
        let start = out.len();
        out.reserve(record.text.len() + record.text.len() / 4);
        self.unit.for_each(record.text, |token| {
            self.write_token(token, out);
            out.push(separator);
        });
        // A selected part has no line of its own: its tokens are only set apart.
        if (self.format == Format::Spaced || record.is_part) && out.len() > start {
            out.pop();
        }
        Verdict::Keep
    }

    fn map_end(&self, end: &[u8], out: &mut Vec<u8>) {
        if self.format == Format::Spaced {
            out.extend_from_slice(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use textcore::source::Operand;

    fn tokens(unit: Unit, format: Format, text: &str) -> String {
        let operand = Operand { index: 0, path: None, mirror: "stdin".into() };
        let record = Record { end: b"\n", ..Record::of(text.as_bytes(), &operand) };
        let tokenizer = Tokenizer { unit, format, line_end: b'\n' };
        let mut out = Vec::new();
        assert_eq!(tokenizer.map(&mut (), record, &mut out), Verdict::Keep);
        tokenizer.map_end(record.end, &mut out);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn words_keep_what_belongs_together() {
        // ZWNJ stays inside a Persian word; punctuation is a token.
        let text = "می\u{200C}دهد، can't 3.14!";
        assert_eq!(tokens(Unit::Word, Format::Spaced, text), "می\u{200C}دهد ، can't 3.14 !\n");
        assert_eq!(tokens(Unit::Word, Format::Lines, " a\tb "), "a\nb\n");
        assert_eq!(tokens(Unit::Word, Format::Lines, ""), "");
        assert_eq!(tokens(Unit::Word, Format::Spaced, ""), "\n");
    }

    #[test]
    fn other_units() {
        assert_eq!(tokens(Unit::Byte, Format::Spaced, "aé"), "61 c3 a9\n");
        assert_eq!(tokens(Unit::Char, Format::Spaced, "a b"), "a   b\n");
        assert_eq!(tokens(Unit::Sentence, Format::Lines, "One sentence. Two."), "One sentence.\nTwo.\n");
        assert_eq!(tokens(Unit::Paragraph, Format::Lines, "One\r\nparagraph."), "One paragraph.\n");
    }
}
