//! Text that is plainly of another language is left alone.

use super::letters::{Sign, sign};

/// Whether a text in Arabic script is not Persian: it has letters that Persian does not have, or it is Arabic.
/// A letter in ten is enough to tell Urdu, Sorani and Pashto; a foreign name or a verse in a Persian text is less.
pub(crate) fn is_foreign(text: &[u8]) -> bool {
    let mut counts = Counts::default();
    let mut at = 0;
    while at + 1 < text.len() {
        if let [lead @ 0xD8..=0xDB, trail @ 0x80..=0xBF] = text[at..at + 2] {
            counts.add(u32::from(lead & 0x1F) << 6 | u32::from(trail & 0x3F));
            at += 2;
        } else {
            at += 1;
        }
    }
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
    #[inline]
    fn add(&mut self, point: u32) {
        match point {
            0x67E | 0x686 | 0x698 | 0x6AF => self.persian += 1,
            0x629 | 0x649 | 0x623 | 0x625 => self.arabic += 1,
            0x660..=0x669 | 0x6F0..=0x6F9 => return,
            _ => {}
        }
        if (0x620..0x6D6).contains(&point) {
            self.letters += 1;
            self.foreign += usize::from(char::from_u32(point).map(sign) == Some(Sign::Foreign));
        }
    }
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
