//! Rewriting that looks at one character at a time.

use unicode::{Category, utf8};

use crate::span::Draft;

/// What a character becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Becomes {
    Itself,
    Nothing,
    Other(char),
    /// Itself between two spaces.
    Spaced,
}

/// Rules for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Characters {
    /// Controls go, white space becomes a space: `clean_text` of BERT.
    Clean,
    /// Spaces around Chinese characters: `handle_chinese_chars` of BERT.
    SpaceChinese,
    /// Nonspacing marks go.
    DropNonspacing,
    /// All marks go.
    DropMarks,
    /// The rules of `Nmt`.
    Nmt,
}

impl Characters {
    pub(crate) fn apply(self, draft: &mut Draft<'_>) {
        let text = draft.old();
        let mut at = 0;
        while at < text.len() {
            let first = text[at];
            if (b' '..0x7F).contains(&first) {
                at += 1;
                continue;
            }
            let (character, length) = utf8::decode(&text[at..]);
            let range = at..at + length;
            match self.becomes(character) {
                Becomes::Itself => {}
                Becomes::Nothing => draft.replace(range, b""),
                Becomes::Other(other) => draft.put(range, other),
                Becomes::Spaced => {
                    draft.replace(at..at, b" ");
                    draft.replace(range.end..range.end, b" ");
                }
            }
            at += length;
        }
    }

    fn becomes(self, character: char) -> Becomes {
        match self {
            Characters::Clean => clean(character),
            Characters::SpaceChinese if is_chinese(character) => Becomes::Spaced,
            Characters::DropNonspacing if Category::of(character) == Category::NonspacingMark => {
                Becomes::Nothing
            }
            Characters::DropMarks if Category::of(character).is_mark() => Becomes::Nothing,
            Characters::Nmt => nmt(character),
            _ => Becomes::Itself,
        }
    }
}

fn clean(character: char) -> Becomes {
    match character {
        '\t' | '\n' | '\r' => Becomes::Other(' '),
        '\0' | char::REPLACEMENT_CHARACTER => Becomes::Nothing,
        _ => match Category::of(character) {
            Category::Control | Category::Format | Category::PrivateUse => Becomes::Nothing,
            _ if character != ' ' && character.is_whitespace() => Becomes::Other(' '),
            _ => Becomes::Itself,
        },
    }
}

/// The blocks that BERT counts as Chinese.
fn is_chinese(character: char) -> bool {
    matches!(u32::from(character),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F
        | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

fn nmt(character: char) -> Becomes {
    match u32::from(character) {
        0x1..=0x8 | 0xB | 0xE..=0x1F | 0x7F | 0x8F | 0x9F => Becomes::Nothing,
        0x9 | 0xA | 0xC | 0xD | 0x1680 | 0x200B..=0x200F | 0x2028 | 0x2029 | 0x2581 | 0xFEFF | 0xFFFD => {
            Becomes::Other(' ')
        }
        _ => Becomes::Itself,
    }
}

/// Lower case, every character by itself: a final sigma is as any other.
pub(crate) fn lower(draft: &mut Draft<'_>) {
    let text = draft.old();
    let mut at = 0;
    while at < text.len() {
        let first = text[at];
        if first < 0x80 {
            if first.is_ascii_uppercase() {
                draft.put(at..at + 1, char::from(first.to_ascii_lowercase()));
            }
            at += 1;
            continue;
        }
        let (character, length) = utf8::decode(&text[at..]);
        let mut lower = character.to_lowercase();
        if lower.len() != 1 || lower.next() != Some(character) {
            draft.replace(at..at + length, character.to_lowercase().collect::<String>().as_bytes());
        }
        at += length;
    }
}
