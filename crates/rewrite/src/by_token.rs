//! Replacements within tokens, outside protected spans, only where they settle.

use std::ops::Range;

use crate::draft::Draft;
use crate::protect::{self, Guard};

/// What should stand in place of a part of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Substitution {
    /// In bytes; no White_Space in it.
    pub range: Range<usize>,
    pub with: &'static [u8],
    /// Its place among the rules of the step.
    pub rule: usize,
}

/// Makes the substitutions that `next` finds from a place on, but for those that begin in a protected span.
///
/// What `next` finds in a token must depend on that token alone, hold no White_Space and bring none in. Where a
/// substitution changes what is protected around it, so that a second look would change more, the token stays as it
/// is: what is left changes nothing a second time.
pub(crate) fn replace(draft: &mut Draft<'_>, next: impl Fn(&[u8], usize) -> Option<Substitution>) {
    let text = draft.text();
    let mut guard = Guard::new(text);
    let mut token = Token::default();
    let mut from = 0;
    while let Some(found) = next(text, from) {
        from = found.range.end;
        if found.range.start >= token.range.end {
            token.finish(draft, &next);
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
    token.finish(draft, &next);
}

#[derive(Default)]
struct Token {
    range: Range<usize>,
    substitutions: Vec<Substitution>,
    /// A substitution was left out.
    has_protected: bool,
    after: Vec<u8>,
}

impl Token {
    fn finish(&mut self, draft: &mut Draft<'_>, next: &impl Fn(&[u8], usize) -> Option<Substitution>) {
        // With nothing left out there is nothing left to find.
        if self.substitutions.is_empty() || !self.has_protected || self.settles(draft, next) {
            for Substitution { range, with, rule } in self.substitutions.drain(..) {
                draft.replace(range, with, rule);
            }
        }
        self.substitutions.clear();
        self.has_protected = false;
    }

    fn settles(&mut self, draft: &Draft<'_>, next: &impl Fn(&[u8], usize) -> Option<Substitution>) -> bool {
        self.after.clear();
        let mut from = self.range.start;
        for Substitution { range, with, .. } in &self.substitutions {
            self.after.extend_from_slice(&draft.text()[from..range.start]);
            self.after.extend_from_slice(with);
            from = range.end;
        }
        self.after.extend_from_slice(&draft.text()[from..self.range.end]);
        let mut guard = Guard::new(&self.after);
        let mut from = 0;
        while let Some(found) = next(&self.after, from) {
            from = found.range.end;
            if draft.is_enabled(found.rule) && !guard.protects(found.range.start) {
                return false;
            }
        }
        true
    }
}
