//! Ids of every line of standard input, or how many: `encode MODEL [--count] [--ranges] [--special] [--encoding NAME]`.
//!
//! With `--count` the pieces of all lines are counted, and the seconds that took are told on standard error.

use std::io::{self, BufWriter, Read, Write};
use std::time::Instant;

use subword::{Model, Scratch, Settings};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which model?")?;
    let (mut is_count, mut has_ranges, mut settings) = (false, false, Settings::default());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--count" => is_count = true,
            "--ranges" => has_ranges = true,
            "--special" => settings.special_tokens = true,
            "--encoding" => settings.encoding = arguments.next(),
            other => return Err(format!("what is {other}?").into()),
        }
    }
    let model = Model::open_with(&std::fs::read(&path)?, &path, &settings)?;
    let mut text = Vec::new();
    io::stdin().read_to_end(&mut text)?;
    let mut scratch = Scratch::default();
    let text = text.strip_suffix(b"\n").unwrap_or(&text);
    let lines = text.split(|&byte| byte == b'\n');
    if is_count {
        let start = Instant::now();
        let count: u64 = lines.map(|line| model.count(&mut scratch, line)).sum();
        println!("{count}");
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{seconds:.3} s, {:.1} MB/s", text.len() as f64 / seconds / 1e6);
        return Ok(());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut row = String::new();
    for line in lines {
        row.clear();
        model.encode(&mut scratch, line, |piece| {
            row.push_str(&piece.id.to_string());
            if has_ranges {
                row.push_str(&format!("@{}-{}", piece.range.start, piece.range.end));
            }
            row.push(' ');
        });
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(out.flush()?)
}
