//! What becomes of a delimiter: `SplitDelimiterBehavior` of the `tokenizers` library.

use std::ops::Range;

/// What becomes of the matches that a text is cut at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// A part of its own.
    Isolated,
    /// Gone.
    Removed,
    /// One part with the matches beside it.
    Contiguous,
    /// The end of the part before it.
    MergedWithPrevious,
    /// The beginning of the part after it.
    MergedWithNext,
}

impl Behaviour {
    pub(crate) const NAMES: [(&'static str, Behaviour); 5] = [
        ("Isolated", Behaviour::Isolated),
        ("Removed", Behaviour::Removed),
        ("Contiguous", Behaviour::Contiguous),
        ("MergedWithPrevious", Behaviour::MergedWithPrevious),
        ("MergedWithNext", Behaviour::MergedWithNext),
    ];

    pub(crate) fn parts<F: FnMut(Range<usize>)>(self, receive: &mut F) -> Parts<'_, F> {
        Parts { behaviour: self, held: None, receive }
    }
}

/// Parts in the making.
pub(crate) struct Parts<'a, F> {
    behaviour: Behaviour,
    /// A part that may grow, and whether it is a match.
    held: Option<(Range<usize>, bool)>,
    receive: &'a mut F,
}

impl<F: FnMut(Range<usize>)> Parts<'_, F> {
    /// The next stretch of the text, a match or not; empty ones count for nothing.
    pub(crate) fn add(&mut self, range: Range<usize>, is_match: bool) {
        if range.is_empty() {
            return;
        }
        let joins = match (self.behaviour, &self.held) {
            (Behaviour::Isolated, _) => return (self.receive)(range),
            (Behaviour::Removed, _) => {
                if !is_match {
                    (self.receive)(range);
                }
                return;
            }
            (_, None) => false,
            (Behaviour::Contiguous, Some((_, held_match))) => *held_match == is_match,
            (Behaviour::MergedWithPrevious, Some((_, held_match))) => is_match && !held_match,
            (Behaviour::MergedWithNext, Some((_, held_match))) => *held_match && !is_match,
        };
        if joins && let Some((held, held_match)) = &mut self.held {
            held.end = range.end;
            *held_match = is_match;
        } else {
            self.finish();
            self.held = Some((range, is_match));
        }
    }

    /// No stretch follows.
    pub(crate) fn finish(&mut self) {
        if let Some((range, _)) = self.held.take() {
            (self.receive)(range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(behaviour: Behaviour, text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut receive = |range: Range<usize>| found.push(&text[range]);
        let mut parts = behaviour.parts(&mut receive);
        for (at, character) in text.char_indices() {
            if character == '-' {
                parts.add(at..at + 1, true);
            } else if at == 0 || text[..at].ends_with('-') {
                let end = text[at..].find('-').map_or(text.len(), |length| at + length);
                parts.add(at..end, false);
            }
        }
        parts.finish();
        found
    }

    #[test]
    fn delimiters_go_where_the_behaviour_says() {
        let text = "-the-final--countdown-";
        let cases: [(Behaviour, &[&str]); 5] = [
            (Behaviour::Isolated, &["-", "the", "-", "final", "-", "-", "countdown", "-"]),
            (Behaviour::Removed, &["the", "final", "countdown"]),
            (Behaviour::Contiguous, &["-", "the", "-", "final", "--", "countdown", "-"]),
            (Behaviour::MergedWithPrevious, &["-", "the-", "final-", "-", "countdown-"]),
            (Behaviour::MergedWithNext, &["-the", "-final", "-", "-countdown", "-"]),
        ];
        for (behaviour, want) in cases {
            assert_eq!(parts(behaviour, text), want, "{behaviour:?}");
        }
    }
}
