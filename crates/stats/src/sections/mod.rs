//! What a report says of each group of text, section by section: a section is a function from what is known to a
//! [`Section`](crate::report::Section).

pub mod duplication;
pub mod frequency;
pub mod health;
pub mod lengths;
pub mod persian;
pub mod size;
pub mod vocabulary;

use crate::parameters::Parameters;
use crate::report::Section;
use crate::survey::Survey;

/// Every section that is asked for, in order.
pub fn all(survey: &Survey, parameters: &Parameters) -> Vec<Section> {
    let areas = parameters.areas;
    type Make = fn(&Survey, &Parameters) -> Section;
    let sections: [(bool, Make); 8] = [
        (true, size::section),
        (areas.health, health::section),
        (areas.health && survey.sums.languages.contains_key(crate::observe::PERSIAN), persian::section),
        (areas.lengths || areas.all_lengths, lengths::section),
        (areas.frequency, frequency::section),
        (areas.vocabulary, vocabulary::section),
        (areas.duplication, duplication::section),
        (parameters.dates.is_some(), crate::dates::section),
    ];
    sections
        .into_iter()
        .filter(|(is_asked, _)| *is_asked)
        .map(|(_, section)| section(survey, parameters))
        .collect()
}
