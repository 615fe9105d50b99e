//! A zone: what stands between two characters that show, if some of it has no width.

use std::ops::Range;

use memchr::{memchr, memchr3};
use unicode::{JoiningType, ignorable, space, utf8};

use super::nature;

pub(super) const ZWSP: char = '\u{200B}'; // ZERO WIDTH SPACE
pub(super) const ZWNJ: char = '\u{200C}';
pub(super) const ZWJ: char = '\u{200D}';
pub(super) const WORD_JOINER: char = '\u{2060}';
pub(super) const CGJ: char = '\u{34F}'; // COMBINING GRAPHEME JOINER
pub(super) const MVS: char = '\u{180E}'; // MONGOLIAN VOWEL SEPARATOR

/// Characters of zero width, and among them marks and controls that joining looks through.
pub(super) struct Zone<'t> {
    text: &'t [u8],
    pub range: Range<usize>,
    /// The neighbours; none at an edge of the text.
    pub before: Option<char>,
    pub after: Option<char>,
    pub joiners: Ends,
    pub holds_mvs: bool,
    /// Something other than characters of zero width stands after the last ZWJ.
    is_parted: bool,
}

/// Which joiners stand in a zone, and where.
#[derive(Default)]
pub(super) struct Ends {
    pub first: Option<(usize, char)>,
    pub last: Option<(usize, char)>,
    pub first_zwnj: Option<usize>,
    pub last_zwj: Option<usize>,
}

impl<'t> Zone<'t> {
    /// The first zone with a character of zero width at or after `from`, which is the end of the zone before; CGJ and
    /// MVS make a zone if `spelt`.
    pub fn next(text: &'t [u8], from: usize, spelt: bool) -> Option<Self> {
        let found = find(text, from, spelt)?;
        let mut zone = Zone {
            text,
            range: found..found,
            before: None,
            after: None,
            joiners: Ends::default(),
            holds_mvs: false,
            is_parted: false,
        };
        // The zone before ends at a character that is no member, so no place is gone over twice.
        while zone.range.start > 0 {
            let start = utf8::previous(text, 0, zone.range.start);
            let (character, _) = utf8::decode(&text[start..]);
            if !is_member(character) {
                zone.before = Some(character);
                break;
            }
            zone.range.start = start;
        }
        zone.extend();
        Some(zone)
    }

    fn extend(&mut self) {
        let mut at = self.range.start;
        while at < self.text.len() {
            let (character, length) = utf8::decode(&self.text[at..]);
            match character {
                ZWNJ | ZWJ => self.add_joiner(at, character),
                MVS => self.holds_mvs = true,
                _ if is_zero_width(character) => {}
                _ if is_member(character) => self.is_parted = true,
                _ => {
                    self.after = Some(character);
                    break;
                }
            }
            at += length;
        }
        self.range.end = at;
    }

    fn add_joiner(&mut self, at: usize, joiner: char) {
        let ends = &mut self.joiners;
        ends.first.get_or_insert((at, joiner));
        ends.last = Some((at, joiner));
        if joiner == ZWNJ {
            ends.first_zwnj.get_or_insert(at);
        } else {
            ends.last_zwj = Some(at);
            self.is_parted = false;
        }
    }

    /// The characters and where they stand.
    pub fn members(&self) -> impl Iterator<Item = (Range<usize>, char)> + use<'t> {
        let (text, end) = (self.text, self.range.end);
        let mut at = self.range.start;
        std::iter::from_fn(move || {
            let (character, length) = utf8::decode(&text[at..end]);
            at += length;
            (length > 0).then_some((at - length..at, character))
        })
    }

    /// Beside white space, or at an edge of the text.
    pub fn is_at_edge(&self) -> bool {
        [self.before, self.after].into_iter().any(|neighbour| neighbour.is_none_or(space::is_white_space))
    }

    /// Whether the last ZWJ makes one picture of two: UAX #29, GB11.
    pub fn joins_pictures(&self) -> bool {
        !self.is_parted
            && self.before.is_some_and(nature::ends_picture)
            && self.after.is_some_and(nature::is_picture)
    }
}

fn is_zero_width(character: char) -> bool {
    matches!(character, ZWSP | ZWNJ | ZWJ | WORD_JOINER | CGJ | MVS)
}

fn is_member(character: char) -> bool {
    match character {
        '\0'..='\u{7F}' => false,
        _ if is_zero_width(character) || ignorable::is_bidi_control(character) => true,
        _ => JoiningType::of(character) == JoiningType::Transparent && !nature::is_sign(character),
    }
}

fn find(text: &[u8], from: usize, spelt: bool) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = &text[at..];
        // The first bytes of the characters looked for.
        at += if spelt { memchr3(0xE2, 0xE1, 0xCD, rest) } else { memchr(0xE2, rest) }?;
        match text[at..] {
            [0xE2, 0x80, 0x8B..=0x8D, ..] | [0xE2, 0x81, 0xA0, ..] => return Some(at),
            [0xE1, 0xA0, 0x8E, ..] | [0xCD, 0x8F, ..] if spelt => return Some(at),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_found() {
        let mut sought = String::new();
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer).as_bytes();
            assert_eq!(find(text, 0, true).is_some(), is_zero_width(character));
            if find(text, 0, false).is_some() {
                sought.push(character);
            }
        }
        assert_eq!(sought, "\u{200B}\u{200C}\u{200D}\u{2060}");
    }

    #[test]
    fn a_zone_reaches_from_letter_to_letter() {
        let text = "xب\u{64E}\u{200F}\u{200D}\u{200C}\u{651}\u{200D}\u{2060}ه y\u{200B}"; // FATHA, RLM, SHADDA
        let zone = Zone::next(text.as_bytes(), 0, false).expect("joiners");
        assert_eq!((zone.range.clone(), zone.before, zone.after), (3..22, Some('ب'), Some('ه')));
        assert_eq!(zone.joiners.first, Some((8, ZWJ)));
        assert_eq!(zone.joiners.last, Some((16, ZWJ)));
        assert_eq!((zone.joiners.first_zwnj, zone.joiners.last_zwj), (Some(11), Some(16)));
        assert_eq!(zone.members().count(), 7);
        let next = Zone::next(text.as_bytes(), zone.range.end, false).expect("ZERO WIDTH SPACE");
        assert_eq!((next.range.clone(), next.before, next.after), (26..29, Some('y'), None));
        assert!(Zone::next(text.as_bytes(), next.range.end, false).is_none());
    }
}
