//! The operand under way where it is not UTF-8: decoded text, and the places in the original that it stands for.

use crate::chunk::DecodedPlaces;
use crate::decode::{Anchor, Decoder, Marks};
use crate::input::Input;

/// State of an operand that is not UTF-8.
pub(super) struct Decoding {
    pub decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    /// Text that found no room in the buffer yet, from this index.
    taken: usize,
    marks: Marks,
    pub places: DecodedPlaces,
    ended: bool,
}

impl Decoding {
    pub fn new(decoder: Decoder, raw_bytes: usize) -> Self {
        Decoding {
            decoder,
            raw: vec![0; raw_bytes],
            text: Vec::new(),
            taken: 0,
            marks: Marks::default(),
            places: DecodedPlaces::default(),
            ended: false,
        }
    }

    pub fn has_text(&self) -> bool {
        self.taken < self.text.len()
    }

    pub fn decode(&mut self, raw: &[u8], last: bool) {
        self.text.clear();
        self.taken = 0;
        self.marks.anchors.clear();
        self.marks.malformed.clear();
        self.decoder.decode(raw, last, &mut self.text, &mut self.marks);
    }

    /// Like `Read::read`, but of decoded text; places are kept relative to the chunk, where `room` starts at `at`.
    pub fn read(&mut self, input: &mut Input, room: &mut [u8], at: usize) -> std::io::Result<usize> {
        while !self.has_text() {
            if self.ended {
                return Ok(0);
            }
            let mut raw = std::mem::take(&mut self.raw);
            let read = input.read(&mut raw);
            if let Ok(length) = read {
                self.ended = length == 0;
                self.decode(&raw[..length], length == 0);
            }
            self.raw = raw;
            read?;
        }
        let length = room.len().min(self.text.len() - self.taken);
        let (from, to) = (self.taken, self.taken + length);
        room[..length].copy_from_slice(&self.text[from..to]);
        let moved = |index: usize| index - from + at;
        let anchors =
            self.marks.anchors.iter().filter(|anchor| from < anchor.decoded && anchor.decoded <= to);
        self.places.anchors.extend(
            anchors.map(|anchor| Anchor { decoded: moved(anchor.decoded), original: anchor.original }),
        );
        let malformed = self.marks.malformed.iter().filter(|&&index| from <= index && index < to);
        self.places.malformed.extend(malformed.map(|&index| moved(index)));
        self.taken = to;
        Ok(length)
    }

    /// Splits off the places of the segment that ends at `end`.
    pub fn places_before(&mut self, end: usize) -> DecodedPlaces {
        let anchors = self.places.anchors.partition_point(|anchor| anchor.decoded <= end);
        let malformed = self.places.malformed.partition_point(|&at| at < end);
        DecodedPlaces {
            anchors: self.places.anchors.drain(..anchors).collect(),
            malformed: self.places.malformed.drain(..malformed).collect(),
        }
    }
}
