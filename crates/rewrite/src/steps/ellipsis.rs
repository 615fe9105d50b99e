//! The ellipsis: one character or three full stops.

use memchr::{memchr, memmem};

use crate::by_token::{self, Substitution};
use crate::charset::CharSet;
use crate::draft::Draft;
use crate::name::UnknownName;
use crate::rule::Rule;
use crate::seek::Seeker;
use crate::step::{Step, Triggers};

const DOTS: &[u8] = b"...";
const ELLIPSIS: &[u8] = "…".as_bytes();

/// How an ellipsis is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EllipsisStyle {
    /// As three full stops.
    Ascii,
    /// As HORIZONTAL ELLIPSIS, U+2026.
    Char,
}

impl EllipsisStyle {
    /// Every style, by its name.
    pub const NAMES: [(&'static str, EllipsisStyle); 2] =
        [("ascii", EllipsisStyle::Ascii), ("char", EllipsisStyle::Char)];

    /// The style of a name.
    ///
    /// # Errors
    /// A name that no style has.
    ///
    /// ```
    /// use rewrite::steps::EllipsisStyle;
    /// assert_eq!(EllipsisStyle::parse("char"), Ok(EllipsisStyle::Char));
    /// assert_eq!(EllipsisStyle::parse("chat").unwrap_err().nearest[0], "char");
    /// ```
    pub fn parse(name: &str) -> Result<Self, UnknownName> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, style)| style);
        found.ok_or_else(|| UnknownName::new("ellipsis style", name, Self::NAMES.map(|(known, _)| known)))
    }
}

/// Writes every ellipsis in one way, outside protected spans.
///
/// Exactly three full stops are an ellipsis: two or four are not, nor are those beside U+2026 or after a slash. The
/// compatibility forms NFKC and NFKD turn U+2026 into full stops, and would undo [`EllipsisStyle::Char`].
#[derive(Debug, Clone)]
pub struct Ellipsis {
    style: EllipsisStyle,
    rules: [Rule; 1],
    seeker: Seeker,
    dots: memmem::Finder<'static>,
}

impl Ellipsis {
    /// Prepares the step.
    pub fn new(style: EllipsisStyle) -> Self {
        let about = match style {
            EllipsisStyle::Ascii => "HORIZONTAL ELLIPSIS becomes three full stops",
            EllipsisStyle::Char => "exactly three full stops become HORIZONTAL ELLIPSIS",
        };
        Ellipsis {
            style,
            rules: [Rule::lossless("ellipsis", about)],
            seeker: Seeker::new(CharSet::from_chars(['…'])),
            dots: memmem::Finder::new(DOTS),
        }
    }

    fn next_dots(&self, text: &[u8], mut from: usize) -> Option<Substitution> {
        loop {
            let start = from + self.dots.find(&text[from..])?;
            let end = start + text[start..].iter().take_while(|&&byte| byte == b'.').count();
            let before = &text[..start];
            // After a slash they are a folder's name, or all that is below it: `./...`.
            let is_alone = !before.ends_with(ELLIPSIS)
                && !text[end..].starts_with(ELLIPSIS)
                && !matches!(before.last(), Some(b'/' | b'\\'));
            if end - start == DOTS.len() && is_alone {
                return Some(Substitution { range: start..end, with: ELLIPSIS, rule: 0 });
            }
            from = end;
        }
    }
}

impl Step for Ellipsis {
    fn name(&self) -> &'static str {
        "ellipsis"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        match self.style {
            EllipsisStyle::Ascii => Triggers::Characters(self.seeker.set().clone()),
            EllipsisStyle::Char => Triggers::Always,
        }
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        self.dots.find(run).is_none()
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        match self.style {
            EllipsisStyle::Ascii => by_token::replace(draft, |text, from| {
                let found = self.seeker.next(text, from)?;
                Some(Substitution { range: found.at..found.end(), with: DOTS, rule: 0 })
            }),
            // Most texts are too short for the search of a string to pay.
            EllipsisStyle::Char if memchr(b'.', draft.text()).is_none() => {}
            EllipsisStyle::Char => by_token::replace(draft, |text, from| self.next_dots(text, from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{self, rewritten};
    use proptest::prelude::*;

    #[test]
    fn ellipses_are_written_in_one_way() {
        for (dots, character) in [
            ("", ""),
            ("...", "…"),
            ("a... b ...c", "a… b …c"),
            ("(...)", "(…)"),
            ("متن...\r\nwait...", "متن…\r\nwait…"),
            ("https://a.org/b...", "https://a.org/b…"),
        ] {
            assert_eq!(rewritten(Ellipsis::new(EllipsisStyle::Char), dots), character);
            assert_eq!(rewritten(Ellipsis::new(EllipsisStyle::Ascii), character), dots);
        }
        for stays in
            [".", "..", "....", "a....... b", ". . .", "…", "...…", "……...", "go test ./...", "www.a/b...c"]
        {
            assert_eq!(rewritten(Ellipsis::new(EllipsisStyle::Char), stays), stays);
        }
        assert_eq!(rewritten(Ellipsis::new(EllipsisStyle::Ascii), "…. ……"), ".... ......");
    }

    proptest! {
        #[test]
        fn twice_is_once(
            text in trial::texts(&[".", "..", "...", "…", "/", "a", "b", "pdf", "@", "https://", " ", "_"]),
        ) {
            trial::settles(&Ellipsis::new(EllipsisStyle::Char), &text)?;
            trial::settles(&Ellipsis::new(EllipsisStyle::Ascii), &text)?;
        }
    }
}
