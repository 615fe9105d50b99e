//! Runs steps in order, and over again until none has anything to say.

use std::fmt;

use crate::charset::CharSet;
use crate::draft::{Draft, Edit, Journal};
use crate::rule::Rule;
use crate::step::{Step, Triggers};
use crate::trace::Trace;
use crate::watch::{STEPS_MAX, Signs, Watch};

/// How often the steps are gone through at most. Texts settle in one or two rounds; the limit is for steps that would
/// undo each other for ever.
const ROUNDS_MAX: usize = 16;

/// A sequence of steps as one function of a text.
///
/// Steps run in their order. When one has changed the text, those before it are asked again, until every step has
/// seen the text after its last change: the result is then a fixed point of all repeatable steps, unless two of them undo
/// each other. Last steps, if any, then run once.
pub struct Rewriter {
    steps: Vec<Box<dyn Step>>,
    /// The place of the first of the last steps.
    last: usize,
    /// For each step the number of its first rule; and the number of rules.
    first_rules: Vec<usize>,
    /// What the first rule is called by number.
    numbers_from: usize,
    enabled: Vec<bool>,
    watch: Watch,
    /// Steps that always look.
    always: Signs,
    /// For steps of which a sign is all there is to know of a run; and the others, which look themselves.
    run_watch: Watch,
    looking: Signs,
}

/// Space that is used again from one text to the next; it carries no meaning.
#[derive(Debug, Default)]
pub struct Scratch {
    current: Vec<u8>,
    next: Vec<u8>,
    edits: Vec<Edit>,
}

/// No rule and no step has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule(pub String);

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule is called '{}'", self.0)
    }
}

impl std::error::Error for UnknownRule {}

impl Rewriter {
    /// Steps in the order in which they run; at most [`STEPS_MAX`], further ones would never be asked.
    pub fn new(steps: Vec<Box<dyn Step>>) -> Self {
        Self::with_last(steps, Vec::new())
    }

    /// Steps as for [`Rewriter::new`], and those that run once after all others have settled.
    pub fn with_last(mut steps: Vec<Box<dyn Step>>, last_steps: Vec<Box<dyn Step>>) -> Self {
        debug_assert!(steps.len() + last_steps.len() <= STEPS_MAX);
        steps.truncate(STEPS_MAX);
        let last = steps.len();
        steps.extend(last_steps);
        steps.truncate(STEPS_MAX);
        let mut first_rules = vec![0];
        let mut always = 0;
        let mut sets: Vec<(usize, CharSet)> = Vec::new();
        let mut suspects: Vec<(usize, CharSet)> = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            first_rules.push(first_rules[place] + step.rules().len());
            match step.triggers() {
                Triggers::Always => always |= 1 << place,
                Triggers::Characters(set) => sets.push((place, set)),
                Triggers::Suspects(set) => suspects.push((place, set)),
            }
        }
        let enabled = vec![true; first_rules[first_rules.len() - 1]];
        let watch = |sets: &[(usize, CharSet)]| Watch::new(sets.iter().map(|(place, set)| (*place, set)));
        let run_watch = watch(&sets);
        let looking = suspects.iter().fold(always, |looking, (place, _)| looking | 1 << place);
        sets.extend(suspects);
        Rewriter {
            steps,
            last,
            first_rules,
            numbers_from: 0,
            enabled,
            watch: watch(&sets),
            run_watch,
            looking,
            always,
        }
    }

    /// Gives the rules the numbers from `first` on, for those who use several rewriters.
    #[must_use]
    pub fn numbered_from(mut self, first: usize) -> Self {
        self.numbers_from = first;
        self
    }

    /// The steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &dyn Step> {
        self.steps.iter().map(AsRef::as_ref)
    }

    /// Every rule, in the order of the steps and of their numbers, which begin with 0 unless
    /// [`Rewriter::numbered_from`] says otherwise.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.steps.iter().flat_map(|step| step.rules())
    }

    /// The same, each with its number.
    pub fn numbered_rules(&self) -> impl Iterator<Item = (usize, &Rule)> {
        (self.numbers_from..).zip(self.rules())
    }

    /// How many rules there are.
    pub fn rule_count(&self) -> usize {
        self.enabled.len()
    }

    /// The rule of a number.
    pub fn rule(&self, number: usize) -> Option<&Rule> {
        let number = number.checked_sub(self.numbers_from)?;
        let step = self.first_rules.partition_point(|&first| first <= number).checked_sub(1)?;
        self.steps.get(step)?.rules().get(number - self.first_rules[step])
    }

    /// Whether a rule, by its number, is switched on.
    pub fn is_enabled(&self, rule: usize) -> bool {
        rule.checked_sub(self.numbers_from).is_some_and(|place| self.enabled[place])
    }

    /// Switches all rules off but those named. The name of a step, unless a rule has it, stands for all of the step's rules;
    /// in it `-` may stand for a space.
    ///
    /// # Errors
    /// A name that no rule and no step has.
    pub fn only<S: AsRef<str>>(&mut self, names: &[S]) -> Result<(), UnknownRule> {
        self.enabled.fill(false);
        names.iter().try_for_each(|name| self.switch(name.as_ref(), true))
    }

    /// Switches the rules named off; names mean what they do for [`Rewriter::only`].
    ///
    /// # Errors
    /// A name that no rule and no step has.
    pub fn skip<S: AsRef<str>>(&mut self, names: &[S]) -> Result<(), UnknownRule> {
        names.iter().try_for_each(|name| self.switch(name.as_ref(), false))
    }

    fn switch(&mut self, name: &str, on: bool) -> Result<(), UnknownRule> {
        let mut named: Vec<bool> = self.rules().map(|rule| rule.name == name).collect();
        if !named.contains(&true) {
            named =
                self.steps().flat_map(|step| step.rules().iter().map(|_| is_called(step, name))).collect();
        }
        for (enabled, _) in self.enabled.iter_mut().zip(&named).filter(|(_, named)| **named) {
            *enabled = on;
        }
        if named.contains(&true) { Ok(()) } else { Err(UnknownRule(name.to_owned())) }
    }

    /// Whether a name can be switched: that of a rule, or of a step that has some.
    pub fn has_rules(&self, name: &str) -> bool {
        let is_rule = self.rules().any(|rule| rule.name == name);
        is_rule || self.steps().any(|step| is_called(step, name) && !step.rules().is_empty())
    }

    /// True only if each record of a run of records, ends included, would stay as it is.
    pub fn is_identity_on(&self, run: &[u8]) -> bool {
        let mut looking = self.steps.iter().enumerate().filter(|(place, _)| self.looking & (1 << place) != 0);
        self.run_watch.signs_until(run, Signs::MAX) == 0 && looking.all(|(_, step)| step.is_identity_on(run))
    }

    /// The text rewritten: itself, or what `scratch` holds then.
    pub fn rewrite<'t>(&self, text: &'t [u8], scratch: &'t mut Scratch) -> &'t [u8] {
        self.run(text, scratch, None)
    }

    /// As [`Rewriter::rewrite`], and says in `trace` what was done.
    pub fn trace<'t>(&self, text: &'t [u8], scratch: &'t mut Scratch, trace: &mut Trace) -> &'t [u8] {
        trace.clear();
        self.run(text, scratch, Some(trace))
    }

    fn run<'t>(&self, text: &'t [u8], scratch: &'t mut Scratch, trace: Option<&mut Trace>) -> &'t [u8] {
        let signs = self.watch.signs(text) | self.always;
        if signs == 0 {
            return text;
        }
        let mut run = Run { rewriter: self, text, scratch, trace, signs, changed_last: None };
        run.settle();
        for place in self.last..self.steps.len() {
            run.step(place);
        }
        if run.changed_last.is_some() { &scratch.current } else { text }
    }
}

