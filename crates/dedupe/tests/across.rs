//! What reaches across runs and files, as a person would type it.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use tempfile::{TempDir, tempdir};

/// A folder with files, where commands are run.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Folder(tempdir().expect("a folder"));
        files.iter().for_each(|(name, bytes)| folder.write(name, bytes));
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.path().join(name), bytes).expect("written");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn has(&self, name: &str) -> bool {
        self.0.path().join(name).exists()
    }

    fn run(&self, arguments: &str) -> Output {
        self.run_on(arguments, b"")
    }

    /// Has a shell run a command, in which `$DEDUPE` is the program.
    fn shell(&self, command: &str) -> Output {
        Command::new("sh")
            .args(["-c", command])
            .env("DEDUPE", env!("CARGO_BIN_EXE_dedupe"))
            .current_dir(&self.0)
            .output()
            .expect("a shell")
    }

    fn run_on(&self, arguments: &str, input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dedupe"))
            .args(arguments.split_whitespace())
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("dedupe starts");
        // A tool that refuses its arguments reads nothing.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        child.wait_with_output().expect("dedupe ends")
    }

    /// What a run writes that must succeed.
    fn out(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What a run says that must fail with status 2.
    fn trouble(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        said
    }
}

#[test]
fn records_of_other_files_are_dropped_in_every_mode() {
    let folder = Folder::new(&[("a", b"x\ny"), ("b", b"z\n"), ("c", b"y\nw\nz\nw\nx\n")]);
    for mode in ["", "--compare-bytes", "--compare-bytes -S 1", "--bloom 1M"] {
        assert_eq!(folder.out(&format!("--against a --against b {mode} c")), "w\n", "{mode}");
    }
    assert_eq!(folder.out("--against a --compare-bytes -c c"), "      2 w\n      1 z\n");
    assert!(folder.trouble("--against none --bloom 1M c").contains("none: "));
}

/// A run's keys are known to the next, whatever of them came from where.
#[test]
fn seen_keys_are_saved_loaded_and_merged() {
    let folder = Folder::new(&[
        ("a", b"x\ny\nx\n"),
        ("b", b"z\ny"),
        ("c", b"new\nx\nz\n"),
        ("d", b"x\ny\nz\nnew\nnewer"),
    ]);
    assert_eq!(folder.out("--save-seen a.seen a"), "x\ny\n");
    assert_eq!(folder.out("--save-seen b.seen b"), "z\ny");
    assert_eq!(folder.out("--load-seen a.seen --load-seen b.seen c"), "new\n");
    // One file that grows from run to run.
    folder.out("--load-seen a.seen --save-seen a.seen --against b c");
    assert_eq!(folder.out("--load-seen a.seen d"), "newer");
    assert_eq!(folder.out("--bloom 1M --load-seen a.seen d"), "newer");
    folder.out("--save-seen d.seen d");
    folder.out("--save-seen new.seen --load-seen b.seen c");
    folder.out("--save-seen new.seen --load-seen new.seen -S 1 d");
    assert_eq!(folder.read("d.seen"), folder.read("new.seen"));
    folder.out("--merge a.seen b.seen -o ab.seen.gz");
    folder.write("line", b"newer");
    folder.out("--save-seen line.seen line");
    let merged = folder.run("--merge ab.seen.gz line.seen").stdout;
    assert_eq!(merged, folder.read("d.seen"));
    let again = folder.run_on("--merge -", &merged).stdout;
    assert_eq!(again, merged);
}

