//! The mapping itself: a text becomes its tokens.

use language::Language;
use memchr::{memchr2, memmem};
use textcore::{Map, Record, Verdict};
use unicode::Unit;
use unicode::space::{is_white_space, trim};
use unicode::{grapheme, word};

use crate::tongue::Tongue;
use crate::whole::{Places, Whole};

/// How tokens are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// By a space; the record's end stays where it is.
    Spaced,
    /// Each token ends with a line end, or NUL with `-z`; records are no longer told apart.
    Lines,
}

/// Splits each record into units.
#[derive(Debug, Clone)]
pub struct Tokenizer {
    /// What a token is.
    pub unit: Unit,
    /// How tokens are set apart.
    pub format: Format,
    /// What ends a token in [`Format::Lines`].
    pub line_end: u8,
    /// The language of the text. Where it is not known, words are those of UAX #29 alone.
    pub tongue: Tongue,
    /// What is one token in a language.
    pub whole: Whole,
    /// Words end at ZWNJ, which is not written.
    pub splits_zwnj: bool,
    /// What is written for each white space inside a token; `None` leaves it.
    pub join: Option<String>,
}

/// ZERO WIDTH NON-JOINER in UTF-8.
const ZWNJ: &[u8] = "\u{200C}".as_bytes();

impl Tokenizer {
    /// A tokenizer of units by the rules of Unicode alone.
    pub fn new(unit: Unit, format: Format, line_end: u8) -> Self {
        let whole = Whole { has_worded_dates: false };
        Tokenizer { unit, format, line_end, tongue: Tongue::Unknown, whole, splits_zwnj: false, join: None }
    }

    /// The words of a text in a language, and what stays whole in it.
    fn words_of_language(
        &self,
        language: &'static Language,
        text: &[u8],
        places: &mut Places,
        out: &mut Vec<u8>,
        separator: u8,
    ) {
        let mut from = 0;
        for range in self.whole.find(language, text, places) {
            self.words(&text[from..range.start], out, separator);
            self.write_whole(&text[range.clone()], out);
            out.push(separator);
            from = range.end;
        }
        self.words(&text[from..], out, separator);
    }

    fn words(&self, text: &[u8], out: &mut Vec<u8>, separator: u8) {
        let splits = self.splits_zwnj && memmem::find(text, ZWNJ).is_some();
        if self.unit == Unit::Word && !splits {
            return word::write_tokens(text, separator, out);
        }
        if self.unit == Unit::Grapheme && memchr2(b'\n', b'\r', text).is_none() {
            return grapheme::write_graphemes(text, separator, out);
        }
        self.unit.for_each(text, |token| {
            if splits {
                return write_parts(token, out, separator);
            }
            self.write_token(token, out);
            out.push(separator);
        });
    }

