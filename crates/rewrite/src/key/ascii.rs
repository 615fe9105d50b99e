//! Keys of ASCII text, without the tables that other text needs.

use unicode::Category;
use unicode::space::is_white_space;

use super::fold::Plan;

/// What becomes of each ASCII character.
pub(super) struct Ascii {
    /// The character that stands for it, or a space for all that counts as one.
    to: [u8; 128],
    lowers: bool,
    collapses_space: bool,
}

impl Ascii {
    /// Normalization forms, marks, digits, joiners and letters of languages are no matter of ASCII.
    pub(super) fn new(plan: &Plan) -> Self {
        let lowers = plan.casing.is_some();
        let mut to = [0; 128];
        for (code, to) in (0..).zip(&mut to) {
            let character = char::from(code);
            let is_space = is_white_space(character)
                || plan.drops_punctuation && Category::of(character).is_punctuation();
            *to = match () {
                () if is_space => b' ',
                () if lowers => code.to_ascii_lowercase(),
                () => code,
            };
        }
        Ascii { to, lowers, collapses_space: plan.collapses_space }
    }

    /// Appends the key of ASCII text.
    #[inline]
    pub(super) fn fold_into(&self, text: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        if self.collapses_space {
            self.collapse_into(text, out);
            return;
        }
        out.extend_from_slice(text);
        if self.lowers {
            out[start..].make_ascii_lowercase();
        }
    }

    fn collapse_into(&self, text: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        let mut is_owed = false;
        for byte in text {
            match self.to[usize::from(byte & 0x7F)] {
                b' ' => is_owed = out.len() > start,
                to => {
                    if std::mem::take(&mut is_owed) {
                        out.push(b' ');
                    }
                    out.push(to);
                }
            }
        }
    }
}
