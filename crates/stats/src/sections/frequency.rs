//! The commonest words.

use crate::dispersion::Dispersion;
use crate::parameters::{Areas, Parameters};
use crate::report::{Cell, Ranking, Section, Value, Weight};
use crate::survey::{Survey, Word};

/// Words by frequency: those that mean something, function words, and all, punctuation too.
pub fn section(survey: &Survey, parameters: &Parameters) -> Section {
    let mut section = Section::new("frequency", "most frequent");
    // At a glance, that of and the are common is no news.
    let of_stop = if parameters.areas.dispersion { Weight::Plain } else { Weight::Hidden };
    let rankings = [
        ("content", "words", survey.content.sorted(), Weight::Plain),
        ("stop", "function words", survey.stop.sorted(), of_stop),
        ("top", "all, punctuation too", survey.top.sorted(), Weight::Hidden),
    ];
    for (key, label, words, weight) in rankings {
        let rows =
            words.iter().map(|word| (word.form.clone(), cells(word, survey, parameters.areas))).collect();
        let ranking = Ranking { columns: columns(parameters.areas), thing: "word", is_of_time: false, rows };
        section.add(key, label, Value::Ranking(ranking)).weight(weight);
    }
    section
}

/// The columns of a list of words.
pub fn columns(areas: Areas) -> Vec<&'static str> {
    let counts = ["count", "per_million"];
    let documents = ["documents", "dp", "dp_norm", "juilland_d"];
    counts.into_iter().chain(documents.into_iter().filter(|_| areas.dispersion)).collect()
}

/// What stands in the columns.
pub fn cells(word: &Word, survey: &Survey, areas: Areas) -> Vec<Cell> {
    let per_million = 1e6 * word.count as f64 / survey.sums.words.max(1) as f64;
    let mut cells = vec![Cell::Count(word.count), Cell::Real(per_million)];
    if let Some(Dispersion { documents, dp, dp_norm, juilland_d }) =
        word.dispersion.filter(|_| areas.dispersion)
    {
        cells.extend([Cell::Count(documents), Cell::Real(dp), Cell::Real(dp_norm), Cell::Real(juilland_d)]);
    }
    cells
}
