//! Rule files: read or refused with a place that exists; their tests run, and what they do to a text is told exactly.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rewrite::steps::UserRules;
use rewrite::{Rewriter, Scratch, Trace};

// A file of rules, NUL, a text.
fuzz_target!(|bytes: &[u8]| {
    let (file, text) = bytes.split_at(bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len()));
    match UserRules::parse(&[("r".to_owned(), file.to_vec())]) {
        Ok(rules) => apply(rules, text),
        Err(error) => {
            let line = file.split(|&byte| byte == b'\n').nth(error.line - 1).expect("a line of the file");
            let characters = String::from_utf8_lossy(line).chars().count();
            assert!((1..=characters + 1).contains(&error.column), "{error}");
        }
    }
});

fn apply(rules: UserRules, text: &[u8]) {
    assert_eq!(rules.run_tests().len(), rules.tests().len());
    let rewriter = Rewriter::new(vec![Box::new(rules)]);
    let (mut scratch, mut trace) = (Scratch::default(), Trace::default());
    let out = rewriter.trace(text, &mut scratch, &mut trace).to_vec();
    assert!(out == text || !rewriter.is_identity_on(text));
    let (mut source, mut output) = (0, 0);
    for piece in trace.pieces() {
        assert_eq!(text[source..piece.source.start], out[output..piece.output.start]);
        (source, output) = (piece.source.end, piece.output.end);
    }
    assert_eq!(text[source..], out[output..]);
}
