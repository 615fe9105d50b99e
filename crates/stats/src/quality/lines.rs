//! The lines and paragraphs of a document, as those who wrote the rules cut them.

use std::ops::Range;

use memchr::{memchr, memchr_iter};
use unicode::{space, utf8};

use super::lexicon::Lexicon;

const LF: u8 = b'\n';
/// About so many bytes a line has.
const LINE_BYTES: usize = 64;

/// What of the pieces of a text came before in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Repeated {
    /// All pieces.
    pub pieces: u64,
    /// Those that came before.
    pub repeated: u64,
    /// Their characters.
    pub characters: u64,
}

impl Repeated {
    /// Counts pieces that came before.
    pub fn of(text: &[u8], pieces: impl Iterator<Item = Range<usize>>, lexicon: &mut Lexicon) -> Repeated {
        let mut found = Repeated::default();
        lexicon.clear(text.len() / LINE_BYTES);
        for piece in pieces {
            found.pieces += 1;
            let (_, is_new) = lexicon.add(text, piece.start, piece.end);
            if !is_new {
                found.repeated += 1;
                found.characters += utf8::count_chars(&text[piece]);
            }
        }
        found
    }
}

/// What stands between runs of at least `run` line feeds; nothing at all is one empty piece, and where a text begins or
/// ends with such a run there is an empty piece, too.
pub fn between_feeds(text: &[u8], run: usize) -> impl Iterator<Item = Range<usize>> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let mut from = start;
        while let Some(at) = memchr(LF, &text[from..]).map(|at| from + at) {
            let feeds = text[at..].iter().take_while(|&&byte| byte == LF).count();
            if feeds >= run {
                next = Some(at + feeds);
                return Some(start..at);
            }
            from = at + feeds;
        }
        next = None;
        Some(start..text.len())
    })
}

/// Lines between line feeds, without those that are blank.
pub fn filled_lines(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let ends = memchr_iter(LF, text).chain(std::iter::once(text.len()));
    ends.map(move |end| std::mem::replace(&mut start, end + 1)..end)
        .filter(|line| !is_blank(&text[line.clone()]))
}

/// Lines that end as Unicode has it and Python's `splitlines`: with LF, CR, CR LF, VT, FF, FS, GS, RS, NEL, LS or PS.
pub fn every_line(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let (line, end) = line_end(rest);
        start += end;
        Some(&rest[..line])
    })
}

/// Where the first line ends without its terminator, and with it.
fn line_end(text: &[u8]) -> (usize, usize) {
    let mut at = 0;
    while let Some(found) = text[at..].iter().position(|&byte| MAY_END_LINE[usize::from(byte)]) {
        at += found;
        let terminator = match &text[at..] {
            [b'\r', LF, ..] => 2,
            [LF..=b'\r' | 0x1C..=0x1E, ..] => 1,
            [0xC2, 0x85, ..] => 2,              // NEL
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3, // LS, PS
            _ => 0,
        };
        if terminator > 0 {
            return (at, at + terminator);
        }
        at += 1;
    }
    (text.len(), text.len())
}

/// The bytes that line terminators begin with.
const MAY_END_LINE: [bool; 256] = {
    let mut may = [false; 256];
    let bytes = [LF, 0xB, 0xC, b'\r', 0x1C, 0x1D, 0x1E, 0xC2, 0xE2];
    let mut next = 0;
    while next < bytes.len() {
        may[bytes[next] as usize] = true;
        next += 1;
    }
    may
};

/// A text without the white space around it; to Python the separators U+001C to U+001F are white space, too.
pub fn trim(text: &[u8]) -> &[u8] {
    trim_end(trim_start(text))
}

/// A text without the white space before it.
pub fn trim_start(text: &[u8]) -> &[u8] {
    let mut start = 0;
    while let Some(length) = space_at(text, start) {
        start += length;
    }
    &text[start..]
}

/// A text without the white space after it.
pub fn trim_end(text: &[u8]) -> &[u8] {
    let mut end = text.len();
    while end > 0 {
        let start = utf8::previous(text, 0, end);
        if !is_space(utf8::decode(&text[start..end]).0) {
            break;
        }
        end = start;
    }
    &text[..end]
}

