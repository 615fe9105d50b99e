//! Files of one entry to a line.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How much one file of entries may hold, in bytes.
pub(crate) const FILE_BYTES_MAX: u64 = 64 << 20;

/// A line that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry<'f> {
    /// Counted from 1, empty lines among them.
    pub(crate) line: usize,
    /// Without the white space around it.
    pub(crate) text: &'f str,
}

/// A file's bytes, `bytes_max` at most.
///
/// # Errors
/// What the system said, behind the file's name; or that it is too large.
pub(crate) fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>, String> {
    let trouble = |what: &str| format!("{}: {what}", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).and_then(|file| file.take(bytes_max + 1).read_to_end(&mut bytes));
    let length = file.map_err(|error| trouble(&textcore::error::system_message(&error)))?;
    if length as u64 > bytes_max {
        return Err(trouble(&format!("larger than {bytes_max} bytes")));
    }
    Ok(bytes)
}

/// The lines of a file that are not empty; a byte order mark at its beginning is passed over.
///
/// # Errors
/// The name and the number of a line that is no UTF-8.
pub(crate) fn entries<'f>(name: &str, bytes: &'f [u8]) -> Result<Vec<Entry<'f>>, String> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes); // BYTE ORDER MARK
    let mut entries = Vec::new();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let line_number = index + 1;
        let text = std::str::from_utf8(line).map_err(|_| at_line(name, line_number, "invalid UTF-8"))?.trim();
        if !text.is_empty() {
            entries.push(Entry { line: line_number, text });
        }
    }
    Ok(entries)
}

/// What is wrong with a line of a file.
pub(crate) fn at_line(name: &str, line: usize, problem: &str) -> String {
    format!("{name}: line {line}: {problem}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let entries = entries("f", "\u{FEFF}a b\r\n\n  c\t\n".as_bytes());
        assert_eq!(entries, Ok(vec![Entry { line: 1, text: "a b" }, Entry { line: 3, text: "c" }]));
        assert_eq!(super::entries("f", b"a\n\xFF"), Err("f: line 2: invalid UTF-8".to_owned()));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let problem = read(Path::new("/nowhere/at/all"), FILE_BYTES_MAX).expect_err("there is none");
        assert!(problem.starts_with("/nowhere/at/all: no such file"), "{problem}");
    }
}
