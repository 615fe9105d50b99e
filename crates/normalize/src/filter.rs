//! Which records are left out, and why.

use std::collections::HashSet;
use std::str::FromStr;

use unicode::category::Category;
use unicode::{Script, utf8, word};

/// The least and the most that is let through, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub min: Option<u64>,
    /// The most.
    pub max: Option<u64>,
}

impl Bounds {
    fn are_open(self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Which of two reasons a value gives.
    fn reject(self, value: u64, reasons: [&'static str; 2]) -> Option<&'static str> {
        if self.min.is_some_and(|min| value < min) {
            return Some(reasons[0]);
        }
        self.max.is_some_and(|max| value > max).then_some(reasons[1])
    }
}

/// Characters whose share of a text is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters and the marks on them: of all characters but white space.
    Letters,
    /// Decimal digits and other numbers: likewise.
    Digits,
    /// Punctuation: likewise.
    Punctuation,
    /// Symbols, emoji among them: likewise.
    Symbols,
    /// Letters and marks of a script: of all letters and marks.
    Script(Script),
}

/// A limit to a share: `letters=0.5`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareLimit {
    /// Of what.
    pub kind: Kind,
    /// From 0 to 1.
    pub share: f64,
}

impl FromStr for ShareLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = "wanted is KIND=SHARE, such as letters=0.5";
        let (name, share) = text.split_once('=').ok_or(wanted)?;
        let share = share.parse().ok().filter(|share| (0.0..=1.0).contains(share));
        let share = share.ok_or("a share is a number from 0 to 1")?;
        Ok(ShareLimit { kind: name.parse()?, share })
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let plain = name.replace(['_', ' ', '-'], "");
        let is_called = |other: &str| other.replace('_', "").eq_ignore_ascii_case(&plain);
        for (other, kind) in [
            ("letters", Kind::Letters),
            ("digits", Kind::Digits),
            ("punctuation", Kind::Punctuation),
            ("symbols", Kind::Symbols),
        ] {
            if is_called(other) {
                return Ok(kind);
            }
        }
        let script = Script::ALL.iter().find(|script| is_called(script.name()) || is_called(script.code()));
        script.map(|&script| Kind::Script(script)).ok_or_else(|| {
            format!("'{name}' is neither letters, digits, punctuation, symbols nor a script such as Arabic or Arab")
        })
    }
}

/// What a text must be like to pass; the default lets everything through.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Length in bytes.
    pub bytes: Bounds,
    /// Length in code points.
    pub chars: Bounds,
    /// Length in words (UAX #29; punctuation marks count as words, as everywhere in these tools).
    pub words: Bounds,
    /// The longest run of one code point that is not white space.
    pub run_max: Option<u64>,
    /// Shares that must be reached.
    pub shares_min: Vec<ShareLimit>,
    /// Shares that must not be passed.
    pub shares_max: Vec<ShareLimit>,
    /// The most that words which stood before in the text may be of all words.
    pub repeated_words_max: Option<f64>,
}

impl Filters {
    /// Whether every text passes.
    pub fn are_open(&self) -> bool {
        self.bytes.are_open()
            && self.chars.are_open()
            && self.words.are_open()
            && self.run_max.is_none()
            && self.shares_min.is_empty()
            && self.shares_max.is_empty()
            && self.repeated_words_max.is_none()
    }

    /// The name of the first filter, in the order of the fields, that a text does not pass.
    ///
    /// A share of nothing is 0: a text without letters has none of any script.
    pub fn reject(&self, text: &[u8]) -> Option<&'static str> {
        self.bytes
            .reject(text.len() as u64, ["min-bytes", "max-bytes"])
            .or_else(|| self.reject_chars(text))
            .or_else(|| self.reject_words(text))
            .or_else(|| self.run_max.filter(|&max| longest_run(text) > max).map(|_| "max-run"))
            .or_else(|| self.reject_shares(text))
            .or_else(|| {
                self.repeated_words_max
                    .filter(|&max| repeated_words(text) > max)
                    .map(|_| "max-repeated-words")
            })
    }

    fn reject_chars(&self, text: &[u8]) -> Option<&'static str> {
        if self.chars.are_open() {
            return None;
        }
        self.chars.reject(utf8::count_chars(text), ["min-chars", "max-chars"])
    }

    fn reject_words(&self, text: &[u8]) -> Option<&'static str> {
        if self.words.are_open() {
            return None;
        }
        self.words.reject(word::count_tokens(text), ["min-words", "max-words"])
    }

    fn reject_shares(&self, text: &[u8]) -> Option<&'static str> {
        if self.shares_min.is_empty() && self.shares_max.is_empty() {
            return None;
        }
        let kinds: Vec<Kind> =
            self.shares_min.iter().chain(&self.shares_max).map(|limit| limit.kind).collect();
        let shares = shares(text, &kinds);
        let (lower, upper) = shares.split_at(self.shares_min.len());
        if lower.iter().zip(&self.shares_min).any(|(share, limit)| *share < limit.share) {
            return Some("min-share");
        }
        upper.iter().zip(&self.shares_max).any(|(share, limit)| *share > limit.share).then_some("max-share")
    }
}

