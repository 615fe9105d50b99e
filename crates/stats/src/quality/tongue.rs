//! The stop words of a document, by its language: one that was named, or what was found out about it.

use std::sync::Arc;

use language::{Language, Recogniser};
use textcore::document::{Judge, opening};
use textcore::{Error, Record};

/// Gopher's stop words (Rae et al. 2021, appendix A.1.1).
const ENGLISH: [&str; 8] = ["the", "be", "to", "of", "and", "that", "have", "with"];
const AUTO: &str = "auto";

/// How the language of a document is known.
#[derive(Debug, Clone)]
pub struct Tongue {
    choice: Choice,
    /// For each language, in the order of [`Language::all`], the words it is known by; none where there is no list.
    stop_words: Vec<Vec<&'static str>>,
}

#[derive(Debug, Clone)]
enum Choice {
    /// The same for every document.
    One(&'static Language),
    /// Each document is judged.
    Judged {
        /// By whom.
        recogniser: Arc<Recogniser>,
        /// Each record is a document, and judged when its turn comes; else operands are, before.
        is_by_record: bool,
    },
}

impl Tongue {
    /// The language of a code, or `auto`.
    ///
    /// # Errors
    /// [`Error::Usage`] for a code that no language has.
    pub fn new(code: Option<&str>, is_by_record: bool) -> Result<Tongue, Error> {
        let choice = match code {
            None | Some(AUTO) => Choice::Judged { recogniser: Arc::default(), is_by_record },
            Some(code) => Choice::One(Language::parse(code).ok_or_else(|| {
                let codes: Vec<_> = Language::codes().collect();
                Error::Usage(format!("--lang {code}: auto or a language is wanted: {}", codes.join(", ")))
            })?),
        };
        let stop_words = Language::all().iter().map(|language| match language.code() {
            "en" => ENGLISH.to_vec(),
            _ => language.function_words().to_vec(),
        });
        Ok(Tongue { choice, stop_words: stop_words.collect() })
    }

    /// The language of a record, if it is known.
    pub fn of(&self, record: &Record<'_>) -> Option<&'static Language> {
        match &self.choice {
            Choice::One(language) => Some(language),
            Choice::Judged { recogniser, is_by_record } => Recogniser::language(if *is_by_record {
                recogniser.judge(opening(record.text))
            } else {
                record.judgement
            }),
        }
    }

    /// The stop words of a language that has a list.
    pub fn stop_words(&self, language: &Language) -> Option<&[&'static str]> {
        let place = Language::all().iter().position(|other| other == language)?;
        Some(&self.stop_words[place][..]).filter(|words| !words.is_empty())
    }

    /// Who has to judge operands.
    pub fn judge(&self) -> Option<Judge> {
        let Choice::Judged { recogniser, is_by_record: false } = &self.choice else { return None };
        let recogniser = Arc::clone(recogniser);
        Some(Judge::new(move |opening| recogniser.judge(opening)))
    }

    /// How many documents each language had, for the report; `None` if none were judged.
    pub fn counts(&self) -> Option<serde_json::Value> {
        let Choice::Judged { recogniser, .. } = &self.choice else { return None };
        Some(recogniser.counts().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_has_gophers_words_and_others_their_own() {
        let tongue = Tongue::new(Some("EN-gb"), true).unwrap();
        let words = |code: &str| tongue.stop_words(Language::for_code(code).expect("a folder"));
        assert_eq!(words("en").map(<[_]>::len), Some(8));
        assert!(words("fa").is_some_and(|words| words.contains(&"است")));
        assert_eq!(words("th"), None);
        assert!(Tongue::new(Some("english"), true).is_err());
    }
}
