//! How fast spans are found, beside the words of UAX #29: `protect FILE…`, in MB/s of one core, lines being records.

use std::hint::black_box;

use tokenize::{Kind, KindSet, Protector, Spans};

const ROUNDS: usize = 5;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let text = std::fs::read(&path)?;
        let words = |part: &[u8]| unicode::word::for_each_token(part, |word| _ = black_box(word));
        println!("{path}");
        report("words", &text, |line| words(line));
        let kinds = Kind::ALL.map(|kind| (kind.name(), KindSet::NONE.with(kind)));
        for (name, kinds) in kinds.into_iter().chain([("all", KindSet::ALL)]) {
            let (protector, mut spans) = (Protector::new(kinds), Spans::default());
            report(name, &text, |line| {
                protector.for_each(None, line, &mut spans, |span| drop(black_box(span)))
            });
        }
        let (protector, mut spans) = (Protector::new(KindSet::ALL), Spans::default());
        report("all, and the words between", &text, |line| {
            let mut from = 0;
            protector.for_each(None, line, &mut spans, |span| {
                words(&line[from..span.range.start]);
                from = span.range.end;
            });
            words(&line[from..]);
        });
        let (protector, mut spans) = (Protector::new(KindSet::ALL), Spans::default());
        let begin = seconds();
        protector.for_each(None, &text, &mut spans, |span| drop(black_box(span)));
        println!("  {:>6.0}  all, the file as one record", text.len() as f64 / (seconds() - begin) / 1e6);
    }
    Ok(())
}

fn report(name: &str, text: &[u8], mut look: impl FnMut(&[u8])) {
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let begin = seconds();
        text.split(|&byte| byte == b'\n').for_each(&mut look);
        best = best.min(seconds() - begin);
    }
    println!("  {:>6.0}  {name}", text.len() as f64 / best / 1e6);
}

/// Time on the processor, which does not count that of others; what Linux tells of a thread, in nanoseconds.
fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|number| number.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}
