//! A record without parts of its text.

use std::ops::Range;

use crate::frame::{Selection, columns};
use crate::json;
use crate::visit::Reading;

/// Appends a record, given with its end, without these parts of its text: ranges that ascend and do not meet.
///
/// A JSON string is written anew, with the escapes that it needs; all else stays as it is.
pub(super) fn cut_into(reading: &Reading, record: &[u8], cuts: &[Range<usize>], out: &mut Vec<u8>) {
    let Some(raw) = reading.cut.split(record).next() else { return };
    let (start, end) = (raw.prefix.len(), raw.prefix.len() + raw.text.len());
    let span = match &reading.selection {
        Selection::All => Some(0..raw.text.len()),
        Selection::Json(pointer) => json::find(raw.text, pointer).ok().flatten(),
        Selection::Columns { separator, fields } => {
            let mut ranges = Vec::new();
            columns(raw.text, *separator, fields, &mut ranges);
            ranges.into_iter().next()
        }
    };
    let Some(span) = span else { return out.extend_from_slice(record) };
    out.extend_from_slice(&record[..start + span.start]);
    let selected = &raw.text[span.clone()];
    if matches!(reading.selection, Selection::Json(_)) {
        let (mut text, mut left) = (Vec::with_capacity(selected.len()), Vec::with_capacity(selected.len()));
        json::unescape_into(selected, &mut text);
        leave(&text, cuts, &mut left);
        json::escape_into(&left, out);
    } else {
        leave(selected, cuts, out);
    }
    out.extend_from_slice(&record[start + span.end..end]);
    out.extend_from_slice(raw.suffix);
}

/// Appends what is left of a text.
fn leave(text: &[u8], cuts: &[Range<usize>], out: &mut Vec<u8>) {
    let mut at = 0;
    for cut in cuts {
        out.extend_from_slice(text.get(at..cut.start.min(text.len())).unwrap_or_default());
        at = at.max(cut.end.min(text.len()));
    }
    out.extend_from_slice(&text[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Cut;
    use crate::intake::Oversize;
    use crate::visit::{Invalid, Malformed};

    fn cut(selection: Selection, record: &str, cuts: impl IntoIterator<Item = (usize, usize)>) -> String {
        let reading = Reading {
            cut: Cut::Lines,
            selection,
            invalid: Invalid::Keep,
            malformed: Malformed::Fail,
            oversize: Oversize::Fail,
            record_bytes_max: 1 << 20,
        };
        let mut out = Vec::new();
        let cuts: Vec<_> = cuts.into_iter().map(|(start, end)| start..end).collect();
        cut_into(&reading, record.as_bytes(), &cuts, &mut out);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn parts_of_the_text_go_and_nothing_else() {
        assert_eq!(cut(Selection::All, "one two three\r\n", [(0, 4), (7, 13)]), "two\r\n");
        assert_eq!(cut(Selection::All, "one", []), "one");
        let json = Selection::Json("text".parse().expect("a name"));
        let line = r#"{ "id": 1, "text":"a\n\u0062\"c" , "n":2}"#;
        assert_eq!(cut(json, line, [(0, 2), (9, 12)]), r#"{ "id": 1, "text":"b\"c" , "n":2}"#);
        let columns = Selection::Columns { separator: b',', fields: "2".parse().expect("a list") };
        assert_eq!(cut(columns, "a,bcd,e\n", [(1, 2)]), "a,bd,e\n");
    }
}
