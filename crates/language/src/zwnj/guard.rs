//! Text that is plainly of another language is left alone.

use super::letters::{block, is_foreign_in};

/// Whether a text in Arabic script is not Persian: it has letters that Persian does not have, or it is Arabic.
/// A letter in ten is enough to tell Urdu, Sorani and Pashto; a foreign name or a verse in a Persian text is less.
pub(crate) fn is_foreign(text: &[u8]) -> bool {
    let (mut counts, mut packed, mut room) = (Counts::default(), 0, ROOM);
    let mut at = 0;
    while let Some(&[lead, trail]) = text.get(at..at + 2) {
        if lead & 0xFC != 0xD8 || trail & 0xC0 != 0x80 {
            at += 1;
            continue;
        }
        packed += KINDS[usize::from((lead & 3) << 6 | trail & 0x3F)];
        at += 2;
        room -= 1;
        if room == 0 {
            counts.add(packed);
            (packed, room) = (0, ROOM);
        }
    }
    counts.add(packed);
    counts.letters >= 16
        && (counts.foreign * 16 > counts.letters
            || counts.arabic * 24 > counts.letters && counts.persian == 0)
}

#[derive(Default)]
struct Counts {
    letters: usize,
    /// Letters that Persian does not have.
    foreign: usize,
    /// Letters that Arabic has and Persian rarely writes.
    arabic: usize,
    /// Letters that Arabic does not have.
    persian: usize,
}

impl Counts {
    fn add(&mut self, packed: u32) {
        let [letters, foreign, arabic, persian] = packed.to_le_bytes().map(usize::from);
        self.letters += letters;
        self.foreign += foreign;
        self.arabic += arabic;
        self.persian += persian;
    }
}

/// So many letters are counted in the bytes of one number.
const ROOM: u32 = 255;

/// For U+0600 to U+06FF, what to add: a byte each for letters, foreign, Arabic and Persian ones.
static KINDS: [u32; 256] = kinds();

const fn kinds() -> [u32; 256] {
    let block = block();
    let mut kinds = [0; 256];
    let mut low = 0x20;
    while low < 0xD6 {
        if low < 0x60 || low > 0x69 {
            kinds[low] = 1 + ((is_foreign_in(&block, low) as u32) << 8);
            kinds[low] += match low {
                0x29 | 0x49 | 0x23 | 0x25 => 1 << 16,
                0x7E | 0x86 | 0x98 | 0xAF => 1 << 24,
                _ => 0,
            };
        }
        low += 1;
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_told_from_persian() {
        for text in [
            "یہ کتاب میں نے کل خریدی تھی اور ابھی تک نہیں پڑھی ہے۔",
            "ئەم کتێبە دوێنێ لە کتێبخانەکە وەرگیراوە و هێشتا نەخوێندراوەتەوە.",
            "دا کتاب ما پرون واخیست او لا مې نه دی لوستلی، ښه دی ځکه چې ډېر اوږد دی.",
            "قرأت هذه المقالة في المكتبة أمس، وكانت القصة الأولى فيها عن مدينة بعيدة.",
        ] {
            assert!(is_foreign(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "این کتاب را دیروز از کتابخانه گرفتم.",
            "اين كتاب را ديروز از كتابخانه گرفتم",
            "in the book",
            "هٹ",
        ] {
            assert!(!is_foreign(text.as_bytes()), "{text}");
        }
    }
}
