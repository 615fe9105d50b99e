//! `--read`: counts in the formats that others write, and our own.

mod fold;
mod jsonl;
mod srilm;
mod tsv;
mod web1t;

use textcore::{Answer, Engine, Error};

use crate::answer::Answering;
use crate::entry::ORDER_MAX;
use crate::key::push_token;
use crate::merge::ReadFormat;
use crate::partial::read_number;

/// Adds up the counts that the operands hold, and answers what is asked of the sums.
///
/// They count as made of tokens between spaces, of the orders that are found. Nothing is written before the last line has
/// been read.
///
/// # Errors
/// [`Error::Input`] for an operand that cannot be read, and for a line that is none of the format; whatever temporary
/// storage, the plan or the output says.
pub fn read(engine: &mut Engine, format: ReadFormat, answering: Answering) -> Result<Answer, Error> {
    let counts = fold::Counts::new(engine, format, answering);
    engine.fold(counts)
}

/// Reads a line, given without its end: the n-gram is appended to `key` as a key, and its count is given back.
///
/// # Errors
/// Why the line is none of the format; `key` then holds nothing of use.
///
/// ```
/// use ngram::merge::ReadFormat;
///
/// let mut key = Vec::new();
/// assert_eq!(ngram::read::read_line(ReadFormat::Srilm, b"of the  12", &mut key), Ok(12));
/// assert_eq!(key, b"of\0the\0");
/// assert!(ngram::read::read_line(ReadFormat::Tsv, b"of the  12", &mut key).is_err());
/// ```
pub fn read_line(format: ReadFormat, line: &[u8], key: &mut Vec<u8>) -> Result<u64, &'static str> {
    match format {
        ReadFormat::Tsv => tsv::read(line, key),
        ReadFormat::Srilm => srilm::read(line, key),
        ReadFormat::Web1t => web1t::read(line, key),
        ReadFormat::Jsonl => jsonl::read(line, key),
    }
}

fn count(digits: &[u8]) -> Result<u64, &'static str> {
    read_number(digits).filter(|&count| count > 0).ok_or("the count is no number from 1 to 2^64 - 1")
}

/// The n-gram and the count of a line with one tab.
fn columns(line: &[u8]) -> Result<(&[u8], u64), &'static str> {
    if line == b"ngram\tcount" || line.starts_with(b"ngram\tcount\t") {
        return Err("a header is no n-gram: leave it out");
    }
    let tab = memchr::memchr(b'\t', line).ok_or("no tab before a count")?;
    let (gram, digits) = (&line[..tab], &line[tab + 1..]);
    if digits.contains(&b'\t') {
        return Err("more columns than an n-gram and its count");
    }
    Ok((gram, count(digits)?))
}

/// Appends tokens, none of which may be empty, and not too many.
fn push_tokens<'t>(tokens: impl Iterator<Item = &'t [u8]>, key: &mut Vec<u8>) -> Result<(), &'static str> {
    let mut order = 0;
    for token in tokens {
        if token.is_empty() {
            return Err("an empty token, or two spaces in a row");
        }
        order += 1;
        if order > ORDER_MAX {
            return Err("an n-gram of more than 9 tokens");
        }
        push_token(token, key);
    }
    if order == 0 { Err("an n-gram without tokens") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::tokens_into;
    use ReadFormat::{Jsonl, Srilm, Tsv, Web1t};

    fn read(format: ReadFormat, line: &str) -> Result<(Vec<String>, u64), &'static str> {
        let mut key = Vec::new();
        let count = read_line(format, line.as_bytes(), &mut key)?;
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        tokens_into(&key, &mut bytes, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let token = |(start, &end): (usize, &usize)| String::from_utf8_lossy(&bytes[start..end]).into_owned();
        Ok((starts.zip(&ends).map(token).collect(), count))
    }

    #[test]
    fn each_format_has_its_lines() {
        for (format, line, tokens, count) in [
            (Tsv, "a\t3", &["a"][..], 3),
            (Tsv, "a b\\\\ \\t\\n\\r\t18446744073709551615", &["a", "b\\", "\t\n\r"], u64::MAX),
            (Srilm, "a b\t3", &["a", "b"], 3),
            (Srilm, "a  b\\t 3 ", &["a", "b\\t"], 3),
            (Srilm, "<s>\t3", &["<s>"], 3),
            (Web1t, "a \\b\t95119665584", &["a", "\\b"], 95_119_665_584),
            (Jsonl, r#"{"ngram":["a ","\t\u06af"],"order":2,"count":7,"docs":2}"#, &["a ", "\tگ"], 7),
            (Jsonl, r#"{"count":1,"ngram":["\u0000"]}"#, &["\0"], 1),
        ] {
            let (found, its_count) = read(format, line).expect(line);
            assert_eq!(
                (&found[..], its_count),
                (&tokens.iter().map(ToString::to_string).collect::<Vec<_>>()[..], count)
            );
        }
    }

    #[test]
    fn other_lines_are_refused_with_their_reason() {
        let ten = "a b c d e f g h i j\t1";
        for (format, line, reason) in [
            (Tsv, "", "no tab"),
            (Tsv, "a", "no tab"),
            (Tsv, "a 3", "no tab"),
            (Tsv, "\t3", "an empty token"),
            (Tsv, "a  b\t3", "an empty token"),
            (Tsv, "a \t3", "an empty token"),
            (Tsv, "a\\x\t3", "a backslash"),
            (Tsv, "a\t3\t2", "more columns"),
            (Tsv, "a\t0", "the count"),
            (Tsv, "a\t-3", "the count"),
            (Tsv, "a\t3.5", "the count"),
            (Tsv, "a\t18446744073709551616", "the count"),
            (Tsv, "ngram\tcount", "a header"),
            (Tsv, "ngram\tcount\tdocs", "a header"),
            (Tsv, ten, "an n-gram of more than 9"),
            (Srilm, "", "an n-gram without tokens"),
            (Srilm, "3", "an n-gram without tokens"),
            (Srilm, " \t3", "an n-gram without tokens"),
            (Srilm, "a b", "the count"),
            (Srilm, ten, "an n-gram of more than 9"),
            (Web1t, "a 3", "no tab"),
            (Web1t, "a  b\t3", "an empty token"),
            (Jsonl, "", "no JSON object"),
            (Jsonl, "[]", "no JSON object"),
            (Jsonl, r#"{"count":1}"#, "no array 'ngram'"),
            (Jsonl, r#"{"ngram":["a",1],"count":1}"#, "a token that is no string"),
            (Jsonl, r#"{"ngram":["a",""],"count":1}"#, "an empty token"),
            (Jsonl, r#"{"ngram":[],"count":1}"#, "an n-gram without tokens"),
            (Jsonl, r#"{"ngram":["a"]}"#, "no 'count'"),
            (Jsonl, r#"{"ngram":["a"],"count":0}"#, "no 'count'"),
            (Jsonl, r#"{"ngram":["a"],"count":-1}"#, "no 'count'"),
            (Jsonl, r#"{"ngram":["a"],"count":1.5}"#, "no 'count'"),
            (Jsonl, r#"{"ngram":["a"],"count":1,"order":2}"#, "'order'"),
        ] {
            let refused = read(format, line).expect_err(line);
            assert!(refused.starts_with(reason), "{line:?}: {refused}");
        }
    }
}
