//! The socket of the rewriter: one idea of what text should look like.

use std::sync::Arc;

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;

/// What must stand in a text for a step to have anything to say.
#[derive(Debug, Clone)]
pub enum Triggers {
    /// The step looks for itself.
    Always,
    /// One of these characters: texts without any of them are never shown to it.
    Characters(CharSet),
    /// The same; but a run that has some may still stay as it is, as [`Step::is_identity_on`] says.
    Suspects(CharSet),
}

/// One idea, carried out by one or more rules.
///
/// A step is a pure function of the text it is shown. Applied to its own result it must change nothing, unless
/// [`Step::is_repeatable`] says otherwise.
pub trait Step: Send + Sync {
    /// Its name in the plan.
    fn name(&self) -> &'static str;

    /// Its rules; their places are what [`Draft::replace`] is told.
    fn rules(&self) -> &[Rule];

    /// What it waits for.
    fn triggers(&self) -> Triggers;

    /// For a step that looks always or at suspects: true only if each line of `run`, shown by itself with or without its end, would
    /// stay as it is.
    fn is_identity_on(&self, run: &[u8]) -> bool {
        let _ = run;
        false
    }

    /// Proposes its replacements.
    fn apply(&self, draft: &mut Draft<'_>);

    /// False for a step that runs once, first of all, because its result may look like its input: an entity decoded may
    /// be an entity.
    fn is_repeatable(&self) -> bool {
        true
    }
}

/// A step that several rewriters share.
impl<S: Step> Step for Arc<S> {
    fn name(&self) -> &'static str {
        S::name(self)
    }

    fn rules(&self) -> &[Rule] {
        S::rules(self)
    }

    fn triggers(&self) -> Triggers {
        S::triggers(self)
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        S::is_identity_on(self, run)
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        S::apply(self, draft);
    }

    fn is_repeatable(&self) -> bool {
        S::is_repeatable(self)
    }
}
