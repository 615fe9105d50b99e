//! The stages in their fixed order, and the step that each of them is in this run.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;

use language::Language;
use rewrite::steps::nmt_nfkc::{NonJoiner, nmt_nfkc};
use rewrite::steps::{
    Bidi, BidiPolicy, BlankLines, CaseStep, Controls, DashStyle, Dashes, Dehyphenate, Digits, Ellipsis,
    EllipsisStyle, Entities, Forms, LineEnd, MarkClass, Marks, Newlines, QuoteStyle, Quotes, Space,
    SpaceOptions, Tags, Unwrap, UserRules, Width, ZeroWidth, ZeroWidthPolicy, ZwnjRestore, form,
};
use rewrite::{Step, UnknownName};
use unicode::{Case, CaseLocale, Casing, Compatibility, DigitSet, Form, Kinds, Rewriting};

use crate::conventions::{self, language_of};
use crate::flags::{
    BidiFlag, CaseFlag, ControlsFlag, EntitiesFlag, FormFlag, NewlinesFlag, PresentationFlag, TagsFlag,
    WidthFlag, ZeroWidthFlag,
};
use crate::preset::Choices;
use crate::zwnj::Restoring;

/// One stage, as the plan shows it.
#[derive(PartialEq, Eq)]
pub(crate) struct Stage {
    pub name: &'static str,
    /// What it is switched to.
    pub setting: String,
    /// How many steps of the rewriter it has.
    pub steps: usize,
}

/// All of them.
#[derive(Default)]
pub(crate) struct Stages {
    pub stages: Vec<Stage>,
    /// Those that run until nothing changes.
    pub steps: Vec<Box<dyn Step>>,
    /// Those that run once, after all others.
    pub last_steps: Vec<Box<dyn Step>>,
}

/// What the stages must know besides the choices.
pub(crate) struct Circumstances {
    /// The user's own rules.
    pub rules: Option<Arc<UserRules>>,
    /// What puts ZWNJ back.
    pub restoring: Option<Restoring>,
    /// A record is one line.
    pub is_one_line: bool,
    /// Nothing is filtered.
    pub filters_are_open: bool,
}

impl Stages {
    /// Puts the stages together, in the order that `--plan` prints and the manual promises.
    ///
    /// # Errors
    /// What a person should read: a value that means nothing, or values that cannot go together.
    pub fn of(choices: &Choices, circumstances: &Circumstances) -> Result<Self, String> {
        let &Circumstances { ref rules, ref restoring, is_one_line, filters_are_open } = circumstances;
        let lang = language(choices)?;
        let known = lang.and_then(language_of);
        let choices = &conventions::decided(choices, known);
        let rewriting = rewriting(choices)?;
        let mut stages = Stages::default();
        stages.add("decode", "as --encoding and --invalid say", None);
        stages.add_markup(choices, is_one_line);
        stages.add("line flow", flow_setting(choices), flow_steps(choices));
        if choices.is_nmt {
            stages.add("form", "nmt_nfkc", nmt_nfkc(NonJoiner::Keep));
        } else {
            stages.add("form", form_setting(choices), made(rewriting, Forms::new));
        }
        stages.add_conventions(choices, known)?;
        stages.add_letters(choices, lang)?;
        stages.add_invisible(choices);
        stages.add_typography(choices, (lang, known), rewriting)?;
        stages.add_punctuation(choices, known)?;
        stages.add_space(choices)?;
        stages.add_zwnj(restoring.as_ref(), known);
        stages.add_line_ends(choices);
        let has_rules = rules.is_some();
        let setting = if has_rules { "your own, once" } else { "none" };
        stages.add_last("rules", setting, made(rules.clone(), |rules| rules));
        let again = rewriting.filter(|_| has_rules);
        stages.add_last(
            "form again",
            again.map_or("none", |_| form_setting(choices)),
            made(again, Forms::new),
        );
        stages.add_last("filters", if filters_are_open { "none" } else { "as their flags say" }, None);
        stages.add_last("encode", "as --to says", None);
        Ok(stages)
    }

    fn add_markup(&mut self, choices: &Choices, is_one_line: bool) {
        let entities = choices.entities == EntitiesFlag::Once;
        let tags = choices.tags == TagsFlag::Strip;
        self.add("tags", setting(tags, "strip"), when(tags, || Tags::new(entities)));
        let step = || if is_one_line { Entities::new().within_a_line() } else { Entities::new() };
        self.add("entities", setting(entities, "once"), when(entities, step));
    }

    /// What must be read before anything else is cleaned: a heh before ZWNJ, a soft hyphen in the place of one.
    fn add_conventions(&mut self, choices: &Choices, language: Option<&Language>) -> Result<(), String> {
        let letters = conventions::letters(choices, language)?;
        self.add("letters", setting(!letters.is_empty(), "lang"), letters);
        let spelling = conventions::spelling(choices, language)?;
        self.add("spelling", conventions::spelling_setting(choices), spelling);
        Ok(())
    }

