//! A line of a terminal: pieces with a tone, whose columns are known before they are painted.

use unicode::{direction, width};

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';
const ELLIPSIS: &str = "…";

/// What a terminal is given besides text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Colours, as escape sequences.
    pub is_coloured: bool,
    /// Isolates around words that are written from right to left, so that they cannot turn the line about.
    pub is_isolated: bool,
}

/// How a piece sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// The name of a section.
    Title,
    /// Something is wrong.
    Alarm,
    /// Remarks and names of columns.
    Quiet,
    /// Bars.
    Bar,
    /// Words of the text.
    Word,
}

impl Tone {
    /// The escape sequence before a piece; empty where it needs none.
    fn sequence(self) -> &'static str {
        match self {
            Tone::Plain | Tone::Word => "",
            Tone::Title => "\x1b[1m",
            Tone::Alarm => "\x1b[1;31m",
            Tone::Quiet => "\x1b[2m",
            Tone::Bar => "\x1b[36m",
        }
    }
}

/// A line under construction.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pieces: Vec<(Tone, String)>,
    columns: usize,
}

impl Line {
    /// A line that begins so many columns from the left.
    pub fn indented(columns: usize) -> Line {
        let mut line = Line::default();
        line.pad_to(columns);
        line
    }

    /// Appends a piece.
    pub fn push(&mut self, tone: Tone, text: &str) -> &mut Line {
        self.columns += columns(text);
        self.pieces.push((tone, text.to_owned()));
        self
    }

    /// Appends a piece at the right end of a field.
    pub fn push_right(&mut self, tone: Tone, text: &str, field: usize) -> &mut Line {
        self.pad_to(self.columns + field.saturating_sub(columns(text)));
        self.push(tone, text)
    }

    /// Appends spaces up to a column.
    pub fn pad_to(&mut self, column: usize) -> &mut Line {
        if column > self.columns {
            self.pieces.push((Tone::Plain, " ".repeat(column - self.columns)));
            self.columns = column;
        }
        self
    }

    /// The columns that it fills so far.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Writes the line, cut where the terminal ends, with its end.
    pub fn write(&self, width: usize, look: Look, out: &mut String) {
        let is_blank = |piece: &&(Tone, String)| piece.1.trim_end_matches(' ').is_empty();
        let last = self.pieces.len() - self.pieces.iter().rev().take_while(is_blank).count();
        let pieces = self.pieces[..last].iter().enumerate().map(|(place, (tone, text))| {
            (*tone, if place + 1 == last { text.trim_end_matches(' ') } else { text.as_str() })
        });
        let is_whole = pieces.clone().map(|(_, text)| columns(text)).sum::<usize>() <= width;
        let mut room = if is_whole { width } else { width.saturating_sub(columns(ELLIPSIS)) };
        for (tone, text) in pieces {
            if columns(text) > room {
                paint(tone, &(start(text, room).to_owned() + ELLIPSIS), look, out);
                break;
            }
            paint(tone, text, look, out);
            room -= columns(text);
        }
        out.push('\n');
    }
}

/// The columns of a text.
pub fn columns(text: &str) -> usize {
    width::columns(text.as_bytes())
}

fn start(text: &str, room: usize) -> &str {
    &text[..width::first(text.as_bytes(), room).len()]
}

/// As much of a text's ends as fits, with an ellipsis between them if that is not all: a third is of the beginning.
pub fn ends(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let room = room.saturating_sub(columns(ELLIPSIS));
    let length = width::last(text.as_bytes(), room - room / 3).len();
    format!("{}{ELLIPSIS}{}", start(text, room / 3), &text[text.len() - length..])
}

fn paint(tone: Tone, text: &str, look: Look, out: &mut String) {
    let sequence = if look.is_coloured { tone.sequence() } else { "" };
    let is_isolated = look.is_isolated && direction::has_right_to_left(text.as_bytes());
    out.push_str(sequence);
    out.extend(is_isolated.then_some(FIRST_STRONG_ISOLATE));
    out.push_str(text);
    out.extend(is_isolated.then_some(POP_DIRECTIONAL_ISOLATE));
    out.push_str(if sequence.is_empty() { "" } else { "\x1b[0m" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &Line, width: usize, look: Look) -> String {
        let mut out = String::new();
        line.write(width, look, &mut out);
        out
    }

    #[test]
    fn lines_end_where_the_terminal_does() {
        let mut line = Line::indented(2);
        line.push_right(Tone::Plain, "12", 5).push(Tone::Plain, "  ").push(Tone::Word, "漢字漢字");
        assert_eq!(line.columns(), 17);
        assert_eq!(written(&line, 17, Look::default()), "     12  漢字漢字\n");
        assert_eq!(written(&line, 16, Look::default()), "     12  漢字漢…\n");
        assert_eq!(written(&line, 9, Look::default()), "     12 …\n");
        assert_eq!([ends("abc", 3), ends("abcd", 3), ends("abcdefgh", 7)], ["abc", "…cd", "ab…efgh"]);
        assert_eq!(
            written(Line::indented(4).push(Tone::Plain, "x  ").pad_to(9), 20, Look::default()),
            "    x\n"
        );
    }

    #[test]
    fn words_from_the_right_are_isolated_and_tones_have_colours() {
        let look = Look { is_coloured: true, is_isolated: true };
        let mut line = Line::default();
        line.push(Tone::Alarm, "!").push(Tone::Plain, " ").push(Tone::Word, "سلام").push(Tone::Plain, " x");
        assert_eq!(written(&line, 80, look), "\x1b[1;31m!\x1b[0m \u{2068}سلام\u{2069} x\n");
    }
}
