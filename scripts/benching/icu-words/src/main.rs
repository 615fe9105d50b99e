//! Divides each line of a file with icu_segmenter's dictionary segmenter, as a program that uses it would: the rival.
//!
//! usage: icu-words [--count] FILE
//!
//! Without `--count`, the tokens of a line on one line with a space between them, as `tokenize` writes them; with it,
//! how many there are in all.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--version"] {
        println!("icu-words {} (icu_segmenter 2.4)", env!("CARGO_PKG_VERSION"));
        return Ok(());
    }
    let path = arguments.pop().expect("usage: icu-words [--count] FILE");
    let text = std::fs::read(path)?;
    let text = String::from_utf8_lossy(&text);
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut count = 0;
    for line in text.lines() {
        let (mut start, mut separator) = (0, "");
        for end in segmenter.segment_str(line).skip(1) {
            let segment = &line[start..end];
            start = end;
            if segment.chars().all(char::is_whitespace) {
                continue;
            }
            count += 1;
            if arguments.is_empty() {
                write!(out, "{separator}{segment}")?;
                separator = " ";
            }
        }
        if arguments.is_empty() {
            out.write_all(b"\n")?;
        }
    }
    if !arguments.is_empty() {
        writeln!(out, "{count}")?;
    }
    out.flush()
}
