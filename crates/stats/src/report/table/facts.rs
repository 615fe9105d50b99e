//! Facts: a name, a number and a remark each, in as many columns as fit.

use super::bars::sparkline;
use super::line::{Line, Tone, columns};
use crate::report::number::{grouped, percent, rounded};
use crate::report::visible::visible;
use crate::report::{Curve, Item, Value};

/// How far facts are set in.
const INDENT: usize = 2;
/// Between two columns of facts.
const GAP: usize = 4;
/// Between name, number and remark.
const SPACE: usize = 2;
/// The narrowest column of names, so that most sections stand below each other.
const LABEL_MIN: usize = 10;
/// Longer texts do not stand with the numbers.
const TEXT_MAX: usize = 14;
/// The columns of a sparkline.
const SPARKS: usize = 16;
const COLUMNS_MAX: usize = 3;

/// What a line says.
#[derive(Debug, Clone)]
pub struct Fact {
    label: String,
    value: String,
    remark: String,
    /// The remark is nothing but the note of the item.
    is_quiet: bool,
    is_alarm: bool,
}

impl Fact {
    /// The fact of an item, as far as it fits into one line of so many columns; `None` for what takes a table.
    pub fn of(item: &Item, width: usize) -> Option<Fact> {
        let label = visible(item.label.as_bytes());
        let room = width.saturating_sub(INDENT + SPACE + columns(&label).max(LABEL_MIN));
        let (value, remark) = match &item.value {
            Value::Count(count) => (grouped(*count), String::new()),
            Value::Share { count: 0, .. } => ("0".to_owned(), String::new()),
            Value::Share { count, of } => (grouped(*count), format!("{:>7}", percent(*count, *of))),
            Value::Real(number) => (rounded(*number), String::new()),
            Value::Text(text) => {
                let text = visible(text.as_bytes());
                if columns(&text) <= TEXT_MAX { (text, String::new()) } else { (String::new(), text) }
            }
            Value::Shares(parts) => {
                (String::new(), shares(parts, room.saturating_sub(columns(&item.note) + 4)))
            }
            Value::Curve(curve) => (String::new(), rise(curve)),
            Value::Lengths(_) | Value::Ranking(_) => return None,
        };
        let note = visible(item.note.as_bytes());
        let is_sentence = value.is_empty() && !remark.is_empty();
        let is_quiet = remark.is_empty();
        let remark = match (remark.is_empty(), note.is_empty()) {
            (_, true) => remark,
            (true, _) => note,
            _ if is_sentence => format!("{remark} ({note})"),
            _ => format!("{remark}  {note}"),
        };
        Some(Fact { label, value, remark, is_quiet, is_alarm: false })
    }

    /// The same, as something that is wrong.
    pub fn alarming(self) -> Fact {
        Fact { is_alarm: true, ..self }
    }

    fn measure(&self) -> [usize; 3] {
        [&self.label, &self.value, &self.remark].map(|part| columns(part))
    }
}

/// The widths of names, numbers and remarks in a column of facts.
struct Measure([usize; 3]);

impl Measure {
    fn of(facts: &[Fact]) -> Measure {
        let mut widths = [LABEL_MIN, 0, 0];
        for fact in facts {
            let one = fact.measure();
            widths = [0, 1, 2].map(|place| widths[place].max(one[place]));
        }
        Measure(widths)
    }

    fn columns(&self) -> usize {
        self.0.iter().filter(|&&width| width > 0).map(|width| width + SPACE).sum::<usize>() - SPACE
    }
}

/// The lines of facts. Those that take more than half a line come after those that do not.
pub fn lines(facts: &[Fact], width: usize) -> Vec<Line> {
    let half = width.saturating_sub(INDENT + GAP) / 2;
    let is_short = |fact: &&Fact| fact.measure().iter().sum::<usize>() + 2 * SPACE <= half && !fact.is_alarm;
    let (short, long): (Vec<&Fact>, Vec<&Fact>) = facts.iter().partition(is_short);
    let [short, long] = [short, long].map(|part| part.into_iter().cloned().collect::<Vec<Fact>>());
    let mut lines = in_columns(&short, width);
    lines.extend(in_columns(&long, width));
    lines
}

/// Facts below each other, then beside each other, in the most columns that fit and are worth it.
fn in_columns(facts: &[Fact], width: usize) -> Vec<Line> {
    let layout = |count: usize| {
        let height = facts.len().div_ceil(count).max(1);
        (height, facts.chunks(height).map(Measure::of).collect::<Vec<_>>())
    };
    let fits = |count: &usize| {
        let (_, measures) = layout(*count);
        let all: usize = measures.iter().map(|measure| measure.columns() + GAP).sum();
        all + INDENT <= width + GAP && facts.len() >= 2 * count
    };
    let count = (2..=COLUMNS_MAX).rev().find(fits).unwrap_or(1);
    let (height, measures) = layout(count);
    let row = |row: usize| {
        let mut line = Line::default();
        let mut start = 0;
        for (column, measure) in measures.iter().enumerate() {
            if let Some(fact) = facts.chunks(height).nth(column).and_then(|chunk| chunk.get(row)) {
                push(&mut line, fact, measure, start);
            }
            start += measure.columns() + GAP;
        }
        line
    };
    (0..height.min(facts.len())).map(row).collect()
}

fn push(line: &mut Line, fact: &Fact, measure: &Measure, start: usize) {
    let [label, value, _] = measure.0;
    let tone = if fact.is_alarm { Tone::Alarm } else { Tone::Plain };
    line.pad_to(start);
    line.push(tone, if fact.is_alarm { "! " } else { "  " }).push(tone, &fact.label);
    line.pad_to(start + INDENT + label + SPACE);
    if value > 0 {
        line.push_right(Tone::Plain, &fact.value, value);
        line.pad_to(start + INDENT + label + SPACE + value + SPACE);
    }
    line.push(if fact.is_quiet { Tone::Quiet } else { Tone::Plain }, &fact.remark);
}

/// The largest parts first, as many as fit.
fn shares(parts: &[(String, u64)], room: usize) -> String {
    let all = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(part.1));
    let mut sorted: Vec<&(String, u64)> = parts.iter().filter(|part| part.1 > 0).collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut out = String::new();
    for (place, (name, count)) in sorted.iter().enumerate() {
        let comma = if place > 0 { ", " } else { "" };
        let next = format!("{comma}{} {}", visible(name.as_bytes()), percent(*count, all));
        let left = sorted.len() - place - 1;
        let reserve = if left > 0 { format!(", {left} more").len() } else { 0 };
        if place > 0 && columns(&out) + columns(&next) + reserve > room {
            out += &format!(", {} more", left + 1);
            break;
        }
        out += &next;
    }
    if out.is_empty() { "none".to_owned() } else { out }
}

/// A curve as a sparkline of its points, evenly spread, with where it begins and ends.
fn rise(curve: &Curve) -> String {
    let (Some(first), Some(last)) = (curve.points.first(), curve.points.last()) else {
        return "none".to_owned();
    };
    let cells = SPARKS.min(curve.points.len());
    let heights: Vec<f64> = (0..cells)
        .map(|cell| {
            let y = curve.points[cell * (curve.points.len() - 1) / cells.saturating_sub(1).max(1)].1;
            if curve.is_logarithmic { y.max(1.0).ln_1p() } else { y }
        })
        .collect();
    let [first, last] = [first, last].map(|point| [point.0, point.1].map(rounded));
    let bars = sparkline(&heights);
    let Curve { x, y, .. } = curve;
    format!("{bars}  {x} {}: {y} {}; {}: {}", first[0], first[1], last[0], last[1])
}
