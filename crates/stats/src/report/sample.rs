//! A report that holds one of everything, for the tests of the formats.

use super::{Cell, Curve, Item, Ranking, Report, Section, Value, Weight};
use proptest::prelude::*;
use proptest::sample::select;

use crate::histogram::Histogram;

/// Words and their counts: Persian, English, emoji, very long ones, and some that formats must not trust.
const WORDS: [(&[u8], u64); 16] = [
    ("و".as_bytes(), 48_211),
    (b"the", 31_020),
    ("در".as_bytes(), 29_874),
    ("می\u{200C}خواهم".as_bytes(), 8_120),
    ("کتاب\u{200C}هایشان".as_bytes(), 2_004),
    (b"Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente", 903),
    ("😀".as_bytes(), 640),
    ("👩\u{200D}👩\u{200D}👧".as_bytes(), 512),
    ("漢字。".as_bytes(), 311),
    (b"<script>alert(1)</script>", 120),
    (b"\"'&amp;", 99),
    (b"a\tb.\\n", 77),
    ("\u{202E}evil\u{1B}[31m".as_bytes(), 60),
    (b"nul\0", 52),
    (b"caf\xE9", 41),
    (" ".as_bytes(), 40),
];

/// A report of a mixed corpus.
pub fn report() -> Report {
    Report {
        parameters: vec![
            ("unit", "word".to_owned()),
            ("key_norm", "lower,fa".to_owned()),
            ("invalid", "keep".to_owned()),
        ],
        total: sections(1),
        ..Report::default()
    }
}

/// The same, in three groups.
pub fn grouped() -> Report {
    let names = ["corpus/en/news.txt", "corpus/fa/خبر روز.txt", "odd\tname\n<b>.txt"];
    let group = |(place, name): (usize, &&str)| ((*name).to_owned(), sections(place as u64 + 3));
    Report { groups: names.iter().enumerate().map(group).collect(), ..report() }
}

/// Any report at all, also one that nobody would make.
pub fn any_report() -> impl Strategy<Value = Report> {
    let named = (any_text(), prop::collection::vec(any_section(), 0..2));
    (prop::collection::vec(any_section(), 0..4), prop::collection::vec(named, 0..3)).prop_map(
        |(total, groups)| Report {
            parameters: vec![("unit", "<\"&\0".to_owned())],
            total,
            groups,
            ..Report::default()
        },
    )
}

fn any_section() -> impl Strategy<Value = Section> {
    let keys = select(vec!["size", "health", "lengths", "dates", "frequency"]);
    (keys, prop::collection::vec(any_item(), 0..4)).prop_map(|(key, items)| Section {
        key,
        title: key,
        items,
    })
}

fn any_item() -> impl Strategy<Value = Item> {
    let weight = select(vec![Weight::Alarm, Weight::Plain, Weight::Hidden]);
    (any_text(), any_text(), any_value(), any_text(), weight)
        .prop_map(|(key, label, value, note, weight)| Item { key, label, value, note, weight })
}

/// Text that formats must not trust.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[<>&\"'/a \u{0}\t\n\r\\\\\u{202E}\u{200C}ب漢😀]{0,12}"]
}

fn any_value() -> impl Strategy<Value = Value> {
    let lengths = prop::collection::vec((any::<u64>(), 1u64..u64::from(u32::MAX)), 0..5).prop_map(|pairs| {
        let mut histogram = Histogram::default();
        pairs.into_iter().for_each(|(length, count)| histogram.add(length, count));
        Value::Lengths(histogram)
    });
    let parts = prop::collection::vec((any_text(), any::<u64>()), 0..12);
    let cell = prop_oneof![any::<u64>().prop_map(Cell::Count), any::<f64>().prop_map(Cell::Real)];
    let thing =
        prop_oneof![any_text().prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..9)];
    let rows = prop::collection::vec((thing, prop::collection::vec(cell, 0..4)), 0..6);
    let rankings = (rows, select(vec!["word", "month"])).prop_map(|(rows, thing)| {
        Value::Ranking(Ranking {
            columns: vec!["count", "per_million"],
            thing,
            is_of_time: thing == "month",
            rows,
        })
    });
    let reals = || prop_oneof![any::<f64>(), 0.0..1e6];
    let points = prop::collection::vec((reals(), reals(), reals()), 0..8);
    let curves = (points, any::<bool>(), any::<bool>()).prop_map(|(points, is_logarithmic, is_fitted)| {
        let fitted = if is_fitted { points.iter().map(|point| point.2).collect() } else { Vec::new() };
        let points = points.iter().map(|point| (point.0, point.1)).collect();
        Value::Curve(Curve { x: "tokens", y: "types", points, fitted, is_logarithmic })
    });
    prop_oneof![
        any::<u64>().prop_map(Value::Count),
        (any::<u64>(), any::<u64>()).prop_map(|(count, of)| Value::Share { count, of }),
        any::<f64>().prop_map(Value::Real),
        any_text().prop_map(Value::Text),
        parts.prop_map(Value::Shares),
        lengths,
        rankings,
        curves,
    ]
}

