//! Rules as SentencePiece writes them: code points in hex, source and target parted by a tab.

use super::cursor::{Cursor, is_blank};
use super::error::Fault;
use super::quoted::code_point;

/// Reads `SOURCE<TAB>TARGET`; a tab after the target, and a `#`, begin a comment. No target deletes.
pub(super) fn codes(cursor: &mut Cursor<'_>) -> Result<(String, String), Fault> {
    let column = cursor.column();
    let source = field(cursor)?;
    let has_tab = cursor.take("\t");
    // Spaces typed for the tab would make a source of what was meant to be the target, and delete it.
    if !has_tab && source.chars().nth(1).is_some() {
        return Err(Fault::new(
            column,
            "a tab between source and target is wanted; to delete several code points, end them with a tab",
        ));
    }
    let target = field(cursor)?;
    Ok((source, target))
}

/// Reads code points up to a tab, a comment or the end.
fn field(cursor: &mut Cursor<'_>) -> Result<String, Fault> {
    let mut text = String::new();
    loop {
        cursor.next_while(|character| character == ' ');
        if matches!(cursor.peek(), None | Some('\t' | '#')) {
            return Ok(text);
        }
        let column = cursor.column();
        let word = cursor.next_while(|character| !is_blank(character));
        text.push(code_point(without_prefix(word), column)?);
    }
}

/// Whether a word that opens a line can only be a code point, right or wrong.
pub(super) fn is_code(word: &str) -> bool {
    word.starts_with("U+") || word.starts_with(|first: char| first.is_ascii_hexdigit())
}

fn without_prefix(word: &str) -> &str {
    word.strip_prefix("U+").unwrap_or(word)
}
