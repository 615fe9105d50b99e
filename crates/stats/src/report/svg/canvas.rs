//! A canvas: what charts are drawn with.

use unicode::{direction, width};

use crate::report::markup::Markup;

/// The height of letters, in the units that charts are measured in.
pub const LETTER: f64 = 12.0;
/// Roughly what a column of a terminal takes.
const COLUMN: f64 = 6.7;

/// How large a chart is, and whether it says its name itself.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Units from left to right.
    pub width: f64,
    /// Units from top to bottom of a chart with axes; bars take what they need.
    pub height: f64,
    /// The name is written above the chart.
    pub has_title: bool,
}

impl Frame {
    /// A chart in a file of its own.
    pub const FILE: Frame = Frame { width: 720.0, height: 420.0, has_title: true };
    /// A chart in a page, as wide as a telephone.
    pub const PAGE: Frame = Frame { width: 400.0, height: 260.0, has_title: false };

    /// Where the chart begins below its name.
    pub fn top(&self) -> f64 {
        if self.has_title { 36.0 } else { 0.0 }
    }
}

/// Where a text stands by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The place is its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A number of units, in tenths.
pub fn units(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// Roughly how wide a text is.
pub fn text_width(text: &str) -> f64 {
    width::columns(text.as_bytes()) as f64 * COLUMN
}

/// As much of a text as is roughly so wide, with an ellipsis if that is not all.
pub fn shortened(text: &str, room: f64) -> String {
    let columns = (room / COLUMN).max(1.0) as usize;
    if width::columns(text.as_bytes()) <= columns {
        return text.to_owned();
    }
    let length = width::first(text.as_bytes(), columns - 1).len();
    format!("{}…", &text[..length])
}

/// Writes a text; one that is written from right to left is set so, and stands on the same side of its place.
pub fn label(markup: &mut Markup, (x, y): (f64, f64), side: Side, class: &str, text: &str) {
    let is_right_to_left = direction::is_right_to_left(text.as_bytes());
    let anchor = match (side, is_right_to_left) {
        (Side::Middle, _) => "middle",
        (Side::Left, false) | (Side::Right, true) => "start",
        (Side::Right, false) | (Side::Left, true) => "end",
    };
    let (x, y) = (units(x), units(y));
    let mut attributes = vec![("x", x.as_str()), ("y", &y), ("text-anchor", anchor), ("class", class)];
    if is_right_to_left {
        attributes.push(("direction", "rtl"));
    }
    markup.element("text", &attributes, text);
}

/// Draws a straight line.
pub fn line(markup: &mut Markup, class: &str, from: (f64, f64), to: (f64, f64)) {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(units);
    markup.leaf("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}

/// Draws a rectangle.
pub fn rectangle(markup: &mut Markup, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let [x, y, width, height] = [x, y, width, height].map(units);
    markup.leaf("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_from_the_right_stand_on_the_same_side() {
        let mut markup = Markup::default();
        label(&mut markup, (10.0, 2.25), Side::Right, "a", "abc");
        label(&mut markup, (10.0, 2.0), Side::Right, "a", "کتاب");
        assert_eq!(
            markup.finish(),
            "<text x=\"10\" y=\"2.2\" text-anchor=\"end\" class=\"a\">abc</text>\
             <text x=\"10\" y=\"2\" text-anchor=\"start\" class=\"a\" direction=\"rtl\">کتاب</text>"
        );
    }

    #[test]
    fn long_texts_are_shortened() {
        assert_eq!(shortened("abcdef", 6.7 * 4.0), "abc…");
        assert_eq!(shortened("abcd", 6.7 * 4.0), "abcd");
        assert_eq!(shortened("漢字漢", 6.7 * 4.0), "漢…");
    }
}