    fn add_punctuation(
        &mut self,
        choices: &Choices,
        language: Option<&'static Language>,
    ) -> Result<(), String> {
        let [marks, spacing] = choices.punctuation.setting();
        let [marks_step, spacing_step] = conventions::punctuation(choices, language)?;
        self.add("punctuation", marks, marks_step);
        self.add("mark spacing", spacing, spacing_step);
        Ok(())
    }

    fn add_letters(&mut self, choices: &Choices, lang: Option<&str>) -> Result<(), String> {
        let casing = casing(choices, lang)?;
        self.add("case", casing.map_or("keep".to_owned(), case_setting), made(casing, CaseStep::new));
        let marks = marks(&choices.strip_marks)?;
        let is_wanted = !marks.is_empty();
        self.add("marks", setting(is_wanted, &choices.strip_marks), when(is_wanted, || Marks::new(&marks)));
        Ok(())
    }

    fn add_invisible(&mut self, choices: &Choices) {
        let controls = choices.controls == ControlsFlag::Strip;
        self.add("controls", setting(controls, "strip"), when(controls, Controls::new));
        let bidi = bidi(choices.bidi);
        self.add("bidi", bidi.map_or("keep", BidiPolicy::name), made(bidi, Bidi::new));
        let zero_width = zero_width(choices.zero_width);
        self.add(
            "zero width",
            zero_width.map_or("keep", ZeroWidthPolicy::name),
            made(zero_width, ZeroWidth::new),
        );
    }

    fn add_typography(
        &mut self,
        choices: &Choices,
        (lang, language): (Option<&str>, Option<&'static Language>),
        rewriting: Option<Rewriting>,
    ) -> Result<(), String> {
        let quotes = styled("--quotes", &choices.quotes, lang, QuoteStyle::parse)?;
        // Where nobody asked for it, the language decides about its own prose alone.
        let prose = language.filter(|language| choices.open.quotes && language.has_conventions());
        let step = |style| match prose {
            Some(language) => Quotes::new(style).in_prose_of(language),
            None => Quotes::new(style),
        };
        self.add("quotes", &choices.quotes, made(quotes, step));
        let dashes = styled("--dashes", &choices.dashes, lang, DashStyle::parse)?;
        self.add("dashes", &choices.dashes, made(dashes, Dashes::new));
        let ellipsis = styled("--ellipsis", &choices.ellipsis, None, EllipsisStyle::parse)?;
        let is_compatible =
            rewriting.is_some_and(|it| it.kinds.contains(Compatibility::Compat)) || choices.is_nmt;
        if ellipsis == Some(EllipsisStyle::Char) && is_compatible {
            return Err("--ellipsis char and NFKC or NFKD undo each other".to_owned());
        }
        self.add("ellipsis", &choices.ellipsis, made(ellipsis, Ellipsis::new));
        let width = choices.width == WidthFlag::Fold;
        self.add("width", setting(width, "fold"), when(width, Width::new));
        // A language that has no digits of its own writes those of ASCII.
        let own_digits = lang.map(|code| DigitSet::parse(primary(code)).map_or("ascii", |_| primary(code)));
        let digits = styled("--digits", &choices.digits, own_digits, Digits::set)?;
        let is_folded = |set: DigitSet| match Compatibility::of(set.zero()) {
            Some(kind) => choices.is_nmt || width || rewriting.is_some_and(|it| it.kinds.contains(kind)),
            None => false,
        };
        if digits.is_some_and(is_folded) {
            return Err("--digits would bring in what --form or --width folds away".to_owned());
        }
        // What is known of a language's numbers and dates is known where its conventions are.
        let conventions = language.filter(|language| choices.spares_numbers && language.has_conventions());
        let step = |set| match conventions {
            Some(language) => Digits::new(set).in_language(language),
            None => Digits::new(set),
        };
        self.add("digits", &choices.digits, made(digits, step));
        Ok(())
    }

    fn add_space(&mut self, choices: &Choices) -> Result<(), String> {
        let space = styled("--space", &choices.space, None, SpaceOptions::from_str)?;
        self.add("space", &choices.space, made(space, Space::new));
        Ok(())
    }

    fn add_zwnj(&mut self, restoring: Option<&Restoring>, language: Option<&Language>) {
        let step = restoring.and_then(|restoring| restoring.step(language));
        let setting = step.as_ref().map_or("keep".to_owned(), ZwnjRestore::setting);
        self.add("zwnj", setting, made(step, |step| step));
    }

    fn add_line_ends(&mut self, choices: &Choices) {
        let setting = match choices.newlines {
            NewlinesFlag::Lf => "lf",
            NewlinesFlag::Crlf => "crlf",
            NewlinesFlag::Keep => "keep",
        };
        self.add("newlines", setting, made(line_end(choices.newlines), Newlines::new));
        let max = choices.squeeze_blank;
        let setting = max.map_or("keep".to_owned(), |max| format!("at most {max}"));
        self.add("blank lines", setting, made(max, BlankLines::new));
    }

    fn add(
        &mut self,
        name: &'static str,
        setting: impl Into<String>,
        steps: impl IntoIterator<Item = Box<dyn Step>>,
    ) {
        let before = self.steps.len();
        self.steps.extend(steps);
        self.stages.push(Stage { name, setting: setting.into(), steps: self.steps.len() - before });
    }

    fn add_last(&mut self, name: &'static str, setting: impl Into<String>, step: Option<Box<dyn Step>>) {
        self.stages.push(Stage { name, setting: setting.into(), steps: usize::from(step.is_some()) });
        self.last_steps.extend(step);
    }
}

fn setting(is_on: bool, name: &str) -> &str {
    if is_on { name } else { "keep" }
}

/// The step of a value that is there.
fn made<T, S: Step + 'static>(value: Option<T>, step: impl FnOnce(T) -> S) -> Option<Box<dyn Step>> {
    value.map(|value| Box::new(step(value)) as _)
}

