//! The names that encodings go by on the command line.

use std::fmt;
use std::str::FromStr;

use super::Encoding;

/// What `--encoding` asks for; a byte order mark in the input is stronger than any of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodingChoice {
    /// UTF-8, the default.
    Utf8,
    /// An encoding by its label, not UTF-8.
    Label(Encoding),
    /// Found out from the first 64 KiB of each input.
    Auto,
}

impl FromStr for EncodingChoice {
    type Err = UnknownLabel;

    /// `auto`, or a label as [`Encoding::for_label`] takes it.
    fn from_str(text: &str) -> Result<Self, UnknownLabel> {
        if text.trim_ascii().eq_ignore_ascii_case("auto") {
            return Ok(EncodingChoice::Auto);
        }
        match Encoding::for_label(text)? {
            Encoding::Utf8 => Ok(EncodingChoice::Utf8),
            encoding => Ok(EncodingChoice::Label(encoding)),
        }
    }
}

impl Encoding {
    /// The encoding of a label, whatever its case and the spaces around it.
    ///
    /// Labels are those of the Encoding Standard, section 4.2, and `utf-32`, `utf-32le`, `utf-32be`. Without
    /// a byte order mark `utf-16` is little-endian, as the standard has it, and so is `utf-32`. Some labels
    /// name more than they say: `latin1` and `ascii` are windows-1252, `gb2312` is GBK.
    ///
    /// `x-user-defined` is taken, though no text is in it: it loses nothing (bytes from 0x80 become U+F780
    /// and on).
    ///
    /// # Errors
    /// A label that no encoding has. Also those that the standard maps to "replacement" (`iso-2022-kr`,
    /// `hz-gb-2312` and others): it decodes whole texts in them to a single U+FFFD.
    ///
    /// ```
    /// # use textcore::decode::Encoding;
    /// assert_eq!(Encoding::for_label(" CP1256")?.name(), "windows-1256");
    /// let error = Encoding::for_label("utf-9").unwrap_err();
    /// assert_eq!(error.to_string(), "unknown encoding \"utf-9\"; did you mean utf-8, utf-16 or utf-32?");
    /// # Ok::<(), textcore::decode::UnknownLabel>(())
    /// ```
    pub fn for_label(label: &str) -> Result<Encoding, UnknownLabel> {
        match label.trim_ascii().to_ascii_lowercase().as_str() {
            "utf-32" | "utf32" | "utf-32le" | "utf32le" => return Ok(Encoding::Utf32Le),
            "utf-32be" | "utf32be" => return Ok(Encoding::Utf32Be),
            _ => {}
        }
        match encoding_rs::Encoding::for_label(label.as_bytes()) {
            Some(encoding) if encoding != encoding_rs::REPLACEMENT => Ok(encoding.into()),
            found => Err(UnknownLabel {
                label: label.to_owned(),
                use_of: LabelUse::Input,
                is_replacement: found.is_some(),
            }),
        }
    }
}

/// What a label is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LabelUse {
    Input,
    Output,
}

/// A label that cannot be decoded, or encoded; says which ones it resembles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLabel {
    label: String,
    use_of: LabelUse,
    /// The standard knows it, as something that no text is to be in.
    is_replacement: bool,
}

impl UnknownLabel {
    /// The same label, wanted for output.
    pub(crate) fn of_output(self) -> Self {
        UnknownLabel { use_of: LabelUse::Output, ..self }
    }

    /// Up to three common labels, the nearest first, none farther than half of the label.
    pub fn nearest(&self) -> Vec<&'static str> {
        let label = self.label.trim_ascii().to_ascii_lowercase();
        // Long labels are none; and the distance takes time in proportion to the length.
        if label.len() > 40 {
            return Vec::new();
        }
        let mut near: Vec<_> = COMMON_LABELS
            .iter()
            .filter(|common| self.use_of == LabelUse::Input || **common != "auto")
            .map(|common| (distance(&label, common), *common))
            .collect();
        near.retain(|(distance, _)| 2 * distance <= label.chars().count());
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().take(3).map(|(_, common)| common).collect()
    }
}