/// Holds what a format wrote against `tests/data/statistics`; with REPORT_WRITE set the file is written anew.
pub fn golden(name: &str, written: &[u8]) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/statistics/").to_owned() + name;
    if std::env::var_os("REPORT_WRITE").is_some() {
        std::fs::write(&path, written).expect("the file is written");
    }
    let expected = std::fs::read(&path).expect("the file is there");
    assert!(expected == written, "{name} is not as it was:\n{}", String::from_utf8_lossy(written));
}

/// All sections; a part of the corpus has numbers so many times smaller.
fn sections(part: u64) -> Vec<Section> {
    let mut all = vec![size(part), health(part), scripts(part), lengths(part)];
    all.extend([frequency(), vocabulary(), duplication(part), persian(part), dates()]);
    all
}

fn size(part: u64) -> Section {
    let mut section = Section::new("size", "size");
    let counts = [
        ("files", 12),
        ("records", 48_120),
        ("lines", 48_120),
        ("words", 1_204_381),
        ("types", 71_022),
        ("graphemes", 6_790_112),
        ("chars", 6_881_207),
        ("bytes", 11_201_554),
    ];
    for (key, count) in counts {
        let label = if key == "chars" { "characters" } else { key };
        section.add(key, label, Value::Count(count / part));
    }
    section.items[4].note("different words");
    section
}

fn health(part: u64) -> Section {
    let mut section = Section::new("health", "health");
    let chars = 6_881_207;
    section
        .add("ill_formed", "ill-formed bytes", Value::Share { count: 12, of: chars })
        .note("first in corpus/fa/old.txt, record 7")
        .weight(Weight::Alarm);
    section
        .add("mojibake", "mojibake suspects", Value::Share { count: 311 / part, of: 48_120 })
        .note("UTF-8 that was read as windows-1252")
        .weight(Weight::Alarm);
    section.add("nfc", "records in NFC", Value::Share { count: 47_800 / part, of: 48_120 / part });
    section.add("bidi", "bidi characters", Value::Count(14 / part));
    section.add("zero_width", "zero-width", Value::Share { count: 20_110 / part, of: chars });
    section.add("nul", "NUL", Value::Count(0));
    section.add("boms", "BOMs", Value::Count(2));
    section.add("newlines", "line ends", Value::Text("LF 47,102, CR LF 1,018: mixed".to_owned()));
    section.add("private_use", "private use", Value::Count(0)).weight(Weight::Hidden);
    section
}

fn scripts(part: u64) -> Section {
    let mut section = Section::new("scripts", "scripts and languages");
    let counts = [
        ("Arabic", 4_120_331),
        ("Common", 702_114),
        ("Cyrillic", 20_001),
        ("Greek", 811),
        ("Han", 90_400),
        ("Hebrew", 12_004),
        ("Latin", 1_933_870),
        ("Thai", 76),
    ];
    let parts = counts.iter().map(|&(name, count)| (name.to_owned(), count / part)).collect();
    section.add("script", "scripts", Value::Shares(parts));
    let languages = [("en", 4), ("fa", 7), ("unknown", 1)].map(|(name, count)| (name.to_owned(), count));
    section.add("language", "languages", Value::Shares(languages.to_vec())).note("documents");
    section
}

/// Lengths that rise and fall, without chance: as many of each as a bell over its logarithm has.
fn bell(middle: f64, spread: f64, last: u64, most: f64) -> Histogram {
    let mut histogram = Histogram::default();
    for length in 1..=last {
        let distance = ((length as f64 / middle).ln()) / spread;
        histogram.add(length, (most * (-distance * distance / 2.0).exp()) as u64);
    }
    histogram
}

fn lengths(part: u64) -> Section {
    let mut section = Section::new("lengths", "lengths");
    let mut words = bell(4.0, 0.5, 40, 200_000.0 / part as f64);
    words.add(212, 1);
    section.add("record_length", "record", Value::Lengths(bell(130.0, 0.9, 4_000, 300.0))).note("characters");
    section.add("line_length", "line", Value::Lengths(bell(126.0, 0.9, 4_000, 300.0))).note("characters");
    section.add("sentence_length", "sentence", Value::Lengths(bell(14.0, 0.6, 200, 5_000.0))).note("words");
    section.add("word_length", "word", Value::Lengths(words)).note("characters");
    section
}

