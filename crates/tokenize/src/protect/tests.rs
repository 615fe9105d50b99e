//! Spans of all sources together.

use proptest::prelude::*;

use super::*;

/// A text with its spans in brackets.
fn marked(protector: &Protector, code: Option<&str>, text: &str) -> String {
    let language = code.map(|code| Language::for_code(code).expect("it has a folder"));
    let (mut out, mut from) = (String::new(), 0);
    protector.for_each(language, text.as_bytes(), &mut Spans::default(), |Protected { range, .. }| {
        out += &format!("{}[{}]", &text[from..range.start], &text[range.clone()]);
        from = range.end;
    });
    out + &text[from..]
}

#[test]
fn spans_of_a_language_are_merged() {
    let persian =
        |has_worded_dates, text| marked(&Protector::of_language(has_worded_dates), Some("fa"), text);
    let cases = [
        ("نشانی https://a.ir/1403/06/23 و a@b.ir", "نشانی [https://a.ir/1403/06/23] و [a@b.ir]"),
        ("@user #تگ_۱ /etc/x گزارش-1403-06-23.pdf", "[@user] [#تگ_۱] [/etc/x] [گزارش-1403-06-23.pdf]"),
        ("۱۴۰۳/۰۶/۲۳ ۱۸:۰۱ ۱٬۵۰۰ س.ن", "[۱۴۰۳/۰۶/۲۳] [۱۸:۰۱] [۱٬۵۰۰] [س.ن]"),
        // What word boundaries hold together stays so; a date and a time are cut out.
        ("۱۴۰۳/۰۶/۲۳\u{200C}ام ۱۸:۰۱\u{301}", "[۱۴۰۳/۰۶/۲۳\u{200C}ام] [۱۸:۰۱\u{301}]"),
        ("v1.5 ۱٬۵۰۰نفر COVID-19 ۱۸:۰۱به", "v1.5 ۱٬۵۰۰نفر COVID-19 [۱۸:۰۱]به"),
        ("۳/۱۴ ۱٫۵٪ الف.ب. -۵", "[۳/۱۴] [۱٫۵]٪ [الف.ب.] -۵"),
    ];
    for (text, want) in cases {
        assert_eq!(persian(false, text), want);
    }
    assert_eq!(persian(false, "جمعه ۲ آذر ۱۴۰۳"), "جمعه ۲ آذر ۱۴۰۳");
    assert_eq!(persian(true, "جمعه ۲ آذر ۱۴۰۳ ساعت ۸:۰۰"), "[جمعه ۲ آذر ۱۴۰۳] ساعت [۸:۰۰]");
    assert_eq!(marked(&Protector::of_language(true), None, "۱۴۰۳/۰۶/۲۳"), "۱۴۰۳/۰۶/۲۳");
}

#[test]
fn spans_of_many_scripts_are_found_where_no_language_is_known() {
    let cases = include_str!("../../tests/data/protect.txt");
    let protector = Protector::new(KindSet::ALL);
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let case = case.replace('⟦', "[").replace('⟧', "]");
        let got = marked(&protector, None, &case.replace(['[', ']'], ""));
        count += case.matches('[').count();
        if got != case {
            wrong.push((case, got));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 60, "{count}");
}

#[test]
fn every_kind_can_be_left_out() {
    let text = "https://a.org a@b.org @user #tag /etc/hosts -1,5 2024-01-05 18:01 J.R. 1\u{FE0F}\u{20E3}2";
    let classes = |kinds| {
        let mut classes = Vec::new();
        let protector = Protector::new(kinds);
        protector.for_each(None, text.as_bytes(), &mut Spans::default(), |span| classes.push(span.class));
        classes
    };
    let all = [
        Class::Url,
        Class::Email,
        Class::Mention,
        Class::Hashtag,
        Class::Path,
        Class::Number,
        Class::Date,
        Class::Time,
        Class::Word,
        Class::Emoji,
    ];
    assert_eq!(classes(KindSet::ALL), all);
    assert_eq!(classes(KindSet::NONE), []);
    for (kind, class) in Kind::ALL.into_iter().zip(all) {
        let found = classes(KindSet::NONE.with(kind));
        assert!(!found.is_empty() && found.iter().all(|&one| one == class), "{kind}: {found:?}");
        assert!(!classes(KindSet::ALL.without(kind)).contains(&class), "{kind}");
    }
}

