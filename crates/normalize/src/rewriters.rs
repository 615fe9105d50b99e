//! Which rewriter a text gets: one for all texts, or one by the language of its document.

use std::sync::Arc;

use language::{Language, Recogniser};
use rewrite::{Rewriter, Rule};
use textcore::Record;
use textcore::document::{Judge, opening};

/// Rewriters, and how one of them is chosen.
///
/// The rules of all of them are numbered through.
pub struct Rewriters {
    /// Each with the language it is for; first that which suits every text. Never empty.
    all: Vec<(Option<&'static Language>, Rewriter)>,
    choice: Option<Choice>,
}

/// How the language of a document is found.
struct Choice {
    recogniser: Arc<Recogniser>,
    /// Each record is a document, and judged when its turn comes; else operands are, before.
    is_by_record: bool,
    /// For each judgement the place of its rewriter.
    places: Vec<usize>,
}

impl Rewriters {
    /// The first rewriter is for all texts; or, if they are chosen by language, for all documents in languages that have
    /// none of their own.
    pub fn new(
        rewriters: Vec<(Option<&'static Language>, Rewriter)>,
        is_chosen: bool,
        is_by_record: bool,
    ) -> Self {
        let mut rules = 0;
        let mut numbered = |(language, rewriter): (_, Rewriter)| {
            let rewriter = rewriter.numbered_from(rules);
            rules += rewriter.rule_count();
            (language, rewriter)
        };
        let all: Vec<_> = rewriters.into_iter().map(&mut numbered).collect();
        let place_of = |judgement| {
            let language = Recogniser::language(judgement);
            all.iter().position(|&(other, _)| other == language).unwrap_or_default()
        };
        let places = (0..=Language::all().len() as u16).map(place_of).collect();
        let choice = is_chosen.then(|| Choice { recogniser: Arc::default(), is_by_record, places });
        Rewriters { all, choice }
    }

    /// Who has to judge operands.
    pub fn judge(&self) -> Option<Judge> {
        let choice = self.choice.as_ref().filter(|choice| !choice.is_by_record)?;
        let recogniser = Arc::clone(&choice.recogniser);
        Some(Judge::new(move |opening| recogniser.judge(opening)))
    }

    /// Who has judged documents.
    pub fn recogniser(&self) -> Option<&Recogniser> {
        self.choice.as_ref().map(|choice| &*choice.recogniser)
    }

    /// That for a record.
    pub fn of(&self, record: &Record<'_>) -> &Rewriter {
        let by_record = self.choice.as_ref().filter(|choice| choice.is_by_record);
        self.judged(by_record.map_or(record.judgement, |it| it.recogniser.judge(opening(record.text))))
    }

    /// That for documents of a judgement.
    pub fn judged(&self, judgement: u16) -> &Rewriter {
        let place = self.choice.as_ref().map_or(0, |choice| choice.places[usize::from(judgement)]);
        &self.all[place].1
    }

    /// True only if each record of a run, ends included, would stay as it is.
    pub fn is_identity_on(&self, run: &[u8], judgement: u16) -> bool {
        // Records that are documents are each to be judged, and counted.
        !self.choice.as_ref().is_some_and(|choice| choice.is_by_record)
            && self.judged(judgement).is_identity_on(run)
    }

    /// Every rule, in the order of the numbers.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.all.iter().flat_map(|(_, rewriter)| rewriter.rules())
    }

    /// How many rules there are.
    pub fn rule_count(&self) -> usize {
        self.all.iter().map(|(_, rewriter)| rewriter.rule_count()).sum()
    }

    /// The rule of a number, and the language whose documents it is for, if that was asked.
    pub fn rule(&self, number: usize) -> Option<(&Rule, Option<&'static Language>)> {
        self.all.iter().find_map(|(language, rewriter)| Some((rewriter.rule(number)?, *language)))
    }

    /// The rewriters, each with the language that it is for; first that for all other texts.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&'static Language>, &Rewriter)> {
        self.all.iter().map(|(language, rewriter)| (*language, rewriter))
    }
}
