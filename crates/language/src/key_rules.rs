//! What spellings of one word differ in, by language: the rules of keys, which texts are compared by.

use crate::catalogue::{FOLDERS, Folder};
use crate::parse::{DataError, lines, parse_code};

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
        if let Some(names) = line.strip_prefix("with ") {
            rules.with.extend(names.split_whitespace());
        } else if line == "join affixes" {
            rules.joins_affixes = true;
        } else if let Some((from, to)) = line.split_once("->") {
            let to: String = characters(to.trim())?.into_iter().collect();
            for item in from.split_whitespace() {
                add_folds(&mut rules.folds, item, &to)?;
            }
        } else {
            return Err(problem(format!(
                "a line is 'with NAMES', 'join affixes' or 'A B -> C', not '{line}'"
            )));
        }
    }
    Ok(rules)
}

/// An item is characters in a row, or a range of single ones: `\u{64B}..\u{65F}`.
fn add_folds(folds: &mut Vec<KeyFold>, item: &str, to: &str) -> Result<(), DataError> {
    let Some((first, last)) = item.split_once("..") else {
        folds.push(KeyFold { from: characters(item)?, to: to.to_owned() });
        return Ok(());
    };
    match (characters(first)?.as_slice(), characters(last)?.as_slice()) {
        (&[first], &[last]) if first < last => {
            folds
                .extend((first..=last).map(|character| KeyFold { from: vec![character], to: to.to_owned() }));
            Ok(())
        }
        _ => Err(problem(format!("'{item}' is no range of characters"))),
    }
}

/// Characters as they are, or as `\u{200C}`.
fn characters(text: &str) -> Result<Vec<char>, DataError> {
    let mut pieces = text.split("\\u{");
    let mut found: Vec<char> = pieces.next().unwrap_or_default().chars().collect();
    for piece in pieces {
        let read = piece
            .split_once('}')
            .and_then(|(code, rest)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, rest)));
        let (character, rest) =
            read.ok_or_else(|| problem(format!("'{text}' holds no escape \\u{{200C}}")))?;
        found.push(character);
        found.extend(rest.chars());
    }
    Ok(found)
}

fn problem(problem: String) -> DataError {
    DataError { file: "key.txt", problem }
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
            parse("# note\nwith nfc digits\njoin affixes\nab \\u{63}..e -> x\n\\u{640} ->\n").expect("rules");
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
            ("\\u{x} -> a", "no escape"),
            ("b..a -> c", "no range"),
            ("ab..c -> c", "no range"),
            ("\\u{110000} ->", "no escape"),
        ] {
            let found = parse(text).expect_err("not well-formed").problem;
            assert!(found.contains(wanted), "{text}: {found}");
        }
    }
}
