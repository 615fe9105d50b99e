//! `dedupe` beside what a person would check it with: awk, sort and a few lines of Python.

mod across;
mod bad;
mod boilerplate;
mod bounded;
mod exact;
mod near;
mod substring;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use pipelines::{Folder, Generator, Outcome, generated_text, pages, seeds, shell, skipped};

/// Bytes of each real text: a debug build is done with them in a moment.
const SLICE_BYTES: usize = 150_000;

/// Texts under names, in a folder, of lines that awk understands as `dedupe` does.
struct Texts {
    folder: Folder,
    names: Vec<String>,
}

impl Texts {
    /// Generated text, the pages of the repository, and what real text lies beside it.
    fn new() -> Self {
        let mut texts = vec![
            ("empty".to_owned(), Vec::new()),
            ("letters".to_owned(), b"b\na\n\nb\nc\na\n\na\nd\n".to_vec()),
            ("generated".to_owned(), generated_text(7, SLICE_BYTES)),
            ("pages".to_owned(), joined(&pages())),
        ];
        match seeds() {
            Some(folder) => texts.push(("seeds".to_owned(), joined(&folder))),
            None => skipped("there are no seed pages beside the repository"),
        }
        texts.extend(corpora());
        Texts::of(texts)
    }

    /// Texts without CR, which `dedupe` takes for a part of a line's end, and without NUL, which ends awk's lines.
    fn of(texts: Vec<(String, Vec<u8>)>) -> Self {
        let folder = Folder::new();
        let mut names = Vec::new();
        for (name, mut text) in texts {
            text.retain(|&byte| byte != b'\r' && byte >= b'\t');
            if text.last().is_some_and(|&last| last != b'\n') {
                text.push(b'\n');
            }
            folder.write(&name, text);
            names.push(name);
        }
        Texts { folder, names }
    }

    /// Lines of which two in five came before; more than a run with 64 KiB can hold the keys of.
    fn of_many_keys() -> Self {
        Texts::of(vec![("many".to_owned(), lines(1, 6_000)), ("more".to_owned(), lines(2, 3_000))])
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What a script does, which must go well.
    #[track_caller]
    fn run(&self, script: &str) -> Outcome {
        let outcome = shell(&format!("export LC_ALL=C; {script}")).within(self.path()).run();
        assert_eq!(outcome.status, Some(0), "{script}: {}", outcome.err);
        outcome
    }

    /// Both scripts write the same bytes for every text; `FILE` stands for its name.
    #[track_caller]
    fn agree(&self, ours: &str, theirs: &str) {
        let mut bytes = 0;
        for name in &self.names {
            let [one, two] = [ours, theirs].map(|script| self.run(&script.replace("FILE", name)).out);
            let difference = pipelines::difference(name, &two, &one);
            assert_eq!(difference, "", "{ours}, not as {theirs}");
            bytes += one.len();
        }
        assert!(bytes > 100, "{ours} says next to nothing");
    }
}

/// Generated lines, two in five of which came before, at any distance; some differ in case or in spaces alone.
fn lines(seed: u64, count: usize) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let mut known: Vec<String> = Vec::new();
    let mut text = Vec::new();
    for number in 0..count {
        let line = if number > 0 && generator.below(5) < 2 {
            let line = known[generator.below(known.len())].clone();
            match generator.below(6) {
                0 => line.to_uppercase(),
                1 => line.replace(' ', "   "),
                _ => line,
            }
        } else {
            format!("line {} of {seed}, the {}th", generator.number() % 1_000_000_007, number % 50)
        };
        text.extend_from_slice(line.as_bytes());
        text.push(b'\n');
        known.push(line);
    }
    text
}

/// All files of a folder, twice, so that every line comes again.
fn joined(folder: &Path) -> Vec<u8> {
    let run = shell(&format!("cat '{}'/*.txt", folder.display())).run();
    assert_eq!(run.status, Some(0), "{}", run.err);
    [&run.out[..], &run.out].concat()
}

/// What may lie beside the repository.
fn beside(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if !path.exists() {
        skipped(&format!("{} is not beside the repository", path.display()));
    }
    path.exists().then_some(path)
}

/// The beginning of a compressed file.
fn unpacked(path: &Path, bytes: usize) -> Vec<u8> {
    let file = File::open(path).expect("a file can be opened");
    let mut text = Vec::new();
    let decoder = zstd::stream::read::Decoder::new(file).expect("a zstd file");
    decoder.take(bytes as u64).read_to_end(&mut text).expect("a whole zstd file");
    text
}

/// The beginning of each real text, its first half twice.
fn corpora() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = beside("corpora") else { return Vec::new() };
    let slice = |name: &str| {
        let text = unpacked(&folder.join(format!("{name}.txt.zst")), SLICE_BYTES);
        (name.to_owned(), [&text[..], b"\n", &text[..SLICE_BYTES / 2]].concat())
    };
    ["en", "fa-modern", "fa-classic", "multi"].map(slice).to_vec()
}

/// Whether Python is there to check with.
fn has_python() -> bool {
    pipelines::has_program("python3")
}
