//! Sets of scripts, and the script of a token.

use std::str::FromStr;

use rewrite::UnknownName;
use unicode::{Script, utf8};

/// Some scripts. A token is of the script of its first character that is neither Common nor Inherited (UAX #24), and Common if it
/// has none: digits, punctuation and emoji are Common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptSet(Vec<Script>);

impl ScriptSet {
    /// Whether a token is of one of them.
    pub fn takes(&self, token: &[u8]) -> bool {
        self.0.contains(&script_of(token))
    }
}

impl FromStr for ScriptSet {
    type Err = UnknownName;

    /// Codes or names of UAX #24 with commas between them, in any case.
    ///
    /// ```
    /// use tokenize::ScriptSet;
    /// let scripts: ScriptSet = "latn,Arabic".parse()?;
    /// assert!(scripts.takes("کتاب".as_bytes()) && !scripts.takes("книга".as_bytes()));
    /// # Ok::<(), rewrite::UnknownName>(())
    /// ```
    fn from_str(names: &str) -> Result<ScriptSet, UnknownName> {
        names.split(',').map(|name| script_called(name.trim())).collect::<Result<_, _>>().map(ScriptSet)
    }
}

fn script_called(name: &str) -> Result<Script, UnknownName> {
    let is_called = |script: &Script| {
        script.code().eq_ignore_ascii_case(name) || script.name().eq_ignore_ascii_case(name)
    };
    let known = || Script::ALL.iter().flat_map(|script| [script.name(), script.code()]);
    Script::ALL.iter().copied().find(is_called).ok_or_else(|| UnknownName::new("script", name, known()))
}

fn script_of(token: &[u8]) -> Script {
    let mut at = 0;
    while at < token.len() {
        let (character, length) = utf8::decode(&token[at..]);
        let script = Script::of(character);
        if !matches!(script, Script::Common | Script::Inherited) {
            return script;
        }
        at += length;
    }
    Script::Common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_the_script_of_its_first_letter() {
        let scripts = [
            ("5km", Script::Latin),
            ("«کتاب", Script::Arabic),
            ("5", Script::Common),
            ("\u{301}я", Script::Cyrillic),
        ];
        for (token, script) in scripts {
            assert_eq!(script_of(token.as_bytes()), script, "{token}");
        }
        assert_eq!(script_of(b"\xFF"), script_of("\u{FFFD}".as_bytes()));
    }

    #[test]
    fn names_that_no_script_has_are_refused() {
        let problem =
            "Latn,arabik".parse::<ScriptSet>().map_err(|error| error.to_string()).expect_err("unknown");
        assert!(problem.starts_with("no script is called 'arabik'; the nearest are Arabic"), "{problem}");
    }
}
