//! UTF-32, which the Encoding Standard leaves out.

use super::{Anchor, Marks, REPLACEMENT};

/// A decoder of UTF-32 (The Unicode Standard, section 3.10) in either byte order.
pub(super) struct Utf32 {
    big_endian: bool,
    partial: [u8; 4],
    held: usize,
}

impl Utf32 {
    pub fn new(big_endian: bool) -> Self {
        Utf32 { big_endian, partial: [0; 4], held: 0 }
    }

    /// As [`super::Decoder::decode`]; `position` is where `input` starts in the original.
    pub fn decode(
        &mut self,
        input: &[u8],
        last: bool,
        delimiter: u8,
        position: u64,
        text: &mut Vec<u8>,
        marks: &mut Marks,
    ) {
        text.reserve(input.len());
        let mut rest = input;
        let mut position = position;
        while !rest.is_empty() {
            let taken = rest.len().min(4 - self.held);
            self.partial[self.held..self.held + taken].copy_from_slice(&rest[..taken]);
            self.held += taken;
            position += taken as u64;
            rest = &rest[taken..];
            if self.held == 4 {
                self.held = 0;
                match self.character() {
                    Some(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                    None => replace(text, marks),
                }
                if text.last() == Some(&delimiter) {
                    marks.anchors.push(Anchor { decoded: text.len(), original: position });
                }
            }
        }
        if last && self.held > 0 {
            self.held = 0;
            replace(text, marks);
        }
    }

    fn character(&self) -> Option<char> {
        let unit =
            if self.big_endian { u32::from_be_bytes(self.partial) } else { u32::from_le_bytes(self.partial) };
        char::from_u32(unit)
    }
}

fn replace(text: &mut Vec<u8>, marks: &mut Marks) {
    marks.malformed.push(text.len());
    text.extend_from_slice(REPLACEMENT);
}
