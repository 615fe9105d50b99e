use std::sync::LazyLock;

use super::*;
use proptest::prelude::*;

fn key(names: &str) -> Key {
    Key::parse(names).expect("names")
}

fn of(key: &Key, text: &str) -> String {
    let mut out = Vec::new();
    key.key_into(&mut KeyScratch::default(), text.as_bytes(), &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Pairs of key and form.
fn units(key: &Key, unit: Unit, text: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut seen = Vec::new();
    key.for_each_unit(unit, &mut KeyScratch::default(), text, |key, form| {
        seen.push((key.to_vec(), form.to_vec()));
    });
    seen
}

#[track_caller]
fn assert_one(names: &str, forms: &[&str]) {
    let keys: Vec<String> = forms.iter().map(|form| of(&key(names), form)).collect();
    assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{names}: {forms:?} have the keys {keys:?}");
}

#[track_caller]
fn assert_many(names: &str, forms: &[&str]) {
    let mut keys: Vec<String> = forms.iter().map(|form| of(&key(names), form)).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), forms.len(), "{names}: {forms:?} have the keys {keys:?}");
}

#[test]
fn names_fold_what_they_say() {
    assert_one("nfc", &["é", "e\u{301}"]);
    assert_one("nfkc", &["ﬁ２", "fi2"]);
    assert_one("lower", &["ÀB", "àb"]);
    assert_one("fold", &["Straße", "STRASSE"]);
    assert_one("marks", &["café", "cafe", "cafe\u{301}"]);
    assert_one("digits", &["۱۲", "١٢", "12", "１２"]);
    assert_one("zwnj", &["a\u{200C}b\u{200D}", "ab"]); // ZWNJ, ZWJ
    assert_one("space", &[" a\u{A0}\t b ", "a b"]);
    assert_one("punct", &["«a»، b!", "a b"]);
    assert_many("lower", &["ß", "ss", "é", "e", "۱", "1", "a b", "a  b"]);
}

#[test]
fn spellings_of_one_persian_word_are_one() {
    for forms in [
        &["تحریم\u{200C}های", "تحریمهای", "تحریم های", "تحريم هاي", "تحـریم‌هاي", "تَحریم های"][..], // ZWNJ
        &["می\u{200C}خواهم", "می خواهم", "میخواهم"],                                               // ZWNJ
        &["رئیس", "رییس", "رئيس", "ر\u{6CC}\u{654}یس"], // HAMZA ABOVE
        &["خانهٔ", "خانۀ", "خانه", "خانة"],
        &["تأثیر", "تاثیر", "تا\u{654}ثیر"],
        &["مؤثر", "موثر"],
        &["سال ۱۴۰۳", "سال ١٤٠٣", "سال 1403"],
        &["\u{FEE1}\u{FEFB}", "ملا"], // presentation forms
        &["کتاب ها", "كتاب ہا", "کتاب \u{FEEB}\u{FE8E}", "کتاب \u{200F}ها", "کتاب\u{640} ها", "کتابها"], // RLM, TATWEEL
        &["کتاب\u{200F}", "کتاب", "\u{FEFF}کتاب"],
    ] {
        assert_one("fa", forms);
    }
    assert_many("fa", &["آن", "ان", "جزء", "جز", "خانه", "خان", "جمهوری اسلامی", "جمهوریاسلامی", "Fa", "fa"]);
}

#[test]
fn languages_keep_their_letters_apart() {
    assert_one("ar", &["إسلام", "اسلام", "أسلام", "اِسلام"]);
    assert_one("ar", &["مدرسة", "مدرسه"]);
    assert_one("ar", &["على", "علي", "علی"]);
    assert_one("fa,ar", &["على", "علي", "علی"]);
    assert_many("ur", &["کہا", "کھا", "ہے", "ہی", "ہۂ"]);
    assert_one("ur", &["كہا", "کہا", "که\u{627}"]);
    assert_many("ckb", &["وێ", "وی", "ڵ", "ل", "ڕ", "ر", "ۆ", "و"]);
    assert_one("ckb", &["ه\u{200C}م", "ەم"]); // ZWNJ
    assert_many("ps", &["ي", "ی", "ې", "ۍ", "ئ"]);
}

#[test]
fn one_space_between_a_word_and_its_affix_goes() {
    let fa = key("fa");
    assert_eq!(of(&fa, "این تحریم های تازه را"), "این تحریمهای تازه را");
    assert_eq!(of(&fa, "تحریم  های"), "تحریم  های", "two spaces");
    assert_eq!(of(&fa, "تحریم\nهای"), "تحریم\nهای", "another space");
    assert_eq!(of(&fa, "تحریم، های"), "تحریم، های", "punctuation");
    assert_eq!(of(&fa, "(تحریم های)"), "(تحریمهای)", "punctuation around them");
    assert_eq!(of(&fa, "کتاب ها\u{640} کتاب ها"), "کتابها کتابها", "again, with TATWEEL");
    assert_eq!(of(&key("zwnj"), "تحریم های"), "تحریم های", "only where the language joins");
}

#[test]
fn joined_words_are_one_unit() {
    let fa = key("lower,fa");
    let text = "The تحریم های، کتاب‌ها می رود\u{200C} .";
    let shown = |unit| -> Vec<(String, String)> {
        let text_of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        units(&fa, unit, text.as_bytes()).iter().map(|(key, form)| (text_of(key), text_of(form))).collect()
    };
    let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|&(key, form)| (key.to_owned(), form.to_owned())).collect()
    };
    assert_eq!(
        shown(Unit::Word),
        own(&[
            ("the", "The"),
            ("تحریمهای", "تحریم های"),
            ("،", "،"),
            ("کتابها", "کتاب‌ها"),
            ("میرود", "می رود\u{200C}"), // ZWNJ at an edge says nothing
            (".", "."),
        ])
    );
    assert_eq!(shown(Unit::Space)[1], ("تحریمهای،".to_owned(), "تحریم های،".to_owned()));
    assert_eq!(shown(Unit::Line), own(&[("the تحریمهای، کتابها میرود .", text)]));
    assert_eq!(shown(Unit::Char).len(), text.chars().count() - 2, "ZWNJ has no key");
    assert!(shown(Unit::Char).contains(&(" ".to_owned(), " ".to_owned())), "characters are not joined");
    assert_eq!(units(&key("punct"), Unit::Word, "a, b".as_bytes()).len(), 2, "what has no key is not shown");
}