    /// A span, which is well-formed and lies within a line.
    fn write_whole(&self, span: &[u8], out: &mut Vec<u8>) {
        let parts = self.join.as_deref().zip(std::str::from_utf8(span).ok());
        let Some((mark, span)) = parts.filter(|(_, span)| span.contains(is_white_space)) else {
            return out.extend_from_slice(span);
        };
        for (index, part) in span.split(is_white_space).enumerate() {
            out.extend_from_slice(if index > 0 { mark.as_bytes() } else { b"" });
            out.extend_from_slice(part.as_bytes());
        }
    }

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

/// A word's parts between ZWNJ, each with its separator.
fn write_parts(word: &[u8], out: &mut Vec<u8>, separator: u8) {
    let mut rest = word;
    while !rest.is_empty() {
        let end = memmem::find(rest, ZWNJ).unwrap_or(rest.len());
        // To a space, too, a ZWNJ is joined by the rules of words.
        if !trim(&rest[..end]).is_empty() {
            out.extend_from_slice(&rest[..end]);
            out.push(separator);
        }
        rest = rest.get(end + ZWNJ.len()..).unwrap_or_default();
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
    type Scratch = Places;

    fn map(&self, places: &mut Places, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let separator = if self.format == Format::Spaced { b' ' } else { self.line_end };
        let start = out.len();
        out.reserve(record.text.len() + record.text.len() / 4);
        match self.tongue.of(&record) {
            Some(language) => self.words_of_language(language, record.text, places, out, separator),
            None => self.words(record.text, out, separator),
        }
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
    use proptest::prelude::*;
    use textcore::source::Operand;

    fn tokens(unit: Unit, format: Format, text: &str) -> String {
        tokens_by(&Tokenizer::new(unit, format, b'\n'), text)
    }

    fn tokens_by(tokenizer: &Tokenizer, text: &str) -> String {
        let operand = Operand { index: 0, path: None, mirror: "stdin".into() };
        let record = Record { end: b"\n", ..Record::of(text.as_bytes(), &operand) };
        let mut out = Vec::new();
        assert_eq!(tokenizer.map(&mut Places::default(), record, &mut out), Verdict::Keep);
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

    fn persian(format: Format) -> Tokenizer {
        let tongue = Language::for_code("fa").map_or(Tongue::Unknown, Tongue::One);
        Tokenizer { tongue, ..Tokenizer::new(Unit::Word, format, b'\n') }
    }

    #[test]
    fn a_language_keeps_more_together() {
        let text = "می\u{200C}دهد (۱۴۰۳/۰۶/۲۳، ۱۸:۰۱) س.ن ۱٫۵٪ در https://a.ir/b."; // ZWNJ
        assert_eq!(
            tokens_by(&persian(Format::Spaced), text),
            "می\u{200C}دهد ( ۱۴۰۳/۰۶/۲۳ ، ۱۸:۰۱ ) س.ن ۱٫۵ ٪ در https://a.ir/b .\n"
        );
    }

    #[test]
    fn dates_in_words_are_one_token_on_request() {
        let whole = Whole { has_worded_dates: true };
        let lines = Tokenizer { whole, ..persian(Format::Lines) };
        assert_eq!(tokens_by(&lines, "روز جمعه ۲ آذر ۱۴۰۳."), "روز\nجمعه ۲ آذر ۱۴۰۳\n.\n");
        let joined = Tokenizer { whole, join: Some("_".to_owned()), ..persian(Format::Spaced) };
        assert_eq!(tokens_by(&joined, "روز ۲ آذر"), "روز ۲_آذر\n");
    }

    #[test]
    fn words_may_be_split_at_zwnj() {
        let split = Tokenizer { splits_zwnj: true, ..persian(Format::Spaced) };
        let text = "می\u{200C}روم\u{200C}\u{200C} \u{200C} #می\u{200C}شود"; // ZWNJ
        assert_eq!(tokens_by(&split, text), "می روم #می\u{200C}شود\n");
    }

    fn texts() -> impl Strategy<Value = String> {
        let pieces = [
            "1", "۱۴۰۳", "/", "06", "-", ":", ".", ",", "٬", "س", "نام", "a", "J", "@", "#", "_", "https://",
            "a.ir", " ", "\u{A0}", "\u{200C}", "آذر", "جمعه", "،", "é", "\u{301}", "😀", "漢字",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..16).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_white_space(text in texts()) {
            let visible = |text: &str| text.replace(is_white_space, "");
            for has_worded_dates in [false, true] {
                let tokenizer = Tokenizer { whole: Whole { has_worded_dates }, ..persian(Format::Lines) };
                prop_assert_eq!(visible(&tokens_by(&tokenizer, &text)), visible(&text));
            }
            let split = Tokenizer { splits_zwnj: true, ..Tokenizer::new(Unit::Word, Format::Lines, b'\n') };
            prop_assert_eq!(visible(&tokens_by(&split, &text)), visible(&text).replace('\u{200C}', "")); // ZWNJ
        }
    }
}
