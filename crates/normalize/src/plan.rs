//! From flags to what happens: stages in their fixed order, and the words for them.

use std::fmt;

use rewrite::{Rewriter, Step};
use textcore::Error;

use crate::filter::{Bounds, Filters};
use crate::flags::{FilterFlags, Flags, RuleFlags};
use crate::normalizer::{Normalizer, RECORD_END};
use crate::own_rules::{RuleTests, user_rules};
use crate::preset::Choices;
use crate::stages::{Circumstances, Stage, Stages, line_end};

/// What a run does, and how it is said.
pub struct Plan {
    /// The function of a record.
    pub normalizer: Normalizer,
    stages: Vec<Stage>,
    rule_tests: RuleTests,
}

impl Plan {
    /// Checks the flags and puts the stages together.
    ///
    /// # Errors
    /// [`Error::Usage`]: a value that means nothing, an unknown rule, a file of rules that cannot be used.
    pub fn new(flags: &Flags) -> Result<Self, Error> {
        Self::of(flags).map_err(Error::Usage)
    }

    fn of(flags: &Flags) -> Result<Self, String> {
        let choices = Choices::of(flags);
        let is_one_line = !flags.shared.has_lines_in_records();
        if is_one_line && (choices.squeeze_blank.is_some() || choices.dehyphenate || choices.unwrap) {
            let what = "--squeeze-blank, --dehyphenate and --unwrap work inside records of several lines";
            return Err(format!("{what}: add --whole, --paragraphs, --jsonl or -z"));
        }
        let rules = user_rules(&flags.rules.rules)?;
        // Who only applies rules does not wait for their tests.
        let tested = rules.as_ref().filter(|_| flags.rules.test_rules);
        let rule_tests = tested.map(RuleTests::run).unwrap_or_default();
        let filters = filters(&flags.filters);
        let circumstances = Circumstances { rules, is_one_line, filters_are_open: filters.are_open() };
        let Stages { stages, steps, last_steps } = Stages::of(&choices, circumstances)?;
        let mut rewriter = Rewriter::with_last(steps, last_steps);
        switch_rules(&mut rewriter, &flags.rules)?;
        let newlines = line_end(choices.newlines).filter(|_| is_on(&rewriter, &RECORD_END.name));
        Ok(Plan { normalizer: Normalizer { rewriter, newlines, filters }, stages, rule_tests })
    }

    /// What the tests in the files of rules gave, with `--test-rules`.
    pub fn rule_tests(&self) -> &RuleTests {
        &self.rule_tests
    }
}

fn switch_rules(rewriter: &mut Rewriter, flags: &RuleFlags) -> Result<(), String> {
    let names = if flags.only_rules.is_empty() { &flags.skip_rules } else { &flags.only_rules };
    let switched = if flags.only_rules.is_empty() { rewriter.skip(names) } else { rewriter.only(names) };
    switched.map_err(|error| format!("{error} in this plan (--plan lists those there are)"))
}

/// Whether a rule of this name is there and switched on.
fn is_on(rewriter: &Rewriter, name: &str) -> bool {
    rewriter.rules().enumerate().any(|(number, rule)| rule.name == name && rewriter.is_enabled(number))
}

fn filters(flags: &FilterFlags) -> Filters {
    Filters {
        bytes: Bounds { min: flags.min_bytes, max: flags.max_bytes },
        chars: Bounds { min: flags.min_chars, max: flags.max_chars },
        words: Bounds { min: flags.min_words, max: flags.max_words },
        run_max: flags.max_run,
        shares_min: flags.min_share.clone(),
        shares_max: flags.max_share.clone(),
        repeated_words_max: flags.max_repeated_words,
    }
}

impl fmt::Display for Plan {
    /// The stages in their order, each with its rules: name, what becomes of what, and whether it is lossy.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rewriter = &self.normalizer.rewriter;
        let mut steps = rewriter.steps();
        let mut number = 0;
        for stage in &self.stages {
            writeln!(f, "{:<12} {}", stage.name, stage.setting)?;
            for rule in steps.by_ref().take(stage.steps).flat_map(Step::rules) {
                let lossy = if rule.is_lossy { " (lossy)" } else { "" };
                let off = if rewriter.is_enabled(number) { "" } else { " (off)" };
                writeln!(f, "  {:<22} {}{lossy}{off}", rule.name, rule.about)?;
                number += 1;
            }
        }
        Ok(())
    }
}
