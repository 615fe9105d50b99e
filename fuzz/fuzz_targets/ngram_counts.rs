//! Counts that others made: any line is read or refused without a panic, and what was read is read again from its tokens.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ngram::merge::ReadFormat;
use ngram::read::read_line;

fuzz_target!(|input: (u8, bool, &[u8])| {
    let (format, is_wrapped, line) = input;
    let format =
        [ReadFormat::Tsv, ReadFormat::Srilm, ReadFormat::Web1t, ReadFormat::Jsonl][format as usize % 4];
    // Few random lines are objects.
    let wrapped = [b"{\"ngram\":[", line, b"],\"count\":3}"].concat();
    let line = if is_wrapped && format == ReadFormat::Jsonl { &wrapped } else { line };
    let mut key = Vec::new();
    let Ok(count) = read_line(format, line, &mut key) else { return };
    assert!(count > 0);
    // Tokens are ended by NUL in a key; NUL and 0x01 inside are written with 0x01 before.
    let tokens: Vec<&[u8]> = key.strip_suffix(b"\0").expect("a token").split(|&byte| byte == 0).collect();
    assert!((1..=9).contains(&tokens.len()) && tokens.iter().all(|token| !token.is_empty()));
    if key.iter().any(|byte| matches!(byte, 1 | b'\t' | b'\n' | b'\r' | b'\\' | b' ' | 0x0B | 0x0C)) {
        return;
    }
    for again in [ReadFormat::Tsv, ReadFormat::Srilm, ReadFormat::Web1t] {
        let line = [&tokens.join(&b' ')[..], b"\t", count.to_string().as_bytes()].concat();
        let mut read = Vec::new();
        match read_line(again, &line, &mut read) {
            Ok(number) => assert_eq!((number, &read), (count, &key)),
            Err(reason) => assert!(line.starts_with(b"ngram\tcount"), "{reason}"),
        }
    }
});
