//! Facts: a name, a number and a remark each, in as many columns as fit.

use super::bars::sparkline;
use super::line::{Line, Tone, columns};
use crate::report::number::{grouped, percent, rounded};
use crate::report::visible::visible;
use crate::report::{Curve, Item, Value, sorted_parts};

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
const SPARKS: usize = 12;
const COLUMNS_MAX: usize = 3;
/// A remark has this room at least; on a terminal that leaves less it is cut.
const REMARK_MIN: usize = 20;

/// What a line says.
#[derive(Debug, Clone)]
struct Fact {
    label: String,
    value: String,
    remark: String,
    /// The remark is nothing but the note of the item.
    is_quiet: bool,
    is_alarm: bool,
}

impl Fact {
    /// The fact of an item, whose remark has so many columns if it can do with them; `None` for what takes a table.
    fn of(item: &Item, room: usize) -> Option<Fact> {
        let label = visible(item.label.as_bytes());
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

    fn remark_tone(&self) -> Tone {
        if self.is_quiet { Tone::Quiet } else { Tone::Plain }
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

    /// Where remarks begin in the first column.
    fn remark_start(&self) -> usize {
        let [label, value, _] = self.0;
        INDENT + label + SPACE + if value > 0 { value + SPACE } else { 0 }
    }

    fn columns(&self) -> usize {
        self.0.iter().filter(|&&width| width > 0).map(|width| width + SPACE).sum::<usize>() - SPACE
    }
}

/// The lines of facts, in their order, those of what is wrong with a mark; what takes a table is left out. Enough facts in a
/// row that take less than half a line stand in columns.
pub fn lines(items: &[&Item], width: usize, is_alarm: bool) -> Vec<Line> {
    let facts = |room: usize| -> Vec<Fact> {
        let facts = items.iter().filter_map(|item| Fact::of(item, room));
        facts.map(|fact| Fact { is_alarm, ..fact }).collect()
    };
    let start = Measure::of(&facts(width)).remark_start();
    let facts = facts(width.saturating_sub(start));
    let half = width.saturating_sub(INDENT + GAP) / 2;
    let is_short = |fact: &Fact| fact.measure().iter().sum::<usize>() + 2 * SPACE <= half && !fact.is_alarm;
    let runs = facts.chunk_by(|one, next| is_short(one) == is_short(next));
    let with_counts = runs.map(|run| (if is_short(&run[0]) { column_count(run, width) } else { 1 }, run));
    let mut lines = Vec::new();
    let mut below: Vec<Fact> = Vec::new();
    for (count, run) in with_counts {
        if count == 1 {
            below.extend_from_slice(run);
        } else {
            lines.extend(in_one_column(&std::mem::take(&mut below), width));
            lines.extend(in_columns(run, count));
        }
    }
    lines.extend(in_one_column(&below, width));
    lines
}

/// In how many columns facts stand: the most that fit and are worth it.
fn column_count(facts: &[Fact], width: usize) -> usize {
    let fits = |count: &usize| {
        let height = facts.len().div_ceil(*count).max(1);
        let all: usize = facts.chunks(height).map(|chunk| Measure::of(chunk).columns() + GAP).sum();
        all + INDENT <= width + GAP && facts.len() >= 2 * count
    };
    (2..=COLUMNS_MAX).rev().find(fits).unwrap_or(1)
}

/// Facts below each other, then beside each other.
fn in_columns(facts: &[Fact], count: usize) -> Vec<Line> {
    let height = facts.len().div_ceil(count).max(1);
    let measures: Vec<Measure> = facts.chunks(height).map(Measure::of).collect();
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

/// Facts below each other; remarks that do not fit go on below themselves.
fn in_one_column(facts: &[Fact], width: usize) -> Vec<Line> {
    let measure = Measure::of(facts);
    let start = measure.remark_start();
    let mut lines = Vec::new();
    for fact in facts {
        let mut parts = wrapped(&fact.remark, width.saturating_sub(start).max(REMARK_MIN)).into_iter();
        let first = Fact { remark: parts.next().unwrap_or_default(), ..fact.clone() };
        let mut line = Line::default();
        push(&mut line, &first, &measure, 0);
        lines.push(line);
        for part in parts {
            let mut line = Line::indented(start);
            line.push(fact.remark_tone(), &part);
            lines.push(line);
        }
    }
    lines
}

/// A text in lines of at most so many columns, broken after spaces where there are some.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_inclusive(' ') {
        if !line.trim().is_empty() && columns(&line) + columns(word.trim_end()) > room {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
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
    line.push(fact.remark_tone(), &fact.remark);
}

/// The largest parts first, as many as fit.
fn shares(parts: &[(String, u64)], room: usize) -> String {
    let (sorted, all) = sorted_parts(parts);
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
    format!("{bars}  {} {} at {}, {} at {}", curve.y, first[1], first[0], last[1], last[0])
}