#[test]
fn seen_keys_that_are_not_whole_or_not_these_are_refused() {
    let folder = Folder::new(&[("a", b"x\ny\n")]);
    folder.out("--save-seen a.seen a");
    folder.out("--save-seen lower.seen --key-norm lower a");
    let whole = folder.read("a.seen");
    folder.write("cut", &whole[..whole.len() - 3]);
    let mut damaged = whole.clone();
    damaged[whole.len() - 30] ^= 1;
    folder.write("damaged", &damaged);
    folder.write("other", &[&whole[..], b"x"].concat());
    for (arguments, says) in [
        ("--load-seen cut a", "cut: byte "),
        ("--load-seen damaged a", "damaged: byte "),
        ("--load-seen other a", "other: byte "),
        ("--load-seen a a", "a: byte 0: not a file of seen keys"),
        ("--load-seen none a", "none: "),
        ("--load-seen a.seen -o a.seen a -q", "read and written"),
        ("--load-seen lower.seen a", "lower.seen: byte 0: made with"),
        ("--load-seen a.seen --key-norm fa a", "a.seen: byte 0: made with"),
        ("--merge a.seen lower.seen", "lower.seen: byte 0: made with"),
        ("--merge a.seen cut", "cut: byte "),
        ("--merge -c a.seen", "seen keys have no counts"),
        ("--merge a.seen a", "a: byte 0"),
        ("--merge lower.seen a.seen", "but lower.seen with"),
        ("--merge --key-norm lower a.seen", "cannot be used"),
    ] {
        let output = if arguments.contains("-o") { "" } else { "-o out" };
        let said = folder.trouble(&format!("{arguments} {output}"));
        assert!(said.contains(says), "{arguments}: {said}");
    }
    assert!(!folder.has("out"));
    assert!(folder.trouble("--merge a.seen -o a.seen").contains("read and written"));
    assert_eq!(folder.read("a.seen"), whole);
}

#[test]
fn a_filter_says_what_it_may_have_lost() {
    let lines: String = (0..20_000).map(|number| format!("{number}\n")).collect();
    let folder = Folder::new(&[("lines", lines.as_bytes())]);
    let output = folder.run("--bloom 16K -j1 lines --report report.json");
    let lost = 20_000 - output.stdout.iter().filter(|&&byte| byte == b'\n').count();
    assert_eq!(output.stdout, folder.run("--bloom 16K -j3 --chunk-size 100 lines").stdout);
    let said = String::from_utf8(output.stderr).expect("text");
    let report = String::from_utf8(folder.read("report.json")).expect("text");
    let estimate: f64 = report
        .lines()
        .find_map(|line| {
            line.trim().strip_prefix("\"false_drops_estimate\": ")?.trim_end_matches(',').parse().ok()
        })
        .expect("an estimate");
    assert!((estimate - lost as f64).abs() < 4.0 * estimate.sqrt(), "{estimate} {lost}");
    assert!(said.contains(&format!("about {} records", estimate.round())), "{said}");
    let output = folder.run("--bloom 1M lines");
    assert_eq!((output.stdout, output.stderr), (lines.into_bytes(), Vec::new()));
}

#[test]
fn bytes_are_compared_in_any_frame_and_memory() {
    let lines: String =
        (0..3000).map(|number| format!("{} {}\n", number % 700, "x".repeat(number % 70))).collect();
    let json = b"{\"text\":\"a\"}\n{\"id\":1,\"text\":\"\\u0061\"}\n";
    let folder = Folder::new(&[("lines", lines.as_bytes()), ("json", json)]);
    for asked in ["", "-c", "--repeated", "--unique", "-c --unique"] {
        let wanted = folder.out(&format!("{asked} lines"));
        for memory in ["1", "20K", "200K", "1G"] {
            let found = folder.out(&format!("--compare-bytes -S {memory} {asked} lines"));
            assert_eq!(found, wanted, "{asked} {memory}");
        }
    }
    assert_eq!(folder.out("--compare-bytes --jsonl json"), "{\"text\":\"a\"}\n");
}

