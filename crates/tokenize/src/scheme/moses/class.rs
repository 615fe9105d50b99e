//! What Moses asks of a character: what to do with it, and what it is to its neighbours.

use unicode::Properties;

/// What is done with a character, by its byte; those beyond ASCII are asked for one by one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// It is part of a word, as are its neighbours.
    Word,
    /// It is part of a word, if it is no hyphen that is split.
    Hyphen,
    Space,
    /// It is dropped.
    Control,
    /// It is a token.
    Mark,
    Dot,
    Comma,
    Apostrophe,
    /// It is part of a word before a small letter, and else a token.
    Colon,
    BeyondAscii,
}

/// The kinds of bytes in a language.
pub(super) fn kinds(code: &str) -> [Kind; 256] {
    let mut kinds = [Kind::BeyondAscii; 256];
    for (byte, kind) in (0_u8..0x80).zip(&mut kinds) {
        *kind = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'`' => Kind::Word,
            b'-' => Kind::Hyphen,
            b' ' | b'\t'..=b'\r' => Kind::Space,
            0..0x20 => Kind::Control,
            b'.' => Kind::Dot,
            b',' => Kind::Comma,
            b'\'' => Kind::Apostrophe,
            b':' if matches!(code, "fi" | "sv") => Kind::Colon,
            _ => Kind::Mark,
        };
    }
    kinds
}

/// What a character is to the one before or behind it, as it stands there: what white space has been put around is
/// white space to its neighbours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Class(u8);

const EXISTS: u8 = 1;
const ALPHABETIC: u8 = 1 << 1;
const NUMBER: u8 = 1 << 2;
const LOWERCASE: u8 = 1 << 3;
const LOWERCASE_LETTER: u8 = 1 << 4;
const SPACE: u8 = 1 << 5;

impl Class {
    /// The text begins or ends here.
    pub(super) const ABSENT: Class = Class(0);
    /// A mark, or white space that has been put around one.
    pub(super) const OTHER: Class = Class(EXISTS);
    /// White space of the text, with something behind it.
    pub(super) const SPACE: Class = Class(EXISTS | SPACE);

    /// The class of a character that is part of words, or else [`Class::OTHER`].
    pub(super) fn of(properties: Properties) -> Class {
        if !properties.is_alphanumeric() {
            return Class::OTHER;
        }
        let bits = [
            (properties.is_alphabetic(), ALPHABETIC),
            (properties.is_number(), NUMBER),
            (properties.is_lowercase(), LOWERCASE),
            (properties.is_lowercase_letter(), LOWERCASE_LETTER),
        ];
        Class(bits.into_iter().filter(|(holds, _)| *holds).fold(EXISTS, |bits, (_, bit)| bits | bit))
    }

    /// The class of an ASCII character that is part of words.
    #[inline]
    pub(super) fn of_ascii(byte: u8) -> Class {
        match byte {
            b'a'..=b'z' => Class(EXISTS | ALPHABETIC | LOWERCASE | LOWERCASE_LETTER),
            b'A'..=b'Z' => Class(EXISTS | ALPHABETIC),
            b'0'..=b'9' => Class(EXISTS | NUMBER),
            _ => Class::OTHER,
        }
    }

    #[inline]
    pub(super) fn exists(self) -> bool {
        self.0 != 0
    }

    /// `\p{IsAlpha}`.
    #[inline]
    pub(super) fn is_alphabetic(self) -> bool {
        self.0 & ALPHABETIC != 0
    }

    /// `\p{IsAlnum}`.
    pub(super) fn is_alphanumeric(self) -> bool {
        self.0 & (ALPHABETIC | NUMBER) != 0
    }

    /// `\p{IsN}`, of a character that is part of words.
    pub(super) fn is_number(self) -> bool {
        self.0 & NUMBER != 0
    }

    /// `\p{IsLower}`.
    pub(super) fn is_lowercase(self) -> bool {
        self.0 & LOWERCASE != 0
    }

    /// `\p{Ll}`.
    pub(super) fn is_lowercase_letter(self) -> bool {
        self.0 & LOWERCASE_LETTER != 0
    }

    /// White space of the text.
    pub(super) fn is_space(self) -> bool {
        self.0 & SPACE != 0
    }
}

/// Where the next character that is not dropped begins, from `at` on, and what it is; white space at the end of the
/// text is nothing.
pub(super) fn look(text: &[u8], at: usize) -> (usize, Class) {
    let at = skip_controls(text, at);
    let Some(&byte) = text.get(at) else { return (at, Class::ABSENT) };
    let properties = Properties::at(text, at).0;
    if !properties.is_white_space() {
        return (at, if byte < 0x80 { Class::of_ascii(byte) } else { Class::of(properties) });
    }
    let next = skip_space(text, at);
    (at, if next < text.len() { Class::SPACE } else { Class::ABSENT })
}

/// Where white space and what is dropped end, from `at` on.
pub(super) fn skip_space(text: &[u8], mut at: usize) -> usize {
    while at < text.len() {
        let (properties, length) = Properties::at(text, at);
        if !properties.is_white_space() && text[at] >= 0x20 {
            break;
        }
        at += length;
    }
    at
}

/// Where characters that are dropped end, from `at` on.
#[inline]
pub(super) fn skip_controls(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(|&byte| byte < 0x20 && !(b'\t'..=b'\r').contains(&byte)) {
        at += 1;
    }
    at
}
