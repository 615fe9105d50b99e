//! Files of models: read or refused, and one that was read is used without a panic.

#![no_main]

use std::sync::LazyLock;

use language::zwnj::Restorer;
use libfuzzer_sys::fuzz_target;

/// A model to damage.
static MODEL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/language/data/fa/zwnj.model"))
        .expect("the model of the crate")
});

const TEXT: &str = "او نمیداند که کتابهای ما کجاست. رسانه ها می گویند که خانه‌ای شرکتکنندگان";

// Bytes of a file; or, if there are some, what is changed of the model, and where it is cut off.
fuzz_target!(|input: (Vec<(u32, u8)>, Option<u32>, &[u8])| {
    let (changes, end, bytes) = input;
    if let Ok(restorer) = Restorer::from_bytes(bytes) {
        let _ = restorer.restored(TEXT, 0.5);
    }
    let mut model = MODEL.clone();
    if let Some(end) = end {
        model.truncate(end as usize % (model.len() + 1));
    }
    for (at, byte) in changes {
        let length = model.len().max(1);
        if let Some(place) = model.get_mut(at as usize % length) {
            *place = byte;
        }
    }
    if let Ok(restorer) = Restorer::from_bytes(&model) {
        let _ = restorer.restored(TEXT, 0.5);
    }
});
