//! What the language of a text decides: the flags for it, what it decides where nobody else does, and the steps.

use std::collections::BTreeSet;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use language::Language;
use rewrite::Step;
use rewrite::steps::{Letters, MarkSpace, Punctuation, QuoteStyle};

use crate::flags::{FormFlag, PresentationFlag, ZeroWidthFlag};
use crate::preset::Choices;

/// The flags, as typed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(crate) struct ConventionFlags {
    /// Letters: lang (those of --lang) or keep [lang, if --lang knows them]
    ///
    /// lang: letters that the keyboards and fonts of other languages put in their place become the language's own
    /// (for fa ي ك → ی ک), tatweel inside words and vowel signs typed twice go, and a soft hyphen or, in fa, a mark of direction in the place of ZWNJ becomes one; not
    /// in addresses, file names and hashtags. --plan lists the rules of a language. Default: lang for ar, ckb, fa, ps and ur, keep
    /// for others. Example: --lang fa --letters keep
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) letters: Option<LettersFlag>,

    /// Punctuation: marks, spacing, lang (both) or keep [lang, if --lang knows it]
    ///
    /// A list, with commas. marks: those of ASCII become those of --lang beside its letters (for fa , ; ? → ، ؛ ؟ and ۵% →
    /// ۵٪). spacing: no space before a mark and one after it, none inside brackets and quotation marks, one around these.
    /// Addresses, numbers, dates and initials stay, as do marks in a row. Default: lang for ar, ckb, fa, ps and ur, keep for
    /// others. Example: --lang fa --punctuation marks
    #[arg(long, value_name = "LIST", hide_short_help = true)]
    pub(crate) punctuation: Option<PunctuationChoice>,

    /// Make one spelling of several: NAME or NAME=VALUE, with commas
    ///
    /// Lossy. For fa: teh-marbuta (ة → ه), heh-yeh=hamza (خانهٔ من), heh-yeh=letter (خانۀ من), heh-yeh=yeh (خانه‌ی من), hamza=drop
    /// (مؤثر → موثر, جرأت → جرات, and before a yeh رئیس → رییس, never مسئول), hamza=write (words of a short list get it back) and harakat
    /// (vowel signs go). Two values of one name contradict each other. Default: all stay.
    /// Example: --lang fa --spelling teh-marbuta,heh-yeh=hamza
    #[arg(long, value_name = "LIST", value_delimiter = ',', hide_short_help = true)]
    pub(crate) spelling: Vec<SpellingChoice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LettersFlag {
    Lang,
    Keep,
}

/// What `--punctuation` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PunctuationChoice {
    pub marks: bool,
    pub spacing: bool,
}

impl PunctuationChoice {
    const ALL: Self = PunctuationChoice { marks: true, spacing: true };

    /// As the plan says it.
    pub(crate) fn setting(self) -> [&'static str; 2] {
        [self.marks, self.spacing].map(|is_on| if is_on { "lang" } else { "keep" })
    }

    fn is_any(self) -> bool {
        self.marks || self.spacing
    }
}

impl FromStr for PunctuationChoice {
    type Err = String;

    fn from_str(list: &str) -> Result<Self, String> {
        let mut choice = PunctuationChoice::default();
        for name in list.split(',') {
            match name {
                "marks" => choice.marks = true,
                "spacing" => choice.spacing = true,
                "lang" => choice = Self::ALL,
                "keep" if list == name => {}
                _ => return Err(format!("'{name}' is none of marks, spacing, lang and, alone, keep")),
            }
        }
        Ok(choice)
    }
}

/// A choice that some language knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpellingChoice(String);

impl SpellingChoice {
    fn name(&self) -> &str {
        self.0.split('=').next().unwrap_or_default()
    }

    /// The rules of it in a language, if it has such a choice.
    fn steps(&self, language: &Language) -> Option<Vec<Letters>> {
        let spellings = language.spellings();
        let found = spellings.iter().find(|spelling| spelling.title() == self.0)?;
        Some(Letters::steps("spelling", &found.rules))
    }
}

impl FromStr for SpellingChoice {
    type Err = String;

    fn from_str(title: &str) -> Result<Self, String> {
        let all = Language::all().iter().flat_map(Language::spellings);
        let known: BTreeSet<String> = all.map(language::spelling::Spelling::title).collect();
        if known.contains(title) {
            return Ok(SpellingChoice(title.to_owned()));
        }
        let values: Vec<&str> = known
            .iter()
            .filter(|known| known.split_once('=').is_some_and(|(name, _)| name == title))
            .map(String::as_str)
            .collect();
        if !values.is_empty() {
            return Err(format!("it needs a value: {}", values.join(" or ")));
        }
        let known: Vec<String> = known.into_iter().collect();
        Err(format!("no language has this choice; there are {}", known.join(", ")))
    }
}

/// What neither the preset nor a flag has decided, so that the language may.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open {
    pub letters: bool,
    pub punctuation: bool,
    pub presentation_forms: bool,
    pub quotes: bool,
    pub zero_width: bool,
}

