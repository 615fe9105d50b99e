//! Restores ZWNJ line by line: `zwnj [--mode insert|join|both] [--confidence P] [--model FILE] < in > out`.

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::{env, fs};

use language::zwnj::{CONFIDENCE, Kind, Restorer, Scratch};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("zwnj: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let (mut mode, mut confidence, mut restorer) = ("both".to_owned(), CONFIDENCE, None);
    let mut arguments = env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let value = arguments.next().ok_or_else(|| io::Error::other("a flag without a value"))?;
        match flag.as_str() {
            "--mode" => mode = value,
            "--confidence" => confidence = value.parse().map_err(io::Error::other)?,
            "--model" => restorer = Some(Restorer::from_bytes(&fs::read(value)?).map_err(io::Error::other)?),
            _ => return Err(io::Error::other(format!("unknown flag {flag}"))),
        }
    }
    let restorer = restorer.unwrap_or_else(Restorer::builtin);
    let mut text = Vec::new();
    io::stdin().read_to_end(&mut text)?;
    let mut scratch = Scratch::default();
    let mut output = Vec::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let mut written = 0;
        restorer.for_each_change_with(&mut scratch, line, confidence, |range, replacement, kind| {
            if (mode == "insert" && kind != Kind::Insert) || (mode == "join" && kind == Kind::Insert) {
                return;
            }
            output.extend_from_slice(&line[written..range.start]);
            output.extend_from_slice(replacement);
            written = range.end;
        });
        output.extend_from_slice(&line[written..]);
    }
    io::stdout().write_all(&output)
}
