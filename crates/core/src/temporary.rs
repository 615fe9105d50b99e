//! Files that appear whole or not at all, whatever stops the run.
//!
//! Where the system can, an output has no name until it is complete (`O_TMPFILE`): even `kill -9` leaves nothing
//! behind. Elsewhere it has a temporary name, which a signal's handler removes.

use std::ffi::OsString;
use std::fs::{File, Permissions};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};

/// What a signal must leave behind: nothing. Ends the process with 128 + the signal's number.
#[derive(Debug, Default)]
pub struct Cleanup {
    /// No temporary names exist: a signal may end the process at once.
    immediate: Arc<AtomicBool>,
    names: Mutex<Vec<PathBuf>>,
}

impl Cleanup {
    /// Answers SIGINT with exit status 130 and SIGTERM with 143 from now on.
    ///
    /// # Errors
    /// When the system refuses the handlers.
    pub fn install() -> io::Result<Arc<Self>> {
        let cleanup = Arc::new(Cleanup::default());
        cleanup.immediate.store(true, Ordering::SeqCst);
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register_conditional_shutdown(
                signal,
                128 + signal,
                Arc::clone(&cleanup.immediate),
            )?;
        }
        Ok(cleanup)
    }

    /// Remembers a temporary name; the first one starts a thread that waits for signals.
    fn remember(self: &Arc<Self>, name: &Path) -> io::Result<()> {
        self.lock().push(name.to_owned());
        if self.immediate.swap(false, Ordering::SeqCst) {
            let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
            let cleanup = Arc::clone(self);
            std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
                if let Some(signal) = signals.forever().next() {
                    for name in cleanup.lock().iter() {
                        let _ = std::fs::remove_file(name);
                    }
                    std::process::exit(128 + signal);
                }
            })?;
        }
        Ok(())
    }

    fn forget(&self, name: &Path) {
        self.lock().retain(|known| known != name);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<PathBuf>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file on its way to a name. Dropped without `commit`, it leaves nothing.
#[derive(Debug)]
pub struct PendingFile {
    target: PathBuf,
    /// The temporary name; `None` for a file without one.
    named: Option<Named>,
}

#[derive(Debug)]
struct Named {
    path: tempfile::TempPath,
    cleanup: Arc<Cleanup>,
}

impl Drop for Named {
    fn drop(&mut self) {
        self.cleanup.forget(&self.path);
    }
}

/// Opens an output by its name: a file that will replace what is there, or the device, pipe or open stream that the name
/// stands for, which is written to at once.
///
/// # Errors
/// Whatever the system says.
pub fn open_output(path: &Path, cleanup: &Arc<Cleanup>) -> io::Result<(File, Option<PendingFile>)> {
    // /dev/stderr may lead to a regular file, which others write to as well: it must not be replaced, nor its beginning
    // be written over.
    if is_open_stream(path) || std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Ok((File::options().append(true).open(path)?, None));
    }
    // A link stays a link: the file behind it is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    PendingFile::create(&target, cleanup).map(|(file, pending)| (file, Some(pending)))
}

/// Whether a name stands for a stream that is open already.
pub fn is_open_stream(path: &Path) -> bool {
    let is_process = path.starts_with("/proc") && path.components().any(|part| part.as_os_str() == "fd");
    is_process
        || path == Path::new("/dev/stdout")
        || path == Path::new("/dev/stderr")
        || path.starts_with("/dev/fd")
}

