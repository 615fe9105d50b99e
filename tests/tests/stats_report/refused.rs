//! What means nothing is refused before anything is read or written.

use pipelines::{Folder, shell, tool};

#[test]
fn flags_that_mean_nothing_are_refused() {
    for (args, said) in [
        (&["--compare", "a"][..], "--compare wants two operands"),
        (&["--compare", "a", "a", "a"], "--compare wants two operands"),
        (&["--compare", "--all", "a", "b"], "--all"),
        (&["--compare", "--lang", "fa", "a", "b"], "--lang"),
        (&["--compare", "--stop-words", "b", "a", "a"], "--stop-words"),
        (&["--compare", "--quality", "a", "b"], "--quality"),
        (&["--compare", "--zero", "nought", "a", "b"], "add=0.5"),
        (&["--compare", "--zero", "add=0", "a", "b"], "add=0.5"),
        (&["--zero", "add=0.5", "a"], "--compare"),
        (&["--min-count", "2", "a"], "--compare"),
        (&["--group-by", "lang", "a"], "--jsonl"),
        (&["--group-by", "", "--jsonl", "a"], "a field needs a name"),
        (&["--lang", "fa", "a"], "--dates"),
        (&["--dates", "--lang", "xx", "a"], "xx"),
        (&["-l", "--health", "a"], "--health"),
        (&["-w", "--all", "a"], "--all"),
        (&["-m", "--top", "3", "a"], "--top"),
        (&["-w", "--freq", "out", "a"], "--freq"),
        (&["-c", "--zipfr", "out", "a"], "--zipfr"),
        (&["-l", "--key-norm", "lower", "a"], "--key-norm goes with words"),
        (&["-lc", "--unit", "space", "a"], "--unit goes with words"),
        (&["--health", "--top", "3", "a"], "--top goes with --frequency"),
        (&["--lengths", "--stop-words", "b", "a"], "--stop-words goes with --frequency"),
        (&["--quality", "--all", "a"], "--all"),
        (&["--quality", "--html", "out", "a"], "--html"),
        (&["--filter", "--group-by", "file", "a"], "--group-by"),
        (&["--wc", "--health", "a"], "--health"),
        (&["--wc", "--svg", "out", "a"], "--svg"),
        (&["--wc", "--quality", "a"], "--quality"),
        (&["-L", "a"], "--wc"),
        (&["-L", "--json", "a"], "goes with --wc"),
        (&["--zero", "infinite", "-l", "a"], "--zero goes with --compare"),
        (&["--min-count", "5", "--health", "a"], "--min-count goes with --compare"),
        (&["--removed", "r", "--json", "a"], "--removed goes with --filter"),
        (&["--explain", "--id", "url", "a"], "--id"),
        (&["--quality", "--filter", "a"], "--quality"),
        (&["--compare", "--files0-from", "b", "a", "a"], "--files0-from"),
        (&["--merge", "--whole", "a"], "--whole"),
        (&["--top", "many", "a"], "a whole number is wanted"),
        (&["--partial", "--html", "out", "a"], "--html"),
        (&["--merge", "--group-by", "file", "a"], "--group-by"),
        (&["--unit", "syllable", "a"], "syllable"),
        (&["--stop-words", "gone", "a"], "gone"),
        (&["--stop-words", "b", "a", "-o", "b"], "b: would be read and written"),
        (&["--stop-words", "b", "a", "--freq", "b"], "b: would be read and written"),
        (&["--html", "a", "a"], "a: input file is output file"),
        (&["--freq", "a", "a"], "a: input file is output file"),
        (&["--html", "out", "--freq", "out", "a"], "two outputs"),
        (&["--zipfr", "out", "--html", "out.spc", "a"], "two outputs"),
        (&["--html", "gone/page", "a"], "gone/page"),
        (&["--svg", "a", "b"], "a:"),
    ] {
        let place = Folder::new();
        place.write("a", "one two\n");
        place.write("b", "one\n");
        let run = tool("stats").args(args).within(place.path()).run();
        assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{args:?}: {}", run.err);
        assert!(run.err.contains(said) && !run.err.contains("panicked"), "{args:?}: {}", run.err);
        assert_eq!(place.names(), ["a", "b"], "{args:?} wrote something");
        assert_eq!(
            (place.read("a"), place.read("b")),
            (b"one two\n".to_vec(), b"one\n".to_vec()),
            "{args:?}"
        );
    }
}

/// What parts hold says what can be asked of them.
#[test]
fn lists_that_parts_cannot_give_are_refused() {
    let place = Folder::new();
    place.write("a", "one two\n");
    for (flags, part) in [("-l", "lines"), ("--health", "health")] {
        shell(&format!("stats --partial {flags} a -o {part}")).within(place.path()).run().is(0, "", &[]);
    }
    for (args, said) in [
        ("--freq f lines", "do not tell them apart"),
        ("--zipfr z lines", "do not tell them apart"),
        ("--top 5 lines", "--top goes with --frequency"),
        ("--top 5 health", "--top goes with --frequency"),
        ("--stop-words a health", "--stop-words goes with --frequency"),
    ] {
        let run = shell(&format!("stats --merge {args}")).within(place.path()).run();
        run.is(2, "", &[said]);
        assert_eq!(place.names(), ["a", "health", "lines"], "{args}");
    }
}

#[test]
fn charts_do_not_write_over_what_is_read() {
    let place = Folder::new();
    place.write("charts/lengths-word.svg", "one two\n");
    let run = tool("stats").args(["--svg", "charts", "charts/lengths-word.svg"]).within(place.path()).run();
    run.is(2, "", &["input file is output file"]);
    assert_eq!(place.read("charts/lengths-word.svg"), b"one two\n");
}

#[test]
fn a_folder_that_may_not_be_written_is_said() {
    let place = Folder::new();
    place.write("a", "one two\n");
    place.write("file", "");
    // A folder below a file cannot be made, whoever asks.
    let run = tool("stats").args(["--svg", "file/charts", "a"]).within(place.path()).run();
    assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{}", run.err);
    assert!(run.err.contains("file/charts"), "{}", run.err);
}
