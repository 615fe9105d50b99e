//! A new part where another script begins, as SentencePiece does: kana are Han, spaces have no script.

use std::ops::Range;

use unicode::{Script, utf8};

/// Call `receive` with each part. What has no script before the first character that has one is in no part.
pub(crate) fn split(text: &[u8], mut receive: impl FnMut(Range<usize>)) {
    let mut part: Option<(usize, Script)> = None;
    let mut at = 0;
    while at < text.len() {
        let (character, length) = utf8::decode(&text[at..]);
        if let Some(script) = script(character) {
            match part {
                Some((_, current)) if current == script => {}
                Some((start, _)) => {
                    receive(start..at);
                    part = Some((at, script));
                }
                None => part = Some((at, script)),
            }
        }
        at += length;
    }
    if let Some((start, _)) = part {
        receive(start..text.len());
    }
}

fn script(character: char) -> Option<Script> {
    let of = Script::of;
    match character {
        ' ' => None,
        'ー' => Some(of('漢')),
        _ if of(character) == of('あ') || of(character) == of('ア') => Some(of('漢')),
        _ if of(character) == of('\u{10FFFF}') => None, // a noncharacter, so of no script
        _ => Some(of(character)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_and_han_are_one_script_and_spaces_belong_to_what_was_before() {
        let text = "  どこ 行く Hello 1";
        let mut parts = Vec::new();
        split(text.as_bytes(), |range| parts.push(&text[range]));
        assert_eq!(parts, ["どこ 行く ", "Hello ", "1"]);
    }
}