fn is_called(step: &dyn Step, name: &str) -> bool {
    let joined = |character: char| if character == ' ' { '-' } else { character };
    step.name().chars().map(joined).eq(name.chars().map(joined))
}

/// The rewriting of one text.
struct Run<'r, 's> {
    rewriter: &'r Rewriter,
    text: &'r [u8],
    scratch: &'s mut Scratch,
    trace: Option<&'s mut Trace>,
    /// What may stand in the text by now.
    signs: Signs,
    /// The step that changed the text last: when its turn comes again, all others have seen its result.
    changed_last: Option<usize>,
}

impl Run<'_, '_> {
    /// Runs the repeatable steps until none has anything to say.
    fn settle(&mut self) {
        for round in 0..ROUNDS_MAX {
            if round > 0 {
                if self.changed_last.is_none() {
                    return;
                }
                self.signs = self.rewriter.watch.signs(&self.scratch.current) | self.rewriter.always;
            }
            for place in 0..self.rewriter.last {
                if round > 0 && self.changed_last == Some(place) {
                    return;
                }
                if round == 0 || self.rewriter.steps[place].is_repeatable() {
                    self.step(place);
                }
            }
        }
    }

    fn step(&mut self, place: usize) {
        if self.signs & (1 << place) == 0 {
            return;
        }
        let Scratch { current, next, edits } = &mut *self.scratch;
        let text = if self.changed_last.is_some() { &**current } else { self.text };
        let rules = self.rewriter.first_rules[place]..self.rewriter.first_rules[place + 1];
        edits.clear();
        let journal = self
            .trace
            .is_some()
            .then_some(Journal { edits, first_rule: self.rewriter.numbers_from + rules.start });
        let mut draft = Draft::new(text, next, &self.rewriter.enabled[rules], &self.rewriter.watch, journal);
        self.rewriter.steps[place].apply(&mut draft);
        if let Some(brought) = draft.finish() {
            self.signs |= brought;
            if let Some(trace) = self.trace.as_deref_mut() {
                trace.add(edits, text, next);
            }
            std::mem::swap(current, next);
            self.changed_last = Some(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Replaces one string by another, over and over.
    struct Swap {
        from: &'static str,
        to: &'static str,
        rules: [Rule; 1],
        repeatable: bool,
    }

    impl Step for Swap {
        fn name(&self) -> &'static str {
            "swap"
        }

        fn rules(&self) -> &[Rule] {
            &self.rules
        }

        fn triggers(&self) -> Triggers {
            Triggers::Characters(CharSet::from_chars(self.from.chars().take(1)))
        }

        fn apply(&self, draft: &mut Draft<'_>) {
            let text = std::str::from_utf8(draft.text()).unwrap_or("");
            for (at, found) in text.match_indices(self.from) {
                draft.replace(at..at + found.len(), self.to.as_bytes(), 0);
            }
        }

        fn is_repeatable(&self) -> bool {
            self.repeatable
        }
    }

    fn swap(from: &'static str, to: &'static str, repeatable: bool) -> Box<dyn Step> {
        Box::new(Swap { from, to, rules: [Rule::lossless(from, "")], repeatable })
    }

    fn rewritten(rewriter: &Rewriter, text: &str) -> String {
        let mut scratch = Scratch::default();
        String::from_utf8_lossy(rewriter.rewrite(text.as_bytes(), &mut scratch)).into_owned()
    }

    #[test]
    fn steps_before_the_last_change_are_asked_again() {
        let rewriter = Rewriter::new(vec![swap("ab", "x", true), swap("-", "", true), swap("x", "y", true)]);
        assert_eq!(rewritten(&rewriter, "a-b"), "y");
        let once = Rewriter::new(vec![swap("ab", "x", false), swap("-", "", true)]);
        assert_eq!(rewritten(&once, "a-b ab"), "ab x");
    }

    #[test]
    fn last_steps_run_once() {
        let rewriter = Rewriter::with_last(vec![swap("a", "b", true)], vec![swap("b", "aa", true)]);
        assert_eq!(rewritten(&rewriter, "a-b"), "aa-aa");
    }

    #[test]
    fn steps_that_undo_each_other_end() {
        let rewriter = Rewriter::new(vec![swap("a", "b", true), swap("b", "a", true)]);
        assert_eq!(rewritten(&rewriter, "a"), "a");
    }

    #[test]
    fn rules_are_switched_by_name() {
        let mut rewriter = Rewriter::new(vec![swap("a", "x", true), swap("b", "y", true)]);
        rewriter.skip(&["a"]).expect("a rule");
        assert_eq!(rewritten(&rewriter, "ab"), "ay");
        rewriter.only(&["a"]).expect("a rule");
        assert_eq!(rewritten(&rewriter, "ab"), "xb");
        assert_eq!(rewriter.only(&["c"]), Err(UnknownRule("c".to_owned())));
        assert!(rewriter.has_rules("a") && !rewriter.has_rules("c"));
    }

    #[test]
    fn the_name_of_a_step_is_that_of_all_its_rules() {
        use crate::steps::{LineEnd, Newlines, Space, SpaceOptions, ZeroWidth, ZeroWidthPolicy};
        let spaces: SpaceOptions = "collapse".parse().expect("options");
        let mut rewriter = Rewriter::new(vec![
            Box::new(ZeroWidth::new(ZeroWidthPolicy::Drop)),
            Box::new(Space::new(spaces)),
            Box::new(Newlines::new(LineEnd::Lf)),
        ]);
        let text = "a  b\u{200C}c\r\n";
        for name in ["zero width", "zero-width"] {
            rewriter.only(&[name]).expect("a step");
            assert_eq!(rewritten(&rewriter, text), "a  bc\r\n");
        }
        rewriter.skip(&["zero-width"]).expect("a step");
        assert_eq!(rewritten(&rewriter, text), text);
        rewriter.only(&["space", "newline"]).expect("a step and a rule");
        assert_eq!(rewritten(&rewriter, text), "a b\u{200C}c\n");
    }

    proptest! {
        #[test]
        fn pieces_say_which_bytes_are_the_same(text in "[abcxé-]{0,20}") {
            let rewriter = Rewriter::new(vec![swap("ab", "xé-", true), swap("-", "", true), swap("xx", "c", true)]);
            let (mut scratch, mut trace) = (Scratch::default(), Trace::default());
            let out = rewriter.trace(text.as_bytes(), &mut scratch, &mut trace).to_vec();
            let (mut source, mut output) = (0, 0);
            for piece in trace.pieces() {
                prop_assert_eq!(&text.as_bytes()[source..piece.source.start], &out[output..piece.output.start]);
                (source, output) = (piece.source.end, piece.output.end);
            }
            prop_assert_eq!(&text.as_bytes()[source..], &out[output..]);
            prop_assert_eq!(out, rewritten(&rewriter, &text).into_bytes());
            prop_assert!(trace.changes().iter().all(|change| change.source.end <= text.len()));
        }
    }
}
