//! The parts of a text: what the rules of UAX #29 divide, and what a dictionary does.

use crate::script::{self, Script};

/// A part that begins and ends with a word boundary.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part<'t> {
    pub(crate) text: &'t [u8],
    /// The script of all its characters, or `Plain`.
    pub(crate) script: Script,
}

/// The parts of a text, in order.
///
/// Characters that are not plain stand apart: before the first and after the last of a run there is a boundary,
/// whatever the rules would join (marks, variation selectors, joiners), and one between any two scripts, as in ICU4X.
#[derive(Debug)]
pub(crate) struct Parts<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Parts<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        Parts { text, at: 0 }
    }
}

impl<'t> Iterator for Parts<'t> {
    type Item = Part<'t>;

    #[inline]
    fn next(&mut self) -> Option<Part<'t>> {
        let start = self.at;
        if start == self.text.len() {
            return None;
        }
        let (script, length) = script::at(self.text, start);
        self.at = match script {
            Script::Plain => script::find(self.text, start),
            _ => script::end(self.text, start + length, script),
        };
        Some(Part { text: &self.text[start..self.at], script })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_of_one_script() {
        let text = "ก\u{300}กข漢あ ア".as_bytes(); // COMBINING GRAVE ACCENT
        let parts: Vec<(&str, Script)> =
            Parts::new(text).map(|part| (std::str::from_utf8(part.text).unwrap(), part.script)).collect();
        let plain = |text| (text, Script::Plain);
        let thai = |text| (text, Script::Thai);
        assert_eq!(parts, [thai("ก"), plain("\u{300}"), thai("กข"), ("漢あ", Script::Han), plain(" ア")]);
    }
}
