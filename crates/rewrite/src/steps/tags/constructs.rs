//! The markup of a text, found as the tokenizer of the HTML Standard finds it.

use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use super::element::{Element, HIDDEN, element};

/// What kind of markup it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A tag inside a line.
    Inline,
    /// A tag that begins or ends a line.
    Block,
    /// A comment, doctype, processing instruction, or the marks around a CDATA section.
    Comment,
    /// An element with its content.
    Hidden,
}

/// All markup of a text, in order. None of it overlaps.
///
/// It takes linear time: nothing is looked for again where it was not found, and whatever begins before the last `>`
/// also ends, so every byte of a tag is read once.
pub struct Constructs<'t> {
    /// Up to and with its last `>`: markup that begins later cannot end.
    text: &'t [u8],
    at: usize,
    /// Where the `]]>` of an open CDATA section begins.
    section_end: Option<usize>,
    missing: Missing,
}

/// What the rest of the text is known not to hold.
#[derive(Default)]
struct Missing {
    double_quote: bool,
    single_quote: bool,
    comment_end: bool,
    section_end: bool,
    end_tags: [bool; HIDDEN.len()],
}

impl<'t> Constructs<'t> {
    pub fn new(text: &'t [u8]) -> Self {
        let end = memrchr(b'>', text).map_or(0, |last| last + 1);
        Constructs { text: &text[..end], at: 0, section_end: None, missing: Missing::default() }
    }

    /// The construct that the `<` at `open` begins.
    fn construct(&mut self, open: usize) -> Option<(Range<usize>, Kind)> {
        match self.text.get(open + 1)? {
            b'!' => self.declaration(open).map(|end| (open..end, Kind::Comment)),
            b'?' => self.after_close(open + 2).map(|end| (open..end, Kind::Comment)),
            b'/' if self.is_letter(open + 2) => {
                let (name, end) = self.tag(open + 2);
                let is_block = element(name) == Element::Block;
                Some((open..end, if is_block { Kind::Block } else { Kind::Inline }))
            }
            letter if letter.is_ascii_alphabetic() => {
                let (name, end) = self.tag(open + 1);
                Some(match element(name) {
                    Element::Inline => (open..end, Kind::Inline),
                    Element::Block => (open..end, Kind::Block),
                    Element::Hidden(which) => match self.element_end(which, end) {
                        Some(end) => (open..end, Kind::Hidden),
                        None => (open..end, Kind::Inline),
                    },
                })
            }
            _ => None,
        }
    }

    fn is_letter(&self, at: usize) -> bool {
        self.text.get(at).is_some_and(u8::is_ascii_alphabetic)
    }

    /// The end of what `<!` opens. A comment or section that is never closed is none.
    fn declaration(&mut self, open: usize) -> Option<usize> {
        let rest = &self.text[open..];
        if rest.starts_with(b"<!--") {
            return self.comment_end(open + 2);
        }
        if rest.starts_with(SECTION) {
            let start = open + SECTION.len();
            // A section inside a section ends where that one does.
            if self.section_end.is_none_or(|end| end < start) {
                self.section_end = Some(self.find_section_end(start)?);
            }
            return Some(start);
        }
        self.after_close(open + 2)
    }

    /// The end of the comment whose two first hyphens stand at `dashes`: `<!-->` is one.
    fn comment_end(&mut self, dashes: usize) -> Option<usize> {
        let mut from = dashes + 2;
        while !self.missing.comment_end {
            match self.after_close(from) {
                Some(end) => {
                    let content = &self.text[dashes..end - 1];
                    if content.ends_with(b"--") || content[2..].ends_with(b"--!") {
                        return Some(end);
                    }
                    from = end;
                }
                None => self.missing.comment_end = true,
            }
        }
        None
    }

    fn find_section_end(&mut self, from: usize) -> Option<usize> {
        let found = (!self.missing.section_end).then(|| memmem::find(&self.text[from..], b"]]>")).flatten();
        self.missing.section_end |= found.is_none();
        found.map(|found| from + found)
    }

    /// Behind the next `>`.
    fn after_close(&self, from: usize) -> Option<usize> {
        memchr(b'>', self.text.get(from..)?).map(|found| from + found + 1)
    }

    /// The name of the tag that begins at `start`, and its end.
    fn tag(&mut self, start: usize) -> (&'t [u8], usize) {
        let name_end = self.skip_to(start, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
        let mut at = name_end;
        loop {
            at = self.skip_to(at, |byte| !is_space(byte) && byte != b'/');
            if self.is_close(at) {
                return (&self.text[start..name_end], self.text.len().min(at + 1));
            }
            // The first character of an attribute's name may be `=`.
            at = self.skip_to(at + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
            let equals = self.skip_to(at, |byte| !is_space(byte));
            if self.text.get(equals) == Some(&b'=') {
                at = self.value_end(equals + 1);
            }
        }
    }

    /// Behind the value of an attribute. A quote that nothing closes before the last `>` opens nothing.
    fn value_end(&mut self, from: usize) -> usize {
        let start = self.skip_to(from, |byte| !is_space(byte));
        let (quote, missing) = match self.text.get(start) {
            Some(b'"') => (b'"', &mut self.missing.double_quote),
            Some(b'\'') => (b'\'', &mut self.missing.single_quote),
            _ => return self.skip_to(start, |byte| is_space(byte) || byte == b'>'),
        };
        if !*missing {
            if let Some(length) = memchr(quote, &self.text[start + 1..]) {
                return start + 1 + length + 1;
            }
            *missing = true;
        }
        self.skip_to(start, |byte| is_space(byte) || byte == b'>')
    }

    fn skip_to(&self, from: usize, stop: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        rest.iter().position(|&byte| stop(byte)).map_or(self.text.len(), |found| from + found)
    }

    /// Whether a tag ends at `at`: at a `>`, or with the text.
    fn is_close(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|&byte| byte == b'>')
    }

    /// The end of the first end tag of a hidden element.
    fn element_end(&mut self, which: usize, from: usize) -> Option<usize> {
        let mut from = from;
        while !self.missing.end_tags[which] {
            let Some(found) = memmem::find(&self.text[from..], b"</") else {
                self.missing.end_tags[which] = true;
                break;
            };
            let start = from + found + 2;
            let end = start + HIDDEN[which].len();
            let is_name =
                self.text.get(start..end).is_some_and(|name| name.eq_ignore_ascii_case(HIDDEN[which]));
            if is_name
                && self.text.get(end).is_some_and(|&byte| is_space(byte) || matches!(byte, b'/' | b'>'))
            {
                return Some(self.tag(start).1);
            }
            from = start;
        }
        None
    }
}

impl Iterator for Constructs<'_> {
    type Item = (Range<usize>, Kind);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let open = memchr(b'<', &self.text[self.at..]).map(|found| self.at + found);
            // Markup inside the section may have swallowed its end.
            let section_end = self.section_end.filter(|&end| end >= self.at);
            if let Some(end) = section_end.filter(|&end| open.is_none_or(|open| end < open)) {
                self.section_end = None;
                self.at = end + 3;
                return Some((end..self.at, Kind::Comment));
            }
            let open = open?;
            if let Some(found) = self.construct(open) {
                self.at = found.0.end;
                return Some(found);
            }
            self.at = open + 1;
        }
    }
}

const SECTION: &[u8] = b"<![CDATA[";

/// White space of the HTML Standard: CR is one because it is read as LF.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xC) // FF
}
