//! Finds patterns, several in one search.

use std::ops::Range;

use regex_automata::meta::{Config, Regex};
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input, PatternID};

use super::found::Found;
use super::pattern::{Pattern, Surroundings};
use super::template::{Part, Template};

/// Room for the states of a lazy automaton, for each thread.
const STATES_BYTES_MAX: usize = 8 << 20;

/// Patterns, each of a rule, that are searched for together.
pub(super) struct Group {
    regex: Regex,
    rules: Vec<usize>,
    surroundings: Surroundings,
}

/// Where the groups of a match are: space that is used again.
pub(super) type Slots = Vec<Option<NonMaxUsize>>;

impl Group {
    /// Of some patterns and their rules, in order.
    ///
    /// # Errors
    /// There are more of them than an automaton can number.
    pub fn new(patterns: &[(&Pattern, usize)]) -> Result<Self, String> {
        let config = Config::new().nfa_size_limit(None).hybrid_cache_capacity(STATES_BYTES_MAX);
        let hirs: Vec<_> = patterns.iter().map(|(pattern, _)| &pattern.hir).collect();
        let surroundings = patterns.iter().map(|(pattern, _)| pattern.surroundings()).max();
        let regex = Regex::builder().configure(config).build_many_from_hir(&hirs);
        Ok(Group {
            regex: regex.map_err(|error| error.to_string())?,
            rules: patterns.iter().map(|&(_, rule)| rule).collect(),
            surroundings: surroundings.unwrap_or(Surroundings::Any),
        })
    }

    /// True only if no pattern matches in any record of a run.
    pub fn is_absent_from(&self, run: &[u8]) -> bool {
        let is_like_records = match self.surroundings {
            Surroundings::Any => true,
            // Records may end at NUL, where no line does.
            Surroundings::LineEdges => memchr::memchr(0, run).is_none(),
            Surroundings::TextEdges => false,
        };
        is_like_records && !self.regex.is_match(run)
    }

    /// The next match at or after `from`.
    pub fn find(&self, text: &[u8], mut from: usize, is_enabled: &dyn Fn(usize) -> bool) -> Option<Found> {
        while from < text.len() {
            let found = self.regex.search(&Input::new(text).range(from..))?;
            if let [rule] = self.rules[..]
                && is_enabled(rule)
                && !found.is_empty()
            {
                return Some(Found { range: found.range(), rule });
            }
            if let Some(found) = self.find_at(text, found.start(), is_enabled) {
                return Some(found);
            }
            from = found.start() + unicode::utf8::decode(&text[found.start()..]).1.max(1);
        }
        None
    }

    /// The match that counts at `start`.
    fn find_at(&self, text: &[u8], start: usize, is_enabled: &dyn Fn(usize) -> bool) -> Option<Found> {
        let enabled = self.rules.iter().copied().enumerate().filter(|&(_, rule)| is_enabled(rule));
        let matches = enabled.filter_map(|(pattern, rule)| {
            let found = self.regex.search(&at(text, start..text.len(), pattern))?;
            (!found.is_empty()).then(|| Found { range: found.range(), rule })
        });
        matches.min()
    }

    /// Appends what stands in the place of a match of this group.
    pub fn expand(
        &self,
        text: &[u8],
        found: &Found,
        template: &Template,
        slots: &mut Slots,
        out: &mut Vec<u8>,
    ) {
        let Ok(pattern) = self.rules.binary_search(&found.rule) else { return };
        let groups = self.regex.group_info();
        slots.clear();
        slots.resize(groups.slot_len(), None);
        self.regex.search_slots(&at(text, found.range.start..text.len(), pattern), slots);
        for part in &template.parts {
            match part {
                Part::Text(text) => out.extend_from_slice(text.as_bytes()),
                Part::Group(group) => {
                    let place = |(first, last): (usize, usize)| Some(slots[first]?.get()..slots[last]?.get());
                    let range = groups.slots(id(pattern), *group).and_then(place);
                    out.extend_from_slice(range.map_or(b"", |range| &text[range]));
                }
            }
        }
    }
}

/// A search for one pattern, at the beginning of a range of the text.
fn at(text: &[u8], range: Range<usize>, pattern: usize) -> Input<'_> {
    Input::new(text).range(range).anchored(Anchored::Pattern(id(pattern)))
}

fn id(pattern: usize) -> PatternID {
    PatternID::new(pattern).expect("the patterns of a regex are numbered")
}
