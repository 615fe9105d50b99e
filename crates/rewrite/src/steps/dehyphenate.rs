//! Words that were cut at the end of a line become whole again.

use std::ops::Range;

use memchr::memchr_iter;
use unicode::{Category, Script, utf8};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

const HYPHEN: usize = 0;
const SOFT_HYPHEN: usize = 1;

/// Joins a word that a hyphen cuts at a line end inside the text.
///
/// - A cut is a letter with its marks, a hyphen, LF or CRLF, spaces or tabs, and a letter of the same script. After
///   U+002D and U+2010 that letter must be lower case: what follows in upper case, a digit or a letter without case may
///   be a compound and stays. After a soft hyphen any letter will do.
/// - The hyphen goes. The rest of the word moves up, with all that stands before the next space, and the line end with
///   the spaces after it comes there: `exam-\n  ple, text` becomes `example,\n  text`. A line that is empty then is
///   gone. A line never ends in a new hyphen: a word that ends in one takes the next with it.
///
/// It must see the text before a step that removes soft hyphens or line ends.
#[derive(Debug, Clone)]
pub struct Dehyphenate {
    rules: [Rule; 2],
}

impl Dehyphenate {
    /// Without options.
    pub fn new() -> Self {
        Dehyphenate {
            rules: [
                Rule::lossy(
                    "dehyphenate",
                    "a word cut by a hyphen at a line end is joined; compounds lose theirs",
                ),
                Rule::lossless("dehyphenate-soft", "a word cut by a soft hyphen at a line end is joined"),
            ],
        }
    }
}

impl Default for Dehyphenate {
    fn default() -> Self {
        Self::new()
    }
}

impl Step for Dehyphenate {
    fn name(&self) -> &'static str {
        "dehyphenate"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::from_chars(['\n']))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        for feed in memchr_iter(b'\n', text) {
            let Some(cut) = cut(text, feed).filter(|cut| draft.is_enabled(cut.rule)) else { continue };
            draft.delete(cut.hyphen..cut.next, cut.rule);
            if let Some(gap) = gap(text, cut.next) {
                draft.replace(gap, &text[cut.line_end..cut.next], cut.rule);
            }
        }
    }
}

/// A word in two parts.
struct Cut {
    hyphen: usize,
    line_end: usize,
    /// Where the second part begins.
    next: usize,
    rule: usize,
}

/// The word that is cut at the LF at `feed`, if one is.
fn cut(text: &[u8], feed: usize) -> Option<Cut> {
    let line_end = feed - usize::from(text[..feed].ends_with(b"\r"));
    let hyphen = line_end - hyphen_length(&text[..line_end])?;
    let rule = if text[hyphen..].starts_with("\u{AD}".as_bytes()) { SOFT_HYPHEN } else { HYPHEN };
    let next = skip_blanks(text, feed + 1);
    let (second, _) = utf8::decode(&text[next..]);
    let category = Category::of(second);
    let goes_on = match rule {
        SOFT_HYPHEN => category.is_letter(),
        _ => category == Category::LowercaseLetter,
    };
    let is_word =
        goes_on && letter_before(text, hyphen).is_some_and(|first| Script::of(first) == Script::of(second));
    is_word.then_some(Cut { hyphen, line_end, next, rule })
}

/// The length of the hyphen at the end of a text: HYPHEN-MINUS, SOFT HYPHEN or HYPHEN.
fn hyphen_length(text: &[u8]) -> Option<usize> {
    ["-", "\u{AD}", "\u{2010}"].into_iter().find(|hyphen| text.ends_with(hyphen.as_bytes())).map(str::len)
}

/// The letter that ends before `end`, perhaps with marks.
fn letter_before(text: &[u8], end: usize) -> Option<char> {
    let mut end = end;
    while end > 0 {
        let start = utf8::previous(text, 0, end);
        let (character, _) = utf8::decode(&text[start..]);
        let category = Category::of(character);
        if !category.is_mark() {
            return category.is_letter().then_some(character);
        }
        end = start;
    }
    None
}

/// The blanks after the words at `start` that move up, where the line end goes; none if the line has nothing else.
fn gap(text: &[u8], start: usize) -> Option<Range<usize>> {
    let mut word = start;
    loop {
        let end = word + text[word..].iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\n'))?;
        let next = skip_blanks(text, end);
        let rest = &text[next..];
        if rest.is_empty() || rest.starts_with(b"\n") || rest.starts_with(b"\r\n") {
            return None;
        }
        // A CR there would become part of the line end, and bring a hyphen before it to the end of the line.
        if hyphen_length(&text[..end]).is_none() && !text[..end].ends_with(b"\r") {
            return Some(end..next);
        }
        word = next;
    }
}

