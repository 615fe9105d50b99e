//! Spans in running text, and the laws that they keep on any bytes.

use language::Language;
use language::spans::{self, Span};
use proptest::prelude::*;

fn persian() -> &'static Language {
    Language::for_code("fa").expect("it has a folder")
}

fn found(text: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    spans::find(persian(), text, &mut spans);
    spans
}

/// A text whose spans stand in `⟦` and `⟧`, each with the letter of its kind.
fn marked(text: &str) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for Span { range, kind } in found(text.as_bytes()) {
        let kind = &format!("{kind:?}")[..1];
        out += &format!("{}⟦{kind}{}⟧", &text[from..range.start], &text[range.clone()]);
        from = range.end;
    }
    out + &text[from..]
}

#[test]
fn spans_are_found_in_running_text() {
    let cases = include_str!("data/spans.txt");
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let case = case.replace("{A0}", "\u{A0}").replace("{2009}", "\u{2009}"); // NO-BREAK SPACE, THIN SPACE
        let text =
            ["⟦N", "⟦D", "⟦T", "⟦I", "⟧"].iter().fold(case.clone(), |text, mark| text.replace(mark, ""));
        if marked(&text) != case {
            wrong.push((case, marked(&text)));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 15);
}

fn texts() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = [
        "1", "12", "000", "۱۴۰۳", "۷", "٤", "४", "2025", ".", ",", "،", "٬", "٫", ":", "/", "-", "'",
        "\u{A0}", " ", "\n", "\u{200C}", "ا", "س", "نن", "a", "B", "é", "ِ", "_", "آذر", "ماه", "سال", "جمعه",
        "سه", "شنبه", "دی", "می", "January", "May", "of", "th", "😀",
    ]
    .into_iter()
    .map(str::as_bytes)
    .chain([&b"\xFF"[..], b"\xDB", b"\xE2\x80"])
    .collect();
    prop::collection::vec(prop::sample::select(pieces), 0..16).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn spans_are_ascending_and_well_formed(text in texts()) {
        for language in Language::all() {
            let mut spans = Vec::new();
            spans::find(language, &text, &mut spans);
            let mut from = 0;
            for Span { range, .. } in spans {
                prop_assert!(from <= range.start && range.start < range.end);
                prop_assert!(std::str::from_utf8(&text[range.clone()]).is_ok());
                from = range.end;
            }
        }
    }
}

#[test]
fn long_runs_take_linear_time() {
    for piece in [
        "1",
        "1.",
        "1'000'",
        "1:",
        "12:30:",
        "a.",
        "a.b",
        ".",
        "ا.",
        "۱",
        "۱/",
        "2025-",
        "1 ",
        "۲ آذر ",
        "دی ",
    ] {
        let text = piece.repeat(20_000);
        let _ = found(text.as_bytes());
    }
}
