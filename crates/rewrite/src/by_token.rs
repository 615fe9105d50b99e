//! Replacements within tokens, outside protected spans, only where they settle.

use std::ops::Range;

use crate::draft::Draft;
use crate::protect::{self, Guard};

/// What should stand in place of a part of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Substitution<'s> {
    /// In bytes; a White_Space character, which is no part of a token, stands in it alone.
    pub range: Range<usize>,
    pub with: &'s [u8],
    /// Its place among the rules of the step.
    pub rule: usize,
}

/// Finds substitutions in a text, from the beginning to the end.
pub(crate) trait Find<'s> {
    /// The same for another text, whatever this one has learned of its own.
    fn for_another(&self) -> Self;

    /// The first substitution at or after `from`; it is asked in ascending order.
    fn next(&mut self, text: &[u8], from: usize) -> Option<Substitution<'s>>;
}

/// What is found by a function of the text and the place alone.
#[derive(Clone, Copy)]
struct Plain<F>(F);

impl<'s, F: Fn(&[u8], usize) -> Option<Substitution<'s>> + Copy> Find<'s> for Plain<F> {
    fn for_another(&self) -> Self {
        *self
    }

    fn next(&mut self, text: &[u8], from: usize) -> Option<Substitution<'s>> {
        self.0(text, from)
    }
}

/// As [`replace_found`], for substitutions that `next` finds from a place on.
pub(crate) fn replace<'s>(
    draft: &mut Draft<'_>,
    next: impl Fn(&[u8], usize) -> Option<Substitution<'s>> + Copy,
) {
    replace_found(draft, Plain(next));
}

/// Makes the substitutions that are found, but for those that begin in a protected span.
///
/// What is found in a token must be found in that token alone too, and White_Space may become White_Space only. Where a
/// substitution changes what is protected around it, so that a second look would change more, the token stays as it
/// is: what is left changes nothing a second time.
pub(crate) fn replace_found<'s>(draft: &mut Draft<'_>, mut finder: impl Find<'s>) {
    let text = draft.text();
    let mut guard = Guard::new(text);
    let mut token = Token::default();
    let mut from = 0;
    while let Some(found) = finder.next(text, from) {
        from = found.range.end;
        if found.range.start >= token.range.end {
            token.finish(draft, &finder);
            token.range = protect::token_around(text, token.range.end, found.range.start);
        }
        if !draft.is_enabled(found.rule) {
            continue;
        }
        if guard.protects(found.range.start) {
            token.has_protected = true;
        } else {
            token.substitutions.push(found);
        }
    }
    token.finish(draft, &finder);
}

#[derive(Default)]
struct Token<'s> {
    range: Range<usize>,
    substitutions: Vec<Substitution<'s>>,
    /// A substitution was left out.
    has_protected: bool,
    after: Vec<u8>,
}

impl<'s> Token<'s> {
    fn finish(&mut self, draft: &mut Draft<'_>, finder: &impl Find<'s>) {
        // With nothing left out there is nothing left to find.
        if self.substitutions.is_empty() || !self.has_protected || self.settles(draft, finder) {
            for Substitution { range, with, rule } in self.substitutions.drain(..) {
                draft.replace(range, with, rule);
            }
        }
        self.substitutions.clear();
        self.has_protected = false;
    }

    fn settles(&mut self, draft: &Draft<'_>, finder: &impl Find<'s>) -> bool {
        self.after.clear();
        let mut from = self.range.start;
        for Substitution { range, with, .. } in &self.substitutions {
            self.after.extend_from_slice(&draft.text()[from..range.start]);
            self.after.extend_from_slice(with);
            from = range.end;
        }
        self.after.extend_from_slice(&draft.text()[from..self.range.end]);
        let mut guard = Guard::new(&self.after);
        let mut finder = finder.for_another();
        let mut from = 0;
        while let Some(found) = finder.next(&self.after, from) {
            from = found.range.end;
            if draft.is_enabled(found.rule) && !guard.protects(found.range.start) {
                return false;
            }
        }
        true
    }
}
