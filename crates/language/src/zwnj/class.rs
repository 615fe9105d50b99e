//! What the lexicon says of one word, packed into a byte.

/// How common the word is by itself: 0 unknown, 1 seen in text, 2 in a dictionary, 3 common.
pub(crate) const KNOWN_SHIFT: u32 = 0;
/// What kind of word it is: 0 unknown, then the kinds below.
pub(crate) const KIND_SHIFT: u32 = 2;
/// How many words have it before a ZWNJ: 0 none, 1 one or two, 2 up to nine, 3 more.
pub(crate) const BEFORE_SHIFT: u32 = 4;
/// How many words have it after a ZWNJ, in the same steps.
pub(crate) const AFTER_SHIFT: u32 = 6;

/// Noun or adjective: takes ها, تر, ای.
pub(crate) const NOMINAL: u8 = 1;
/// A form of a verb that می may stand before.
pub(crate) const VERBAL: u8 = 2;
/// A word of a dictionary that is written with a ZWNJ.
pub(crate) const COMPOUND: u8 = 3;

/// Packs the four facts.
pub(crate) fn pack(known: u8, kind: u8, before: usize, after: usize) -> u8 {
    known << KNOWN_SHIFT | kind << KIND_SHIFT | step(before) << BEFORE_SHIFT | step(after) << AFTER_SHIFT
}

/// The class of a word as that of the whole word inside which a place is looked at. Having been seen in text says nothing
/// there: what is known of the word itself is settled by a decision.
#[inline]
pub(crate) fn of_whole(class: u8) -> u8 {
    if class & 3 == 1 { class & !3 } else { class }
}

/// The class of two words written as one, as far as dictionaries know it.
#[inline]
pub(crate) fn of_joined(class: u8) -> u8 {
    of_whole(class) & 0b1111
}

/// Counts in steps.
fn step(count: usize) -> u8 {
    match count {
        0 => 0,
        1..=2 => 1,
        3..=9 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_facts_fit_in_a_byte() {
        assert_eq!(pack(3, COMPOUND, 10, 3), 0b10_11_11_11);
        assert_eq!(pack(0, 0, 0, 0), 0);
    }
}
