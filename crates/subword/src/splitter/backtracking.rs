//! A regex that only an engine which goes back can search for, in bounded stretches of a text.

use std::ops::Range;

use fancy_regex::{Regex, RegexBuilder};

use super::class::{self, SPACE};
use super::known;

/// A regex with look-around, possessive repetitions or references back.
#[derive(Debug)]
pub(crate) struct Backtracking {
    regex: Regex,
    /// The group that stands for white space at the end of the pattern, if that is cut by hand.
    space_group: Option<usize>,
    limits: Limits,
}

/// How much one search may cost.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Bytes of text that a search sees at first; doubled while its match reaches into the second half.
    window: usize,
    /// The most bytes that a search sees. The engine holds up to 1,000,000 places to go back to, and gives up at
    /// more: a repetition has one for each character.
    window_max: usize,
    /// How often a search goes back, over all.
    backtracks: usize,
}

const LIMITS: Limits = Limits { window: 64 << 10, window_max: 960 << 10, backtracks: 1_000_000 };

/// What a search found.
enum Search {
    Found(Range<usize>),
    /// One character of white space that the end of the pattern matches.
    Space(usize),
    Nothing,
    GivenUp,
}

impl Backtracking {
    /// A regex, which is `start` and `|\s+(?!\S)|\s+` after it, if there is a start.
    pub(crate) fn new(written: &str, start: Option<&str>) -> Result<Backtracking, String> {
        Backtracking::with_limits(written, start, LIMITS)
    }

    fn with_limits(written: &str, start: Option<&str>, limits: Limits) -> Result<Backtracking, String> {
        let build = |written: &str| {
            let mut builder = RegexBuilder::new(written);
            builder.backtrack_limit(limits.backtracks).build().map_err(|error| error.to_string())
        };
        // What stands before must be a pattern by itself, or the bar after it is no alternative.
        if let Some(start) = start
            && build(&format!("(?m:{start})")).is_ok()
            && let Ok(regex) = build(&format!(r"(?m:{start}|(\s))"))
        {
            let space_group = Some(regex.captures_len() - 1);
            return Ok(Backtracking { regex, space_group, limits });
        }
        Ok(Backtracking { regex: build(&format!("(?m:{written})"))?, space_group: None, limits })
    }

    /// Call `receive` with each match, in order. Ill-formed text has none.
    ///
    /// After a search that is given up the next one begins at white space, each time twice as far away, up to a
    /// window: what such searches cost stays linear.
    pub(crate) fn find(&self, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
        let Ok(text) = std::str::from_utf8(text) else { return };
        let (mut at, mut last_end, mut skip) = (0, None, 1);
        while at <= text.len() {
            let found = match self.search(text, at) {
                Search::Found(found) => found,
                Search::Space(start) => start..space_end(text, start),
                Search::Nothing if at + self.limits.window_max >= text.len() => return,
                Search::Nothing => {
                    at = text.ceil_char_boundary(at + self.limits.window_max / 2);
                    continue;
                }
                Search::GivenUp if at + skip >= text.len() => return,
                Search::GivenUp => {
                    at = class::run_without(text.as_bytes(), text.ceil_char_boundary(at + skip), SPACE);
                    skip = (skip * 2).min(self.limits.window);
                    continue;
                }
            };
            if found.is_empty() && last_end == Some(found.end) {
                // An empty match right after another one is none.
                at = text.ceil_char_boundary(at + 1).max(at + 1);
                continue;
            }
            at = found.end;
            last_end = Some(at);
            receive(found);
        }
    }

    /// The first match from a place on. One that ends in the first half of the window is taken to be what it
    /// would be in the whole text.
    fn search(&self, text: &str, at: usize) -> Search {
        let mut window = self.limits.window;
        let mut shorter = Search::GivenUp;
        loop {
            let end = text.ceil_char_boundary((at + window).min(text.len()));
            let search = self.search_window(&text[..end], at);
            let reaches = match (&search, &shorter) {
                (Search::Found(found), _) => found.end,
                (Search::Space(start), _) => *start,
                (Search::Nothing, _) => end,
                // More text makes no search easier, but a shorter window may have had a match.
                (Search::GivenUp, Search::Nothing) => return Search::GivenUp,
                (Search::GivenUp, _) => return shorter,
            };
            if end == text.len() || reaches <= at + window / 2 || window >= self.limits.window_max {
                return search;
            }
            shorter = search;
            window = (window * 2).min(self.limits.window_max);
        }
    }

