//! Partial results: counts as lines of text that merge.
//!
//! ```text
//! #sluice ngram partial 3 {"orders":"1-2","unit":"space","key_norm":"lower","documents":"file"}
//! #documents<TAB>7
//! 12<TAB>3<TAB>of<TAB><TAB>Of<TAB>2<TAB><TAB>of<TAB>10
//! 4<TAB>2<TAB>of<TAB>the<TAB><TAB>of<TAB>the<TAB>4
//! #end 3 5f0c63a2b81d94e7
//! ```
//!
//! A line is an n-gram: its count; where documents are counted, in how many of them it came; its tokens. Where tokens are
//! keys, all its forms follow in byte order: an empty column, the tokens of the form, its count. Tab, LF, CR and backslash
//! inside tokens are `\t`, `\n`, `\r` and `\\`. Lines ascend: token by token, each bytewise, an n-gram before those that it
//! begins. Where documents are counted, the first line says how many of them there were. The last line counts the lines after
//! the first and holds a checksum of all (see [`Checksum`]).

use memchr::memchr;
use textcore::partial::{Checksum, Schema, escape_key_into};

use crate::entry::Entry;
use crate::entry_buffer::EntryBuffer;
use crate::key::{END, push_byte};
use crate::parameters::{Documents, Parameters};

/// The partial results of this version.
pub const SCHEMA: Schema = Schema { tool: "ngram", number: 3 };

const DOCUMENTS: &[u8] = b"#documents\t";

/// Counts the lines of a partial result while somebody writes it.
#[derive(Debug)]
pub struct PartLines {
    checksum: Checksum,
}

impl PartLines {
    /// Appends what stands before the entries: the first line and, where documents are counted, how many there were.
    pub fn begin(parameters: &Parameters, documents: u64, out: &mut Vec<u8>) -> Self {
        let mut checksum = Checksum::default();
        let head = format!("#sluice {} partial {} {}", SCHEMA.tool, SCHEMA.number, parameters.to_json());
        checksum.add_head(head.as_bytes());
        out.extend_from_slice(head.as_bytes());
        out.push(b'\n');
        if parameters.documents != Documents::Uncounted {
            let start = out.len();
            out.extend_from_slice(DOCUMENTS);
            push_number(documents, out);
            checksum.add(&out[start..]);
            out.push(b'\n');
        }
        PartLines { checksum }
    }

    /// Lines of entries were written, each with LF behind it.
    pub fn add(&mut self, entries: Checksum) {
        self.checksum.merge(entries);
    }

    /// Appends the last line.
    pub fn end(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.checksum.end_line().as_bytes());
        out.push(b'\n');
    }
}

/// Appends the line of an entry, without its end.
///
/// ```
/// use ngram::Entry;
///
/// let tokens: &[&[u8]] = &[b"a\tb", b"c"];
/// let entry = Entry { tokens, shared: 0, count: 3, documents: 2, forms: &[], margins: &[] };
/// let mut line = Vec::new();
/// ngram::partial::write_entry(&entry, true, &mut line);
/// assert_eq!(line, b"3\t2\ta\\tb\tc");
/// ```
pub fn write_entry(entry: &Entry<'_>, has_documents: bool, line: &mut Vec<u8>) {
    push_number(entry.count, line);
    if has_documents {
        line.push(b'\t');
        push_number(entry.documents, line);
    }
    write_tokens(entry.tokens, line);
    for form in entry.forms {
        line.push(b'\t');
        write_tokens(form.tokens, line);
        line.push(b'\t');
        push_number(form.count, line);
    }
}

fn write_tokens(tokens: &[&[u8]], line: &mut Vec<u8>) {
    for token in tokens {
        line.push(b'\t');
        escape_key_into(token, line);
    }
}

fn push_number(number: u64, line: &mut Vec<u8>) {
    line.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// What the lines of a partial result hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    order_min: usize,
    order_max: usize,
    /// Documents are counted.
    pub has_documents: bool,
    /// Tokens are keys, and their forms follow.
    pub has_forms: bool,
}

