//! The number of clusters, 64 bytes at once: one bit for each byte, the rules as arithmetic on the bits.
//!
//! Nearly all characters are clusters by themselves, or join whatever stands before them, a control apart. Of these two
//! kinds a block can be full; what needs to know more (conjuncts, emoji sequences, flags, conjoining jamo) stops the
//! block, and clusters are walked one by one.

use super::{CLASS, CONJUNCT, CONTROL, EXTEND, LINKER, LV, LVT, PICTOGRAPHIC, SPACING_MARK, cluster_end};
use crate::beginning;
use crate::lanes::{self, WIDTH};
use crate::sieve;
use crate::tables::grapheme::{GRAPHEME, GRAPHEME_SIEVE};

/// A block, and the rest of the last character that begins in it.
const WINDOW: usize = WIDTH + 3;

/// Where blocks stop this soon, as many bytes are walked by clusters before the next one is tried.
const PROGRESS_MIN: usize = 16;

/// How many clusters begin in a well-formed text as far as there are whole blocks, and where the last of them begins: from there
/// on they must be counted otherwise.
pub(super) fn by_blocks(text: &[u8]) -> (u64, usize) {
    let mut walk = Walk { text, at: 0, last: 0, clusters: 0, is_after_break: true, is_after_return: false };
    while let Some(window) = text[walk.at..].first_chunk() {
        walk.block(window);
    }
    if walk.is_at_cluster() { (walk.clusters, walk.at) } else { (walk.clusters - 1, walk.last) }
}

struct Walk<'t> {
    text: &'t [u8],
    at: usize,
    /// Where the last cluster begins that was counted.
    last: usize,
    clusters: u64,
    /// A character that joins the one before cannot do so here.
    is_after_break: bool,
    /// It is CR, and joins LF.
    is_after_return: bool,
}

impl Walk<'_> {
    /// Whether a cluster begins here whatever the next character is.
    fn is_at_cluster(&self) -> bool {
        self.is_after_break && !self.is_after_return
    }

    #[inline(always)]
    fn block(&mut self, window: &[u8; WINDOW]) {
        let bytes = window.first_chunk::<WIDTH>().expect("a window is wider than a block");
        let high = lanes::plane(bytes, 7);
        if high == 0 {
            let begins = !self.line_feeds(bytes);
            self.is_after_break = (window[WIDTH - 1] < b' ') | (window[WIDTH - 1] == 0x7F);
            self.is_after_return = window[WIDTH - 1] == b'\r';
            return self.go_on(begins, WIDTH);
        }
        let leads = high & lanes::plane(bytes, 6);
        let Kinds { joiners, mut breaks, stop } =
            self.kinds(window, leads & !lanes::pairs(window, beginning::is_plain));
        breaks |= lanes::matches(bytes, |byte| (byte < b' ') | (byte == 0x7F));
        let joined = joiners & !(breaks << 1 | u64::from(self.is_after_break));
        let begins = (!high | leads) & !joined & !self.line_feeds(bytes);
        if stop == WIDTH {
            self.is_after_break = breaks >> 63 != 0;
            self.is_after_return = window[WIDTH - 1] == b'\r';
            return self.go_on(begins, WIDTH);
        }
        self.go_on(begins & ((1 << stop) - 1), stop);
        self.walk_over(if stop < PROGRESS_MIN { self.at + WIDTH } else { self.at });
    }

    /// Line feeds that stand after carriage returns.
    #[inline(always)]
    fn line_feeds(&self, bytes: &[u8; WIDTH]) -> u64 {
        let returns = lanes::matches(bytes, |byte| byte == b'\r') << 1 | u64::from(self.is_after_return);
        if returns == 0 { 0 } else { returns & lanes::matches(bytes, |byte| byte == b'\n') }
    }

    #[inline(always)]
    fn go_on(&mut self, begins: u64, length: usize) {
        if begins != 0 {
            self.last = self.at + 63 - begins.leading_zeros() as usize;
            self.clusters += u64::from(begins.count_ones());
        }
        self.at += length;
    }

    /// Counts on cluster by cluster until one ends beyond a place: from the last one, which may go on here.
    #[inline(never)]
    fn walk_over(&mut self, until: usize) {
        // Where the last walk ended, nothing was counted yet.
        let is_new = self.last == self.at;
        let mut end = if is_new { self.at } else { cluster_end(self.text, self.last) };
        while end <= until && end < self.text.len() {
            self.clusters += 1;
            end = cluster_end(self.text, end);
        }
        (self.at, self.last) = (end, end);
        (self.is_after_break, self.is_after_return) = (true, false);
    }

    /// What the characters are that begin at these places.
    #[inline(always)]
    fn kinds(&self, window: &[u8; WINDOW], mut places: u64) -> Kinds {
        let mut kinds = Kinds { joiners: 0, breaks: 0, stop: WIDTH };
        while places != 0 {
            let place = places.trailing_zeros() as usize;
            places &= places - 1;
            if sieve::is_suspect(&GRAPHEME_SIEVE, window, place) && !kinds.take(window, place) {
                kinds.stop = place;
                break;
            }
        }
        kinds
    }
}

