//! What becomes of letters that a language does without, as rules with names; the grammar of `characters.txt`.
//!
//! ```text
//! rule NAME lossless|lossy WHAT IT DOES
//! FROM -> TO [, if CONDITION | , unless CONDITION]…
//! then
//! ```
//!
//! A pair belongs to the rule above it. Rules below `then` see what those above it have made of a text; other rules, and all
//! conditions, see what was there before. FROM, TO and the items of a LIST are characters without spaces between them, each
//! as it is or by its code point (`U+06CC`); TO may be `nothing`. A *letter* is of general category L, but no tatweel; a *word*
//! is a run of letters, marks, tatweel, ZWNJ, ZWJ and soft hyphens.
//!
//! | CONDITION | holds where |
//! |---|---|
//! | `at word start`, `at word end` | no character of a word stands directly before, after |
//! | `before letter` | what follows, past marks and tatweel, is a letter |
//! | `between letters` | letters of a cursive script stand on both sides, past marks, tatweel, ZWNJ, ZWJ, soft hyphens and U+00AC |
//! | `after joining letter` | the letter before, past the same, joins the letter after it, as beh and unlike alef |
//! | `before LIST`, `after LIST` | an item of the list stands directly after, before |
//! | `marked LIST` | an item stands among the marks that follow |
//! | `word has LIST` | an item stands in the word |
//! | `line has LIST` | an item stands in the line; only after `unless` |

use crate::listing::{DataError, Line, characters, lines};

/// Replacements of letters in the name of one reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LetterRule {
    /// The name that people type, in lower case, its words joined by `-`: `arabic-yeh`.
    pub name: &'static str,
    /// What it does, as a phrase.
    pub about: &'static str,
    /// Two texts that readers tell apart may become the same.
    pub is_lossy: bool,
    /// How many lines `then` stand above it.
    pub pass: usize,
    /// In the order of the file: of those that match at a place the longest counts, of these the first whose conditions hold.
    pub pairs: Vec<Pair>,
}

/// One sequence of characters that becomes another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair {
    /// Never empty, and without white space.
    pub from: String,
    /// May be empty.
    pub to: String,
    /// All of them must hold.
    pub conditions: Vec<Condition>,
}

/// Where a pair applies, or where it does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// False for `unless`.
    pub is_wanted: bool,
    /// What is asked.
    pub place: Place,
}

/// What can be asked about a place; the table above says what each of them means.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Place {
    AtWordStart,
    AtWordEnd,
    BeforeLetter,
    BetweenLetters,
    AfterJoiningLetter,
    Before(Vec<String>),
    After(Vec<String>),
    Marked(Vec<String>),
    WordHas(Vec<String>),
    LineHas(Vec<String>),
}

const FILE: &str = "characters.txt";

/// Reads `characters.txt`.
pub(crate) fn parse_characters(text: &'static str) -> Result<Vec<LetterRule>, DataError> {
    let mut rules = Rules::default();
    for line in lines(text) {
        rules.read(line).map_err(|problem| line.error(FILE, &problem))?;
    }
    Ok(rules.all)
}

/// The rules read so far.
#[derive(Default)]
pub(crate) struct Rules {
    pub(crate) all: Vec<LetterRule>,
    pass: usize,
}

impl Rules {
    /// Adds what one line says: a rule, or a pair of the last rule.
    pub(crate) fn read(&mut self, line: Line) -> Result<(), String> {
        match line.split_key() {
            ("then", "") => self.pass += 1,
            ("rule", rest) => self.all.push(rule(rest, self.pass)?),
            _ => {
                let last = self.all.last_mut().ok_or("a pair before any rule")?;
                last.pairs.push(pair(line.text)?);
            }
        }
        Ok(())
    }
}

fn rule(text: &'static str, pass: usize) -> Result<LetterRule, String> {
    let wanted = "wanted is: rule NAME lossless|lossy WHAT IT DOES";
    let (name, rest) = text.split_once(' ').ok_or(wanted)?;
    let (kind, about) = rest.trim().split_once(' ').ok_or(wanted)?;
    let is_lossy = match kind {
        "lossless" => false,
        "lossy" => true,
        _ => return Err(wanted.to_owned()),
    };
    check_name(name)?;
    Ok(LetterRule { name, about: about.trim(), is_lossy, pass, pairs: Vec::new() })
}

/// Names are typed on command lines, with commas between them.
pub(crate) fn check_name(name: &str) -> Result<(), String> {
    let is_plain =
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_plain && !name.is_empty() { Ok(()) } else { Err(format!("'{name}' is no name")) }
}

