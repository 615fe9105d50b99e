//! Builds the ZWNJ model of Persian: `build-language fa MANIFEST OUTPUT`.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use language::zwnj::build::{Options, Source, SourceKind, build};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("build-language: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [language, manifest, output] = arguments.as_slice() else {
        return Err(io::Error::other("usage: build-language fa MANIFEST OUTPUT"));
    };
    if language != "fa" {
        return Err(io::Error::other("only fa has a model"));
    }
    let folder = Path::new(manifest).parent().unwrap_or(Path::new("."));
    let text = fs::read_to_string(manifest)?;
    let mut loaded = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (Some(kind), Some(weight), Some(path)) = (
            fields.first().and_then(|name| SourceKind::named(name)),
            fields.get(1).and_then(|weights| weights_of(weights)),
            fields.get(2),
        ) else {
            return Err(io::Error::other(format!("{manifest}: not `kind weight[/weight] path licence`: {line}")));
        };
        loaded.push((kind, weight, fs::read(folder.join(path))?));
    }
    let sources: Vec<Source<'_>> =
        loaded.iter().map(|(kind, weight, bytes)| Source { kind: *kind, insert_weight: weight.0, join_weight: weight.1, bytes }).collect();
    let built = build(&sources, Options::default());
    fs::write(output, &built.bytes)?;
    for (name, count) in &built.counts {
        println!("{name}: {count}");
    }
    println!("bytes: {}", built.bytes.len());
    Ok(())
}

/// One weight for both tasks, or two: `0.5`, `1/0.2`.
fn weights_of(text: &str) -> Option<(f32, f32)> {
    let (insert, join) = text.split_once('/').unwrap_or((text, text));
    Some((insert.parse().ok()?, join.parse().ok()?))
}
