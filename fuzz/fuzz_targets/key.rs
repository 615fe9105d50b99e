//! Keys: no bytes are too odd, a key made twice is the same, and keys of texts and of their units agree.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rewrite::{Key, KeyScratch};
use unicode::Unit;

// Which foldings, a text.
fuzz_target!(|input: (u16, &[u8])| {
    let (choice, text) = input;
    let names: Vec<&str> = Key::names()
        .enumerate()
        .filter(|(place, _)| choice >> (place % 16) & 1 != 0)
        .map(|(_, name)| name)
        .collect();
    if names.is_empty() {
        return;
    }
    let key = Key::parse(&names.join(",")).expect("names that exist");
    let mut scratch = KeyScratch::default();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    key.key_into(&mut scratch, text, &mut first);
    key.key_into(&mut scratch, text, &mut second);
    assert!(first == second);
    for unit in [Unit::Word, Unit::Space, Unit::Grapheme, Unit::Char] {
        let mut from = text.as_ptr() as usize;
        key.for_each_unit(unit, &mut scratch, text, |key, form| {
            assert!(!key.is_empty() && form.as_ptr() as usize >= from);
            from = form.as_ptr() as usize + form.len();
        });
    }
});
