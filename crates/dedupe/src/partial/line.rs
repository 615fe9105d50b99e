//! One line of a partial result: a record, its key, how often it came.

use textcore::partial::escape_key_into;

/// Writes a line, without its end: all bytes of the record (its end, too), escaped; its key in hexadecimal digits; its
/// count.
pub fn write(record: &[u8], key: u128, count: u64, line: &mut Vec<u8>) {
    line.clear();
    escape_key_into(record, line);
    line.extend_from_slice(format!("\t{key:032x}\t{count}").as_bytes());
}

/// What a line says.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// All bytes of the record.
    pub record: Vec<u8>,
    /// Its key.
    pub key: u128,
    /// How often it came.
    pub count: u64,
}

/// Reads a line; `None` if it is none.
pub fn read(line: &[u8]) -> Option<Line> {
    let mut cells = line.split(|&byte| byte == b'\t');
    let (record, key, count) = (cells.next()?, cells.next()?, cells.next()?);
    let key = std::str::from_utf8(key).ok().filter(|digits| digits.len() == 32)?;
    let key = u128::from_str_radix(key, 16).ok()?;
    let count = std::str::from_utf8(count).ok()?.parse().ok().filter(|&count| count > 0)?;
    if cells.next().is_some() {
        return None;
    }
    Some(Line { record: unescape(record)?, key, count })
}

fn unescape(escaped: &[u8]) -> Option<Vec<u8>> {
    let mut record = Vec::with_capacity(escaped.len());
    let mut bytes = escaped.iter();
    while let Some(&byte) = bytes.next() {
        record.push(match byte {
            b'\\' => match bytes.next()? {
                b't' => b'\t',
                b'n' => b'\n',
                b'r' => b'\r',
                b'\\' => b'\\',
                _ => return None,
            },
            byte => byte,
        });
    }
    Some(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_line_is_read_back(record: Vec<u8>, key: u128, count in 1u64..) {
            let mut line = Vec::new();
            write(&record, key, count, &mut line);
            prop_assert!(!line.contains(&b'\n') && !line.contains(&b'\r'));
            prop_assert_eq!(read(&line), Some(Line { record, key, count }));
        }
    }

    #[test]
    fn other_lines_are_refused() {
        let key = "0".repeat(32);
        for line in [
            "",
            "a",
            "a\t1",
            "a\tb\t1",
            &format!("a\t{key}\t0"),
            &format!("a\\x\t{key}\t1"),
            &format!("a\t{key}\t1\t"),
        ] {
            assert_eq!(read(line.as_bytes()), None, "{line}");
        }
    }
}
