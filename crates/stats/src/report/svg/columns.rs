//! Columns side by side: how many things there are of each length, or in each month.

use super::axis::Axis;
use super::canvas::{Frame, LETTER, Side, label, line, rectangle, text_width};
use crate::report::markup::Markup;
use crate::report::number::{grouped, percent};

/// The highest column leaves room for what is noted above it.
const HEADROOM: f64 = 1.08;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Short name, full name and number of each, from left to right.
    pub columns: Vec<(String, String, u64)>,
    /// What the names are.
    pub x: String,
    /// What is counted.
    pub y: String,
    /// Names stand at the left edges of the columns, as those of classes do.
    pub is_continuous: bool,
    /// Where something of note is, in columns from the left, and what.
    pub mark: Option<(f64, String)>,
}

impl Columns {
    /// What those learn who do not see the chart.
    pub fn description(&self) -> String {
        let highest = self.columns.iter().max_by_key(|column| column.2);
        let Some((_, name, count)) = highest else { return String::new() };
        let mark = self.mark.as_ref().map_or(String::new(), |(_, text)| format!("; {text}"));
        format!("{} by {}; most: {name} with {}{mark}", self.y, self.x, grouped(*count))
    }

    /// Draws the columns; gives the height.
    pub fn draw(&self, frame: Frame, markup: &mut Markup) -> f64 {
        let largest = self.columns.iter().map(|column| column.2).max().unwrap_or(0).max(1);
        let (top, bottom) = (frame.top() + 30.0, frame.height - 40.0);
        let Some(axis) = Axis::new(0.0, largest as f64 * HEADROOM, false, bottom, top) else {
            return frame.height;
        };
        // There are no halves of things.
        let ticks = axis.ticks(largest.saturating_add(1).min(5) as usize);
        let left = 10.0 + ticks.iter().map(|tick| text_width(&tick.1)).fold(0.0, f64::max);
        let right = frame.width - 10.0;
        label(markup, (0.0, frame.top() + LETTER), Side::Left, "name", &self.y);
        for (y, text) in &ticks {
            line(markup, "grid", (left, *y), (right, *y));
            label(markup, (left - 6.0, y + LETTER / 3.0), Side::Right, "tick", text);
        }
        let step = (right - left) / self.columns.len().max(1) as f64;
        let gap = if step > 4.0 { (step * 0.15).min(6.0) } else { 0.0 };
        let all = self.columns.iter().fold(0_u64, |sum, column| sum.saturating_add(column.2));
        for (place, (_, name, count)) in self.columns.iter().enumerate() {
            let x = left + place as f64 * step;
            let y = axis.place(*count as f64).unwrap_or(bottom);
            // Anything that is there at all is seen.
            let y = if *count > 0 { y.min(bottom - 1.0) } else { bottom };
            markup.open("g", &[]);
            markup.element("title", &[], &format!("{name}: {} ({})", grouped(*count), percent(*count, all)));
            rectangle(markup, "touch", (x, top), (step, bottom - top));
            rectangle(markup, "bar", (x + gap / 2.0, y), (step - gap, bottom - y));
            markup.close();
        }
        line(markup, "axis", (left, bottom), (right, bottom));
        self.draw_names(markup, left, step, (right, bottom));
        self.draw_mark(markup, left, step, (top, bottom), right);
        label(markup, (right, frame.height - 6.0), Side::Right, "name", &self.x);
        frame.height
    }

    /// As many names as fit, evenly spread.
    fn draw_names(&self, markup: &mut Markup, left: f64, step: f64, (right, bottom): (f64, f64)) {
        let widest = self.columns.iter().map(|column| text_width(&column.0)).fold(0.0, f64::max);
        let stride = ((widest + 8.0) / step).ceil().max(1.0) as usize;
        for (place, (name, ..)) in self.columns.iter().enumerate().step_by(stride) {
            let edge = if self.is_continuous { 0.0 } else { 0.5 };
            let half = text_width(name) / 2.0;
            let x = (left + (place as f64 + edge) * step).clamp(half, (right + 10.0 - half).max(half));
            label(markup, (x, bottom + LETTER + 7.0), Side::Middle, "tick", name);
        }
    }

    fn draw_mark(&self, markup: &mut Markup, left: f64, step: f64, (top, bottom): (f64, f64), right: f64) {
        let Some((place, text)) = &self.mark else { return };
        let x = (left + place * step).clamp(left, right);
        line(markup, "halo", (x, top - 12.0), (x, bottom));
        line(markup, "mark", (x, top - 12.0), (x, bottom));
        let side = if x > (left + right) / 2.0 { Side::Right } else { Side::Left };
        let shift = if side == Side::Left { 5.0 } else { -5.0 };
        label(markup, (x + shift, top - 2.0), side, "noted", text);
    }
}
