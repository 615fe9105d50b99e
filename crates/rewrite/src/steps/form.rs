//! Normalization forms (UAX #15), as a whole or with some kinds of compatibility mappings.

use unicode::form::{Compatibility, Form, Kinds, Rewriting};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::name::UnknownName;
use crate::rule::Rule;
use crate::step::{Step, Triggers};

const CANONICAL: usize = 0;
const COMPATIBILITY: usize = 1;

/// Brings text into a form.
#[derive(Debug, Clone)]
pub struct Forms {
    rewriting: Rewriting,
    /// The same form, of canonical mappings alone.
    canonical: Form,
    rules: [Rule; 2],
}

impl Forms {
    /// A form, with the compatibility mappings of some kinds.
    ///
    /// ```
    /// use rewrite::{Rewriter, Scratch, steps::Forms};
    /// use unicode::Form;
    /// let nfkc = Rewriter::new(vec![Box::new(Forms::new(Form::Nfkc.into()))]);
    /// assert_eq!(nfkc.rewrite("ﬁ²".as_bytes(), &mut Scratch::default()), b"fi2");
    /// ```
    pub fn new(rewriting: Rewriting) -> Self {
        let canonical = match rewriting.form {
            Form::Nfc | Form::Nfkc => Form::Nfc,
            Form::Nfd | Form::Nfkd => Form::Nfd,
        };
        let canonical_rule = match canonical {
            Form::Nfc => {
                Rule::lossless("compose", "canonically equivalent characters become composed ones (NFC)")
            }
            _ => Rule::lossless("decompose", "composed characters become letters and marks (NFD)"),
        };
        let is_arabic = rewriting.kinds == Kinds::ARABIC_LETTERS;
        let compatibility_rule = if is_arabic {
            Rule::lossless("presentation-form", "Arabic presentation forms become letters")
        } else {
            Rule::lossy("compatibility", "compatibility characters become ordinary ones")
        };
        Forms { rewriting, canonical, rules: [canonical_rule, compatibility_rule] }
    }
}

/// The kinds of a list of names.
///
/// # Errors
/// A name that no kind has.
pub fn parse_kinds<S: AsRef<str>>(names: &[S]) -> Result<Kinds, UnknownName> {
    let kind = |name: &S| {
        let known = Compatibility::ALL.iter().map(|kind| kind.name());
        Compatibility::parse(name.as_ref())
            .ok_or_else(|| UnknownName::new("kind of compatibility characters", name.as_ref(), known))
    };
    names.iter().map(kind).collect()
}

impl Step for Forms {
    fn name(&self) -> &'static str {
        "form"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules[..if self.rewriting.kinds == Kinds::NONE { 1 } else { 2 }]
    }

    fn triggers(&self) -> Triggers {
        Triggers::Suspects(CharSet::from_chars(self.rewriting.suspects()))
    }

    fn is_identity_on(&self, run: &[u8]) -> bool {
        self.rewriting.is_normalized(run)
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let text = draft.text();
        if self.rules().len() == 1 || !draft.is_enabled(COMPATIBILITY) {
            return self.canonical.for_each_change(text, |range, with| draft.replace(range, with, CANONICAL));
        }
        let mut canonical = Vec::new();
        self.rewriting.for_each_change(text, |range, with| {
            canonical.clear();
            self.canonical.normalize_into(&text[range.clone()], &mut canonical);
            draft.replace(range, with, if canonical == with { CANONICAL } else { COMPATIBILITY });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rewriter, Scratch, Trace};

    fn rules_of(rewriting: Rewriting, text: &str) -> (String, Vec<String>) {
        let rewriter = Rewriter::new(vec![Box::new(Forms::new(rewriting))]);
        let mut trace = Trace::default();
        let mut scratch = Scratch::default();
        let out =
            String::from_utf8_lossy(rewriter.trace(text.as_bytes(), &mut scratch, &mut trace)).into_owned();
        let names: Vec<String> = rewriter.rules().map(|rule| rule.name.to_string()).collect();
        (out, trace.changes().iter().map(|change| names[change.rule].clone()).collect())
    }

    #[test]
    fn a_change_is_named_after_what_it_took() {
        let nfkc = Form::Nfkc.into();
        assert_eq!(
            rules_of(nfkc, "e\u{301} ﬁ"),
            ("é fi".into(), vec!["compose".into(), "compatibility".into()])
        );
        let arabic = Rewriting { form: Form::Nfc, kinds: Kinds::ARABIC_LETTERS };
        assert_eq!(rules_of(arabic, "\u{FEE1}²"), ("م²".into(), vec!["presentation-form".into()]));
        assert_eq!(rules_of(Form::Nfd.into(), "é"), ("e\u{301}".into(), vec!["decompose".into()]));
    }

    #[test]
    fn without_its_rule_no_compatibility_mapping_is_applied() {
        let mut rewriter = Rewriter::new(vec![Box::new(Forms::new(Form::Nfkc.into()))]);
        rewriter.skip(&["compatibility"]).expect("a rule");
        let mut scratch = Scratch::default();
        assert_eq!(rewriter.rewrite("e\u{301}ﬁ".as_bytes(), &mut scratch), "éﬁ".as_bytes());
    }

    #[test]
    fn kinds_go_by_the_names_of_the_database() {
        assert!(parse_kinds(&["super", "wide"]).expect("kinds").contains(Compatibility::Wide));
        assert!(parse_kinds(&["narow"]).expect_err("no kind").nearest.contains(&"narrow".to_owned()));
    }
}
