//! How much there is.

use crate::parameters::Parameters;
use crate::report::{Section, Value};
use crate::survey::Survey;

/// Bytes, lines, words and so on; only those that are asked for where some are.
pub fn section(survey: &Survey, parameters: &Parameters) -> Section {
    let sums = &survey.sums;
    let mut section = Section::new("size", "size");
    let words = match &parameters.key_norm {
        None => format!("by --unit {}", parameters.unit),
        Some(norm) => format!("by --unit {} --key-norm {norm}", parameters.unit),
    };
    if let Some(sizes) = parameters.areas.sizes {
        let asked = [
            (sizes.lines, "lines", sums.lines),
            (sizes.words, "words", sums.words),
            (sizes.chars, "chars", sums.chars),
            (sizes.bytes, "bytes", sums.bytes),
        ];
        for (_, name, count) in asked.into_iter().filter(|(is_asked, ..)| *is_asked) {
            let label = if name == "chars" { "characters" } else { name };
            let item = section.add(name, label, Value::Count(count));
            if name == "words" {
                item.note(words.clone());
            }
        }
        return section;
    }
    if survey.has_files(parameters) {
        section.add("files", "files", Value::Count(sums.files));
    }
    section.add("documents", "documents", Value::Count(sums.documents));
    section.add("records", "records", Value::Count(sums.records));
    section.add("lines", "lines", Value::Count(sums.lines));
    section.add("words", "words", Value::Count(sums.words)).note(words);
    section.add("types", "types", Value::Count(survey.spectrum.types())).note("different words");
    section.add("graphemes", "graphemes", Value::Count(sums.graphemes));
    section.add("chars", "characters", Value::Count(sums.chars));
    section.add("bytes", "bytes", Value::Count(sums.bytes));
    if parameters.areas.health {
        let width = sums.census.iter().map(|(character, count)| unicode::width::of(character) as u64 * count);
        section
            .add("width", "columns", Value::Count(width.sum()))
            .note("of a terminal, character by character");
    }
    section
}
