//! Groups: a line for each, all text last.

use super::line::{Line, Tone, columns, ends};
use crate::report::number::grouped;
use crate::report::visible::visible;
use crate::report::{Report, Section, Value, Weight, alarms, top_items};

const INDENT: usize = 2;
const SPACE: usize = 2;
/// What a name has at least.
const NAME_MIN: usize = 24;
/// Counts that are shown first if not all of them fit.
const FIRST: [&str; 8] = ["words", "types", "records", "chars", "bytes", "lines", "graphemes", "files"];

/// A line for each group, below the names of the columns: the sizes that fit, how much is wrong, and the name. The last line
/// is that of all text.
pub fn lines(report: &Report, width: usize) -> Vec<Line> {
    let mut rows: Vec<(String, &[Section])> = report
        .groups
        .iter()
        .map(|(name, sections)| (visible(name.as_bytes()), sections.as_slice()))
        .collect();
    rows.push(("total".to_owned(), &report.total));
    let chosen = choose(&rows, width);
    let mut head = Line::indented(INDENT);
    for column in &chosen {
        head.push_right(Tone::Quiet, &column.label, column.field).push(Tone::Plain, "  ");
    }
    head.push(Tone::Quiet, "group");
    let mut lines = vec![head];
    for (row, (name, sections)) in rows.iter().enumerate() {
        let tone = if row + 1 == rows.len() { Tone::Title } else { Tone::Plain };
        let mut line = Line::indented(INDENT);
        for column in &chosen {
            line.push_right(tone, &column.cells[row], column.field).push(Tone::Plain, "  ");
        }
        let room = width.saturating_sub(line.columns());
        let wrong = wrong(sections, room.saturating_sub(columns(name)).max(room / 2));
        let name = ends(name, room.saturating_sub(columns(&wrong)));
        line.push(if tone == Tone::Title { tone } else { Tone::Word }, &name);
        line.push(Tone::Alarm, &wrong);
        lines.push(line);
    }
    lines
}

struct Column {
    place: usize,
    label: String,
    cells: Vec<String>,
    field: usize,
}

/// The counts of sizes that fit, in the order of the section. That every file is one file says nothing.
fn choose(rows: &[(String, &[Section])], width: usize) -> Vec<Column> {
    let Some((_, total)) = rows.last() else { return Vec::new() };
    let sizes = top_items(total);
    let is_shown =
        |item: &&crate::report::Item| matches!(item.value, Value::Count(_)) && item.weight != Weight::Hidden;
    let mut columns_of: Vec<Column> = Vec::new();
    for (place, item) in sizes.filter(is_shown).enumerate() {
        let counts: Vec<Option<u64>> = rows.iter().map(|(_, sections)| count(sections, &item.key)).collect();
        let says_nothing = ["files", "documents"].contains(&item.key.as_str());
        if says_nothing && counts[..counts.len() - 1].iter().all(|&count| count == Some(1)) {
            continue;
        }
        let cells: Vec<String> =
            counts.into_iter().map(|count| count.map_or(String::new(), grouped)).collect();
        let label = visible(item.label.as_bytes());
        let field = cells.iter().map(|cell| columns(cell)).max().unwrap_or(0).max(columns(&label));
        let rank = FIRST.iter().position(|key| *key == item.key).unwrap_or(FIRST.len());
        columns_of.push(Column { place: rank * 1000 + place, label, cells, field });
    }
    columns_of.sort_by_key(|column| column.place);
    let mut used = INDENT + NAME_MIN;
    let mut is_first = true;
    columns_of.retain(|column| {
        let fits = is_first || used + column.field + SPACE <= width;
        is_first = false;
        used += if fits { column.field + SPACE } else { 0 };
        fits
    });
    columns_of.sort_by_key(|column| column.place % 1000);
    columns_of
}

fn count(sections: &[Section], key: &str) -> Option<u64> {
    top_items(sections).find(|item| item.key == key).and_then(|item| match item.value {
        Value::Count(count) => Some(count),
        _ => None,
    })
}

/// What is wrong with a text: the names that fit, and how many more there are.
fn wrong(sections: &[Section], room: usize) -> String {
    let names: Vec<String> = alarms(sections).map(|item| visible(item.label.as_bytes())).collect();
    let with = |count: usize| match (count, names.len() - count) {
        (0, 0) => String::new(),
        (0, all) => format!("  ! {all}"),
        (_, 0) => format!("  ! {}", names.join(", ")),
        (_, more) => format!("  ! {}, {more} more", names[..count].join(", ")),
    };
    (0..=names.len()).rev().map(with).find(|text| columns(text) <= room).unwrap_or_default()
}
