//! The break rules of UAX #29: for each place between two characters, the first rule that applies.

use super::characters;
use super::tables::grapheme::GRAPHEME;
use super::tables::sentence::SENTENCE;
use super::tables::word::WORD;

/// Cut a text at the places where `is_break` says so, given all characters and the place.
fn cut(text: &[u8], is_break: impl Fn(&[char], usize) -> bool) -> Vec<Vec<u8>> {
    let characters = characters(text);
    let plain: Vec<char> = characters.iter().map(|(character, _)| *character).collect();
    let mut segments: Vec<Vec<u8>> = Vec::new();
    for (place, (_, bytes)) in characters.into_iter().enumerate() {
        if place == 0 || is_break(&plain, place) {
            segments.push(Vec::new());
        }
        segments.last_mut().expect("the first place begins a segment").extend(bytes);
    }
    segments
}

const WORD_NAMES: [&str; 19] = [
    "XX",
    "LE",
    "HL",
    "NU",
    "EX",
    "KA",
    "ML",
    "MN",
    "MB",
    "SQ",
    "DQ",
    "Extend",
    "FO",
    "ZWJ",
    "WSegSpace",
    "RI",
    "CR",
    "LF",
    "NL",
];

fn word_class(character: char) -> &'static str {
    WORD_NAMES[usize::from(WORD.of(character) & 0x1F)]
}

pub fn words(text: &[u8]) -> Vec<Vec<u8>> {
    cut(text, word_break)
}

fn word_break(text: &[char], place: usize) -> bool {
    let hidden = |class: &str| ["Extend", "FO", "ZWJ"].contains(&class);
    let line = |class: &str| ["NL", "CR", "LF"].contains(&class);
    let (last, next) = (word_class(text[place - 1]), word_class(text[place]));
    if (last, next) == ("CR", "LF") {
        return false; // WB3
    }
    if line(last) || line(next) {
        return true; // WB3a, WB3b
    }
    if last == "ZWJ" && WORD.of(text[place]) & 0x40 != 0 {
        return false; // WB3c
    }
    if (last, next) == ("WSegSpace", "WSegSpace") || hidden(next) {
        return false; // WB3d, WB4
    }
    // WB4: what is before and after, the hidden characters left out; a line end lets nothing hide behind it.
    let mut before = Vec::new();
    for (index, &character) in text[..place].iter().enumerate() {
        let class = word_class(character);
        if !hidden(class) || index == 0 || line(word_class(text[index - 1])) {
            before.push(class);
        }
    }
    let after: Vec<&str> =
        text[place..].iter().map(|&character| word_class(character)).filter(|c| !hidden(c)).collect();
    let b = |back: usize| before.len().checked_sub(back).map_or("", |index| before[index]);
    let a = |ahead: usize| after.get(ahead).copied().unwrap_or("");
    let letter = |class: &str| class == "LE" || class == "HL";
    let letter_middle = |class: &str| ["ML", "MB", "SQ"].contains(&class);
    let number_middle = |class: &str| ["MN", "MB", "SQ"].contains(&class);
    let regional = before.iter().rev().take_while(|&&class| class == "RI").count();
    let no_break = (letter(b(1)) && letter(a(0))) // WB5
        || (letter(b(1)) && letter_middle(a(0)) && letter(a(1))) // WB6
        || (letter(b(2)) && letter_middle(b(1)) && letter(a(0))) // WB7
        || (b(1) == "HL" && a(0) == "SQ") // WB7a
        || (b(1) == "HL" && a(0) == "DQ" && a(1) == "HL") // WB7b
        || (b(2) == "HL" && b(1) == "DQ" && a(0) == "HL") // WB7c
        || (b(1) == "NU" && a(0) == "NU") // WB8
        || (letter(b(1)) && a(0) == "NU") // WB9
        || (b(1) == "NU" && letter(a(0))) // WB10
        || (b(2) == "NU" && number_middle(b(1)) && a(0) == "NU") // WB11
        || (b(1) == "NU" && number_middle(a(0)) && a(1) == "NU") // WB12
        || (b(1) == "KA" && a(0) == "KA") // WB13
        || ((letter(b(1)) || ["NU", "KA", "EX"].contains(&b(1))) && a(0) == "EX") // WB13a
        || (b(1) == "EX" && (letter(a(0)) || ["NU", "KA"].contains(&a(0)))) // WB13b
        || (a(0) == "RI" && regional % 2 == 1); // WB15, WB16
    !no_break
}

const GRAPHEME_NAMES: [&str; 15] =
    ["XX", "CR", "LF", "CN", "EX", "ZWJ", "RI", "PP", "SM", "L", "V", "T", "LV", "LVT", "Pict"];

