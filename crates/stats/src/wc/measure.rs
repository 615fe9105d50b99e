//! How wide the lines of a text are.

use unicode::lanes;

use super::class::Class;
use super::ruler::Ruler;

/// Bytes of a block.
const BLOCK: usize = 64;

/// Measures well-formed text: what follows on what the ruler has seen.
pub(super) fn measure(text: &[u8], ruler: &mut Ruler) {
    let mut at = 0;
    while at < text.len() {
        at = match text[at..].first_chunk::<BLOCK>() {
            Some(bytes) if plain(bytes, ruler) => at + BLOCK,
            _ => characters(text, at, text.len().min(at + BLOCK), ruler),
        };
    }
}

/// A block of printable ASCII and LF; false, and nothing is done, if there is anything else.
#[inline(always)]
fn plain(bytes: &[u8; BLOCK], ruler: &mut Ruler) -> bool {
    let printable = lanes::matches(bytes, |byte| byte.wrapping_sub(b' ') < 0x5F);
    let mut ends = lanes::matches(bytes, |byte| byte == b'\n');
    if printable | ends != u64::MAX {
        return false;
    }
    let mut from = 0;
    while ends != 0 {
        let end = u64::from(ends.trailing_zeros());
        ruler.advance(end - from);
        ruler.end_line();
        from = end + 1;
        ends &= ends - 1;
    }
    ruler.advance(BLOCK as u64 - from);
    true
}

/// One character after the other, of those that begin at or after `at` and before `end`; where the last of them ends.
fn characters(text: &[u8], mut at: usize, end: usize, ruler: &mut Ruler) -> usize {
    let mut columns = 0;
    while at < end {
        let (class, length) = Class::at(text, at);
        match text[at] {
            b'\t' | b'\n' | b'\r' | 0x0C => {
                ruler.advance(columns);
                columns = 0;
                step(ruler, u32::from(text[at]), class);
            }
            _ => columns += class.width(),
        }
        at += length;
    }
    ruler.advance(columns);
    at
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
        fn blocks_say_what_characters_say(text in "([ -~]{1,90}|\n|\t|\r|あ|.){0,30}") {
            let mut ruler = Ruler::default();
            for character in text.chars() {
                step(&mut ruler, u32::from(character), Class::of(u32::from(character)));
            }
            prop_assert_eq!(widest(&text), ruler.widest());
        }
    }
}