fn frequency() -> Section {
    let mut section = Section::new("frequency", "words");
    let row = |&(word, count): &(&[u8], u64)| {
        let million = count as f64 * 1e6 / 1_204_381.0;
        let deviation = 1.0 - 1.0 / (1.0 + 40.0 / count as f64);
        let cells =
            [Cell::Count(count), Cell::Real(million), Cell::Count(count.min(12)), Cell::Real(deviation)];
        (word.to_vec(), cells.to_vec())
    };
    let columns = vec!["count", "per_million", "documents", "gries_dp"];
    let rows = WORDS.iter().map(row).collect();
    section.add(
        "top",
        "most frequent",
        Value::Ranking(Ranking { columns, thing: "word", is_of_time: false, rows }),
    );
    let ranks: Vec<f64> = (0..60).map(|step| (1.2_f64).powi(step).floor()).collect();
    let fit = |rank: f64| 60_000.0 / (rank + 2.7).powf(1.05);
    let points = ranks.iter().map(|&rank| (rank, (fit(rank) * (1.0 + 0.2 * rank.sin())).max(1.0))).collect();
    let fitted = ranks.iter().map(|&rank| fit(rank)).collect();
    section.add(
        "zipf",
        "rank and frequency",
        Value::Curve(Curve { x: "rank", y: "frequency", points, fitted, is_logarithmic: true }),
    );
    section
}

fn vocabulary() -> Section {
    let mut section = Section::new("vocabulary", "vocabulary");
    let measures = [
        ("hapaxes", "words seen once", 33_001.0),
        ("ttr", "TTR", 0.058_97),
        ("guiraud_r", "Guiraud R", 64.716),
        ("yule_k", "Yule K", 102.440_3),
        ("simpson_d", "Simpson D", 0.010_244),
        ("mattr", "MATTR", 0.712_9),
        ("mtld", "MTLD", 81.377),
        ("hdd", "HD-D", f64::NAN),
    ];
    for (key, label, measure) in measures {
        section.add(key, label, Value::Real(measure));
    }
    section.items[7].note("too few words in a document");
    let tokens: Vec<f64> =
        [1_000.0].into_iter().chain((1..=24).map(|step| f64::from(step) * 50_000.0)).collect();
    let heaps = |tokens: f64| 9.1 * tokens.powf(0.64);
    let points =
        tokens.iter().map(|&x| (x, if x == 1_000.0 { 523.0 } else { (heaps(x) * 0.98).floor() })).collect();
    let fitted = tokens.iter().map(|&x| heaps(x)).collect();
    section.add(
        "growth",
        "growth",
        Value::Curve(Curve { x: "tokens", y: "types", points, fitted, is_logarithmic: false }),
    );
    section.add("heaps_r2", "Heaps, R²", Value::Real(0.998_7)).note("V = 9.1 · N^0.64");
    section
}

fn duplication(part: u64) -> Section {
    let mut section = Section::new("duplication", "duplication");
    section
        .add("records", "repeated records", Value::Share { count: 9_120 / part, of: 48_120 / part })
        .weight(Weight::Alarm);
    section.add("lines", "repeated lines", Value::Share { count: 9_240 / part, of: 48_120 / part });
    section.add("paragraphs", "repeated paragraphs", Value::Share { count: 3 / part, of: 48_120 / part });
    section
}

fn persian(part: u64) -> Section {
    let mut section = Section::new("persian", "Persian");
    section.add("zwnj_verdict", "ZWNJ", Value::Text("partly-lost".to_owned())).weight(Weight::Alarm);
    section.add("zwnj", "U+200C", Value::Count(20_004 / part)).note("about 41,000 expected");
    section.add("yeh_arabic", "Arabic yeh", Value::Share { count: 31, of: 120_000 });
    section
}

fn dates() -> Section {
    let mut section = Section::new("dates", "dates");
    let months = [
        ("jalali 1402-11", 12),
        ("jalali 1402-12", 40),
        ("jalali 1403-01", 25),
        ("jalali 1403-02", 3),
        ("gregorian 2024-02", 7),
        ("gregorian 2024-11", 1),
        ("gregorian unknown-12", 2),
    ];
    let rows = months.map(|(month, count)| (month.as_bytes().to_vec(), vec![Cell::Count(count)])).to_vec();
    section.add(
        "months",
        "by month",
        Value::Ranking(Ranking { columns: vec!["count"], thing: "month", is_of_time: true, rows }),
    );
    section
}