pub fn graphemes(text: &[u8]) -> Vec<Vec<u8>> {
    cut(text, grapheme_break)
}

fn grapheme_break(text: &[char], place: usize) -> bool {
    let class = |index: usize| GRAPHEME_NAMES[usize::from(GRAPHEME.of(text[index]) & 0xF)];
    let conjunct =
        |index: usize| ["None", "Linker", "Consonant", "Extend"][usize::from(GRAPHEME.of(text[index]) >> 4)];
    let (last, next) = (class(place - 1), class(place));
    let control = |class: &str| ["CN", "CR", "LF"].contains(&class);
    if (last, next) == ("CR", "LF") {
        return false; // GB3
    }
    if control(last) || control(next) {
        return true; // GB4, GB5
    }
    let extends = (0..place).rev().skip_while(|&index| conjunct(index) == "Extend");
    let linked = extends.clone().next().is_some_and(|index| conjunct(index) == "Linker");
    let pictograph = (0..place - 1).rev().find(|&index| class(index) != "EX");
    let regional = (0..place).rev().take_while(|&index| class(index) == "RI").count();
    let no_break = (last == "L" && ["L", "V", "LV", "LVT"].contains(&next)) // GB6
        || (["LV", "V"].contains(&last) && ["V", "T"].contains(&next)) // GB7
        || (["LVT", "T"].contains(&last) && next == "T") // GB8
        || ["EX", "ZWJ", "SM"].contains(&next) // GB9, GB9a
        || last == "PP" // GB9b
        || (linked && conjunct(place) == "Consonant") // GB9c
        || (last == "ZWJ" && next == "Pict" && pictograph.is_some_and(|index| class(index) == "Pict")) // GB11
        || (next == "RI" && regional % 2 == 1); // GB12, GB13
    !no_break
}

const SENTENCE_NAMES: [&str; 15] =
    ["XX", "CR", "LF", "SE", "EX", "FO", "SP", "LO", "UP", "LE", "NU", "AT", "ST", "CL", "SC"];

pub fn sentences(text: &[u8]) -> Vec<Vec<u8>> {
    cut(text, sentence_break)
}

fn sentence_break(text: &[char], place: usize) -> bool {
    let class = |index: usize| SENTENCE_NAMES[usize::from(SENTENCE.of(text[index]))];
    let separator = |class: &str| ["SE", "CR", "LF"].contains(&class);
    let hidden = |class: &str| ["EX", "FO"].contains(&class);
    if (class(place - 1), class(place)) == ("CR", "LF") {
        return false; // SB3
    }
    if separator(class(place - 1)) {
        return true; // SB4
    }
    if hidden(class(place)) {
        return false; // SB5
    }
    let shown = |index: &usize| !hidden(class(*index)) || *index == 0 || separator(class(*index - 1));
    let before: Vec<&str> = (0..place).filter(shown).map(class).collect();
    let after: Vec<&str> = (place..text.len()).map(class).filter(|class| !hidden(class)).collect();
    let b = |back: usize| before.len().checked_sub(back).map_or("", |index| before[index]);
    let next = after[0];
    let terminator = |class: &str| class == "AT" || class == "ST";
    // What the text before the place ends with: a terminator, Close*, Sp* and at most one separator.
    let strip = |classes: &[&'static str], name: &str| {
        let kept = classes.iter().rposition(|&class| class != name).map_or(0, |index| index + 1);
        classes[..kept].to_vec()
    };
    let ends_in =
        |classes: &[&str]| classes.last().copied().filter(|class| terminator(class)).unwrap_or("").to_owned();
    let closed = ends_in(&strip(&before, "CL"));
    let spaced = ends_in(&strip(&strip(&before, "SP"), "CL"));
    if (b(1) == "AT" && next == "NU") || (["UP", "LO"].contains(&b(2)) && b(1) == "AT" && next == "UP") {
        return false; // SB6, SB7
    }
    let stops = ["LE", "UP", "LO", "SE", "CR", "LF", "AT", "ST"];
    let ahead = after.iter().find(|class| stops.contains(class)).copied();
    if spaced == "AT" && ahead == Some("LO") {
        return false; // SB8
    }
    if !spaced.is_empty() && (next == "SC" || terminator(next)) {
        return false; // SB8a
    }
    if !closed.is_empty() && (["CL", "SP"].contains(&next) || separator(next)) {
        return false; // SB9
    }
    if !spaced.is_empty() && (next == "SP" || separator(next)) {
        return false; // SB10
    }
    !spaced.is_empty() // SB11; a separator before the place has ended the sentence by SB4
}
