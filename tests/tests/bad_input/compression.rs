//! Broken compression: cut anywhere, joined, followed by garbage, and under another name.

use pipelines::{CODECS, Codec, Folder, generated_text, is_web, no_failures, tool};

/// Text whose lines all stand for themselves, so that what comes out can only be a run of whole lines.
fn text() -> Vec<u8> {
    let text: Vec<u8> = generated_text(11, 30_000).into_iter().filter(|&byte| byte != b'\r').collect();
    // What a preset would change must not be taken for a loss.
    if is_web() {
        tool("normalize").args(["--form", "none", "--invalid", "keep"]).input(text).run().out
    } else {
        text
    }
}

#[test]
fn a_cut_at_every_37th_byte_is_named_and_loses_only_what_is_cut() {
    let text = text();
    let mut failures = Vec::new();
    for codec in CODECS {
        let whole = codec.compress(&text);
        assert!(whole.len() > 37 * 50, "{codec:?} leaves too little to cut");
        let cuts = (1..whole.len())
            .filter(|cut| cut % 37 == 0 || *cut <= codec.magic_bytes() || *cut + 12 > whole.len());
        for cut in cuts {
            if let Err(failure) = outcome_of_cut(codec, &whole[..cut], &text) {
                failures.push(format!("{codec:?} cut at {cut} of {}: {failure}", whole.len()));
            }
        }
    }
    no_failures(&failures);
}

fn outcome_of_cut(codec: Codec, cut: &[u8], text: &[u8]) -> Result<(), String> {
    let folder = Folder::new();
    folder.write("cut", cut);
    folder.write("after", "after\n");
    let threads = if cut.len().is_multiple_of(2) { "-j1" } else { "-j2" };
    let args = ["--form", "none", "--controls", "keep", "--invalid", "keep", threads, "cut", "after"];
    let run = tool("normalize").args(args).within(folder.path()).run();
    let Some(out) = run.out.strip_suffix(b"after\n") else {
        return Err(format!("the next file is lost: {}", run.err));
    };
    if cut.len() < codec.magic_bytes() {
        // Less than a magic number is text like any other.
        let is_kept = out == [cut, b"\n"].concat();
        return if is_kept && run.status == Some(0) { Ok(()) } else { Err(format!("{:?}", run.text())) };
    }
    if run.status != Some(2) || !run.err.contains(&format!("cut: truncated {} stream", codec.name())) {
        return Err(format!("status {:?}, {}", run.status, run.err));
    }
    let is_whole_lines = out.is_empty() || out.ends_with(b"\n");
    if !text.starts_with(out) || !is_whole_lines {
        return Err(format!("{} bytes that are no run of whole lines", out.len()));
    }
    Ok(())
}

/// Text that does not compress comes out block by block: far from the end, most of it must be there.
#[test]
fn what_stands_before_a_cut_comes_out() {
    // Lines of many lengths: no block ends where a line does.
    let lines: String = (0..60_000u32)
        .map(|number| format!("{number:x}-{:08x}\n", number.wrapping_mul(2_654_435_761)))
        .collect();
    for codec in CODECS {
        let whole = codec.compress(lines.as_bytes());
        let cut = &whole[..whole.len() - whole.len() / 8];
        for threads in ["-j1", "-j2"] {
            let run = tool("normalize").args([threads]).input(cut).run();
            assert!(run.out.len() > lines.len() / 2, "{codec:?}: only {} of {}", run.out.len(), lines.len());
            assert!(lines.as_bytes().starts_with(&run.out) && run.out.ends_with(b"\n"), "{codec:?}");
            assert_eq!(run.status, Some(2), "{codec:?}");
            run.says(&["-: truncated ", "are no whole record and are left out"]);
        }
    }
}

#[test]
fn members_one_after_the_other_are_one_file() {
    for codec in CODECS {
        // A record may begin in one member and end in the next.
        let joined = [codec.compress(b"a\nb"), codec.compress(b""), codec.compress(b"c\nd\n")].concat();
        tool("normalize").input(joined).run().is(0, "a\nbc\nd\n", &[]);
    }
}

#[test]
fn a_cut_second_member_is_named() {
    for codec in CODECS {
        let second = codec.compress("second\n".repeat(100).as_bytes());
        for length in [1, second.len() / 2, second.len() - 1] {
            let joined = [codec.compress(b"first\n"), second[..length].to_vec()].concat();
            let run = tool("dedupe").input(joined).run();
            assert_eq!(run.status, Some(2), "{codec:?}, {length}: {}", run.err);
            assert!(run.out.starts_with(b"first\n"), "{codec:?}, {length}: {:?}", run.text());
            run.says(&["dedupe: -: truncated ", codec.name()]);
        }
    }
}

#[test]
fn garbage_after_the_end_is_named() {
    for codec in CODECS {
        for garbage in [&b"garbage"[..], b"\n", b"\x01\0\0\0"] {
            let input = [&codec.compress(b"a\nb\n")[..], garbage].concat();
            let run = tool("normalize").input(input).run();
            run.is(2, "a\nb\n", &[&format!("normalize: -: corrupt {} stream", codec.name())]);
        }
    }
}

#[test]
fn another_format_after_the_end_is_garbage() {
    let input = [Codec::Gzip.compress(b"a\n"), Codec::Zstd.compress(b"b\n")].concat();
    tool("normalize").input(input).run().is(2, "a\n", &["corrupt gzip stream"]);
}

#[test]
fn padding_is_no_garbage() {
    for codec in [Codec::Gzip, Codec::Xz] {
        let input = [codec.compress(b"a\n"), vec![0; 512], codec.compress(b"b\n"), vec![0; 4]].concat();
        tool("normalize").input(input).run().is(0, "a\nb\n", &[]);
    }
}

#[test]
fn a_flipped_bit_is_found() {
    let text = text();
    for codec in CODECS {
        let mut bytes = codec.compress(&text);
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        let run = tool("normalize").args(["--form", "none", "-q", "--invalid", "keep"]).input(bytes).run();
        assert_eq!(run.status, Some(2), "{codec:?}");
        run.says(&["-: corrupt ", codec.name()]);
    }
}

#[test]
fn the_name_says_nothing() {
    let folder = Folder::new();
    folder.write("plain.gz", "plain\n");
    folder.write("zstd.txt", Codec::Zstd.compress(b"zstd\n"));
    tool("normalize").args(["plain.gz", "zstd.txt"]).within(folder.path()).run().is(0, "plain\nzstd\n", &[]);
}

#[test]
fn compressed_inside_compressed_is_not_opened() {
    let inner = Codec::Gzip.compress(b"a\n");
    let run = tool("normalize").args(["--form", "none", "--newlines", "keep", "--invalid", "keep", "-q"]);
    let run = run.args(["--controls", "keep"]);
    run.input(Codec::Gzip.compress(&inner)).run().is(0, inner, &[]);
}

#[test]
fn an_empty_member_is_an_empty_file() {
    for codec in CODECS {
        tool("normalize").input(codec.compress(b"")).run().is(0, "", &[]);
    }
}
