//! Spellings that a language leaves open, which nobody changes unless asked; the grammar of `spelling.txt`.
//!
//! `choice NAME[=VALUE] WHAT IT DOES`, then rules and pairs as in `characters.txt`. Choices of one name exclude each other.

use crate::letters::{LetterRule, Rules, check_name};
use crate::listing::{DataError, lines};

/// One way to spell what can be spelled in several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spelling {
    /// What is spelled: `heh-yeh`.
    pub name: &'static str,
    /// Which way, where there are several: `hamza`.
    pub value: Option<&'static str>,
    /// What it does, as a phrase.
    pub about: &'static str,
    /// How.
    pub rules: Vec<LetterRule>,
}

impl Spelling {
    /// As it is typed: `heh-yeh=hamza`, or the name alone.
    #[must_use]
    pub fn title(&self) -> String {
        self.value.map_or_else(|| self.name.to_owned(), |value| format!("{}={value}", self.name))
    }
}

const FILE: &str = "spelling.txt";

/// Reads `spelling.txt`.
pub(crate) fn parse_spellings(text: &'static str) -> Result<Vec<Spelling>, DataError> {
    let mut spellings: Vec<(Spelling, Rules)> = Vec::new();
    for line in lines(text) {
        let done = match line.split_key() {
            ("choice", rest) => choice(rest).map(|choice| spellings.push((choice, Rules::default()))),
            _ => match spellings.last_mut() {
                Some((_, rules)) => rules.read(line),
                None => Err("a rule before any choice".to_owned()),
            },
        };
        done.map_err(|problem| line.error(FILE, &problem))?;
    }
    Ok(spellings.into_iter().map(|(choice, rules)| Spelling { rules: rules.all, ..choice }).collect())
}

fn choice(text: &'static str) -> Result<Spelling, String> {
    let (title, about) = text.split_once(' ').ok_or("wanted is: choice NAME[=VALUE] WHAT IT DOES")?;
    let (name, value) = match title.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (title, None),
    };
    check_name(name)?;
    value.map_or(Ok(()), check_name)?;
    Ok(Spelling { name, value, about: about.trim(), rules: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_with_their_rules() {
        let text = "choice a One\nrule r lossy R\nة -> ه\nchoice b=c Two\nrule s lossy S\nrule t lossy T\n";
        let spellings = parse_spellings(text).unwrap();
        assert_eq!((spellings[0].name, spellings[0].value, spellings[0].about), ("a", None, "One"));
        assert_eq!(spellings[0].rules[0].pairs.len(), 1);
        assert_eq!((spellings[1].name, spellings[1].value), ("b", Some("c")));
        assert_eq!(spellings[1].rules.len(), 2);
        assert_eq!((spellings[0].title().as_str(), spellings[1].title().as_str()), ("a", "b=c"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, problem) in [
            ("rule r lossy R", "line 1: a rule before any choice"),
            ("choice a", "line 1: wanted is: choice NAME[=VALUE] WHAT IT DOES"),
            ("choice a=B c", "line 1: 'B' is no name"),
            ("choice a b\n\nx -> y", "line 3: a pair before any rule"),
        ] {
            let error = parse_spellings(text).unwrap_err();
            assert_eq!((error.file, error.problem.as_str()), (FILE, problem));
        }
    }
}
