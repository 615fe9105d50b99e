//! The text files of a data folder, read into a language.

use crate::catalogue::Folder;
use crate::conventions::Conventions;
use crate::language::Language;
use crate::listing::{DataError, Line, lines};
use crate::script::Script;

/// Reads one folder. Lines that open with `#` and empty lines are passed over in every file.
pub(crate) fn parse_language(folder: &Folder) -> Result<Language, DataError> {
    let mut language = Language {
        code: parse_code(folder)?,
        name: value(folder.language, "name")?,
        scripts: scripts(value(folder.language, "scripts")?)?,
        coverage: percentage(value(folder.language, "coverage")?)?,
        own: Vec::new(),
        foreign: Vec::new(),
        function_words: lines(folder.function_words).flat_map(|line| line.text.split_whitespace()).collect(),
        conventions: Conventions::new(folder),
    };
    for line in lines(folder.letters) {
        let (key, rest) = line.split_key();
        let list = match key {
            "own" => &mut language.own,
            "foreign" => &mut language.foreign,
            _ => return Err(line.error("letters.txt", &format!("unknown key '{key}'"))),
        };
        for letter in rest.split_whitespace() {
            list.push(single_character(line, letter)?);
        }
    }
    Ok(language)
}

/// The code alone.
pub(crate) fn parse_code(folder: &Folder) -> Result<&'static str, DataError> {
    value(folder.language, "code")
}

/// The value of a key of `language.txt`: the rest of the first line that opens with the key.
fn value(text: &'static str, key: &str) -> Result<&'static str, DataError> {
    lines(text)
        .map(Line::split_key)
        .find(|(found, _)| *found == key)
        .map(|(_, value)| value)
        .ok_or_else(|| DataError { file: "language.txt", problem: format!("no line '{key} …'") })
}

fn scripts(names: &str) -> Result<Vec<Script>, DataError> {
    let unknown = |name| DataError { file: "language.txt", problem: format!("unknown script '{name}'") };
    names.split_whitespace().map(|name| Script::named(name).ok_or_else(|| unknown(name))).collect()
}

fn percentage(text: &str) -> Result<u64, DataError> {
    let wrong = || DataError { file: "language.txt", problem: format!("coverage '{text}' is not 0 to 100") };
    text.parse().ok().filter(|share| *share <= 100).ok_or_else(wrong)
}

fn single_character(line: Line, text: &str) -> Result<char, DataError> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => Err(line.error("letters.txt", &format!("'{text}' is not one character"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREEK: &str = "# comment\n\ncode el\nname Greek\nscripts Greek\ncoverage 20\n";

    #[test]
    fn a_folder_is_read() {
        let folder = Folder {
            language: GREEK,
            letters: "own ώ ή\nforeign ϣ\n",
            function_words: "και το\n# x\nμε\n",
            ..Folder::default()
        };
        let language = parse_language(&folder).unwrap();
        assert_eq!((language.code, language.name), ("el", "Greek"));
        assert_eq!(language.scripts().collect::<Vec<_>>(), ["Greek"]);
        assert_eq!(language.coverage, 20);
        assert_eq!((language.own, language.foreign), (vec!['ώ', 'ή'], vec!['ϣ']));
        assert_eq!(language.function_words, ["και", "το", "με"]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let folder = |language, letters| Folder { language, letters, ..Folder::default() };
        let cases = [
            (folder("code el\nname Greek\n", ""), "no line 'scripts …'"),
            (folder("code el\nname Greek\nscripts greek\ncoverage 20\n", ""), "unknown script 'greek'"),
            (
                folder("code el\nname Greek\nscripts Greek\ncoverage 101\n", ""),
                "coverage '101' is not 0 to 100",
            ),
            (folder(GREEK, "owns ώ"), "line 1: unknown key 'owns'"),
            (folder(GREEK, "own ώή"), "line 1: 'ώή' is not one character"),
        ];
        for (folder, problem) in cases {
            assert_eq!(parse_language(&folder).unwrap_err().problem, problem);
        }
    }
}
