//! Which marks of a line may open or close a quotation, by what stands beside them.

use unicode::space::is_white_space;
use unicode::{Category, Script, ignorable, utf8};

use super::marks::Marks;
use crate::protect::Guard;
use crate::seek::{Found, Seeker};

/// A quotation mark that may open or close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub found: Found,
    pub opens: bool,
    pub closes: bool,
    /// As a closing mark it may as well be an apostrophe or the sign of an inch.
    pub is_weak: bool,
    /// It stands between letters: something clear must be at the other end.
    pub is_unsure: bool,
}

/// Puts the marks of a line into `marks`, but for those in protected spans and those that are no quotation marks:
/// apostrophes, primes, marks in a row.
///
/// `’` opens only where the marks of the language do so, and guillemets that are its own open and close one way, whatever stands
/// beside them.
pub(super) fn read(line: &[u8], seeker: &Seeker, target: Marks, marks: &mut Vec<Mark>) {
    marks.clear();
    let mut guard = Guard::new(line);
    let mut from = 0;
    while let Some(found) = seeker.next(line, from) {
        from = found.end();
        if !guard.protects(found.at)
            && let Some(mark) = role(line, found, target)
        {
            marks.push(mark);
        }
    }
}

/// What stands on one side of a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// White space, or the edge of the line.
    Space,
    /// Punctuation and symbols.
    Sign,
    /// All else.
    Word,
}

fn role(line: &[u8], found: Found, target: Marks) -> Option<Mark> {
    let before = neighbour_before(line, found.at);
    let after = neighbour_after(line, found.end());
    let (opens, closes) = flanks(before, after);
    let mark = Mark { found, opens, closes, is_weak: false, is_unsure: false };
    let by_default = |opens_by_default: bool| match (opens, closes) {
        (true, false) | (false, true) => mark,
        _ => Mark { opens: opens_by_default, closes: !opens_by_default, ..mark },
    };
    match found.character {
        '«' if target.has_guillemets() => Some(Mark { opens: true, closes: false, ..mark }),
        '»' if target.has_guillemets() => Some(Mark { opens: false, closes: true, ..mark }),
        '"' | '＂' | '❝' | '❞' => straight_double(mark, before, after),
        '\'' | '＇' | '❛' | '❜' => straight_single(line, mark, before, after),
        '’' => {
            let opens_with_apostrophe = target.inner.0 == '’';
            let mark = straight_single(line, mark, before, after)?;
            Some(Mark { opens: mark.opens && opens_with_apostrophe, ..mark })
                .filter(|mark| mark.opens || mark.closes)
        }
        '”' => Some(Mark { is_weak: is_digit(before), ..by_default(false) }),
        // What begins low ends high: in between words, these can be both.
        '“' | '‘' | '«' | '‹' => Some(Mark { closes: closes || !opens, ..by_default(true) }),
        '»' | '›' => Some(by_default(false)),
        '〝' | '「' | '『' => Some(Mark { opens: true, closes: false, ..mark }),
        '〞' | '〟' | '」' | '』' => Some(Mark { opens: false, closes: true, ..mark }),
        // Low marks look like commas where nothing follows.
        _ => (opens || !closes).then_some(Mark { opens: true, closes: false, ..mark }),
    }
}

fn straight_double(mark: Mark, before: Option<char>, after: Option<char>) -> Option<Mark> {
    let is_in_row = |side| side == Some(mark.found.character);
    let is_hebrew =
        |side: Option<char>| side.is_some_and(|character| Script::of(character) == Script::Hebrew);
    if is_in_row(before) || is_in_row(after) || is_of_code(before) || (is_hebrew(before) && is_hebrew(after))
    {
        return None;
    }
    let is_unsure = mark.opens && mark.closes && !needs_no_space(before) && !needs_no_space(after);
    let opens = mark.opens && !(mark.closes && is_digit(before));
    (opens || mark.closes).then_some(Mark { opens, is_weak: is_digit(before), is_unsure, ..mark })
}

