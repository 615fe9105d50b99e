//! Which pair of which rule applies at a place.

use language::letters::{LetterRule, Place};

use super::surroundings::{self, List, Surroundings};
use crate::charset::CharSet;

/// All pairs of some rules.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    /// By first character, in ascending order.
    entries: Vec<(char, Vec<Pair>)>,
}

/// A pair, and what it depends on.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub from: String,
    pub to: String,
    /// Its place among the rules of the step.
    pub rule: usize,
    conditions: Vec<(bool, Question)>,
}

#[derive(Debug, Clone)]
enum Question {
    WordStart,
    WordEnd,
    BeforeLetter,
    BetweenLetters,
    AfterJoiningLetter,
    Before(Vec<String>),
    After(Vec<String>),
    Marked(Vec<String>),
    WordHas(List),
    LineHas(List),
}

impl Matcher {
    pub fn new(rules: &[&LetterRule]) -> Self {
        let mut entries: Vec<(char, Vec<Pair>)> = Vec::new();
        let mut lists = 0;
        for (rule, pair) in
            rules.iter().enumerate().flat_map(|(n, rule)| rule.pairs.iter().map(move |pair| (n, pair)))
        {
            let Some(first) = pair.from.chars().next() else { continue };
            let conditions =
                pair.conditions.iter().map(|it| (it.is_wanted, question(&it.place, &mut lists))).collect();
            let pair = Pair { from: pair.from.clone(), to: pair.to.clone(), rule, conditions };
            match entries.iter_mut().find(|(known, _)| *known == first) {
                Some((_, pairs)) => pairs.push(pair),
                None => entries.push((first, vec![pair])),
            }
        }
        entries.sort_by_key(|&(first, _)| first);
        for (_, pairs) in &mut entries {
            // Stable: of equally long ones the first stays first.
            pairs.sort_by_key(|pair| std::cmp::Reverse(pair.from.len()));
        }
        Matcher { entries }
    }

    /// The characters that a match can begin with.
    pub fn first_characters(&self) -> CharSet {
        CharSet::from_chars(self.entries.iter().map(|&(first, _)| first))
    }

    /// The pair that applies where `first` begins.
    pub fn at(&self, text: &[u8], at: usize, first: char, surroundings: &mut Surroundings) -> Option<&Pair> {
        let entry = self.entries.binary_search_by_key(&first, |&(first, _)| first).ok()?;
        let mut matching =
            self.entries[entry].1.iter().filter(|pair| text[at..].starts_with(pair.from.as_bytes()));
        matching.find(|pair| {
            let end = at + pair.from.len();
            pair.conditions
                .iter()
                .all(|(is_wanted, question)| question.holds(text, at, end, surroundings) == *is_wanted)
        })
    }
}

fn question(place: &Place, lists: &mut usize) -> Question {
    let mut list = |items: &Vec<String>| {
        *lists += 1;
        List { number: *lists - 1, items: items.clone() }
    };
    match place {
        Place::AtWordStart => Question::WordStart,
        Place::AtWordEnd => Question::WordEnd,
        Place::BeforeLetter => Question::BeforeLetter,
        Place::BetweenLetters => Question::BetweenLetters,
        Place::AfterJoiningLetter => Question::AfterJoiningLetter,
        Place::Before(items) => Question::Before(items.clone()),
        Place::After(items) => Question::After(items.clone()),
        Place::Marked(items) => Question::Marked(items.clone()),
        Place::WordHas(items) => Question::WordHas(list(items)),
        Place::LineHas(items) => Question::LineHas(list(items)),
    }
}

impl Question {
    fn holds(&self, text: &[u8], start: usize, end: usize, surroundings: &mut Surroundings) -> bool {
        match self {
            Question::WordStart => surroundings::is_word_start(text, start),
            Question::WordEnd => surroundings::is_word_end(text, end),
            Question::BeforeLetter => surroundings::is_before_letter(text, end),
            Question::BetweenLetters => surroundings.is_between(text, start, end),
            Question::AfterJoiningLetter => surroundings.is_after_joining(text, start, end),
            Question::Before(items) => items.iter().any(|item| text[end..].starts_with(item.as_bytes())),
            Question::After(items) => items.iter().any(|item| text[..start].ends_with(item.as_bytes())),
            Question::Marked(items) => surroundings::is_marked(text, end, items),
            Question::WordHas(list) => surroundings.word_has(text, start, end, list),
            Question::LineHas(list) => surroundings.line_has(text, start, end, list),
        }
    }
}
