//! White space: other spaces as SPACE, runs as one, none at the ends of lines.

mod stretch;

use std::str::FromStr;

use unicode::space::is_white_space;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::name::UnknownName;
use crate::rule::Rule;
use crate::scan;
use crate::step::{Step, Triggers};
use stretch::{Kind, Stretch};

/// What becomes of white space. LF and CR are never touched: they are line ends, or none of a space's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpaceOptions {
    /// Every space becomes SPACE, and so do separators and controls that divide lines and pages.
    pub plain: bool,
    /// As `plain`, and so does TAB; of several spaces in a row the first one stays.
    pub collapse: bool,
    /// None stays at either end of the text, or of a line inside.
    pub trim: bool,
    /// TAB is no white space.
    pub keep_tabs: bool,
}

impl SpaceOptions {
    /// What can be asked for.
    pub const NAMES: [&str; 4] = ["plain", "collapse", "trim", "keep-tabs"];
}

impl FromStr for SpaceOptions {
    type Err = UnknownName;

    /// Reads a list: `collapse,trim`.
    fn from_str(list: &str) -> Result<Self, UnknownName> {
        let mut options = SpaceOptions::default();
        for name in list.split(',') {
            match name {
                "plain" => options.plain = true,
                "collapse" => options.collapse = true,
                "trim" => options.trim = true,
                "keep-tabs" => options.keep_tabs = true,
                _ => return Err(UnknownName::new("treatment of space", name, SpaceOptions::NAMES)),
            }
        }
        Ok(options)
    }
}

/// One rule of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    NoBreak,
    Thin,
    Ideographic,
    Line,
    Tab,
    Run,
    End,
}

const CHANGES_COUNT: usize = 7;

const CHANGES: [(Change, Rule); CHANGES_COUNT] = [
    (Change::NoBreak, Rule::lossless("space-no-break", "a no-break space becomes SPACE")),
    (Change::Thin, Rule::lossless("space-thin", "a space of another width becomes SPACE")),
    (Change::Ideographic, Rule::lossless("space-ideographic", "IDEOGRAPHIC SPACE becomes SPACE")),
    (Change::Line, Rule::lossy("space-line", "a line or page separator that is no line end becomes SPACE")),
    (Change::Tab, Rule::lossy("space-tab", "TAB becomes SPACE")),
    (Change::Run, Rule::lossy("space-run", "a space after SPACE goes")),
    (Change::End, Rule::lossy("space-end", "white space at the end or the beginning of a line goes")),
];

/// Rewrites white space.
///
/// | rule | characters |
/// |---|---|
/// | `space-no-break` | U+00A0, U+202F |
/// | `space-thin` | U+1680, U+2000–U+200A, U+205F |
/// | `space-ideographic` | U+3000 |
/// | `space-line` | U+000B, U+000C, U+0085, U+2028, U+2029 |
/// | `space-tab` | TAB |
/// | `space-run` | what the rules above make SPACE, after SPACE |
/// | `space-end` | White_Space but LF and CR, if nothing but White_Space is between it and an end of the line |
///
/// A space that no rule makes SPACE ends a run. Line ends stay, those at the ends of the text too.
#[derive(Debug)]
pub struct Space {
    options: SpaceOptions,
    rules: Vec<Rule>,
    /// By change.
    places: [Option<usize>; CHANGES_COUNT],
}

impl Space {
    /// The step with the rules that the options ask for.
    pub fn new(options: SpaceOptions) -> Self {
        let is_asked = |change: Change| match change {
            Change::NoBreak | Change::Thin | Change::Ideographic | Change::Line => {
                options.plain || options.collapse
            }
            Change::Tab => options.collapse && !options.keep_tabs,
            Change::Run => options.collapse,
            Change::End => options.trim,
        };
        let (mut rules, mut places) = (Vec::new(), [None; CHANGES_COUNT]);
        for (change, rule) in CHANGES.into_iter().filter(|&(change, _)| is_asked(change)) {
            places[change as usize] = Some(rules.len());
            rules.push(rule);
        }
        Space { options, rules, places }
    }