#[test]
fn parts_of_any_kind_of_records_give_the_answer_of_one_run() {
    let folder = Folder::new(&[
        ("a", b"x\r\ny\tz\nx\nlast"),
        ("b", b"last\n\\n\nx\nnew"),
        ("j1", b"{\"text\":\"a\"}\n{\"text\":\"b\",\"n\":1}\n"),
        ("j2", b"{\"n\":2,\"text\":\"B\"}\n"),
        ("p1", b"one\ntwo\n\n\n\nthree\n\none\ntwo"),
        ("p2", b"\nthree\n\nfour\n"),
    ]);
    for (frame, one, other) in [
        ("", "a", "b"),
        ("", "b", "a"),
        ("-z", "a", "b"),
        ("--whole", "a", "b"),
        ("--paragraphs", "p1", "p2"),
        ("--jsonl --key-norm lower", "j1", "j2"),
        ("--field 2", "a", "b"),
    ] {
        folder.out(&format!("-c --partial {frame} {one} -o 1.part"));
        folder.out(&format!("-c --partial {frame} {other} -o 2.part.zst"));
        for asked in ["", "-c", "--repeated", "--unique", "--unique -c"] {
            // Questions are answered at the end, as merges are.
            let wanted = match asked {
                "" => folder.out(&format!("--compare-bytes {frame} {one} {other}")),
                _ => folder.out(&format!("{asked} {frame} {one} {other}")),
            };
            for memory in ["1", "1G"] {
                let found = folder.out(&format!("--merge {asked} -S {memory} 1.part 2.part.zst"));
                assert_eq!(found, wanted, "{frame} {asked} {one} {other}");
            }
        }
        folder.out(&format!("-c --partial {frame} {one} {other} -o all.part"));
        folder.out("--merge --partial 1.part 2.part.zst -o both.part");
        assert_eq!(folder.read("all.part"), folder.read("both.part"), "{frame}");
    }
}

#[test]
fn parts_that_do_not_fit_together_are_refused_and_both_named() {
    let junk = b"#sluice dedupe partial 2 {}\nx\ty\n#end 1\n";
    let folder = Folder::new(&[("a", b"x\ny\n"), ("junk", junk), ("text", b"x\n")]);
    folder.out("-c --partial a -o a.part");
    folder.out("-c --partial --key-norm lower a -o lower.part");
    folder.out("-c --partial -z a -o null.part");
    for other in ["lower.part", "null.part"] {
        let said = folder.trouble(&format!("--merge a.part {other} -o out"));
        assert!(said.contains("a.part") && said.contains(other), "{said}");
    }
    assert!(folder.trouble("--merge junk -o out").contains("junk: record 2 (byte 28)"));
    assert!(folder.trouble("--merge text -o out").contains("text: nothing that --merge knows"));
    assert!(folder.trouble("--merge a.part text -o out").contains("text: "));
    let whole = folder.read("a.part");
    folder.write("cut.part", &whole[..whole.len() - 8]);
    assert!(folder.trouble("--merge a.part cut.part -o out").contains("cut.part"));
    assert!(!folder.has("out"));
    assert!(folder.trouble("--partial a").contains("-c"));
}

#[test]
fn a_part_comes_from_a_pipe() {
    let folder = Folder::new(&[("a", b"x\ny\nx\n")]);
    let part = folder.run("-c --partial a").stdout;
    assert_eq!(folder.run_on("--merge -c", &part).stdout, b"      2 x\n      1 y\n");
}

