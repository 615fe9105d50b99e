//! How a text becomes another before it is cut.

use crate::span::Draft;

/// A way to rewrite a text.
#[derive(Debug)]
pub(crate) enum Rewrite {
    /// Ill-formed subparts become U+FFFD.
    Repair,
    /// A beginning that is written unless it is there.
    Lead {
        /// What is written.
        lead: Vec<u8>,
        /// Only where the source begins.
        first_only: bool,
        /// Even if it is there.
        always: bool,
    },
}

impl Rewrite {
    /// Rewrite a text, which is not empty; `is_first` says whether the source begins with it.
    pub(crate) fn apply(&self, draft: &mut Draft<'_>, is_first: bool) {
        match self {
            Rewrite::Repair => repair(draft),
            Rewrite::Lead { lead, first_only, always } => {
                if (*always || !draft.old().starts_with(lead)) && (is_first || !first_only) {
                    draft.replace(0..0, lead);
                }
            }
        }
    }
}

fn repair(draft: &mut Draft<'_>) {
    if unicode::utf8::is_valid(draft.old()) {
        return;
    }
    let mut at = 0;
    for chunk in draft.old().utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            draft.put(at..at + chunk.invalid().len(), char::REPLACEMENT_CHARACTER);
        }
        at += chunk.invalid().len();
    }
}
