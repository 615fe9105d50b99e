//! The legacy encoding of a text: what chardetng says of it, of its parts, and what it does not know.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};

use super::reading;

/// Parts of a text are at least so long, and about so many.
const PART_BYTES_MIN: usize = 1 << 10;
const PARTS: usize = 16;

/// Guesses the encoding of a text that is not UTF-8; `whole` if there is no more of it.
pub(super) fn guess(text: &[u8], whole: bool) -> &'static Encoding {
    let guess = chardetng(text, whole);
    // Long characters that are all well-formed are no accident.
    if !guess.is_single_byte() {
        return guess;
    }
    let guess = of_most_parts(text).filter(|part| can_overrule(part, guess)).unwrap_or(guess);
    if !guess.is_single_byte() {
        return guess;
    }
    reading::better(text, if is_sparse(text) { WINDOWS_1252 } else { guess })
}

fn chardetng(text: &[u8], whole: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(text, whole);
    detector.guess(None, Utf8Detection::Deny)
}

/// What three quarters of the parts are in that are not ASCII. For chardetng one byte that an encoding does not have
/// rules it out; but long texts have damaged places.
fn of_most_parts(text: &[u8]) -> Option<&'static Encoding> {
    let mut guesses: Vec<(&'static Encoding, usize)> = Vec::new();
    let mut count = 0;
    for part in parts(text).filter(|part| !part.is_ascii()) {
        let guess = chardetng(part, false);
        count += 1;
        match guesses.iter_mut().find(|(other, _)| *other == guess) {
            Some((_, times)) => *times += 1,
            None => guesses.push((guess, 1)),
        }
    }
    guesses.into_iter().find(|&(_, times)| times >= 3 && 4 * times >= 3 * count).map(|(guess, _)| guess)
}

/// Whole lines, so that no character is cut.
fn parts(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let length = (text.len() / PARTS).max(PART_BYTES_MIN);
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = length.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[from..]).map_or(rest.len(), |at| from + at + 1);
        let (part, later) = rest.split_at(end);
        rest = later;
        (!part.is_empty()).then_some(part)
    })
}

/// Parts of a text in windows-1250 may well lack what tells it from ISO 8859-2.
fn can_overrule(part: &'static Encoding, guess: &'static Encoding) -> bool {
    part != guess && !part.name().starts_with("ISO-8859")
}

/// Whether letters beyond ASCII are too rare, and stand too lonely, to show a language that writes with them: the
/// text is English with a name in it, and windows-1252 what the web takes such texts for.
fn is_sparse(text: &[u8]) -> bool {
    let is_high = |byte: &u8| *byte >= 0xA0;
    let letters = text.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let high = text.iter().filter(|byte| is_high(byte)).count();
    200 * high < letters && !text.windows(3).any(|bytes| bytes.iter().all(is_high))
}
