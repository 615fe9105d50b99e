//! Values of flags: every text is taken or refused with a message, and what is shown is read back.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use textcore::cli::parse_size;
use textcore::codec::Compression;
use textcore::decode::EncodingChoice;
use textcore::frame::{FieldList, columns};
use textcore::json::Pointer;
use textcore::source::globs;
use unicode::Unit;

fuzz_target!(|text: &str| {
    sizes(text);
    fields(text);
    if let Ok(pointer) = text.parse::<Pointer>() {
        assert_eq!(pointer.to_string(), text);
    }
    if let Ok(unit) = text.parse::<Unit>() {
        assert_eq!(unit.name(), text);
    }
    if let Err(error) = text.parse::<EncodingChoice>() {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(compression) = text.parse::<Compression>() {
        assert!(compression.level.is_none_or(|level| compression.format.levels().contains(&level)));
    }
    let _ = Compression::from_suffix(Path::new(text));
    let _ = globs(&[text.to_owned()]);
});

fn sizes(text: &str) {
    match parse_size(text) {
        Ok(size) => assert!(
            text.starts_with(|first: char| first.is_ascii_digit()) && (size > 0 || text.starts_with('0'))
        ),
        Err(message) => assert!(message.contains(text)),
    }
}

fn fields(text: &str) {
    let Ok(list) = text.parse::<FieldList>() else { return };
    let mut ranges = Vec::new();
    columns(b"a,b,,c,,,d", b',', &list, &mut ranges);
    assert!(ranges.len() <= 7 && ranges.is_sorted_by(|one, next| one.end < next.start));
}
