//! Lines through a scheme: `cargo run --release --example scheme -- moses:en [a] [no-escape] [detok] <text`.

use std::io::{self, BufRead, Write};

use tokenize::{Scheme, SchemeScratch};

fn main() -> io::Result<()> {
    let mut words = std::env::args().skip(1);
    let mut scheme = Scheme::parse(&words.next().unwrap_or_default()).map_err(io::Error::other)?;
    let mut undoes = false;
    for word in words {
        match (&mut scheme, word.as_str()) {
            (_, "detok") => undoes = true,
            (Scheme::Moses(moses), "a") => moses.splits_hyphens = true,
            (Scheme::Moses(moses), "no-escape") => moses.escapes = false,
            _ => return Err(io::Error::other(format!("no option is called '{word}'"))),
        }
    }
    let (mut input, mut output) = (io::stdin().lock(), io::BufWriter::new(io::stdout().lock()));
    let (mut scratch, mut line, mut out) = (SchemeScratch::default(), Vec::new(), Vec::new());
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        if undoes {
            scheme.detokenize(&mut scratch, text, &mut out);
        } else {
            scheme.for_each(&mut scratch, text, |token| {
                out.extend_from_slice(if out.is_empty() { b"" } else { b" " });
                token.write(&mut out);
            });
        }
        out.push(b'\n');
        output.write_all(&out)?;
        line.clear();
        out.clear();
    }
    output.flush()
}