/// One bit for each byte of a block.
struct Kinds {
    /// Characters that join what stands before them, by their first bytes.
    joiners: u64,
    /// Controls, by their last bytes.
    breaks: u64,
    /// The first character of another kind.
    stop: usize,
}

impl Kinds {
    #[inline(always)]
    fn take(&mut self, window: &[u8; WINDOW], place: usize) -> bool {
        let (value, length) = GRAPHEME.at(window, place);
        match value & CLASS {
            _ if value & CONJUNCT == LINKER => return false,
            EXTEND | SPACING_MARK => self.joiners |= 1 << place,
            CONTROL if place + length <= WIDTH => self.breaks |= 1 << (place + length - 1),
            0 | PICTOGRAPHIC | LV | LVT => {}
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grapheme::{count, graphemes};

    /// Pieces in which blocks stop, join or break.
    const PIECES: [&str; 34] = [
        "a",
        "word ",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\u{7F}",
        "é",
        "\u{AD}",
        "\u{301}",
        "سلام",
        "ی",
        "\u{64B}",
        "\u{61C}",
        "\u{600}",
        "۱۲",
        "\u{200C}", // ZWNJ
        "\u{200D}", // ZWJ
        "\u{200E}",
        "“",
        "да",
        "字宅",
        "カー",
        "か\u{3099}",
        "한",
        "\u{1100}\u{1161}\u{11A8}",
        "\u{11A8}",
        "กำ",
        "क्ष",
        "\u{1CF5}क",
        "🇮",
        "👩",
        "\u{E0001}",
    ];

    #[test]
    fn blocks_count_what_the_walk_does_wherever_a_text_begins_and_ends() {
        let mut state = 31u64;
        let mut draw = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for number in 0..300 {
            let (first, kinds) = if number % 4 == 0 { (0, 34) } else { (draw(28), 1 + draw(6)) };
            let text: String = (0..150).map(|_| PIECES[first + draw(kinds)]).collect();
            for (cut, _) in text.char_indices().take(100) {
                for part in [&text[cut..], &text[..text.floor_char_boundary(text.len() - cut)]] {
                    assert_eq!(count(part.as_bytes()), graphemes(part.as_bytes()).count() as u64, "{part:?}");
                }
            }
        }
    }

    #[test]
    fn what_comparisons_tell_is_true() {
        for character in '\u{80}'..=char::MAX {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes);
            let value = GRAPHEME.of(character);
            let is_so = matches!(value, 0 | LV | LVT | PICTOGRAPHIC);
            assert!(!beginning::is_plain(bytes[0], bytes[1]) || is_so, "{character:?}");
        }
    }
}
