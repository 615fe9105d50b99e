//! The decision: which language the evidence speaks for, or why it speaks for none.

use crate::catalogue::{PIECE, catalogue};
use crate::evidence::{Evidence, OfLanguage, OfScript};
use crate::language::Language;
use crate::script::Script;

/// A document has at least this many letters of the language's scripts; a headline has them, a button has not.
pub const LETTERS_MIN: u64 = 20;

/// At least this many whole pieces of evidence: a letter or function word that one language alone claims is one
/// piece, one that n languages share is 1/n of a piece to each, and a letter the language never has takes one away.
pub const PIECES_MIN: u64 = 3;

/// The next language's points stay below the first one's by at least this share of the first one's.
pub const MARGIN_PERCENT_MIN: u64 = 30;

/// Which language a document is written in, or why that cannot be said.
///
/// Candidates are the languages whose scripts hold at least half of the document's letters. The one with the most
/// points for letters and words wins, if it meets [`LETTERS_MIN`], [`PIECES_MIN`] and [`MARGIN_PERCENT_MIN`], and if
/// the share of its function words among all words of its scripts reaches the `coverage` that its data folder asks
/// for (where there is no list of words: the share of its own letters among the letters). A language without
/// lists of letters and words is known by its script alone.
///
/// A document in two languages of one script gets the one that prevails, or none; a language without a data
/// folder should come out as none, but a close relative of one that has a folder may be taken for it.
///
/// ```
/// use language::{Doubt, Evidence};
///
/// let mut evidence = Evidence::new();
/// evidence.observe(b"OK");
/// assert_eq!(evidence.verdict().language, None);
/// assert_eq!(evidence.verdict().doubt, Some(Doubt::TooLittleText));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The language; `None` when in doubt.
    pub language: Option<&'static Language>,
    /// The candidate with the most points, sure or not; `None` if two have the most.
    pub nearest: Option<&'static Language>,
    /// How far the second candidate's points lie below the first one's, in per cent of the latter, 0 to 100.
    pub margin_percent: u64,
    /// Share of the words that are function words of the first candidate, in per cent, 0 to 100.
    pub coverage_percent: u64,
    /// Why there is no language; `None` exactly when there is one.
    pub doubt: Option<Doubt>,
}

/// Why a verdict names no language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// No language is written in the script of half the letters, or there is none such script.
    NoCandidate,
    /// Fewer than [`LETTERS_MIN`] letters or [`PIECES_MIN`] pieces of evidence.
    TooLittleText,
    /// Fewer function words than running text of `nearest` has: another language, or a list of names.
    TooFewKnownWords,
    /// Two languages lie closer together than [`MARGIN_PERCENT_MIN`].
    TooClose,
}

impl Doubt {
    /// The reason in words, for a message or a report.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Doubt::NoCandidate => "no known language is written in its script",
            Doubt::TooLittleText => "too little text",
            Doubt::TooFewKnownWords => "too few words of a known language",
            Doubt::TooClose => "two languages are about as likely",
        }
    }
}

/// One language's case.
struct Candidate {
    language: &'static Language,
    letters: u64,
    points: u64,
    coverage_percent: u64,
    /// Whether it has anything but its script to be known by.
    has_evidence: bool,
}

impl Verdict {
    pub(crate) fn of(evidence: &Evidence) -> Verdict {
        let mut candidates = candidates(evidence);
        // A stable sort: among equals the order of the codes stays.
        candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.points));
        let Some(first) = candidates.first() else {
            let doubt = Some(Doubt::NoCandidate);
            return Verdict { language: None, nearest: None, margin_percent: 0, coverage_percent: 0, doubt };
        };
        let margin_percent =
            candidates.get(1).map_or(100, |second| percent(first.points - second.points, first.points));
        let doubt = doubt(first, margin_percent);
        Verdict {
            language: if doubt.is_none() { Some(first.language) } else { None },
            nearest: if margin_percent > 0 { Some(first.language) } else { None },
            margin_percent,
            coverage_percent: first.coverage_percent,
            doubt,
        }
    }
}

