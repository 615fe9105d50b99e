//! What holds for every text and every flag: twice is once, what is said is what was done.

use std::sync::{Arc, LazyLock};

use clap::FromArgMatches;
use normalize::{Bench, Flags, Listing, Normalizer, Plan, Style};
use proptest::prelude::*;
use rewrite::Trace;
use textcore::source::Operand;
use textcore::{Map, Record};

/// Each flag that decides what happens to text, with every value that a text may be idempotent under; behind a space,
/// flags that go with it.
const FLAGS: &[(&str, &[&str])] = &[
    ("--preset", &["web", "search"]),
    ("--form", &["nfc", "nfd", "nfkc", "nfkd", "none"]),
    ("--case", &["lower", "upper", "fold"]),
    ("--locale", &["tr", "lt", "el"]),
    (
        "--lang",
        &["fa", "fa --zwnj=restore", "fa --zwnj=restore --confidence=0.1", "ar", "ckb", "ps", "UR", "tr"],
    ),
    ("--letters", &["lang", "keep"]),
    ("--punctuation", &["marks", "spacing", "lang", "keep"]),
    (
        "--lang=fa --spelling",
        &[
            "teh-marbuta",
            "heh-yeh=hamza",
            "heh-yeh=letter",
            "heh-yeh=yeh",
            "hamza=drop",
            "hamza=write",
            "harakat,hamza=drop",
        ],
    ),
    ("--presentation-forms", &["", "keep"]),
    ("--zero-width", &["contextual", "drop", "space"]),
    ("--space", &["plain", "collapse", "trim", "collapse,trim", "collapse,trim,keep-tabs"]),
    ("--quotes", &["ascii", "fa", "en", "de", "fr", "ja"]),
    ("--dashes", &["ascii", "en", "em", "fr"]),
    ("--ellipsis", &["ascii", "char"]),
    ("--digits", &["ascii", "fa", "deva"]),
    ("--width", &["fold"]),
    ("--controls", &["strip"]),
    ("--strip-marks", &["", "latin", "greek,cyrillic", "harakat,tatweel", "niqqud,teamim"]),
    ("--tags", &["strip"]),
    ("--bidi", &["repair", "strip"]),
    ("--dehyphenate", &[""]),
    ("--unwrap", &[""]),
    ("--newlines", &["lf", "crlf", "keep"]),
    ("--squeeze-blank", &["0", "2"]),
];

/// What makes steps meet: characters that they look for, and what stands around those.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a", "B", " ", " ", "\n", "\n\n", "\r\n", "\r", "\t", "é", "e\u{301}", "I", "i\u{307}", "İ", "ı", "Σ", "ς", "ŉ", "ß",
    "Å", "\u{345}", "ﬁ", "²", "½", "Ａ", "ｶ", "ﾞ", "1", "42", "٤", "۵", "५", ".", ",", "...", "…", "-", "--", "–", "—",
    "\"", "'", "“", "”", "«", "»", "„", "‘", "’", "(", ")", "می", "رود", "ها", "خانه", "\u{200C}", "\u{200C}", "\u{200D}",
    "\u{200B}", "\u{2060}", "\u{FEFB}", "\u{FDFA}", "\u{640}", "\u{64B}", "\u{653}", "\u{627}", "ێ", "क", "\u{94D}", "ষ",
    "র", "ക", "ก", "字", "👩", "🏽", "\u{FE0F}", "❤", "🏴", "\u{E0067}", "\u{E007F}", "\u{202A}", "\u{202C}", "\u{2067}",
    "\u{2069}", "\u{200E}", "\u{61C}", "\u{A0}", "\u{2009}", "\u{3000}", "\u{2028}", "\u{AD}", "\u{FEFF}", "\0", "\u{1B}[",
    "\u{1B}", "[31m", "\u{7F}", "\u{85}", "\u{FFFE}", "<", ">", "<b>", "</", "p>", "<!--", "-->", "&", "amp;", "&lt", ";",
    "#38;", "ي", "ك", "ى", "ه", "ە", "ہ", "ة", "ۀ", "ئ", "\u{654}", "\u{64E}", "ڕ", "،", "؛", "؟", "?", "!", ":", "%", "سلام", "¬",
    "[", "]", "http://", "a.org/", "x@y.org", "A4", "c:\\", "_", "@", "#", "/", "\\",
];

/// Ill-formed bytes, which pass as they are.
const BROKEN: &[&[u8]] = &[b"\xFF", b"\xE2\x80", b"\xF0\x9F"];

/// Ends of records.
const ENDS: &[&[u8]] = &[b"\n", b"\r\n", b"", b"\0"];

