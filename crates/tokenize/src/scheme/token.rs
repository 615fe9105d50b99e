//! A token of a scheme: which part of the text it stands for, and how it reads.

use std::ops::Range;

use super::thirteen_a::write_without_marks;

/// A token, lent by the text it was found in.
#[derive(Debug, Clone)]
pub struct Token<'a> {
    /// The bytes of the text that it stands for, from its first to its last character.
    pub range: Range<usize>,
    form: Form<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Form<'a> {
    /// It reads as the text does.
    Text(&'a [u8]),
    /// It reads as this, whatever stands in the text.
    Fixed(&'static [u8]),
    /// It reads as the text does without C0 controls, and with apostrophes escaped where that is asked for.
    Controlled { text: &'a [u8], is_escaped: bool },
    /// It reads as the text does without what 13a removes.
    Marked(&'a [u8]),
}

impl<'a> Token<'a> {
    /// A token that reads as the text does.
    #[inline]
    pub(super) fn plain(text: &'a [u8], range: Range<usize>) -> Token<'a> {
        Token { form: Form::Text(&text[range.clone()]), range }
    }

    pub(super) fn fixed(form: &'static [u8], range: Range<usize>) -> Token<'a> {
        Token { form: Form::Fixed(form), range }
    }

    /// A word of Moses with controls or apostrophes in it.
    pub(super) fn controlled(text: &'a [u8], range: Range<usize>, is_escaped: bool) -> Token<'a> {
        Token { form: Form::Controlled { text: &text[range.clone()], is_escaped }, range }
    }

    /// A word of 13a with something in it that is removed.
    pub(super) fn marked(text: &'a [u8], range: Range<usize>) -> Token<'a> {
        Token { form: Form::Marked(&text[range.clone()]), range }
    }

    /// How it reads, if that need not be put together; [`Token::write`] serves for every token.
    ///
    /// Nothing is put together for tokens that read as the text does, and for single characters.
    pub fn form(&self) -> Option<&'a [u8]> {
        match self.form {
            Form::Text(form) | Form::Fixed(form) => Some(form),
            Form::Controlled { .. } | Form::Marked(_) => None,
        }
    }

    /// Append how it reads.
    #[inline]
    pub fn write(&self, out: &mut Vec<u8>) {
        match self.form {
            Form::Text(form) | Form::Fixed(form) => out.extend_from_slice(form),
            Form::Controlled { text, is_escaped } => write_controlled(text, is_escaped, out),
            Form::Marked(text) => write_without_marks(text, out),
        }
    }
}

/// What stands for a character that means something to Moses' decoder.
pub(super) fn escape(byte: u8) -> Option<&'static [u8]> {
    Some(match byte {
        b'&' => b"&amp;",
        b'|' => b"&#124;",
        b'<' => b"&lt;",
        b'>' => b"&gt;",
        b'\'' => b"&apos;",
        b'"' => b"&quot;",
        b'[' => b"&#91;",
        b']' => b"&#93;",
        _ => return None,
    })
}

/// Of the characters that are escaped, apostrophes alone stand in words.
fn write_controlled(text: &[u8], is_escaped: bool, out: &mut Vec<u8>) {
    for &byte in text {
        match byte {
            0..0x20 => {}
            b'\'' if is_escaped => out.extend_from_slice(b"&apos;"),
            _ => out.push(byte),
        }
    }
}
