//! What stands for a character that an encoding lacks.

use std::fmt::Write;

/// What becomes of characters that an encoding lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unencodable {
    /// The record is named as an error and left out.
    #[default]
    Fail,
    /// `?`, or the character that the Encoding Standard writes in its place: lossy.
    Replace,
    /// A decimal character reference, `&#1740;`, as HTML forms send it: lossless only where the text held none.
    Html,
    /// `\u{6CC}`, or in JSON texts `\u06cc`, which there is lossless.
    Escape,
    /// Nothing: lossy.
    Drop,
    /// The record is left out and counted: lossy.
    Skip,
}

/// Which characters of a text an encoding lacked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lack {
    /// How many.
    pub characters: u64,
    /// The first of them, and the how manieth character of the text it is, from 1.
    pub first: Option<(u64, char)>,
}

/// Writes down what is lacking, and what to write instead.
pub(super) struct Substitute {
    /// `None`: the first one is enough to know.
    policy: Option<Unencodable>,
    is_json: bool,
    pub lack: Lack,
    /// What to write instead of the character met last: characters that every encoding has, or that one itself.
    pub text: String,
}

impl Substitute {
    pub fn new(policy: Unencodable, is_json: bool) -> Self {
        Substitute { policy: Some(policy), is_json, lack: Lack::default(), text: String::new() }
    }

    /// Stops at the first character that is lacking.
    pub fn stopping() -> Self {
        Substitute { policy: None, is_json: false, lack: Lack::default(), text: String::new() }
    }

    /// The character of `text` at index `at` is lacking; `has_likeness` if the encoding has another one that the
    /// Encoding Standard puts in its place. False if there is no need to go on.
    pub fn meet(&mut self, text: &str, at: usize, character: char, has_likeness: bool) -> bool {
        if self.lack.first.is_none() {
            self.lack.first = Some((text[..at].chars().count() as u64 + 1, character));
        }
        self.lack.characters += 1;
        self.text.clear();
        match self.policy {
            None => return false,
            Some(Unencodable::Fail | Unencodable::Drop | Unencodable::Skip) => {}
            Some(Unencodable::Replace) => self.text.push(if has_likeness { character } else { '?' }),
            Some(Unencodable::Html) => self.write(format_args!("&#{};", u32::from(character))),
            Some(Unencodable::Escape) if self.is_json => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    self.write(format_args!("\\u{unit:04x}"));
                }
            }
            Some(Unencodable::Escape) => self.write(format_args!("\\u{{{:X}}}", u32::from(character))),
        }
        true
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        self.text.write_fmt(what).expect("a string takes whatever is written");
    }
}
