//! A process under test: what it gets, what it gives, and how long it may take.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::binary::binary;

/// A process that is not done by then hangs: no test is meant to be near this.
const DEADLINE: Duration = Duration::from_secs(60);

/// A tool with its arguments and its standard input.
///
/// It gets an empty environment: nothing that a tool does may depend on more.
pub struct Call {
    command: Command,
    said: String,
    input: Vec<u8>,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The exit status; `None` if a signal ended the process.
    pub status: Option<i32>,
    /// The signal that ended the process.
    pub signal: Option<i32>,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub err: String,
}

/// A call of a tool.
///
/// ```no_run
/// let outcome = pipelines::tool("dedupe").args(["-c"]).input("a\na\n").run();
/// assert_eq!(outcome.out, b"      2 a\n");
/// ```
pub fn tool(name: &str) -> Call {
    Call::new(Command::new(binary(name)), name)
}

/// A call of `sh -c script`, in which every tool can be named as a person would.
pub fn shell(script: &str) -> Call {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    let mut call = Call::new(command, script);
    let tools = binary("normalize").parent().map(Path::to_owned).expect("a binary is in a folder");
    call.command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", tools.display()));
    call
}

impl Call {
    fn new(mut command: Command, said: &str) -> Self {
        command.env_clear();
        Call { command, said: said.to_owned(), input: Vec::new() }
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        for arg in args {
            self.said.push(' ');
            self.said.push_str(&arg.as_ref().to_string_lossy());
            self.command.arg(arg);
        }
        self
    }

    /// What standard input holds; without this it is empty.
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// The folder to run in.
    pub fn within(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs to the end.
    ///
    /// # Panics
    /// When the process cannot be started or does not end in time.
    pub fn run(mut self) -> Outcome {
        let stdin = if self.input.is_empty() { Stdio::null() } else { Stdio::piped() };
        self.command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.start();
        if let Some(mut pipe) = child.stdin.take() {
            let input = std::mem::take(&mut self.input);
            // A process that has seen enough closes its input: that is for the test to judge.
            thread::spawn(move || drop(pipe.write_all(&input)));
        }
        let out = collect(child.stdout.take());
        let err = collect(child.stderr.take());
        let end = Instant::now() + DEADLINE;
        let mut wait = |bytes: &Receiver<Vec<u8>>| {
            bytes.recv_timeout(end.saturating_duration_since(Instant::now())).unwrap_or_else(|_| {
                let _ = child.kill();
                panic!("{}: not done after {DEADLINE:?}", self.said);
            })
        };
        let (out, err) = (wait(&out), wait(&err));
        let status = child.wait().expect("a child can be waited for");
        Outcome {
            status: status.code(),
            signal: status.signal(),
            out,
            err: String::from_utf8_lossy(&err).into_owned(),
        }
    }

    /// Starts the process with the streams that the test has prepared on [`Call::command`].
    ///
    /// # Panics
    /// When the process cannot be started.
    pub fn start(&mut self) -> Child {
        self.command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.said))
    }

    /// The process to be, for tests that hold its streams themselves.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }
}

impl Outcome {
    /// Standard output as text, for messages and for tests of text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// Checks all of the outcome; `err` are words that standard error must hold, none means that it is empty.
    ///
    /// # Panics
    /// When something else came out.
    #[track_caller]
    pub fn is(&self, status: i32, out: impl AsRef<[u8]>, err: &[&str]) -> &Self {
        let wanted = String::from_utf8_lossy(out.as_ref());
        assert_eq!(self.text(), wanted, "standard output; standard error: {}", self.err);
        assert!(self.out == out.as_ref(), "bytes that are no text: {:?}, not {:?}", self.out, out.as_ref());
        self.says(err);
        assert_eq!((self.status, self.signal), (Some(status), None), "standard error: {}", self.err);
        self
    }

    /// Checks standard error alone, as [`Outcome::is`] does.
    ///
    /// # Panics
    /// When it says something else.
    #[track_caller]
    pub fn says(&self, err: &[&str]) -> &Self {
        if err.is_empty() {
            assert_eq!(self.err, "", "nothing should be said");
        }
        for words in err {
            assert!(self.err.contains(words), "'{words}' is not said, but: {}", self.err);
        }
        self
    }
}

fn collect(stream: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            stream.read_to_end(&mut bytes).expect("a pipe can be read");
        }
        // A test that has given up does not listen.
        let _ = sender.send(bytes);
    });
    receiver
}

/// Waits for something that another process does.
///
/// # Panics
/// When it has not happened by the deadline.
#[track_caller]
pub fn wait_until(what: &str, mut happened: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !happened() {
        assert!(Instant::now() < end, "{what}: not after {DEADLINE:?}");
        thread::sleep(Duration::from_millis(1));
    }
}
