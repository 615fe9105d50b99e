//! What upstream did to Persian text.

use language::{Diagnosis, ZwnjFate};

use crate::observe::{ZWNJ_BYTES, ZWNJ_STRETCH_BYTES};
use crate::parameters::Parameters;
use crate::report::number::grouped;
use crate::report::{Section, Value, Weight};
use crate::sums::sum;
use crate::survey::Survey;

/// Digits or letters of two kinds are mixed if the rarer kind is at least this share of all, in per cent.
const MIXED_PERCENT: u64 = 5;

/// The diagnosis of all Persian documents.
pub fn section(survey: &Survey, _: &Parameters) -> Section {
    let diagnosis = survey.sums.persian;
    let mut section = Section::new("persian", "Persian");
    add_zwnj(&mut section, &diagnosis);
    let yeh = [
        ("U+06CC", diagnosis.yeh_persian),
        ("U+064A", diagnosis.yeh_arabic),
        ("U+0649", diagnosis.alef_maksura),
    ];
    add_kinds(&mut section, "yeh", "yeh", &yeh, diagnosis.yeh_arabic > 0);
    let kaf = [("U+06A9", diagnosis.kaf_persian), ("U+0643", diagnosis.kaf_arabic)];
    add_kinds(&mut section, "kaf", "kaf", &kaf, diagnosis.kaf_arabic > 0);
    let digits = [
        ("Persian", diagnosis.digits_persian),
        ("Arabic-Indic", diagnosis.digits_arabic),
        ("ASCII", diagnosis.digits_ascii),
    ];
    add_kinds(&mut section, "digits", "digits", &digits, is_mixed(&digits));
    let forms = [
        ("presentation_forms", "presentation forms", diagnosis.presentation_forms),
        ("tatweel", "tatweel", diagnosis.tatweel),
    ];
    for (key, label, count) in forms {
        let weight = if count > 0 { Weight::Alarm } else { Weight::Hidden };
        section.add(key, label, Value::Count(count)).weight(weight);
    }
    section
}

fn add_zwnj(section: &mut Section, diagnosis: &Diagnosis) {
    let fate = diagnosis.fate();
    let weight =
        if matches!(fate, ZwnjFate::PartlyLost | ZwnjFate::Stripped) { Weight::Alarm } else { Weight::Plain };
    section
        .add("zwnj_verdict", "ZWNJ", Value::Text(fate.name().to_owned()))
        .note(format!(
            "{} U+200C in {} words looked at, {} expected",
            grouped(diagnosis.zwnj),
            grouped(diagnosis.words),
            grouped(diagnosis.zwnj_expected)
        ))
        .weight(weight);
    let counts = [
        ("words", diagnosis.words),
        ("zwnj", diagnosis.zwnj),
        ("zwnj_expected", diagnosis.zwnj_expected),
        ("zwnj_sample_bytes", ZWNJ_BYTES),
        ("zwnj_stretch_bytes", ZWNJ_STRETCH_BYTES),
    ];
    for (key, count) in counts {
        section.add(key, key, Value::Count(count)).weight(Weight::Hidden);
    }
}

/// How often each of some characters stands for one thing. They are named by their numbers, so that text from right to left does
/// not push the figures about.
fn add_kinds(section: &mut Section, key: &str, label: &str, kinds: &[(&str, u64)], is_alarming: bool) {
    let shares = kinds.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    let weight = if is_alarming { Weight::Alarm } else { Weight::Plain };
    let note = if is_alarming { "mixed" } else { "" };
    section.add(key, label, Value::Shares(shares)).note(note).weight(weight);
}

fn is_mixed(kinds: &[(&str, u64)]) -> bool {
    let all = sum(kinds.iter().map(|&(_, count)| count));
    let is_common =
        |count: u64| count > 0 && u128::from(count) * 100 >= u128::from(all) * u128::from(MIXED_PERCENT);
    kinds.iter().filter(|(_, count)| is_common(*count)).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_mixed_if_the_second_is_not_rare() {
        assert!(is_mixed(&[("a", 95), ("b", 5)]));
        assert!(!is_mixed(&[("a", 96), ("b", 4)]));
        assert!(!is_mixed(&[("a", 0), ("b", 0)]));
    }
}
