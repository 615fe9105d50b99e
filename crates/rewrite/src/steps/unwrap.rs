//! Paragraphs that were wrapped by hard line ends become one line each.

mod line;
mod meeting;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};
use line::{Line, Opening};
use meeting::{Meeting, meeting};

const SPACE: usize = 0;
const SPACELESS: usize = 1;
const HYPHEN: usize = 2;
const PARAGRAPH: usize = 3;

/// The longest line that may come from wrapping, in characters: those who wrap by hand or by program stay below it.
pub const WRAPPED_MAX: u64 = 120;

/// Joins the lines of wrapped paragraphs.
///
/// A block is a line and those after it that go on from it; blank lines stay and part blocks.
///
/// - These never go on from the line before: items of lists (`-`, `*`, `+`, `·`, dashes, before a blank; bullets; up to
///   three digits of any script with `.`, `)` or `-`) and lines that open with U+3000.
/// - These stand alone, nothing goes on from them either: lines indented by a tab or by four spaces, unless the text of
///   their item is; `>` quotations, `|` rows, `#` headings, and rules such as `---`.
/// - A block with a line longer than [`WRAPPED_MAX`] was not wrapped and stays as it is: its lines are paragraphs.
/// - A line that is shorter than half of the longest line of its block ends a paragraph: it gets a blank line. The sign
///   of an item alone and a cut word do not.
/// - Any other line end in a block becomes a space, with the spaces and tabs around it. It becomes nothing between
///   characters of scripts that write without spaces, and after the hyphen of a word, which stays.
///
/// Line ends are LF and CRLF. The length of a line is counted in characters without the blanks at its ends.
#[derive(Debug, Clone)]
pub struct Unwrap {
    rules: [Rule; 4],
}

impl Unwrap {
    /// Without options.
    pub fn new() -> Self {
        Unwrap {
            rules: [
                Rule::lossy("unwrap", "a line end inside a paragraph becomes a space"),
                Rule::lossy("unwrap-spaceless", "a line end between scripts without spaces becomes nothing"),
                Rule::lossy("unwrap-hyphen", "a line end after the hyphen of a word becomes nothing"),
                Rule::lossless("unwrap-paragraph", "a short line that ends a paragraph gets a blank line"),
            ],
        }
    }
}

impl Default for Unwrap {
    fn default() -> Self {
        Self::new()
    }
}

impl Step for Unwrap {
    fn name(&self) -> &'static str {
        "unwrap"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::from_chars(['\n']))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let mut start = 0;
        while start < text.len() {
            let block = block(draft, start);
            if block.longest <= WRAPPED_MAX {
                join(draft, start, &block);
            }
            start = block.last.next;
        }
    }
}

/// Lines that go on from each other.
struct Block<'t> {
    last: Line<'t>,
    /// In characters.
    longest: u64,
}

/// The block that begins with the line at `start`.
fn block<'t>(draft: &Draft<'t>, start: usize) -> Block<'t> {
    let text = draft.text();
    let mut last = Line::at(text, start);
    let mut longest = length(&last);
    if matches!(last.opening(0), Opening::First | Opening::Plain) {
        let hanging = last.hanging();
        while last.next < text.len() {
            let next = Line::at(text, last.next);
            // A rule that is switched off parts blocks, so that what it leaves is the same the next time.
            let goes_on = next.opening(hanging) == Opening::Plain && draft.is_enabled(rule(&last, &next));
            if !goes_on {
                break;
            }
            longest = longest.max(length(&next));
            last = next;
        }
    }
    Block { last, longest }
}

fn length(line: &Line<'_>) -> u64 {
    unicode::utf8::count_chars(line.content())
}

/// The rule that joins two lines.
fn rule(line: &Line<'_>, next: &Line<'_>) -> usize {
    match meeting(line.content(), next.content()) {
        Meeting::Space => SPACE,
        Meeting::Spaceless => SPACELESS,
        Meeting::Hyphen => HYPHEN,
    }
}