/// The runs of characters that are not white space.
pub fn runs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = trim_start(rest);
        let end = (0..rest.len()).find(|&at| space_at(rest, at).is_some()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        (!run.is_empty()).then_some(run)
    })
}

/// The last character of a text.
pub fn last_character(text: &[u8]) -> Option<char> {
    let end = text.len();
    (end > 0).then(|| utf8::decode(&text[utf8::previous(text, 0, end)..]).0)
}

fn is_blank(text: &[u8]) -> bool {
    trim_start(text).is_empty()
}

/// The length of the white space character that begins at a place; none if there is none.
#[inline]
fn space_at(text: &[u8], at: usize) -> Option<usize> {
    match *text.get(at)? {
        byte @ 0..=0x7F => is_space(char::from(byte)).then_some(1),
        // What is white space above ASCII begins with one of these.
        0xC2 | 0xE1..=0xE3 => {
            let (character, length) = utf8::decode(&text[at..]);
            is_space(character).then_some(length)
        }
        _ => None,
    }
}

#[inline]
fn is_space(character: char) -> bool {
    match character {
        '\t'..='\r' | '\u{1C}'..=' ' => true,
        '\0'..='\u{84}' => false,
        _ => space::is_white_space(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, run: usize) -> Vec<&str> {
        between_feeds(text.as_bytes(), run).map(|piece| &text[piece]).collect()
    }

    #[test]
    fn pieces_stand_between_feeds() {
        assert_eq!(pieces("", 1), [""]);
        assert_eq!(pieces("\n\n", 1), ["", ""]);
        assert_eq!(pieces("a\n\nb\n", 1), ["a", "b", ""]);
        assert_eq!(pieces("a\nb\n\n\nc", 2), ["a\nb", "c"]);
        assert_eq!(pieces("\n\na", 2), ["", "a"]);
    }

    #[test]
    fn blank_lines_are_left_out() {
        let text = "a\n \u{3000}\n\n b\r\n\u{1C}";
        let lines: Vec<&str> = filled_lines(text.as_bytes()).map(|line| &text[line]).collect();
        assert_eq!(lines, ["a", " b\r"]);
    }

    #[test]
    fn lines_end_in_many_ways() {
        let text = "a\r\nb\rc\u{B}d\u{C}e\u{1C}f\u{85}g\u{2028}h\u{2029}\n\u{1F}i";
        let lines: Vec<_> = every_line(text.as_bytes()).map(String::from_utf8_lossy).collect();
        assert_eq!(lines, ["a", "b", "c", "d", "e", "f", "g", "h", "", "\u{1F}i"]);
        assert_eq!(every_line(b"a\n").count(), 1);
        assert_eq!(every_line(b"").count(), 0);
    }

    #[test]
    fn white_space_is_that_of_unicode_and_four_separators() {
        for character in '\0'..='\u{3001}' {
            let is_one = space::is_white_space(character) || ('\u{1C}'..='\u{1F}').contains(&character);
            let mut text = [0; 4];
            let text = character.encode_utf8(&mut text).as_bytes();
            assert_eq!(space_at(text, 0), is_one.then_some(text.len()), "{character:?}");
        }
        assert_eq!(trim("\u{1F}\u{A0}a \u{2003}\n".as_bytes()), b"a");
        assert_eq!(trim(" \u{3000}".as_bytes()), b"");
        assert_eq!(trim(b"\xE2\x80 \xFF "), b"\xE2\x80 \xFF");
        assert_eq!(runs(" a\u{A0}b\u{1D}\u{200C}c ".as_bytes()).count(), 3);
        assert_eq!(last_character("a؟".as_bytes()), Some('؟'));
        assert_eq!(last_character(b""), None);
    }

    #[test]
    fn what_came_before_is_counted_with_its_characters() {
        let text = "آب\nb\nآب\n\nآب";
        let found = Repeated::of(text.as_bytes(), filled_lines(text.as_bytes()), &mut Lexicon::default());
        assert_eq!(found, Repeated { pieces: 4, repeated: 2, characters: 4 });
    }
}
