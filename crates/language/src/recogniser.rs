//! The languages of many documents: judges each by its opening and counts what came out.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::evidence::Evidence;
use crate::language::Language;

/// Judges documents, from several threads if need be.
#[derive(Debug)]
pub struct Recogniser {
    /// Documents by judgement.
    counts: Vec<AtomicU64>,
}

impl Default for Recogniser {
    fn default() -> Self {
        Recogniser { counts: (0..=Language::all().len()).map(|_| AtomicU64::new(0)).collect() }
    }
}

impl Recogniser {
    /// Judges and counts a document by its opening: 0 where no language is sure, else one more than the place of the
    /// language in [`Language::all`].
    ///
    /// ```
    /// use language::{Language, Recogniser};
    ///
    /// let recogniser = Recogniser::default();
    /// let judgement = recogniser.judge("این کتاب را دیروز از کتابخانه گرفتم و هنوز نخوانده‌ام.".as_bytes());
    /// assert_eq!(Recogniser::language(judgement), Language::for_code("fa"));
    /// assert_eq!(Recogniser::language(recogniser.judge(b"OK")), None);
    /// assert!(recogniser.counts().eq([("unknown", 1), ("fa", 1)]));
    /// ```
    pub fn judge(&self, opening: &[u8]) -> u16 {
        let mut evidence = Evidence::new();
        evidence.observe(opening);
        let language = evidence.verdict().language;
        let place = language.and_then(|language| Language::all().iter().position(|other| other == language));
        let judgement = place.map_or(0, |place| place + 1);
        self.counts[judgement].fetch_add(1, Ordering::Relaxed);
        judgement as u16
    }

    /// The language that a judgement stands for.
    #[must_use]
    pub fn language(judgement: u16) -> Option<&'static Language> {
        Language::all().get(usize::from(judgement).checked_sub(1)?)
    }

    /// How many documents were judged to be in each language, by code, those in none first as `unknown`; only those that came.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.counts.iter().map(|count| count.load(Ordering::Relaxed));
        let code = |judgement| Self::language(judgement).map_or("unknown", Language::code);
        (0..).map(code).zip(counts).filter(|&(_, count)| count > 0)
    }
}
