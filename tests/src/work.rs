//! The first law: the same bytes out for any number of threads, any chunk size and any compression of the input.

use std::path::Path;

use crate::call::{Outcome, tool};
use crate::compress::CODECS;
use crate::place::Folder;

const THREADS: [&str; 3] = ["1", "2", "8"];
const CHUNKS: [&str; 6] = ["1", "7", "64", "4K", "256K", "8M"];

/// Everything that a run says, its report included.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Whole {
    outcome: Outcome,
    report: Vec<u8>,
}

/// Runs a tool on files in every way that must make no difference; what the first way gave, or the first way that
/// gave something else.
///
/// Each file is an operand under its name. Standard output, standard error, the exit status and the report are
/// compared.
///
/// # Errors
/// A message that names the arguments and both outcomes.
pub fn same_in_every_way(name: &str, args: &[&str], files: &[(&str, &[u8])]) -> Result<Outcome, String> {
    let plain = Folder::new();
    files.iter().for_each(|(file, bytes)| drop(plain.write(file, bytes)));
    let operands: Vec<&str> = files.iter().map(|(file, _)| *file).collect();
    let reference = run(name, args, &operands, plain.path(), "1", "256K");
    for chunk in CHUNKS {
        for threads in THREADS {
            compare(&reference, &run(name, args, &operands, plain.path(), threads, chunk), || {
                format!("{name} {} -j{threads} --chunk-size {chunk}", args.join(" "))
            })?;
        }
    }
    for codec in CODECS {
        let folder = Folder::new();
        files.iter().for_each(|(file, bytes)| drop(folder.write(file, codec.compress(bytes))));
        for (threads, chunk) in [("1", "7"), ("2", "256K")] {
            compare(&reference, &run(name, args, &operands, folder.path(), threads, chunk), || {
                format!("{name} {} -j{threads} --chunk-size {chunk} < {}", args.join(" "), codec.name())
            })?;
        }
    }
    Ok(reference.outcome)
}

/// [`same_in_every_way`] for files that lie in a folder, as they are.
///
/// # Errors
/// As there.
pub fn same_for_any_work(name: &str, args: &[&str], folder: &Path) -> Result<Outcome, String> {
    let reference = run(name, args, &[], folder, "1", "256K");
    for (chunk, threads) in CHUNKS.into_iter().zip(THREADS.into_iter().cycle()) {
        compare(&reference, &run(name, args, &[], folder, threads, chunk), || {
            format!("{name} {} -j{threads} --chunk-size {chunk}", args.join(" "))
        })?;
    }
    Ok(reference.outcome)
}

fn run(name: &str, args: &[&str], operands: &[&str], folder: &Path, threads: &str, chunk: &str) -> Whole {
    let reports = Folder::new();
    let report = reports.path().join("report");
    let outcome = tool(name)
        .args(["-j", threads, "--chunk-size", chunk, "--report"])
        .args([&report])
        .args(args)
        .args(operands)
        .within(folder)
        .run();
    Whole { outcome, report: reports.read("report") }
}

fn compare(reference: &Whole, other: &Whole, said: impl FnOnce() -> String) -> Result<(), String> {
    if reference == other {
        return Ok(());
    }
    let (one, two) = (&reference.outcome, &other.outcome);
    let mut what = format!("{}:", said());
    if one.status != two.status {
        what.push_str(&format!("\n  status {:?}, not {:?}", two.status, one.status));
    }
    what.push_str(&difference("standard output", &one.out, &two.out));
    what.push_str(&difference("standard error", one.err.as_bytes(), two.err.as_bytes()));
    what.push_str(&difference("report", &reference.report, &other.report));
    Err(what)
}

/// Where two texts part, with what stands around that place; nothing if they are the same.
pub fn difference(name: &str, wanted: &[u8], got: &[u8]) -> String {
    if wanted == got {
        return String::new();
    }
    let at = wanted.iter().zip(got).take_while(|(one, two)| one == two).count();
    let near = |text: &[u8]| {
        text[at.saturating_sub(60).min(text.len())..(at + 60).min(text.len())].escape_ascii().to_string()
    };
    format!(
        "\n  {name} differs at byte {at} of {} (wanted {}):\n    wanted {}\n    got    {}",
        got.len(),
        wanted.len(),
        near(wanted),
        near(got)
    )
}

/// Fails with every message that there is.
///
/// # Panics
/// When there is one.
#[track_caller]
pub fn no_failures(failures: &[String]) {
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}
