//! Bars below each other: parts of a whole, or words by their number.

use super::canvas::{Frame, LETTER, Side, label, line, rectangle, shortened, text_width};
use crate::report::markup::Markup;

/// From one bar to the next.
const STEP: f64 = 24.0;
/// Names take at most this share of the width.
const NAMES_MAX: f64 = 0.42;

/// A bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// How long it is.
    pub size: f64,
    /// What is written behind it.
    pub text: String,
    /// It stands for the others.
    pub is_rest: bool,
}

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Bars {
    /// From top to bottom; sizes are not negative.
    pub bars: Vec<Bar>,
}

impl Bars {
    /// What those learn who do not see the chart.
    pub fn description(&self) -> String {
        let named = self.bars.iter().map(|bar| format!("{} {}", bar.name, bar.text));
        named.collect::<Vec<_>>().join(", ")
    }

    /// Draws the bars; gives the height.
    pub fn draw(&self, frame: Frame, markup: &mut Markup) -> f64 {
        let room = frame.width * NAMES_MAX;
        let names: Vec<String> = self.bars.iter().map(|bar| shortened(&bar.name, room - 12.0)).collect();
        let widest =
            |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| text_width(text)).fold(0.0, f64::max);
        let left = widest(&mut names.iter()).min(room) + 12.0;
        let right = frame.width - widest(&mut self.bars.iter().map(|bar| &bar.text)) - 10.0;
        let largest = self.bars.iter().map(|bar| bar.size).fold(0.0, f64::max);
        let top = frame.top() + 4.0;
        for (place, (bar, name)) in self.bars.iter().zip(&names).enumerate() {
            let y = top + place as f64 * STEP;
            let share = if largest > 0.0 { bar.size / largest } else { 0.0 };
            let length = (share * (right - left)).max(if bar.size > 0.0 { 1.0 } else { 0.0 });
            let base = y + STEP / 2.0 + LETTER / 3.0;
            markup.open("g", &[]).element("title", &[], &format!("{}: {}", bar.name, bar.text));
            rectangle(markup, "touch", (0.0, y), (frame.width, STEP));
            label(markup, (left - 8.0, base), Side::Right, "word", name);
            rectangle(
                markup,
                if bar.is_rest { "rest" } else { "bar" },
                (left, y + 4.0),
                (length, STEP - 8.0),
            );
            label(markup, (left + length + 6.0, base), Side::Left, "tick", &bar.text);
            markup.close();
        }
        let bottom = top + self.bars.len() as f64 * STEP;
        line(markup, "axis", (left, top), (left, bottom));
        bottom + 6.0
    }
}
