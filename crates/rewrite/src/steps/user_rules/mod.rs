//! A user's own replacements, one in a line of a file.
//!
//! A line is a rule, a test, a comment after `#`, or blank; its first character tells which:
//!
//! ```text
//! "colour" -> "color"                    a text in quotes; escapes \t \n \r \\ \" \u{200C}
//! /(\d+) ?per ?cent\b/i -> "$1%"         a pattern in slashes (\/ for a slash in it), flags i, s and x
//! 64A<TAB>6CC<TAB># ي => ی               code points in hex, as SentencePiece writes them
//! 200B                                   without a target: deleted
//! test "5 per cent" => "5%"              what the rules of this file make of a text
//! ```
//!
//! Patterns are those of the Rust `regex` crate, in text that is matched by whole characters: `^` and `$` stand at the
//! edges of lines, LF or CRLF, and `.` is any character but these; `i` folds case, `s` lets `.` match line ends, `x`
//! allows blanks and comments. In their replacement `$1`, `${1}` and `${name}` are groups and `$$` is a dollar sign. A
//! code point may have `U+` before it; after the target's tab, as in SentencePiece, everything is a comment.
//!
//! All rules of all files apply in one pass: at each place the match that begins leftmost, of those the longest, of
//! those the earliest rule's. A pattern's match is the one that it prefers at its place, which a lazy `*?` makes short;
//! empty matches do not count. What was replaced is not looked at again, so a rule whose source and target are the same
//! protects a text from shorter rules. A search takes time in proportion to the text; only patterns that must look far
//! ahead, again and again, to know that they do not match there take more. `\b` between letters of any script is slow in
//! text beyond ASCII, where the fast engine does not know it; `(?-u:\b)` is quick, between ASCII letters.

mod codes;
mod cursor;
mod entry;
mod error;
mod found;
mod group;
mod literals;
mod matcher;
mod pattern;
mod quoted;
mod template;
mod trial;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};
use entry::{Entry, Reader};
use matcher::Matcher;

pub use error::RulesError;
pub use trial::{RuleTest, TestOutcome};

/// The rules of some files; see the [module](self) for what a file may say.
///
/// Each rule is called `NAME:LINE`. The step is not repeatable: what a rule writes may match a rule again.
///
/// ```
/// use rewrite::steps::UserRules;
/// use rewrite::{Rewriter, Scratch};
/// let file = "\"colour\" -> \"color\"\n/(\\d+) per cent/ -> \"$1%\"\ntest \"colours\" => \"colors\"\n";
/// let rules = UserRules::parse(&[("my.rules".to_owned(), file.into())])?;
/// assert!(rules.run_tests().iter().all(|outcome| outcome.is_passed()));
/// let rewriter = Rewriter::new(vec![Box::new(rules)]);
/// let mut scratch = Scratch::default();
/// assert_eq!(rewriter.rewrite(b"5 per cent more colour", &mut scratch), b"5% more color");
/// # Ok::<(), rewrite::steps::user_rules::RulesError>(())
/// ```
pub struct UserRules {
    rules: Vec<Rule>,
    entries: Vec<Entry>,
    tests: Vec<RuleTest>,
    files: usize,
    matcher: Matcher,
}

impl UserRules {
    /// Reads files, each with the name under which its rules and errors are known.
    ///
    /// UTF-8, with or without a byte order mark; lines end in LF or CRLF.
    ///
    /// # Errors
    /// The first line that is none of those described, gives a source that stood before another target, or has an empty
    /// source or a pattern that matches only the empty text.
    pub fn parse(files: &[(String, Vec<u8>)]) -> Result<UserRules, RulesError> {
        let mut reader = Reader::default();
        for (place, (name, bytes)) in files.iter().enumerate() {
            reader.read(place, name, bytes)?;
        }
        let lines = reader.finish();
        let name = |entry: &Entry| format!("{}:{}", files[entry.file].0, entry.line);
        let rules = lines.entries.iter().map(|entry| Rule {
            name: name(entry).into(),
            about: entry.about().into(),
            is_lossy: true, // for all that is known of it
        });
        Ok(UserRules {
            rules: rules.collect(),
            matcher: matcher(&lines.entries, files)?,
            entries: lines.entries,
            tests: lines.tests,
            files: files.len(),
        })
    }

    /// The tests of all files, in order.
    pub fn tests(&self) -> &[RuleTest] {
        &self.tests
    }

    /// Runs every test on the rules of its own file.
    pub fn run_tests(&self) -> Vec<TestOutcome<'_>> {
        let mut outcomes = Vec::with_capacity(self.tests.len());
        for tests in self.tests.chunk_by(|one, next| one.file == next.file) {
            let own = (self.files > 1).then(|| {
                let own = self.entries.iter().filter(|entry| entry.file == tests[0].file);
                Matcher::new(own).expect("a part of rules that were compiled")
            });
            let matcher = own.as_ref().unwrap_or(&self.matcher);
            outcomes.extend(
                tests.iter().map(|test| TestOutcome { test, actual: rewritten(matcher, &test.input) }),
            );
        }
        outcomes
    }
}

fn matcher(entries: &[Entry], files: &[(String, Vec<u8>)]) -> Result<Matcher, RulesError> {
    Matcher::new(entries).map_err(|what| {
        // Too many rules: the last is one of those too many.
        let (file, line) = entries.last().map_or((0, 1), |entry| (entry.file, entry.line));
        let file = files.get(file).map_or_else(String::new, |(name, _)| name.clone());
        RulesError { file, line, column: 1, what }
    })
}

fn rewritten(matcher: &Matcher, text: &str) -> String {
    let (mut out, mut copied) = (Vec::with_capacity(text.len()), 0);
    let mut matches = matcher.matches(text.as_bytes());
    while let Some((found, with)) = matches.next(&|_| true) {
        out.extend_from_slice(&text.as_bytes()[copied..found.range.start]);
        out.extend_from_slice(with);
        copied = found.range.end;
    }
    out.extend_from_slice(&text.as_bytes()[copied..]);
    String::from_utf8_lossy(&out).into_owned()
}

impl Step for UserRules {
    fn name(&self) -> &'static str {
        "rules"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        // Letters of English stand everywhere: it is quicker to look for whole sources in many records at once.
        let is_everywhere = |character: &char| character.is_ascii_alphanumeric() || *character == ' ';
        match self.matcher.first_chars() {
            Some(characters) if !characters.iter().any(is_everywhere) => {
                Triggers::Characters(CharSet::from_chars(characters))
            }
            _ => Triggers::Always,
        }
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        self.matcher.is_absent_from(run)
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let mut matches = self.matcher.matches(draft.text());
        while let Some((found, with)) = matches.next(&|rule| draft.is_enabled(rule)) {
            draft.replace(found.range, with, found.rule);
        }
    }

    fn is_repeatable(&self) -> bool {
        false
    }
}
