//! A name that someone typed and nothing has, with the names that come nearest.

use std::fmt;

/// How many names are offered.
const NEAREST_MAX: usize = 3;

/// Nothing of its kind has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The kind of thing: "quotation style".
    pub kind: &'static str,
    /// What was typed.
    pub name: String,
    /// Up to three names that exist, the nearest first.
    pub nearest: Vec<String>,
}

impl UnknownName {
    /// Finds the nearest among the names that exist: those that the fewest insertions, deletions, replacements and
    /// swaps of neighbours lead to, whatever their case; equally near ones in their order.
    ///
    /// ```
    /// use rewrite::UnknownName;
    /// let unknown = UnknownName::new("form", "ncf", ["nfc", "nfd", "nfkc", "nfkd"]);
    /// assert_eq!(unknown.to_string(), "no form is called 'ncf'; the nearest are nfc, nfd, nfkc");
    /// ```
    pub fn new<N: AsRef<str>>(kind: &'static str, name: &str, known: impl IntoIterator<Item = N>) -> Self {
        let typed = name.to_lowercase();
        let ranked = known.into_iter().map(|other| (distance(&typed, &other.as_ref().to_lowercase()), other));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(distance, _)| *distance);
        let nearest =
            ranked.into_iter().take(NEAREST_MAX).map(|(_, other)| other.as_ref().to_owned()).collect();
        UnknownName { kind, name: name.to_owned(), nearest }
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {} is called '{}'", self.kind, self.name)?;
        if self.nearest.is_empty() {
            return Ok(());
        }
        write!(f, "; the nearest are {}", self.nearest.join(", "))
    }
}

impl std::error::Error for UnknownName {}

/// The optimal string alignment distance, over no more of a name than any known one could match.
fn distance(typed: &str, known: &str) -> usize {
    let typed: Vec<char> = typed.chars().take(64).collect();
    let known: Vec<char> = known.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=known.len()).collect();
    for (row, &letter) in typed.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, &other) in known.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != other);
            let mut least = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && letter == known[column - 1] && typed[row - 1] == other {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[known.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_edits_and_swaps() {
        for (typed, known, edits) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("fa", "fa", 0),
            ("af", "fa", 1),
            ("trimm", "trim", 1),
            ("ü", "u", 1),
        ] {
            assert_eq!(distance(typed, known), edits, "{typed} {known}");
        }
    }

    #[test]
    fn case_is_no_distance() {
        assert_eq!(UnknownName::new("script", "latn", ["Batak", "Latin"]).nearest, ["Latin", "Batak"]);
    }

    #[test]
    fn nothing_known_offers_nothing() {
        assert_eq!(UnknownName::new("form", "x", [""; 0]).to_string(), "no form is called 'x'");
    }
}
