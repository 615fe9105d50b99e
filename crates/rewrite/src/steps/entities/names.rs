//! The named character references of HTML, looked up in the text of their table.

use memchr::{memchr, memrchr};

/// Lines of a name without its `&`, a tab, and its code points in hexadecimal, parted by spaces. The lines stand in
/// the order of their bytes: the file is its own index and costs nothing before it is asked.
static TABLE: &[u8] = include_bytes!("../../../data/entities.tsv");

/// The longest name, `;` included.
const NAME_MAX: usize = 32;

/// Where the names with each first letter begin in the table, and where the table ends.
const STARTS: [u16; LETTERS + 1] = starts();

/// From `A` to `z`, with the six characters between the cases.
const LETTERS: usize = (b'z' - b'A') as usize + 1;

const fn starts() -> [u16; LETTERS + 1] {
    let table = include_bytes!("../../../data/entities.tsv");
    assert!(table.len() <= u16::MAX as usize);
    let mut starts = [table.len() as u16; LETTERS + 1];
    let mut at = table.len();
    let mut letter = LETTERS;
    // Backwards, so that letters without names begin where the next one does.
    while at > 0 {
        at -= 1;
        if at == 0 || table[at - 1] == b'\n' {
            let own = (table[at] - b'A') as usize;
            while letter > own {
                letter -= 1;
                starts[letter] = starts[letter + 1];
            }
            starts[own] = at as u16;
        }
    }
    starts
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Without `&`, with `;` if it has one.
    pub name: &'static [u8],
    codes: &'static [u8],
}

impl Entry {
    /// The one or two characters that the name stands for.
    pub fn characters(self) -> impl Iterator<Item = char> {
        self.codes.split(|&byte| byte == b' ').map(|code| {
            let code =
                code.iter().fold(0, |sum, &digit| sum << 4 | char::from(digit).to_digit(16).unwrap_or(0));
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
        })
    }
}

/// The longest name that the text begins with.
pub fn longest(text: &[u8]) -> Option<Entry> {
    let letter = text.first().filter(|first| first.is_ascii_alphabetic())?;
    let place = usize::from(letter - b'A');
    let (low, high) = (usize::from(STARTS[place]), usize::from(STARTS[place + 1]));
    let mut candidate = candidate(text);
    while !candidate.is_empty() {
        let entry = last_up_to(candidate, low, high)?;
        let common = entry.name.iter().zip(candidate).take_while(|(ours, theirs)| ours == theirs).count();
        if common == entry.name.len() {
            return Some(entry);
        }
        // A name that begins the candidate stands before the entry, so it ends where the two part at the latest.
        candidate = &candidate[..common];
    }
    None
}

/// As much of the text as a name could take.
fn candidate(text: &[u8]) -> &[u8] {
    let length = text.iter().take(NAME_MAX).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let has_end = length < NAME_MAX && text.get(length) == Some(&b';');
    &text[..length + usize::from(has_end)]
}

/// The last entry of the lines in `low..high` whose name is not greater than `candidate`.
fn last_up_to(candidate: &[u8], mut low: usize, mut high: usize) -> Option<Entry> {
    let mut found = None;
    while low < high {
        let middle = low + (high - low) / 2;
        let start = memrchr(b'\n', &TABLE[low..middle]).map_or(low, |at| low + at + 1);
        let end = start + memchr(b'\n', &TABLE[start..])?;
        let tab = start + memchr(b'\t', &TABLE[start..end])?;
        let name = &TABLE[start..tab];
        if name <= candidate {
            found = Some(Entry { name, codes: &TABLE[tab + 1..end] });
            low = end + 1;
        } else {
            high = start;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use proptest::prelude::*;

    fn entries() -> impl Iterator<Item = (&'static [u8], String)> {
        TABLE.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).map(|line| {
            let tab = memchr(b'\t', line).expect("a tab in each line");
            let codes = std::str::from_utf8(&line[tab + 1..]).expect("ASCII").split(' ');
            let code =
                |code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point");
            (&line[..tab], codes.map(code).collect())
        })
    }

    /// The plain twin: every beginning of the text is looked up, the longest first.
    fn longest_by_trying_all(all: &Names, text: &[u8]) -> Option<(Vec<u8>, String)> {
        let lengths = (1..=text.len().min(NAME_MAX)).rev();
        lengths.map(|end| &text[..end]).find_map(|name| Some((name.to_vec(), all.get(name)?.clone())))
    }

    type Names = HashMap<&'static [u8], String>;

    fn found(text: &[u8]) -> Option<(Vec<u8>, String)> {
        longest(text).map(|entry| (entry.name.to_vec(), entry.characters().collect()))
    }

    #[test]
    fn the_table_is_that_of_the_standard() {
        // Counts of the HTML Standard's table: all names, those without a semicolon, those of two characters.
        let all: Vec<_> = entries().collect();
        assert_eq!(all.len(), 2231);
        assert_eq!(all.iter().filter(|(name, _)| !name.ends_with(b";")).count(), 106);
        assert_eq!(all.iter().filter(|(_, characters)| characters.chars().count() == 2).count(), 93);
        assert_eq!(all.iter().map(|(name, _)| name.len()).max(), Some(NAME_MAX));
        assert!(all.is_sorted_by(|(one, _), (other, _)| one < other));
        assert!(all.iter().all(|(name, _)| candidate(name) == *name));
    }

    #[test]
    fn every_name_and_every_beginning_of_one_is_found() {
        let all: Names = entries().collect();
        for (name, characters) in entries() {
            assert_eq!(found(name), Some((name.to_vec(), characters)));
            for end in 0..=name.len() {
                for tail in [&b""[..], b";", b"x", b"\xFF"] {
                    let text = [&name[..end], tail].concat();
                    assert_eq!(found(&text), longest_by_trying_all(&all, &text), "{}", text.escape_ascii());
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn random_texts_have_the_longest_name(
            texts in proptest::collection::vec("(not|in|sub|E|set|amp|lt|gt|[a-zA-Z0-9;]){0,8}", 400),
        ) {
            let all: Names = entries().collect();
            for text in texts {
                prop_assert_eq!(found(text.as_bytes()), longest_by_trying_all(&all, text.as_bytes()));
            }
        }
    }
}