fn when<S: Step + 'static>(is_wanted: bool, step: impl FnOnce() -> S) -> Option<Box<dyn Step>> {
    is_wanted.then(|| Box::new(step()) as _)
}

fn flow_steps(choices: &Choices) -> impl Iterator<Item = Box<dyn Step>> {
    let steps = [when(choices.dehyphenate, Dehyphenate::new), when(choices.unwrap, Unwrap::new)];
    steps.into_iter().flatten()
}

fn flow_setting(choices: &Choices) -> &'static str {
    match (choices.dehyphenate, choices.unwrap) {
        (true, true) => "dehyphenate, unwrap",
        (true, false) => "dehyphenate",
        (false, true) => "unwrap",
        (false, false) => "keep",
    }
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

fn rewriting(choices: &Choices) -> Result<Option<Rewriting>, String> {
    let to_letters = choices.presentation_forms == PresentationFlag::Letters;
    if choices.is_nmt && (!choices.nfkc_keep.is_empty() || to_letters) {
        return Err("--nfkc-keep and --presentation-forms go with --form, not with nmt_nfkc".to_owned());
    }
    if choices.is_nmt {
        return Ok(None);
    }
    let kept = form::parse_kinds(&choices.nfkc_keep).map_err(|error| format!("--nfkc-keep: {error}"))?;
    let arabic = if to_letters { Kinds::ARABIC_LETTERS } else { Kinds::NONE };
    let (form, kinds) = match choices.form {
        FormFlag::None if to_letters => {
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

fn casing(choices: &Choices, lang: Option<&str>) -> Result<Option<Casing>, String> {
    let locale = match (&choices.locale, lang) {
        (Some(name), _) => CaseLocale::parse(primary(name)).ok_or_else(|| {
            format!("--locale: {}", UnknownName::new("case locale", name, CaseLocale::NAMES))
        })?,
        // Most languages have no case rules of their own.
        (None, Some(lang)) => CaseLocale::parse(primary(lang)).unwrap_or(CaseLocale::Root),
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

fn case_setting(casing: Casing) -> String {
    let code = CaseLocale::NAMES.into_iter().find(|code| CaseLocale::parse(code) == Some(casing.locale));
    match code {
        Some(code) if casing.locale != CaseLocale::Root => format!("{}, as in {code}", casing.case.name()),
        _ => casing.case.name().to_owned(),
    }
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

/// What lines should end with, if anything in particular.
pub(crate) fn line_end(flag: NewlinesFlag) -> Option<LineEnd> {
    match flag {
        NewlinesFlag::Lf => Some(LineEnd::Lf),
        NewlinesFlag::Crlf => Some(LineEnd::CrLf),
        NewlinesFlag::Keep => None,
    }
}

/// The language of the text, if it was named: one that some step knows something of.
fn language(choices: &Choices) -> Result<Option<&str>, String> {
    let Some(code) = choices.lang.as_deref() else { return Ok(None) };
    let digits = DigitSet::aliases().iter().map(|&(alias, _)| alias);
    let known: BTreeSet<&str> = QuoteStyle::languages()
        .chain(DashStyle::languages())
        .chain(CaseLocale::NAMES)
        .chain(digits)
        .chain(Language::codes())
        .filter(|name| (2..=3).contains(&name.len()))
        .collect();
    if known.contains(primary(code)) {
        return Ok(Some(code));
    }
    Err(format!("--lang: {}", UnknownName::new("language", code, known)))
}

/// The language of a code such as `pt-BR`.
fn primary(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or(code)
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
