//! Words: the default word boundaries of UAX #29, and the tokens among them.

mod block;
mod lines;
mod machine;
mod tail;
mod write;

use std::ops::Range;

use block::{Boundaries, WIDTH};
use lines::LineWriter;
use machine::segment_end;
use tail::Tail;
use write::Writer;

/// The word segments of a text, white space and punctuation included: concatenated they are the text again.
///
/// A segment is what lies between two default word boundaries (UAX #29, section 4.1). An ill-formed subpart
/// is a segment as U+FFFD would be.
///
/// ```
/// let text = "I can't, نمی\u{200C}دانم"; // ZWNJ
/// let segments: Vec<&[u8]> = unicode::word::words(text.as_bytes()).collect();
/// assert_eq!(segments.len(), 6);
/// assert_eq!(segments[2], b"can't");
/// assert_eq!(segments.concat(), text.as_bytes());
/// ```
pub fn words(text: &[u8]) -> Words<'_> {
    Words { scan: Scan::new(text), boundaries: Boundaries::default(), base: 0, at: 0 }
}

/// The word segments that hold at least one character which is not White_Space.
///
/// ```
/// let tokens: Vec<&[u8]> = unicode::word::tokens(b"3.14, yes!").collect();
/// assert_eq!(tokens, [&b"3.14"[..], b",", b"yes", b"!"]);
/// ```
pub fn tokens(text: &[u8]) -> Tokens<'_> {
    Tokens { scan: Scan::new(text), boundaries: Boundaries::default(), base: 0 }
}

/// Give every token of [`tokens`] to a function, in order: faster than the iterator.
pub fn for_each_token(text: &[u8], mut receive: impl FnMut(&[u8])) {
    let mut scan = Scan::new(text);
    while let Some(found) = scan.advance() {
        match found {
            Found::Block(base, mut boundaries) => {
                while let Some((start, end)) = boundaries.next_token() {
                    receive(&text[base + start..base + end]);
                }
            }
            Found::Segment(segment, blank) if !blank => receive(segment),
            Found::Segment(..) => {}
        }
    }
}

/// How many bytes [`for_each_token_at`] shows of a token, at its place.
pub const HEAD: usize = 16;

/// Who is given tokens by [`for_each_token_at`]: a function, or something whose own is to become a part of the loop.
pub trait Receive {
    /// Takes the place of a token, and the bytes that begin there: those of the token, then whatever follows it, and NUL beyond
    /// the end of the text.
    fn receive(&mut self, range: Range<usize>, head: &[u8; HEAD]);
}

impl<F: FnMut(Range<usize>, &[u8; HEAD])> Receive for F {
    #[inline(always)]
    fn receive(&mut self, range: Range<usize>, head: &[u8; HEAD]) {
        self(range, head);
    }
}

/// Give the place of every token of [`tokens`] to a receiver, in order, and the bytes that begin there. So many bytes are
/// read at once, whatever the length of the token.
///
/// ```
/// let mut heads = Vec::new();
/// unicode::word::for_each_token_at(b"so, yes", &mut |range, head: &[u8; 16]| heads.push((range, *head)));
/// assert_eq!(heads[2], (4..7, *b"yes\0\0\0\0\0\0\0\0\0\0\0\0\0"));
/// ```
pub fn for_each_token_at(text: &[u8], receiver: &mut impl Receive) {
    let mut scan = Scan::new(text);
    while let Some(found) = scan.advance() {
        match found {
            Found::Block(base, mut boundaries) => {
                let window = scan.tail.window(text, base);
                while let Some((start, end)) = boundaries.next_token() {
                    let head = window[start % WIDTH..].first_chunk();
                    let head = head.expect("a window is wider than a block and a head");
                    receiver.receive(base + start..base + end, head);
                }
            }
            Found::Segment(segment, blank) if !blank => {
                receive_segment(text, scan.at - segment.len()..scan.at, receiver);
            }
            Found::Segment(..) => {}
        }
    }
}

/// Apart from the loop over a block, of which the receiver is to be a part.
#[inline(never)]
fn receive_segment(text: &[u8], range: Range<usize>, receiver: &mut impl Receive) {
    let rest = &text[range.start..];
    match rest.first_chunk() {
        Some(head) => receiver.receive(range, head),
        None => {
            let mut head = [0; HEAD];
            head[..rest.len()].copy_from_slice(rest);
            receiver.receive(range, &head);
        }
    }
}