#[test]
fn aligned_files_stay_aligned() {
    let folder = Folder::new(&[("en", b"a\nb\na\nc\r\nb\na"), ("fa", b"1\n2\n1\n2\n2\n3")]);
    let sides = |folder: &Folder, one: &str, other: &str| {
        let text = |name: &str| String::from_utf8(folder.read(name)).expect("text");
        (text(one), text(other))
    };
    let wanted = ("a\nb\nc\r\na".to_owned(), "1\n2\n2\n3".to_owned());
    folder.out("--parallel-text -d out en fa");
    assert_eq!(sides(&folder, "out/en", "out/fa"), wanted);
    folder.out("--parallel-text=any -d any en fa");
    assert_eq!(sides(&folder, "any/en", "any/fa"), ("a\nb\n".to_owned(), "1\n2\n".to_owned()));
    for mode in ["", "--compare-bytes", "--compare-bytes -S 1", "--bloom 1M", "-j1 --chunk-size 1"] {
        assert_eq!(
            folder.out(&format!("--parallel-text {mode} en fa")),
            "a\t1\nb\t2\nc\t2\r\na\t3",
            "{mode}"
        );
    }
    assert_eq!(
        folder.out("--parallel-text -c fa en"),
        "      2 1\ta\n      2 2\tb\n      1 2\tc\n      1 3\ta"
    );
    assert_eq!(folder.out("--parallel-text=any -S 1 en fa"), "a\t1\nb\t2\n");
    folder.out("--parallel-text -i en fa");
    assert_eq!(sides(&folder, "en", "fa"), wanted);
}

#[test]
fn files_of_different_lengths_leave_nothing_behind() {
    let folder = Folder::new(&[("a", b"1\n2\n3\n"), ("b", b"1\n2\n"), ("c", b"")]);
    let said = folder.trouble("--parallel-text -d out a b");
    assert!(said.contains("a: record 3: has no partner: b ends after 2 records"), "{said}");
    assert!(folder.trouble("--parallel-text -o out.tsv b a").contains("a: record 3"));
    assert!(folder.trouble("--parallel-text -i a c").contains("a: record 1"));
    assert!(folder.trouble("--parallel-text -i a a").contains("two sides"));
    assert!(folder.trouble("--parallel-text a c -o out.tsv").contains("a: record 1"));
    assert!(!folder.has("out/a") && !folder.has("out/b") && !folder.has("out.tsv"));
    assert_eq!(folder.read("a"), b"1\n2\n3\n");
    assert!(folder.trouble("--parallel-text a").contains("at least two"));
    assert!(folder.trouble("--parallel-text a none").contains("none"));
}

#[test]
fn a_record_that_is_left_out_takes_its_partners_with_it() {
    let folder = Folder::new(&[
        ("a", b"1\nlong long\n3\nlong long\n\xFF\n6\n"),
        ("b", b"a\nb\nc\nd\ne\nlong long"),
        ("j", b"{\"text\":\"a\"}\n\n{}\n{\"text\":\"a\"}\n{\"text\":\"b\"}\n"),
        ("k", b"{\"text\":\"a\"}\n{\"text\":\"x\"}\n{\"text\":\"y\"}\n{\"text\":\"a\"}\n{\"text\":\"b\"}"),
        ("tab", b"x\ty\nz\nx\n6\n7\n8\n"),
    ]);
    let options = "--parallel-text --invalid skip --oversize skip --max-record 5 --report report.json";
    for chunk in [1, 7, 1000] {
        assert_eq!(folder.out(&format!("{options} --chunk-size {chunk} a b")), "1\ta\n3\tc\n", "{chunk}");
        let report = String::from_utf8(folder.read("report.json")).expect("text");
        for part in ["\"partner\": 4", "\"oversize\": 3", "\"invalid\": 1", "\"read\": 12", "\"written\": 4"]
        {
            assert!(report.contains(part), "{chunk} {part}: {report}");
        }
    }
    let output = folder.run("--parallel-text --jsonl -d out j k");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(folder.read("out/j"), b"{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n");
    assert_eq!(folder.read("out/k"), b"{\"text\":\"a\"}\n{\"text\":\"x\"}\n{\"text\":\"b\"}");
    let output = folder.run("--parallel-text tab b");
    assert!(String::from_utf8_lossy(&output.stderr).contains("tab: record 1 (byte 0): holds a tab"));
    assert_eq!(output.stdout, b"z\tb\nx\tc\n6\td\n7\te\n8\tlong long\n");
    let said = folder.trouble("--parallel-text -i --max-record 5 a b");
    assert!(said.contains("a: record 2"), "{said}");
    // A file with a record that failed is not replaced, nor is its partner.
    assert_eq!(folder.read("b"), b"a\nb\nc\nd\ne\nlong long");
}

