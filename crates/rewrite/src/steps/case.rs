//! Lower case, upper case, case folding.

use unicode::case::{Case, Casing};

use crate::draft::Draft;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

/// Brings text into one case, by the full mappings of Unicode and the rules of a locale.
#[derive(Debug, Clone)]
pub struct CaseStep {
    casing: Casing,
    rules: [Rule; 1],
}

impl CaseStep {
    /// A case and a locale.
    ///
    /// ```
    /// use rewrite::{Rewriter, Scratch, steps::CaseStep};
    /// use unicode::case::{Case, CaseLocale, Casing};
    /// let casing = Casing { case: Case::Lower, locale: CaseLocale::Turkic };
    /// let lower = Rewriter::new(vec![Box::new(CaseStep::new(casing))]);
    /// assert_eq!(lower.rewrite("ISI".as_bytes(), &mut Scratch::default()), "ısı".as_bytes());
    /// ```
    pub fn new(casing: Casing) -> Self {
        let about = match casing.case {
            Case::Lower => "letters become lower case",
            Case::Upper => "letters become upper case",
            Case::Fold => "letters lose their case (full case folding)",
        };
        CaseStep { casing, rules: [Rule::lossy("case", about)] }
    }
}

impl Step for CaseStep {
    fn name(&self) -> &'static str {
        "case"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Always
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        self.casing.is_unchanged(run)
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        self.casing.for_each_change(draft.text(), |range, with| draft.replace(range, with, 0));
    }
}
