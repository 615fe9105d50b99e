//! Words of the user, of one part or several, that are to stay whole.

use std::ops::Range;
use std::path::Path;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use unicode::space::is_white_space;
use unicode::{Case, CaseLocale, Casing, word};

use super::list;

/// How long one may be, in bytes.
const TERM_BYTES_MAX: usize = 1 << 10;

/// How long all may be together, in bytes.
const TERMS_BYTES_MAX: usize = 8 << 20;

// What stands around each segment in the automaton's text. No UTF-8 has these bytes; what is ill-formed has another.
const BEGINS: u8 = 0xFE;
const ENDS: u8 = 0xFF;
const ILL_FORMED: u8 = 0xFD;

const FOLDING: Casing = Casing { case: Case::Fold, locale: CaseLocale::Root };

/// Words and rows of words, all looked for in one pass.
///
/// A term is found where it begins and ends at word boundaries of UAX #29: of the leftmost ones the longest. White space inside it
/// stands for any white space within a line.
#[derive(Debug, Clone)]
pub struct Terms {
    automaton: AhoCorasick,
    openings: Openings,
    folds: bool,
    has_spaces: bool,
}

/// Room for the work on one text after the other.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The text as the automaton reads it.
    marked: Vec<u8>,
    /// Where its segments begin in the text, and its end.
    starts: Vec<usize>,
}

impl Terms {
    /// Reads files of terms, one to a line; white space around it does not count. With `folds`, letters are compared without
    /// regard to case: by full case folding.
    ///
    /// # Errors
    /// What is wrong, with the file's name and the number of the line: a line that is no UTF-8, a term of more than 1 KiB; or
    /// terms of more than 8 MiB in all, which take some 300 MiB.
    pub fn read<P: AsRef<Path>>(paths: &[P], folds: bool) -> Result<Self, String> {
        let mut files = Vec::new();
        for path in paths {
            files.push((
                path.as_ref().display().to_string(),
                list::read(path.as_ref(), list::FILE_BYTES_MAX)?,
            ));
        }
        Terms::parse(&files, folds)
    }

    /// The terms of files that have been read, each by its name.
    ///
    /// # Errors
    /// As [`Terms::read`].
    ///
    /// ```
    /// let terms = tokenize::Terms::parse(&[("own", b"New York\nRust\n")], false);
    /// assert!(terms.is_ok());
    /// ```
    pub fn parse<N: AsRef<str>, B: AsRef<[u8]>>(files: &[(N, B)], folds: bool) -> Result<Self, String> {
        let (mut marked, mut length, mut has_spaces) = (Vec::new(), 0, false);
        let (mut openings, mut scratch) = (Openings::default(), Scratch::default());
        for (name, bytes) in files {
            for entry in list::entries(name.as_ref(), bytes.as_ref())? {
                let problem = |what: String| Err(list::at_line(name.as_ref(), entry.line, &what));
                if entry.text.len() > TERM_BYTES_MAX {
                    return problem(format!("longer than {TERM_BYTES_MAX} bytes"));
                }
                length += entry.text.len();
                if length > TERMS_BYTES_MAX {
                    return problem(format!("all words together are larger than {TERMS_BYTES_MAX} bytes"));
                }
                has_spaces |= entry.text.contains(is_white_space);
                mark(entry.text.as_bytes(), folds, &mut scratch);
                openings.add(&scratch.marked);
                marked.push(scratch.marked.clone());
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&marked);
        let automaton = automaton.map_err(|error| format!("words to keep: {error}"))?;
        Ok(Terms { automaton, openings, folds, has_spaces })
    }

    /// Whether a term holds white space.
    pub fn has_spaces(&self) -> bool {
        self.has_spaces
    }

    /// Gives each term in a part of a text to a function.
    pub(super) fn find(&self, text: &[u8], scratch: &mut Scratch, mut receive: impl FnMut(Range<usize>)) {
        if !self.openings.are_in(text, self.folds) {
            return;
        }
        mark(text, self.folds, scratch);
        // Segments are counted up to each match and no further.
        let (mut seen, mut segments) = (0, 0);
        let mut pass = |to: usize| {
            segments += memchr::memchr_iter(BEGINS, &scratch.marked[seen..to]).count();
            seen = to;
            scratch.starts[segments]
        };
        for found in self.automaton.find_iter(Input::new(&scratch.marked)) {
            let start = pass(found.start());
            receive(start..pass(found.end()));
        }
    }
}

/// The segments that terms begin with, by their first and last bytes and their lengths: what tells of most lines that no term is in
/// them.
#[derive(Debug, Clone)]
struct Openings(Box<[u64; 1 << 10]>);

impl Default for Openings {
    fn default() -> Self {
        Openings(Box::new([0; 1 << 10]))
    }
}

impl Openings {
    /// Adds a term that is marked.
    fn add(&mut self, marked: &[u8]) {
        let opening = marked.split(|&byte| byte == BEGINS || byte == ENDS).find(|part| !part.is_empty());
        let place = place(opening.unwrap_or_default());
        self.0[place >> 6] |= 1 << (place & 63);
    }

