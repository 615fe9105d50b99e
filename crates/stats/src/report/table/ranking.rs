//! Rankings: numbers first, things last on their lines, so that no word can push the numbers about.

use super::line::{Line, Tone, columns};
use crate::report::Ranking;
use crate::report::number::grouped;
use crate::report::ranks::{column_label, numbers, shown};
use crate::report::visible::visible;

const INDENT: usize = 2;
const SPACE: usize = 2;
/// What a thing has at least; columns of numbers that leave less are left out, the last first.
const THING_MIN: usize = 16;

/// A line for each thing, below the names of the columns and of the ranking.
pub fn lines(label: &str, ranking: &Ranking, width: usize) -> Vec<Line> {
    let rows = numbers(ranking);
    let names: Vec<String> = ranking.columns.iter().map(|name| column_label(name)).collect();
    let mut fields: Vec<usize> = Vec::new();
    let mut used = INDENT;
    for (place, name) in names.iter().enumerate() {
        let widest =
            rows.iter().filter_map(|row| row.get(place)).map(|cell| columns(cell)).max().unwrap_or(0);
        let field = widest.max(columns(name));
        used += field + SPACE;
        if place > 0 && used + THING_MIN > width {
            break;
        }
        fields.push(field);
    }
    let mut head = Line::indented(INDENT);
    push_numbers(&mut head, &names, &fields, Tone::Quiet);
    head.push(Tone::Quiet, &visible(label.as_bytes()));
    let mut lines = vec![head];
    let places = shown(ranking);
    for &place in &places {
        let mut line = Line::indented(INDENT);
        push_numbers(&mut line, &rows[place], &fields, Tone::Plain);
        line.push(Tone::Word, &visible(&ranking.rows[place].0));
        lines.push(line);
    }
    if places.len() < rows.len() {
        let mut line = Line::indented(INDENT);
        let more = grouped((rows.len() - places.len()) as u64);
        line.push(Tone::Quiet, &format!("and {more} more that are smaller; --tsv and --json have all"));
        lines.push(line);
    }
    lines
}

fn push_numbers(line: &mut Line, row: &[String], fields: &[usize], tone: Tone) {
    for (place, field) in fields.iter().enumerate() {
        line.push_right(tone, row.get(place).map_or("", String::as_str), *field).push(Tone::Plain, "  ");
    }
}
