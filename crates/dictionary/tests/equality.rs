//! Boundaries are those of icu_segmenter, its dictionaries called on the whole text.

use dictionary::Segmenter;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use proptest::prelude::*;
use std::sync::LazyLock;
use unicode::space;

static OURS: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);

fn segments(text: &[u8]) -> Vec<&[u8]> {
    let mut at = 0;
    let mut all = Vec::new();
    OURS.for_each_segment(text, |segment| {
        assert!(!segment.is_empty());
        all.push(&text[at..at + segment.len()]);
        assert_eq!(segment, all[all.len() - 1]);
        at += segment.len();
    });
    assert_eq!(at, text.len());
    all
}

fn rivals_segments(text: &[u8]) -> Vec<&[u8]> {
    let ends: Vec<usize> =
        WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()).segment_utf8(text).collect();
    ends.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

fn shown(segments: &[&[u8]]) -> Vec<String> {
    segments.iter().map(|segment| String::from_utf8_lossy(segment).into_owned()).collect()
}

/// What icu_segmenter 2.4 divides otherwise: its word rules know the characters of Unicode 17, ours those of 18.
const NEWER: [(char, char); 35] = [
    ('\u{558}', '\u{558}'),
    ('\u{58B}', '\u{58C}'),
    ('\u{5C8}', '\u{5C9}'),
    ('\u{B53}', '\u{B54}'),
    ('\u{1ADE}', '\u{1ADF}'),
    ('\u{1AEC}', '\u{1AF0}'),
    ('\u{208F}', '\u{208F}'),
    ('\u{209D}', '\u{209F}'),
    ('\u{A7DD}', '\u{A7DD}'),
    ('\u{A7E2}', '\u{A7E2}'),
    ('\u{AB6C}', '\u{AB6D}'),
    ('\u{107BB}', '\u{107BF}'),
    ('\u{10ECB}', '\u{10ECF}'),
    ('\u{10ED9}', '\u{10EEE}'),
    ('\u{10EF0}', '\u{10EF9}'),
    ('\u{11B0A}', '\u{11B0A}'),
    ('\u{11DF0}', '\u{11DF1}'),
    ('\u{1246F}', '\u{1246F}'),
    ('\u{12475}', '\u{1247F}'),
    ('\u{12550}', '\u{12686}'),
    ('\u{1B124}', '\u{1B128}'),
    ('\u{1B168}', '\u{1B168}'),
    ('\u{1D127}', '\u{1D128}'),
    ('\u{1D250}', '\u{1D252}'),
    ('\u{1D25B}', '\u{1D25C}'),
    ('\u{1D25F}', '\u{1D25F}'),
    ('\u{1D280}', '\u{1D281}'),
    ('\u{1D6A6}', '\u{1D6A6}'),
    ('\u{1DF1F}', '\u{1DF24}'),
    ('\u{1DF2B}', '\u{1DF81}'),
    ('\u{1DF90}', '\u{1DF96}'),
    ('\u{1DFCD}', '\u{1DFFF}'),
    ('\u{1F1AE}', '\u{1F1AE}'),
    ('\u{1F7DA}', '\u{1F7DB}'),
    ('\u{1F7F1}', '\u{1F7FF}'),
];

fn is_newer(character: char) -> bool {
    NEWER.iter().any(|&(first, last)| (first..=last).contains(&character))
}

#[test]
fn single_characters_differ_only_where_they_are_newer() {
    // Planes 2 and 3 hold nothing but ideographs, all of which the unit tests look at.
    for character in '\0'..='\u{1FFFF}' {
        // Beside letters, after a joiner, before a connector: whatever the rules tell apart joins one of them.
        let text = format!("a{character}a \u{200D}{character} {character}_"); // ZWJ
        let differs = segments(text.as_bytes()) != rivals_segments(text.as_bytes());
        assert_eq!(differs, is_newer(character), "{character:?}");
    }
}