    fn search_window(&self, text: &str, at: usize) -> Search {
        let Some(group) = self.space_group else {
            return match self.regex.find_from_pos(text, at) {
                Ok(Some(found)) => Search::Found(found.range()),
                Ok(None) => Search::Nothing,
                Err(_) => Search::GivenUp,
            };
        };
        match self.regex.captures_from_pos(text, at) {
            Ok(Some(found)) => match (found.get(group), found.get(0)) {
                (Some(space), _) => Search::Space(space.start()),
                (None, Some(whole)) => Search::Found(whole.range()),
                (None, None) => Search::Nothing,
            },
            Ok(None) => Search::Nothing,
            Err(_) => Search::GivenUp,
        }
    }
}

/// `\s+(?!\S)|\s+` where white space begins.
fn space_end(text: &str, start: usize) -> usize {
    known::space(text.as_bytes(), start, class::run(text.as_bytes(), start, SPACE))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SMALL: Limits = Limits { window: 16, window_max: 64, backtracks: 1_000 };

    fn found(written: &str, start: Option<&str>, limits: Limits, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let regex = Backtracking::with_limits(written, start, limits).unwrap();
        regex.find(text.as_bytes(), |range| found.push(range));
        found
    }

    #[test]
    fn white_space_is_one_match_however_long_it_is() {
        let text = format!("{}x", " ".repeat(1_001_000));
        let want = [0..1_000_999, 1_000_999..1_001_000, 1_001_000..1_001_001];
        assert_eq!(found(r"x++|\s+(?!\S)|\s+", Some("x++"), LIMITS, &text), want);
        assert_eq!(found(r"(y)(?=x)|x++|\s+(?!\S)|\s", Some("(y)(?=x)|x++"), LIMITS, &text), want);
    }

    #[test]
    fn an_escaped_bar_is_no_alternative() {
        assert_eq!(found(r"a(?!b)\|\s+(?!\S)|\s+", Some(r"a(?!b)\"), LIMITS, "a|  x "), [0..3, 3..4, 5..6]);
    }

    #[test]
    fn what_follows_a_stretch_without_a_match_is_found() {
        let text = format!("{}a", "\u{200D}".repeat(500)); // ZWJ
        let places = found("a(?!b)", None, SMALL, &text);
        assert_eq!(places.iter().map(|place| (place.start, place.end)).collect::<Vec<_>>(), [(1500, 1501)]);
    }

    #[test]
    fn a_match_longer_than_a_window_is_whole_up_to_the_longest_window() {
        let lengths = |count: usize| -> Vec<usize> {
            found("a+(?!b)", None, SMALL, &"a".repeat(count)).iter().map(Range::len).collect()
        };
        assert_eq!(lengths(60), [60]);
        assert_eq!(lengths(100), [64, 36]);
    }

    #[test]
    fn what_follows_a_search_that_was_given_up_is_found() {
        let text = format!("z {} z z {}", "a".repeat(40), "z ".repeat(200));
        let found = found("(?:(?=a)a|a)*b(?!c)|z(?!c)", None, SMALL, &text);
        assert_eq!(found[0], 0..1);
        assert!(found.len() > 150, "{}", found.len());
        assert!(found[1..].iter().all(|range| &text[range.clone()] == "z"));
    }

    proptest! {
        #[test]
        fn windows_find_what_one_search_finds(text in "[ab \u{200D}\n]{0,200}") {
            for (start, end) in [("a++", r"|\s+(?!\S)|\s+"), ("a+(?=b)|(b)\\1?+", r"|\s+(?!\S)|\s")] {
                let written = format!("{start}{end}");
                let whole = Limits { window: 1 << 20, ..LIMITS };
                let limits = Limits { window: 16, ..LIMITS };
                let want = found(&written, None, whole, &text);
                prop_assert_eq!(&found(&written, None, limits, &text), &want);
                prop_assert_eq!(&found(&written, Some(start), limits, &text), &want);
            }
        }
    }
}