/// Append every token of [`tokens`], each with a separator after it: faster than a function that would do so.
///
/// ```
/// let mut out = Vec::new();
/// unicode::word::write_tokens("so,  بله!".as_bytes(), b'\n', &mut out);
/// assert_eq!(out, "so\n,\nبله\n!\n".as_bytes());
/// ```
pub fn write_tokens(text: &[u8], separator: u8, out: &mut Vec<u8>) {
    let mut scan = Scan::new(text);
    let mut writer = Writer::new(out, separator);
    while let Some(found) = scan.advance() {
        match found {
            Found::Block(base, boundaries) => writer.block(scan.tail.window(text, base), boundaries),
            Found::Segment(segment, blank) if !blank => writer.token(segment),
            Found::Segment(..) => {}
        }
    }
    writer.finish();
}

/// Append every line of a text, its tokens with one space between and its end, LF or CR LF, as it stands. Returns how
/// many lines thereby changed.
///
/// A line is written as [`write_tokens`] would write it without its end, but for the last separator; a carriage return
/// that no line feed follows is white space inside a line. A text of short lines takes half the time at once.
///
/// ```
/// let mut out = Vec::new();
/// assert_eq!(unicode::word::write_lines(b" so, yes! \r\n\nsame .", &mut out), 1);
/// assert_eq!(out, b"so , yes !\r\n\nsame .");
/// ```
pub fn write_lines(text: &[u8], out: &mut Vec<u8>) -> u64 {
    let mut scan = Scan::new(text);
    let mut writer = LineWriter::new(out);
    while let Some(found) = scan.advance() {
        match found {
            Found::Block(base, boundaries) => writer.block(scan.tail.window(text, base), boundaries),
            Found::Segment(segment, blank) => writer.segment(segment, blank),
        }
    }
    writer.finish()
}

/// Whether a text is one token and nothing else.
///
/// ```
/// assert!(unicode::word::is_token(b"can't") && !unicode::word::is_token(b"can't ") && !unicode::word::is_token(b""));
/// ```
pub fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && segment_end(text, 0) == (text.len(), false)
}

/// The number of tokens: how often [`for_each_token`] would call.
pub fn count_tokens(text: &[u8]) -> u64 {
    let mut scan = Scan::new(text);
    let mut count = 0;
    while let Some(found) = scan.advance() {
        count += match found {
            Found::Block(_, boundaries) => u64::from(boundaries.tokens.count_ones()),
            Found::Segment(_, blank) => u64::from(!blank),
        };
    }
    count
}

/// Iterator over word segments; see [`words`].
#[derive(Debug, Clone)]
pub struct Words<'t> {
    scan: Scan<'t>,
    boundaries: Boundaries,
    base: usize,
    /// Where the next segment of the block begins.
    at: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t [u8];

    #[inline]
    fn next(&mut self) -> Option<&'t [u8]> {
        if self.boundaries.ends == 0 {
            match self.scan.advance()? {
                Found::Segment(segment, _) => return Some(segment),
                Found::Block(base, boundaries) => {
                    (self.base, self.at, self.boundaries) = (base, base, boundaries);
                }
            }
        }
        let start = self.at;
        self.at = self.base + self.boundaries.next_end();
        Some(&self.scan.text[start..self.at])
    }
}

/// Iterator over word segments that are not white space; see [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    scan: Scan<'t>,
    boundaries: Boundaries,
    base: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = &'t [u8];

    #[inline]
    fn next(&mut self) -> Option<&'t [u8]> {
        loop {
            if let Some((start, end)) = self.boundaries.next_token() {
                return Some(&self.scan.text[self.base + start..self.base + end]);
            }
            match self.scan.advance()? {
                Found::Block(base, boundaries) => (self.base, self.boundaries) = (base, boundaries),
                Found::Segment(segment, blank) if !blank => return Some(segment),
                Found::Segment(..) => {}
            }
        }
    }
}

