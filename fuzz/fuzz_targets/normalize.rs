//! Flags and a text: twice is once where it should be, what is said to stay stays, and the trace tells all.

#![no_main]

use std::sync::LazyLock;

use clap::FromArgMatches;
use libfuzzer_sys::fuzz_target;
use normalize::{Bench, Flags, Normalizer, Plan};
use rewrite::Trace;
use textcore::Record;
use textcore::source::Operand;

/// For each byte of a choice the flags of which it takes one; the first of each says nothing.
const CHOICES: [&[&str]; 21] = [
    &["", "--preset=web", "--preset=search", "--preset=nmt_nfkc"],
    &["", "--form=nfc", "--form=nfd", "--form=nfkc", "--form=nfkd", "--form=none"],
    &["", "--case=lower", "--case=upper", "--case=fold"],
    &["", "--locale=tr", "--locale=lt", "--locale=el"],
    &["", "--presentation-forms"],
    &["", "--strip-marks", "--strip-marks=harakat,tatweel", "--strip-marks=niqqud,teamim,cyrillic"],
    &["", "--controls=strip"],
    &["", "--zero-width=contextual", "--zero-width=drop", "--zero-width=space"],
    &["", "--bidi=repair", "--bidi=strip"],
    &["", "--quotes=ascii", "--quotes=fa", "--quotes=de", "--quotes=fr", "--quotes=ja"],
    &["", "--dashes=ascii", "--dashes=en", "--dashes=em", "--dashes=fr"],
    &["", "--ellipsis=ascii", "--ellipsis=char"],
    &["", "--width=fold"],
    &["", "--digits=ascii", "--digits=fa", "--digits=deva"],
    &["", "--space=plain", "--space=collapse", "--space=trim", "--space=collapse,trim,keep-tabs"],
    &["", "--newlines=crlf", "--newlines=keep"],
    &["", "--squeeze-blank", "--squeeze-blank=0"],
    &["", "--dehyphenate"],
    &["", "--unwrap"],
    &["", "--tags=strip"],
    &["", "--entities=once"],
];

/// Flags whose result may look like their input.
const NOT_IDEMPOTENT: [&str; 2] = ["--preset=nmt_nfkc", "--entities=once"];

// A byte for each choice, then a text.
fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_at_checked(CHOICES.len()) else { return };
    let picked = CHOICES.iter().zip(choice).map(|(flags, &byte)| flags[usize::from(byte) % flags.len()]);
    let flags: Vec<&str> = picked.filter(|flag| !flag.is_empty()).collect();
    let Some(normalizer) = normalizer(&flags) else { return };
    let once = normalizer.normalized(text, 0);
    if !flags.iter().any(|flag| NOT_IDEMPOTENT.contains(flag)) {
        let twice = normalizer.normalized(&once, 0);
        assert!(twice == once, "{flags:?}: {} became {}", once.escape_ascii(), twice.escape_ascii());
    }
    if normalizer.is_identity_on(text, 0) {
        assert!(once == text, "{flags:?}: no identity");
        for line in text.split(|&byte| byte == b'\n') {
            assert!(normalizer.normalized(line, 0) == line, "{flags:?}: no identity on a line");
        }
    }
    trace_tells_all(&normalizer, text, &once);
});

/// The function that the flags stand for; none if they do not go together.
fn normalizer(flags: &[&str]) -> Option<Normalizer> {
    static COMMAND: LazyLock<clap::Command> = LazyLock::new(textcore::run::command::<Flags>);
    let words = ["normalize", "--whole"].into_iter().chain(flags.iter().copied());
    let matches = COMMAND.clone().try_get_matches_from(words).expect("flags that exist");
    let flags = Flags::from_arg_matches(&matches).expect("values that exist");
    Plan::new(&flags).ok().map(|plan| plan.normalizer)
}

fn trace_tells_all(normalizer: &Normalizer, text: &[u8], once: &[u8]) {
    let (mut bench, mut trace) = (Bench::default(), Trace::default());
    let operand = Operand { index: 0, typed: 0, path: None, mirror: "stdin".into() };
    let out = normalizer.trace(&Record::of(text, &operand), &mut bench, &mut trace);
    assert!(out == once, "traced, it becomes something else");
    let (mut source, mut output) = (0, 0);
    for piece in trace.pieces() {
        assert_eq!(text[source..piece.source.start], once[output..piece.output.start], "before {piece:?}");
        (source, output) = (piece.source.end, piece.output.end);
    }
    assert_eq!(text[source..], once[output..], "after all pieces");
    assert!(once == text || !trace.changes().is_empty());
}
