//! Lengths: the numbers that describe a distribution in columns, and its shape.

use super::bars::{bar, shape};
use super::line::{Line, Tone, columns};
use crate::histogram::Histogram;
use crate::report::Item;
use crate::report::number::grouped;
use crate::report::ranks::{LENGTHS, length_numbers};
use crate::report::visible::visible;

const INDENT: usize = 2;
const SPACE: usize = 2;
/// The shape of a distribution has at least and at most so many cells.
const CELLS_MIN: usize = 6;
const CELLS_MAX: usize = 20;

/// A line for each distribution, below the names of the columns. What is drawn are classes of lengths that double.
pub fn lines(items: &[(&Item, &Histogram)], width: usize) -> Vec<Line> {
    let labels: Vec<String> = items.iter().map(|(item, _)| label(item)).collect();
    let numbers: Vec<[String; 6]> = items.iter().map(|(_, histogram)| length_numbers(histogram)).collect();
    let label_width = labels.iter().map(|label| columns(label)).max().unwrap_or(0);
    let fields = [0, 1, 2, 3, 4, 5].map(|place| {
        let widest = numbers.iter().map(|row| columns(&row[place])).max().unwrap_or(0);
        widest.max(LENGTHS[place].len())
    });
    let mut lines = vec![Line::indented(INDENT + label_width)];
    for (name, field) in LENGTHS.into_iter().zip(fields) {
        lines[0].push_right(Tone::Quiet, name, field + SPACE);
    }
    for ((label, numbers), (_, histogram)) in labels.iter().zip(&numbers).zip(items) {
        let mut line = Line::indented(INDENT);
        line.push(Tone::Plain, label).pad_to(INDENT + label_width);
        for (number, field) in numbers.iter().zip(fields) {
            line.push_right(Tone::Plain, number, field + SPACE);
        }
        let cells = width.saturating_sub(line.columns() + SPACE).min(CELLS_MAX);
        if cells >= CELLS_MIN {
            line.push(Tone::Plain, "  ").push(Tone::Bar, &shape(histogram, cells));
        }
        lines.push(line);
    }
    lines
}

/// A line with a bar for each class of lengths, for a distribution that is shown alone.
pub fn bars(histogram: &Histogram, width: usize) -> Vec<Line> {
    let classes = histogram.doubling_classes();
    let largest = classes.iter().map(|class| class.2).max().unwrap_or(0);
    let name = |&(first, last, _): &(u64, u64, u64)| {
        if first == last { grouped(first) } else { format!("{}–{}", grouped(first), grouped(last)) }
    };
    let name_width = classes.iter().map(|class| columns(&name(class))).max().unwrap_or(0);
    let number_width = columns(&grouped(largest));
    let cells = width.saturating_sub(INDENT + name_width + number_width + 2 * SPACE).min(2 * CELLS_MAX);
    let line = |class: &(u64, u64, u64)| {
        let mut line = Line::indented(INDENT);
        line.push_right(Tone::Plain, &name(class), name_width);
        line.push_right(Tone::Plain, &grouped(class.2), number_width + SPACE).push(Tone::Plain, "  ");
        line.push(Tone::Bar, &bar(class.2, largest, cells));
        line
    };
    classes.iter().map(line).collect()
}

fn label(item: &Item) -> String {
    let label = visible(item.label.as_bytes());
    if item.note.is_empty() { label } else { format!("{label} ({})", visible(item.note.as_bytes())) }
}
