//! One line of half a gigabyte: an error that names it, or a record that takes four times its size and no more.

use std::io::{Read, Write};
use std::process::{ChildStdout, Stdio};
use std::thread;

use pipelines::tool;

const LINE_BYTES: usize = 512 << 20;
const BLOCK: &[u8; 4096] = &[b'x'; 4096];

struct Huge {
    status: Option<i32>,
    err: String,
    /// How long each line of the output is.
    lengths: Vec<usize>,
    /// The most memory that was resident, in bytes.
    resident_bytes_max: usize,
}

/// Feeds a short line, `lines` of `line_bytes`, and another short one.
fn run(args: &[&str], lines: usize, line_bytes: usize) -> Huge {
    let mut call = tool("normalize").args(args);
    call.command().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = call.start();
    let process = child.id();
    let mut pipe = child.stdin.take().expect("a pipe");
    let feeder = thread::spawn(move || {
        let mut resident = 0;
        pipe.write_all(b"before\n").expect("the tool reads");
        for _ in 0..lines {
            for block in 0..line_bytes / BLOCK.len() {
                pipe.write_all(BLOCK).expect("the tool reads");
                if block % 256 == 0 {
                    resident = resident_bytes_max(process);
                }
            }
            pipe.write_all(b"\n").expect("the tool reads");
        }
        pipe.write_all(b"after\n").expect("the tool reads");
        resident
    });
    let out = child.stdout.take().expect("a pipe");
    let lengths = thread::spawn(move || line_lengths(out, process));
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
    let fed = feeder.join().expect("the line can be fed");
    let (lengths, seen) = lengths.join().expect("the output can be read");
    let status = child.wait().expect("a child can be waited for").code();
    Huge { status, err, lengths, resident_bytes_max: fed.max(seen) }
}

fn line_lengths(mut out: ChildStdout, process: u32) -> (Vec<usize>, usize) {
    let mut lengths = vec![0];
    let mut resident = 0;
    let mut block = vec![0; 1 << 20];
    loop {
        resident = resident.max(resident_bytes_max(process));
        let length = out.read(&mut block).expect("a pipe can be read");
        if length == 0 {
            assert_eq!(lengths.pop(), Some(0), "the last line has its end");
            return (lengths, resident);
        }
        let mut pieces = block[..length].split(|&byte| byte == b'\n').map(<[u8]>::len);
        *lengths.last_mut().expect("never empty") += pieces.next().unwrap_or_default();
        lengths.extend(pieces);
    }
}

/// The high-water mark of resident memory, as the system keeps it; 0 once the process has gone.
fn resident_bytes_max(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok());
    kibibytes.unwrap_or_default() * 1024
}

#[test]
#[ignore = "half a gigabyte through a pipe: make test-large"]
fn a_line_beyond_the_limit_is_named_and_its_neighbours_survive() {
    for threads in ["-j1", "-j2"] {
        for policy in [&[][..], &["--oversize", "skip"], &["--oversize", "pass"]] {
            let huge = run(&[&[threads], policy].concat(), 1, LINE_BYTES);
            let megabytes = huge.resident_bytes_max >> 20;
            println!("{threads} {policy:?}: {megabytes} MiB resident");
            if policy.is_empty() {
                assert_eq!(huge.status, Some(2));
                let place = "normalize: -: record 2 (byte 7): record is longer than --max-record";
                assert!(huge.err.contains(place), "{}", huge.err);
            } else {
                assert_eq!((huge.status, huge.err.as_str()), (Some(0), ""));
            }
            let is_passed = policy.contains(&"pass");
            assert_eq!(huge.lengths, if is_passed { vec![6, LINE_BYTES, 5] } else { vec![6, 5] });
            // The limit of a record is 64 MiB, and a record may take four times that.
            assert!((1..=4 * 64).contains(&megabytes), "{megabytes} MiB");
        }
    }
}

#[test]
#[ignore = "half a gigabyte through a pipe: make test-large"]
fn a_line_within_the_limit_passes_in_four_times_its_size() {
    for threads in ["-j1", "-j2"] {
        let huge = run(&[threads, "--max-record", "1G"], 1, LINE_BYTES);
        let megabytes = huge.resident_bytes_max >> 20;
        println!("{threads}: {megabytes} MiB resident");
        assert_eq!((huge.status, huge.err.as_str()), (Some(0), ""));
        assert_eq!(huge.lengths, [6, LINE_BYTES, 5]);
        assert!((512..=4 * 512).contains(&megabytes), "{megabytes} MiB");
    }
}

#[test]
#[ignore = "half a gigabyte through a pipe: make test-large"]
fn many_long_lines_pass_in_96_mebibytes() {
    for threads in ["-j1", "-j2", "-j4"] {
        let huge = run(&[threads], LINE_BYTES >> 20, 1 << 20);
        let megabytes = huge.resident_bytes_max >> 20;
        println!("{threads}: {megabytes} MiB resident");
        assert_eq!((huge.status, huge.err.as_str()), (Some(0), ""));
        assert_eq!(huge.lengths.len(), 2 + (LINE_BYTES >> 20));
        assert!((1..=96).contains(&megabytes), "{threads}: {megabytes} MiB");
    }
}
