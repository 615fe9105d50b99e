//! Operands: standard input, files, folders walked in byte order, lists of names; opened one at a time.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use memchr::memchr;

use crate::error::{Trouble, system_message};

/// One input: standard input or a file, with the name that messages use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    /// Position among all operands of the run, from 0.
    pub index: u64,
    /// The file, or `None` for standard input.
    pub path: Option<PathBuf>,
    /// Position of the operand that was typed, or listed, and led here, from 0: all files of a folder share it.
    pub typed: u64,
    /// Where `--out-dir` puts its output: the path below the folder that was walked, or the file's own name.
    pub mirror: PathBuf,
}

impl Operand {
    /// The name for messages and reports: the path made printable, `-` for standard input.
    pub fn name(&self) -> String {
        match &self.path {
            Some(path) => path.to_string_lossy().into_owned(),
            None => "-".to_owned(),
        }
    }
}

/// What the command line says about operands, checked.
#[derive(Debug, Clone, Default)]
pub struct SourcePlan {
    /// Operands as typed; empty means standard input (with `recursive`: the current folder).
    pub operands: Vec<OsString>,
    /// A file of NUL-terminated operand names; `-` is standard input.
    pub files0_from: Option<PathBuf>,
    /// Folders are walked.
    pub recursive: bool,
    /// Hidden files and folders are walked too.
    pub hidden: bool,
    /// Symbolic links inside folders are followed.
    pub follow: bool,
    /// Only walked files that match.
    pub include: Option<GlobSet>,
    /// Walked files and folders that match are left out.
    pub exclude: Option<GlobSet>,
}

/// Compiles glob patterns; one without a slash matches a file's name, one with a slash its path below the folder.
///
/// # Errors
/// A pattern that does not parse, named in the message.
pub fn globs(patterns: &[String]) -> Result<Option<GlobSet>, String> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anchored = if pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
        set.add(Glob::new(&anchored).map_err(|error| format!("bad pattern: {error}"))?);
    }
    set.build().map(Some).map_err(|error| format!("bad pattern: {error}"))
}

/// The operands of a run, found lazily, in order; a folder is walked as it is reached.
pub struct Operands {
    plan: SourcePlan,
    typed: std::vec::IntoIter<OsString>,
    names: Option<NameList>,
    walk: Option<(PathBuf, walkdir::IntoIter)>,
    next_index: u64,
    next_typed: u64,
}

impl Operands {
    /// Starts on a plan; nothing is opened yet.
    pub fn new(mut plan: SourcePlan) -> Self {
        let mut typed = std::mem::take(&mut plan.operands);
        if typed.is_empty() && plan.files0_from.is_none() {
            typed.push(if plan.recursive { ".".into() } else { "-".into() });
        }
        let names = plan.files0_from.clone().map(NameList::new);
        Operands { plan, typed: typed.into_iter(), names, walk: None, next_index: 0, next_typed: 0 }
    }

    fn operand(&mut self, path: Option<PathBuf>, mirror: PathBuf) -> Operand {
        let index = self.next_index;
        self.next_index += 1;
        Operand { index, path, typed: self.next_typed.saturating_sub(1), mirror }
    }

    fn next_name(&mut self) -> Option<Result<OsString, Trouble>> {
        if let Some(name) = self.typed.next() {
            return Some(Ok(name));
        }
        self.names.as_mut().and_then(NameList::next)
    }

    fn next_walked(&mut self) -> Option<Result<Operand, Trouble>> {
        let (root, walk) = self.walk.as_mut()?;
        let root = root.clone();
        loop {
            let entry = match walk.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(walk_trouble(&root, &error))),
            };
            let below = entry.path().strip_prefix(&root).unwrap_or(entry.path()).to_owned();
            if below.as_os_str().is_empty() {
                continue;
            }
            let hidden = entry.file_name().as_bytes().first() == Some(&b'.');
            let excluded = self.plan.exclude.as_ref().is_some_and(|set| set.is_match(&below));
            if (hidden && !self.plan.hidden) || excluded {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            if !entry.file_type().is_file()
                || self.plan.include.as_ref().is_some_and(|set| !set.is_match(&below))
            {
                continue;
            }
            let path = entry.into_path();
            return Some(Ok(self.operand(Some(path), below)));
        }
    }
}

impl Iterator for Operands {
    type Item = Result<Operand, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.next_walked() {
                return Some(found);
            }
            self.walk = None;
            self.next_typed += 1;
            let name = match self.next_name()? {
                Ok(name) => name,
                Err(trouble) => return Some(Err(trouble)),
            };
            if name == "-" {
                return Some(Ok(self.operand(None, PathBuf::from("stdin"))));
            }
            let path = PathBuf::from(name);
            if self.plan.recursive && path.is_dir() {
                self.walk = Some((path.clone(), walk(&path, self.plan.follow)));
                continue;
            }
            let mirror = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            return Some(Ok(self.operand(Some(path), mirror)));
        }
    }
}

