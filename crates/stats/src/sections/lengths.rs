//! How long records, lines, sentences and words are.

use crate::parameters::Parameters;
use crate::report::{Section, Value, Weight};
use crate::survey::Survey;

/// Distributions of lengths; those of nothing are left out.
pub fn section(survey: &Survey, parameters: &Parameters) -> Section {
    let sums = &survey.sums;
    let mut section = Section::new("lengths", "lengths");
    let words = format!("{}s", parameters.unit);
    let lengths = [
        ("record", "record length", &sums.record_lengths, "characters"),
        ("line", "line length", &sums.line_lengths, "characters"),
        ("sentence", "sentence length", &sums.sentence_lengths, &words),
        ("document", "document length", &sums.document_lengths, &words),
        ("word", "word length", &survey.word_lengths, "characters"),
    ];
    for (key, label, histogram, unit) in lengths {
        // Of one document the size says it all, to people.
        let weight = if key == "document" && histogram.count() == 1 { Weight::Hidden } else { Weight::Plain };
        if histogram.count() > 0 {
            section.add(key, label, Value::Lengths(histogram.clone())).note(unit).weight(weight);
        }
    }
    section
}
