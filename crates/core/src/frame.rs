//! UTF-8 to records: where a record ends, and which part of it is the text.

use memchr::{memchr, memchr_iter, memrchr};

/// How a stream is cut into records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cut {
    /// A record ends with LF or CR LF; either belongs to the record's end, not to its text.
    #[default]
    Lines,
    /// A record ends with NUL.
    Null,
    /// A record ends with a blank line: one that holds nothing but spaces, tabs and CR.
    Paragraphs,
    /// A file is a record; a final line end is its end.
    Whole,
}

/// One record in its frame: `prefix`, `text` and `suffix` together are all of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raw<'a> {
    /// Extra blank lines before a paragraph; empty in every other frame.
    pub prefix: &'a [u8],
    /// The record without its end.
    pub text: &'a [u8],
    /// The record's end as it stood: LF, CR LF, NUL, LF and a blank line, or nothing at the end of a file.
    pub suffix: &'a [u8],
}

impl Raw<'_> {
    /// Bytes of the whole record, its end included.
    pub fn length_bytes(&self) -> usize {
        self.prefix.len() + self.text.len() + self.suffix.len()
    }

    /// Blank lines after the last paragraph are bytes to keep, but no record.
    pub fn is_filler(&self) -> bool {
        self.text.is_empty() && self.suffix.is_empty()
    }
}

impl Cut {
    /// The byte that ends a record, or a line of it.
    pub fn delimiter(self) -> u8 {
        match self {
            Cut::Null => 0,
            Cut::Lines | Cut::Paragraphs | Cut::Whole => b'\n',
        }
    }

    /// The end of the last whole record in `bytes[start..]`, as an index into `bytes`.
    ///
    /// `start` is a record's start. `scanned` says how far an earlier call on the same bytes has looked, so
    /// that a record which grows read by read is searched once.
    pub fn last_end(self, bytes: &[u8], start: usize, scanned: usize) -> Option<usize> {
        let from = scanned.max(start);
        match self {
            Cut::Lines | Cut::Null => memrchr(self.delimiter(), &bytes[from..]).map(|at| from + at + 1),
            Cut::Whole => None,
            Cut::Paragraphs => last_blank_line(bytes, start, from),
        }
    }

    /// How many records `bytes` holds; `bytes` ends at a record's end or at the end of the file.
    pub fn count(self, bytes: &[u8]) -> u64 {
        match self {
            Cut::Lines | Cut::Null => {
                let open = bytes.last().is_some_and(|&last| last != self.delimiter());
                memchr_iter(self.delimiter(), bytes).count() as u64 + u64::from(open)
            }
            Cut::Whole => u64::from(!bytes.is_empty()),
            Cut::Paragraphs => self.split(bytes).filter(|raw| !raw.is_filler()).count() as u64,
        }
    }

    /// The records of `bytes`, which starts at a record's start.
    pub fn split(self, bytes: &[u8]) -> Split<'_> {
        Split { cut: self, rest: bytes }
    }

    /// Calls `each` for the records of `bytes`, as [`Cut::split`] gives them; the hot loop of every tool.
    #[inline]
    pub fn for_each<'a>(self, bytes: &'a [u8], mut each: impl FnMut(Raw<'a>)) {
        if self != Cut::Lines {
            return self.split(bytes).for_each(each);
        }
        let mut from = 0;
        for end in memchr_iter(b'\n', bytes) {
            let text = if end > from && bytes[end - 1] == b'\r' { end - 1 } else { end };
            each(Raw { prefix: b"", text: &bytes[from..text], suffix: &bytes[text..=end] });
            from = end + 1;
        }
        if from < bytes.len() {
            each(Raw { prefix: b"", text: &bytes[from..], suffix: b"" });
        }
    }

    /// What would have to follow a run of whole records before another record may.
    pub fn missing_end_of(self, bytes: &[u8]) -> &'static [u8] {
        let Some(&last) = bytes.last() else { return b"" };
        if self != Cut::Paragraphs {
            return if last == self.delimiter() { b"" } else { self.missing_end(b"") };
        }
        let content = bytes.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        let blank = &bytes[content.map_or(0, |at| at + 1)..];
        match content {
            Some(_) if memchr_iter(b'\n', blank).count() < 2 => self.missing_end(blank),
            // A blank line that was begun must end, lest it become part of the next record.
            _ if last == b'\n' => b"",
            _ => b"\n",
        }
    }

    /// What would have to follow a record with this `suffix` before another record may.
    pub fn missing_end(self, suffix: &[u8]) -> &'static [u8] {
        match self {
            Cut::Null if suffix.is_empty() => b"\0",
            Cut::Lines | Cut::Whole if suffix.is_empty() => b"\n",
            Cut::Paragraphs => match memchr_iter(b'\n', suffix).count() {
                0 => b"\n\n",
                1 => b"\n",
                _ => b"",
            },
            _ => b"",
        }
    }
}

