//! Moses' tokenizer: what tokenizer.perl does in thirty passes of regular expressions, in one.
//!
//! Byte for byte what tokenizer.perl (Moses 4.0) writes, with these differences, all of them wanted:
//!
//! - a text that holds Moses' own marker `DOTMULTI` keeps it; tokenizer.perl writes a full stop in its place;
//! - no space stands at the end of a line, nor two in a row: tokenizer.perl leaves such where a text ends with `.'`;
//! - a line of white space has no tokens; tokenizer.perl writes it as it is;
//! - in Catalan the middle dot stays inside words; tokenizer.perl does so, too, but for one that follows a `Â`;
//! - characters are those of Unicode 18, whereas Perl has the version that its release came with. Beside Perl 5.36 with
//!   Unicode 14 that makes 26,930 characters that are newer, and 44 whose properties were changed: U+0295, U+0363..036F,
//!   U+0C04, U+0F82..0F83, U+10FC, U+1DD3..1DE6, U+A7F2..A7F4, U+AB69, U+11080..11081;
//! - `-protected`, `-penn` and `-x` are not there.
//!
//! Where sacremoses (0.2.0) differs from tokenizer.perl, we do as tokenizer.perl does: the full stop of the last word is always
//! a token, even of an abbreviation; colons stay inside words in Finnish and Swedish; Catalan, Irish, Somali and Tetum have
//! their rules for apostrophes; U+001C..001F are dropped; viramas and nuktas are no letters; of an abbreviation listed twice
//! the last line counts, and one with a space behind it in Moses' list matches nothing.

mod apostrophe;
mod class;
mod stop;
mod walk;

use language::{Abbreviations, Language};
use rewrite::UnknownName;

use super::{Scratch, Token};
use apostrophe::Apostrophes;
use class::{Kind, kinds};

/// Moses' tokenizer for one language.
#[derive(Debug, Clone)]
pub struct Moses {
    /// Hyphens between letters or digits become tokens, which read `@-@`: `-a` of tokenizer.perl.
    pub splits_hyphens: bool,
    /// `& | < > ' " [ ]` read `&amp; &#124; &lt; &gt; &apos; &quot; &#91; &#93;`; `-no-escape` turns it off.
    pub escapes: bool,
    pub(super) abbreviations: Abbreviations,
    code: String,
    apostrophes: Apostrophes,
    kinds: [Kind; 256],
    /// The middle dot stays inside words.
    keeps_middle_dots: bool,
}

/// Languages without a list of abbreviations, nor a folder, that have rules of their own.
const OTHERS: [&str; 2] = ["ko", "so"];

impl Moses {
    /// The tokenizer for a language: its rules, and its abbreviations, or those of English if it has none, as in Moses.
    ///
    /// # Errors
    /// No language of [`Moses::codes`] has the code.
    pub(super) fn new(code: &str) -> Result<Moses, UnknownName> {
        if !Moses::codes().any(|known| known == code) {
            return Err(UnknownName::new("language of moses", code, Moses::codes()));
        }
        let abbreviations =
            Abbreviations::for_code(code).or_else(|| Abbreviations::for_code("en")).unwrap_or_default();
        Ok(Moses {
            splits_hyphens: false,
            escapes: true,
            abbreviations,
            code: code.to_owned(),
            apostrophes: Apostrophes::of(code),
            kinds: kinds(code),
            keeps_middle_dots: code == "ca",
        })
    }

    /// The codes of the languages, in byte order: those with a list of abbreviations, those that [`Language`] knows, and
    /// those that Moses has a rule for.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        let mut codes: Vec<_> = Abbreviations::codes().chain(Language::codes()).chain(OTHERS).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter()
    }

    /// The code of the language.
    pub fn code(&self) -> &str {
        &self.code
    }

    pub(super) fn for_each(&self, scratch: &mut Scratch, text: &[u8], receive: impl FnMut(Token<'_>)) {
        walk::walk(self, &mut scratch.bytes, text, receive);
    }
}
