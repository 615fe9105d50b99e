//! How fast dates and spans are found: `cargo run --release -p language --example spans -- fa FILE…`.
//!
//! Prints megabytes a second, the best of three passes over the lines of each file, and how many were found.

use language::dates::Dates;
use language::{Language, spans};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let code = arguments.next().ok_or("which language?")?;
    let language = Language::for_code(&code).ok_or("no such language")?;
    let dates = Dates::of(language).unwrap_or(Dates::neutral());
    for path in arguments {
        let text = std::fs::read(&path)?;
        let (mut found, mut places) = (Vec::new(), Vec::new());
        let mut of_line = |line: &[u8]| {
            dates.find(line, &mut found);
            found.len()
        };
        let date_speed = speed(&text, &mut of_line);
        let of_all = speed(&text, |line| {
            Dates::all().find(line, &mut found);
            found.len()
        });
        let span_speed = speed(&text, |line| {
            spans::find(language, line, &mut places);
            places.len()
        });
        println!("{path}\tdates {date_speed}\tof all languages {of_all}\tspans {span_speed}");
    }
    Ok(())
}

fn speed(text: &[u8], mut count: impl FnMut(&[u8]) -> usize) -> String {
    let (mut best, mut sum) = (f64::MAX, 0);
    for _ in 0..3 {
        let start = seconds();
        sum = text.split(|&byte| byte == b'\n').map(&mut count).sum();
        best = best.min(seconds() - start);
    }
    format!("{:.0} MB/s, {sum}", text.len() as f64 / 1e6 / best)
}

/// Time on the processor, which does not count that of others; what Linux tells of a thread, in nanoseconds.
fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|number| number.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}