/// Finds where an over-long record ends in a stream whose bytes are not kept.
#[derive(Debug, Clone, Copy)]
pub struct EndSeeker {
    cut: Cut,
    /// Paragraphs: there was more than blank lines.
    content: bool,
    /// Paragraphs: only blanks since the last line end, and there was one after content.
    blank: bool,
    /// The last byte was the delimiter.
    closed: bool,
}

impl EndSeeker {
    /// Starts in the middle of a record of which `seen` has been read.
    pub fn new(cut: Cut, seen: &[u8]) -> Self {
        let mut seeker = EndSeeker { cut, content: false, blank: false, closed: false };
        seeker.closed = seen.last() == Some(&cut.delimiter());
        if cut == Cut::Paragraphs {
            seeker.content = !seen.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
            let line = memrchr(b'\n', seen);
            seeker.blank = seeker.content && line.is_some_and(|at| is_blank(&seen[at + 1..]));
        }
        seeker
    }

    /// What the record lacks, if its file ends here, before another one may follow.
    pub fn missing_end(&self) -> &'static [u8] {
        match self.cut {
            Cut::Paragraphs if self.content => self.cut.missing_end(if self.blank { b"\n" } else { b"" }),
            _ if self.closed => b"",
            Cut::Paragraphs => b"\n",
            cut => cut.missing_end(b""),
        }
    }

    /// The index after the record's end, if it lies in `bytes`, the next piece of the stream.
    pub fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        self.closed = bytes.last().map_or(self.closed, |&last| last == self.cut.delimiter());
        match self.cut {
            Cut::Lines | Cut::Null => memchr(self.cut.delimiter(), bytes).map(|at| at + 1),
            Cut::Whole => None,
            Cut::Paragraphs => {
                let mut from = 0;
                for at in memchr_iter(b'\n', bytes) {
                    if self.blank && is_blank(&bytes[from..at]) {
                        return Some(at + 1);
                    }
                    self.content |= !is_blank(&bytes[from..at]);
                    self.blank = self.content;
                    from = at + 1;
                }
                self.content |= !is_blank(&bytes[from..]);
                self.blank = self.blank && is_blank(&bytes[from..]);
                None
            }
        }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// The end of the last blank line that closes a paragraph of `bytes[start..]`, looking no further back than
/// the line that `from` stands in. Of several blank lines the first one closes: the others belong to what follows.
fn last_blank_line(bytes: &[u8], start: usize, from: usize) -> Option<usize> {
    let line_start = |end: usize| memrchr(b'\n', &bytes[start..end]).map_or(start, |at| start + at + 1);
    let mut end = start + memrchr(b'\n', &bytes[start..])?;
    while end >= from {
        let line = line_start(end);
        let before = line.checked_sub(1).filter(|_| line > start)?;
        if is_blank(&bytes[line..end]) && !is_blank(&bytes[line_start(before)..before]) {
            return Some(end + 1);
        }
        end = before;
    }
    None
}

