//! Quoted texts and their escapes.

use super::cursor::Cursor;
use super::error::Fault;

/// Reads a text in double quotes.
pub(super) fn quoted(cursor: &mut Cursor<'_>) -> Result<String, Fault> {
    let opens = cursor.column();
    if !cursor.take("\"") {
        return Err(cursor.fault("expected a text in double quotes"));
    }
    let mut text = String::new();
    loop {
        let column = cursor.column();
        match cursor.next() {
            Some('"') => return Ok(text),
            Some('\\') => text.push(escaped(cursor, column)?),
            Some(character) => text.push(character),
            None => return Err(Fault::new(opens, "no '\"' closes the text that begins here")),
        }
    }
}

/// Reads what follows a backslash, which stood in `column`.
fn escaped(cursor: &mut Cursor<'_>, column: usize) -> Result<char, Fault> {
    match cursor.next() {
        Some('t') => Ok('\t'),
        Some('n') => Ok('\n'),
        Some('r') => Ok('\r'),
        Some(character @ ('\\' | '"')) => Ok(character),
        Some('u') if cursor.take("{") => {
            let digits = cursor.next_while(|character| character.is_ascii_hexdigit());
            let character = code_point(digits, column)?;
            if cursor.take("}") { Ok(character) } else { Err(cursor.fault("expected '}' after \\u{HEX")) }
        }
        _ => Err(Fault::new(column, r#"expected one of the escapes \t, \n, \r, \\, \" and \u{HEX}"#)),
    }
}

/// The character with a number in hex.
pub(super) fn code_point(digits: &str, column: usize) -> Result<char, Fault> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Fault::new(column, "expected a code point in hex"));
    }
    // Surrogates and what lies beyond U+10FFFF are refused by the second conversion, longer numbers by the first.
    let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    character.ok_or_else(|| Fault::new(column, format!("{digits} is not the code point of a character")))
}
