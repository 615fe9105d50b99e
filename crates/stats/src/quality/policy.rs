//! Which rules are asked, with which thresholds: flags as typed, checked.

use rewrite::UnknownName;
use textcore::Error;

use super::c4::LineRules;
use super::flags::QualityFlags;
use super::measures::Measures;
use super::rules::{Family, RULES, Rule};

/// The rules that a document is judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The threshold of each rule that is asked.
    thresholds: [Option<f64>; RULES.len()],
    /// C4's line filters.
    pub lines: LineRules,
    /// The most characters of a line that FineWeb calls short.
    pub short_line: f64,
}

/// A rule that a document fails.
pub struct Failing {
    /// The place of the rule among [`RULES`].
    pub number: usize,
    /// The rule.
    pub rule: &'static Rule,
    /// What was measured.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
}

const GROUPS: [&str; 5] = ["gopher", "gopher-quality", "gopher-repetition", "c4", "fineweb"];
/// What is asked where nothing is said.
const DEFAULT: [&str; 2] = ["gopher", "fineweb"];
/// C4's filters of lines, which decide what sentences count; they fail no document themselves.
const LINE_FILTERS: [&str; 4] =
    ["c4-unended-lines", "c4-javascript-lines", "c4-policy-lines", "c4-citations"];
/// Limits that belong to what is measured.
const MEASURE_LIMITS: [&str; 3] = ["c4-line-words", "c4-word-characters", "fineweb-line-characters"];

impl Policy {
    /// What the flags ask for.
    ///
    /// # Errors
    /// [`Error::Usage`] for a name that no rule has, and a limit that is no number.
    pub fn new(flags: &QualityFlags) -> Result<Policy, Error> {
        let mut policy = Policy {
            thresholds: RULES.each_ref().map(|rule| Some(rule.threshold)),
            lines: LineRules {
                ended: true,
                javascript: true,
                policy: true,
                citations: true,
                words_min: 3.0,
                characters_max: 1000.0,
            },
            short_line: 30.0,
        };
        for limit in &flags.limit {
            policy.limit(limit)?;
        }
        let only: Vec<&str> = match &flags.only_rules[..] {
            [] => DEFAULT.to_vec(),
            typed => typed.iter().map(String::as_str).collect(),
        };
        let is_only = policy.named(&only)?;
        let mut skipped = Vec::new();
        for name in &flags.skip_rules {
            if !policy.lines.skip(name) {
                skipped.push(name.as_str());
            }
        }
        let is_skipped = policy.named(&skipped)?;
        for (number, threshold) in policy.thresholds.iter_mut().enumerate() {
            if !is_only[number] || is_skipped[number] {
                *threshold = None;
            }
        }
        Ok(policy)
    }

    /// Whether any rule of a family is asked.
    pub fn asks(&self, family: Family) -> bool {
        RULES
            .iter()
            .zip(&self.thresholds)
            .any(|(rule, threshold)| rule.family == family && threshold.is_some())
    }

    /// The rules that a document fails, in their order.
    pub fn failing<'a>(&'a self, measures: &'a Measures) -> impl Iterator<Item = Failing> + 'a {
        RULES.iter().zip(&self.thresholds).enumerate().filter_map(|(number, (rule, threshold))| {
            let threshold = (*threshold)?;
            let value = (rule.value)(measures);
            (!rule.allows(value, threshold)).then_some(Failing { number, rule, value, threshold })
        })
    }

    /// Takes a limit as typed: `gopher-min-words=20`.
    fn limit(&mut self, typed: &str) -> Result<(), Error> {
        let usage = |what: String| Error::Usage(what);
        let wanted =
            || usage(format!("--limit '{typed}': wanted is RULE=NUMBER, such as gopher-min-words=20"));
        let (name, number) = typed.split_once('=').ok_or_else(wanted)?;
        let number: f64 = number.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(wanted)?;
        match name {
            "c4-line-words" => self.lines.words_min = number,
            "c4-word-characters" => self.lines.characters_max = number,
            "fineweb-line-characters" => self.short_line = number,
            _ => {
                let known = || RULES.iter().map(|rule| rule.name).chain(MEASURE_LIMITS);
                let found = RULES.iter().position(|rule| rule.name == name);
                let unknown = || usage(UnknownName::new("limit", name, known()).to_string());
                self.thresholds[found.ok_or_else(unknown)?] = Some(number);
            }
        }
        Ok(())
    }