fn straight_single(line: &[u8], mark: Mark, before: Option<char>, after: Option<char>) -> Option<Mark> {
    let is_in_row = |side| side == Some(mark.found.character);
    let is_between_words = side(before) == Side::Word && side(after) == Side::Word;
    if is_in_row(before) || is_in_row(after) || is_of_code(before) {
        return None;
    }
    if is_between_words && !needs_no_space(before) && !needs_no_space(after) {
        return None;
    }
    let opens =
        mark.opens && !is_digit(before) && !is_digit(after) && !begins_elision(&line[mark.found.end()..]);
    let is_weak = side(before) == Side::Word;
    (opens || mark.closes).then_some(Mark { opens, is_weak, ..mark })
}

/// Whether a mark may open and whether it may close: it may open before what is no space, unless that is a sign
/// after a word or a comma and the like, and close the other way round. Between two signs brackets decide.
fn flanks(before: Option<char>, after: Option<char>) -> (bool, bool) {
    let (left, right) = (side(before), side(after));
    let is = |side: Option<char>, category| side.is_some_and(|character| Category::of(character) == category);
    let is_bracketed = is(before, Category::OpenPunctuation);
    let opens = match right {
        Side::Space => false,
        Side::Sign => left != Side::Word && !follows_closely(after),
        Side::Word => true,
    };
    let closes = match left {
        Side::Space => false,
        Side::Sign => right != Side::Word && !is_bracketed,
        Side::Word => true,
    };
    if !(opens && closes && left == Side::Sign) {
        return (opens, closes);
    }
    if is(before, Category::InitialPunctuation) {
        return (true, false);
    }
    let ends = is(after, Category::FinalPunctuation) || matches!(after, Some('.' | '۔' | '。'));
    (!ends, true)
}

/// Signs that no quotation begins with.
fn follows_closely(after: Option<char>) -> bool {
    after.is_some_and(|character| {
        ",;:!?،؛؟，、！？；：".contains(character) || Category::of(character) == Category::ClosePunctuation
    })
}

fn side(neighbour: Option<char>) -> Side {
    let Some(character) = neighbour else {
        return Side::Space;
    };
    let category = Category::of(character);
    if is_white_space(character) || category == Category::Control {
        Side::Space
    } else if category.is_symbol() || (category.is_punctuation() && character != '_') {
        Side::Sign
    } else {
        Side::Word
    }
}

/// Attributes of tags, escapes, and quotation marks made of accents.
fn is_of_code(before: Option<char>) -> bool {
    matches!(before, Some('=' | '\\' | '`'))
}

fn is_digit(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|character| Category::of(character) == Category::DecimalNumber)
}

/// Whether it is of a script that puts no space between words, or appends particles to what is quoted.
fn needs_no_space(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|character| {
        matches!(
            Script::of(character),
            Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Bopomofo
                | Script::Hangul
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Tibetan
        )
    })
}

/// Words that begin with an apostrophe, in English and Dutch.
const ELISIONS: [&str; 15] =
    ["bout", "cause", "em", "k", "m", "n", "neath", "round", "s", "t", "til", "till", "tis", "twas", "twill"];

fn begins_elision(rest: &[u8]) -> bool {
    let length = rest.iter().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_over =
        !matches!(utf8::decode(&rest[length..]).0, '\'' | '’') && side_at(rest, length) != Side::Word;
    is_over && ELISIONS.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(&rest[..length]))
}

fn side_at(text: &[u8], at: usize) -> Side {
    side((at < text.len()).then(|| utf8::decode(&text[at..]).0))
}

fn neighbour_before(line: &[u8], at: usize) -> Option<char> {
    let mut end = at;
    while end > 0 {
        let start = utf8::previous(line, 0, end);
        let (character, _) = utf8::decode(&line[start..]);
        if !ignorable::is_default_ignorable(character) {
            return Some(character);
        }
        end = start;
    }
    None
}

fn neighbour_after(line: &[u8], at: usize) -> Option<char> {
    let mut start = at;
    while start < line.len() {
        let (character, length) = utf8::decode(&line[start..]);
        if !ignorable::is_default_ignorable(character) {
            return Some(character);
        }
        start += length;
    }
    None
}
