//! Cuts each line of a file with the crate unicode-segmentation, as a program that uses it would: the rival.
//!
//! usage: segment [--count] [--lines] word|sentence|grapheme FILE
//!        segment --version
//!
//! Words and graphemes are written with a space between them, or one to a line; sentences without the white space at
//! their end, one to a line; --count writes their number alone. Words that are all white space are left out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;

use unicode_segmentation::{UNICODE_VERSION, UnicodeSegmentation};

const BUFFER_BYTES: usize = 1 << 16;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--version") {
        let (major, minor, update) = UNICODE_VERSION;
        println!("unicode-segmentation 1.13.3 (Unicode {major}.{minor}.{update})");
        return ExitCode::SUCCESS;
    }
    let has = |flag: &str| words.iter().any(|word| word == flag);
    let operands: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.starts_with("--")).collect();
    let [unit, path] = operands[..] else {
        eprintln!("usage: segment [--count] [--lines] word|sentence|grapheme FILE");
        return ExitCode::from(2);
    };
    match cut(unit, path, has("--count"), has("--lines")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("segment: {error}");
            ExitCode::from(2)
        }
    }
}

fn cut(unit: &str, path: &str, counts: bool, lines: bool) -> io::Result<()> {
    let mut input = BufReader::with_capacity(BUFFER_BYTES, File::open(path)?);
    let mut output = BufWriter::with_capacity(BUFFER_BYTES, io::stdout().lock());
    let separator = if lines || unit == "sentence" { b'\n' } else { b' ' };
    let (mut line, mut written, mut total) = (String::new(), Vec::new(), 0u64);
    while input.read_line(&mut line)? != 0 {
        let text = line.strip_suffix('\n').unwrap_or(&line);
        match (unit, counts) {
            ("word", true) => total += tokens(text).count() as u64,
            ("word", false) => tokens(text).for_each(|token| push(&mut written, token, separator)),
            ("grapheme", true) => total += text.graphemes(true).count() as u64,
            ("grapheme", false) => text.graphemes(true).for_each(|each| push(&mut written, each, separator)),
            ("sentence", true) => total += sentences(text).count() as u64,
            ("sentence", false) => sentences(text).for_each(|each| push(&mut written, each, separator)),
            _ => return Err(io::Error::other(format!("no unit: {unit}"))),
        }
        if !counts && separator == b' ' {
            written.pop();
            written.push(b'\n');
        }
        output.write_all(&written)?;
        written.clear();
        line.clear();
    }
    if counts {
        writeln!(output, "{total}")?;
    }
    output.flush()
}

fn push(written: &mut Vec<u8>, piece: &str, separator: u8) {
    written.extend_from_slice(piece.as_bytes());
    written.push(separator);
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split_word_bounds().filter(|piece| !piece.chars().all(char::is_whitespace))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_sentence_bounds().map(str::trim_end).filter(|piece| !piece.is_empty())
}
