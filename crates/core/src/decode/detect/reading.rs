//! Encodings that chardetng does not know, told from those that it does by how a text reads in them.

use encoding_rs::{
    Encoding, IBM866, ISO_8859_5, ISO_8859_15, KOI8_U, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1254, WINDOWS_1257, X_MAC_CYRILLIC,
};

/// The encoding, or a relative of it in which the text reads clearly better.
pub(super) fn better(text: &[u8], guess: &'static Encoding) -> &'static Encoding {
    // How many oddities of the guess each needs, at least.
    let relatives: &[(&'static Encoding, usize)] = match guess {
        _ if guess == WINDOWS_1252 => &[(ISO_8859_15, 1), (MACINTOSH, 2), (X_MAC_CYRILLIC, 8)],
        _ if [WINDOWS_1250, WINDOWS_1254, WINDOWS_1257].contains(&guess) => &[(MACINTOSH, 2)],
        _ if [WINDOWS_1251, KOI8_U, IBM866, ISO_8859_5].contains(&guess) => &[(X_MAC_CYRILLIC, 2)],
        _ => return guess,
    };
    let odd = oddities(text, guess);
    let best = relatives
        .iter()
        .filter(|(_, wanted)| odd >= *wanted)
        .map(|&(relative, _)| (oddities(text, relative), relative))
        .min_by_key(|&(count, _)| count);
    match best {
        Some((count, relative)) if 4 * count < odd => relative,
        _ => guess,
    }
}

/// How often a text, read in a single-byte encoding, has what no language writes: a control character, a sign or a
/// capital after a small letter inside a word, a fraction at a letter, a letter right behind a full
/// stop, one word in two scripts.
fn oddities(text: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(text);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    let mut count = 0;
    while let Some(character) = characters.next() {
        if !character.is_ascii() {
            count += usize::from(is_odd(before, character, characters.peek().copied().unwrap_or(' ')));
        }
        before = character;
    }
    count
}

fn is_odd(before: char, character: char, after: char) -> bool {
    match character {
        '\u{80}'..='\u{9F}' | '\u{FFFD}' | '¤' => true,
        '¼' | '½' | '¾' => before.is_alphabetic() || after.is_alphabetic(),
        // Spaces, dashes, quotation marks and dots may stand in words, or between two.
        '\u{A0}' | '\u{AD}' | '«' | '»' | '·' | '\u{2010}'..='\u{2027}' | '\u{2039}' | '\u{203A}' => false,
        // Closing quotation marks of the Macintosh are capitals elsewhere.
        'À'..='ɏ' if matches!(before, '.' | ',' | ';' | '?' | '!') => true,
        'Ѐ'..='ӿ' if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() => true,
        _ if character.is_uppercase() => before.is_lowercase(),
        _ => !character.is_alphabetic() && before.is_lowercase() && after.is_alphabetic(),
    }
}