fn pair(text: &str) -> Result<Pair, String> {
    let mut parts = text.split(", ");
    let (from, to) = parts.next().and_then(|pair| pair.split_once("->")).ok_or("wanted is: FROM -> TO")?;
    let from = sequence(from)?;
    if from.is_empty() || from.contains(char::is_whitespace) {
        return Err("what is replaced is nothing, or white space".to_owned());
    }
    let conditions = parts.map(condition).collect::<Result<_, _>>()?;
    Ok(Pair { from, to: sequence(to)?, conditions })
}

fn sequence(text: &str) -> Result<String, String> {
    match text.trim() {
        "nothing" => Ok(String::new()),
        token if token.contains(char::is_whitespace) => Err(format!("'{token}' has a space inside")),
        token => characters(token),
    }
}

fn condition(text: &str) -> Result<Condition, String> {
    let unknown = || format!("unknown condition '{text}'");
    let (mood, rest) = text.trim().split_once(' ').ok_or_else(unknown)?;
    let is_wanted = match mood {
        "if" => true,
        "unless" => false,
        _ => return Err(unknown()),
    };
    let place = place(rest.trim())?.ok_or_else(unknown)?;
    if is_wanted && matches!(place, Place::LineHas(_)) {
        return Err("a line can only be asked after 'unless'".to_owned());
    }
    Ok(Condition { is_wanted, place })
}

/// How a condition with a list opens, and what is asked then.
type ListCondition = (&'static str, fn(Vec<String>) -> Place);

const LISTS: [ListCondition; 5] = [
    ("before ", Place::Before),
    ("after ", Place::After),
    ("marked ", Place::Marked),
    ("word has ", Place::WordHas),
    ("line has ", Place::LineHas),
];

fn place(text: &str) -> Result<Option<Place>, String> {
    let plain = match text {
        "at word start" => Some(Place::AtWordStart),
        "at word end" => Some(Place::AtWordEnd),
        "before letter" => Some(Place::BeforeLetter),
        "between letters" => Some(Place::BetweenLetters),
        "after joining letter" => Some(Place::AfterJoiningLetter),
        _ => None,
    };
    if plain.is_some() {
        return Ok(plain);
    }
    for (key, place) in LISTS {
        if let Some(list) = text.strip_prefix(key) {
            let items = list.split_whitespace().map(characters).collect::<Result<Vec<_>, _>>()?;
            return if items.is_empty() { Err("an empty list".to_owned()) } else { Ok(Some(place(items))) };
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_with_their_pairs() {
        let text = "# note\nrule one lossless A thing  \nU+064A -> ی, unless marked U+0654\n\nthen\nrule two lossy B\nه -> nothing, if at word end, if after ب U+067E, if after joining letter\n";
        let rules = parse_characters(text).unwrap();
        assert_eq!((rules[0].name, rules[0].about, rules[0].is_lossy), ("one", "A thing", false));
        let pair = &rules[0].pairs[0];
        assert_eq!((pair.from.as_str(), pair.to.as_str()), ("ي", "ی"));
        let marked = Condition { is_wanted: false, place: Place::Marked(vec!["\u{654}".to_owned()]) };
        assert_eq!(pair.conditions, [marked]);
        let pair = &rules[1].pairs[0];
        assert_eq!((rules[0].pass, rules[1].pass), (0, 1));
        assert!(rules[1].is_lossy && pair.to.is_empty());
        assert_eq!(pair.conditions[1].place, Place::After(vec!["ب".to_owned(), "پ".to_owned()]));
        assert_eq!(pair.conditions[2].place, Place::AfterJoiningLetter);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, problem) in [
            ("a -> b", "line 1: a pair before any rule"),
            ("rule x maybe y", "line 1: wanted is: rule NAME lossless|lossy WHAT IT DOES"),
            ("rule X lossy y", "line 1: 'X' is no name"),
            ("rule x lossy y\n\na b", "line 3: wanted is: FROM -> TO"),
            ("rule x lossy y\nnothing -> b", "line 2: what is replaced is nothing, or white space"),
            ("rule x lossy y\na -> b c", "line 2: 'b c' has a space inside"),
            ("rule x lossy y\na -> U+12", "line 2: 'U+12' is no code point"),
            ("rule x lossy y\na -> b, if nice", "line 2: unknown condition 'if nice'"),
            ("rule x lossy y\na -> b, when after c", "line 2: unknown condition 'when after c'"),
            ("rule x lossy y\na -> b, if line has c", "line 2: a line can only be asked after 'unless'"),
        ] {
            let error = parse_characters(text).unwrap_err();
            assert_eq!((error.file, error.problem.as_str()), (FILE, problem));
        }
    }
}
