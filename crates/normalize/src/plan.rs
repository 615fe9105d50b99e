//! From flags to what happens: stages in their fixed order, and the words for them.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use rewrite::steps::nmt_nfkc::{NonJoiner, nmt_nfkc};
use rewrite::steps::{
    Bidi, BidiPolicy, BlankLines, CaseStep, Controls, DashStyle, Dashes, Dehyphenate, Digits, Ellipsis,
    EllipsisStyle, Entities, Forms, LineEnd, MarkClass, Marks, Newlines, QuoteStyle, Quotes, Space,
    SpaceOptions, Tags, Unwrap, UserRules, Width, ZeroWidth, ZeroWidthPolicy, form,
};
use rewrite::{Rewriter, Step, UnknownName};
use textcore::Error;
use unicode::{Case, CaseLocale, Casing, Compatibility, DigitSet, Form, Kinds, Rewriting};

use crate::filter::{Bounds, Filters};
use crate::flags::{
    BidiFlag, CaseFlag, ControlsFlag, EntitiesFlag, FilterFlags, Flags, FormFlag, NewlinesFlag, RuleFlags,
    TagsFlag, WidthFlag, ZeroWidthFlag,
};
use crate::normalizer::{Normalizer, RECORD_END};
use crate::preset::Choices;

/// What a run does, and how it is said.
pub struct Plan {
    /// The function of a record.
    pub normalizer: Normalizer,
    stages: Vec<Stage>,
    rule_tests: RuleTests,
}

/// One stage, as the plan shows it.
struct Stage {
    name: &'static str,
    /// What it is switched to.
    setting: String,
    /// How many steps of the rewriter it has.
    steps: usize,
}

/// Stages as they are put together.
#[derive(Default)]
struct Stages {
    stages: Vec<Stage>,
    steps: Vec<Box<dyn Step>>,
    last_steps: Vec<Box<dyn Step>>,
}

impl Stages {
    fn add(&mut self, name: &'static str, setting: impl Into<String>, step: Option<Box<dyn Step>>) {
        self.stages.push(Stage { name, setting: setting.into(), steps: usize::from(step.is_some()) });
        self.steps.extend(step);
    }

    fn add_last(&mut self, name: &'static str, setting: impl Into<String>, step: Option<Box<dyn Step>>) {
        self.stages.push(Stage { name, setting: setting.into(), steps: usize::from(step.is_some()) });
        self.last_steps.extend(step);
    }
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
        let choices = flags.choices();
        let needs_lines = choices.squeeze_blank.is_some() || choices.dehyphenate || choices.unwrap;
        if needs_lines && !flags.shared.has_lines_in_records() {
            let what = "--squeeze-blank, --dehyphenate and --unwrap work inside records of several lines";
            return Err(format!("{what}: add --whole, --paragraphs, --jsonl or -z"));
        }
        let rules = user_rules(&flags.rules.rules)?;
        let rule_tests = rules.as_ref().map(RuleTests::run).unwrap_or_default();
        let Stages { stages, steps, last_steps } = stages(&choices, rules, flags)?;
        let mut rewriter = Rewriter::with_last(steps, last_steps);
        switch_rules(&mut rewriter, &flags.rules)?;
        let newlines = line_end(choices.newlines).filter(|_| is_on(&rewriter, &RECORD_END.name));
        let filters = filters(&flags.filters);
        Ok(Plan { normalizer: Normalizer { rewriter, newlines, filters }, stages, rule_tests })
    }

    /// What the tests in the files of rules gave.
    pub fn rule_tests(&self) -> &RuleTests {
        &self.rule_tests
    }
}

/// What the tests in files of rules gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleTests {
    /// How many did what they should.
    pub passed: usize,
    /// What the others did instead.
    pub failed: Vec<String>,
}

impl RuleTests {
    fn run(rules: &UserRules) -> Self {
        let mut tests = RuleTests::default();
        for outcome in rules.run_tests() {
            if outcome.is_passed() {
                tests.passed += 1;
            } else {
                tests.failed.push(outcome.to_string());
            }
        }
        tests
    }
}

impl fmt::Display for RuleTests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failed.iter().try_for_each(|failure| writeln!(f, "{failure}"))?;
        writeln!(f, "{} passed, {} failed", self.passed, self.failed.len())
    }
}

