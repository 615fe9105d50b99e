//! How fast one step is: `cargo run --release -p rewrite --example speed -- space:collapse,trim FILE…`.
//!
//! Prints megabytes a second for looking at runs of lines (`is_identity_on`), for rewriting line by line, and for both
//! as a tool does it: a run that stays as it is is not looked at line by line. The best of three passes each.

use language::Language;
use memchr::memchr_iter;
use rewrite::steps::{Controls, Dehyphenate, Digits, Entities, Letters, Space, Tags, Unwrap, Width};
use rewrite::{Rewriter, Scratch, Step};

const RUN_BYTES: usize = 256 * 1024;
const PASSES: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("which step?")?;
    let rewriter = Rewriter::new(steps(&name)?);
    for path in arguments {
        let text = std::fs::read(&path)?;
        let same = speed(&text, || each_run(&text, |run| usize::from(rewriter.is_identity_on(run))));
        let mut scratch = Scratch::default();
        let mut rewrite =
            |run: &[u8]| each_line(run, |line| usize::from(rewriter.rewrite(line, &mut scratch) != line));
        let lines = speed(&text, || rewrite(&text));
        let both = speed(&text, || {
            each_run(&text, |run| if rewriter.is_identity_on(run) { 0 } else { rewrite(run) })
        });
        println!("{name}\t{path}\truns {same}\tlines {lines}\tboth {both}");
    }
    Ok(())
}

fn steps(name: &str) -> Result<Vec<Box<dyn Step>>, Box<dyn std::error::Error>> {
    let (step_name, code) = name.split_once(':').unwrap_or((name, ""));
    let language = || Language::for_code(code).ok_or("which language?");
    Ok(match step_name {
        "letters" => {
            let letters = Letters::steps("letters", language()?.letter_rules());
            letters.into_iter().map(|step| Box::new(step) as _).collect()
        }
        _ => vec![step(name)?],
    })
}

fn step(name: &str) -> Result<Box<dyn Step>, Box<dyn std::error::Error>> {
    let (step, options) = name.split_once(':').unwrap_or((name, ""));
    Ok(match step {
        "controls" => Box::new(Controls::new()),
        "dehyphenate" => Box::new(Dehyphenate::new()),
        "digits" => Box::new(Digits::new(Digits::set(options)?)),
        "entities" => Box::new(Entities::new()),
        "space" => Box::new(Space::new(options.parse()?)),
        "width" => Box::new(Width::new()),
        "tags" => Box::new(Tags::new(options == "before-entities")),
        "unwrap" => Box::new(Unwrap::new()),
        _ => return Err(format!("no step is called '{step}'").into()),
    })
}

/// Time on the processor, which does not count that of others; what Linux tells of a thread, in nanoseconds.
fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|number| number.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

/// Megabytes a second, and what the work counted.
fn speed(text: &[u8], mut work: impl FnMut() -> usize) -> String {
    let mut best = f64::MAX;
    let mut count = 0;
    for _ in 0..PASSES {
        let start = seconds();
        count = work();
        best = best.min(seconds() - start);
    }
    format!("{:.0} ({count})", text.len() as f64 / best / 1e6)
}

fn each_run(text: &[u8], mut work: impl FnMut(&[u8]) -> usize) -> usize {
    let (mut from, mut count) = (0, 0);
    while from < text.len() {
        let end = text.len().min(from + RUN_BYTES);
        let end = memchr::memchr(b'\n', &text[end..]).map_or(text.len(), |offset| end + offset + 1);
        count += work(&text[from..end]);
        from = end;
    }
    count
}

fn each_line(run: &[u8], mut work: impl FnMut(&[u8]) -> usize) -> usize {
    let (mut from, mut count) = (0, 0);
    for end in memchr_iter(b'\n', run) {
        count += work(&run[from..end]);
        from = end + 1;
    }
    count
}
