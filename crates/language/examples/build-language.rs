//! Builds the ZWNJ model of Persian: `build-language fa MANIFEST CORPORA OUTPUT`.

use std::path::{Path, PathBuf};
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
    let [language, manifest, corpora, output] = arguments.as_slice() else {
        return Err(io::Error::other("usage: build-language fa MANIFEST CORPORA OUTPUT"));
    };
    if language != "fa" {
        return Err(io::Error::other(format!("{language}: only fa has a ZWNJ model")));
    }
    let text = fs::read_to_string(manifest).map_err(|error| named(manifest, &error))?;
    let mut loaded = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let entry = entry_of(line)
            .ok_or_else(|| io::Error::other(format!("{manifest}: not `kind weight file licence`: {line}")))?;
        let path = place_of(&entry, Path::new(manifest), Path::new(corpora));
        let bytes = fs::read(&path).map_err(|error| named(&path.to_string_lossy(), &error))?;
        loaded.push((entry, bytes));
    }
    let sources: Vec<Source<'_>> = loaded
        .iter()
        .map(|(entry, bytes)| Source {
            kind: entry.kind,
            insert_weight: entry.weights.0,
            join_weight: entry.weights.1,
            bytes,
        })
        .collect();
    let name = text.lines().find_map(|line| line.strip_prefix("# name: ")).unwrap_or(language);
    let built = build(&sources, Options { name: name.trim(), ..Options::default() });
    fs::write(output, &built.bytes).map_err(|error| named(output, &error))?;
    for (name, count) in &built.counts {
        println!("{name}: {count}");
    }
    println!("bytes: {}", built.bytes.len());
    Ok(())
}

/// One line of a manifest.
struct Entry {
    kind: SourceKind,
    weights: (f32, f32),
    file: String,
}

fn entry_of(line: &str) -> Option<Entry> {
    let mut fields = line.split_whitespace();
    let kind = SourceKind::named(fields.next()?)?;
    let weights = weights_of(fields.next()?)?;
    let file = fields.next()?.to_owned();
    // A source without a licence is no source.
    fields.next()?;
    Some(Entry { kind, weights, file })
}

/// One weight for both tasks, or two: `0.5`, `1/0.2`.
fn weights_of(text: &str) -> Option<(f32, f32)> {
    let (insert, join) = text.split_once('/').unwrap_or((text, text));
    Some((insert.parse().ok()?, join.parse().ok()?))
}

fn place_of(entry: &Entry, manifest: &Path, corpora: &Path) -> PathBuf {
    let folder =
        if entry.file.starts_with("./") { manifest.parent().unwrap_or(Path::new(".")) } else { corpora };
    folder.join(&entry.file)
}

fn named(name: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{name}: {error}"))
}
