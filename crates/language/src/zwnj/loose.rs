//! Words that may be affixes of their neighbours, so that the model need not be asked about all others.

use super::affix::{AFTER_HEH, BEFORE_VERBS, EZAFE, MORE_BEFORE_VERBS, MORE_ENDINGS, NOMINAL_ENDINGS};

/// Affixes that follow their word. Where none of these follows and none of [`loose_prefixes`] stands before,
/// [`Restorer::is_affix_pair`](super::Restorer::is_affix_pair) says no.
///
/// ```
/// assert!(language::zwnj::loose_endings().any(|ending| ending == "های"));
/// ```
pub fn loose_endings() -> impl Iterator<Item = &'static str> {
    [NOMINAL_ENDINGS, MORE_ENDINGS, AFTER_HEH, EZAFE].into_iter().flat_map(|endings| endings.split(' '))
}

/// Affixes that stand before their word.
///
/// ```
/// assert!(language::zwnj::loose_prefixes().any(|prefix| prefix == "می"));
/// ```
pub fn loose_prefixes() -> impl Iterator<Item = &'static str> {
    [BEFORE_VERBS, MORE_BEFORE_VERBS].into_iter().flat_map(|prefixes| prefixes.split(' '))
}

#[cfg(test)]
mod tests {
    use super::super::Restorer;
    use super::*;

    #[test]
    fn only_these_are_affixes() {
        let texts =
            [include_str!("../../data/fa/function-words.txt"), include_str!("../../data/fa/samples.txt")];
        let restorer = Restorer::builtin();
        let mut words: Vec<&str> =
            texts.into_iter().flat_map(str::split_whitespace).chain(loose_endings()).collect();
        words.sort_unstable();
        words.dedup();
        let mut found = 0;
        for left in &words {
            for right in &words {
                if restorer.is_affix_pair(left.as_bytes(), right.as_bytes()) {
                    found += 1;
                    let is_listed = loose_endings().any(|ending| ending == *right)
                        || loose_prefixes().any(|prefix| prefix == *left);
                    assert!(is_listed, "{left} {right}");
                }
            }
        }
        assert!(found > 100, "{found}");
    }
}
