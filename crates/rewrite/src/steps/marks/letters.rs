//! Composed letters: what they become without a mark, and which marks make a letter of Cyrillic.

use unicode::{Category, Form, Script};

/// Composed letters that lose a mark, in ascending order.
#[derive(Debug, Clone, Default)]
pub(super) struct Letters {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    composed: char,
    bare: Box<str>,
    rule: usize,
}

impl Letters {
    /// Takes every letter apart and asks, for its base and each of its marks, by which rule the mark goes, if it goes.
    pub fn new(rule_against: impl Fn(char, char) -> Option<usize>) -> Self {
        // Most letters are of these scripts, and none of them has a mark that could go.
        let is_marked =
            |script| !matches!(script, Script::Han | Script::Hangul | Script::Hiragana | Script::Katakana);
        Letters {
            entries: composed_letters(is_marked).filter_map(|letter| entry(letter, &rule_against)).collect(),
        }
    }

    /// The letters themselves.
    pub fn composed(&self) -> impl Iterator<Item = char> {
        self.entries.iter().map(|entry| entry.composed)
    }

    /// What a letter becomes, and by which rule.
    #[inline]
    pub fn stripped(&self, letter: char) -> Option<(&str, usize)> {
        let place = self.entries.binary_search_by_key(&letter, |entry| entry.composed).ok()?;
        let entry = &self.entries[place];
        Some((&entry.bare, entry.rule))
    }
}

/// The rule of a letter is that of its last mark that goes.
fn entry(composed: char, rule_against: impl Fn(char, char) -> Option<usize>) -> Option<Entry> {
    let mut kept = String::new();
    let mut last_rule = None;
    for character in normalized(Form::Nfd, &composed.to_string()).chars() {
        match kept.chars().next().and_then(|base| rule_against(base, character)) {
            Some(rule) => last_rule = Some(rule),
            None => kept.push(character),
        }
    }
    last_rule.map(|rule| Entry { composed, bare: normalized(Form::Nfc, &kept).into(), rule })
}

/// Marks that make a letter of Cyrillic another, as breve makes й of и.
#[derive(Debug, Clone)]
pub(super) struct CyrillicPairs {
    /// Letter and mark, and what they compose to; ascending.
    pairs: Vec<((char, char), char)>,
}

impl CyrillicPairs {
    pub fn new() -> Self {
        let pair = |whole: char| {
            let apart = normalized(Form::Nfd, &whole.to_string());
            let mut characters = apart.chars();
            Some(((characters.next()?, characters.next()?), whole))
        };
        let mut pairs: Vec<_> =
            composed_letters(|script| script == Script::Cyrillic).filter_map(pair).collect();
        pairs.sort_unstable();
        CyrillicPairs { pairs }
    }

    /// The letter that the two make.
    pub fn compose(&self, letter: char, mark: char) -> Option<char> {
        let place = self.pairs.binary_search_by_key(&(letter, mark), |&(pair, _)| pair).ok()?;
        Some(self.pairs[place].1)
    }
}

/// The letters of some scripts that decompose, in ascending order; beyond the first two planes only Han do.
fn composed_letters(is_wanted: impl Fn(Script) -> bool) -> impl Iterator<Item = char> {
    let is_composed = |letter: &char| !Form::Nfd.is_normalized(letter.encode_utf8(&mut [0; 4]).as_bytes());
    ('\u{C0}'..='\u{1FFFF}')
        .filter(move |&letter| is_wanted(Script::of(letter)) && Category::of(letter).is_letter())
        .filter(is_composed)
}

fn normalized(form: Form, text: &str) -> String {
    let mut out = Vec::new();
    form.normalize_into(text.as_bytes(), &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_cyrillic_are_made_of_two() {
        let pairs = CyrillicPairs::new();
        assert_eq!(pairs.compose('и', '\u{306}'), Some('й')); // BREVE
        assert_eq!(pairs.compose('и', '\u{301}'), None); // ACUTE
        for &((letter, mark), whole) in &pairs.pairs {
            assert_eq!(normalized(Form::Nfc, &format!("{letter}{mark}")), whole.to_string());
        }
        assert_eq!(pairs.pairs.len(), 52);
    }

    #[test]
    fn a_letter_keeps_the_marks_that_do_not_go() {
        let letters = Letters::new(|_, mark| (mark == '\u{301}').then_some(7)); // ACUTE
        assert_eq!(letters.stripped('ấ'), Some(("â", 7)));
        assert_eq!(letters.stripped('é'), Some(("e", 7)));
        assert_eq!(
            (letters.stripped('ê'), letters.stripped('a'), letters.stripped('한')),
            (None, None, None)
        );
    }
}