/// The code points of a longest run of one that is not white space.
fn longest_run(text: &[u8]) -> u64 {
    let (mut longest, mut length, mut before) = (0, 0, None);
    let mut at = 0;
    while at < text.len() {
        let (character, bytes) = utf8::decode(&text[at..]);
        at += bytes;
        if unicode::space::is_white_space(character) {
            before = None;
            continue;
        }
        length = if before == Some(character) { length + 1 } else { 1 };
        before = Some(character);
        longest = longest.max(length);
    }
    longest
}

/// The share of each kind in a text.
fn shares(text: &[u8], kinds: &[Kind]) -> Vec<f64> {
    let mut counts = vec![0_u64; kinds.len()];
    let (mut visible, mut letters) = (0_u64, 0_u64);
    let mut at = 0;
    while at < text.len() {
        let (character, length) = utf8::decode(&text[at..]);
        at += length;
        if unicode::space::is_white_space(character) {
            continue;
        }
        visible += 1;
        let category = Category::of(character);
        let is_letter = category.is_letter() || category.is_mark();
        letters += u64::from(is_letter);
        for (count, kind) in counts.iter_mut().zip(kinds) {
            *count += u64::from(match kind {
                Kind::Letters => is_letter,
                Kind::Digits => category.is_number(),
                Kind::Punctuation => category.is_punctuation(),
                Kind::Symbols => category.is_symbol(),
                Kind::Script(script) => is_letter && Script::of(character) == *script,
            });
        }
    }
    let of = |kind: &Kind| if matches!(kind, Kind::Script(_)) { letters } else { visible };
    counts.iter().zip(kinds).map(|(count, kind)| *count as f64 / of(kind).max(1) as f64).collect()
}

/// The share of words that stood before in the text.
fn repeated_words(text: &[u8]) -> f64 {
    let mut seen = HashSet::new();
    let mut all = 0_u64;
    let mut repeated = 0_u64;
    for token in word::tokens(text) {
        all += 1;
        repeated += u64::from(!seen.insert(token));
    }
    repeated as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(filters: &Filters, text: &str) -> Option<&'static str> {
        filters.reject(text.as_bytes())
    }

    #[test]
    fn lengths_are_counted_in_their_own_units() {
        let filters = Filters {
            bytes: Bounds { min: None, max: Some(12) },
            chars: Bounds { min: Some(2), max: Some(7) },
            words: Bounds { min: None, max: Some(2) },
            ..Filters::default()
        };
        assert_eq!(reason(&filters, "سلام"), None);
        assert_eq!(reason(&filters, "س"), Some("min-chars"));
        assert_eq!(reason(&filters, "سلام سلام"), Some("max-bytes"));
        assert_eq!(reason(&filters, "abcdefgh"), Some("max-chars"));
        assert_eq!(reason(&filters, "a b c"), Some("max-words"));
        assert_eq!(reason(&Filters::default(), ""), None);
    }

    #[test]
    fn a_run_is_of_one_character() {
        let filters = Filters { run_max: Some(3), ..Filters::default() };
        assert_eq!(reason(&filters, "ننن aaa      b"), None);
        assert_eq!(reason(&filters, "نننن"), Some("max-run"));
        assert_eq!(reason(&filters, "-- --"), None);
    }

    #[test]
    fn shares_are_of_what_their_kind_says() {
        let limit = |text: &str| text.parse::<ShareLimit>().expect("a limit");
        let filters = Filters { shares_min: vec![limit("arabic=0.8")], ..Filters::default() };
        assert_eq!(reason(&filters, "سلام 123 !!!!!!!"), None);
        assert_eq!(reason(&filters, "سلام world"), Some("min-share"));
        assert_eq!(reason(&filters, "123"), Some("min-share"));
        let filters =
            Filters { shares_max: vec![limit("digits=0.5"), limit("symbols=0.2")], ..Filters::default() };
        assert_eq!(reason(&filters, "a 1"), None);
        assert_eq!(reason(&filters, "a ۱۲"), Some("max-share"));
        assert_eq!(reason(&filters, "ab 😀"), Some("max-share"));
        assert!("latn=1.5".parse::<ShareLimit>().is_err() && "klingon=1".parse::<ShareLimit>().is_err());
    }

    #[test]
    fn repeated_words_are_those_seen_before() {
        let filters = Filters { repeated_words_max: Some(0.5), ..Filters::default() };
        assert_eq!(reason(&filters, "buy now buy now"), None);
        assert_eq!(reason(&filters, "buy now buy now buy"), Some("max-repeated-words"));
        assert_eq!(reason(&filters, ""), None);
    }
}