fn skip_blanks(text: &[u8], from: usize) -> usize {
    let rest = &text[from..];
    from + rest.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewriter::{Rewriter, Scratch};
    use proptest::prelude::*;

    fn rewritten(text: &[u8], skip: &[&str]) -> Vec<u8> {
        let mut rewriter = Rewriter::new(vec![Box::new(Dehyphenate::new())]);
        rewriter.skip(skip).expect("rules");
        rewriter.rewrite(text, &mut Scratch::default()).to_vec()
    }

    #[test]
    fn cases() {
        let cases = [
            ("exam-\nple text", "example\ntext", "the line end comes after the word"),
            ("exam-\r\nple text", "example\r\ntext", "as it was"),
            ("exam-\n  ple, text", "example,\n  text", "with the indent; punctuation goes along"),
            ("exam-\nple  \t text", "example\ntext", "the gap goes"),
            ("exam-\nple\ntext", "example\ntext", "a line that is empty then is gone"),
            ("exam-\nple \r\ntext", "example \r\ntext", "so is one of blanks"),
            ("exam-\nple", "example", "the last line too"),
            ("exam-\nple ", "example ", "and its blanks stay"),
            ("ex-\nam-\nple text", "example\ntext", "a word over three lines"),
            ("ex-\nam-\nple-\ntext", "exampletext", "and more"),
            ("ex-\nam- and text", "exam- and\ntext", "no line gets a hyphen at its end"),
            ("ex-\nam- and", "exam- and", "not even if the words end"),
            ("ex-\nam- \ntext", "exam- \ntext", "blanks after a hyphen keep it"),
            ("exam\u{2010}\nple text", "example\ntext", "HYPHEN"),
            ("exam\u{AD}\nple text", "example\ntext", "SOFT HYPHEN"),
            (
                "Exam\u{AD}\nPle \u{AD}\ntext",
                "ExamPle\n\u{AD}\ntext",
                "before any letter, after a letter only",
            ),
            ("COVID-\nNineteen", "COVID-\nNineteen", "upper case may be a compound"),
            ("COVID-\n19", "COVID-\n19", "so may digits"),
            ("1-\nx", "1-\nx", "no letter before"),
            ("exam--\nple", "exam--\nple", "no hyphen of a word"),
            ("exam -\nple", "exam -\nple", "nor this"),
            ("exam-\n\nple", "exam-\n\nple", "a paragraph ends"),
            ("exam-\n-ple", "exam-\n-ple", "no letter after"),
            ("exam- \nple", "exam- \nple", "the hyphen is not at the line's end"),
            ("exam-\rple", "exam-\rple", "CR alone is no line end"),
            ("exam-\nple-\r and text", "example-\r and\ntext", "nor does it become one"),
            ("exam-\u{AD}\nple", "exam-\u{AD}\nple", "two hyphens"),
            ("cafe\u{301}-\ns x", "cafe\u{301}s\nx", "marks belong to their letter"),
            ("приме-\nр да", "пример\nда", "Cyrillic"),
            ("παρά-\nδειγμα", "παράδειγμα", "Greek"),
            ("latin-\nкир", "latin-\nкир", "two scripts"),
            ("سلا-\nم", "سلا-\nم", "no case"),
            ("سلا\u{AD}\nم", "سلام", "a soft hyphen needs none"),
            ("-\nple", "-\nple", "nothing before"),
            ("exam-\n", "exam-\n", "nothing after"),
            ("\n", "\n", "nothing at all"),
        ];
        for (text, expected, reason) in cases {
            assert_eq!(
                String::from_utf8_lossy(&rewritten(text.as_bytes(), &[])),
                expected,
                "{text:?}: {reason}"
            );
        }
    }

    #[test]
    fn rules_stand_alone() {
        let text = "a-\nb c\u{AD}\nd".as_bytes();
        assert_eq!(rewritten(text, &["dehyphenate"]), "a-\nb cd".as_bytes());
        assert_eq!(rewritten(text, &["dehyphenate-soft"]), "ab\nc\u{AD}\nd".as_bytes());
    }

    #[test]
    fn ill_formed_bytes_are_no_letters() {
        for text in [&b"a\xFF-\nb"[..], b"a-\n\xC3", b"a\xE2\x80-\nb", b"a\xC2-\nb"] {
            assert_eq!(rewritten(text, &[]), text);
        }
    }

    const PIECES: &[&str] = &[
        "a",
        "B",
        "é",
        "e\u{301}",
        "ж",
        "م",
        "1",
        "-",
        "-",
        "\u{AD}",
        "\u{2010}",
        "\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "a-\nb",
        "a\u{AD}\nb",
        ".",
        "\u{301}",
    ];

    proptest! {
        #[test]
        fn twice_is_once(
            picks in proptest::collection::vec(0..=PIECES.len(), 0..30),
            skip in proptest::sample::subsequence(vec!["dehyphenate", "dehyphenate-soft"], 0..2),
        ) {
            let piece = |pick: usize| PIECES.get(pick).map_or(&b"\xE2\x80"[..], |piece| piece.as_bytes());
            let text: Vec<u8> = picks.into_iter().flat_map(piece).copied().collect();
            let once = rewritten(&text, &skip);
            // A rewriter asks a step again only if another one changed the text: this is one application.
            prop_assert_eq!(rewritten(&once, &skip), once);
        }
    }
}