impl PendingFile {
    /// Creates the file in the target's folder, with the mode (and, where allowed, the owner) of a target that exists.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn create(target: &Path, cleanup: &Arc<Cleanup>) -> io::Result<(File, Self)> {
        let folder = folder_of(target);
        let (file, named) = match nameless(folder)? {
            Some(file) => (file, None),
            None => {
                let temporary = tempfile::Builder::new()
                    .prefix(".sluice-")
                    .permissions(Permissions::from_mode(0o666))
                    .tempfile_in(folder)?;
                let (file, path) = temporary.into_parts();
                cleanup.remember(&path)?;
                (file, Some(Named { path, cleanup: Arc::clone(cleanup) }))
            }
        };
        if let Ok(metadata) = std::fs::metadata(target) {
            // Only root may give files away; anyone else keeps what they create.
            let _ = fchown(&file, Some(metadata.uid()), Some(metadata.gid()));
            file.set_permissions(Permissions::from_mode(metadata.mode() & 0o7777))?;
        }
        Ok((file, PendingFile { target: target.to_owned(), named }))
    }

    /// Gives the complete file its name, in one step.
    ///
    /// # Errors
    /// Whatever the system says; then the target is as it was.
    pub fn commit(mut self, file: &File) -> io::Result<()> {
        match self.named.take() {
            Some(named) => std::fs::rename(&named.path, &self.target),
            None => link(file, &self.target),
        }
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A file without a name, where system and file system have such.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> io::Result<Option<File>> {
    use nix::errno::Errno;
    use nix::fcntl::{OFlag, open};
    use nix::sys::stat::Mode;
    if !Path::new("/proc/self/fd").exists() {
        return Ok(None);
    }
    let flags = OFlag::O_TMPFILE | OFlag::O_WRONLY | OFlag::O_CLOEXEC;
    match open(folder, flags, Mode::from_bits_truncate(0o666)) {
        Ok(file) => Ok(Some(File::from(file))),
        Err(Errno::EOPNOTSUPP | Errno::EISDIR | Errno::EINVAL) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn nameless(_folder: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// Links a nameless file next to its target, then renames it over the target.
#[cfg(target_os = "linux")]
fn link(file: &File, target: &Path) -> io::Result<()> {
    use nix::fcntl::{AT_FDCWD, AtFlags};
    let open_file = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    let folder = folder_of(target);
    for attempt in 0..1000 {
        let mut name = OsString::from(".sluice-");
        name.push(format!("{}-{attempt}", std::process::id()));
        let temporary = folder.join(name);
        match nix::unistd::linkat(AT_FDCWD, &open_file, AT_FDCWD, &temporary, AtFlags::AT_SYMLINK_FOLLOW) {
            Ok(()) => {
                return std::fs::rename(&temporary, target).inspect_err(|_| {
                    let _ = std::fs::remove_file(&temporary);
                });
            }
            Err(nix::errno::Errno::EEXIST) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "no free temporary name"))
}

#[cfg(not(target_os = "linux"))]
fn link(_file: &File, _target: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "files without a name exist on Linux only"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn create(target: &Path) -> (File, PendingFile) {
        PendingFile::create(target, &Arc::new(Cleanup::default())).expect("created")
    }

    #[test]
    fn nothing_appears_before_the_commit_and_the_mode_stays() {
        let folder = tempfile::tempdir().expect("folder");
        let target = folder.path().join("out");
        std::fs::write(&target, "old").expect("written");
        std::fs::set_permissions(&target, Permissions::from_mode(0o640)).expect("mode");
        let (mut file, pending) = create(&target);
        file.write_all(b"new").expect("written");
        assert_eq!(std::fs::read(&target).expect("read"), b"old");
        pending.commit(&file).expect("committed");
        assert_eq!(std::fs::read(&target).expect("read"), b"new");
        assert_eq!(std::fs::metadata(&target).expect("there").mode() & 0o777, 0o640);
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 1);
    }

    #[test]
    fn a_link_stays_a_link_and_a_stream_is_not_replaced() {
        let folder = tempfile::tempdir().expect("folder");
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        std::fs::write(&target, "old").expect("written");
        std::os::unix::fs::symlink(&target, &link).expect("linked");
        let cleanup = Arc::new(Cleanup::default());
        let (mut file, pending) = open_output(&link, &cleanup).expect("opened");
        file.write_all(b"new").expect("written");
        pending.expect("on its way").commit(&file).expect("committed");
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&target).expect("read"), b"new");
        let stream = File::options().append(true).open(&target).expect("opened");
        let name = PathBuf::from(format!("/proc/self/fd/{}", stream.as_raw_fd()));
        let (mut file, pending) = open_output(&name, &cleanup).expect("opened");
        assert!(pending.is_none());
        file.write_all(b"er").expect("written");
        assert_eq!(std::fs::read(&target).expect("read"), b"newer");
        assert!(is_open_stream(Path::new("/dev/stderr")) && is_open_stream(Path::new("/dev/fd/2")));
        assert!(!is_open_stream(Path::new("/dev/shm/out")) && !is_open_stream(Path::new("/development/out")));
    }

    #[test]
    fn a_dropped_file_leaves_nothing() {
        let folder = tempfile::tempdir().expect("folder");
        drop(create(&folder.path().join("out")));
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 0);
    }
}