/// Beside newer characters there is one: U+200D between a Katakana letter and a connector, which WB4 lets WB13a pass.
fn differs_outside_of_runs(text: &str) -> bool {
    text.chars().any(is_newer) || text.contains("\u{200D}_") // ZWJ
}

fn check(text: &[u8]) {
    if differs_outside_of_runs(&String::from_utf8_lossy(text)) {
        return;
    }
    let segments = segments(text);
    let want = rivals_segments(text);
    assert_eq!(shown(&segments), shown(&want), "{:?}", String::from_utf8_lossy(text));
    assert_eq!(segments, want);
    let want: Vec<&[u8]> = want.into_iter().filter(|segment| !space::trim(segment).is_empty()).collect();
    let mut tokens = Vec::new();
    OURS.for_each_token(text, |token| tokens.push(token.to_vec()));
    assert_eq!(tokens, want);
    assert_eq!(OURS.count_tokens(text), want.len() as u64);
    let mut written = Vec::new();
    OURS.write_tokens(text, b'\n', &mut written);
    assert_eq!(written, want.iter().flat_map(|token| [token, &b"\n"[..]]).collect::<Vec<_>>().concat());
}

/// Characters of every kind that the rules tell apart: the first and last of each range of complex characters, and
/// what may stand beside them.
fn character() -> impl Strategy<Value = char> {
    let ranges = [
        '\u{E01}'..='\u{E4E}',
        '\u{E81}'..='\u{EDF}',
        '\u{1000}'..='\u{109F}',
        '\u{1780}'..='\u{17DD}',
        '\u{1950}'..='\u{19DF}',
        '\u{1A20}'..='\u{1AAD}',
        '\u{3005}'..='\u{30FF}',
        '\u{4E00}'..='\u{4E40}',
        '\u{A9E0}'..='\u{A9FE}',
        '\u{AA60}'..='\u{AADF}',
        '\u{16FE2}'..='\u{16FF6}',
        '\u{20000}'..='\u{20010}',
    ];
    let others: Vec<char> =
        "ab1_.,:'\"- \u{A0}\n\r\u{300}\u{200C}\u{200D}\u{FE0F}א🇮👩가ー々ｱ〆が한अ्".chars().collect();
    prop_oneof![
        4 => proptest::char::ranges(ranges.to_vec().into()),
        1 => proptest::sample::select(others),
        1 => any::<char>(),
    ]
}

/// Words that dictionaries know, whole or cut.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "ภาษา",
        "ไทย",
        "คอมพิวเตอร์",
        "ผู้ใช้",
        "สามารถ",
        "ພາສາ",
        "ລາວ",
        "ປະເທດ",
        "ພົນລະເມືອງ",
        "မြန်မာ",
        "နိုင်ငံ",
        "စာ",
        "အာရှ",
        "ភាសាខ្មែរ",
        "ប្រទេស",
        "កម្ពុជា",
        "ព្រះរាជាណាចក្រ",
        "我们",
        "中华人民共和国",
        "北京大学",
        "龟山岛",
        "これは",
        "ください",
        "です",
        "食べる",
        "コンピューター",
        "東京都",
        "日本語",
    ];
    (proptest::sample::select(words.to_vec()), 0..12_usize).prop_map(|(word, cut)| {
        let length = word.chars().count();
        word.chars().take(if cut < length { length - cut / 2 } else { length }).collect()
    })
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_characters(text in proptest::collection::vec(character(), 0..24)) {
        check(text.into_iter().collect::<String>().as_bytes());
    }

    #[test]
    fn words_of_all_scripts(text in proptest::collection::vec(prop_oneof![4 => word(), 1 => character().prop_map(String::from)], 0..12)) {
        check(text.concat().as_bytes());
    }

    #[test]
    fn any_bytes(text in proptest::collection::vec(prop_oneof![2 => word().prop_map(String::into_bytes), 1 => proptest::collection::vec(any::<u8>(), 0..4)], 0..8), cut in 0..4_usize) {
        let text = text.concat();
        check(&text[cut.min(text.len())..]);
    }
}
