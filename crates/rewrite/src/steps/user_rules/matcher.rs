//! All rules as one: the leftmost match, of those the longest, of those the earliest rule's.

use super::entry::{Entry, Source};
use super::found::Found;
use super::group::{Group, Slots};
use super::literals::Literals;
use super::template::Template;

/// Rules that apply in one pass.
pub(super) struct Matcher {
    finders: Vec<Finder>,
    /// By rule.
    targets: Vec<Template>,
}

enum Finder {
    Literals(Literals),
    Group(Group),
}

impl Matcher {
    /// Of some entries: rules are numbered by their places among them.
    pub fn new<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Result<Self, String> {
        let (mut texts, mut sociable, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        let mut targets = Vec::new();
        for (rule, entry) in entries.into_iter().enumerate() {
            targets.push(entry.target.clone());
            match &entry.source {
                Source::Text(text) => texts.push((&**text, rule)),
                Source::Pattern(pattern) if pattern.is_unsociable() => groups.push(vec![(&**pattern, rule)]),
                Source::Pattern(pattern) => sociable.push((&**pattern, rule)),
            }
        }
        groups.push(sociable);
        let mut finders = Vec::new();
        if !texts.is_empty() {
            finders.push(Finder::Literals(Literals::new(texts)?));
        }
        for patterns in groups.iter().filter(|patterns| !patterns.is_empty()) {
            finders.push(Finder::Group(Group::new(patterns)?));
        }
        Ok(Matcher { finders, targets })
    }

    /// The first characters of all sources, if each source is a text.
    pub fn first_chars(&self) -> Option<Vec<char>> {
        match &self.finders[..] {
            [] => Some(Vec::new()),
            [Finder::Literals(literals)] => Some(literals.first_chars().collect()),
            _ => None,
        }
    }

    /// True only if no rule matches in any record of a run.
    pub fn is_absent_from(&self, run: &[u8]) -> bool {
        self.finders.iter().all(|finder| match finder {
            Finder::Literals(literals) => !literals.is_match(run),
            Finder::Group(group) => group.is_absent_from(run),
        })
    }

    /// The matches in a text, in order.
    pub fn matches<'m, 't>(&'m self, text: &'t [u8]) -> Matches<'m, 't> {
        Matches { matcher: self, text, ahead: Vec::new(), slots: Vec::new(), expanded: Vec::new() }
    }
}

/// Goes through a text.
pub(super) struct Matches<'m, 't> {
    matcher: &'m Matcher,
    text: &'t [u8],
    /// The next match of each finder; empty before the first look.
    ahead: Vec<Option<Found>>,
    slots: Slots,
    expanded: Vec<u8>,
}

impl Matches<'_, '_> {
    /// The next match of a rule that is switched on, with what stands there instead.
    pub fn next(&mut self, is_enabled: &dyn Fn(usize) -> bool) -> Option<(Found, &[u8])> {
        let Matches { matcher, text, ahead, slots, expanded } = self;
        if ahead.is_empty() {
            ahead.extend(matcher.finders.iter().map(|finder| finder.find(text, 0, is_enabled)));
        }
        let best = ahead.iter().enumerate().filter_map(|(place, found)| Some((found.as_ref()?, place)));
        let (found, finder) = best.min().map(|(found, place)| (found.clone(), place))?;
        let target = &matcher.targets[found.rule];
        let with = match (&matcher.finders[finder], target.as_plain()) {
            (Finder::Group(group), None) => {
                expanded.clear();
                group.expand(text, &found, target, slots, expanded);
                &**expanded
            }
            (_, plain) => plain.unwrap_or("").as_bytes(),
        };
        // What a finder saw beyond this match still holds: it looks at the text around, not at where it began.
        for (finder, next) in matcher.finders.iter().zip(&mut *ahead) {
            if next.as_ref().is_some_and(|next| next.range.start < found.range.end) {
                *next = finder.find(text, found.range.end, is_enabled);
            }
        }
        Some((found, with))
    }
}

impl Finder {
    fn find(&self, text: &[u8], from: usize, is_enabled: &dyn Fn(usize) -> bool) -> Option<Found> {
        match self {
            Finder::Literals(literals) => literals.find(text, from, is_enabled),
            Finder::Group(group) => group.find(text, from, is_enabled),
        }
    }
}
