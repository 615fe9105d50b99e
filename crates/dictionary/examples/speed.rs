//! How fast tokens are found in the lines of files, in MB/s, beside the plain rules and beside icu_segmenter.
//!
//! usage: cargo run --release -p dictionary --example speed FILE...

use dictionary::Segmenter;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::time::Instant;
use unicode::word;

/// Of so many rounds the fastest counts: other work on the machine only makes them slower.
const ROUNDS: usize = 40;

/// So much of a file is looked at.
const LENGTH_BYTES_MAX: usize = 1 << 20;

fn main() -> std::io::Result<()> {
    println!("file\ttokens: rules\tdictionary\tcount: rules\tdictionary\ticu_segmenter");
    let ours = Segmenter::new();
    let rival = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    for path in std::env::args().skip(1) {
        let mut text = std::fs::read(&path)?;
        text.truncate(LENGTH_BYTES_MAX);
        let lines: Vec<&[u8]> = text.split(|&byte| byte == b'\n').collect();
        let speeds = fastest(
            &lines,
            [
                &|line| tokens(|receive| word::for_each_token(line, receive)),
                &|line| tokens(|receive| ours.for_each_token(line, receive)),
                &word::count_tokens,
                &|line| ours.count_tokens(line),
                &|line| rival.segment_utf8(line).map(|end| end as u64).sum(),
            ],
        )
        .map(|seconds| format!("{:.0}", text.len() as f64 / 1e6 / seconds));
        println!("{path}\t{}", speeds.join("\t"));
    }
    Ok(())
}

/// A sum over tokens, so that none goes unseen.
fn tokens(walk: impl FnOnce(&mut dyn FnMut(&[u8]))) -> u64 {
    let mut sum = 0;
    walk(&mut |token| sum += token.len() as u64);
    sum
}

/// A sum over what is found in a line.
type Way<'a> = &'a dyn Fn(&[u8]) -> u64;

/// The seconds that the fastest round of each way took.
fn fastest<const WAYS: usize>(lines: &[&[u8]], ways: [Way; WAYS]) -> [f64; WAYS] {
    let mut best = [f64::MAX; WAYS];
    for _ in 0..ROUNDS {
        for (way, best) in ways.iter().zip(&mut best) {
            let begun = Instant::now();
            std::hint::black_box(lines.iter().map(|line| way(line)).sum::<u64>());
            *best = best.min(begun.elapsed().as_secs_f64());
        }
    }
    best
}
