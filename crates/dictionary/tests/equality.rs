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

fn check(text: &[u8]) {
    let segments = segments(text);
    let want = rivals_segments(text);
    assert_eq!(shown(&segments), shown(&want), "{:?}", String::from_utf8_lossy(text));
    assert_eq!(segments, want);
    let want: Vec<&[u8]> = want.into_iter().filter(|segment| !space::trim(segment).is_empty()).collect();
    let mut tokens = Vec::new();
    OURS.for_each_token(text, |token| tokens.push(token.to_vec()));
    assert_eq!(tokens, want);
    assert_eq!(OURS.count_tokens(text), want.len() as u64);
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
    let cases = if cfg!(debug_assertions) { 3_000 } else { 200_000 };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
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
