//! Finds literal texts, leftmost and longest.

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::found::Found;

/// Literal texts, each of a rule.
pub(super) struct Literals {
    automaton: AhoCorasick,
    /// Ascending; a text that two rules have stands first for the first of them.
    texts: Vec<(Box<str>, usize)>,
}

impl Literals {
    /// Of some texts and their rules.
    ///
    /// # Errors
    /// There are more of them than an automaton can number.
    pub fn new<'t>(texts: impl IntoIterator<Item = (&'t str, usize)>) -> Result<Self, String> {
        let mut texts: Vec<_> = texts.into_iter().map(|(text, rule)| (Box::from(text), rule)).collect();
        texts.sort_unstable();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(texts.iter().map(|(text, _)| &**text))
            .map_err(|error| error.to_string())?;
        Ok(Literals { automaton, texts })
    }

    /// The first characters of the texts.
    pub fn first_chars(&self) -> impl Iterator<Item = char> {
        self.texts.iter().filter_map(|(text, _)| text.chars().next())
    }

    /// Whether one of the texts stands anywhere.
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.automaton.is_match(text)
    }

    /// The next match at or after `from`.
    pub fn find(&self, text: &[u8], mut from: usize, is_enabled: &dyn Fn(usize) -> bool) -> Option<Found> {
        loop {
            let found = self.automaton.find(Input::new(text).range(from..))?;
            let rule = self.texts[found.pattern().as_usize()].1;
            if is_enabled(rule) {
                return Some(Found { range: found.range(), rule });
            }
            if let Some(found) = self.find_at(text, found.start(), is_enabled) {
                return Some(found);
            }
            from = found.start() + unicode::utf8::decode(&text[found.start()..]).1;
        }
    }

    /// The longest text of a rule that is switched on, at `start`: what a rule that is switched off hides.
    fn find_at(&self, text: &[u8], start: usize, is_enabled: &dyn Fn(usize) -> bool) -> Option<Found> {
        let (mut best, mut end) = (None, start);
        let mut candidates = &self.texts[..];
        // Those that begin as the text does get fewer with each character.
        while let Some(&byte) = text.get(end) {
            let place = end - start;
            let at = |entry: &(Box<str>, usize)| entry.0.as_bytes().get(place).copied();
            let first = candidates.partition_point(|entry| at(entry) < Some(byte));
            let last = candidates.partition_point(|entry| at(entry) <= Some(byte));
            candidates = &candidates[first..last];
            end += 1;
            let whole = candidates.iter().take_while(|(text, _)| text.len() == end - start);
            let rule = whole.map(|&(_, rule)| rule).find(|&rule| is_enabled(rule));
            best = rule.map(|rule| Found { range: start..end, rule }).or(best);
            if candidates.is_empty() {
                break;
            }
        }
        best
    }
}