/// Iterator over the records of a run of bytes.
#[derive(Debug, Clone)]
pub struct Split<'a> {
    cut: Cut,
    rest: &'a [u8],
}

impl<'a> Iterator for Split<'a> {
    type Item = Raw<'a>;

    #[inline]
    fn next(&mut self) -> Option<Raw<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let raw = match self.cut {
            Cut::Lines => split_line(self.rest),
            Cut::Null => {
                let end = memchr(0, self.rest);
                let text = end.unwrap_or(self.rest.len());
                Raw {
                    prefix: b"",
                    text: &self.rest[..text],
                    suffix: &self.rest[text..end.map_or(text, |at| at + 1)],
                }
            }
            Cut::Whole => {
                let body = self.rest.strip_suffix(b"\n").unwrap_or(self.rest);
                let body = if body.len() < self.rest.len() {
                    body.strip_suffix(b"\r").unwrap_or(body)
                } else {
                    body
                };
                Raw { prefix: b"", text: body, suffix: &self.rest[body.len()..] }
            }
            Cut::Paragraphs => split_paragraph(self.rest),
        };
        self.rest = &self.rest[raw.length_bytes()..];
        Some(raw)
    }
}

#[inline]
fn split_line(rest: &[u8]) -> Raw<'_> {
    let Some(end) = memchr(b'\n', rest) else {
        return Raw { prefix: b"", text: rest, suffix: b"" };
    };
    let text = if end > 0 && rest[end - 1] == b'\r' { end - 1 } else { end };
    Raw { prefix: b"", text: &rest[..text], suffix: &rest[text..=end] }
}

fn split_paragraph(rest: &[u8]) -> Raw<'_> {
    let mut from = 0;
    let mut text_start = None;
    while from < rest.len() {
        let line = split_line(&rest[from..]);
        let next = from + line.length_bytes();
        if is_blank(line.text) {
            if let Some(start) = text_start {
                let end = line_end_before(rest, from);
                return Raw { prefix: &rest[..start], text: &rest[start..end], suffix: &rest[end..next] };
            }
        } else {
            text_start.get_or_insert(from);
        }
        from = next;
    }
    let start = text_start.unwrap_or(rest.len());
    let end = if rest.ends_with(b"\n") && start < rest.len() {
        line_end_before(rest, rest.len())
    } else {
        rest.len()
    };
    Raw { prefix: &rest[..start], text: &rest[start..end], suffix: &rest[end..] }
}

/// Where the line end that closes just before `at` begins.
fn line_end_before(bytes: &[u8], at: usize) -> usize {
    let end = at.saturating_sub(1);
    if end > 0 && bytes[end - 1] == b'\r' { end - 1 } else { end }
}

/// Which columns `--field` names, as in `cut -f`: `1,3-5,7-`; numbers count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldList {
    ranges: Vec<(usize, usize)>,
}

impl FieldList {
    /// Whether column `number` (from 1) is in the list.
    pub fn contains(&self, number: usize) -> bool {
        self.ranges.iter().any(|&(first, last)| (first..=last).contains(&number))
    }
}

