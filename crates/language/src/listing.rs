//! The lines of a data file that say something, each with its number for whoever must complain about it.

/// What is wrong with a data file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct DataError {
    /// The file's name, within its folder.
    pub(crate) file: &'static str,
    /// The offending text, or what is missing.
    pub(crate) problem: String,
}

/// A line without the white space around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    /// Counted from 1, comments and empty lines among them.
    pub(crate) number: usize,
    pub(crate) text: &'static str,
}

impl Line {
    /// The first word, and the rest.
    pub(crate) fn split_key(self) -> (&'static str, &'static str) {
        let (key, rest) = self.text.split_once(char::is_whitespace).unwrap_or((self.text, ""));
        (key, rest.trim())
    }

    /// What is wrong with the line, in a file of this name.
    pub(crate) fn error(self, file: &'static str, problem: &str) -> DataError {
        DataError { file, problem: format!("line {}: {problem}", self.number) }
    }
}

/// All lines but empty ones and those that open with `#`.
pub(crate) fn lines(text: &'static str) -> impl Iterator<Item = Line> {
    let numbered =
        text.lines().enumerate().map(|(index, text)| Line { number: index + 1, text: text.trim() });
    numbered.filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

/// Characters as they are, or by code point: `U+06D5` is four hexadecimal digits or more, up to six.
///
/// # Errors
/// What a person should read.
pub(crate) fn characters(token: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = token;
    while let Some(first) = rest.chars().next() {
        let Some(digits) = rest.strip_prefix("U+") else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let length = digits.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let code = u32::from_str_radix(&digits[..length], 16).ok().filter(|_| length >= 4);
        let character = code.and_then(char::from_u32).ok_or_else(|| format!("'{token}' is no code point"))?;
        out.push(character);
        rest = &digits[length..];
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let found: Vec<_> = lines("# note\n\n a  b c \nd\n").collect();
        assert_eq!(found, [Line { number: 3, text: "a  b c" }, Line { number: 4, text: "d" }]);
        assert_eq!((found[0].split_key(), found[1].split_key()), (("a", "b c"), ("d", "")));
        assert_eq!(found[1].error("x.txt", "bad").problem, "line 4: bad");
    }

    #[test]
    fn characters_are_written_either_way() {
        assert_eq!(characters("هU+200C").as_deref(), Ok("ه\u{200C}")); // ZWNJ
        assert_eq!(characters("U+1F600U+06D5").as_deref(), Ok("\u{1F600}ە"));
        for wrong in ["U+", "U+64", "U+D800", "U+110000", "aU+zzzz"] {
            assert!(characters(wrong).is_err(), "{wrong}");
        }
    }
}
