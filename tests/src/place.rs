//! Where tests find and leave files, and what they do where something is not there.

use std::fs;
use std::path::{Path, PathBuf};

/// An empty folder that vanishes with the test.
pub struct Folder {
    folder: tempfile::TempDir,
}

impl Folder {
    /// Makes one.
    ///
    /// # Panics
    /// When the system refuses.
    pub fn new() -> Self {
        Folder { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, and the folders that its name asks for; the whole path.
    ///
    /// # Panics
    /// When the system refuses.
    pub fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        let parent = path.parent().expect("a file is in a folder");
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, bytes)).expect("a file can be written");
        path
    }

    /// What a file holds.
    ///
    /// # Panics
    /// When it is not there.
    #[track_caller]
    pub fn read(&self, name: impl AsRef<Path>) -> Vec<u8> {
        let path = self.path().join(name);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The names in it, hidden ones too, in byte order; folders are not entered.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("the folder can be read");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Default for Folder {
    fn default() -> Self {
        Folder::new()
    }
}

/// The sample corpus of the repository.
pub fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pages")
}

/// Real pages that may lie beside the repository.
pub fn seeds() -> Option<PathBuf> {
    let folder = shared("seeds");
    folder.is_dir().then_some(folder)
}

/// What else may lie there; says so if it does not.
pub fn beside(path: &str) -> Option<PathBuf> {
    let path = shared(path);
    if !path.exists() {
        skipped(&format!("{} is not beside the repository", path.display()));
    }
    path.exists().then_some(path)
}

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path)
}

/// Says that a test, or a part of it, could not be done here.
pub fn skipped(why: &str) {
    println!("skipped: {why}");
}

/// Whether a program is installed; says so if it is not.
pub fn has_program(name: &str) -> bool {
    let found =
        ["/usr/local/bin", "/usr/bin", "/bin"].iter().any(|folder| Path::new(folder).join(name).exists());
    if !found {
        skipped(&format!("{name} is not installed"));
    }
    found
}
