//! What spellings of one word differ in, by language: the rules of keys, which texts are compared by.

use crate::catalogue::{FOLDERS, Folder};
use crate::listing::{DataError, Line, characters, lines};
use crate::parse::parse_code;

/// What a key of a language folds, as `key.txt` of its folder says.
///
/// ```
/// use language::KeyRules;
///
/// let rules = KeyRules::for_code("fa").expect("Persian has rules");
/// assert!(rules.joins_affixes && rules.with.contains(&"digits"));
/// assert!(rules.folds.iter().any(|fold| fold.from == ['ي'] && fold.to == "ی"));
/// assert!(KeyRules::for_code("en").is_none());
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeyRules {
    /// Foldings that no language owns, by name: `nfc`, `presentation-forms`, `digits`, `zwnj`, …
    pub with: Vec<&'static str>,
    /// A word and an affix of it that stand beside each other are one.
    pub joins_affixes: bool,
    /// What becomes of characters.
    pub folds: Vec<KeyFold>,
}

/// Characters in a row, and what stands for them in a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyFold {
    /// At least one.
    pub from: Vec<char>,
    /// May be nothing.
    pub to: String,
}

impl KeyRules {
    /// The rules of a language, or `None` if it has none. Read anew at each call.
    #[must_use]
    pub fn for_code(code: &str) -> Option<KeyRules> {
        let folder = with_rules().find(|folder| parse_code(folder) == Ok(code))?;
        Some(parse(folder.key).expect("the data is constant, and a test reads it"))
    }

    /// The codes of languages that have rules, in byte order.
    ///
    /// ```
    /// assert!(language::KeyRules::codes().eq(["ar", "ckb", "fa", "ps", "ur"]));
    /// ```
    pub fn codes() -> impl Iterator<Item = &'static str> {
        with_rules().filter_map(|folder| parse_code(folder).ok())
    }
}

fn with_rules() -> impl Iterator<Item = &'static Folder> {
    FOLDERS.iter().filter(|folder| !folder.key.is_empty())
}

fn parse(text: &'static str) -> Result<KeyRules, DataError> {
    let mut rules = KeyRules::default();
    for line in lines(text) {
        if let Some(names) = line.text.strip_prefix("with ") {
            rules.with.extend(names.split_whitespace());
        } else if line.text == "join affixes" {
            rules.joins_affixes = true;
        } else if let Some((from, to)) = line.text.split_once("->") {
            let to = characters(to.trim()).map_err(|problem| wrong(line, &problem))?;
            for item in from.split_whitespace() {
                add_folds(&mut rules.folds, line, item, &to)?;
            }
        } else {
            return Err(wrong(line, "a line is 'with NAMES', 'join affixes' or 'A B -> C'"));
        }
    }
    Ok(rules)
}

/// An item is characters in a row, or a range of single ones: `U+064B..U+065F`.
fn add_folds(folds: &mut Vec<KeyFold>, line: Line, item: &str, to: &str) -> Result<(), DataError> {
    let read = |text| characters(text).map_err(|problem| wrong(line, &problem));
    let fold = |from: Vec<char>| KeyFold { from, to: to.to_owned() };
    let Some((first, last)) = item.split_once("..") else {
        folds.push(fold(read(item)?.chars().collect()));
        return Ok(());
    };
    let (first, last): (Vec<char>, Vec<char>) =
        (read(first)?.chars().collect(), read(last)?.chars().collect());
    match (first.as_slice(), last.as_slice()) {
        (&[first], &[last]) if first < last => {
            folds.extend((first..=last).map(|character| fold(vec![character])));
            Ok(())
        }
        _ => Err(wrong(line, &format!("'{item}' is no range of characters"))),
    }
}

fn wrong(line: Line, problem: &str) -> DataError {
    line.error("key.txt", problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_well_formed() {
        for folder in with_rules() {
            let rules = parse(folder.key).expect("well-formed");
            assert!(!rules.folds.is_empty());
            // A character that stands for others stands for itself: else the order of lines would matter.
            for fold in &rules.folds {
                let is_kept = |character: char| !rules.folds.iter().any(|other| other.from == [character]);
                assert!(fold.to.chars().all(is_kept), "{}: {fold:?}", folder.language);
                assert_eq!(rules.folds.iter().filter(|other| other.from == fold.from).count(), 1, "{fold:?}");
            }
        }
    }

    #[test]
    fn lines_are_read() {
        let rules =
            parse("# note\nwith nfc digits\njoin affixes\nab U+0063..e -> x\nU+0640 ->\n").expect("rules");
        assert_eq!((rules.with, rules.joins_affixes), (vec!["nfc", "digits"], true));
        let folds: Vec<_> =
            rules.folds.iter().map(|fold| (fold.from.iter().collect::<String>(), fold.to.as_str())).collect();
        let wanted = [("ab", "x"), ("c", "x"), ("d", "x"), ("e", "x"), ("\u{640}", "")]; // TATWEEL
        assert_eq!(folds, wanted.map(|(from, to)| (from.to_owned(), to)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, wanted) in [
            ("a b", "a line is"),
            ("U+x -> a", "no code point"),
            ("b..a -> c", "no range"),
            ("ab..c -> c", "no range"),
            ("U+110000 ->", "no code point"),
        ] {
            let found = parse(text).expect_err("not well-formed").problem;
            assert!(found.contains(wanted), "{text}: {found}");
        }
    }
}