    /// Where a stretch of white space that may have to change begins or goes on: at a space that is not SPACE, or next
    /// to SPACE where the neighbour is no printable character. Ends of the text are not looked for.
    fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        // VT, FF; TAB where it counts.
        let control = if self.options.keep_tabs { b'\x0B' } else { b'\t' };
        let narrow = move |first: u8, second: u8| {
            (first.max(second) == b' ') | (first.wrapping_sub(control) < b'\r' - control) & (first != b'\n')
        };
        scan::find(text, from, narrow, is_wide_space)
    }

    /// The place among the rules of one that was asked for and is switched on.
    fn place(&self, change: Change, draft: &Draft<'_>) -> Option<usize> {
        self.places[change as usize].filter(|&place| draft.is_enabled(place))
    }
}

impl Space {
    fn rewrite(&self, stretch: &Stretch, draft: &mut Draft<'_>) {
        let end = self.place(Change::End, draft).filter(|_| stretch.is_at_edge);
        let run = self.place(Change::Run, draft);
        let mut is_after_space = false;
        for (range, kind) in stretch.characters(draft.text()) {
            let change = match kind {
                Kind::Return | Kind::Space => None,
                Kind::Other(change) => self.place(change, draft),
            };
            let is_space = kind == Kind::Space || change.is_some();
            match (end, run, change) {
                (Some(end), ..) if kind != Kind::Return => draft.delete(range, end),
                (_, Some(run), _) if is_after_space && is_space => draft.delete(range, run),
                (_, _, Some(change)) => draft.replace(range, b" ", change),
                _ => {}
            }
            is_after_space = is_space;
        }
    }
}

/// Whether three bytes begin with a space beyond ASCII.
#[inline(always)]
fn is_wide_space(first: u8, second: u8, third: u8) -> bool {
    let general = (third <= 0x8A) | (third == 0xA8) | (third == 0xA9) | (third == 0xAF);
    (first == 0xC2) & ((second == 0xA0) | (second == 0x85))
        | (first == 0xE2) & (second == 0x80) & general
        | (first == 0xE2) & (second == 0x81) & (third == 0x9F)
        | (first == 0xE3) & (second == 0x80) & (third == 0x80)
        | (first == 0xE1) & (second == 0x9A) & (third == 0x80)
}

