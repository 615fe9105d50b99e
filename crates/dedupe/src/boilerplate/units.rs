//! Units: the lines or paragraphs of a text, with what ends them.

use std::ops::Range;

use clap::ValueEnum;
use memchr::memchr_iter;

/// What goes from a text that is a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Lines.
    Line,
    /// Runs of lines between blank lines.
    Paragraph,
}

/// What is looked at by itself: whole records, or parts of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// All of a record's text.
    Record,
    /// Parts of its text.
    Part(Part),
}

impl Unit {
    /// Shows the units of a text, in order. A line is shown with its end, a paragraph with the blank lines after it; blank
    /// lines before the first paragraph are shown to nobody.
    pub fn for_each(self, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
        match self {
            Unit::Record => receive(0..text.len()),
            Unit::Part(Part::Line) => for_each_line(text, receive),
            Unit::Part(Part::Paragraph) => {
                let mut start = None;
                let mut is_ended = false;
                for_each_line(text, |line| {
                    let is_blank = text[line.clone()].iter().all(u8::is_ascii_whitespace);
                    if is_blank {
                        is_ended = true;
                    } else if is_ended || start.is_none() {
                        if let Some(before) = start.replace(line.start) {
                            receive(before..line.start);
                        }
                        is_ended = false;
                    }
                });
                if let Some(last) = start {
                    receive(last..text.len());
                }
            }
        }
    }
}

fn for_each_line(text: &[u8], mut receive: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for end in memchr_iter(b'\n', text).map(|at| at + 1) {
        receive(start..end);
        start = end;
    }
    if start < text.len() {
        receive(start..text.len());
    }
}

/// How many bytes of line ends stand before a unit: what would be left over if the unit were the last to go.
pub fn lead_bytes(unit: Unit, text: &[u8], start: usize) -> usize {
    let before = &text[..start];
    match unit {
        Unit::Record => 0,
        Unit::Part(Part::Line) if before.ends_with(b"\r\n") => 2,
        Unit::Part(Part::Line) => usize::from(before.ends_with(b"\n")),
        Unit::Part(Part::Paragraph) => {
            before.iter().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(unit: Unit, text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        unit.for_each(text.as_bytes(), |range| found.push(&text[range]));
        found
    }

    #[test]
    fn lines_and_paragraphs_keep_their_ends() {
        let text = " \n\na\nb\r\n\n \nc";
        assert_eq!(units(Unit::Record, text), [text]);
        assert_eq!(units(Unit::Part(Part::Line), text), [" \n", "\n", "a\n", "b\r\n", "\n", " \n", "c"]);
        assert_eq!(units(Unit::Part(Part::Paragraph), text), ["a\nb\r\n\n \n", "c"]);
        let leads = |part, text: &str| lead_bytes(Unit::Part(part), text.as_bytes(), text.len());
        assert_eq!(
            (leads(Part::Line, "a\r\n"), leads(Part::Line, "a\n\n"), leads(Part::Line, "")),
            (2, 1, 0)
        );
        assert_eq!(leads(Part::Paragraph, "a\r\n\n"), 3);
        assert!(units(Unit::Part(Part::Paragraph), "\n\n").is_empty());
        assert!(units(Unit::Part(Part::Line), "").is_empty());
    }
}
