//! The measures of C4's filter (Raffel et al. 2020): which lines it would keep, and what of them it counts.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memchr;
use unicode::{Category, Unit, utf8};

use super::lines::{every_line, last_character, runs, trim};
use super::punctuation::Punctuation;

/// What of C4's line filters is on, and where its limits lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineRules {
    /// Lines must end with terminal punctuation, and not with `...`.
    pub ended: bool,
    /// Lines must not name javascript.
    pub javascript: bool,
    /// Lines must not speak of cookies, privacy policies and terms of use.
    pub policy: bool,
    /// `[1]`, `[edit]` and `[citation needed]` are taken out before a line's end is looked at.
    pub citations: bool,
    /// The fewest words of a line; words are runs between white space.
    pub words_min: f64,
    /// The most characters of a word.
    pub characters_max: f64,
}

/// What C4's rules ask for: numbers of lines, each of which counts once.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct C4 {
    /// All lines.
    pub lines: u64,
    /// Lines with a word that is too long.
    pub long_word: u64,
    /// Other lines that do not end as they should.
    pub unended: u64,
    /// Other lines of too few words.
    pub short: u64,
    /// Other lines that hold «lorem ipsum».
    pub lorem_ipsum: u64,
    /// Other lines that name javascript.
    pub javascript: u64,
    /// Other lines that hold a curly bracket.
    pub curly_bracket: u64,
    /// Other lines that speak of cookies and the like.
    pub policy: u64,
    /// All other lines.
    pub kept: u64,
    /// The sentences (UAX #29) of the lines that are kept.
    pub sentences: u64,
}

/// Why a line does not stay.
enum Fate {
    LongWord,
    Unended,
    Short,
    LoremIpsum,
    Javascript,
    CurlyBracket,
    Policy,
    Kept,
}

/// First «lorem ipsum», then javascript, then what tells of policies (`c4_utils.py` of TensorFlow Datasets has the list).
const PHRASES: [&str; 8] = [
    "lorem ipsum",
    "javascript",
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
];

/// Looks at lines as C4 does.
#[derive(Debug)]
pub struct Inspector {
    rules: LineRules,
    punctuation: Punctuation,
    phrases: AhoCorasick,
}

/// Which phrases a line holds.
#[derive(Default)]
struct Phrases {
    lorem_ipsum: bool,
    javascript: bool,
    policy: bool,
}

impl Inspector {
    /// Prepares to look.
    pub fn new(rules: LineRules, punctuation: Punctuation) -> Inspector {
        let phrases = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(PHRASES);
        Inspector { rules, punctuation, phrases: phrases.expect("eight short phrases fit an automaton") }
    }

    /// Measures a text.
    pub fn inspect(&self, text: &[u8]) -> C4 {
        let mut found = C4::default();
        for line in every_line(text) {
            found.lines += 1;
            let (fate, line) = self.fate(trim(line));
            let count = match fate {
                Fate::LongWord => &mut found.long_word,
                Fate::Unended => &mut found.unended,
                Fate::Short => &mut found.short,
                Fate::LoremIpsum => &mut found.lorem_ipsum,
                Fate::Javascript => &mut found.javascript,
                Fate::CurlyBracket => &mut found.curly_bracket,
                Fate::Policy => &mut found.policy,
                Fate::Kept => {
                    found.sentences += Unit::Sentence.count(&line);
                    &mut found.kept
                }
            };
            *count += 1;
        }
        found
    }

    /// What becomes of a line, and how it reads without citations.
    fn fate<'t>(&self, line: &'t [u8]) -> (Fate, Cow<'t, [u8]>) {
        let rules = &self.rules;
        // Most lines are shorter than the longest word may be.
        let may_be_long = line.len() as f64 > rules.characters_max;
        let is_long = |word: &[u8]| utf8::count_chars(word) as f64 > rules.characters_max;
        if may_be_long && runs(line).any(is_long) {
            return (Fate::LongWord, Cow::Borrowed(line));
        }
        let are_too_few = runs(line).zip(1_u64..).all(|(_, count)| (count as f64) < rules.words_min);
        let line = if rules.citations { without_citations(line) } else { Cow::Borrowed(line) };
        let fate = if rules.ended && !self.is_ended(&line) {
            Fate::Unended
        } else if are_too_few {
            Fate::Short
        } else {
            self.fate_by_content(&line)
        };
        (fate, line)
    }

    fn fate_by_content(&self, line: &[u8]) -> Fate {
        let mut found = Phrases::default();
        // No phrase overlaps one that matters less and would be hidden by it.
        for phrase in self.phrases.find_iter(line) {
            match phrase.pattern().as_usize() {
                0 => found.lorem_ipsum = true,
                1 => found.javascript = true,
                _ => found.policy = true,
            }
        }
        if found.lorem_ipsum {
            Fate::LoremIpsum
        } else if found.javascript && self.rules.javascript {
            Fate::Javascript
        } else if memchr(b'{', line).is_some() {
            Fate::CurlyBracket
        } else if found.policy && self.rules.policy {
            Fate::Policy
        } else {
            Fate::Kept
        }
    }

    fn is_ended(&self, line: &[u8]) -> bool {
        let is_terminal = |last| self.punctuation.is_terminal_or_quote(last);
        !line.ends_with(b"...") && last_character(line).is_some_and(is_terminal)
    }
}

