//! JSON lines: the same lines and the same values as serde_json, and a spliced text comes back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::Value;
use textcore::json::{self, Pointer, Trouble};

// The first line of the input is the pointer, the rest the JSON line.
fuzz_target!(|input: &[u8]| {
    let split = input.iter().position(|&byte| byte == b'\n').unwrap_or(0);
    let line = &input[(split + 1).min(input.len())..];
    escaping_is_undone(&input[..split]);
    escaping_is_undone(line);
    let Some(pointer) =
        std::str::from_utf8(&input[..split]).ok().and_then(|typed| typed.parse::<Pointer>().ok())
    else {
        return;
    };
    assert_eq!(pointer.to_string().as_bytes(), &input[..split]);
    same_lines_as_serde(line, &pointer);
    same_value_as_serde(line, &pointer);
});

fn escaping_is_undone(text: &[u8]) {
    let mut raw = Vec::new();
    json::escape_into(text, &mut raw);
    assert!(raw.iter().all(|&byte| byte >= 0x20));
    let mut back = Vec::new();
    json::unescape_into(&raw, &mut back);
    assert_eq!(back, text);
}

fn same_lines_as_serde(line: &[u8], pointer: &Pointer) {
    let ours = json::find_all(line, [pointer]);
    if ours.as_ref().is_err_and(|error| error.what == Trouble::TooDeep) {
        return;
    }
    // It checks the grammar alone: no limit on depth, nor on numbers, nor pairs of surrogates.
    let theirs = serde_json::from_slice::<IgnoredAny>(line);
    assert_eq!(ours.is_ok(), theirs.is_ok(), "ours: {ours:?}, theirs: {theirs:?}");
    if let Err(error) = ours {
        assert!(error.offset_bytes <= line.len());
    }
}

fn same_value_as_serde(line: &[u8], pointer: &Pointer) {
    // Depth, numbers and lone surrogates that a `Value` cannot hold are not our concern.
    let (Ok(value), Ok([found])) = (serde_json::from_slice::<Value>(line), json::find_all(line, [pointer]))
    else {
        return;
    };
    let typed = pointer.to_string();
    let wanted = if typed.starts_with('/') {
        value.pointer(&typed)
    } else {
        value.as_object().and_then(|object| object.get(&typed))
    };
    assert_eq!(found.is_some(), wanted.is_some(), "{value}");
    let (Some(found), Some(wanted)) = (found, wanted) else { return };
    let raw = &line[found.range.clone()];
    let Some(wanted) = wanted.as_str() else {
        assert!(!found.is_string);
        assert_eq!(serde_json::from_slice::<Value>(raw).ok().as_ref(), Some(wanted));
        assert_eq!(json::find(line, pointer).map_err(|error| error.what), Err(Trouble::NotAString));
        return;
    };
    assert!(found.is_string);
    assert_eq!(json::find(line, pointer), Ok(Some(found.range.clone())));
    let mut text = Vec::new();
    json::unescape_into(raw, &mut text);
    assert_eq!(text, wanted.as_bytes());
    assert!(json::needs_unescape(raw) || raw == text);
    let mut spliced = line[..found.range.start].to_vec();
    json::escape_into(&text, &mut spliced);
    spliced.extend_from_slice(&line[found.range.end..]);
    assert_eq!(serde_json::from_slice::<Value>(&spliced).ok(), Some(value));
}