/// The stages in their order.
fn stages(choices: &Choices, rules: Option<UserRules>, flags: &Flags) -> Result<Stages, String> {
    let mut stages = Stages::default();
    let on = |is_on: bool, name: &'static str| if is_on { name } else { "keep" };
    stages.add("decode", "as --encoding and --invalid say", None);
    let (tags, entities) = (choices.tags == TagsFlag::Strip, choices.entities == EntitiesFlag::Once);
    stages.add("tags", on(tags, "strip"), when(tags, || Tags::new(entities)));
    stages.add("entities", on(entities, "once"), when(entities, || entity_step(flags)));
    stages.add("line flow", flow_setting(choices), when(choices.dehyphenate, Dehyphenate::new));
    stages.add("", "", when(choices.unwrap, Unwrap::new));
    let rewriting = rewriting(choices)?;
    let form_step = |rewriting: Rewriting| Box::new(Forms::new(rewriting)) as _;
    if choices.is_nmt {
        for (name, step) in ["form", ""].into_iter().zip(nmt_nfkc(NonJoiner::Keep)) {
            stages.add(name, "nmt_nfkc", Some(step));
        }
    } else {
        stages.add("form", form_setting(choices), rewriting.map(form_step));
    }
    let casing = casing(choices, flags)?;
    let case = casing.map_or("keep", |casing| casing.case.name());
    stages.add("case", case, casing.and_then(|casing| boxed(CaseStep::new(casing))));
    let marks = marks(&choices.strip_marks)?;
    let setting = if marks.is_empty() { "keep" } else { &choices.strip_marks };
    stages.add("marks", setting, when(!marks.is_empty(), || Marks::new(&marks)));
    let controls = choices.controls == ControlsFlag::Strip;
    stages.add("controls", on(controls, "strip"), when(controls, Controls::new));
    let bidi = bidi(choices.bidi);
    stages.add(
        "bidi",
        bidi.map_or("keep", BidiPolicy::name),
        bidi.and_then(|policy| boxed(Bidi::new(policy))),
    );
    let zero_width = zero_width(choices.zero_width);
    let setting = zero_width.map_or("keep", ZeroWidthPolicy::name);
    stages.add("zero width", setting, zero_width.and_then(|policy| boxed(ZeroWidth::new(policy))));
    let lang = language(flags)?;
    let quotes = styled("--quotes", &choices.quotes, lang, QuoteStyle::parse)?;
    stages.add("quotes", &choices.quotes, quotes.and_then(|style| boxed(Quotes::new(style))));
    let dashes = styled("--dashes", &choices.dashes, lang, DashStyle::parse)?;
    stages.add("dashes", &choices.dashes, dashes.and_then(|style| boxed(Dashes::new(style))));
    let ellipsis = styled("--ellipsis", &choices.ellipsis, None, EllipsisStyle::parse)?;
    let is_compatible = rewriting.is_some_and(|rewriting| rewriting.kinds.contains(Compatibility::Compat));
    if ellipsis == Some(EllipsisStyle::Char) && is_compatible {
        return Err("--ellipsis char and --form nfkc or nfkd undo each other".to_owned());
    }
    stages.add("ellipsis", &choices.ellipsis, ellipsis.and_then(|style| boxed(Ellipsis::new(style))));
    let width = choices.width == WidthFlag::Fold;
    stages.add("width", on(width, "fold"), when(width, Width::new));
    // A language that has no digits of its own writes those of ASCII.
    let own_digits = lang.map(|code| DigitSet::parse(code).map_or("ascii", |_| code));
    let digits = styled("--digits", &choices.digits, own_digits, parse_digits)?;
    stages.add("digits", &choices.digits, digits.and_then(|set| boxed(Digits::new(set))));
    let space = styled("--space", &choices.space, None, SpaceOptions::from_str)?;
    stages.add("space", &choices.space, space.and_then(|options| boxed(Space::new(options))));
    let end = line_end(choices.newlines);
    let setting = match choices.newlines {
        NewlinesFlag::Lf => "lf",
        NewlinesFlag::Crlf => "crlf",
        NewlinesFlag::Keep => "keep",
    };
    stages.add("newlines", setting, end.and_then(|end| boxed(Newlines::new(end))));
    let max = choices.squeeze_blank;
    let setting = max.map_or("keep".to_owned(), |max| format!("at most {max}"));
    stages.add("blank lines", setting, max.and_then(|max| boxed(BlankLines::new(max))));
    let has_rules = rules.is_some();
    stages.add_last("rules", if has_rules { "your own, once" } else { "none" }, rules.and_then(boxed));
    let again = rewriting.filter(|_| has_rules);
    let setting = again.map_or("none", |_| form_setting(choices));
    stages.add_last("form again", setting, again.map(form_step));
    let are_open = filters(&flags.filters).are_open();
    stages.add_last("filters", if are_open { "none" } else { "as their flags say" }, None);
    Ok(stages)
}

