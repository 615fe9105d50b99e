//! Lines: a place and its context, for programs or for the eye.

use textcore::json;
use textcore::partial::escape_key_into;
use unicode::{direction, width};

use super::places::Place;

/// How lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Columns with tabs between.
    Tsv,
    /// JSON objects.
    Jsonl,
    /// Columns of a terminal.
    Aligned,
}

/// How many columns of a terminal a context has.
const CONTEXT_COLUMNS: usize = 36;
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// The names of the columns.
pub const HEADER: &[u8] = b"file\trecord\tleft\tkeyword\tright\n";

/// Appends the line of a place.
pub fn push(look: Look, file: &str, record: u64, text: &[u8], place: &Place, out: &mut Vec<u8>) {
    let parts = [&place.left, &place.node, &place.right].map(|range| &text[range.clone()]);
    match look {
        Look::Tsv => {
            escape_key_into(file.as_bytes(), out);
            out.extend_from_slice(format!("\t{record}").as_bytes());
            for part in parts {
                out.push(b'\t');
                escape_key_into(part, out);
            }
        }
        Look::Jsonl => {
            out.extend_from_slice(b"{\"file\":");
            push_string(file.as_bytes(), out);
            out.extend_from_slice(format!(",\"record\":{record}").as_bytes());
            for (name, part) in ["left", "keyword", "right"].into_iter().zip(parts) {
                out.extend_from_slice(format!(",\"{name}\":").as_bytes());
                push_string(part, out);
            }
            out.push(b'}');
        }
        Look::Aligned => push_aligned(parts.map(plain), out),
    }
    out.push(b'\n');
}

fn push_string(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    json::escape_into(String::from_utf8_lossy(text).as_bytes(), out);
    out.push(b'"');
}

/// Where the place is written from the right, what comes before it stands there.
fn push_aligned([left, node, right]: [String; 3], out: &mut Vec<u8>) {
    let is_right_to_left = direction::is_right_to_left(node.as_bytes());
    let (before, after) = (last_columns(&left), first_columns(&right));
    let (one, other) = if is_right_to_left { (after, before) } else { (before, after) };
    let padding = CONTEXT_COLUMNS.saturating_sub(width::columns(one.as_bytes()));
    out.resize(out.len() + padding, b' ');
    for (part, gap) in [(one, "  "), (&node, "  "), (other, "")] {
        let mut isolated = String::from(FIRST_STRONG_ISOLATE);
        isolated.push_str(part);
        isolated.push(POP_DIRECTIONAL_ISOLATE);
        isolated.push_str(gap);
        out.extend_from_slice(isolated.as_bytes());
    }
}

/// A text as a terminal may have it: ill-formed bytes are U+FFFD, controls and white space in a row a space.
fn plain(text: &[u8]) -> String {
    let mut plain = String::new();
    for character in String::from_utf8_lossy(text).chars() {
        let is_blank = character.is_control() || character.is_whitespace();
        if !is_blank {
            plain.push(character);
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain
}

/// As much of a text's beginning as fits.
fn first_columns(text: &str) -> &str {
    &text[..width::first(text.as_bytes(), CONTEXT_COLUMNS).len()]
}

/// As much of a text's end as fits.
fn last_columns(text: &str) -> &str {
    &text[text.len() - width::last(text.as_bytes(), CONTEXT_COLUMNS).len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(look: Look, text: &str, node: &str) -> String {
        let start = text.find(node).expect("there");
        let node = start..start + node.len();
        let place = Place { left: 0..start, right: node.end..text.len(), node, numbers: 0..1 };
        let mut out = Vec::new();
        push(look, "a\tb", 7, text.as_bytes(), &place, &mut out);
        String::from_utf8(out).expect("text").replace([FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE], "|")
    }

    #[test]
    fn lines_are_columns_or_objects() {
        assert_eq!(line(Look::Tsv, "x\ty\\ cat\nz", "cat"), "a\\tb\t7\tx\\ty\\\\ \tcat\t\\nz\n");
        assert_eq!(
            line(Look::Jsonl, "\"x\"cat", "cat"),
            "{\"file\":\"a\\tb\",\"record\":7,\"left\":\"\\\"x\\\"\",\"keyword\":\"cat\",\"right\":\"\"}\n"
        );
    }

    #[test]
    fn places_stand_below_each_other() {
        let latin = line(Look::Aligned, "on the mat the cat sat", "cat");
        assert_eq!(latin, format!("{}|on the mat the |  |cat|  | sat|\n", " ".repeat(21)));
        let long = line(Look::Aligned, &format!("{}cat{}", "x".repeat(50), "y".repeat(50)), "cat");
        assert_eq!(long, format!("|{}|  |cat|  |{}|\n", "x".repeat(36), "y".repeat(36)));
        let persian = line(Look::Aligned, "اول عسل دوم", "عسل");
        assert_eq!(persian, format!("{}| دوم|  |عسل|  |اول |\n", " ".repeat(32)));
    }
}
