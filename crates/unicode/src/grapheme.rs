//! Grapheme clusters: the extended grapheme clusters of UAX #29, as of Unicode 18 (GB9c needs no leading
//! consonant).

mod count;
mod spread;

use crate::sieve;
use crate::tables::grapheme::{GRAPHEME, GRAPHEME_SIEVE};
use crate::utf8;

// Classes, in the order that scripts/gen-unicode numbers them.
const CR: u8 = 1;
const LF: u8 = 2;
const CONTROL: u8 = 3;
const EXTEND: u8 = 4;
const ZWJ: u8 = 5;
const REGIONAL: u8 = 6;
const PREPEND: u8 = 7;
const SPACING_MARK: u8 = 8;
const L: u8 = 9;
const V: u8 = 10;
const T: u8 = 11;
const LV: u8 = 12;
const LVT: u8 = 13;
const PICTOGRAPHIC: u8 = 14;

const CLASS: u8 = 0x0F;
const CONJUNCT: u8 = 0x30;
const LINKER: u8 = 0x10;
const CONSONANT: u8 = 0x20;
const CONJUNCT_EXTEND: u8 = 0x30;

/// The values that are not in the sieve, as bits: such characters stand alone next to each other.
const PLAIN: u64 = 1 | 1 << PICTOGRAPHIC | 1 << CONSONANT;

/// The extended grapheme clusters of a text (UAX #29, section 3.1); concatenated they are the text again.
///
/// An ill-formed subpart is a cluster as U+FFFD would be.
///
/// ```
/// let clusters: Vec<&[u8]> = unicode::grapheme::graphemes("e\u{301}क्ष🇮🇷".as_bytes()).collect();
/// assert_eq!(clusters.len(), 3);
/// ```
pub fn graphemes(text: &[u8]) -> Graphemes<'_> {
    Graphemes { text, at: 0 }
}

/// Append every cluster of [`graphemes`], each with a separator after it.
///
/// ```
/// let mut out = Vec::new();
/// unicode::grapheme::write_graphemes("né\u{301}e".as_bytes(), b' ', &mut out);
/// assert_eq!(out, "n é\u{301} e ".as_bytes());
/// ```
pub fn write_graphemes(text: &[u8], separator: u8, out: &mut Vec<u8>) {
    let mut at = 0;
    while at < text.len() {
        let suspect = sieve::find(&GRAPHEME_SIEVE, text, at);
        // The character before a suspect may be one cluster with it; those further back stand alone.
        let start = if suspect == text.len() {
            suspect
        } else if suspect > at {
            utf8::previous(text, at, suspect)
        } else {
            at
        };
        spread::write_characters(&text[at..start], separator, out);
        at = start;
        if at < text.len() {
            at = cluster_end(text, start);
            out.extend_from_slice(&text[start..at]);
            out.push(separator);
        }
    }
}

/// The number of extended grapheme clusters.
pub fn count(text: &[u8]) -> u64 {
    let valid = utf8::is_valid(text);
    let characters = |part| if valid { utf8::count_leads(part) } else { utf8::count_chars(part) };
    let (mut clusters, mut at) = if valid { count::by_blocks(text) } else { (0, 0) };
    while at < text.len() {
        let suspect = sieve::find(&GRAPHEME_SIEVE, text, at);
        // The character before a suspect may be one cluster with it; those further back stand alone.
        let start = if suspect > at { utf8::previous(text, at, suspect) } else { at };
        if suspect == text.len() {
            return clusters + characters(&text[at..]);
        }
        clusters += characters(&text[at..start]) + 1;
        at = cluster_end(text, start);
    }
    clusters
}

/// Iterator over grapheme clusters; see [`graphemes`].
#[derive(Debug, Clone)]
pub struct Graphemes<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Iterator for Graphemes<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        if self.at == self.text.len() {
            return None;
        }
        let start = self.at;
        self.at = cluster_end(self.text, start);
        Some(&self.text[start..self.at])
    }
}

/// Where the cluster that begins at `start` ends.
#[inline]
fn cluster_end(text: &[u8], start: usize) -> usize {
    // Two ASCII characters make one cluster only as CR LF.
    if text[start] < 0x80
        && let Some(&next) = text.get(start + 1)
        && next < 0x80
    {
        return start + 1 + usize::from(text[start] == b'\r' && next == b'\n');
    }
    let (value, length) = GRAPHEME.at(text, start);
    let mut at = start + length;
    // Nor do two characters of which neither is in the sieve.
    if PLAIN >> value & 1 != 0 && at < text.len() && !sieve::is_suspect(&GRAPHEME_SIEVE, text, at) {
        return at;
    }
    let mut cluster = Cluster::new(value);
    while at < text.len() {
        let (value, length) = GRAPHEME.at(text, at);
        if !cluster.joins(value) {
            break;
        }
        cluster.add(value);
        at += length;
    }
    at
}

/// What the rules need to know of the characters of a cluster.
struct Cluster {
    last: u8,
    /// GB9c: a linker, then nothing but extenders.
    linked: bool,
    /// GB11: how much of a pictograph, Extend* and one ZWJ the characters end with.
    emoji: Emoji,
    /// GB12, GB13: an odd number of regional indicators.
    odd: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Emoji {
    None,
    /// A pictograph, then nothing but Extend.
    Pictograph,
    /// The same and a ZWJ.
    Joiner,
}

impl Cluster {
    fn new(value: u8) -> Self {
        let class = value & CLASS;
        let linked = value & CONJUNCT == LINKER;
        let emoji = if class == PICTOGRAPHIC { Emoji::Pictograph } else { Emoji::None };
        Cluster { last: class, linked, emoji, odd: class == REGIONAL }
    }

    fn joins(&self, value: u8) -> bool {
        let class = value & CLASS;
        match (self.last, class) {
            (CR, LF) => true,                                               // GB3
            (CR | LF | CONTROL, _) | (_, CR | LF | CONTROL) => false,       // GB4, GB5
            (L, L | V | LV | LVT) | (LV | V, V | T) | (LVT | T, T) => true, // GB6, GB7, GB8
            (_, EXTEND | ZWJ | SPACING_MARK) | (PREPEND, _) => true,        // GB9, GB9a, GB9b
            _ if self.linked && value & CONJUNCT == CONSONANT => true,      // GB9c
            (ZWJ, PICTOGRAPHIC) => self.emoji == Emoji::Joiner,             // GB11
            (REGIONAL, REGIONAL) => self.odd,                               // GB12, GB13
            _ => false,                                                     // GB999
        }
    }

    fn add(&mut self, value: u8) {
        let class = value & CLASS;
        self.linked = match value & CONJUNCT {
            LINKER => true,
            CONJUNCT_EXTEND => self.linked,
            _ => false,
        };
        self.emoji = match (self.emoji, class) {
            (_, PICTOGRAPHIC) => Emoji::Pictograph,
            (Emoji::Pictograph, EXTEND) => Emoji::Pictograph,
            (Emoji::Pictograph, ZWJ) => Emoji::Joiner,
            _ => Emoji::None,
        };
        self.odd = class == REGIONAL && !self.odd;
        self.last = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_joiners_join_no_pictographs() {
        // The official cases hold no pair of ZWJ; GB11 allows one.
        let clusters = |text: &str| graphemes(text.as_bytes()).count();
        assert_eq!(clusters("👩\u{200D}👩"), 1); // ZWJ
        assert_eq!(clusters("👩\u{200D}\u{200D}👩"), 2); // ZWJ, ZWJ
        assert_eq!(clusters("👩\u{200D}\u{FE0F}👩"), 2); // ZWJ, VARIATION SELECTOR-16
    }
}
