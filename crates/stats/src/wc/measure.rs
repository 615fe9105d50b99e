//! How wide the lines of a text are.

use unicode::lanes;

use super::class::{Class, continuation_length, opens_narrow_letter};
use super::ruler::Ruler;

/// Bytes of a block.
const BLOCK: usize = 64;

/// Measures well-formed text: what follows on what the ruler has seen.
pub(super) fn measure(text: &[u8], ruler: &mut Ruler) {
    let mut at = 0;
    while let Some(window) = text[at..].first_chunk::<{ BLOCK + 1 }>() {
        at = block(text, at, window, ruler);
    }
    characters(text, at, ruler);
}

/// The characters that begin in the block at `at`, bytes that go on with one before it apart; where the next block begins.
///
/// Those of one column are counted by a mask of the bytes that they begin with; only the others are looked up.
#[inline(always)]
fn block(text: &[u8], at: usize, window: &[u8; BLOCK + 1], ruler: &mut Ruler) -> usize {
    let bytes = window.first_chunk::<BLOCK>().expect("a window begins with a block");
    let mut plain = lanes::matches(bytes, |byte| byte.wrapping_sub(b' ') < 0x5F);
    let high = lanes::plane(bytes, 7);
    if high != 0 {
        plain |= narrow_letters(window);
    }
    let mut others = !(plain | high & !lanes::plane(bytes, 6));
    let mut columns = 0;
    while others != 0 {
        let place = others.trailing_zeros();
        let class = Class::at(text, at + place as usize).0;
        columns += class.width();
        if ends_stretch(bytes[place as usize]) {
            let before = (1 << place) - 1;
            ruler.advance(columns + u64::from((plain & before).count_ones()));
            step(ruler, u32::from(bytes[place as usize]), class);
            (columns, plain) = (0, plain & !before);
        }
        others &= others - 1;
    }
    ruler.advance(columns + u64::from(plain.count_ones()));
    at + BLOCK
}

/// The first bytes of letters of one column: most of those of Latin, Cyrillic and Arabic.
#[inline(always)]
fn narrow_letters(window: &[u8; BLOCK + 1]) -> u64 {
    let mut marks = [0; BLOCK];
    for (mark, pair) in marks.iter_mut().zip(window.windows(2)) {
        *mark = if opens_narrow_letter(pair[0], pair[1]) { 0x80 } else { 0 };
    }
    lanes::plane(&marks, 7)
}

/// Whether a byte is a control that does more than take no columns.
#[inline(always)]
fn ends_stretch(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C)
}

/// One character after the other, of those that begin at or after `at`.
fn characters(text: &[u8], mut at: usize, ruler: &mut Ruler) {
    at += continuation_length(&text[at..]);
    while at < text.len() {
        let (class, length) = Class::at(text, at);
        step(ruler, u32::from(text[at]), class);
        at += length;
    }
}

/// Any character.
pub(super) fn step(ruler: &mut Ruler, code: u32, class: Class) {
    match code {
        0x09 => ruler.tab(),
        0x0A | 0x0C | 0x0D => ruler.end_line(),
        _ => ruler.advance(class.width()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn widest(text: &str) -> u64 {
        let mut ruler = Ruler::default();
        measure(text.as_bytes(), &mut ruler);
        ruler.widest()
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        for (text, columns) in [
            ("", 0),
            ("abc\nde", 3),
            ("a\tb", 9),
            ("12345678\t9", 17),
            ("abc\rdefgh\x0Cx", 5),
            ("a\x0B\x01b", 2),
            ("e\u{301}", 1),
            ("日本\u{3000}", 6),
        ] {
            assert_eq!(widest(text), columns, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn blocks_say_what_characters_say(text in "([ -~]{1,90}|[ء-ي\u{200C}\u{64E}]{1,90}|[ئ-ۿ]{1,50}|\n|\t|\r|あ|.){0,30}") {
            let mut ruler = Ruler::default();
            for character in text.chars() {
                step(&mut ruler, u32::from(character), Class::of(u32::from(character)));
            }
            prop_assert_eq!(widest(&text), ruler.widest());
        }
    }
}
