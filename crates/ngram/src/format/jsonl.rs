//! An object for each n-gram. JSON holds no ill-formed bytes: U+FFFD stands for them.

use super::{Lines, push_count, push_json_float};
use crate::entry::Entry;

pub(super) fn begin(lines: &Lines, joined: &[u8], entry: &Entry<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"ngram\":[");
    out.extend_from_slice(joined);
    out.extend_from_slice(b"],\"order\":");
    push_count(entry.order() as u64, out);
    out.extend_from_slice(b",\"count\":");
    push_count(entry.count, out);
    let columns = &lines.columns;
    if columns.documents {
        out.extend_from_slice(b",\"docs\":");
        push_count(entry.documents, out);
    }
    if columns.per_million {
        out.extend_from_slice(b",\"per_million\":");
        push_json_float(lines.per_million(entry), out);
    }
    if columns.scores.is_empty() {
        return;
    }
    let mut opening: &[u8] = b",\"scores\":{\"";
    for (score, value) in lines.scores(entry) {
        out.extend_from_slice(opening);
        out.extend_from_slice(score.name().as_bytes());
        out.extend_from_slice(b"\":");
        push_json_float(value, out);
        opening = b",\"";
    }
    out.push(b'}');
}