/// A line without `[edit]`, `[citation needed]` and numbers in square brackets, or nothing in them.
fn without_citations(line: &[u8]) -> Cow<'_, [u8]> {
    let mut kept: Option<Vec<u8>> = None;
    let (mut copied, mut at) = (0, 0);
    while let Some(bracket) = memchr(b'[', &line[at..]).map(|found| at + found) {
        let Some(length) = citation(&line[bracket + 1..]) else {
            at = bracket + 1;
            continue;
        };
        kept.get_or_insert_default().extend_from_slice(&line[copied..bracket]);
        at = bracket + 1 + length;
        copied = at;
    }
    match kept {
        None => Cow::Borrowed(line),
        Some(mut kept) => {
            kept.extend_from_slice(&line[copied..]);
            Cow::Owned(kept)
        }
    }
}

/// The length of what follows the bracket of a citation, the other bracket included.
fn citation(text: &[u8]) -> Option<usize> {
    for words in [&b"edit]"[..], b"citation needed]"] {
        if text.starts_with(words) {
            return Some(words.len());
        }
    }
    let mut at = 0;
    while at < text.len() && text[at] != b']' {
        let (category, length) = Category::at(text, at);
        if category != Category::DecimalNumber {
            return None;
        }
        at += length;
    }
    (at < text.len()).then_some(at + 1)
}

impl C4 {
    /// The values by their keys.
    pub fn entries(&self) -> [(&'static str, f64); 10] {
        [
            ("c4_lines", self.lines),
            ("c4_kept_lines", self.kept),
            ("c4_sentences", self.sentences),
            ("c4_long_word_lines", self.long_word),
            ("c4_unended_lines", self.unended),
            ("c4_short_lines", self.short),
            ("c4_lorem_ipsum_lines", self.lorem_ipsum),
            ("c4_javascript_lines", self.javascript),
            ("c4_curly_bracket_lines", self.curly_bracket),
            ("c4_policy_lines", self.policy),
        ]
        .map(|(key, count)| (key, count as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: LineRules = LineRules {
        ended: true,
        javascript: true,
        policy: true,
        citations: true,
        words_min: 3.0,
        characters_max: 20.0,
    };

    fn inspect(rules: LineRules, text: &str) -> C4 {
        Inspector::new(rules, Punctuation::Unicode).inspect(text.as_bytes())
    }

    #[test]
    fn each_line_meets_one_fate() {
        let text = "One is kept. It has two sentences.\nNo end to this\nand so on it goes...\nToo short.\n\
                    Pneumonoultramicroscopicsilicovolcanoconiosis is a word.\nEnable JavaScript to go on.\n\
                    Lorem ipsum is not Latin.\nfunction f() { return 1; }.\nWe use cookies, as all do.\n\
                    این هم می\u{200C}ماند، نه؟\n\n";
        let found = inspect(RULES, text);
        let wanted = C4 {
            lines: 11,
            long_word: 1,
            unended: 3,
            short: 1,
            lorem_ipsum: 1,
            javascript: 1,
            curly_bracket: 1,
            policy: 1,
            kept: 2,
            sentences: 3,
        };
        assert_eq!(found, wanted);
    }

    #[test]
    fn filters_that_are_off_let_lines_pass() {
        let off = LineRules { ended: false, javascript: false, policy: false, ..RULES };
        let found = inspect(off, "no end and no cookie policy\nin javascript all goes\na { in a line");
        assert_eq!((found.kept, found.curly_bracket), (2, 1));
    }

    #[test]
    fn citations_go_before_the_end_is_looked_at() {
        for (text, wanted) in [
            ("Said before.[12]", "Said before."),
            ("a[۱۲]b[]c[edit]d[citation needed]", "abcd"),
            ("[1", "[1"),
            ("[[2]x]", "[x]"),
            ("[a1] [Edit]", "[a1] [Edit]"),
        ] {
            assert_eq!(String::from_utf8_lossy(&without_citations(text.as_bytes())), wanted);
        }
        assert_eq!(inspect(RULES, "It was said before.[12]").kept, 1);
        assert_eq!(inspect(LineRules { citations: false, ..RULES }, "It was said before.[12]").unended, 1);
    }
}
