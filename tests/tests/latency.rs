//! A line appears at the end of a pipeline without waiting for the next one.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use pipelines::{Codec, tool};

/// How many lines are sent, each after the one before has come out.
const LINES: usize = 200;

/// A line that has not come out by then waits for the next one. Far more than any line takes.
const PATIENCE: Duration = Duration::from_secs(1);

/// Tools with pipes between them, and what comes out of the last one.
struct Pipeline {
    first: ChildStdin,
    lines: Receiver<String>,
    children: Vec<Child>,
}

impl Pipeline {
    fn start(commands: &[&[&str]]) -> Self {
        let mut children: Vec<Child> = Vec::new();
        for command in commands {
            let stdin = match children.last_mut().and_then(|before| before.stdout.take()) {
                Some(pipe) => Stdio::from(pipe),
                None => Stdio::piped(),
            };
            let mut call = tool(command[0]).args(&command[1..]);
            call.command().stdin(stdin).stdout(Stdio::piped());
            children.push(call.start());
        }
        let first = children[0].stdin.take().expect("a pipe");
        let last = children.last_mut().and_then(|last| last.stdout.take()).expect("a pipe");
        let (sender, lines) = channel();
        thread::spawn(move || {
            let mut reader = BufReader::new(last);
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|length| length > 0) {
                if sender.send(std::mem::take(&mut line)).is_err() {
                    return;
                }
            }
        });
        Pipeline { first, lines, children }
    }

    /// Sends bytes; how long it takes until the line that they make comes out.
    fn send(&mut self, bytes: &[u8], wanted: &str) -> Duration {
        let start = Instant::now();
        self.first.write_all(bytes).and_then(|()| self.first.flush()).expect("the pipeline reads");
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => assert_eq!(line, wanted),
            Err(_) => panic!("'{}' has not come out after {PATIENCE:?}", wanted.trim_end()),
        }
        start.elapsed()
    }

    /// Ends the input; nothing more may come out, and every tool is content.
    fn end(mut self) {
        drop(self.first);
        assert!(self.lines.recv().is_err(), "a line too many");
        for child in &mut self.children {
            assert!(child.wait().expect("a child can be waited for").success());
        }
    }
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{what}: p50 {:?}, p99 {:?}, longest {:?}", at(50), at(99), at(100));
}

#[test]
fn a_line_does_not_wait_for_the_next_one() {
    for threads in ["-j0", "-j1", "-j2"] {
        let commands = ["normalize", "tokenize", "dedupe"].map(|name| [name, threads]);
        let mut pipeline = Pipeline::start(&commands.each_ref().map(|command| &command[..]));
        let times = (0..LINES).map(|number| {
            let line = format!("line {number}, e\u{301}\n");
            pipeline.send(line.as_bytes(), &format!("line {number} , \u{E9}\n"))
        });
        report(&format!("normalize {threads} | tokenize {threads} | dedupe {threads}"), times.collect());
        pipeline.end();
    }
}

#[test]
fn a_line_that_comes_in_two_halves_comes_out_once() {
    let mut pipeline = Pipeline::start(&[&["normalize"], &["tokenize"]]);
    for number in 0..20 {
        pipeline.first.write_all(format!("half {number} e").as_bytes()).expect("the pipeline reads");
        // A character may be cut too: the accent, and each of its bytes, comes later.
        pipeline.first.write_all(b"\xCC").expect("the pipeline reads");
        let early = pipeline.lines.recv_timeout(Duration::from_millis(5));
        assert!(early.is_err(), "{early:?} is only a half");
        pipeline.send(b"\x81\n", &format!("half {number} \u{E9}\n"));
    }
    pipeline.end();
}

#[test]
fn every_frame_moves_on_at_once() {
    for (args, line, wanted) in [
        (&["--jsonl"][..], &b"{\"text\":\"e\xCC\x81\"}\n"[..], "{\"text\":\"\u{E9}\"}\n"),
        (&["-t", ",", "--field", "2"], b"a,e\xCC\x81\n", "a,\u{E9}\n"),
        (&["--encoding", "windows-1252"], b"\xE9\n", "\u{E9}\n"),
        (&["--chunk-size", "8M"], b"e\xCC\x81\n", "\u{E9}\n"),
        (&["--chunk-size", "1"], b"e\xCC\x81\n", "\u{E9}\n"),
        (&["--invalid", "skip"], b"\xFF\ne\xCC\x81\n", "\u{E9}\n"),
        (&["--max-record", "9", "-q"], b"e\xCC\x81\n", "\u{E9}\n"),
    ] {
        for threads in ["-j1", "-j2"] {
            let mut pipeline = Pipeline::start(&[&[&["normalize", threads], args].concat()]);
            let times = (0..20).map(|_| pipeline.send(line, wanted)).collect();
            report(&format!("normalize {threads} {}", args.join(" ")), times);
            if !args.contains(&"skip") {
                pipeline.end();
            }
        }
    }
}

/// What a compressor has flushed is there to be read, and must not wait for the end of its stream.
#[test]
fn compressed_lines_move_on_when_they_are_flushed() {
    for codec in [Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2] {
        for threads in ["-j1", "-j2"] {
            let mut pipeline = Pipeline::start(&[&["normalize", threads]]);
            // Each line is a whole member: that is flushed in every format.
            let times = (0..20).map(|number| {
                let line = format!("line {number}\n");
                pipeline.send(&codec.compress(line.as_bytes()), &line)
            });
            report(&format!("normalize {threads} < {}", codec.name()), times.collect());
            pipeline.end();
        }
    }
}

#[test]
fn a_paragraph_appears_when_its_blank_line_does() {
    let mut pipeline = Pipeline::start(&[&["normalize", "--paragraphs"]]);
    for _ in 0..20 {
        pipeline.send(b"a line\n\n", "a line\n");
        let blank = pipeline.lines.recv_timeout(PATIENCE);
        assert_eq!(blank.as_deref(), Ok("\n"));
    }
    pipeline.end();
}