#[test]
fn compressed_and_encoded_sides_and_paragraphs_are_aligned() {
    let folder = Folder::new(&[
        ("a", b"1\n2\n1\n"),
        ("b", b"\xFF\xFEx\0\n\0y\0\n\0x\0\n\0"),
        ("p", b"one\n\n\ntwo\n\none\n\n\n"),
        ("q", b"1\n\n2\n\n1\n"),
    ]);
    let gz = folder.run("a --compress gz").stdout;
    folder.write("a.gz", &folder.run_on("--compress gz -z", b"1\n2\n1\n").stdout);
    assert!(!gz.is_empty());
    assert_eq!(folder.out("--parallel-text a.gz b"), "1\tx\n2\ty\n");
    folder.out("--parallel-text --paragraphs -d out p q");
    assert_eq!(folder.read("out/p"), b"one\n\n\ntwo\n\n\n");
    assert_eq!(folder.read("out/q"), b"1\n\n2\n\n");
    assert!(folder.trouble("--parallel-text --paragraphs p q").contains("-d or -i"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn aligned_files_are_their_pairs(
        pairs in prop::collection::vec(("[ab]{0,2}", "[cd]{0,2}"), 0..60), memory in prop_oneof![Just("1"), Just("3K"), Just("1G")],
    ) {
        let side = |text: fn(&(String, String)) -> &String| {
            pairs.iter().map(|pair| format!("{}\n", text(pair))).collect::<String>().into_bytes()
        };
        let joined: String = pairs.iter().map(|(one, other)| format!("{one}\t{other}\n")).collect();
        let (one, other) = (side(|pair| &pair.0), side(|pair| &pair.1));
        let folder = Folder::new(&[("a", &one), ("b", &other), ("ab", joined.as_bytes())]);
        for asked in ["", "--unique"] {
            let found = folder.out(&format!("--parallel-text --compare-bytes {asked} -S {memory} a b"));
            prop_assert_eq!(found, folder.out(&format!("{asked} ab")));
        }
    }
}

#[test]
fn more_files_of_seen_keys_are_merged_than_may_be_open() {
    let folder = Folder::new(&[("all", b"")]);
    let mut all = String::new();
    for number in 0..60 {
        let text = format!("{number}\n{}\nsame\n", number / 2 + 100);
        folder.write("text", text.as_bytes());
        folder.out(&format!("text --save-seen {number}.seen -o /dev/null"));
        all.push_str(&text);
    }
    folder.write("all", all.as_bytes());
    folder.out("all --save-seen whole -o /dev/null");
    let merged = folder.shell("ulimit -n 40; $DEDUPE --merge *.seen");
    assert!(merged.status.success(), "{}", String::from_utf8_lossy(&merged.stderr));
    assert_eq!(merged.stdout, folder.read("whole"));
    // 300 files are 19 runs, which take a pass of their own.
    let merged = folder.shell("ulimit -n 40; $DEDUPE --merge *.seen *.seen *.seen *.seen *.seen");
    assert_eq!(merged.stdout, folder.read("whole"));
    folder.write("text", b"x\n");
    folder.out("text --key-norm lower --save-seen zz.seen -o /dev/null");
    let refused = folder.shell("ulimit -n 40; $DEDUPE --merge *.seen");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("zz.seen: byte 0: made with") && refused.stdout.is_empty(), "{said}");
}

#[test]
fn what_follows_no_record_gets_no_end() {
    let folder = Folder::new(&[("a", b"b\na\na"), ("b", b"a\nb\nb\na")]);
    assert_eq!(folder.out("--all-repeated a"), "a\na");
    assert_eq!(folder.out("--all-repeated b"), "a\na\nb\nb\n");
}
