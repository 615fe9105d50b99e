//! Lines: a place and its context, for programs or for the eye.

use textcore::json;
use textcore::partial::escape_key_into;
use unicode::{Script, emoji, grapheme, utf8};

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
/// Scripts of right-to-left letters that are written today.
const RIGHT_TO_LEFT: [Script; 8] = [
    Script::Arabic,
    Script::Hebrew,
    Script::Syriac,
    Script::Thaana,
    Script::Nko,
    Script::Adlam,
    Script::HanifiRohingya,
    Script::Mandaic,
];
/// Scripts whose characters are two columns wide.
const WIDE: [Script; 6] =
    [Script::Han, Script::Hiragana, Script::Katakana, Script::Hangul, Script::Bopomofo, Script::Yi];

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
    let is_right_to_left = node
        .chars()
        .map(Script::of)
        .find(|script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown))
        .is_some_and(|script| RIGHT_TO_LEFT.contains(&script));
    let (before, after) = (last_columns(&left), first_columns(&right));
    let (one, other) = if is_right_to_left { (after, before) } else { (before, after) };
    let padding = CONTEXT_COLUMNS.saturating_sub(columns(one));
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
    let mut room = CONTEXT_COLUMNS;
    let mut end = 0;
    for cluster in grapheme::graphemes(text.as_bytes()) {
        let Some(rest) = room.checked_sub(width(cluster)) else { break };
        (room, end) = (rest, end + cluster.len());
    }
    text.get(..end).unwrap_or(text)
}

/// As much of a text's end as fits.
fn last_columns(text: &str) -> &str {
    let mut over = columns(text).saturating_sub(CONTEXT_COLUMNS);
    let mut start = 0;
    for cluster in grapheme::graphemes(text.as_bytes()) {
        if over == 0 {
            break;
        }
        (over, start) = (over.saturating_sub(width(cluster)), start + cluster.len());
    }
    text.get(start..).unwrap_or(text)
}

fn columns(text: &str) -> usize {
    grapheme::graphemes(text.as_bytes()).map(width).sum()
}

/// The columns of a grapheme cluster: two for East Asian scripts, full-width forms and emoji, else one.
fn width(cluster: &[u8]) -> usize {
    let (character, _) = utf8::decode(cluster);
    let is_wide = WIDE.contains(&Script::of(character))
        || ('\u{FF01}'..='\u{FF60}').contains(&character)
        || emoji::has_emoji_presentation(character);
    if is_wide { 2 } else { 1 }
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
        assert_eq!([columns("e\u{301}漢"), columns("می\u{200C}شود")], [3, 5]);
    }
}