/// What the flags do, unless they cannot go together.
fn normalizer(args: &[String]) -> Option<Normalizer> {
    static COMMAND: LazyLock<clap::Command> = LazyLock::new(textcore::run::command::<Flags>);
    let words = ["normalize", "--whole"].into_iter().chain(args.iter().map(String::as_str));
    let matches = COMMAND.clone().try_get_matches_from(words);
    let flags = matches.and_then(|matches| Flags::from_arg_matches(&matches));
    let flags = flags.unwrap_or_else(|error| panic!("{args:?}: {error}"));
    Plan::new(&flags).ok().map(|plan| plan.normalizer)
}

/// Some of the flags, each with one of its values.
fn some_flags() -> impl Strategy<Value = Vec<String>> {
    let flag = prop::sample::select(FLAGS).prop_flat_map(|(name, values)| {
        prop::sample::select(values).prop_map(move |value| match value {
            "" => (*name).to_owned(),
            value => format!("{name}={value}"),
        })
    });
    let split = |flags: Vec<String>| flags.join(" ").split(' ').map(str::to_owned).collect();
    prop::collection::vec(flag, 1..4).prop_map(split)
}

fn some_text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => any::<char>().prop_map(|character| character.to_string().into_bytes()),
        1 => prop::sample::select(BROKEN).prop_map(<[u8]>::to_vec),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).escape_unicode().to_string().replace("\\u{20}", " ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn twice_is_once(args in some_flags(), text in some_text()) {
        let Some(normalizer) = normalizer(&args) else { return Ok(()) };
        let once = normalizer.normalized(&text, 0);
        let twice = normalizer.normalized(&once, 0);
        prop_assert!(once == twice, "{args:?}\n{}\n{}\n{}", shown(&text), shown(&once), shown(&twice));
    }

    #[test]
    fn only_texts_that_stay_are_identities(args in some_flags(), text in some_text()) {
        let Some(normalizer) = normalizer(&args) else { return Ok(()) };
        if normalizer.is_identity_on(&text, 0) {
            prop_assert_eq!(normalizer.normalized(&text, 0), text);
        }
    }

    #[test]
    fn all_that_changed_is_in_the_trace(args in some_flags(), text in some_text()) {
        let Some(normalizer) = normalizer(&args) else { return Ok(()) };
        let (mut bench, mut trace) = (Bench::default(), Trace::default());
        let operand = Operand { index: 0, typed: 0, path: None, mirror: "stdin".into() };
        let out = normalizer.trace(&Record::of(&text, &operand), &mut bench, &mut trace).to_vec();
        prop_assert_eq!(&out, &normalizer.normalized(&text, 0));
        let (mut source, mut output) = (0, 0);
        for piece in trace.pieces() {
            prop_assert_eq!(&text[source..piece.source.start], &out[output..piece.output.start]);
            (source, output) = (piece.source.end, piece.output.end);
        }
        prop_assert_eq!(&text[source..], &out[output..]);
        prop_assert!(out == text || !trace.changes().is_empty());
    }

    #[test]
    fn what_is_listed_is_lines(args in some_flags(), text in some_text(), end in prop::sample::select(ENDS)) {
        let Some(normalizer) = normalizer(&args) else { return Ok(()) };
        let normalizer = Arc::new(normalizer);
        let operand = Operand { index: 0, typed: 0, path: None, mirror: "stdin".into() };
        let record = Record { end, ..Record::of(&text, &operand) };
        let list = |style| {
            let mut out = Vec::new();
            let listing = Listing { normalizer: Arc::clone(&normalizer), style };
            listing.map(&mut Default::default(), record, &mut out);
            String::from_utf8(out).expect("what is listed is text, whatever it is about")
        };
        let diff = list(Style::Diff { coloured: false });
        prop_assert!(diff.lines().skip(1).all(|line| line.starts_with(['-', '+'])), "{diff}");
        let explained = list(Style::Explain);
        prop_assert!(explained.lines().all(|row| row.split('\t').count() == 6), "{explained}");
        prop_assert!(explained.is_empty() || !diff.is_empty() || normalizer.normalized(&text, 0) == text);
    }

    #[test]
    fn lines_may_be_taken_one_by_one(args in some_flags(), text in some_text()) {
        let Some(normalizer) = normalizer(&args) else { return Ok(()) };
        let run = [&text[..], b"\n"].concat();
        if normalizer.is_identity_on(&run, 0) {
            for line in text.split(|&byte| byte == b'\n') {
                prop_assert_eq!(normalizer.normalized(line, 0), line);
            }
        }
    }
}
