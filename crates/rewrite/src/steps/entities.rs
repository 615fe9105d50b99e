//! Character references of HTML become the characters that they stand for, once.

mod names;

use memchr::memchr;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

const NAMED: usize = 0;
const NUMERIC: usize = 1;

/// Named references of the HTML Standard and numeric ones, decoded as its tokenizer decodes them in text, section
/// 13.2.5.72 and after.
///
/// - The longest name counts, whatever follows: `&notit;` is `¬it;`, `&notin;` is `∉`. Names that are legal without
///   `;` need none.
/// - `&#1601`, `&#x641;`: with or without `;`. NUL, surrogates and what is no code point become U+FFFD; 0x80 to 0x9F
///   stand for what windows-1252 has there; noncharacters and controls stand for themselves.
/// - What is no reference stays: `AT&T`, `& `, `&#;`, `&nosuchname;`.
///
/// Nothing is decoded twice, `&amp;lt;` becomes `&lt;`: the step is not repeatable, and a text that is rewritten again
/// may be decoded again.
#[derive(Debug, Clone)]
pub struct Entities {
    rules: [Rule; 2],
    keeps_line: bool,
}

impl Entities {
    /// Decodes every reference.
    pub fn new() -> Self {
        Entities {
            rules: [
                Rule::lossless("entity-named", "a named character reference becomes what it stands for"),
                Rule::lossless("entity-numeric", "a numeric character reference becomes its character"),
            ],
            keeps_line: false,
        }
    }

    /// For records that are lines: a reference to LF or CR becomes a space, which is what browsers show for it, since
    /// the character itself would end the record.
    #[must_use]
    pub fn within_a_line(self) -> Self {
        Entities { keeps_line: true, ..self }
    }

    fn decode(&self, draft: &mut Draft<'_>, at: usize) -> Option<usize> {
        let rest = &draft.text()[at + 1..];
        let mut buffer = [0; 8];
        let mut filled = 0;
        let mut put = |character: char| {
            let character = if self.keeps_line && matches!(character, '\n' | '\r') { ' ' } else { character };
            filled += character.encode_utf8(&mut buffer[filled..]).len();
        };
        let (rule, length) = if let Some(number) = rest.strip_prefix(b"#") {
            let (length, character) = numeric(number)?;
            put(character);
            (NUMERIC, 1 + length)
        } else {
            let entry = names::longest(rest)?;
            entry.characters().for_each(put);
            (NAMED, entry.name.len())
        };
        let end = at + 1 + length;
        draft.replace(at..end, &buffer[..filled], rule);
        Some(end)
    }
}

impl Default for Entities {
    fn default() -> Self {
        Self::new()
    }
}

impl Step for Entities {
    fn name(&self) -> &'static str {
        "entities"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::from_chars(['&']))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let mut from = 0;
        while let Some(found) = memchr(b'&', &text[from..]) {
            let at = from + found;
            from = self.decode(draft, at).unwrap_or(at + 1);
        }
    }

    fn is_repeatable(&self) -> bool {
        false
    }
}

/// The length of what follows `&#` in a numeric reference, and its character.
fn numeric(text: &[u8]) -> Option<(usize, char)> {
    let (start, radix) = if matches!(text.first(), Some(b'x' | b'X')) { (1, 16) } else { (0, 10) };
    let digits = text[start..].iter().map_while(|&byte| char::from(byte).to_digit(radix));
    // What is out of range must stay so, however long the number.
    let (count, code) = digits.fold((0, 0_u32), |(count, code), digit| {
        (count + 1, code.saturating_mul(radix).saturating_add(digit))
    });
    if count == 0 {
        return None;
    }
    let end = start + count;
    Some((end + usize::from(text.get(end) == Some(&b';')), referenced(code)))
}

/// The character for a number: section 13.2.5.80, numeric character reference end state.
fn referenced(code: u32) -> char {
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS_1252[code as usize - 0x80],
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// What 0x80 to 0x9F stand for; those that windows-1252 leaves open are controls.
const WINDOWS_1252: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}', // 0x80
    '\u{2C6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', // 0x88
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}',
    '\u{2014}', // 0x90
    '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}', // 0x98
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewriter::{Rewriter, Scratch};

    /// Texts, what becomes of them, and why.
    const CASES: &str = include_str!("../../tests/data/steps/entities.tsv");

    fn rewritten(step: Entities, text: &[u8]) -> Vec<u8> {
        Rewriter::new(vec![Box::new(step)]).rewrite(text, &mut Scratch::default()).to_vec()
    }

    #[test]
    fn cases() {
        let mut checked = 0;
        for line in CASES.lines().filter(|line| !line.starts_with('#')) {
            let [text, expected, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three columns: {line}")
            };
            let expected = expected.parse::<Escaped>().expect("escapes").0;
            let result = String::from_utf8(rewritten(Entities::new(), text.as_bytes())).expect("well-formed");
            assert_eq!(result, expected, "{text}: {reason}");
            checked += 1;
        }
        assert!(checked > 40);
    }

    /// `\u{XXXX}` in the case file.
    struct Escaped(String);

    impl std::str::FromStr for Escaped {
        type Err = &'static str;

        fn from_str(text: &str) -> Result<Self, Self::Err> {
            let mut pieces = text.split("\\u{");
            let mut out = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                let (code, rest) = piece.split_once('}').ok_or("a brace is open")?;
                let code = u32::from_str_radix(code, 16).map_err(|_| "not a number")?;
                out.push(char::from_u32(code).ok_or("no character")?);
                out.push_str(rest);
            }
            Ok(Escaped(out))
        }
    }

    #[test]
    fn a_reference_does_not_end_a_line() {
        let within = |text: &[u8]| rewritten(Entities::new().within_a_line(), text);
        assert_eq!(within(b"a&#10;b&#xD;c&NewLine;d&Tab;e"), b"a b c d\te");
        assert_eq!(rewritten(Entities::new(), b"a&#10;b&#xD;c&NewLine;d"), b"a\nb\rc\nd");
    }

    #[test]
    fn rules_stand_alone() {
        let only = |rule: &str, text: &str| {
            let mut rewriter = Rewriter::new(vec![Box::new(Entities::new())]);
            rewriter.only(&[rule]).expect("a rule");
            let mut scratch = Scratch::default();
            String::from_utf8(rewriter.rewrite(text.as_bytes(), &mut scratch).to_vec()).expect("well-formed")
        };
        assert_eq!(only("entity-named", "&lt;&#60;&amp;#60;"), "<&#60;&#60;");
        assert_eq!(only("entity-numeric", "&lt;&#60;&#38;lt;&amp;#60;"), "&lt;<&lt;&amp;#60;");
    }

    #[test]
    fn ill_formed_bytes_stay() {
        assert_eq!(
            rewritten(Entities::new(), b"\xE2\x80&lt\xFF&\xC3&#x\xA9;"),
            b"\xE2\x80<\xFF&\xC3&#x\xA9;"
        );
    }

    #[test]
    fn numbers_without_end_are_read_once() {
        let text = [b"&#".repeat(50_000), b"0".repeat(50_000), b"65".to_vec()].concat();
        assert_eq!(rewritten(Entities::new(), &text), [b"&#".repeat(49_999), b"A".to_vec()].concat());
    }
}
