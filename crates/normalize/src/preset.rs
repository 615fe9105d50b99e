//! What every flag is when nobody types it: plainly, and under each preset.

use language::Language;
use rewrite::steps::{DashStyle, QuoteStyle};
use unicode::DigitSet;

use crate::conventions::{self, ConventionFlags, LettersFlag, Open, PunctuationChoice, SpellingChoice};
use crate::flags::{
    BidiFlag, CaseFlag, ControlsFlag, EntitiesFlag, Flags, FormFlag, NewlinesFlag, PresentationFlag,
    PresetFlag, TagsFlag, WidthFlag, ZeroWidthFlag,
};

/// A value for everything that decides what happens to text.
#[derive(Debug, Clone)]
pub(crate) struct Choices {
    pub form: FormFlag,
    /// The rewriting of SentencePiece's `nmt_nfkc` in the place of a form.
    pub is_nmt: bool,
    pub nfkc_keep: Vec<String>,
    pub presentation_forms: PresentationFlag,
    pub case: CaseFlag,
    pub lang: Option<String>,
    pub locale: Option<String>,
    pub strip_marks: String,
    pub controls: ControlsFlag,
    pub zero_width: ZeroWidthFlag,
    pub bidi: BidiFlag,
    pub quotes: String,
    pub dashes: String,
    pub ellipsis: String,
    pub width: WidthFlag,
    pub digits: String,
    pub space: String,
    pub newlines: NewlinesFlag,
    pub squeeze_blank: Option<usize>,
    pub dehyphenate: bool,
    pub unwrap: bool,
    pub tags: TagsFlag,
    pub entities: EntitiesFlag,
    pub letters: LettersFlag,
    pub punctuation: PunctuationChoice,
    pub spelling: Vec<SpellingChoice>,
    /// Digits in numbers with separators, dates and times of the language stay.
    pub spares_numbers: bool,
    /// What the language may decide.
    pub open: Open,
}

impl Choices {
    /// What was typed, over what the preset says.
    pub fn of(flags: &Flags) -> Self {
        let mut choices = Self::under(flags.preset.preset);
        fn set<T: Clone>(choice: &mut T, typed: &Option<T>) {
            if let Some(value) = typed {
                choice.clone_from(value);
            }
        }
        if flags.form.form.is_some() {
            choices.is_nmt = false;
        }
        set(&mut choices.form, &flags.form.form);
        set(&mut choices.case, &flags.characters.case);
        set(&mut choices.strip_marks, &flags.characters.strip_marks);
        set(&mut choices.controls, &flags.characters.controls);
        set(&mut choices.zero_width, &flags.characters.zero_width);
        set(&mut choices.bidi, &flags.characters.bidi);
        set(&mut choices.quotes, &flags.characters.quotes);
        set(&mut choices.dashes, &flags.characters.dashes);
        set(&mut choices.ellipsis, &flags.characters.ellipsis);
        set(&mut choices.width, &flags.characters.width);
        set(&mut choices.digits, &flags.characters.digits);
        set(&mut choices.space, &flags.lines.space);
        set(&mut choices.newlines, &flags.lines.newlines);
        set(&mut choices.tags, &flags.markup.tags);
        set(&mut choices.entities, &flags.markup.entities);
        choices.set_conventions(flags);
        // Codes of languages have no case.
        choices.lang = flags.preset.lang.as_ref().map(|code| code.to_ascii_lowercase());
        choices.locale.clone_from(&flags.characters.locale);
        choices.squeeze_blank = flags.lines.squeeze_blank;
        choices.dehyphenate = flags.lines.dehyphenate;
        choices.unwrap = flags.lines.unwrap;
        choices.nfkc_keep.clone_from(&flags.form.nfkc_keep);
        choices
    }

    /// What decides how far the language has a say.
    fn set_conventions(&mut self, flags: &Flags) {
        let ConventionFlags { letters, punctuation, spelling } = &flags.conventions;
        self.letters = letters.unwrap_or(self.letters);
        self.punctuation = punctuation.unwrap_or(self.punctuation);
        self.presentation_forms = flags.form.presentation_forms.unwrap_or(self.presentation_forms);
        self.spelling.clone_from(spelling);
        self.open.letters &= letters.is_none();
        self.open.punctuation &= punctuation.is_none();
        self.open.presentation_forms &= flags.form.presentation_forms.is_none();
        self.open.quotes &= flags.characters.quotes.is_none();
        self.open.zero_width &= flags.characters.zero_width.is_none();
    }

    /// What holds for documents in a language, or in none that is sure. The value `lang` means what the language does, and
    /// `keep` where it does nothing in particular.
    pub fn in_language(&self, language: Option<&'static Language>) -> Self {
        let code = language.map(Language::code);
        let mut choices = Choices { lang: code.map(str::to_owned), ..self.clone() };
        conventions::known_to(&mut choices, language);
        let is_known = [
            (&mut choices.quotes, code.filter(|code| QuoteStyle::parse(code).is_ok())),
            (&mut choices.dashes, code.filter(|code| DashStyle::parse(code).is_ok())),
            (&mut choices.digits, code.map(|code| DigitSet::parse(code).map_or("ascii", |_| code))),
        ];
        for (value, known) in is_known {
            if value == "lang" {
                known.unwrap_or("keep").clone_into(value);
            }
        }
        choices
    }

    /// What holds without a preset.
    fn plain() -> Self {
        let keep = || "keep".to_owned();
        Choices {
            form: FormFlag::Nfc,
            is_nmt: false,
            nfkc_keep: Vec::new(),
            presentation_forms: PresentationFlag::Keep,
            case: CaseFlag::Keep,
            lang: None,
            locale: None,
            strip_marks: "none".to_owned(),
            controls: ControlsFlag::Keep,
            zero_width: ZeroWidthFlag::Keep,
            bidi: BidiFlag::Keep,
            quotes: keep(),
            dashes: keep(),
            ellipsis: keep(),
            width: WidthFlag::Keep,
            digits: keep(),
            space: keep(),
            newlines: NewlinesFlag::Lf,
            squeeze_blank: None,
            dehyphenate: false,
            unwrap: false,
            tags: TagsFlag::Keep,
            entities: EntitiesFlag::Keep,
            letters: LettersFlag::Keep,
            punctuation: PunctuationChoice::default(),
            spelling: Vec::new(),
            spares_numbers: true,
            open: Open::ALL,
        }
    }

    /// What holds under a preset. The help of `--preset` says the same in words.
    fn under(preset: Option<PresetFlag>) -> Self {
        let plain = Self::plain();
        let ascii = || "ascii".to_owned();
        let space = "collapse,trim".to_owned();
        match preset {
            None => plain,
            Some(PresetFlag::Web) => Choices {
                controls: ControlsFlag::Strip,
                zero_width: ZeroWidthFlag::Contextual,
                bidi: BidiFlag::Repair,
                space,
                ..plain
            },
            Some(PresetFlag::Search) => Choices {
                form: FormFlag::Nfkc,
                case: CaseFlag::Fold,
                strip_marks: "default,tatweel".to_owned(),
                controls: ControlsFlag::Strip,
                zero_width: ZeroWidthFlag::Drop,
                bidi: BidiFlag::Strip,
                quotes: ascii(),
                dashes: ascii(),
                ellipsis: ascii(),
                digits: ascii(),
                space,
                spares_numbers: false,
                open: Open { letters: true, ..Open::NONE },
                ..plain
            },
            Some(PresetFlag::NmtNfkc) => Choices { is_nmt: true, open: Open::NONE, ..plain },
        }
    }
}