impl Columns {
    /// What they hold in a result of these parameters.
    pub fn of(parameters: &Parameters) -> Self {
        Columns {
            order_min: usize::from(parameters.orders.first),
            order_max: usize::from(parameters.orders.last),
            has_documents: parameters.documents != Documents::Uncounted,
            has_forms: parameters.key_norm.is_some(),
        }
    }

    /// Reads the line, given without its end, that says how many documents there were.
    ///
    /// # Errors
    /// Why it does not.
    pub fn read_documents(&self, line: &[u8]) -> Result<u64, &'static str> {
        let number = line.strip_prefix(DOCUMENTS).ok_or("the number of documents is missing")?;
        read_number(number).ok_or("the number of documents is none")
    }

    /// Reads the line of an entry, given without its end: exactly what [`write_entry`] makes of it.
    ///
    /// # Errors
    /// Why the line is none of an entry; the buffer then holds nothing of use.
    pub fn read(&self, line: &[u8], entry: &mut EntryBuffer) -> Result<(), &'static str> {
        entry.clear();
        let (count, mut rest) = cell(line).ok_or("no n-gram follows the count")?;
        entry.count = read_count(count)?;
        if self.has_documents {
            let (documents, tokens) = cell(rest).ok_or("no n-gram follows the number of documents")?;
            let documents = read_number(documents).filter(|documents| (1..=entry.count).contains(documents));
            entry.documents = documents.ok_or("the number of documents is none from 1 to the count")?;
            rest = tokens;
        }
        let (tokens, forms) = if self.has_forms { section(rest) } else { (rest, None) };
        let order = read_tokens(tokens, &mut entry.key)?;
        if !(self.order_min..=self.order_max).contains(&order) {
            return Err("an n-gram of an order that the parameters do not name");
        }
        if self.has_forms { read_forms(forms, order, entry) } else { Ok(()) }
    }
}

fn read_forms(mut forms: Option<&[u8]>, order: usize, entry: &mut EntryBuffer) -> Result<(), &'static str> {
    let (mut sum, mut previous) = (0u64, 0..0);
    while let Some(rest) = forms {
        let (form, others) = section(rest);
        let tab = memchr::memrchr(b'\t', form).ok_or("a form without a count")?;
        let count = read_count(&form[tab + 1..])?;
        let start = previous.end;
        if read_tokens(&form[..tab], &mut entry.forms.keys)? != order {
            return Err("a form of another order than its n-gram");
        }
        let current = start..entry.forms.keys.len();
        if entry.forms.keys[previous] >= entry.forms.keys[current.clone()] {
            return Err("forms that do not ascend");
        }
        entry.forms.end(count);
        sum = sum.saturating_add(count);
        previous = current;
        forms = others;
    }
    if sum == entry.count { Ok(()) } else { Err("forms that do not add up to the count") }
}

/// What stands before the first tab and behind it.
fn cell(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let tab = memchr(b'\t', line)?;
    Some((&line[..tab], &line[tab + 1..]))
}

/// What stands before the first empty column and, if there is one, behind it.
fn section(line: &[u8]) -> (&[u8], Option<&[u8]>) {
    let gap = memchr::memmem::find(line, b"\t\t");
    gap.map_or((line, None), |gap| (&line[..gap], Some(&line[gap + 2..])))
}

fn read_count(digits: &[u8]) -> Result<u64, &'static str> {
    read_number(digits).filter(|&count| count > 0).ok_or("a count that is no number from 1 to 2^64 - 1")
}

/// A number as it is written: digits alone, and no nought before others.
pub(crate) fn read_number(digits: &[u8]) -> Option<u64> {
    if digits.len() > 1 && digits[0] == b'0' || digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u64, |number, &digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// Appends the key of escaped tokens with tabs between them, and tells how many they are.
fn read_tokens(tokens: &[u8], key: &mut Vec<u8>) -> Result<usize, &'static str> {
    if !is_plain(tokens) {
        let each = tokens.split(|&byte| byte == b'\t');
        return each.map(|token| read_token(token, key)).try_fold(0, |order, read| read.map(|()| order + 1));
    }
    let start = key.len();
    key.extend_from_slice(tokens);
    key.push(b'\t');
    let (mut order, mut is_empty, mut has_empty) = (0, true, false);
    for byte in &mut key[start..] {
        let is_end = *byte == b'\t';
        *byte = if is_end { END } else { *byte };
        has_empty |= is_empty & is_end;
        order += usize::from(is_end);
        is_empty = is_end;
    }
    if has_empty { Err(EMPTY) } else { Ok(order) }
}