#[test]
fn lists_are_read_in_any_order() {
    assert_eq!(key("fa,zwnj,nfkc,fa,punct,lower").to_string(), "nfkc,lower,zwnj,fa,punct");
    for bad in ["", "fa,", "fa lower", "FA", "xx"] {
        assert!(Key::parse(bad).is_err(), "{bad}");
    }
    assert!(Key::names().all(|name| Key::parse(name).is_ok()));
}

#[test]
fn data_asks_for_what_there_is_and_leaves_ascii_alone() {
    for rules in KeyRules::codes().filter_map(KeyRules::for_code) {
        for name in rules.with {
            assert!(name == "presentation-forms" || NAMES.contains(&name), "{name}");
        }
        assert!(rules.folds.iter().all(|fold| !fold.from[0].is_ascii()));
    }
}

#[test]
fn long_words_and_long_chains_end() {
    let fa = key("fa");
    let long = format!("{} ها {}", "ب".repeat(5000), "ها ".repeat(5000));
    assert!(of(&fa, &long).len() > 10_000);
}

/// Pieces of Persian, of other text, and of none.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let pieces = vec![
        "تحریم".as_bytes(),
        "کتاب".as_bytes(),
        "ها".as_bytes(),
        "های".as_bytes(),
        "می".as_bytes(),
        "نمی".as_bytes(),
        "خواهم".as_bytes(),
        "خانه".as_bytes(),
        "ای".as_bytes(),
        "ي".as_bytes(),
        "ئ".as_bytes(),
        "۱۲".as_bytes(),
        "\u{64B}".as_bytes(),
        "\u{640}".as_bytes(),  // TATWEEL
        "\u{200C}".as_bytes(), // ZWNJ
        "،".as_bytes(),
        "é".as_bytes(),
        b"The".as_slice(),
        b".",
        b" ",
        b" ",
        b" ",
        b"  ",
        b"\n",
        b"\t",
        b"\xD9",
        b"\xFF",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|parts| parts.concat())
}

/// Keys that differ in what they do, and some that change nothing a second time.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    ["fa", "lower,fa,space", "nfkc,fold,marks,digits,zwnj", "fa,punct", "ar,ckb,fa,ps,ur", "ckb"]
        .map(key)
        .to_vec()
});
static STABLE: LazyLock<Vec<Key>> =
    LazyLock::new(|| ["fold", "lower,digits,zwnj", "ar", "fa", "space"].map(key).to_vec());

proptest! {
    /// So dedupe, ngram and stats agree.
    #[test]
    fn keys_of_units_are_those_of_the_text(text in texts(), key in prop::sample::select(KEYS.as_slice())) {
        let mut whole = Vec::new();
        key.key_into(&mut KeyScratch::default(), &text, &mut whole);
        let of_text: Vec<Vec<u8>> = runs(&whole).map(<[u8]>::to_vec).collect();
        let of_units = units(&key, Unit::Space, &text);
        let of_units: Vec<Vec<u8>> =
            of_units.iter().flat_map(|(key, _)| runs(key).map(<[u8]>::to_vec).collect::<Vec<_>>()).collect();
        prop_assert_eq!(of_units, of_text);
        // Words of UAX #29 part where runs do not, but hold the same.
        let words: Vec<u8> = units(&key, Unit::Word, &text).into_iter().flat_map(|(key, _)| key).collect();
        let bare = |bytes: &[u8]| bytes.iter().copied().filter(|byte| !is_ascii_space(*byte)).collect::<Vec<u8>>();
        prop_assert_eq!(bare(&words), bare(&whole));
    }

    #[test]
    fn forms_are_parts_of_the_text_in_order(text in texts(), key in prop::sample::select(KEYS.as_slice())) {
        for unit in Unit::ALL {
            let mut from = 0;
            for (_, form) in units(&key, unit, &text) {
                let at = text[from..].windows(form.len().max(1)).position(|window| window == form);
                prop_assert!(form.is_empty() || at.is_some());
                from += at.unwrap_or(0) + form.len();
            }
        }
    }

    #[test]
    fn a_key_of_a_key_is_the_key(text in texts(), key in prop::sample::select(STABLE.as_slice())) {
        let mut scratch = KeyScratch::default();
        let (mut once, mut twice) = (Vec::new(), Vec::new());
        key.key_into(&mut scratch, &text, &mut once);
        key.key_into(&mut scratch, &once, &mut twice);
        prop_assert_eq!(&twice, &once);
    }

    #[test]
    fn scratch_carries_no_meaning(first in texts(), second in texts()) {
        let (key, mut scratch) = (&KEYS[1], KeyScratch::default());
        let (mut used, mut fresh) = (Vec::new(), Vec::new());
        key.key_into(&mut scratch, &first, &mut used);
        used.clear();
        key.key_into(&mut scratch, &second, &mut used);
        key.key_into(&mut KeyScratch::default(), &second, &mut fresh);
        prop_assert_eq!(used, fresh);
    }
}

fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn runs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&byte| is_ascii_space(byte)).filter(|run| !run.is_empty())
}