fn casing(choices: &Choices, flags: &Flags) -> Result<Option<Casing>, String> {
    let locale = match (&choices.locale, &flags.preset.lang) {
        (Some(name), _) => CaseLocale::parse(name)
            .ok_or_else(|| format!("--locale '{name}': there are {}", CaseLocale::NAMES.join(", ")))?,
        // Most languages have no case rules of their own.
        (None, Some(lang)) => CaseLocale::parse(lang).unwrap_or(CaseLocale::Root),
        (None, None) => CaseLocale::Root,
    };
    let case = match choices.case {
        CaseFlag::Lower => Case::Lower,
        CaseFlag::Upper => Case::Upper,
        CaseFlag::Fold => Case::Fold,
        CaseFlag::Keep => return Ok(None),
    };
    Ok(Some(Casing { case, locale }))
}

/// The classes of marks of a list, in which `default` stands for several, or `none`.
fn marks(list: &str) -> Result<Vec<MarkClass>, String> {
    if list == "none" {
        return Ok(Vec::new());
    }
    let classes =
        |name| if name == "default" { Ok(MarkClass::DEFAULT.to_vec()) } else { MarkClass::parse(name) };
    let all = list.split(',').map(classes).collect::<Result<Vec<_>, _>>();
    all.map(|classes| classes.concat()).map_err(|error| format!("--strip-marks: {error}"))
}

fn flow_setting(choices: &Choices) -> &'static str {
    match (choices.dehyphenate, choices.unwrap) {
        (true, true) => "dehyphenate, unwrap",
        (true, false) => "dehyphenate",
        (false, true) => "unwrap",
        (false, false) => "keep",
    }
}

fn bidi(flag: BidiFlag) -> Option<BidiPolicy> {
    match flag {
        BidiFlag::Repair => Some(BidiPolicy::Repair),
        BidiFlag::Strip => Some(BidiPolicy::Strip),
        BidiFlag::Keep => None,
    }
}

fn zero_width(flag: ZeroWidthFlag) -> Option<ZeroWidthPolicy> {
    match flag {
        ZeroWidthFlag::Contextual => Some(ZeroWidthPolicy::Contextual),
        ZeroWidthFlag::Drop => Some(ZeroWidthPolicy::Drop),
        ZeroWidthFlag::Space => Some(ZeroWidthPolicy::Space),
        ZeroWidthFlag::Keep => None,
    }
}

fn line_end(flag: NewlinesFlag) -> Option<LineEnd> {
    match flag {
        NewlinesFlag::Lf => Some(LineEnd::Lf),
        NewlinesFlag::Crlf => Some(LineEnd::CrLf),
        NewlinesFlag::Keep => None,
    }
}

/// The language of the text, if it was named: one that some step knows something of.
fn language(flags: &Flags) -> Result<Option<&str>, String> {
    let Some(code) = flags.preset.lang.as_deref() else { return Ok(None) };
    let digits = DigitSet::aliases().iter().map(|&(alias, _)| alias);
    let known: BTreeSet<&str> = QuoteStyle::languages()
        .chain(DashStyle::languages())
        .chain(CaseLocale::NAMES)
        .chain(digits)
        .filter(|name| (2..=3).contains(&name.len()))
        .collect();
    if known.contains(code) {
        return Ok(Some(code));
    }
    Err(format!("--lang: {}", UnknownName::new("language", code, known)))
}

/// A flag's value as a step understands it; none for `keep`. The value `lang` stands for the language of the text.
fn styled<T>(
    flag: &str,
    value: &str,
    lang: Option<&str>,
    parse: impl Fn(&str) -> Result<T, UnknownName>,
) -> Result<Option<T>, String> {
    let name = match (value, lang) {
        ("keep", _) => return Ok(None),
        ("lang", Some(lang)) => lang,
        ("lang", None) => return Err(format!("{flag} lang needs the language of the text (--lang)")),
        (name, _) => name,
    };
    parse(name).map(Some).map_err(|error| format!("{flag}: {error}"))
}

fn parse_digits(name: &str) -> Result<DigitSet, UnknownName> {
    let name = if name == "ascii" { "latn" } else { name };
    DigitSet::parse(name).ok_or_else(|| {
        let aliases = DigitSet::aliases().iter().map(|&(alias, _)| alias);
        UnknownName::new("set of digits", name, DigitSet::all().map(DigitSet::name).chain(aliases))
    })
}