impl Open {
    pub(crate) const ALL: Open =
        Open { letters: true, punctuation: true, presentation_forms: true, quotes: true, zero_width: true };

    pub(crate) const NONE: Open = Open {
        letters: false,
        punctuation: false,
        presentation_forms: false,
        quotes: false,
        zero_width: false,
    };
}

/// The choices with what the language decides.
pub(crate) fn decided(choices: &Choices, language: Option<&'static Language>) -> Choices {
    let (mut choices, open) = (choices.clone(), choices.open);
    let Some(language) = language.filter(|language| language.has_conventions()) else { return choices };
    if open.letters && !language.letter_rules().is_empty() {
        choices.letters = LettersFlag::Lang;
    }
    if open.punctuation && language.punctuation().is_some() {
        choices.punctuation = PunctuationChoice::ALL;
    }
    if open.presentation_forms
        && choices.form != FormFlag::None
        && language.scripts().any(|name| name == "Arabic")
    {
        choices.presentation_forms = PresentationFlag::Letters;
    }
    if open.quotes && QuoteStyle::parse(language.code()).is_ok() {
        "lang".clone_into(&mut choices.quotes);
    }
    if open.zero_width {
        choices.zero_width = ZeroWidthFlag::Contextual;
    }
    choices
}

/// The choices without those that a language knows nothing of, for whoever does not name the language.
pub(crate) fn known_to(choices: &mut Choices, language: Option<&'static Language>) {
    if language.is_none_or(|language| language.letter_rules().is_empty()) {
        choices.letters = LettersFlag::Keep;
    }
    if language.is_none_or(|language| language.punctuation().is_none()) {
        choices.punctuation = PunctuationChoice::default();
    }
    choices.spelling.retain(|choice| language.is_some_and(|language| choice.steps(language).is_some()));
}

/// The steps for letters.
///
/// # Errors
/// The language is not named, or nothing is known of it.
pub(crate) fn letters(choices: &Choices, language: Option<&Language>) -> Result<Vec<Box<dyn Step>>, String> {
    if choices.letters == LettersFlag::Keep {
        return Ok(Vec::new());
    }
    let rules = named("--letters lang", language)?.letter_rules();
    if rules.is_empty() {
        return Err(unknown("--letters lang", language));
    }
    Ok(boxed(Letters::steps("letters", rules)))
}

/// The steps for the spelling that was chosen.
///
/// # Errors
/// The language is not named, or has no such choice; two values were chosen for one name.
pub(crate) fn spelling(choices: &Choices, language: Option<&Language>) -> Result<Vec<Box<dyn Step>>, String> {
    let mut steps = Vec::new();
    for (place, choice) in choices.spelling.iter().enumerate() {
        let earlier = choices.spelling[..place].iter().find(|earlier| earlier.name() == choice.name());
        if let Some(earlier) = earlier.filter(|earlier| *earlier != choice) {
            return Err(format!("--spelling: {} and {} contradict each other", earlier.0, choice.0));
        }
        let found = choice.steps(named("--spelling", language)?);
        let found = found.ok_or_else(|| unknown(&format!("--spelling {}", choice.0), language))?;
        if earlier.is_none() {
            steps.extend(found);
        }
    }
    Ok(boxed(steps))
}

/// As the plan says it.
pub(crate) fn spelling_setting(choices: &Choices) -> String {
    let all: Vec<&str> = choices.spelling.iter().map(|choice| choice.0.as_str()).collect();
    if all.is_empty() { "keep".to_owned() } else { all.join(",") }
}

/// The steps for punctuation marks and the spaces around them.
///
/// # Errors
/// The language is not named, or nothing is known of it.
pub(crate) fn punctuation(
    choices: &Choices,
    language: Option<&'static Language>,
) -> Result<[Option<Box<dyn Step>>; 2], String> {
    let choice = choices.punctuation;
    if !choice.is_any() {
        return Ok([None, None]);
    }
    let language = named("--punctuation", language)?;
    let known = || unknown("--punctuation", Some(language));
    let marks = Punctuation::of(language).ok_or_else(known)?;
    let spacing = MarkSpace::of(language).ok_or_else(known)?;
    Ok([choice.marks.then(|| Box::new(marks) as _), choice.spacing.then(|| Box::new(spacing) as _)])
}

fn boxed(steps: Vec<Letters>) -> Vec<Box<dyn Step>> {
    steps.into_iter().map(|step| Box::new(step) as _).collect()
}

fn named<'l>(flag: &str, language: Option<&'l Language>) -> Result<&'l Language, String> {
    language.ok_or_else(|| format!("{flag} needs the language of the text (--lang), one that it knows"))
}

fn unknown(flag: &str, language: Option<&Language>) -> String {
    format!("{flag} knows nothing of {}", language.map_or("this language", Language::name))
}

/// The language of a code, whatever its region.
pub(crate) fn language_of(code: &str) -> Option<&'static Language> {
    Language::parse(code)
}