impl std::fmt::Display for FieldList {
    /// As it may be typed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, &(first, last)) in self.ranges.iter().enumerate() {
            f.write_str(if number > 0 { "," } else { "" })?;
            match last {
                usize::MAX => write!(f, "{first}-")?,
                last if last == first => write!(f, "{first}")?,
                last => write!(f, "{first}-{last}")?,
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for FieldList {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str| match part.parse::<usize>() {
            Ok(0) => Err("fields are numbered from 1".to_owned()),
            Ok(number) => Ok(number),
            Err(_) => Err(format!("'{part}' is not a field number; a list looks like 1,3-5,7-")),
        };
        let ranges = text.split(',').map(|part| match part.split_once('-') {
            None => number(part).map(|only| (only, only)),
            Some(("", "")) => Err("'-' is not a range".to_owned()),
            Some((first, "")) => Ok((number(first)?, usize::MAX)),
            Some(("", last)) => Ok((1, number(last)?)),
            Some((first, last)) => {
                let (first, last) = (number(first)?, number(last)?);
                if first > last { Err(format!("range {part} runs backwards")) } else { Ok((first, last)) }
            }
        });
        Ok(FieldList { ranges: ranges.collect::<Result<_, _>>()? })
    }
}

/// Which part of a record the tool works on; every other byte of the record passes untouched.
#[derive(Debug, Clone, Default)]
pub enum Selection {
    /// The whole text.
    #[default]
    All,
    /// The string field of a JSON line that the pointer names.
    Json(crate::json::Pointer),
    /// Columns between separator bytes.
    Columns {
        /// The byte between columns.
        separator: u8,
        /// The columns that are text.
        fields: FieldList,
    },
}

/// The byte ranges of the selected columns in `text`, appended to `ranges`.
pub fn columns(text: &[u8], separator: u8, fields: &FieldList, ranges: &mut Vec<std::ops::Range<usize>>) {
    let mut start = 0;
    let ends = memchr_iter(separator, text).chain(std::iter::once(text.len()));
    for (number, end) in (1..).zip(ends) {
        if fields.contains(number) {
            ranges.push(start..end);
        }
        start = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Cut; 4] = [Cut::Lines, Cut::Null, Cut::Paragraphs, Cut::Whole];

    fn texts(cut: Cut, bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
        cut.split(bytes).map(|raw| (raw.text, raw.suffix)).collect()
    }

    #[test]
    fn lines_own_their_line_end() {
        assert_eq!(
            texts(Cut::Lines, b"a\r\n\nb\rc\n\xFF"),
            [(&b"a"[..], &b"\r\n"[..]), (b"", b"\n"), (b"b\rc", b"\n"), (b"\xFF", b"")]
        );
        assert!(texts(Cut::Lines, b"").is_empty());
    }

    #[test]
    fn null_records_keep_line_ends_inside() {
        assert_eq!(texts(Cut::Null, b"a\n\0b"), [(&b"a\n"[..], &b"\0"[..]), (b"b", b"")]);
    }

    #[test]
    fn paragraphs_end_with_one_blank_line_and_start_after_the_others() {
        let raws: Vec<_> = Cut::Paragraphs.split(b"\n a\nb\n \t\n\n\nc\r\n\r\nd\n").collect();
        assert_eq!(raws[0], Raw { prefix: b"\n", text: b" a\nb", suffix: b"\n \t\n" });
        assert_eq!(raws[1], Raw { prefix: b"\n\n", text: b"c", suffix: b"\r\n\r\n" });
        assert_eq!(raws[2], Raw { prefix: b"", text: b"d", suffix: b"\n" });
        assert_eq!(raws.len(), 3);
        let rest: Vec<_> = Cut::Paragraphs.split(b"\n\n").collect();
        assert!(rest.len() == 1 && rest[0].is_filler());
    }

    #[test]
    fn missing_ends() {
        assert_eq!(Cut::Lines.missing_end(b""), b"\n");
        assert_eq!(Cut::Lines.missing_end(b"\r\n"), b"");
        assert_eq!(Cut::Paragraphs.missing_end(b"\n"), b"\n");
        assert_eq!(Cut::Paragraphs.missing_end(b"\n\n"), b"");
        let of = |bytes| Cut::Paragraphs.missing_end_of(bytes);
        assert_eq!([of(b"a"), of(b"a\n"), of(b"a\n\t"), of(b"a\n\n\n")], [&b"\n\n"[..], b"\n", b"\n", b""]);
        assert_eq!(
            [of(b""), of(b"\n"), of(b" "), of(b"a\n\n ")],
            [&b""[..], b"", b"\n", b"\n"],
            "blank lines alone"
        );
    }

    #[test]
    fn field_lists_are_those_of_cut() {
        let list: FieldList = "2,4-5,7-".parse().expect("a list");
        let picked: Vec<_> = (1..10).filter(|&number| list.contains(number)).collect();
        assert_eq!(picked, [2, 4, 5, 7, 8, 9]);
        assert!("-3".parse::<FieldList>().expect("a list").contains(1));
        for bad in ["", "0", "x", "5-4", "-", "1,,2"] {
            assert!(bad.parse::<FieldList>().is_err(), "{bad}");
        }
    }

    #[test]
    fn columns_are_found_like_cut_finds_them() {
        let mut ranges = Vec::new();
        columns(b"a\tbb\t\tc", b'\t', &"2-3,9".parse().expect("a list"), &mut ranges);
        assert_eq!(ranges, [2..4, 5..5]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_counts_agree(bytes in prop::collection::vec(prop::sample::select(&b"ab \t\r\n\0"[..]), 0..60)) {
            for cut in ALL {
                let joined: Vec<u8> = cut.split(&bytes)
                    .flat_map(|raw| [raw.prefix, raw.text, raw.suffix].concat()).collect();
                prop_assert_eq!(&joined, &bytes);
                let mut each = Vec::new();
                cut.for_each(&bytes, |raw| each.push(raw));
                prop_assert_eq!(each, cut.split(&bytes).collect::<Vec<_>>());
                let counted = cut.split(&bytes).filter(|raw| !raw.is_filler()).count() as u64;
                if cut != Cut::Whole { prop_assert_eq!(cut.count(&bytes), counted); }
            }
        }

        #[test]
        fn cutting_at_an_end_changes_no_record(
            bytes in prop::collection::vec(prop::sample::select(&b"ab \r\n\0"[..]), 0..40),
            scanned in 0usize..40,
        ) {
            for cut in ALL {
                let whole: Vec<_> = cut.split(&bytes).collect();
                for length in 0..=bytes.len() {
                    let part = &bytes[..length];
                    let found = cut.last_end(part, 0, 0);
                    // Looking again only where nothing was found before gives the same answer.
                    let earlier = scanned.min(length);
                    if cut.last_end(&part[..earlier], 0, 0).is_none() {
                        prop_assert_eq!(cut.last_end(part, 0, earlier), found);
                    }
                    let Some(end) = found else { continue };
                    let two: Vec<_> = cut.split(&part[..end]).chain(cut.split(&bytes[end..])).collect();
                    prop_assert_eq!(&two, &whole, "{:?} cut at {}", cut, end);
                }
            }
        }

        #[test]
        fn an_end_is_sought_as_it_is_split(
            bytes in prop::collection::vec(prop::sample::select(&b"ab \r\n\0"[..]), 1..30), at in 0usize..30, step in 1usize..5,
        ) {
            for cut in [Cut::Lines, Cut::Null, Cut::Paragraphs] {
                let first = cut.split(&bytes).next().expect("not empty");
                let whole = cut.missing_end(first.suffix).is_empty();
                if first.is_filler() || at > first.prefix.len() + first.text.len() { continue; }
                let mut seeker = EndSeeker::new(cut, &bytes[..at]);
                let mut from = at;
                let mut found = None;
                for piece in bytes[at..].chunks(step) {
                    if let Some(end) = seeker.find(piece) { found = Some(from + end); break; }
                    from += piece.len();
                }
                prop_assert_eq!(found, whole.then_some(first.length_bytes()), "{:?} at {}", cut, at);
                if found.is_none() {
                    prop_assert_eq!(seeker.missing_end(), cut.missing_end_of(&bytes), "{:?} at {}", cut, at);
                }
            }
        }
    }

    #[test]
    fn a_list_of_fields_is_shown_as_it_may_be_typed() {
        for list in ["1", "1,3-5,7-", "2-2"] {
            let fields: FieldList = list.parse().expect("a list");
            assert_eq!(fields.to_string().parse(), Ok(fields), "{list}");
        }
    }
}