    /// For each rule whether the names mean it.
    fn named(&self, names: &[&str]) -> Result<[bool; RULES.len()], Error> {
        let mut is_named = [false; RULES.len()];
        for &name in names {
            let mut is_known = GROUPS.contains(&name);
            for (is_named, rule) in is_named.iter_mut().zip(&RULES) {
                if rule.name == name || rule.family.is_of(name) {
                    (*is_named, is_known) = (true, true);
                }
            }
            if !is_known {
                let known = GROUPS.into_iter().chain(RULES.iter().map(|rule| rule.name)).chain(LINE_FILTERS);
                return Err(Error::Usage(match LINE_FILTERS.contains(&name) {
                    true => format!("{name} decides about lines, and is on unless it is in --skip-rules"),
                    false => UnknownName::new("rule", name, known).to_string(),
                }));
            }
        }
        Ok(is_named)
    }
}

impl Family {
    fn is_of(self, group: &str) -> bool {
        match group {
            "gopher" => matches!(self, Family::Quality | Family::Repetition),
            "gopher-quality" => self == Family::Quality,
            "gopher-repetition" => self == Family::Repetition,
            "c4" => self == Family::C4,
            "fineweb" => self == Family::FineWeb,
            _ => false,
        }
    }
}

impl LineRules {
    /// Turns off the filter of a name; false if there is none.
    fn skip(&mut self, name: &str) -> bool {
        let is_on = match name {
            "c4-unended-lines" => &mut self.ended,
            "c4-javascript-lines" => &mut self.javascript,
            "c4-policy-lines" => &mut self.policy,
            "c4-citations" => &mut self.citations,
            _ => return false,
        };
        *is_on = false;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(only: &[&str], skip: &[&str], limits: &[&str]) -> Result<Policy, Error> {
        let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let flags = QualityFlags {
            only_rules: list(only),
            skip_rules: list(skip),
            limit: list(limits),
            ..QualityFlags::default()
        };
        Policy::new(&flags)
    }

    fn asked(policy: &Policy) -> Vec<&'static str> {
        let asked = RULES.iter().zip(&policy.thresholds).filter(|(_, threshold)| threshold.is_some());
        asked.map(|(rule, _)| rule.name).collect()
    }

    #[test]
    fn gopher_and_fineweb_are_asked_unless_others_are_named() {
        let usual = policy(&[], &[], &[]).unwrap();
        assert_eq!(asked(&usual).len(), 27);
        assert!(!usual.asks(Family::C4) && usual.asks(Family::Repetition));
        assert_eq!(asked(&policy(&["gopher", "c4", "fineweb"], &[], &[]).unwrap()).len(), RULES.len());
        let some = policy(&["c4", "fineweb-newlines"], &["c4-sentences", "c4-citations"], &[]).unwrap();
        assert_eq!(asked(&some), ["c4-lorem-ipsum", "c4-curly-bracket", "fineweb-newlines"]);
        assert!(!some.lines.citations && some.lines.ended);
        assert_eq!(asked(&policy(&["gopher-quality"], &["gopher"], &[]).unwrap()), [""; 0]);
    }

    #[test]
    fn limits_are_those_that_were_typed() {
        let policy =
            policy(&["fineweb"], &[], &["fineweb-newlines=0.5", "c4-line-words=5", "gopher-hashes=1"]);
        let policy = policy.unwrap();
        assert_eq!(policy.thresholds[RULES.len() - 1], Some(0.5));
        assert_eq!(policy.lines.words_min, 5.0);
        assert_eq!(asked(&policy).len(), 4);
    }

    #[test]
    fn names_that_nothing_has_are_refused() {
        for (only, skip, limits, wanted) in [
            (&["gofer"][..], &[][..], &[][..], "no rule is called 'gofer'; the nearest are gopher"),
            (&["c4-citations"], &[], &[], "c4-citations decides about lines"),
            (&[], &["fineweb-new-lines"], &[], "nearest are fineweb-newlines"),
            (&[], &[], &["gopher-hash=1"], "no limit is called 'gopher-hash'"),
            (&[], &[], &["gopher-hashes=NaN"], "wanted is RULE=NUMBER"),
            (&[], &[], &["gopher-hashes"], "wanted is RULE=NUMBER"),
        ] {
            let error = policy(only, skip, limits).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
