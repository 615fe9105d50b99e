//! Marks that can be left out: accents, harakat, niqqud, tatweel.

mod class;
mod letters;

use std::ops::Range;

use unicode::{Category, JoiningType, Script, utf8};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};

pub use class::MarkClass;
use class::{TATWEEL, is_accent_of, is_harakat, is_niqqud, is_teamim};
use letters::{CyrillicPairs, Letters};

/// Takes marks of some classes from letters, composed ones included: é becomes e.
///
/// What is no mark in Unicode stays, as the strokes of ø, đ and ł. Marks that make a letter another are in no class:
/// vowel signs, viramas and nuktas of India and its neighbours, the voicing of kana, madda and hamza of Arabic, jamo of
/// Hangul. Marks on symbols stay too: ≠ does not become =.
#[derive(Debug, Clone)]
pub struct Marks {
    rules: Vec<Rule>,
    /// The rule of each class, by place among the rules.
    harakat: Option<usize>,
    niqqud: Option<usize>,
    teamim: Option<usize>,
    tatweel: Option<usize>,
    cyrillic_letters: Option<usize>,
    accents: Vec<(Script, usize)>,
    cyrillic_pairs: CyrillicPairs,
    letters: Letters,
    seeker: Seeker,
}

impl Marks {
    /// A step for some classes; [`MarkClass::DEFAULT`] are those whose marks are left out in everyday writing.
    ///
    /// ```
    /// use rewrite::steps::{MarkClass, Marks};
    /// use rewrite::{Rewriter, Scratch};
    /// let marks = Rewriter::new(vec![Box::new(Marks::new(&MarkClass::DEFAULT))]);
    /// assert_eq!(marks.rewrite("café, за́мок, йод".as_bytes(), &mut Scratch::default()), "cafe, замок, йод".as_bytes());
    /// ```
    pub fn new(classes: &[MarkClass]) -> Self {
        let mut distinct: Vec<MarkClass> = Vec::new();
        for &class in classes {
            if !distinct.contains(&class) {
                distinct.push(class);
            }
        }
        let rule_of = |class| distinct.iter().position(|&other| other == class);
        let script_of = |(place, &class): (usize, &MarkClass)| match class {
            MarkClass::Accents(script) => Some((script, place)),
            _ => None,
        };
        let mut marks = Marks {
            rules: distinct.iter().map(|class| class.rule()).collect(),
            harakat: rule_of(MarkClass::Harakat),
            niqqud: rule_of(MarkClass::Niqqud),
            teamim: rule_of(MarkClass::Teamim),
            tatweel: rule_of(MarkClass::Tatweel),
            cyrillic_letters: rule_of(MarkClass::CyrillicLetters),
            accents: distinct.iter().enumerate().filter_map(script_of).collect(),
            cyrillic_pairs: CyrillicPairs::new(),
            letters: Letters::default(),
            seeker: Seeker::new(CharSet::default()),
        };
        marks.letters = Letters::new(|base, mark| marks.rule_against(Some(base), mark, || true));
        let suspects = CharSet::of(|character| marks.is_suspect(character));
        marks.seeker = Seeker::new(suspects.union(CharSet::from_chars(marks.letters.composed())));
        marks
    }

    /// Whether a character goes after some letter.
    fn is_suspect(&self, character: char) -> bool {
        if !Category::of(character).is_mark() {
            return character == TATWEEL && self.tatweel.is_some();
        }
        self.rule_against(None, character, || true).is_some()
            || self.accents.iter().any(|&(script, _)| is_accent_of(character, script))
            || (self.cyrillic_letters.is_some() && is_accent_of(character, Script::Cyrillic))
    }

    /// The rule by which a mark goes from a letter, if it goes; the letter may be none, or composed.
    fn rule_against(
        &self,
        base: Option<char>,
        mark: char,
        lengthens: impl FnOnce() -> bool,
    ) -> Option<usize> {
        if mark == TATWEEL {
            return self.tatweel.filter(|_| lengthens());
        }
        let by_itself = [
            (self.harakat, is_harakat as fn(char) -> bool),
            (self.niqqud, is_niqqud),
            (self.teamim, is_teamim),
        ];
        if let Some(rule) = by_itself.into_iter().find_map(|(rule, is_in)| rule.filter(|_| is_in(mark))) {
            return Some(rule);
        }
        let base = base.filter(|&base| Category::of(base).is_letter())?;
        let script = Script::of(base);
        if script == Script::Cyrillic && self.cyrillic_pairs.compose(base, mark).is_some() {
            return self.cyrillic_letters;
        }
        let (_, rule) = self.accents.iter().find(|&&(other, _)| other == script)?;
        is_accent_of(mark, script).then_some(*rule)
    }

    /// Takes the marks of a stretch of them that follows `base`; the text goes on with `after`.
    fn strip(&self, draft: &mut Draft<'_>, run: Range<usize>, base: Option<char>, after: Option<char>) {
        let text = draft.text();
        let lengthens = [base, after].into_iter().flatten().any(joins);
        let mut letter = base;
        let mut at = run.start;
        while at < run.end {
            let (mark, length) = utf8::decode(&text[at..]);
            match self.rule_against(letter, mark, || lengthens) {
                Some(rule) => draft.delete(at..at + length, rule),
                // A letter such as й is made once: what follows it is stress.
                None => {
                    let made = letter.and_then(|letter| self.cyrillic_pairs.compose(letter, mark));
                    letter = made.or(letter);
                }
            }
            at += length;
        }
    }
}

impl Step for Marks {
    fn name(&self) -> &'static str {
        "marks"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(self.seeker.set().clone())
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        let mut from = 0;
        while let Some(found) = self.seeker.next(text, from) {
            let (start, base) = match self.letters.stripped(found.character) {
                Some((bare, rule)) => {
                    draft.replace(found.at..found.end(), bare.as_bytes(), rule);
                    // The marks that follow are those of what now stands there.
                    let letter = bare.chars().next().filter(|_| draft.is_enabled(rule));
                    (found.end(), letter.or(Some(found.character)))
                }
                None => (found.at, base_before(text, from, found.at)),
            };
            let (end, after) = end_of_marks(text, start);
            self.strip(draft, start..end, base, after);
            from = end;
        }
    }
}

/// What stands before a stretch of marks, not before `floor`.
fn base_before(text: &[u8], floor: usize, at: usize) -> Option<char> {
    let mut end = at;
    while end > floor {
        end = utf8::previous(text, floor, end);
        let (character, _) = utf8::decode(&text[end..]);
        if !is_passed_over(character) {
            return Some(character);
        }
    }
    None
}

/// Where a stretch of marks ends, and what follows it.
fn end_of_marks(text: &[u8], start: usize) -> (usize, Option<char>) {
    let mut at = start;
    while at < text.len() {
        let (character, length) = utf8::decode(&text[at..]);
        if !is_passed_over(character) {
            return (at, Some(character));
        }
        at += length;
    }
    (at, None)
}

/// Marks, controls and tatweel, between a letter and what belongs to it.
fn is_passed_over(character: char) -> bool {
    !character.is_ascii()
        && (JoiningType::of(character) == JoiningType::Transparent
            || character == TATWEEL
            || Category::of(character).is_mark())
}

/// A letter that tatweel can lengthen.
fn joins(character: char) -> bool {
    matches!(
        JoiningType::of(character),
        JoiningType::DualJoining | JoiningType::LeftJoining | JoiningType::RightJoining
    )
}