/// A walk over a text, by blocks where they can tell the boundaries, by the machine elsewhere.
#[derive(Debug, Clone)]
struct Scan<'t> {
    text: &'t [u8],
    /// The first boundary that has not been walked over.
    at: usize,
    /// Before this place the machine is asked: a block told little here.
    machine_until: usize,
    tail: Tail,
}

enum Found<'t> {
    /// The boundaries of a block that begins at this place: one at least.
    Block(usize, Boundaries),
    /// One segment, and whether it is all White_Space.
    Segment(&'t [u8], bool),
}

/// A block that tells less than this is not worth its price; the machine then walks this far twice over.
const PROGRESS_MIN: usize = 12;

impl<'t> Scan<'t> {
    fn new(text: &'t [u8]) -> Self {
        Scan { text, at: 0, machine_until: 0, tail: Tail::new() }
    }

    #[inline(always)]
    fn advance(&mut self) -> Option<Found<'t>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        if start >= self.machine_until && self.text.len() - start >= PROGRESS_MIN {
            let boundaries = block::boundaries(self.tail.window(self.text, start), self.text, start);
            let progress = boundaries.last_end();
            if progress < PROGRESS_MIN {
                self.machine_until = start + 2 * PROGRESS_MIN;
            }
            if progress > 0 {
                self.at = start + progress;
                return Some(Found::Block(start, boundaries));
            }
        }
        let (end, blank) = segment_end(self.text, start);
        self.at = end;
        Some(Found::Segment(&self.text[start..end], blank))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces in which blocks stop, look closer, or need what lies beyond their end.
    const PIECES: [&[u8]; 40] = [
        b"a",
        b"word",
        b"Z9",
        b"42",
        b"_",
        b" ",
        b"  ",
        b"\t",
        b"\n",
        b"\r\n",
        b"\r",
        b".",
        b",",
        b":",
        b"'",
        b"\"",
        "\u{2019}".as_bytes(),
        "é".as_bytes(),
        "\u{301}".as_bytes(),
        "سلام".as_bytes(),
        "ی".as_bytes(),
        "\u{64B}".as_bytes(),
        "\u{6DD}".as_bytes(),
        "۱۲".as_bytes(),
        "٬".as_bytes(),
        "\u{200C}".as_bytes(), // ZWNJ
        "\u{200D}".as_bytes(), // ZWJ
        "א".as_bytes(),
        "да".as_bytes(),
        "字宅".as_bytes(),
        "カー".as_bytes(),
        "한".as_bytes(),
        "กำ".as_bytes(),
        "क्ष".as_bytes(),
        "🇮".as_bytes(),
        "👩".as_bytes(),
        "\u{3000}".as_bytes(),
        b"\xE2\x80",
        b"\xD8",
        b"\xBF",
    ];

    /// Texts of pieces, of a few of them or all, so that some are of one script.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        let mut state = 29u64;
        let mut draw = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        (0..50).map(move |number| {
            let (first, count) = if number % 4 == 0 { (0, 40) } else { (draw(33), 1 + draw(7)) };
            (0..90).flat_map(|_| PIECES[first + draw(count)]).copied().collect()
        })
    }

    /// What the machine alone says.
    fn by_machine(text: &[u8]) -> Vec<&[u8]> {
        let (mut segments, mut at) = (Vec::new(), 0);
        while at < text.len() {
            let (end, _) = segment_end(text, at);
            segments.push(&text[at..end]);
            at = end;
        }
        segments
    }

    #[test]
    fn blocks_tell_what_the_machine_does_wherever_a_text_begins_and_ends() {
        for text in texts() {
            for cut in 0..130.min(text.len()) {
                for part in [&text[cut..], &text[..text.len() - cut]] {
                    assert_eq!(
                        words(part).collect::<Vec<_>>(),
                        by_machine(part),
                        "{:?}",
                        part.escape_ascii()
                    );
                }
            }
        }
    }

    #[test]
    fn a_line_is_segmented_alike_alone_and_among_others() {
        for text in texts() {
            let lines = text.split_inclusive(|&byte| byte == b'\n');
            let apart: Vec<&[u8]> = lines.flat_map(words).collect();
            assert_eq!(words(&text).collect::<Vec<_>>(), apart);
        }
    }
}
