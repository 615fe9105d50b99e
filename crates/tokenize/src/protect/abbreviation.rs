//! Abbreviations from a list: words that the full stop behind them belongs to, at the end of a sentence too.

use std::ops::Range;
use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use language::{Abbreviation, Abbreviations, Language};
use memchr::memchr_iter;
use unicode::category::is_word_character;
use unicode::space::is_white_space;
use unicode::{Category, utf8};

use super::list;

/// The user's own list.
#[derive(Debug, Clone)]
pub struct OwnAbbreviations(Lookup);

/// A list, and what tells without a search that a word is not in it.
#[derive(Debug, Clone)]
struct Lookup {
    list: Abbreviations,
    /// For each last byte the lengths that words with it have, as bits; the last bit is for all that are longer.
    lengths: Box<[u64; 256]>,
}

impl Lookup {
    fn new(list: Abbreviations) -> Self {
        let mut lengths = Box::new([0; 256]);
        for (word, _) in list.iter() {
            let last = word.last().map_or(0, |last| usize::from(*last));
            lengths[last] |= 1 << word.len().min(63);
        }
        Lookup { list, lengths }
    }

    /// The length in bytes of the longest word that ends with this byte; if there is none, nothing.
    fn longest(&self, last: u8) -> usize {
        match self.lengths[usize::from(last)] {
            0 => 0,
            lengths if lengths >> 63 != 0 => self.list.length_bytes_max(),
            lengths => lengths.ilog2() as usize,
        }
    }

    fn get(&self, word: &[u8]) -> Option<Abbreviation> {
        let last = usize::from(*word.last()?);
        if self.lengths[last] >> word.len().min(63) & 1 == 0 { None } else { self.list.get(word) }
    }
}

impl OwnAbbreviations {
    /// Reads a list: one abbreviation to a line, with its full stop or without, and with `#NUMERIC_ONLY#` behind it if it is
    /// one before numbers alone; the format of Moses' lists. Lines that open with `#` are comments.
    ///
    /// # Errors
    /// What is wrong, with the file's name and the number of the line.
    pub fn read(path: &Path) -> Result<Self, String> {
        read(path).map(Lookup::new).map(OwnAbbreviations)
    }

    /// The list of a file that has been read, by its name.
    ///
    /// # Errors
    /// As [`OwnAbbreviations::read`].
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, String> {
        parse(name, bytes).map(Lookup::new).map(OwnAbbreviations)
    }
}

/// The entries of a file, as [`OwnAbbreviations::read`] has them.
///
/// # Errors
/// The same.
pub(crate) fn read(path: &Path) -> Result<Abbreviations, String> {
    parse(&path.display().to_string(), &list::read(path, list::FILE_BYTES_MAX)?)
}

fn parse(name: &str, bytes: &[u8]) -> Result<Abbreviations, String> {
    let mut plain = String::new();
    for entry in list::entries(name, bytes)?.iter().filter(|entry| !entry.text.starts_with('#')) {
        let (word, rest) = entry.text.split_once(is_white_space).unwrap_or((entry.text, ""));
        if !matches!(rest.trim(), "" | "#NUMERIC_ONLY#") {
            let problem = format!("an abbreviation holds no white space, but '{}' does", entry.text);
            return Err(list::at_line(name, entry.line, &problem));
        }
        plain += &format!("{} {}\n", word.trim_end_matches('.'), rest.trim());
    }
    Abbreviations::parse(plain.as_bytes()).map_err(|line| list::at_line(name, line, "invalid UTF-8"))
}

/// What is abbreviated in many languages that are written with Latin letters; for text of which the language is not known.
static COMMON: LazyLock<Lookup> = LazyLock::new(|| {
    let list = "Dr Prof Mr Mrs Ms Jr Sr St etc cf vs ca approx Inc Ltd Corp Co ed eds vol Vol pp fig Fig ibid et.al al \
                resp incl excl max min tel Tel Nr nr No Dept Univ Ph.D M.D B.A M.A";
    let of_numbers = |word: &&str| {
        matches!(
            *word,
            "No" | "Nr" | "nr" | "pp" | "vol" | "Vol" | "fig" | "Fig" | "max" | "min" | "ca" | "Tel" | "tel"
        )
    };
    let lines = list
        .split_whitespace()
        .map(|word| if of_numbers(&word) { format!("{word} #NUMERIC_ONLY#\n") } else { format!("{word}\n") });
    Lookup::new(Abbreviations::parse(lines.collect::<String>().as_bytes()).unwrap_or_default())
});