/// Folders compare as if their name ended in `/`: the walk then has the byte order of whole paths.
fn walk(root: &Path, follow: bool) -> walkdir::IntoIter {
    fn key(name: &OsStr, folder: bool) -> Vec<u8> {
        let mut key = name.as_bytes().to_vec();
        if folder {
            key.push(b'/');
        }
        key
    }
    walkdir::WalkDir::new(root)
        .follow_links(follow)
        .sort_by(|a, b| {
            key(a.file_name(), a.file_type().is_dir()).cmp(&key(b.file_name(), b.file_type().is_dir()))
        })
        .into_iter()
}

fn walk_trouble(root: &Path, error: &walkdir::Error) -> Trouble {
    let path = error.path().unwrap_or(root).to_string_lossy().into_owned();
    let what = match error.io_error() {
        Some(error) => system_message(error),
        None => "symbolic links form a loop here".to_owned(),
    };
    Trouble::with_operand(path, what)
}

/// Names from `--files0-from`, read as they are needed.
struct NameList {
    path: PathBuf,
    input: Option<Box<dyn Read + Send>>,
    buffer: Vec<u8>,
    at: usize,
    done: bool,
}

impl NameList {
    fn new(path: PathBuf) -> Self {
        NameList { path, input: None, buffer: Vec::new(), at: 0, done: false }
    }

    fn next(&mut self) -> Option<Result<OsString, Trouble>> {
        loop {
            if let Some(length) = memchr(0, &self.buffer[self.at..]) {
                let name = self.buffer[self.at..self.at + length].to_vec();
                self.at += length + 1;
                if !name.is_empty() {
                    return Some(Ok(OsString::from_vec(name)));
                }
                return Some(Err(self.trouble("an empty file name")));
            }
            if self.done {
                let rest = self.buffer.split_off(self.at.min(self.buffer.len()));
                self.buffer.clear();
                self.at = 0;
                return (!rest.is_empty()).then(|| Ok(OsString::from_vec(rest)));
            }
            if let Err(error) = self.fill() {
                self.done = true;
                self.buffer.clear();
                self.at = 0;
                return Some(Err(self.trouble(&system_message(&error))));
            }
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let input = match &mut self.input {
            Some(input) => input,
            empty => {
                let opened: Box<dyn Read + Send> = if self.path.as_os_str() == "-" {
                    Box::new(io::stdin())
                } else {
                    Box::new(File::open(&self.path)?)
                };
                empty.insert(opened)
            }
        };
        self.buffer.drain(..self.at);
        self.at = 0;
        let mut block = [0; 8192];
        let length = retry(|| input.read(&mut block))?;
        self.done = length == 0;
        self.buffer.extend_from_slice(&block[..length]);
        Ok(())
    }

    fn trouble(&self, what: &str) -> Trouble {
        Trouble::with_operand(self.path.to_string_lossy(), what)
    }
}

/// Repeats a read or write that a signal interrupted.
///
/// # Errors
/// Whatever the operation returns, but `Interrupted`.
pub fn retry<T>(mut operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match operation() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(plan: SourcePlan) -> Vec<String> {
        Operands::new(plan).map(|operand| operand.expect("found").name()).collect()
    }

    #[test]
    fn nothing_typed_is_standard_input() {
        assert_eq!(names(SourcePlan::default()), ["-"]);
    }

    #[test]
    fn a_folder_is_walked_in_byte_order_of_paths() {
        let root = tempfile::tempdir().expect("temporary folder");
        for name in ["b.txt", "a/x.txt", "a-b.txt", "a/.hidden", ".secret/y.txt", "c.md"] {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("below the root")).expect("folder");
            fs::write(path, "").expect("file");
        }
        let plan = |hidden, include: &[&str], exclude: &[&str]| {
            let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
            let plan = SourcePlan {
                operands: vec![root.path().into()],
                recursive: true,
                hidden,
                include: globs(&owned(include)).expect("globs"),
                exclude: globs(&owned(exclude)).expect("globs"),
                ..SourcePlan::default()
            };
            let below: Vec<String> = Operands::new(plan)
                .map(|operand| operand.expect("found").mirror.to_string_lossy().into_owned())
                .collect();
            below
        };
        assert_eq!(plan(false, &[], &[]), ["a-b.txt", "a/x.txt", "b.txt", "c.md"]);
        assert_eq!(plan(false, &["*.txt"], &["a"]), ["a-b.txt", "b.txt"]);
        assert_eq!(plan(true, &[], &["*.md"]), [".secret/y.txt", "a-b.txt", "a/.hidden", "a/x.txt", "b.txt"]);
    }

    #[test]
    fn names_from_a_list_need_not_end_in_nul_nor_be_utf8() {
        let list = tempfile::NamedTempFile::new().expect("file");
        fs::write(list.path(), b"a b\0\xFFx\0last").expect("written");
        let plan = SourcePlan { files0_from: Some(list.path().into()), ..SourcePlan::default() };
        let found: Vec<_> = Operands::new(plan).map(|found| found.expect("name").path).collect();
        let wanted =
            [&b"a b"[..], b"\xFFx", b"last"].map(|name| Some(PathBuf::from(OsStr::from_bytes(name))));
        assert_eq!(found, wanted);
    }
}
