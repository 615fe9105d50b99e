//! The tools' binaries: built once, found next to the test that runs.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The name of every tool: each folder of `crates` that makes a binary.
///
/// # Panics
/// When the folder cannot be read.
pub fn tools() -> Vec<String> {
    let crates = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates"));
    let folders =
        crates.expect("the folder of crates can be read").map(|entry| entry.expect("an entry").path());
    let tools = folders.filter(|folder| folder.join("src/main.rs").is_file());
    let mut names: Vec<String> =
        tools.filter_map(|folder| folder.file_name()?.to_str().map(ToOwned::to_owned)).collect();
    names.sort();
    names
}

/// The path of a tool's binary, built in the profile of the test that asks.
///
/// Cargo offers `CARGO_BIN_EXE_…` only to the package that owns the binary, and builds binaries only of packages
/// that are asked for. So the first call in a process asks cargo for all tools: a binary that is older than its
/// source would test nothing. Where there is no cargo, a binary that lies next to the test is taken as it is.
///
/// # Panics
/// When the build fails, or when there is neither cargo nor a binary.
///
/// ```no_run
/// let version = std::process::Command::new(pipelines::binary("dedupe")).arg("-V").output();
/// ```
pub fn binary(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let path = FOLDER.get_or_init(build).join(name);
    assert!(path.is_file(), "{} is not there: cargo build -p {name}", path.display());
    if name == "normalize" && is_web() { with_preset(&path) } else { path }
}

/// Whether `normalize` means `normalize --preset web` in the test that runs: in those whose name ends so.
///
/// # Panics
/// When the test has no path.
pub fn is_web() -> bool {
    let test = std::env::current_exe().expect("a running test has a path");
    // The name is followed by a hash.
    let name = test.file_name().and_then(|name| name.to_str()).and_then(|name| name.rsplit_once('-'));
    name.is_some_and(|(name, _)| name.ends_with("_web"))
}

/// A script that adds the preset, so that shells find it too.
fn with_preset(path: &Path) -> PathBuf {
    static SCRIPT: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = SCRIPT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in tools() {
            let flags = if name == "normalize" { "--preset web " } else { "" };
            let tool = path.with_file_name(&name);
            let script = format!("#!/bin/sh\nexec \"{}\" {flags}\"$@\"\n", tool.display());
            let place = folder.path().join(&name);
            std::fs::write(&place, script).expect("a script can be written");
            std::fs::set_permissions(&place, Permissions::from_mode(0o755)).expect("and made executable");
        }
        folder
    });
    folder.path().join("normalize")
}

/// Builds all tools; the folder that they are in.
fn build() -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let folder = test.parent().and_then(Path::parent).expect("tests are in target/PROFILE/deps").to_owned();
    let Some(cargo) = std::env::var_os("CARGO") else { return folder };
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(other) => other,
    };
    let mut command = Command::new(cargo);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["build", "--quiet", "--bins", "--profile", profile]);
    for name in tools() {
        command.args(["-p", &name]);
    }
    let status = command.status().expect("cargo runs");
    assert!(status.success(), "the tools do not build");
    folder
}