#[test]
fn what_the_user_asks_for_comes_first() {
    let own = Protector {
        terms: Terms::parse(&[("own", "New York\na@b.org\n")], true).ok().map(Arc::new),
        patterns: Patterns::new(&[r"\p{Lu}{2}-\d+", r"#\w+"]).ok().map(Arc::new),
        ..Protector::new(KindSet::ALL)
    };
    let mut found = Vec::new();
    let text = "AB-12 in new york, a@b.org, #x c@d.org New York's http://x/AB-12";
    own.for_each(None, text.as_bytes(), &mut Spans::default(), |span| {
        found.push((&text[span.range], span.class));
    });
    let want = [
        ("AB-12", Class::Term),
        ("new york", Class::Term),
        ("a@b.org", Class::Term),
        ("#x", Class::Term),
        ("c@d.org", Class::Email),
        ("http://x/AB-12", Class::Url),
    ];
    assert_eq!(found, want);
}

#[test]
fn worded_dates_of_a_known_language_are_one_span_on_request() {
    let worded = Protector { has_worded_dates: true, ..Protector::new(KindSet::ALL) };
    assert_eq!(marked(&worded, Some("en"), "on 5 January 2024, -5"), "on [5 January 2024], [-5]");
    assert_eq!(marked(&worded, None, "on 5 January 2024, -5"), "on 5 January 2024, [-5]");
    assert_eq!(marked(&worded, None, "۱۴۰۳/۰۶/۲۳"), "[۱۴۰۳/۰۶/۲۳]");
}

#[test]
fn the_leftmost_then_the_longest_stays() {
    let span = |range: Range<usize>| Protected { range, class: Class::Word };
    let mut found: Vec<_> = [4..9, 0..3, 2..20, 4..6, 0..5, 9..10].map(span).into();
    keep_leftmost_longest(&mut found);
    assert_eq!(found, [0..5, 9..10].map(span));
}

#[test]
fn a_long_line_is_looked_at_in_parts_that_divide_no_span() {
    let piece = "see https://example.org/a, on 2024-01-05 at 18:01; 1,234.5 of them ";
    let protector = Protector::new(KindSet::ALL);
    let (mut count, mut held) = (0, 0);
    let (text, mut scratch) = (piece.repeat(3000), Spans::default());
    protector.for_each(None, text.as_bytes(), &mut scratch, |span| {
        let inside = span.range.start % piece.len()..span.range.start % piece.len() + span.range.len();
        assert!(["https://example.org/a", "2024-01-05", "18:01", "1,234.5"].contains(&&piece[inside]));
        count += 1;
    });
    held += scratch.found.capacity() * size_of::<Protected>();
    assert_eq!(count, 4 * 3000);
    assert!(held < 256 << 10, "{held}");
}

#[test]
fn one_span_may_be_longer_than_a_part() {
    let ends = |length: usize| {
        let text = format!("a http://{} b http://c", "x".repeat(length));
        let mut lengths = Vec::new();
        let protector = Protector::new(KindSet::ALL);
        protector
            .for_each(None, text.as_bytes(), &mut Spans::default(), |span| lengths.push(span.range.len()));
        lengths
    };
    assert_eq!(ends(100_000), [100_007, 8]);
    let parts = ends(1_000_000);
    assert!(parts[0] <= 128 << 10 && parts.last() == Some(&8), "{parts:?}");
}

fn texts() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = [
        "1",
        "۱۴۰۳",
        "/",
        "06",
        "-",
        ":",
        ".",
        ",",
        "٬",
        "س",
        "نام",
        "a",
        "J",
        "@",
        "#",
        "_",
        "https://",
        "a.ir",
        " ",
        "\u{A0}",
        "\u{200C}",
        "آذر",
        "جمعه",
        "،",
        "é",
        "\u{301}",
        "😀",
        "漢字",
        "$",
        "%",
        "km",
        "\u{2212}",
        "+",
        "年",
        "月",
        "T10:20",
        "Dr.",
        "etc.",
        "\u{FE0F}\u{20E3}",
        "New",
        "York",
        "\n",
        "e",
        "½",
        "°C",
    ]
    .into_iter()
    .map(str::as_bytes)
    .chain([&b"\xFF"[..], b"\xE2\x80", b"\xFE"])
    .collect();
    prop::collection::vec(prop::sample::select(pieces), 0..16).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn spans_ascend_and_lie_in_lines(text in texts()) {
        let own = Protector {
            terms: Terms::parse(&[("own", "New York\na\n")], true).ok().map(Arc::new),
            patterns: Patterns::new(&[r"J\W+\w"]).ok().map(Arc::new),
            has_worded_dates: true,
            ..Protector::new(KindSet::ALL)
        };
        for protector in [own, Protector::of_language(true)] {
            for language in [None, Language::for_code("fa"), Language::for_code("de")] {
                let mut from = 0;
                protector.for_each(language, &text, &mut Spans::default(), |Protected { range, .. }| {
                    assert!(from <= range.start && range.start < range.end, "{range:?}");
                    assert!(std::str::from_utf8(&text[range.clone()]).is_ok() && !text[range.clone()].contains(&b'\n'));
                    from = range.end;
                });
                prop_assert!(from <= text.len());
            }
        }
    }
}
