//! How much there is, and what was not read.

use unicode::Unit;

use crate::parameters::Parameters;
use crate::report::{Item, Section, Value, Weight};
use crate::sums::{Sums, sum};
use crate::survey::Survey;

/// Bytes, lines, words and so on; only those that are asked for where some are.
pub fn section(survey: &Survey, parameters: &Parameters) -> Section {
    let sums = &survey.sums;
    let mut section = Section::new("size", "size");
    let words = match &parameters.key_norm {
        None if parameters.unit == Unit::Word.name() => "with punctuation".to_owned(),
        None => format!("by --unit {}", parameters.unit),
        Some(norm) => format!("by --unit {} --key-norm {norm}", parameters.unit),
    };
    if let Some(sizes) = parameters.areas.sizes {
        // Just what is asked for.
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
        let weight = if sums.files == 0 { Weight::Alarm } else { Weight::Plain };
        section.add("files", "files", Value::Count(sums.files)).weight(weight);
        add_alarm(&mut section, "empty_files", "files without text", sums.empty_files);
    }
    section.add("documents", "documents", Value::Count(sums.documents));
    section.add("records", "records", Value::Count(sums.records));
    section.add("lines", "lines", Value::Count(sums.lines));
    section.add("words", "words", Value::Count(sums.words)).note(words);
    section.add("types", "types", Value::Count(survey.spectrum.types())).note("different ones");
    section.add("graphemes", "graphemes", Value::Count(sums.graphemes));
    section.add("chars", "characters", Value::Count(sums.chars));
    section.add("bytes", "bytes", Value::Count(sums.bytes));
    if parameters.areas.health {
        let width = sums
            .census
            .iter()
            .map(|(character, count)| (unicode::width::of(character) as u64).saturating_mul(count));
        section.add("width", "columns", Value::Count(sum(width))).note("of a terminal");
    }
    section
}

/// What is of no group, for it was not read: all the other numbers are without it.
pub fn add_missed(section: &mut Section, sums: &Sums) {
    add_alarm(section, "unread_files", "files not read", sums.unread_files).note("or not to their end");
    let count = sum(sums.left_out.values().copied());
    let reasons: Vec<_> = sums.left_out.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    add_alarm(section, "records_left_out", "records left out", count).note(reasons.join(", "));
}

/// A number that should be 0.
fn add_alarm<'a>(section: &'a mut Section, key: &str, label: &str, count: u64) -> &'a mut Item {
    let weight = if count > 0 { Weight::Alarm } else { Weight::Hidden };
    section.add(key, label, Value::Count(count)).weight(weight)
}
