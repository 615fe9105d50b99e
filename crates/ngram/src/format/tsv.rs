//! Lines of columns with tabs between.

use super::{Columns, Lines, push_count, push_float};
use crate::entry::Entry;

/// The names of the columns.
pub(super) fn header(columns: &Columns) -> Vec<u8> {
    let mut names = vec!["ngram", "count"];
    names.extend(columns.documents.then_some("docs"));
    names.extend(columns.per_million.then_some("per_million"));
    names.extend(columns.scores.iter().map(|score| score.name()));
    names.extend(columns.cumulative.then_some("cumulative"));
    format!("{}\n", names.join("\t")).into_bytes()
}

/// Appends a line that has no column but the count.
#[inline]
pub(super) fn push_bare(joined: &[u8], count: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(joined);
    if count < 10 {
        // Most n-grams come once or twice.
        return out.extend_from_slice(&[b'\t', b'0' + count as u8, b'\n']);
    }
    out.push(b'\t');
    push_count(count, out);
    out.push(b'\n');
}

/// Appends a line but for its end.
pub(super) fn begin(lines: &Lines, joined: &[u8], entry: &Entry<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(joined);
    out.push(b'\t');
    push_count(entry.count, out);
    let columns = &lines.columns;
    if columns.documents {
        out.push(b'\t');
        push_count(entry.documents, out);
    }
    if columns.per_million {
        out.push(b'\t');
        push_float(lines.per_million(entry), out);
    }
    for (_, value) in lines.scores(entry) {
        out.push(b'\t');
        push_float(value, out);
    }
}