fn doubt(first: &Candidate, margin_percent: u64) -> Option<Doubt> {
    if first.letters < LETTERS_MIN || (first.has_evidence && first.points < PIECES_MIN * PIECE) {
        Some(Doubt::TooLittleText)
    } else if first.coverage_percent < first.language.coverage {
        Some(Doubt::TooFewKnownWords)
    } else if margin_percent < MARGIN_PERCENT_MIN {
        Some(Doubt::TooClose)
    } else {
        None
    }
}

/// The languages whose scripts hold at least half of all letters.
fn candidates(evidence: &Evidence) -> Vec<Candidate> {
    let letters = |script| evidence.of_script(script, OfScript::Letters);
    let all = sum(Script::all().map(letters));
    let languages = catalogue().languages.iter().enumerate();
    let candidates = languages.map(|(index, language)| candidate(index, language, evidence));
    candidates
        .filter(|candidate| candidate.letters > 0 && candidate.letters >= all - candidate.letters)
        .collect()
}

fn candidate(index: usize, language: &'static Language, evidence: &Evidence) -> Candidate {
    let of_scripts =
        |counter| sum(language.scripts.iter().map(|&script| evidence.of_script(script, counter)));
    let of_language = |counter| evidence.of_language(index, counter);
    let letters = of_scripts(OfScript::Letters);
    let letter_points = of_language(OfLanguage::LetterPoints);
    let points = letter_points.saturating_add(of_language(OfLanguage::WordPoints));
    let against = of_language(OfLanguage::ForeignLetters).saturating_mul(PIECE);
    let coverage_percent = if !language.function_words.is_empty() {
        percent(of_language(OfLanguage::Words), of_scripts(OfScript::Words))
    } else if !language.own.is_empty() {
        percent(letter_points / PIECE, letters)
    } else {
        100
    };
    let has_evidence = !(language.function_words.is_empty() && language.own.is_empty());
    Candidate { language, letters, points: points.saturating_sub(against), coverage_percent, has_evidence }
}

fn sum(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

/// The share in whole per cent, rounded down, at most 100; of nothing it is 0.
fn percent(part: u64, whole: u64) -> u64 {
    let share = u128::from(part) * 100 / u128::from(whole).max(1);
    u64::try_from(share).unwrap_or(100).min(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> Verdict {
        let mut evidence = Evidence::new();
        text.lines().for_each(|line| evidence.observe(line.as_bytes()));
        evidence.verdict()
    }

    #[test]
    fn short_or_ambiguous_text_is_unknown() {
        let cases = [
            ("", Doubt::NoCandidate),
            ("123 — 456 😀", Doubt::NoCandidate),
            ("και το σπίτι είναι μεγάλο και ωραίο", Doubt::NoCandidate),
            ("OK", Doubt::TooLittleText),
            ("سلام دنیا", Doubt::TooLittleText),
            ("中文", Doubt::TooLittleText),
            ("ภาษาไทย", Doubt::TooLittleText),
            ("تهران کابل بغداد دمشق بیروت قاهره طرابلس", Doubt::TooLittleText),
            ("گچپژ گچپژ گچپژ گچپژ گچپژ گچپژ", Doubt::TooFewKnownWords),
            ("Berlin Paris Madrid Ankara London Wien Bern Roma", Doubt::TooLittleText),
        ];
        for (text, doubt) in cases {
            let verdict = verdict(text);
            assert_eq!((verdict.language, verdict.doubt), (None, Some(doubt)), "{text}");
        }
    }

    #[test]
    fn two_languages_in_equal_parts_are_too_close() {
        let both = "the house and the garden were of them\n".repeat(3)
            + &"das Haus und der Garten waren von ihnen\n".repeat(3);
        assert_eq!(verdict(&both).doubt, Some(Doubt::TooClose));
    }

    #[test]
    fn letters_a_language_never_has_count_against_it() {
        let russian = "не на и за до но мы вы";
        assert_eq!(verdict(&russian.repeat(3)).language.map(Language::code), Some("ru"));
        assert_eq!(verdict(&(russian.repeat(3) + &"їєґі".repeat(10))).language, None);
    }

    #[test]
    fn percent_is_rounded_down_and_never_fails() {
        assert_eq!(percent(1, 3), 33);
        assert_eq!(percent(5, 0), 100);
        assert_eq!(percent(0, 0), 0);
        assert_eq!(percent(u64::MAX, 1), 100);
        assert_eq!(percent(u64::MAX, u64::MAX), 100);
    }
}
