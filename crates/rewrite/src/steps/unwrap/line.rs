//! The lines of a text, and how the first characters of one tell whether it goes on from the one before.

use memchr::memchr;
use unicode::{space, utf8};

/// A line and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    pub text: &'t [u8],
    pub start: usize,
    /// Behind its last character.
    pub end: usize,
    /// Behind its LF or CRLF, if it has one.
    pub next: usize,
}

/// What a line is to the one before it and the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// White space only: it parts paragraphs.
    Blank,
    /// A heading, rule, quotation, row of a table or indented line: neither joins nor is joined.
    Alone,
    /// An item of a list, or a paragraph that opens with U+3000: others may be joined to it.
    First,
    /// Any other.
    Plain,
}

impl<'t> Line<'t> {
    /// The line that begins at `start`.
    pub fn at(text: &'t [u8], start: usize) -> Self {
        let (end, next) = match memchr(b'\n', &text[start..]) {
            Some(length) => (start + length, start + length + 1),
            None => (text.len(), text.len()),
        };
        let end = end - usize::from(next > end && text[start..end].ends_with(b"\r"));
        Line { text: &text[start..end], start, end, next }
    }

    /// Its text without the blanks, spaces and tabs, at both ends.
    pub fn content(&self) -> &'t [u8] {
        let start = blanks(self.text);
        &self.text[start..self.content_end().max(start)]
    }

    /// How many bytes of it come before its content.
    pub fn indent(&self) -> usize {
        blanks(self.text)
    }

    /// How many bytes of it come before the blanks at its end.
    pub fn content_end(&self) -> usize {
        self.text.iter().rposition(|&byte| !is_blank(byte)).map_or(0, |last| last + 1)
    }

    /// What it is after an item whose text stands `hanging` characters from its line's start, or zero: lines that are
    /// indented as far go on from it.
    pub fn opening(&self, hanging: usize) -> Opening {
        if space::trim_start(self.text).is_empty() {
            return Opening::Blank;
        }
        let indent = &self.text[..self.indent()];
        let content = self.content();
        if indent.len() > hanging.max(INDENT_MAX) || indent.contains(&b'\t') || is_alone(content) {
            Opening::Alone
        } else if content.starts_with("\u{3000}".as_bytes()) || after_marker(content).is_some() {
            Opening::First
        } else {
            Opening::Plain
        }
    }

    /// Whether it is nothing but the sign or number of an item.
    pub fn is_marker(&self) -> bool {
        after_marker(self.content()).is_some_and(<[u8]>::is_empty)
    }

    /// How many characters an item has before its text; zero for other lines.
    pub fn hanging(&self) -> usize {
        let content = self.content();
        let Some(rest) = after_marker(content) else { return 0 };
        let marker = &content[..content.len() - rest.len() + blanks(rest)];
        self.indent() + utf8::count_chars(marker) as usize
    }
}

/// Spaces before a line that mean nothing by themselves.
const INDENT_MAX: usize = 3;

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn blanks(text: &[u8]) -> usize {
    text.iter().position(|&byte| !is_blank(byte)).unwrap_or(text.len())
}

/// A quotation or row; a heading: up to six `#`; a rule: three or more of one character.
fn is_alone(content: &[u8]) -> bool {
    let signs = content.iter().take_while(|&&byte| byte == b'#').count();
    match content.first() {
        Some(b'>' | b'|') => true,
        Some(b'#') => signs <= 6 && ends_marker(&content[signs..]),
        Some(&sign @ (b'-' | b'=' | b'*' | b'_' | b'~')) => {
            let count = content.iter().filter(|&&byte| byte == sign).count();
            count >= 3 && content.iter().all(|&byte| byte == sign || is_blank(byte))
        }
        _ => false,
    }
}

/// Signs of an item that need a blank behind them, because they may be part of a word or sentence.
const DASHES: [&str; 6] = ["-", "*", "+", "·", "\u{2013}", "\u{2014}"];

