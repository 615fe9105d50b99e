//! `dedupe` beside what a person would check it with: awk, sort and a few lines of Python.

mod across;
mod bad;
mod boilerplate;
mod bounded;
mod exact;
mod near;
mod substring;

use pipelines::{Generator, Texts};

/// Lines of which two in five came before; more than a run with 64 KiB can hold the keys of.
fn many_keys() -> Texts {
    Texts::of([("many".to_owned(), lines(1, 6_000)), ("more".to_owned(), lines(2, 3_000))])
}

/// Generated lines, two in five of which came before, at any distance; some differ in case or in spaces alone.
fn lines(seed: u64, count: usize) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let mut known: Vec<String> = Vec::new();
    let mut text = Vec::new();
    for number in 0..count {
        let line = if number > 0 && generator.below(5) < 2 {
            let line = known[generator.below(known.len())].clone();
            match generator.below(6) {
                0 => line.to_uppercase(),
                1 => line.replace(' ', "   "),
                _ => line,
            }
        } else {
            format!("line {} of {seed}, the {}th", generator.number() % 1_000_000_007, number % 50)
        };
        text.extend_from_slice(line.as_bytes());
        text.push(b'\n');
        known.push(line);
    }
    text
}

/// Whether Python is there to check with.
fn has_python() -> bool {
    pipelines::has_program("python3")
}
