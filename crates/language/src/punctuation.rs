//! How a language sets its punctuation marks; the grammar of `punctuation.txt`.
//!
//! ```text
//! mark NAME FROM TO          beside a letter of the language FROM becomes TO, in the name of the rule punctuation-NAME
//! number-mark NAME FROM TO   the same beside a digit that is not ASCII
//! no-space-before MARK…      what stands directly after the word before it
//! space-after MARK…          what is parted from the word after it
//! brackets OPEN CLOSE …      pairs without a space inside
//! quotes OPEN CLOSE …        the same, and parted from the words outside
//! suffixes WORD…             what is joined to a quotation: no space comes before them
//! faces WORD…                what makes a face of a colon before it
//! ```

use crate::letters::check_name;
use crate::listing::{DataError, Line, characters, lines};

/// What one language does with punctuation marks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Punctuation {
    /// Marks that others stand for beside letters of the language.
    pub marks: Vec<Mark>,
    /// Marks that others stand for beside its digits.
    pub number_marks: Vec<Mark>,
    /// Marks with no space before them.
    pub no_space_before: Vec<char>,
    /// Marks with a space between them and the next word.
    pub space_after: Vec<char>,
    /// Pairs with no space inside.
    pub brackets: Vec<(char, char)>,
    /// Pairs with no space inside, and with one outside.
    pub quotes: Vec<(char, char)>,
    /// Words that follow a closing quotation mark without a space.
    pub suffixes: Vec<&'static str>,
    /// Words that make a face of a colon before them, as D does in Latin script.
    pub faces: Vec<&'static str>,
}

/// A mark that stands for another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Its name: `comma`.
    pub name: &'static str,
    /// What is typed.
    pub from: char,
    /// What should stand there.
    pub to: char,
}

const FILE: &str = "punctuation.txt";

/// Reads `punctuation.txt`; none if it is empty.
pub(crate) fn parse_punctuation(text: &'static str) -> Result<Option<Punctuation>, DataError> {
    let mut punctuation = None;
    for line in lines(text) {
        let all = punctuation.get_or_insert_with(Punctuation::default);
        add(line, all).map_err(|problem| line.error(FILE, &problem))?;
    }
    Ok(punctuation)
}

fn add(line: Line, all: &mut Punctuation) -> Result<(), String> {
    let (key, rest) = line.split_key();
    match key {
        "mark" => all.marks.push(mark(rest)?),
        "number-mark" => all.number_marks.push(mark(rest)?),
        "no-space-before" => all.no_space_before.extend(singles(rest)?),
        "space-after" => all.space_after.extend(singles(rest)?),
        "brackets" => all.brackets.extend(pairs(rest)?),
        "quotes" => all.quotes.extend(pairs(rest)?),
        "suffixes" => all.suffixes.extend(rest.split_whitespace()),
        "faces" => all.faces.extend(rest.split_whitespace()),
        _ => return Err(format!("unknown key '{key}'")),
    }
    Ok(())
}

fn mark(text: &'static str) -> Result<Mark, String> {
    let (name, rest) = text.split_once(' ').ok_or("wanted are a name and two marks")?;
    check_name(name)?;
    match singles(rest)?[..] {
        [from, to] => Ok(Mark { name, from, to }),
        _ => Err("wanted are a name and two marks".to_owned()),
    }
}

fn pairs(text: &str) -> Result<Vec<(char, char)>, String> {
    let marks = singles(text)?;
    let (pairs, rest) = marks.as_chunks::<2>();
    if rest.is_empty() {
        Ok(pairs.iter().map(|&[open, close]| (open, close)).collect())
    } else {
        Err("a mark without its partner".to_owned())
    }
}

fn singles(text: &str) -> Result<Vec<char>, String> {
    let single = |token: &str| {
        let all = characters(token)?;
        let mut each = all.chars();
        match (each.next(), each.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(format!("'{token}' is not one character")),
        }
    };
    text.split_whitespace().map(single).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        let text = "mark comma , U+060C\nno-space-before ، !\nspace-after ،\nbrackets ( ) [ ]\nquotes « »\nsuffixes ها ی\nfaces دی\n";
        let punctuation = parse_punctuation(text).unwrap().unwrap();
        assert_eq!(punctuation.marks, [Mark { name: "comma", from: ',', to: '،' }]);
        assert_eq!(punctuation.no_space_before, ['،', '!']);
        assert_eq!(punctuation.brackets, [('(', ')'), ('[', ']')]);
        assert_eq!(punctuation.suffixes, ["ها", "ی"]);
        assert_eq!(punctuation.faces, ["دی"]);
        assert_eq!(parse_punctuation("# nothing\n"), Ok(None));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, problem) in [
            ("marks x", "line 1: unknown key 'marks'"),
            ("#\nmark comma ,", "line 2: wanted are a name and two marks"),
            ("mark Comma , ،", "line 1: 'Comma' is no name"),
            ("quotes « » “", "line 1: a mark without its partner"),
            ("space-after ab", "line 1: 'ab' is not one character"),
        ] {
            let error = parse_punctuation(text).unwrap_err();
            assert_eq!((error.file, error.problem.as_str()), (FILE, problem));
        }
    }
}
