//! From flags to what happens: stages in their fixed order, and the words for them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use language::Language;
use rewrite::{Rewriter, Rule, UnknownName};
use textcore::Error;

use crate::filter::{Bounds, Filters};
use crate::flags::{FilterFlags, Flags, RuleFlags};
use crate::normalizer::{Normalizer, RECORD_END};
use crate::own_rules::{RuleTests, user_rules};
use crate::preset::Choices;
use crate::rewriters::Rewriters;
use crate::stages::{Circumstances, Stage, Stages, line_end};
use crate::zwnj::Restoring;

/// The value of `--lang` that has each document judged.
const AUTO: &str = "auto";

/// What a run does, and how it is said.
pub struct Plan {
    /// The function of a record.
    pub normalizer: Normalizer,
    /// The stages of each of its rewriters.
    stages: Vec<Vec<Stage>>,
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
        let rules = user_rules(&flags.rules.rules)?.map(Arc::new);
        // Who only applies rules does not wait for their tests.
        let tested = rules.as_ref().filter(|_| flags.rules.test_rules);
        let rule_tests = tested.map(|rules| RuleTests::run(rules)).unwrap_or_default();
        let filters = filters(&flags.filters);
        let restoring = Restoring::of(&flags.zwnj)?;
        let filters_are_open = filters.are_open();
        let circumstances = Circumstances { rules, restoring, is_one_line, filters_are_open };
        let (mut stages, mut rewriters) = (Vec::new(), Vec::new());
        let is_auto = choices.lang.as_deref() == Some(AUTO);
        let first = if is_auto { choices.in_language(None) } else { choices.clone() };
        let languages = if is_auto { Language::all() } else { &[] };
        let others = languages.iter().map(|language| (Some(language), choices.in_language(Some(language))));
        for (language, choices) in std::iter::once((None, first)).chain(others) {
            let Stages { stages: new, steps, last_steps } = Stages::of(&choices, &circumstances)?;
            // A language that changes nothing needs no rewriter of its own.
            if stages.first() != Some(&new) {
                stages.push(new);
                rewriters.push((language, Rewriter::with_last(steps, last_steps)));
            }
        }
        if circumstances.restoring.is_some() && !has_step(&rewriters, "zwnj") {
            return Err(
                "--zwnj restore needs --lang fa or --lang auto: no other language has a model".to_owned()
            );
        }
        switch_rules(rewriters.iter_mut().map(|(_, rewriter)| rewriter), &flags.rules)?;
        let is_kept = |rewriter: &Rewriter| is_on(rewriter, &RECORD_END.name);
        let newlines = line_end(choices.newlines).filter(|_| is_kept(&rewriters[0].1));
        let rewriters = Rewriters::new(rewriters, is_auto, flags.shared.has_documents_in_records());
        Ok(Plan { normalizer: Normalizer { rewriters, newlines, filters }, stages, rule_tests })
    }

    /// What the tests in the files of rules gave, with `--test-rules`.
    pub fn rule_tests(&self) -> &RuleTests {
        &self.rule_tests
    }
}

/// Switches rules by their names, or those of their stages, which one of the rewriters at least must have.
fn switch_rules<'r>(
    rewriters: impl Iterator<Item = &'r mut Rewriter>,
    flags: &RuleFlags,
) -> Result<(), String> {
    let is_only = !flags.only_rules.is_empty();
    let names = if is_only { &flags.only_rules } else { &flags.skip_rules };
    let mut unknown: BTreeSet<&String> = names.iter().collect();
    let mut known: Vec<String> = Vec::new();
    for rewriter in rewriters {
        let own: Vec<_> = names.iter().filter(|name| rewriter.has_rules(name)).collect();
        let switched = if is_only { rewriter.only(&own) } else { rewriter.skip(&own) };
        switched.map_err(|error| error.to_string())?;
        unknown.retain(|name| !own.contains(name));
        known.extend(rewriter.rules().map(|rule| rule.name.clone().into_owned()));
        known.extend(rewriter.steps().map(|step| step.name().to_owned()));
    }
    unknown.first().map_or(Ok(()), |name| Err(unknown_rule(name, known)))
}

fn unknown_rule(name: &str, mut known: Vec<String>) -> String {
    known.sort();
    known.dedup();
    let nearest = UnknownName::new("rule", name, known).nearest;
    let nearest =
        if nearest.is_empty() { String::new() } else { format!("; the nearest are {}", nearest.join(", ")) };
    format!("no rule is called '{name}' in this plan (--plan lists those there are){nearest}")
}

fn has_step(rewriters: &[(Option<&Language>, Rewriter)], name: &str) -> bool {
    rewriters.iter().any(|(_, rewriter)| rewriter.steps().any(|step| step.name() == name))
}

/// Whether a rule of this name is there and switched on.
fn is_on(rewriter: &Rewriter, name: &str) -> bool {
    rewriter.numbered_rules().any(|(number, rule)| rule.name == name && rewriter.is_enabled(number))
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
    /// The stages in their order, each with its rules: name, what becomes of what, and whether it is lossy; then, for each
    /// language whose documents are treated otherwise, the stages that differ.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first: Vec<String> = Vec::new();
        for (stages, (language, rewriter)) in self.stages.iter().zip(self.normalizer.rewriters.iter()) {
            let shown = shown(stages, rewriter);
            match language {
                None => shown.iter().try_for_each(|stage| f.write_str(stage))?,
                Some(language) => {
                    writeln!(
                        f,
                        "\ndocuments in {} ({}), where they differ:",
                        language.name(),
                        language.code()
                    )?;
                    let differs = |(stage, first): &(&String, &String)| stage != first;
                    shown.iter().zip(&first).filter(differs).try_for_each(|(stage, _)| f.write_str(stage))?;
                }
            }
            if first.is_empty() {
                first = shown;
            }
        }
        Ok(())
    }
}

/// The lines of each stage.
fn shown(stages: &[Stage], rewriter: &Rewriter) -> Vec<String> {
    let mut steps = rewriter.steps();
    let mut rules = rewriter.numbered_rules();
    let line = |(number, rule): (usize, &Rule)| {
        let lossy = if rule.is_lossy { " (lossy)" } else { "" };
        let off = if rewriter.is_enabled(number) { "" } else { " (off)" };
        format!("  {:<22} {}{lossy}{off}\n", rule.name, rule.about)
    };
    let lines = |stage: &Stage| {
        let count = steps.by_ref().take(stage.steps).map(|step| step.rules().len()).sum();
        let rules: String = rules.by_ref().take(count).map(line).collect();
        format!("{:<12} {}\n{rules}", stage.name, stage.setting)
    };
    stages.iter().map(lines).collect()
}
