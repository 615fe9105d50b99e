//! Texts of at most so many tokens: cut short, or cut into parts.

use std::ops::Range;

use textcore::json::{Pointer, escape_into, find};
use textcore::{Map, Record, Verdict};

use crate::stream::{self, Stream};

/// Writes the text of each record, at most so many tokens of it.
#[derive(Debug, Clone)]
pub struct Budget {
    /// What the tokens are.
    pub stream: Stream,
    /// How many there may be, at least one.
    pub tokens_max: u64,
    /// What happens to the rest.
    pub rest: Rest,
}

/// What happens to the rest of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rest {
    /// It is left out.
    Truncate,
    /// It becomes more records, each with this end.
    Split(&'static [u8]),
    /// It becomes more lines of JSON, each with the other fields of its line.
    SplitJson(Pointer),
}

/// A place where a part may end.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// Where the next part would begin.
    at: usize,
    /// Where the token before it ends.
    end: usize,
    /// How many tokens the part would have.
    tokens: u64,
}

impl Budget {
    /// The parts of a text, in order; with [`Rest::Truncate`] the first alone. The parts together are the text. Characters are
    /// not cut: one that is more tokens than there may be is a part.
    fn parts(
        &self,
        scratch: &mut stream::Scratch,
        record: &Record<'_>,
        receive: &mut dyn FnMut(Range<usize>),
    ) {
        let text = record.text;
        let truncates = self.rest == Rest::Truncate;
        let (mut tokens, mut start, mut end, mut is_done) = (0, 0, 0, false);
        let mut cut: Option<Cut> = None;
        self.stream.for_each(scratch, record, &mut |token| {
            // Pieces of one character share its bytes, or begin within it.
            if tokens > 0 && token.start >= end && is_boundary(text, token.start) {
                cut = Some(Cut { at: token.start, end, tokens });
            }
            tokens += 1;
            end = token.end;
            if tokens > self.tokens_max
                && !is_done
                && let Some(cut) = cut.take()
            {
                is_done = truncates;
                // A token may end within a character of which it is not all.
                let ends_whole = truncates && is_boundary(text, cut.end);
                receive(start..if ends_whole { cut.end } else { cut.at });
                (tokens, start) = (tokens - cut.tokens, cut.at);
            }
        });
        if !is_done {
            receive(start..text.len());
        }
    }
}

/// What a line may become at most, in bytes: its other fields stand in each of its parts.
const LINES_BYTES_MAX: usize = 256 << 20;

impl Budget {
    /// Writes a line of JSON for each part, with the text at `place` in the line.
    fn lines(
        &self,
        scratch: &mut stream::Scratch,
        record: &Record<'_>,
        place: &Range<usize>,
        out: &mut Vec<u8>,
    ) -> Verdict {
        let (start, text) = (out.len(), record.text);
        let end = if record.end.is_empty() { b"\n" } else { record.end };
        let mut is_too_much = false;
        self.parts(scratch, record, &mut |part| {
            is_too_much |= out.len() - start > LINES_BYTES_MAX;
            if is_too_much {
                return;
            }
            if part == (0..text.len()) {
                out.extend_from_slice(record.whole);
            } else {
                out.extend_from_slice(&record.whole[..place.start]);
                escape_into(&text[part], out);
                out.extend_from_slice(&record.whole[place.end..]);
            }
            out.extend_from_slice(end);
        });
        if is_too_much {
            out.truncate(start);
            return Verdict::Fail(format!(
                "its parts, with the other fields in each, are more than {LINES_BYTES_MAX} bytes"
            ));
        }
        Verdict::Keep
    }
}

/// Whether a character, or what is none, begins here.
fn is_boundary(text: &[u8], at: usize) -> bool {
    text.get(at).is_none_or(|byte| byte & 0xC0 != 0x80)
}

impl Map for Budget {
    type Scratch = stream::Scratch;

    fn map(&self, scratch: &mut Self::Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let text = record.text;
        match &self.rest {
            Rest::Truncate => self.parts(scratch, &record, &mut |part| out.extend_from_slice(&text[part])),
            Rest::Split(end) => self.parts(scratch, &record, &mut |part| {
                let is_last = part.end == text.len();
                out.extend_from_slice(&text[part]);
                if !is_last {
                    out.extend_from_slice(end);
                }
            }),
            Rest::SplitJson(pointer) => {
                // The visitor has found it before: this line has the field.
                let Ok(Some(place)) = find(record.whole, pointer) else { return Verdict::Keep };
                return self.lines(scratch, &record, &place, out);
            }
        }
        Verdict::Keep
    }

    fn is_listing(&self) -> bool {
        matches!(self.rest, Rest::SplitJson(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmenter::Segmenter;
    use proptest::prelude::*;
    use textcore::source::Operand;
    use unicode::Unit;

    fn parts(unit: Unit, tokens_max: u64, rest: Rest, text: &str) -> Vec<String> {
        let budget = Budget { stream: Stream::of(Segmenter::Unit(unit)), tokens_max, rest };
        let operand = Operand { index: 0, typed: 0, path: None, mirror: "stdin".into() };
        let mut parts = Vec::new();
        let record = Record::of(text.as_bytes(), &operand);
        budget.parts(&mut stream::Scratch::default(), &record, &mut |part| parts.push(text[part].to_owned()));
        parts
    }

    #[test]
    fn texts_are_cut_after_their_last_token() {
        let truncated = |tokens_max, text| parts(Unit::Word, tokens_max, Rest::Truncate, text);
        assert_eq!(truncated(3, " One, two three. "), [" One, two"]);
        assert_eq!(truncated(5, " One, two three. "), [" One, two three. "]);
        assert_eq!(truncated(1, ""), [""]);
    }

    #[test]
    fn white_space_between_parts_stays_with_the_first() {
        let split = |tokens_max, text| parts(Unit::Word, tokens_max, Rest::Split(b"\n"), text);
        assert_eq!(split(2, "One, two  three. "), ["One, ", "two  three", ". "]);
        // A byte is no part of a character.
        assert_eq!(parts(Unit::Byte, 2, Rest::Split(b"\n"), "aé😀b"), ["a", "é", "😀", "b"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-c ,.é😀ب\u{301}]{0,40}", tokens_max in 1..6_u64, unit in 0..8_usize) {
            let unit = Unit::ALL[unit];
            let parts = parts(unit, tokens_max, Rest::Split(b"\n"), &text);
            prop_assert_eq!(parts.concat(), text.as_str());
            let truncated = super::tests::parts(unit, tokens_max, Rest::Truncate, &text);
            prop_assert!(parts[0].starts_with(truncated[0].as_str()) && truncated.len() == 1);
            if unit == Unit::Word {
                let counts: Vec<u64> = parts.iter().map(|part| unit.count(part.as_bytes())).collect();
                prop_assert!(counts.iter().all(|&count| count <= tokens_max), "{:?}", counts);
            }
        }
    }
}