    /// Whether a term may begin with any segment of a text. Of segments that folding may make longer or shorter nothing is known.
    fn are_in(&self, text: &[u8], folds: bool) -> bool {
        word::words(text).any(|segment| {
            let place = place(segment);
            self.0[place >> 6] >> (place & 63) & 1 != 0 || folds && !segment.is_ascii()
        })
    }
}

/// A number of 16 bits; the same one for ASCII letters in any case.
fn place(segment: &[u8]) -> usize {
    let byte = |byte: Option<&u8>| usize::from(byte.map_or(0, u8::to_ascii_lowercase));
    (byte(segment.first()) << 8 ^ byte(segment.last()) << 3 ^ segment.len()) & 0xFFFF
}

/// Writes a text with its segments marked, folded if that is asked for; white space but line ends is one space.
fn mark(text: &[u8], folds: bool, scratch: &mut Scratch) {
    let Scratch { marked, starts } = scratch;
    marked.clear();
    starts.clear();
    let mut at = 0;
    for segment in word::words(text) {
        starts.push(at);
        at += segment.len();
        marked.push(BEGINS);
        let begin = marked.len();
        if is_blank(segment) {
            marked.push(b' ');
        } else if folds && segment.is_ascii() {
            marked.extend(segment.iter().map(u8::to_ascii_lowercase));
        } else if folds {
            FOLDING.convert_into(segment, marked);
        } else {
            marked.extend_from_slice(segment);
        }
        if segment.iter().any(|&byte| byte >= 0xF8) {
            marked[begin..].iter_mut().filter(|byte| **byte >= 0xF8).for_each(|byte| *byte = ILL_FORMED);
        }
        marked.push(ENDS);
    }
    starts.push(at);
}

fn is_blank(segment: &[u8]) -> bool {
    match segment {
        [b' ' | b'\t'] => true,
        [b'\n' | b'\r' | 0x21..0x7F, ..] => false,
        _ => unicode::space::trim(segment).is_empty() && !segment.contains(&b'\n'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(folds: bool, terms: &str, text: &str) -> String {
        let terms = Terms::parse(&[("own", terms)], folds).expect("they are well-formed");
        let (mut out, mut from) = (String::new(), 0);
        terms.find(text.as_bytes(), &mut Scratch::default(), |range| {
            out += &format!("{}[{}]", &text[from..range.start], &text[range.clone()]);
            from = range.end;
        });
        out + &text[from..]
    }

    #[test]
    fn terms_end_at_word_boundaries() {
        let terms = "New York\nNew\nC++\n++\nن. م\n.NET\nYork City Hall\n";
        let cases = [
            "[New York] [New] Yorkers [New  York], [New\u{A0}York] Newest",
            "[New]\nYork",
            "[C++][++] [C++]+ Cx[++]",
            "[ن. م] xن. م a.NET [.NET]",
            "[New York] City Hall, [York City Hall]",
        ]
        .map(str::to_owned);
        for case in cases {
            assert_eq!(marked(false, terms, &case.replace(['[', ']'], "")), case);
        }
    }

    #[test]
    fn case_may_be_folded() {
        let terms = "straße\nΟΔΟΣ\n";
        assert_eq!(marked(true, terms, "a STRASSE"), "a [STRASSE]");
        assert_eq!(marked(true, terms, "STRASSE strasse Οδος οδοσ"), "[STRASSE] [strasse] [Οδος] [οδοσ]");
        assert_eq!(
            marked(false, terms, "Straße [straße]".replace(['[', ']'], "").as_str()),
            "Straße [straße]"
        );
    }

    #[test]
    fn what_is_ill_formed_matches_nothing() {
        let terms = Terms::parse(&[("own", "a")], false).expect("a word");
        let mut found = Vec::new();
        terms.find(b"\xFE\xFFa\xFE a \xFF", &mut Scratch::default(), |range| found.push(range));
        assert_eq!(found, [2..3, 5..6]);
    }

    #[test]
    fn a_line_at_fault_is_named() {
        let long = format!("a\n\n{}", "x".repeat(TERM_BYTES_MAX + 1));
        let problem = |text: &[u8]| Terms::parse(&[("own", text)], false).map(|_| ()).expect_err("a fault");
        assert_eq!(problem(long.as_bytes()), "own: line 3: longer than 1024 bytes");
        assert_eq!(problem(b"a\nb\xFF\n"), "own: line 2: invalid UTF-8");
    }

    #[test]
    fn nothing_is_found_where_nothing_is_looked_for() {
        assert_eq!(marked(false, "\n", "a b"), "a b");
        assert_eq!(marked(false, "a", ""), "");
    }
}