impl fmt::Display for UnknownLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_replacement, self.use_of) {
            (false, _) => {}
            (true, LabelUse::Input) => {
                return write!(f, "no decoder for encoding {:?}: convert it with iconv first", self.label);
            }
            (true, LabelUse::Output) => {
                // Both hold every character of the encodings that the standard replaces.
                let instead =
                    if self.label.to_ascii_lowercase().contains("kr") { "euc-kr" } else { "gb18030" };
                return write!(f, "no encoder for encoding {:?}; did you mean {instead}?", self.label);
            }
        }
        write!(f, "unknown encoding {:?}", self.label)?;
        match self.nearest().as_slice() {
            [] => Ok(()),
            [one] => write!(f, "; did you mean {one}?"),
            [others @ .., last] => write!(f, "; did you mean {} or {last}?", others.join(", ")),
        }
    }
}

impl std::error::Error for UnknownLabel {}

/// Labels to suggest, the more usual ones first; the Encoding Standard has 228.
pub(super) const COMMON_LABELS: [&str; 62] = [
    "utf-8",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "utf-32",
    "utf-32le",
    "utf-32be",
    "auto",
    "windows-1252",
    "windows-1256",
    "windows-1251",
    "windows-1250",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "cp1252",
    "cp1256",
    "cp1251",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1257",
    "cp1258",
    "latin1",
    "ascii",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-8-i",
    "iso-8859-9",
    "iso-8859-10",
    "iso-8859-11",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "koi8-r",
    "koi8-u",
    "cp866",
    "ibm866",
    "macintosh",
    "x-mac-cyrillic",
    "shift_jis",
    "sjis",
    "euc-jp",
    "iso-2022-jp",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "big5-hkscs",
    "euc-kr",
    "x-user-defined",
];

/// Levenshtein's distance in characters, by one row of the table.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, from) in from.chars().enumerate() {
        let mut diagonal = index;
        row[0] = index + 1;
        for (column, to) in to.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_any_case_are_found() {
        for label in COMMON_LABELS {
            let upper = format!("\t {} \n", label.to_ascii_uppercase());
            assert!(upper.parse::<EncodingChoice>().is_ok(), "{label}");
        }
        assert_eq!("UTF8".parse(), Ok(EncodingChoice::Utf8));
        assert_eq!("auto".parse(), Ok(EncodingChoice::Auto));
        assert_eq!("utf-32".parse(), Ok(EncodingChoice::Label(Encoding::Utf32Le)));
        assert_eq!(Encoding::for_label("utf-16"), Ok(Encoding::Other(encoding_rs::UTF_16LE)));
        assert_eq!(Encoding::for_label("x-user-defined").map(Encoding::name), Ok("x-user-defined"));
    }

    #[test]
    fn an_unknown_label_is_met_with_its_neighbours() {
        let said = |label: &str| Encoding::for_label(label).expect_err(label).to_string();
        assert_eq!(said("utf-9"), "unknown encoding \"utf-9\"; did you mean utf-8, utf-16 or utf-32?");
        assert_eq!(
            said("widows1256"),
            "unknown encoding \"widows1256\"; did you mean windows-1256, windows-1252 or windows-1251?"
        );
        assert_eq!(said("shift-jsi"), "unknown encoding \"shift-jsi\"; did you mean shift_jis?");
        assert_eq!(said(""), "unknown encoding \"\"");
        assert_eq!(said("سلام"), "unknown encoding \"سلام\"");
        assert_eq!(said(&"x".repeat(1000)).len(), 1000 + 19);
        for label in ["replacement", "ISO-2022-KR", "hz-gb-2312"] {
            assert_eq!(
                said(label),
                format!("no decoder for encoding {label:?}: convert it with iconv first")
            );
        }
    }

    #[test]
    fn for_output_nothing_is_found_out() {
        let said = |label: &str| Encoding::for_label(label).expect_err(label).of_output().to_string();
        assert_eq!(said("auto"), "unknown encoding \"auto\"");
        assert_eq!(said("utf-9"), "unknown encoding \"utf-9\"; did you mean utf-8, utf-16 or utf-32?");
        assert_eq!(said("ISO-2022-KR"), "no encoder for encoding \"ISO-2022-KR\"; did you mean euc-kr?");
        assert_eq!(said("hz-gb-2312"), "no encoder for encoding \"hz-gb-2312\"; did you mean gb18030?");
    }

    #[test]
    fn distances() {
        for (from, to, wanted) in [("", "", 0), ("", "ab", 2), ("kitten", "sitting", 3), ("ab", "ba", 2)] {
            assert_eq!((distance(from, to), distance(to, from)), (wanted, wanted), "{from} {to}");
        }
    }
}
