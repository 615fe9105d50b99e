//! What is said of a corpus: sections of named values, before anyone decides how they are written.
//!
//! Whoever counts makes a [`Report`]; whoever writes tables, TSV, JSON, HTML or charts reads nothing else. A new section is
//! known to all formats at once, and a new format to all sections.

pub mod html;
pub mod json;
mod markup;
pub mod number;
mod ranks;
#[cfg(test)]
mod sample;
pub mod svg;
pub mod table;
pub mod tsv;
pub mod visible;

use crate::histogram::Histogram;

/// Everything that is said, of all text and of each of its groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// What the numbers depend on, besides the text: `unit`, `key_norm`, and so on, in order.
    pub parameters: Vec<(&'static str, String)>,
    /// All text.
    pub total: Vec<Section>,
    /// The text of each group, by name, bytewise in order; empty where nothing is grouped.
    pub groups: Vec<(String, Vec<Section>)>,
    /// Where there are groups, people are shown a line for each, and of all text no more than that.
    pub are_groups_enough: bool,
}

/// What belongs together: sizes, health, the vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The name for programs: the JSON object in which the items stand, and what stands before a dot in TSV. Items of
    /// [`Section::TOP`] stand at the top.
    pub key: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// What it says, in order.
    pub items: Vec<Item>,
}

/// One value and its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The name for programs, in snake case.
    pub key: String,
    /// The name for people.
    pub label: String,
    /// The value.
    pub value: Value,
    /// A remark for people, for example a unit; empty where there is none.
    pub note: String,
    /// How much it matters to people.
    pub weight: Weight,
}

/// How much a value matters to people; programs are given all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// Something is wrong with the text.
    Alarm,
    /// Worth a line in the table.
    #[default]
    Plain,
    /// For programs alone.
    Hidden,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number.
    Count(u64),
    /// So many of so many: for people a share, for programs the first number.
    Share {
        /// How many.
        count: u64,
        /// Of how many.
        of: u64,
    },
    /// A measure; not a number where it is not defined, which is `null` in JSON and nothing in TSV.
    Real(f64),
    /// A word or a sentence.
    Text(String),
    /// What a whole is made of: names and counts, in the order of the names.
    Shares(Vec<(String, u64)>),
    /// Lengths of things: exact, in the unit of the note.
    Lengths(Histogram),
    /// Things in the order of their rank.
    Ranking(Ranking),
    /// Points from left to right.
    Curve(Curve),
}

/// Things in the order of their rank, or of time, with what is known of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    /// Names of the columns, in snake case, without that of the thing itself, which is `thing`.
    pub columns: Vec<&'static str>,
    /// What the things are: `word`, `month`.
    pub thing: &'static str,
    /// The order is that of time, not of rank.
    pub is_of_time: bool,
    /// The things, bytes as they stand in the text, and a value for each column.
    pub rows: Vec<(Vec<u8>, Vec<Cell>)>,
}

/// One number of a ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// A whole number.
    Count(u64),
    /// A measure; not a number where it is not defined.
    Real(f64),
}

/// Points of a line, and a model of it where there is one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curve {
    /// What runs from left to right, for example `tokens`.
    pub x: &'static str,
    /// What runs upwards, for example `types`.
    pub y: &'static str,
    /// The points, x rising.
    pub points: Vec<(f64, f64)>,
    /// The fitted curve at the same places; empty where nothing was fitted.
    pub fitted: Vec<f64>,
    /// Both axes are logarithmic.
    pub is_logarithmic: bool,
}

/// The parts of a whole that there are, the largest first, and their sum.
pub fn sorted_parts(parts: &[(String, u64)]) -> (Vec<&(String, u64)>, u64) {
    let all = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(part.1));
    let mut sorted: Vec<_> = parts.iter().filter(|part| part.1 > 0).collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    (sorted, all)
}

/// What is wrong, of all sections.
pub fn alarms(sections: &[Section]) -> impl Iterator<Item = &Item> {
    sections.iter().flat_map(|section| &section.items).filter(|item| item.weight == Weight::Alarm)
}

/// What stands at the top.
pub fn top_items(sections: &[Section]) -> impl Iterator<Item = &Item> {
    sections.iter().filter(|section| section.is_top()).flat_map(|section| &section.items)
}

/// Whether anybody looked for what is wrong.
pub fn are_examined(sections: &[Section]) -> bool {
    sections.iter().any(|section| section.key == Section::EXAMINATION)
}

impl Section {
    /// The key of the section whose items stand at the top, and in the lines of groups.
    pub const TOP: &'static str = "size";
    /// The key of the section that looks for what is wrong: where it is missing, nobody has looked.
    pub const EXAMINATION: &'static str = "health";

    /// Whether its items stand at the top.
    pub fn is_top(&self) -> bool {
        self.key == Section::TOP
    }

    /// A section without items.
    pub fn new(key: &'static str, title: &'static str) -> Section {
        Section { key, title, items: Vec::new() }
    }

    /// Adds a value that is worth a line.
    pub fn add(&mut self, key: &str, label: &str, value: Value) -> &mut Item {
        self.items.push(Item {
            key: key.to_owned(),
            label: label.to_owned(),
            value,
            note: String::new(),
            weight: Weight::Plain,
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }
}

impl Item {
    /// Adds a remark for people.
    pub fn note(&mut self, note: impl Into<String>) -> &mut Item {
        self.note = note.into();
        self
    }

    /// Says how much it matters.
    pub fn weight(&mut self, weight: Weight) -> &mut Item {
        self.weight = weight;
        self
    }
}