/// Joins the lines of a block.
fn join(draft: &mut Draft<'_>, start: usize, block: &Block<'_>) {
    let text = draft.text();
    let mut line = Line::at(text, start);
    while line.start < block.last.start {
        let next = Line::at(text, line.next);
        let rule = rule(&line, &next);
        let is_short = length(&line) * 2 < block.longest && rule != HYPHEN && !line.is_marker();
        if is_short && draft.is_enabled(PARAGRAPH) {
            draft.replace(line.next..line.next, &text[line.end..line.next], PARAGRAPH);
        } else {
            let between = line.start + line.content_end()..next.start + next.indent();
            draft.replace(between, if rule == SPACE { b" " } else { b"" }, rule);
        }
        line = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewriter::{Rewriter, Scratch};
    use crate::steps::Dehyphenate;
    use proptest::prelude::*;

    const RULES: [&str; 4] = ["unwrap", "unwrap-spaceless", "unwrap-hyphen", "unwrap-paragraph"];

    fn rewritten(text: &[u8], skip: &[&str]) -> Vec<u8> {
        let mut rewriter = Rewriter::new(vec![Box::new(Unwrap::new())]);
        rewriter.skip(skip).expect("rules");
        rewriter.rewrite(text, &mut Scratch::default()).to_vec()
    }

    #[test]
    fn cases() {
        let long = "word ".repeat(30);
        let cases = [
            ("one two\nthree four\nfive", "one two three four five", "a paragraph"),
            ("one two\r\nthree four\r\n", "one two three four\r\n", "CRLF; the end of the text stays"),
            ("one  \n  two\t\n   three", "one two three", "blanks around the line end"),
            ("one\n\ntwo\n \nthree", "one\n\ntwo\n \nthree", "blank lines part paragraphs"),
            ("one\ntwo\n\n\nthree\nfour", "one two\n\n\nthree four", "and stay as many"),
            ("list:\n- one\n  more\n- two\n1. a\n2) b", "list:\n- one more\n- two\n1. a\n2) b", "items"),
            ("  - one\n    more\n     code", "  - one more\n     code", "as deep as the item, and deeper"),
            ("•one\n•two\n  more", "•one\n•two more", "bullets"),
            ("-\none\n•\ntwo", "- one\n• two", "a sign and its item"),
            ("متن\n۱- یک\nدو\n۲. سه", "متن\n۱- یک دو\n۲. سه", "digits of any script"),
            ("text\n    code\n    code\ntext", "text\n    code\n    code\ntext", "indented lines"),
            ("text\n\tcode\ntext\ntext", "text\n\tcode\ntext text", "by a tab"),
            ("> quote\n> quote\ntext", "> quote\n> quote\ntext", "quotations"),
            ("| a | b |\n| 1 | 2 |", "| a | b |\n| 1 | 2 |", "tables"),
            ("# Title\ntext\ntext", "# Title\ntext text", "headings"),
            ("Title\n=====\ntext\ntext", "Title\n=====\ntext text", "underlined ones"),
            ("你好，\n世界\n吧", "你好，世界吧", "Chinese"),
            ("你好吗\nworld\n世界吗", "你好吗 world 世界吗", "mixed"),
            ("\u{3000}一二\n三\n\u{3000}四", "\u{3000}一二三\n\u{3000}四", "indented paragraphs"),
            ("ภาษา\nไทย", "ภาษาไทย", "Thai"),
            ("한국어\n문장", "한국어 문장", "Korean"),
            ("well-\nknown COVID-\n19", "well-known COVID-19", "hyphens of words"),
            (
                "Title\na line that is longer\nand so on",
                "Title\n\na line that is longer and so on",
                "a short line",
            ),
            ("Title\r\na line that is longer", "Title\r\n\r\na line that is longer", "with CRLF"),
            (
                "a line that is longer\nend.\na line again",
                "a line that is longer end.\n\na line again",
                "the same",
            ),
            ("a line that is longer\nend.", "a line that is longer end.", "the last line"),
            ("one\rtwo", "one\rtwo", "CR is no line end"),
            ("\n", "\n", "nothing"),
            ("\n\none\ntwo\n\n", "\n\none two\n\n", "edges"),
        ];
        for (text, expected, reason) in cases {
            assert_eq!(
                String::from_utf8_lossy(&rewritten(text.as_bytes(), &[])),
                expected,
                "{text:?}: {reason}"
            );
        }
        for text in [format!("Title\n{long}\n{long}\nEnd."), format!("{long}\n{long}")] {
            assert_eq!(rewritten(text.as_bytes(), &[]), text.as_bytes(), "long lines are paragraphs");
        }
    }

    #[test]
    fn rules_stand_alone() {
        let text = "一二三四五\n六七-\nabc\nab-\nc\nd".as_bytes();
        let only =
            |rule| rewritten(text, &RULES.into_iter().filter(|other| *other != rule).collect::<Vec<_>>());
        assert_eq!(only("unwrap"), "一二三四五\n六七-\nabc ab-\nc d".as_bytes());
        assert_eq!(only("unwrap-spaceless"), "一二三四五六七-\nabc\nab-\nc\nd".as_bytes());
        assert_eq!(only("unwrap-hyphen"), "一二三四五\n六七-abc\nab-c\nd".as_bytes());
        assert_eq!(only("unwrap-paragraph"), text);
    }

    #[test]
    fn ill_formed_bytes_stay() {
        assert_eq!(
            rewritten(b"one\xE2\x80\n\x8Btwo\n\xFF\xFF\xFF", &[]),
            b"one\xE2\x80 \x8Btwo \xFF\xFF\xFF"
        );
    }

    const PIECES: &[&[u8]] = &[
        b"a",
        b"word",
        b"a longer piece of text",
        b"-",
        b"- ",
        b"1",
        b".",
        b")",
        b"1. ",
        b"#",
        b"=",
        b"---",
        b">",
        b"|",
        b"    ",
        b"\t",
        b" ",
        b"\n",
        b"\n",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\xE2\x80",
        b"\xFF",
        "漢".as_bytes(),
        "。".as_bytes(),
        "\u{3000}".as_bytes(),
        "ก".as_bytes(),
        "•".as_bytes(),
        "\u{AD}".as_bytes(),
        "\u{301}".as_bytes(),
        "۱".as_bytes(),
        "م".as_bytes(),
        &[b'x'; 70],
    ];

    fn text(picks: Vec<usize>) -> Vec<u8> {
        picks.into_iter().flat_map(|pick| PIECES[pick]).copied().collect()
    }

    proptest! {
        #[test]
        fn twice_is_once(
            picks in proptest::collection::vec(0..PIECES.len(), 0..30),
            skip in proptest::sample::subsequence(RULES.to_vec(), 0..4),
        ) {
            let once = rewritten(&text(picks), &skip);
            prop_assert_eq!(rewritten(&once, &skip), once);
        }

        #[test]
        fn twice_is_once_with_dehyphenate(picks in proptest::collection::vec(0..PIECES.len(), 0..30)) {
            let rewriter = Rewriter::new(vec![Box::new(Dehyphenate::new()), Box::new(Unwrap::new())]);
            let once = rewriter.rewrite(&text(picks), &mut Scratch::default()).to_vec();
            let mut scratch = Scratch::default();
            prop_assert_eq!(rewriter.rewrite(&once, &mut scratch), &once);
        }
    }
}
