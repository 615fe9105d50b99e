//! Which encoding text is written in, and the names it goes by.

use std::str::FromStr;

use crate::decode::{Encoding, UnknownLabel};

/// An encoding that text can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// ASCII and nothing else.
    Ascii,
    /// UTF-8.
    Utf8,
    /// UTF-16, which the Encoding Standard only decodes.
    Utf16(ByteOrder),
    /// UTF-32, which it does not know.
    Utf32(ByteOrder),
    /// An encoding of the Encoding Standard, neither UTF-8 nor UTF-16.
    Table(&'static encoding_rs::Encoding),
}

/// Which byte of a code unit comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrder {
    /// The least significant one.
    Little,
    /// The most significant one.
    Big,
}

/// What a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputLabel {
    /// The encoding.
    pub target: Target,
    /// Whether outputs start with a byte order mark unless told otherwise: the label leaves the byte order open.
    pub wants_mark: bool,
}

impl Target {
    /// The encoding of a label, whatever its case and the spaces around it.
    ///
    /// Labels are those of [`Encoding::for_label`], and mean what they mean there, with one exception: `ascii`,
    /// `us-ascii` and `ansi_x3.4-1968` are ASCII, not windows-1252. As in iconv(1), `utf-16` and `utf-32` are
    /// little-endian with a byte order mark; labels that name the byte order have none.
    ///
    /// # Errors
    /// A label that no encoding has, or that stands for one of the encodings that the Encoding Standard replaces.
    ///
    /// ```
    /// # use textcore::encode::{ByteOrder, Target};
    /// let label = Target::for_label("UTF-16")?;
    /// assert_eq!((label.target, label.wants_mark), (Target::Utf16(ByteOrder::Little), true));
    /// assert!(!Target::for_label("utf-16le")?.wants_mark);
    /// let error = Target::for_label("iso-2022-kr").unwrap_err();
    /// assert_eq!(error.to_string(), "no encoder for encoding \"iso-2022-kr\"; did you mean euc-kr?");
    /// # Ok::<(), textcore::decode::UnknownLabel>(())
    /// ```
    pub fn for_label(label: &str) -> Result<OutputLabel, UnknownLabel> {
        let name = label.trim_ascii().to_ascii_lowercase();
        let target = match Encoding::for_label(label).map_err(UnknownLabel::of_output)? {
            _ if ["ascii", "us-ascii", "ansi_x3.4-1968"].contains(&name.as_str()) => Target::Ascii,
            Encoding::Utf8 => Target::Utf8,
            Encoding::Utf32Le => Target::Utf32(ByteOrder::Little),
            Encoding::Utf32Be => Target::Utf32(ByteOrder::Big),
            Encoding::Other(other) if other == encoding_rs::UTF_16LE => Target::Utf16(ByteOrder::Little),
            Encoding::Other(other) if other == encoding_rs::UTF_16BE => Target::Utf16(ByteOrder::Big),
            Encoding::Other(other) => Target::Table(other),
        };
        let names_order = name.ends_with("le") || name.ends_with("be") || name.starts_with("unicodef");
        let is_wide = matches!(target, Target::Utf16(_) | Target::Utf32(_));
        Ok(OutputLabel { target, wants_mark: is_wide && !names_order })
    }

    /// The name by which the Unicode and Encoding Standards call it.
    pub fn name(self) -> &'static str {
        match self {
            Target::Ascii => "US-ASCII",
            Target::Utf8 => "UTF-8",
            Target::Utf16(ByteOrder::Little) => "UTF-16LE",
            Target::Utf16(ByteOrder::Big) => "UTF-16BE",
            Target::Utf32(ByteOrder::Little) => "UTF-32LE",
            Target::Utf32(ByteOrder::Big) => "UTF-32BE",
            Target::Table(encoding) => encoding.name(),
        }
    }

    /// U+FEFF in this encoding; empty for encodings that have no byte order mark.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Target::Ascii | Target::Table(_) => b"",
            Target::Utf8 => b"\xEF\xBB\xBF",
            Target::Utf16(ByteOrder::Little) => b"\xFF\xFE",
            Target::Utf16(ByteOrder::Big) => b"\xFE\xFF",
            Target::Utf32(ByteOrder::Little) => b"\xFF\xFE\0\0",
            Target::Utf32(ByteOrder::Big) => b"\0\0\xFE\xFF",
        }
    }
}

impl FromStr for OutputLabel {
    type Err = UnknownLabel;

    /// As [`Target::for_label`].
    fn from_str(text: &str) -> Result<Self, UnknownLabel> {
        Target::for_label(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_wanted_where_the_label_leaves_the_byte_order_open() {
        for (label, name, wants_mark) in [
            ("utf-8", "UTF-8", false),
            (" UTF-16 ", "UTF-16LE", true),
            ("ucs-2", "UTF-16LE", true),
            ("unicode", "UTF-16LE", true),
            ("utf-16le", "UTF-16LE", false),
            ("unicodeFEFF", "UTF-16LE", false),
            ("utf-16be", "UTF-16BE", false),
            ("unicodefffe", "UTF-16BE", false),
            ("utf-32", "UTF-32LE", true),
            ("utf32be", "UTF-32BE", false),
            ("ascii", "US-ASCII", false),
            ("US-ASCII", "US-ASCII", false),
            ("latin1", "windows-1252", false),
            ("cp1256", "windows-1256", false),
            ("gb2312", "GBK", false),
            ("x-user-defined", "x-user-defined", false),
        ] {
            let found = Target::for_label(label).expect(label);
            assert_eq!((found.target.name(), found.wants_mark), (name, wants_mark), "{label}");
        }
    }

    #[test]
    fn marks_are_what_decoding_looks_for() {
        use crate::decode::{Bom, bom};
        for label in ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"] {
            let target = Target::for_label(label).expect(label).target;
            let mark = target.mark();
            let encoding = Encoding::for_label(label).expect(label);
            assert_eq!(bom(mark, true), Bom::Found(encoding, mark.len()), "{label}");
        }
    }
}
