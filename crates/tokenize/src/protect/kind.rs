//! The kinds of spans that stay whole, by name.

use std::fmt;
use std::str::FromStr;

use rewrite::UnknownName;

/// A kind of span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Locators.
    Url,
    /// Mail addresses, and users at hosts.
    Email,
    /// Users' names behind `@`.
    Mention,
    /// Tags behind `#`.
    Hashtag,
    /// File names, with or without folders.
    Path,
    /// Numbers with sign, separators and unit: `−1,234.5`, `12.5%`, `$5`, `5km`, `۳/۱۴`.
    Number,
    /// Dates in digits, and those in words where that is asked for.
    Date,
    /// Times of day.
    Time,
    /// Initials, and words from a list that a full stop belongs to.
    Abbreviation,
    /// Emoji that word boundaries join to digits: keycaps.
    Emoji,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Kind; 10] = [
        Kind::Url,
        Kind::Email,
        Kind::Mention,
        Kind::Hashtag,
        Kind::Path,
        Kind::Number,
        Kind::Date,
        Kind::Time,
        Kind::Abbreviation,
        Kind::Emoji,
    ];

    /// Those that are found by their signs.
    pub(super) const ADDRESSES: [Kind; 5] =
        [Kind::Url, Kind::Email, Kind::Mention, Kind::Hashtag, Kind::Path];

    /// The name, in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Url => "url",
            Kind::Email => "email",
            Kind::Mention => "mention",
            Kind::Hashtag => "hashtag",
            Kind::Path => "path",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::Abbreviation => "abbreviation",
            Kind::Emoji => "emoji",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownName;

    /// The kind of a name, written exactly.
    fn from_str(name: &str) -> Result<Kind, UnknownName> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        let known = Kind::ALL.map(Kind::name).into_iter().chain(["all", "none"]);
        kind.ok_or_else(|| UnknownName::new("kind of span", name, known))
    }
}

/// Some of the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KindSet(u16);

impl KindSet {
    /// No kind.
    pub const NONE: KindSet = KindSet(0);
    /// Every kind.
    pub const ALL: KindSet = KindSet((1 << Kind::ALL.len()) - 1);

    /// Whether a kind is one of them.
    #[inline]
    pub fn has(self, kind: Kind) -> bool {
        self.0 >> kind as u16 & 1 != 0
    }

    /// Whether any of some kinds is one of them.
    pub fn has_any(self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|&kind| self.has(kind))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, kind: Kind) -> KindSet {
        KindSet(self.0 | 1 << kind as u16)
    }

    /// These but one.
    #[must_use]
    pub fn without(self, kind: Kind) -> KindSet {
        KindSet(self.0 & !(1 << kind as u16))
    }
}

impl FromIterator<Kind> for KindSet {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        kinds.into_iter().fold(KindSet::NONE, KindSet::with)
    }
}

impl FromStr for KindSet {
    type Err = UnknownName;

    /// `all`, `none`, or names with commas between them.
    ///
    /// ```
    /// use tokenize::{Kind, KindSet};
    /// let kinds: KindSet = "url,email".parse()?;
    /// assert!(kinds.has(Kind::Email) && !kinds.has(Kind::Date));
    /// # Ok::<(), rewrite::UnknownName>(())
    /// ```
    fn from_str(names: &str) -> Result<KindSet, UnknownName> {
        match names {
            "all" => Ok(KindSet::ALL),
            "none" => Ok(KindSet::NONE),
            _ => names.split(',').map(str::trim).map(Kind::from_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_read_and_names_that_nothing_has_are_refused() {
        assert_eq!("all".parse(), Ok(KindSet::ALL));
        assert_eq!("none".parse(), Ok(KindSet::NONE));
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
            assert!(KindSet::ALL.has(kind) && !KindSet::ALL.without(kind).has(kind));
        }
        let unknown = "url,dat".parse::<KindSet>().map_err(|error| error.to_string());
        assert_eq!(
            unknown,
            Err("no kind of span is called 'dat'; the nearest are date, path, url".to_owned())
        );
    }
}
