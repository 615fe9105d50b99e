//! Measures of vocabulary are those of their formulas, worked out with fifty digits: `scripts/statistics/vocabulary` recorded
//! them, and held them against lexicalrichness and SciPy.

use std::collections::HashMap;

use stats::vocabulary::{Heaps, Indices, Interpolation, Sequence, SequenceOptions, Spectrum, Zipf};

const RECORDED: &str = include_str!("../../../tests/data/statistics/vocabulary.tsv");
const ENGLISH: &[u8] = include_bytes!("../../../examples/pages/06-english-crlf-bom.txt");
const PERSIAN: &[u8] = include_bytes!("../../../examples/pages/02-persian-correct.txt");

/// How far a measure may be from the recorded one, by that or by 1, whichever is more.
const CLOSE: f64 = 1e-12;

/// How far the fit with a shift may be, whose sum of squares is flat around the best one.
const CLOSE_SHIFTED: f64 = 1e-9;

/// Words by a fixed rule, the one of the script.
fn made_up() -> Vec<Vec<u8>> {
    let mut state = 2024u64;
    let word = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (high, low) = (state >> 48, (state >> 16) % (1 << 32));
        let width = 1 << (3 + high % 11);
        format!("w{}", width + low % width).into_bytes()
    };
    (0..20_000).map(word).collect()
}

fn words(text: &[u8]) -> Vec<Vec<u8>> {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).map(<[u8]>::to_vec).collect()
}

/// Every measure of a text, by name.
fn measured(words: &[Vec<u8>]) -> HashMap<String, f64> {
    let mut numbers: HashMap<&[u8], u32> = HashMap::new();
    let mut counts: HashMap<u32, u64> = HashMap::new();
    let mut ids = Vec::new();
    for word in words {
        let next = numbers.len() as u32;
        let id = *numbers.entry(word).or_insert(next);
        *counts.entry(id).or_default() += 1;
        ids.push(id);
    }
    let spectrum: Spectrum = counts.into_values().collect();
    let indices = Indices::of(&spectrum);
    let mut all: HashMap<String, f64> = HashMap::new();
    all.insert("tokens".into(), indices.tokens as f64);
    all.insert("types".into(), indices.types as f64);
    let sequence = Sequence::of(&ids, SequenceOptions::default());
    all.extend(indices.named().into_iter().chain(sequence.named()).map(|(name, value)| (name.into(), value)));
    for (tenth, point) in (1..).zip(Interpolation::of(&spectrum).curve(10)) {
        all.insert(format!("growth_{tenth}"), point.types);
        all.insert(format!("growth_hapaxes_{tenth}"), point.hapaxes);
    }
    let heaps = Heaps::fit(&spectrum);
    all.insert("heaps_k".into(), heaps.constant);
    all.insert("heaps_beta".into(), heaps.exponent);
    all.insert("heaps_r2".into(), heaps.r_squared);
    for (name, zipf) in [("zipf", Zipf::fit(&spectrum)), ("mandelbrot", Zipf::fit_mandelbrot(&spectrum))] {
        all.insert(format!("{name}_c"), zipf.constant);
        all.insert(format!("{name}_a"), zipf.exponent);
        all.insert(format!("{name}_b"), zipf.shift);
        all.insert(format!("{name}_r2"), zipf.r_squared);
    }
    all
}

#[test]
fn every_measure_is_the_recorded_one() {
    let texts = [("english", words(ENGLISH)), ("persian", words(PERSIAN)), ("made-up", made_up())];
    for (text, words) in texts {
        let mut found = measured(&words);
        for line in RECORDED.lines().filter(|line| line.split('\t').next() == Some(text)) {
            let (_, rest) = line.split_once('\t').expect("a text");
            let (measure, wanted) = rest.split_once('\t').expect("a measure");
            let wanted: f64 = wanted.parse().expect("a number");
            let value = found.remove(measure).expect("a measure that there is");
            let slack = if measure.starts_with("mandelbrot") { CLOSE_SHIFTED } else { CLOSE };
            let off = (value - wanted).abs() / wanted.abs().max(1.0);
            assert!(off <= slack, "{text} {measure}: {value}, not {wanted}, off by {off:e}");
        }
        assert!(found.is_empty(), "{text}: not recorded: {found:?}");
    }
}
