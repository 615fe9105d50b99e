//! A rule: the name under which a replacement is made, switched off, counted and explained.

use std::borrow::Cow;

/// One reason to change text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The name that people type: lower case, words joined by `-`, the same in no two steps.
    pub name: Cow<'static, str>,
    /// What it does, as a phrase: "NO-BREAK SPACE becomes a space".
    pub about: Cow<'static, str>,
    /// Two different texts may become the same in a way that readers would miss.
    pub is_lossy: bool,
}

impl Rule {
    /// A rule that loses nothing a reader would miss.
    pub const fn lossless(name: &'static str, about: &'static str) -> Self {
        Rule { name: Cow::Borrowed(name), about: Cow::Borrowed(about), is_lossy: false }
    }

    /// A rule that loses something.
    pub const fn lossy(name: &'static str, about: &'static str) -> Self {
        Rule { name: Cow::Borrowed(name), about: Cow::Borrowed(about), is_lossy: true }
    }
}