/// The list of a language, read when it is first asked for; the common one where the language is not known or has none.
fn built_in(language: Option<&'static Language>) -> &'static Lookup {
    type Lists = Vec<(&'static str, OnceLock<Option<Lookup>>)>;
    static LISTS: LazyLock<Lists> =
        LazyLock::new(|| Abbreviations::codes().map(|code| (code, OnceLock::new())).collect());
    let of_code = |code: &str| {
        let (code, list) = LISTS.iter().find(|(known, _)| *known == code)?;
        list.get_or_init(|| Abbreviations::for_code(code).map(Lookup::new)).as_ref()
    };
    language.and_then(|language| of_code(language.code())).unwrap_or(&COMMON)
}

/// Gives each abbreviation, with its full stop, to a function.
///
/// It is the whole run of word characters and single full stops before its own, or the part of it behind the last hyphen. Not
/// before another full stop, nor where a small ASCII letter, a digit or `_` goes on directly, as in the names of hosts and things
/// of programs. A letter alone is one only before a space and a capital, and digits are none, whatever the list says.
pub(super) fn find(
    language: Option<&'static Language>,
    own: Option<&OwnAbbreviations>,
    text: &[u8],
    mut receive: impl FnMut(Range<usize>),
) {
    // English has its list from translators, who leave out what ends sentences, too.
    let common = language.filter(|language| language.code() == "en").map(|_| &*COMMON);
    let lists = [Some(built_in(language)), common, own.map(|own| &own.0)];
    for dot in memchr_iter(b'.', text) {
        let last = dot.checked_sub(1).map_or(b' ', |before| text[before]);
        let length_max = lists.iter().flatten().map(|list| list.longest(last)).max().unwrap_or(0);
        if length_max == 0 {
            continue;
        }
        let goes_on = text.get(dot + 1).is_some_and(|next| {
            matches!(next, b'.' | b'_') || next.is_ascii_lowercase() || next.is_ascii_digit()
        });
        if goes_on {
            continue;
        }
        let Some(start) = word_start(text, dot, length_max) else { continue };
        let kinds = lists.iter().flatten();
        let kind = kinds
            .filter_map(|list| list.get(&text[start..dot]))
            .max_by_key(|kind| *kind == Abbreviation::Always);
        if kind.is_some_and(|kind| is_followed(text, start, dot, kind)) {
            receive(start..dot + 1);
        }
    }
}

/// Whether what follows an abbreviation lets it be one.
fn is_followed(text: &[u8], start: usize, dot: usize, kind: Abbreviation) -> bool {
    let rest = &text[dot + 1..];
    let behind_space = rest.strip_prefix(b" ").filter(|rest| !rest.is_empty()).map(utf8::decode);
    let is_letter_alone = utf8::decode(&text[start..dot]).1 == dot - start;
    match kind {
        Abbreviation::BeforeNumber => {
            behind_space.is_some_and(|(next, _)| unicode::digit::value(next).is_some())
        }
        Abbreviation::Always if is_letter_alone => {
            behind_space.is_some_and(|(next, _)| Category::of(next) == Category::UppercaseLetter)
        }
        Abbreviation::Always => true,
    }
}

/// Where the word begins that may be an abbreviation before a full stop, if it is no longer than that and has a letter.
fn word_start(text: &[u8], dot: usize, length_max: usize) -> Option<usize> {
    let floor = dot.saturating_sub(length_max);
    let (mut start, mut has_letter, mut last) = (dot, false, '.');
    while start > 0 {
        let (character, place) = match text[start - 1] {
            byte @ 0..0x80 => (char::from(byte), start - 1),
            _ => {
                let place = utf8::previous(text, 0, start);
                (utf8::decode(&text[place..start]).0, place)
            }
        };
        let is_word = is_word_character(character);
        if !is_word && (character != '.' || last == '.') {
            // Not in an address, a path or a tag.
            if matches!(character, '.' | '@' | '#' | '/' | '\\') {
                return None;
            }
            break;
        }
        if start <= floor {
            return None;
        }
        has_letter |= is_word && !character.is_numeric();
        (start, last) = (place, character);
    }
    if has_letter { Some(start) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(code: Option<&str>, own: &str, text: &str) -> String {
        let own = OwnAbbreviations::parse("own", own.as_bytes()).expect("a list");
        let (mut out, mut from) = (String::new(), 0);
        find(code.and_then(Language::for_code), Some(&own), text.as_bytes(), |range| {
            out += &format!("{}[{}]", &text[from..range.start], &text[range.clone()]);
            from = range.end;
        });
        out + &text[from..]
    }

    #[test]
    fn a_full_stop_stays_with_its_word() {
        let cases = [
            (Some("en"), "[Dr.] Who, [Mr.] X, [J.] Smith; cat. Dr Who"),
            (Some("en"), "[No.] 5, No. No."),
            (Some("de"), "[Dr.] Katz, [bzw.] 3. Mai"),
            (Some("ru"), "5 [руб.] и"),
            (None, "and so on, [etc.] [Prof.] Katz ([Ph.D.]) [vs.]"),
            (None, "etc... www.no.com a@etc. #etc. /etc. C. Katz [No.] 5"),
            (None, "[قم.] قم.ا"),
        ];
        for (code, case) in cases {
            let text = case.replace(['[', ']'], "");
            assert_eq!(marked(code, "قم.\n", &text), case.replace("قم.ا", "[قم.]ا"));
        }
    }

    #[test]
    fn a_list_of_ones_own_is_read_line_by_line() {
        assert_eq!(
            marked(None, "# ours\nfoo.\nbar #NUMERIC_ONLY#\n", "foo. bar. bar. 5"),
            "[foo.] bar. [bar.] 5"
        );
        let problem = OwnAbbreviations::parse("own", b"a\nz. B.\n").map(|_| ()).expect_err("a space");
        assert_eq!(problem, "own: line 2: an abbreviation holds no white space, but 'z. B.' does");
    }
}
