//! The split patterns of widespread models, by hand: each is what its regex matches one after another, which is
//! the whole text without a gap.

use std::ops::Range;

use unicode::utf8;

use super::class::{self, LETTER, LOWER, NEWLINE, NUMBER, SPACE, UPPER};

/// A pattern that is known by heart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// GPT-2, r50k_base, p50k_base.
    Gpt2,
    /// cl100k_base, Llama 3, Qwen 2.
    Cl100k {
        /// The most digits that are one split.
        digits: usize,
        /// Whether white space at the end of the text is one split even with line ends in it.
        whole_end: bool,
    },
    /// o200k_base.
    O200k,
}

/// What is written for each pattern in model files.
const WRITTEN: [(&str, Known); 8] = [
    (r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", Known::Gpt2),
    (r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", Known::Gpt2),
    (r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s", Known::Gpt2),
    (
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+",
        Known::Cl100k { digits: 3, whole_end: false },
    ),
    (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        Known::Cl100k { digits: 3, whole_end: false },
    ),
    (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        Known::Cl100k { digits: 1, whole_end: false },
    ),
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        Known::O200k,
    ),
    (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s",
        Known::O200k,
    ),
];

impl Known {
    /// The pattern that a regex is, if it is known.
    pub(crate) fn from_regex(regex: &str) -> Option<Known> {
        WRITTEN.iter().find(|(written, _)| *written == regex).map(|&(_, known)| known)
    }

    /// Call `receive` with each split of a text.
    pub(crate) fn split(self, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
        let mut at = 0;
        while at < text.len() {
            let end = self.end(text, at);
            receive(at..end);
            at = end;
        }
    }

    /// Where the split that begins at a place inside the text ends.
    #[inline]
    pub(crate) fn end(self, text: &[u8], at: usize) -> usize {
        match self {
            Known::Gpt2 => gpt2(text, at),
            Known::Cl100k { digits, whole_end } => cl100k(text, at, digits, whole_end),
            Known::O200k => o200k(text, at),
        }
    }
}

#[inline]
fn gpt2(text: &[u8], at: usize) -> usize {
    if text[at] == b'\''
        && let Some(end) = contraction(text, at, false)
    {
        return end;
    }
    let (mut class, mut length) = class::at(text, at);
    let mut start = at;
    if text[at] == b' ' && at + 1 < text.len() {
        (class, length) = class::at(text, at + 1);
        start = at + 1;
    }
    let after = start + length;
    if class & LETTER != 0 {
        class::run(text, after, LETTER)
    } else if class & NUMBER != 0 {
        class::run(text, after, NUMBER)
    } else if class & SPACE == 0 {
        class::run_without(text, after, SPACE | LETTER | NUMBER)
    } else {
        space(text, at, class::run(text, at, SPACE))
    }
}

#[inline]
fn cl100k(text: &[u8], at: usize, digits: usize, whole_end: bool) -> usize {
    if text[at] == b'\''
        && let Some(end) = contraction(text, at, true)
    {
        return end;
    }
    let (class, length) = class::at(text, at);
    let after = at + length;
    if class & LETTER != 0 {
        return class::run(text, after, LETTER);
    }
    if class & NUMBER != 0 {
        return numbers(text, after, digits);
    }
    let next = if after < text.len() { class::at(text, after).0 } else { SPACE };
    if class & NEWLINE == 0 && next & LETTER != 0 {
        return class::run(text, after, LETTER);
    }
    if class & SPACE == 0 || (text[at] == b' ' && next & (SPACE | LETTER | NUMBER) == 0) {
        let end = class::run_without(text, after, SPACE | LETTER | NUMBER);
        return end + line_ends(&text[end..], b"\r\n");
    }
    let end = class::run(text, after, SPACE);
    if whole_end && end == text.len() {
        return end;
    }
    lines_or_space(text, at, end)
}

#[inline]
fn o200k(text: &[u8], at: usize) -> usize {
    let (class, length) = class::at(text, at);
    let after = at + length;
    let may_lead = class & (NEWLINE | LETTER | NUMBER) == 0;
    let led = if may_lead { lower_word(text, after) } else { None };
    if let Some(end) = led.or_else(|| lower_word(text, at)) {
        return contraction(text, end, true).unwrap_or(end);
    }
    let led = if may_lead { upper_word(text, after) } else { None };
    if let Some(end) = led.or_else(|| upper_word(text, at)) {
        return contraction(text, end, true).unwrap_or(end);
    }
    if class & NUMBER != 0 {
        return numbers(text, after, 3);
    }
    let next = if after < text.len() { class::at(text, after).0 } else { SPACE };
    if class & SPACE == 0 || (text[at] == b' ' && next & (SPACE | LETTER | NUMBER) == 0) {
        let end = class::run_without(text, after, SPACE | LETTER | NUMBER);
        return end + line_ends(&text[end..], b"\r\n/");
    }
    lines_or_space(text, at, class::run(text, after, SPACE))
}

/// `[upper]*[lower]+`: after a run of the first, one of the second, or as much of the first as ends in a
/// character that is both.
fn lower_word(text: &[u8], at: usize) -> Option<usize> {
    let (mut end, mut both) = (at, None);
    while end < text.len() {
        let (class, length) = class::at(text, end);
        if class & UPPER == 0 {
            if class & LOWER != 0 {
                return Some(class::run(text, end + length, LOWER));
            }
            break;
        }
        end += length;
        if class & LOWER != 0 {
            both = Some(end);
        }
    }
    both
}

/// `[upper]+[lower]*`, where no lower word is.
fn upper_word(text: &[u8], at: usize) -> Option<usize> {
    let end = class::run(text, at, UPPER);
    (end > at).then(|| class::run(text, end, LOWER))
}

/// `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll`, `'d`.
#[inline]
fn contraction(text: &[u8], at: usize, ignore_case: bool) -> Option<usize> {
    let rest = text.get(at..)?;
    if rest.first() != Some(&b'\'') {
        return None;
    }
    let letter = |index: usize| {
        let byte = *rest.get(index)?;
        Some(if ignore_case { byte.to_ascii_lowercase() } else { byte })
    };
    match (letter(1)?, letter(2)) {
        (b's' | b't' | b'm' | b'd', _) => Some(at + 2),
        (b'r' | b'v', Some(b'e')) | (b'l', Some(b'l')) => Some(at + 3),
        // LATIN SMALL LETTER LONG S is `s` where case is ignored.
        _ if ignore_case && rest[1..].starts_with("\u{17F}".as_bytes()) => Some(at + 3),
        _ => None,
    }
}

/// The end of at most `most` numbers, of which one ends at `at`.
#[inline]
fn numbers(text: &[u8], mut at: usize, most: usize) -> usize {
    for _ in 1..most {
        match text.get(at) {
            Some(_) if class::at(text, at).0 & NUMBER != 0 => at += class::at(text, at).1,
            _ => break,
        }
    }
    at
}

#[inline]
fn line_ends(text: &[u8], among: &[u8]) -> usize {
    text.iter().position(|byte| !among.contains(byte)).unwrap_or(text.len())
}

/// `\s*[\r\n]+|\s+(?!\S)|\s+` in the run of white space that ends at `end`.
#[inline]
fn lines_or_space(text: &[u8], at: usize, end: usize) -> usize {
    match text[at..end].iter().rposition(|byte| matches!(byte, b'\r' | b'\n')) {
        Some(last) => at + last + 1,
        None => space(text, at, end),
    }
}

/// `\s+(?!\S)|\s+` in the run of white space that ends at `end`: the last one is left to what follows.
#[inline]
pub(crate) fn space(text: &[u8], at: usize, end: usize) -> usize {
    if end == text.len() {
        return end;
    }
    let last = utf8::previous(text, at, end);
    if last == at { end } else { last }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    /// cl100k_base as `tiktoken` writes it.
    const TIKTOKEN: &str = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s";

    static REGEXES: LazyLock<Vec<(fancy_regex::Regex, Known)>> = LazyLock::new(|| {
        let whole_end = Known::Cl100k { digits: 3, whole_end: true };
        let written = WRITTEN.into_iter().chain([(TIKTOKEN, whole_end)]);
        written.map(|(written, known)| (fancy_regex::Regex::new(written).unwrap(), known)).collect()
    });

    proptest! {
        #[test]
        fn each_pattern_cuts_as_its_regex_does(
            text in "([ \t\r\n\u{A0}\u{85}']|[a-eslvtm]|[A-ESLVTM]|\u{17F}|[0-9٣½]|[.,!/_]|[éǅʰªم你\u{301}😀]|'s|'LL|'re){0,24}",
        ) {
            for (regex, known) in REGEXES.iter() {
                let want: Vec<_> = regex.find_iter(&text).map(|found| found.unwrap().range()).collect();
                let mut got = Vec::new();
                known.split(text.as_bytes(), |range| got.push(range));
                prop_assert_eq!(got, want, "{}", regex.as_str());
            }
        }
    }
}
