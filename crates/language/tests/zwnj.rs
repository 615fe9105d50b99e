//! What restoring ZWNJ promises, on text that was written for the project.

use std::sync::LazyLock;

use language::zwnj::{CONFIDENCE, Expectation, Kind, ModelError, Restorer};
use proptest::prelude::*;

const ZWNJ: char = '\u{200C}'; // ZWNJ

/// Read once: a debug build takes its time to check the bytes.
static RESTORER: LazyLock<Restorer> = LazyLock::new(Restorer::builtin);

fn restored(text: &str) -> String {
    RESTORER.restored(text, CONFIDENCE)
}

#[test]
fn deleted_zwnj_come_back() {
    for wanted in [
        "او هر روز کتاب\u{200C}های تازه می\u{200C}خواند و نمی\u{200C}داند از کجا آمده\u{200C}اند.",
        "رسانه\u{200C}های دولتی می\u{200C}گویند شرکت\u{200C}کنندگان تحریم\u{200C}شده\u{200C}اند.",
        "خامنه\u{200C}ای گفت رئیس\u{200C}جمهوری به این نشست نمی\u{200C}رود.",
        "خانه\u{200C}ها و نامه\u{200C}هایشان را نشان می\u{200C}دهد.",
    ] {
        assert_eq!(restored(&wanted.replace(ZWNJ, "")), wanted);
    }
}

#[test]
fn spaces_in_their_place_are_taken_back() {
    for wanted in [
        "او هر روز کتاب\u{200C}های تازه می\u{200C}خواند.",
        "نامه\u{200C}هایی که نوشته\u{200C}اند هنوز به دست ما نمی\u{200C}رسد.",
        "رسانه\u{200C}ها می\u{200C}گویند هوا سردتر می\u{200C}شود.",
    ] {
        assert_eq!(restored(&wanted.replace(ZWNJ, " ")), wanted);
    }
}

#[test]
fn what_is_no_persian_word_stays() {
    for text in [
        "XS SM MD LG",
        "Read More …",
        "به گزارش خبرنگار؛ س.ن",
        "جمعه ۱۴۰۳/۰۶/۲۳ ساعت ۱۸:۰۱",
        "https://example.com/کتابهای/میشود",
        "کتابها@example.com",
        "#کتابهای_تازه",
        "کتابها.txt",
        "۵ساله",
        "PDFها",
        "",
    ] {
        assert_eq!(restored(text), text);
    }
}

#[test]
fn ambiguous_words_and_names_stay() {
    for text in [
        "بهروز به خانه رفت.",
        "رهبر جمهوری اسلامی در تهران با سرگئی شویگو دیدار کرد.",
        "میان آنان میزان تنها معیار بود.",
        "دکتر علی احمدی و سارا محمدی به ماه می سال آینده فکر کردند.",
    ] {
        assert_eq!(restored(text), text);
    }
}

#[test]
fn the_words_around_decide_between_two_readings() {
    for wanted in [
        "او نامه\u{200C}ای به مادرش نوشت.",
        "نام\u{200C}های همه آنان را نوشت.",
        "برنامه\u{200C}ای برای نام\u{200C}های خود دارد.",
    ] {
        assert_eq!(restored(&wanted.replace(ZWNJ, "")), wanted);
    }
}

#[test]
fn spaces_of_a_stripped_record_stay() {
    let text = "رسانهها میگویند کتابهای تازه را نمیخوانند و رئیس جمهور آن را نشان میدهد";
    assert!(restored(text).contains("رئیس جمهور"), "{}", restored(text));
}

#[test]
fn neighbours_are_left_alone() {
    for text in [
        "یہ کتاب میں نے کل خریدی تھی اور ابھی تک نہیں پڑھی ہے۔",
        "ئەم کتێبە دوێنێ لە کتێبخانەکە وەرگیراوە و هێشتا نەخوێندراوەتەوە.",
        "دا کتاب ما پرون واخیست او لا مې نه دی لوستلی، ښه دی ځکه چې ډېر اوږد دی.",
        "قرأت هذه المقالة في المكتبة أمس، وكانت القصة الأولى فيها عن مدينة بعيدة.",
    ] {
        assert_eq!(restored(text), text);
    }
}

#[test]
fn letters_typed_on_arabic_keyboards_do_not_matter() {
    assert_eq!(restored("رسانهها ميگويند"), "رسانه\u{200C}ها مي\u{200C}گويند"); // ZWNJ, Arabic yeh
    assert_eq!(restored("كتابهاي تازه را ميخوانند"), "كتاب\u{200C}هاي تازه را مي\u{200C}خوانند"); // ZWNJ
}

