//! Says the measures of vocabulary of a file's words, which stand between white space: `scripts/statistics/vocabulary` holds
//! them against those of libraries.

use std::collections::HashMap;

use stats::vocabulary::{Heaps, Indices, Interpolation, Sequence, SequenceOptions, Spectrum, Zipf};

fn main() -> std::io::Result<()> {
    let path = std::env::args_os().nth(1).unwrap_or_else(|| "/dev/stdin".into());
    let text = std::fs::read(path)?;
    let (mut numbers, mut counts, mut ids) = (HashMap::new(), Vec::new(), Vec::new());
    for word in text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
        let next = counts.len();
        let id = *numbers.entry(word).or_insert(next);
        if id == next {
            counts.push(0u64);
        }
        counts[id] += 1;
        ids.push(id as u32);
    }
    let spectrum: Spectrum = counts.into_iter().collect();
    let say = |name: &str, value: f64| println!("{name}\t{value}");
    for (name, value) in Indices::of(&spectrum).named() {
        say(name, value);
    }
    for (name, value) in Sequence::of(&ids, SequenceOptions::default()).named() {
        say(name, value);
    }
    for (tenth, point) in (1..).zip(Interpolation::of(&spectrum).curve(10)) {
        say(&format!("growth_{tenth}"), point.types);
        say(&format!("growth_hapaxes_{tenth}"), point.hapaxes);
    }
    let heaps = Heaps::fit(&spectrum);
    say("heaps_k", heaps.constant);
    say("heaps_beta", heaps.exponent);
    say("heaps_r2", heaps.r_squared);
    for (name, zipf) in [("zipf", Zipf::fit(&spectrum)), ("mandelbrot", Zipf::fit_mandelbrot(&spectrum))] {
        say(&format!("{name}_c"), zipf.constant);
        say(&format!("{name}_a"), zipf.exponent);
        say(&format!("{name}_b"), zipf.shift);
        say(&format!("{name}_r2"), zipf.r_squared);
    }
    Ok(())
}
