//! Texts to compare the tools with other programs on, in a folder where a script finds them by name.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::call::{Outcome, shell};
use crate::generator::generated_text;
use crate::place::{Folder, beside, pages, seeds, skipped};

/// Bytes of each generated and each real text: a debug build is done with them in a moment.
const SLICE_BYTES: usize = 150_000;

/// A comparison whose every answer is shorter than this, all together, would show nothing.
const SAID_BYTES: usize = 100;

/// Texts under names, in a folder, of lines that awk and its like understand as the tools do.
pub struct Texts {
    /// Where they are, and where scripts run.
    pub folder: Folder,
    /// Their names.
    pub names: Vec<String>,
}

impl Texts {
    /// What is at hand everywhere, and the seed pages where they lie beside the repository.
    ///
    /// # Panics
    /// When the pages cannot be read.
    pub fn new() -> Self {
        Texts::of(at_hand())
    }

    /// These, and the beginnings of the real texts that lie beside the repository.
    ///
    /// # Panics
    /// When a text is there but cannot be read.
    pub fn with_corpora() -> Self {
        let mut texts = at_hand();
        texts.extend(corpora());
        Texts::of(texts)
    }

    /// Texts of one's own. They lose CR, which for the tools is part of a line's end, and what sorts before a tab: NUL
    /// first of all, which ends awk's lines. They gain a final line end.
    pub fn of(texts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
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

    /// The folder that they are in.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What a script does, in the C locale.
    ///
    /// # Panics
    /// When it does not go well.
    #[track_caller]
    pub fn run(&self, script: &str) -> Outcome {
        let outcome = shell(&format!("export LC_ALL=C; {script}")).within(self.path()).run();
        assert_eq!(outcome.status, Some(0), "{script}: {}", outcome.err);
        outcome
    }

    /// Both scripts write the same bytes for every text; `FILE` stands for its name.
    ///
    /// # Panics
    /// When they do not, or write next to nothing.
    #[track_caller]
    pub fn agree(&self, ours: &str, theirs: &str) {
        let mut bytes = 0;
        for name in &self.names {
            let [one, two] = [ours, theirs].map(|script| self.run(&script.replace("FILE", name)).out);
            let difference = crate::difference(name, &two, &one);
            assert_eq!(difference, "", "{ours}, not as {theirs}");
            bytes += one.len();
        }
        assert!(bytes > SAID_BYTES, "{ours} says next to nothing");
    }
}

impl Default for Texts {
    fn default() -> Self {
        Texts::new()
    }
}

/// The beginning of a file that zstd compressed.
///
/// # Panics
/// When it is no such file.
pub fn unpacked(path: &Path, bytes: usize) -> Vec<u8> {
    let file = File::open(path).expect("a file can be opened");
    let mut text = Vec::new();
    let decoder = zstd::stream::read::Decoder::new(file).expect("a zstd file");
    decoder.take(bytes as u64).read_to_end(&mut text).expect("a whole zstd file");
    text
}

fn at_hand() -> Vec<(String, Vec<u8>)> {
    let mut texts = vec![
        ("empty".to_owned(), Vec::new()),
        ("blank".to_owned(), b"\n\n \n\n \n".to_vec()),
        ("letters".to_owned(), b"b\na\n\nb\nc\na\n\na\nd\n".to_vec()),
        ("generated".to_owned(), generated_text(7, SLICE_BYTES)),
        ("pages".to_owned(), joined(&pages())),
    ];
    match seeds() {
        Some(folder) => texts.push(("seeds".to_owned(), joined(&folder))),
        None => skipped("there are no seed pages beside the repository"),
    }
    texts
}

/// All files of a folder, twice, so that every line comes again.
fn joined(folder: &Path) -> Vec<u8> {
    let run = shell(&format!("cat '{}'/*.txt", folder.display())).run();
    assert_eq!(run.status, Some(0), "{}", run.err);
    [&run.out[..], &run.out].concat()
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
