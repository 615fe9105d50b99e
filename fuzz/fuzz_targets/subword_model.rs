//! Files of subword models: read or refused, and one that was read is used without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use subword::{Model, Scratch, Settings};

const TEXT: &str = "ab  Ab's 12\r\n<unk>▁é\u{301} 你好 \u{1F469}\u{200D}\u{1F469}";

// A file, or what stands in the place of a component of a small one.
fuzz_target!(|input: (u8, &str)| {
    let (place, text) = input;
    let names = ["normalizer", "pre_tokenizer", "post_processor", "decoder", "added_tokens"];
    let model = r#""model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["a b"]}"#;
    let file = match names.get(usize::from(place)) {
        Some(name) => format!("{{\"{name}\":{text},{model}}}"),
        None if place == 5 => format!("{{\"model\":{text}}}"),
        None => text.to_owned(),
    };
    let settings = Settings { special_tokens: true, special_in_text: Some(true), encoding: None };
    if let Ok(model) = Model::open_with(file.as_bytes(), "gpt2", &settings) {
        let (mut ids, mut scratch) = (Vec::new(), Scratch::default());
        model.encode(&mut scratch, TEXT.as_bytes(), |piece| ids.push(piece.id));
        assert_eq!(model.count(&mut scratch, TEXT.as_bytes()), ids.len() as u64);
        model.decode(ids, true, &mut Vec::new());
    }
});
