//! Restoring ZWNJ: whatever the text, no letter changes, and what was restored stays.

#![no_main]

use std::sync::LazyLock;

use language::zwnj::{Kind, Restorer};
use libfuzzer_sys::fuzz_target;

static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::builtin);

// A confidence, a text.
fuzz_target!(|input: (u8, &[u8])| {
    let (confidence, text) = input;
    let confidence = f32::from(confidence) / 255.0;
    let once = restored(text, confidence);
    assert!(letters(&once) == letters(text));
    assert!(restored(&once, confidence) == once);
});

fn restored(text: &[u8], confidence: f32) -> Vec<u8> {
    let (mut out, mut written) = (Vec::new(), 0);
    RESTORER.for_each_change(text, confidence, |range, with, kind| {
        let replaced = &text[range.clone()];
        assert!(if kind == Kind::Insert { replaced.is_empty() } else { replaced == b" " });
        assert!(if kind == Kind::Close { with.is_empty() } else { with == "\u{200C}".as_bytes() }); // ZWNJ
        out.extend_from_slice(&text[written..range.start]);
        out.extend_from_slice(with);
        written = range.end;
    });
    out.extend_from_slice(&text[written..]);
    out
}

/// A text without ZWNJ and spaces.
fn letters(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(&byte) = rest.first() {
        match rest.strip_prefix("\u{200C}".as_bytes()) {
            Some(behind) => rest = behind,
            None => {
                out.extend((byte != b' ').then_some(byte));
                rest = &rest[1..];
            }
        }
    }
    out
}