/// Whether tokens are in a key as they are here. One look at a few bytes, without a branch for each.
fn is_plain(tokens: &[u8]) -> bool {
    tokens.iter().fold(true, |plain, &byte| plain & ((byte > b'\r') | (byte == b'\t')) & (byte != b'\\'))
}

const EMPTY: &str = "an empty token";

fn read_token(token: &[u8], key: &mut Vec<u8>) -> Result<(), &'static str> {
    push_unescaped(token, |byte| push_byte(byte, key))?;
    key.push(END);
    if token.is_empty() { Err(EMPTY) } else { Ok(()) }
}

/// Hands on the bytes that an escaped token stands for.
pub(crate) fn push_unescaped(token: &[u8], mut push: impl FnMut(u8)) -> Result<(), &'static str> {
    let mut bytes = token.iter();
    while let Some(&byte) = bytes.next() {
        push(match byte {
            b'\r' | b'\n' => return Err("a return or newline that is not escaped"),
            b'\\' => match bytes.next() {
                Some(b't') => b'\t',
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b'\\') => b'\\',
                _ => return Err("a backslash that is not followed by t, n, r or a backslash"),
            },
            _ => byte,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Form;
    use crate::parameters::Documents;
    use proptest::prelude::*;

    fn columns(has_documents: bool, has_forms: bool) -> Columns {
        let parameters = Parameters {
            orders: "1-3".parse().expect("orders"),
            key_norm: has_forms.then(|| "lower".to_owned()),
            documents: if has_documents { Documents::Files } else { Documents::Uncounted },
            ..Parameters::default()
        };
        Columns::of(&parameters)
    }

    fn refs(tokens: &[Vec<u8>]) -> Vec<&[u8]> {
        tokens.iter().map(Vec::as_slice).collect()
    }

    prop_compose! {
        fn any_token()(token in prop::collection::vec(
            prop_oneof![0u8..2, Just(b'\t'), Just(b'\n'), Just(b'\r'), Just(b'\\'), Just(b' '), b'a'..b'c', 254u8..], 1..4,
        )) -> Vec<u8> { token }
    }

    prop_compose! {
        fn any_grams()(order in 1usize..=3)(grams in prop::collection::vec(
            prop::collection::vec(any_token(), order), 1..4,
        )) -> Vec<Vec<Vec<u8>>> { grams }
    }

    proptest! {
        #[test]
        fn a_line_is_read_back(
            grams in any_grams(), counts in prop::array::uniform3(1u64..), documents: u64,
            has_documents: bool, has_forms: bool,
        ) {
            let mut forms = grams[1..].to_vec();
            forms.sort();
            forms.dedup();
            prop_assume!(!has_forms || !forms.is_empty());
            let forms: Vec<Vec<&[u8]>> = forms.iter().map(|form| refs(form)).collect();
            let forms: Vec<Form<'_>> =
                forms.iter().zip(counts).map(|(tokens, count)| Form { tokens, count }).collect();
            let forms = if has_forms { &forms[..] } else { &[] };
            let sum = forms.iter().fold(0u64, |sum, form| sum.saturating_add(form.count));
            let count = if has_forms { sum } else { counts[0] };
            let documents = if has_documents { documents % count + 1 } else { 0 };
            let documents = documents.min(count);
            let tokens = refs(&grams[0]);
            let entry = Entry { tokens: &tokens, shared: 0, count, documents, forms, margins: &[] };

            let mut line = Vec::new();
            write_entry(&entry, has_documents, &mut line);
            prop_assert!(!line.contains(&b'\n') && !line.contains(&b'\r'));
            let mut buffer = EntryBuffer::default();
            prop_assert_eq!(columns(has_documents, has_forms).read(&line, &mut buffer), Ok(()));
            let mut again = Vec::new();
            buffer.lend(0, &[], |lent| {
                assert_eq!((lent.tokens, lent.shown()), (entry.tokens, entry.shown()));
                write_entry(lent, has_documents, &mut again);
            });
            prop_assert_eq!(&again, &line);
            let mut copy = EntryBuffer::default();
            copy.copy_from(&entry);
            prop_assert_eq!(&copy.key, &buffer.key);
            prop_assert_eq!(&copy.forms.keys, &buffer.forms.keys);
        }

        #[test]
        fn what_is_read_is_what_would_be_written(
            line in prop::collection::vec(prop_oneof![Just(b'\t'), b'0'..b'4', b'a'..b'c', Just(b'\\'), any::<u8>()], 0..24),
            has_documents: bool, has_forms: bool,
        ) {
            let mut buffer = EntryBuffer::default();
            if columns(has_documents, has_forms).read(&line, &mut buffer).is_ok() {
                let mut again = Vec::new();
                buffer.lend(0, &[], |entry| write_entry(entry, has_documents, &mut again));
                prop_assert_eq!(again, line);
            }
        }
    }

    #[test]
    fn every_other_line_is_refused_with_its_reason() {
        for (has_documents, has_forms, line, reason) in [
            (false, false, "", "no n-gram follows the count"),
            (false, false, "3", "no n-gram follows the count"),
            (false, false, "3\t", "an empty token"),
            (false, false, "0\ta", "a count that"),
            (false, false, "-1\ta", "a count that"),
            (false, false, "+1\ta", "a count that"),
            (false, false, "01\ta", "a count that"),
            (false, false, "18446744073709551616\ta", "a count that"),
            (false, false, "a\t3", "a count that"),
            (false, false, "3\ta\t", "an empty token"),
            (false, false, "3\ta\t\tb", "an empty token"),
            (false, false, "3\t\\t\t\tb", "an empty token"),
            (false, false, "3\ta\tb\tc\td", "an n-gram of an order"),
            (false, false, "3\ta\\x", "a backslash"),
            (false, false, "3\ta\\", "a backslash"),
            (false, false, "3\ta\r", "a return"),
            (true, false, "3\ta", "no n-gram follows the number of documents"),
            (true, false, "3\t4\ta", "the number of documents"),
            (true, false, "3\t0\ta", "the number of documents"),
            (false, true, "3\ta", "forms that do not add up"),
            (false, true, "3\ta\t\tA\t2", "forms that do not add up"),
            (false, true, "3\ta\t\tA\t2\t\tA\t1", "forms that do not ascend"),
            (false, true, "3\ta\t\tA\tB\t3", "a form of another order"),
            (false, true, "3\ta\t\t\t3", "an empty token"),
            (false, true, "3\ta\t\t3", "a form without a count"),
            (false, true, "3\ta\t\tA\tx", "a count that"),
            (false, true, "3\ta\t\tA\t3\t\t", "a form without a count"),
        ] {
            let refused =
                columns(has_documents, has_forms).read(line.as_bytes(), &mut EntryBuffer::default());
            let refused = refused.expect_err(line);
            assert!(refused.starts_with(reason), "{line:?}: {refused}");
        }
    }

    #[test]
    fn a_part_is_counted_and_says_its_documents() {
        let mut parameters = Parameters { unit: "space".to_owned(), ..Parameters::default() };
        let mut out = Vec::new();
        PartLines::begin(&parameters, 0, &mut out).end(&mut out);
        let text = String::from_utf8_lossy(&out).into_owned();
        assert!(
            text.starts_with("#sluice ngram partial 3 {\"orders\":\"2\",\"unit\":\"space\"}\n#end 0 "),
            "{text}"
        );
        out.clear();
        parameters.documents = Documents::Records;
        let mut lines = PartLines::begin(&parameters, 7, &mut out);
        let mut entries = Checksum::default();
        [&b"1\ta"[..], b"2\tb"].into_iter().for_each(|line| entries.add(line));
        lines.add(entries);
        lines.end(&mut out);
        let text = String::from_utf8_lossy(&out).into_owned();
        assert!(text.contains("}\n#documents\t7\n#end 3 "), "{text}");
        let columns = Columns::of(&parameters);
        assert_eq!(columns.read_documents(b"#documents\t7"), Ok(7));
        assert!(columns.read_documents(b"#documents\t07").is_err() && columns.read_documents(b"7").is_err());
    }
}