fn entity_step(flags: &Flags) -> Entities {
    if flags.shared.has_lines_in_records() { Entities::new() } else { Entities::new().within_a_line() }
}

fn boxed<S: Step + 'static>(step: S) -> Option<Box<dyn Step>> {
    Some(Box::new(step))
}

fn when<S: Step + 'static>(is_wanted: bool, step: impl FnOnce() -> S) -> Option<Box<dyn Step>> {
    is_wanted.then(|| Box::new(step()) as _)
}

/// The rules of files, which are named as they were typed.
fn user_rules(paths: &[PathBuf]) -> Result<Option<UserRules>, String> {
    if paths.is_empty() {
        return Ok(None);
    }
    let read = |path: &PathBuf| {
        let name = path.to_string_lossy().into_owned();
        match std::fs::read(path) {
            Ok(bytes) => Ok((name, bytes)),
            Err(error) => Err(format!("{name}: {}", textcore::error::system_message(&error))),
        }
    };
    let files = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    UserRules::parse(&files).map(Some).map_err(|error| error.to_string())
}

impl Flags {
    /// What was typed, over what the preset says.
    fn choices(&self) -> Choices {
        let mut choices = Choices::of(self.preset.preset);
        fn set<T: Clone>(choice: &mut T, typed: &Option<T>) {
            if let Some(value) = typed {
                choice.clone_from(value);
            }
        }
        if self.form.form.is_some() {
            choices.is_nmt = false;
        }
        set(&mut choices.form, &self.form.form);
        set(&mut choices.case, &self.characters.case);
        set(&mut choices.strip_marks, &self.characters.strip_marks);
        set(&mut choices.controls, &self.characters.controls);
        set(&mut choices.zero_width, &self.characters.zero_width);
        set(&mut choices.bidi, &self.characters.bidi);
        set(&mut choices.quotes, &self.characters.quotes);
        set(&mut choices.dashes, &self.characters.dashes);
        set(&mut choices.ellipsis, &self.characters.ellipsis);
        set(&mut choices.width, &self.characters.width);
        set(&mut choices.digits, &self.characters.digits);
        set(&mut choices.space, &self.lines.space);
        set(&mut choices.newlines, &self.lines.newlines);
        set(&mut choices.tags, &self.markup.tags);
        set(&mut choices.entities, &self.markup.entities);
        choices.locale.clone_from(&self.characters.locale);
        choices.squeeze_blank = self.lines.squeeze_blank;
        choices.dehyphenate = self.lines.dehyphenate;
        choices.unwrap = self.lines.unwrap;
        choices.presentation_forms = self.form.presentation_forms;
        choices.nfkc_keep.clone_from(&self.form.nfkc_keep);
        choices
    }
}

fn rewriting(choices: &Choices) -> Result<Option<Rewriting>, String> {
    if choices.is_nmt {
        return Ok(None);
    }
    let kept = form::parse_kinds(&choices.nfkc_keep).map_err(|error| format!("--nfkc-keep: {error}"))?;
    let arabic = if choices.presentation_forms { Kinds::ARABIC_LETTERS } else { Kinds::NONE };
    let (form, kinds) = match choices.form {
        FormFlag::None if choices.presentation_forms => {
            return Err("--presentation-forms needs a form: --form nfc or nfd".to_owned());
        }
        FormFlag::None => return Ok(None),
        FormFlag::Nfc => (Form::Nfc, arabic),
        FormFlag::Nfd => (Form::Nfd, arabic),
        FormFlag::Nfkc => (Form::Nfkc, !kept | arabic),
        FormFlag::Nfkd => (Form::Nfkd, !kept | arabic),
    };
    if !choices.nfkc_keep.is_empty() && !matches!(choices.form, FormFlag::Nfkc | FormFlag::Nfkd) {
        return Err("--nfkc-keep goes with --form nfkc or nfkd".to_owned());
    }
    Ok(Some(Rewriting { form, kinds }))
}

fn form_setting(choices: &Choices) -> &'static str {
    match choices.form {
        FormFlag::None => "none",
        FormFlag::Nfc => "nfc",
        FormFlag::Nfd => "nfd",
        FormFlag::Nfkc => "nfkc",
        FormFlag::Nfkd => "nfkd",
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
            if !stage.name.is_empty() {
                writeln!(f, "{:<12} {}", stage.name, stage.setting)?;
            }
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