#[test]
fn affixes_are_closed_up_to_letters_that_join_nothing() {
    assert_eq!(restored("صدا ها و کاغذ های روز های زیبا تر"), "صداها و کاغذهای روزهای زیباتر");
    assert_eq!(restored("در کار هایشان دیده بودند"), "در کارهایشان دیده بودند");
    for text in ["از ها بگذر", "را های", "بدر و تر", "سلاز ها"] {
        assert_eq!(restored(text), text);
    }
    assert_eq!(RESTORER.restored("صدا ها", 0.99), "صدا ها");
    let mut changes = Vec::new();
    RESTORER.for_each_change("صدا ها".as_bytes(), CONFIDENCE, |range, replacement, kind| {
        changes.push((range, replacement.to_vec(), kind));
    });
    assert_eq!(changes, [(6..7, Vec::new(), Kind::Close)]);
}

#[test]
fn words_of_their_own_stay_apart_where_affixes_are_loose() {
    for words in [
        "خون نیز بود",
        "پیش آمده است",
        "به او توجه کند",
        "در خواب دیده بود",
        "تحمل کردن آن",
        "قربانی شدن او",
        "در این سن وحتی بعد",
        "مخصوص فر بود",
        "چشم حالتی بود",
        "تقویت شده باشد",
        "مطمئن آ بود",
        "رنگ کردن خانه و فکر کردن به او",
    ] {
        let found = restored(&format!("کتاب ها را می خواند و {words}"));
        assert_eq!(found, format!("کتاب\u{200C}ها را می\u{200C}خواند و {words}")); // ZWNJ
    }
}

#[test]
fn no_space_between_words_is_lost_where_no_affix_is_loose() {
    for text in ["از راه دور به پایگاه داده رسید", "نقطه ضعف و خط مشی", "جمهوری اسلامی و سرگئی شویگو"]
    {
        assert_eq!(restored(text), text);
    }
    // Of those that dictionaries write as one word, the likeliest come together.
    assert_eq!(restored("او در راه آهن است"), "او در راه\u{200C}آهن است"); // ZWNJ
}

#[test]
fn spoken_words_and_the_ezafe_are_joined() {
    assert_eq!(restored("می دونی چی شد"), "می\u{200C}دونی چی شد"); // ZWNJ
    assert_eq!(restored("خونه هاشون بزرگ بود"), "خونه\u{200C}هاشون بزرگ بود"); // ZWNJ
    assert_eq!(restored("به خانه ی ما آمد"), "به خانه\u{200C}ی ما آمد"); // ZWNJ
}

#[test]
fn affix_pairs_for_keys() {
    let pair = |words: &str| {
        let (left, right) = words.split_once(' ').expect("two words");
        RESTORER.is_affix_pair(left.as_bytes(), right.as_bytes())
    };
    for words in [
        "تحریم های",
        "در ها",
        "برادر ها",
        "کار هایش",
        "روز های",
        "زیبا تر",
        "بزرگ ترین",
        "می رود",
        "می کند",
        "می شود",
        "نمی رود",
        "نمی کنم",
        "همی گفت",
        "همی رود",
    ] {
        assert!(pair(words), "{words}");
    }
    for words in ["می ناب", "ماه می", "می سال", "جمهوری اسلامی", "را و", "سلاز ها"]
    {
        assert!(!pair(words), "{words}");
    }
}

#[test]
fn kinds_and_ranges_say_what_happens() {
    let text = "می کنند";
    let mut changes = Vec::new();
    RESTORER.for_each_change(text.as_bytes(), CONFIDENCE, |range, replacement, kind| {
        changes.push((range, replacement.to_vec(), kind));
    });
    assert_eq!(changes, [(4..5, "\u{200C}".as_bytes().to_vec(), Kind::Join)]); // ZWNJ
}

#[test]
fn more_confidence_never_means_more_changes_inside_words() {
    let text = "رسانهها نشان میدهند شرکتکنندگان تحریمشدهاند و بهروز سپاسگزار است";
    let counts: Vec<usize> = [0.3, 0.5, 0.9, 0.99]
        .iter()
        .map(|&confidence| RESTORER.restored(text, confidence).matches(ZWNJ).count())
        .collect();
    assert!(counts.is_sorted_by(|more, fewer| more >= fewer) && counts[1] >= 5, "{counts:?}");
}

#[test]
fn what_a_text_lacks_is_counted() {
    let restorer = &RESTORER;
    let found = restorer.expected_zwnj("رسانه\u{200C}ها نشان میدهند".as_bytes()); // ZWNJ
    assert_eq!(found, Expectation { words: 3, expected: 2, present: 1 });
    assert_eq!(restorer.expected_zwnj(b""), Expectation::default());
    assert_eq!(restorer.expected_zwnj(b"no Persian").words, 0);
}

#[test]
fn both_models_know_the_plain_cases() {
    let text = "رسانهها نشان میدهند شرکتکنندگان تحریمشدهاند";
    let wanted = "رسانه\u{200C}ها نشان می\u{200C}دهند شرکت\u{200C}کنندگان تحریم\u{200C}شده\u{200C}اند"; // ZWNJ
    assert_eq!(restored(text), wanted);
    assert_eq!(Restorer::permissive().restored(text, CONFIDENCE), wanted);
}

#[test]
fn only_models_are_models() {
    assert!(matches!(Restorer::from_bytes(b""), Err(ModelError::Truncated)));
    assert!(matches!(Restorer::from_bytes(&[0; 100]), Err(ModelError::Foreign)));
}