impl Step for Space {
    fn name(&self) -> &'static str {
        "space"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        if self.options.collapse || self.options.trim {
            return Triggers::Always;
        }
        let others =
            |character: char| is_white_space(character) && !matches!(character, '\t' | '\n' | '\r' | ' ');
        Triggers::Characters(if self.options.plain { CharSet::of(others) } else { CharSet::default() })
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        // With tabs kept, the ends are those of lines; else a space at an end is next to another control.
        let is_end = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
        self.find(run, 0).is_none() && !is_end(run.first()) && !is_end(run.last())
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let mut from = 0;
        let mut next = if text.first() == Some(&b' ') { Some(0) } else { self.find(text, 0) };
        while let Some(at) = next {
            let stretch = Stretch::around(text, from, at, self.options.keep_tabs);
            self.rewrite(&stretch, draft);
            from = stretch.range.end.max(at + 1);
            next = self.find(text, from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promise::{assert_cases, assert_kept, texts_of};
    use proptest::prelude::*;

    fn step(list: &str) -> Space {
        Space::new(list.parse().expect("names of treatments"))
    }

    #[test]
    fn plain_makes_every_space_one() {
        assert_cases(
            &step("plain"),
            &[
                ("a\u{A0}b\u{202F}c", "a b c", "no-break"),
                ("a\u{2000}b\u{200A}c\u{205F}d\u{1680}e", "a b c d e", "of any width"),
                ("\u{3000}a\u{3000}\u{3000}", " a  ", "ideographic, one for one"),
                ("a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f", "a b c d e f", "separators"),
                ("a\t b\r\nc\rd\n", "a\t b\r\nc\rd\n", "tabs and line ends stay"),
                ("a\u{200B}b\u{200C}c\u{2007}", "a\u{200B}b\u{200C}c ", "ZWSP and ZWNJ are no white space"),
            ],
        );
    }

    #[test]
    fn collapse_leaves_one_space() {
        assert_cases(
            &step("collapse"),
            &[
                ("a  b   c", "a b c", "runs"),
                ("  a  ", " a ", "at the ends too"),
                ("a\t\tb \u{A0}c\u{A0} d", "a b c d", "of any spaces"),
                ("a \n b", "a \n b", "not over a line end"),
                ("a \r\n\r\n  b", "a \r\n\r\n b", "nor over CR LF"),
                ("a \r  b", "a \r b", "CR is no space"),
            ],
        );
        assert_cases(
            &step("collapse,keep-tabs"),
            &[
                ("a\t\tb  c \t  d", "a\t\tb c \t d", "TAB is no space"),
                (" \t ", " \t ", "at the ends neither"),
            ],
        );
    }

    #[test]
    fn trim_clears_the_ends_of_lines() {
        assert_cases(
            &step("trim"),
            &[
                (" \ta  b\u{A0}\u{3000}", "a  b", "the ends of the text"),
                ("a \n\t b \r\n c", "a\nb\r\nc", "the ends of lines inside"),
                (" \n \r\n ", "\n\r\n", "line ends stay"),
                ("a \r", "a\r", "CR stays, wherever it stands"),
                (" \r \ra\u{A0}\r\u{A0}\n", "\r\ra\r\n", "and is at the end what is next to it"),
                ("a\u{A0}b", "a\u{A0}b", "inside nothing happens"),
            ],
        );
        assert_cases(
            &step("trim,keep-tabs"),
            &[(" \ta\t ", "\ta\t", "up to a tab"), ("\t a", "\t a", "behind a tab is no end")],
        );
        assert_cases(&step("trim,collapse"), &[("\u{A0} a \t b ", "a b", "both")]);
    }

    #[test]
    fn options_are_read_from_a_list() {
        let all = SpaceOptions { plain: true, collapse: true, trim: true, keep_tabs: true };
        assert_eq!("plain,collapse,trim,keep-tabs".parse(), Ok(all));
        let unknown = "plain,colapse".parse::<SpaceOptions>().expect_err("no such treatment");
        assert_eq!(unknown.nearest[0], "collapse");
        assert!(Space::new(SpaceOptions::default()).rules().is_empty());
    }

    const PIECES: &[&str] = &[
        " ",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\0",
        "\u{A0}",
        "\u{202F}",
        "\u{2003}",
        "\u{3000}",
        "\u{2028}",
        "\u{85}",
        "\u{B}",
        "\u{C}",
        "\u{1680}",
        "\u{205F}",
        "\u{200C}",
        "a",
        "é",
        "—",
        "long enough for a window or two",
    ];

    proptest! {
        #[test]
        fn promises_are_kept(text in texts_of(PIECES), switches: u32, plain: bool, collapse: bool, trim: bool, keep_tabs: bool) {
            assert_kept(&Space::new(SpaceOptions { plain, collapse, trim, keep_tabs }), &text, switches)?;
        }

        #[test]
        fn nothing_is_left_to_do(text in texts_of(PIECES)) {
            let out = crate::promise::applied(&step("collapse,trim"), &text, &[true; 7]);
            for line in out.split(|&byte| byte == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                prop_assert!(!line.starts_with(b" ") && !line.ends_with(b" "), "{:?}", out);
                prop_assert!(!line.windows(2).any(|pair| pair == b"  "), "{:?}", out);
            }
        }
    }
}
