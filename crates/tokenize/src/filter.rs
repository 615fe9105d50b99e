//! Which tokens are wanted.

mod scripts;
mod stop_words;

use std::sync::Arc;

use unicode::utf8;

use crate::class::{Class, ClassSet};

pub use scripts::ScriptSet;
pub use stop_words::StopWords;

/// What a token has to be so that it is not left out. The default takes every token.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Of one of these classes.
    pub only: ClassSet,
    /// Of none of these.
    pub drop: ClassSet,
    /// At least so long, in code points.
    pub length_min: u64,
    /// No longer, in code points.
    pub length_max: u64,
    /// None of these words.
    pub stop_words: Option<Arc<StopWords>>,
    /// Of one of these scripts; see [`ScriptSet`].
    pub scripts: Option<ScriptSet>,
}

impl Default for Filter {
    fn default() -> Self {
        Filter {
            only: ClassSet::ALL,
            drop: ClassSet::NONE,
            length_min: 0,
            length_max: u64::MAX,
            stop_words: None,
            scripts: None,
        }
    }
}

impl Filter {
    /// Whether a token is wanted. Its class, where it is not known yet, is that of [`Class::of`]. An ill-formed subpart is one code
    /// point.
    ///
    /// ```
    /// use tokenize::{Class, Filter};
    /// let filter = Filter { length_min: 2, drop: [Class::Number].into_iter().collect(), ..Filter::default() };
    /// assert!(filter.passes("ای".as_bytes(), None));
    /// assert!(!filter.passes("۱۲".as_bytes(), None) && !filter.passes(b"a", None));
    /// assert!(filter.passes("۱۲".as_bytes(), Some(Class::Term)));
    /// ```
    pub fn passes(&self, token: &[u8], class: Option<Class>) -> bool {
        self.has_class(token, class)
            && self.has_length(token)
            && self.scripts.as_ref().is_none_or(|scripts| scripts.takes(token))
            && self.stop_words.as_ref().is_none_or(|words| !words.has(token))
    }

    /// Whether every token is wanted.
    pub fn takes_all(&self) -> bool {
        self.only == ClassSet::ALL
            && self.drop.is_empty()
            && (self.length_min, self.length_max) == (0, u64::MAX)
            && self.stop_words.is_none()
            && self.scripts.is_none()
    }

    fn has_class(&self, token: &[u8], class: Option<Class>) -> bool {
        if self.only == ClassSet::ALL && self.drop.is_empty() {
            return true;
        }
        let class = class.unwrap_or_else(|| Class::of(token));
        self.only.has(class) && !self.drop.has(class)
    }

    /// Counts characters only where bytes do not settle it: one character has one to four bytes.
    fn has_length(&self, token: &[u8]) -> bool {
        let bytes = token.len() as u64;
        if bytes < self.length_min || bytes.div_ceil(4) > self.length_max {
            return false;
        }
        if bytes.div_ceil(4) >= self.length_min && bytes <= self.length_max {
            return true;
        }
        (self.length_min..=self.length_max).contains(&utf8::count_chars(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::Language;

    #[test]
    fn lengths_are_code_points() {
        let filter = Filter { length_min: 2, length_max: 3, ..Filter::default() };
        for (token, passes) in [
            ("a", false),
            ("é", false),
            ("ab", true),
            ("سلا", true),
            ("سلام", false),
            ("😀", false),
            ("😀😀😀", true),
        ] {
            assert_eq!(filter.passes(token.as_bytes(), None), passes, "{token}");
        }
        assert!(
            filter.passes(b"\xFF\xFE", None) && !filter.passes(b"abcd", None) && !filter.passes(b"", None)
        );
    }

    #[test]
    fn every_condition_counts() {
        let mut english = StopWords::default();
        english.add_language(Language::for_code("en").expect("it has a folder"));
        let filter = Filter {
            only: [Class::Word, Class::Emoji].into_iter().collect(),
            drop: ClassSet::NONE.with(Class::Emoji),
            stop_words: Some(Arc::new(english)),
            scripts: "Latn".parse().ok(),
            ..Filter::default()
        };
        for (token, passes) in [("cat", true), ("The", false), ("گربه", false), ("😀", false), ("5", false)]
        {
            assert_eq!(filter.passes(token.as_bytes(), None), passes, "{token}");
        }
        assert!(!filter.takes_all() && Filter::default().takes_all() && Filter::default().passes(b"", None));
    }
}