/// Text made of what Persian text is made of, whole, broken and mixed.
fn persian() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "می",
        "نمی",
        "کند",
        "شود",
        "خواسته",
        "اند",
        "کتاب",
        "خانه",
        "ها",
        "های",
        "ای",
        "تر",
        "ترین",
        "ام",
        "شرکت",
        "کننده",
        "به",
        "روز",
        "این",
        "که",
        "پیش",
        "بینی",
        "بین",
        "المللی",
        "رئیس",
        "جمهور",
        "آن",
        "هم",
        "کار",
        "نامه",
        "علی",
        "،",
        ".",
        "PDF",
        "۱۲",
        "ِ",
        "ي",
        "می باشند",
        "اینها",
        "شرکتکنندگان",
        "صدا",
        "(b)",
        "/",
    ]);
    let glue = prop::sample::select(vec!["", "", " ", " ", "\u{200C}", "  ", "\n"]); // ZWNJ
    prop::collection::vec((pieces, glue), 0..24)
        .prop_map(|parts| parts.iter().flat_map(|(piece, glue)| [*piece, *glue]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn twice_is_once(text in persian(), confidence in 0.01_f32..0.99) {
        let restorer = &RESTORER;
        let once = restorer.restored(&text, confidence);
        prop_assert_eq!(restorer.restored(&once, confidence), once);
    }

    #[test]
    fn only_zwnj_appear_and_only_spaces_vanish(text in persian()) {
        let bare = |text: &str| text.replace([' ', ZWNJ], "");
        prop_assert_eq!(bare(&restored(&text)), bare(&text));
    }

    #[test]
    fn a_new_zwnj_stands_between_a_joining_letter_and_a_letter(text in persian()) {
        RESTORER.for_each_change(text.as_bytes(), CONFIDENCE, |range, _, kind| {
            if kind == Kind::Close {
                return;
            }
            let before = text[..range.start].chars().rev().find(|character| *character != 'ِ');
            let after = text[range.end..].chars().next();
            assert!(before.is_some_and(|before| before.is_alphabetic() && !"اآدذرزژو".contains(before)), "{text}");
            assert!(after.is_some_and(char::is_alphabetic), "{text}");
        });
    }

    #[test]
    fn any_bytes_will_do(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut last = 0;
        RESTORER.for_each_change(&bytes, CONFIDENCE, |range, _, _| {
            assert!(last <= range.start && range.end <= bytes.len());
            last = range.end;
        });
    }
}

/// Records whose ZWNJ suffered each fate in turn; at every confidence a second run finds nothing to do.
#[test]
fn twice_is_once_at_every_confidence() {
    let clean = "او\u{200C}نمی\u{200C}داند این\u{200C}ها کتاب\u{200C}های تازه\u{200C}ای می\u{200C}باشند، آن\u{200C}ها بزرگ\u{200C}تر از خانه\u{200C}ی ما و \
        شرکت\u{200C}کنندگان هیچ\u{200C}کدام تحریم\u{200C}شده\u{200C}اند/می\u{200C}روند(b) صدا ها و رئیس\u{200C}جمهور راه\u{200C}حل\u{200C}هایی می\u{200C}خواهد"; // ZWNJ
    let parts: Vec<&str> = clean.split(ZWNJ).collect();
    // A generator by hand, so that the records are always the same.
    let mut seed = 1_u32;
    for round in 0..60 {
        let mut text = parts[0].to_owned();
        for part in &parts[1..] {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str([" ", "", " ", ""][(seed >> 30) as usize]);
            text.push_str(part);
        }
        // Short records too: words of a window.
        let words: Vec<&str> = text.split(' ').collect();
        let from = round % words.len();
        let texts =
            [text.clone(), words[from..(from + 4).min(words.len())].join(" "), "می باشند اینها".to_owned()];
        for text in &texts {
            for percent in [1, 5, 10, 20, 35, 50, 65, 80, 90, 95, 97, 99] {
                let confidence = percent as f32 / 100.0;
                let once = RESTORER.restored(text, confidence);
                assert_eq!(RESTORER.restored(&once, confidence), once, "{confidence} {text}");
            }
        }
    }
}

#[test]
fn what_names_touch_is_joined_to_nothing() {
    let text = "است/می باشند(b) شرکتکنندگان";
    assert!(restored(text).starts_with("است/می باشند(b)"), "{}", restored(text));
    let once = RESTORER.restored(text, 0.99);
    assert_eq!(RESTORER.restored(&once, 0.99), once);
}

#[test]
fn damaged_models_are_errors() {
    let bytes = include_bytes!("../data/fa/zwnj.model");
    for at in [0, 8, 12, 16, 24, 40, 64, bytes.len() / 3, bytes.len() - 1] {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 1;
        assert!(Restorer::from_bytes(&damaged).is_err(), "{at}");
        assert!(Restorer::from_bytes(&bytes[..at]).is_err(), "{at}");
    }
}