/// Signs of an item that are nothing else.
const BULLETS: [&str; 8] = ["•", "‣", "◦", "▪", "▫", "●", "○", "■"];

/// Digits of a number that an item may have, of any script.
const DIGITS_MAX: usize = 3;

/// What follows the sign or number of an item.
fn after_marker(content: &[u8]) -> Option<&[u8]> {
    let after = |signs: &[&str]| signs.iter().find_map(|sign| content.strip_prefix(sign.as_bytes()));
    if let Some(rest) = after(&BULLETS).or_else(|| after(&DASHES).filter(|rest| ends_marker(rest))) {
        return Some(rest);
    }
    let (mut at, mut digits) = (0, 0);
    while digits <= DIGITS_MAX && unicode::digit::value(utf8::decode(&content[at..]).0).is_some() {
        at += utf8::decode(&content[at..]).1;
        digits += 1;
    }
    let (sign, rest) = content[at..].split_first()?;
    let ends = match sign {
        b'.' | b')' => ends_marker(rest),
        // A hyphen at the end of the line belongs to a word that goes on.
        b'-' => rest.first().is_some_and(|&byte| is_blank(byte)),
        _ => false,
    };
    ((1..=DIGITS_MAX).contains(&digits) && ends).then_some(rest)
}

fn ends_marker(rest: &[u8]) -> bool {
    rest.first().is_none_or(|&byte| is_blank(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        let cases: [(Opening, &[&str]); 4] = [
            (Opening::Blank, &["", " ", "\t", "\u{A0}\u{3000}", "\u{C}"]),
            (
                Opening::Alone,
                &[
                    "    x",
                    "\tx",
                    "  \tx",
                    "> x",
                    ">x",
                    "| a | b |",
                    "# x",
                    "######",
                    "---",
                    "* * *",
                    " =====",
                    "~~~ ",
                ],
            ),
            (
                Opening::First,
                &[
                    "- x",
                    "* x",
                    "+\tx",
                    "-",
                    "•x",
                    "  • x",
                    "1. x",
                    "12) x",
                    "999.",
                    "۱- متن",
                    "۱۲. متن",
                    "— Да",
                    "\u{3000}段",
                ],
            ),
            (
                Opening::Plain,
                &[
                    "x",
                    "   x",
                    "-x",
                    "--",
                    "*x*",
                    "#x",
                    "####### x",
                    "1.5",
                    "1984. x",
                    "1",
                    "1-",
                    "1-2",
                    "-- x",
                    "a) x",
                    "\u{FEFF}",
                ],
            ),
        ];
        for (opening, lines) in cases {
            for line in lines {
                assert_eq!(Line::at(line.as_bytes(), 0).opening(0), opening, "{line:?}");
            }
        }
    }

    #[test]
    fn items_have_a_hanging_indent() {
        for (line, hanging) in [("x", 0), ("- x", 2), ("  •  x", 5), ("۱۲. x", 4), ("-", 1), ("\u{3000}x", 0)]
        {
            assert_eq!(Line::at(line.as_bytes(), 0).hanging(), hanging, "{line:?}");
        }
        assert_eq!(Line::at(b"     x", 0).opening(5), Opening::Plain);
        assert_eq!(Line::at(b"      x", 0).opening(5), Opening::Alone);
        assert_eq!(Line::at(b"   x", 0).opening(2), Opening::Plain);
    }

    #[test]
    fn lines_end_with_lf_or_crlf() {
        let text = b" ab \r\nc\rd\n\r\n\r";
        let mut lines = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let line = Line::at(text, start);
            lines.push((line.text, line.content()));
            start = line.next;
        }
        let expected: [(&[u8], &[u8]); 4] =
            [(b" ab ", b"ab"), (b"c\rd", b"c\rd"), (b"", b""), (b"\r", b"\r")];
        assert_eq!(lines, expected);
    }
}
