//! What is said of a document: a line of JSON with everything, or a row for each rule that it fails.

use std::io::Write;

use textcore::Record;
use textcore::json::{self, Pointer};
use textcore::partial::escape_key_into;

use super::assessor::Assessment;
use super::policy::Failing;

/// Appends a line of JSON: the id if the record has one, its place, its language, every measure, the rules that fail.
pub fn push_line(
    record: &Record<'_>,
    id: Option<&Pointer>,
    assessment: &Assessment,
    failing: impl Iterator<Item = Failing>,
    out: &mut Vec<u8>,
) {
    out.push(b'{');
    if let Some(id) = id.and_then(|id| json::find_all(record.whole, [id]).ok()).and_then(|[found]| found) {
        out.extend_from_slice(b"\"id\":");
        let value = String::from_utf8_lossy(&record.whole[id.range]);
        let quote: &[u8] = if id.is_string { b"\"" } else { b"" };
        out.extend([quote, value.as_bytes(), quote].concat());
        out.push(b',');
    }
    out.extend_from_slice(b"\"file\":\"");
    json::escape_into(record.operand.name().as_bytes(), out);
    put(out, format_args!("\",\"record\":{},\"language\":", record.number));
    match assessment.language {
        Some(language) => put(out, format_args!("\"{}\"", language.code())),
        None => out.extend_from_slice(b"null"),
    }
    assessment.measures.each(|key, value| {
        put(out, format_args!(",\"{key}\":"));
        if value.is_nan() { out.extend_from_slice(b"null") } else { put(out, format_args!("{value}")) }
    });
    out.extend_from_slice(b",\"failed\":[");
    for (place, failing) in failing.enumerate() {
        put(out, format_args!("{}\"{}\"", if place > 0 { "," } else { "" }, failing.rule.name));
    }
    out.extend_from_slice(b"]}\n");
}

/// Appends a row: the record's place, the rule, the value and the threshold, with tabs between.
pub fn push_row(record: &Record<'_>, failing: &Failing, out: &mut Vec<u8>) {
    escape_key_into(record.operand.name().as_bytes(), out);
    let Failing { rule, value, threshold, .. } = failing;
    put(out, format_args!(":{}\t{}\t{value}\t{threshold}\n", record.number, rule.name));
}

fn put(out: &mut Vec<u8>, what: std::fmt::Arguments<'_>) {
    // Memory does not refuse what is written to it.
    let _ = out.write_fmt(what);
}
