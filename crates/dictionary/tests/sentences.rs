//! Sentences of every script, with the boundaries that icu_segmenter gave them once.

use dictionary::Segmenter;

#[test]
fn sentences_are_divided_as_written() {
    let segmenter = Segmenter::new();
    let cases = include_str!("data/sentences.txt").lines().filter(|line| !line.starts_with('#'));
    let mut seen = 0;
    for case in cases {
        let want: Vec<&str> = case.split('|').collect();
        let text = want.concat();
        let mut segments = Vec::new();
        segmenter.for_each_segment(text.as_bytes(), |segment| segments.push(segment.to_vec()));
        let segments: Vec<&str> =
            segments.iter().map(|segment| std::str::from_utf8(segment).unwrap()).collect();
        assert_eq!(segments, want);
        seen += 1;
    }
    assert!(seen > 20);
}

#[test]
fn a_long_run_is_divided_as_a_short_one() {
    let segmenter = Segmenter::new();
    for (word, words) in [("ภาษาไทย", 2), ("中华人民共和国", 3), ("သည်", 1), ("ខ្ញុំ", 1)]
    {
        let text = word.repeat(5000);
        let (mut count, mut length) = (0, 0);
        segmenter.for_each_token(text.as_bytes(), |token| {
            count += 1;
            length += token.len();
        });
        assert_eq!((count, length), (5000 * words, text.len()), "{word}");
        assert_eq!(segmenter.count_tokens(text.as_bytes()), count);
    }
}

#[test]
fn marks_without_end_are_one_segment() {
    let segmenter = Segmenter::new();
    for mark in ["\u{E31}", "\u{1039}\u{1000}", "\u{17D2}", "\u{EB1}"] {
        let text = format!("\u{1000}{}", mark.repeat(5000));
        let mut length = 0;
        segmenter.for_each_segment(text.as_bytes(), |segment| length = length.max(segment.len()));
        assert!(length >= text.len() - 3, "{mark:?}");
    }
}

#[test]
fn one_segmenter_serves_several_threads() {
    let segmenter = Segmenter::new();
    let counts = std::thread::scope(|scope| {
        let workers = ["ภาษาไทย", "日本語です"].map(|text| {
            let segmenter = &segmenter;
            scope.spawn(move || segmenter.count_tokens(text.as_bytes()))
        });
        workers.map(|worker| worker.join().unwrap())
    });
    assert_eq!(counts, [2, 2]);
}
