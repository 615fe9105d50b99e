//! The normalization forms of UAX #15: whole text decomposed, ordered by exchanges, composed by search.

use unicode::{Compatibility, Form, Kinds};

use super::characters;
use super::tables::form::{CLASSES, FORM, MAPPING, PAIRS, POOL, RECORDS, STEPS};

pub fn normalize(form: Form, text: &[u8]) -> Vec<u8> {
    let kinds = if matches!(form, Form::Nfkc | Form::Nfkd) { Kinds::ALL } else { Kinds::NONE };
    rewrite(form, kinds, text)
}

pub fn rewrite(form: Form, kinds: Kinds, text: &[u8]) -> Vec<u8> {
    // Ill-formed bytes stand between pieces that are normalized each by itself.
    let mut out = Vec::new();
    let mut piece = String::new();
    for (character, bytes) in characters(text) {
        if character.to_string().as_bytes() == bytes {
            piece.push(character);
        } else {
            out.extend(rewrite_piece(form, kinds, &piece).into_bytes());
            piece.clear();
            out.extend(bytes);
        }
    }
    out.extend(rewrite_piece(form, kinds, &piece).into_bytes());
    out
}

fn combining(character: char) -> u8 {
    CLASSES[usize::from(FORM.of(character))] as u8
}

fn rewrite_piece(form: Form, kinds: Kinds, piece: &str) -> String {
    let mut all: Vec<char> = piece.chars().collect();
    // Until nothing can be taken apart: a mapping may give what has a mapping of another kind.
    loop {
        let parts: Vec<char> = all.iter().flat_map(|&character| decomposition(character, kinds)).collect();
        if parts == all {
            break;
        }
        all = parts;
    }
    while let Some(place) = (1..all.len())
        .find(|&place| combining(all[place]) != 0 && combining(all[place - 1]) > combining(all[place]))
    {
        all.swap(place - 1, place);
    }
    if matches!(form, Form::Nfc | Form::Nfkc) {
        compose(&mut all);
    }
    all.into_iter().collect()
}

fn decomposition(character: char, kinds: Kinds) -> Vec<char> {
    let code = character as u32;
    if (0xAC00..0xAC00 + 11172).contains(&code) {
        let index = code - 0xAC00;
        let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28];
        let count = if index.is_multiple_of(28) { 2 } else { 3 };
        return parts[..count]
            .iter()
            .map(|&part| char::from_u32(part).expect("jamo are characters"))
            .collect();
    }
    let compatible = Compatibility::of(character).is_some_and(|kind| kinds.contains(kind));
    let step = STEPS.iter().find(|step| step.0 == code && compatible).map(|step| step.1);
    let whole = RECORDS[usize::from(MAPPING.of(character))][usize::from(compatible)];
    let place = usize::from(step.unwrap_or(whole));
    if place == 0 {
        return vec![character];
    }
    POOL[place + 1..][..POOL[place] as usize]
        .iter()
        .map(|part| char::from_u32(part & 0x1F_FFFF).expect("the pool holds characters"))
        .collect()
}

/// D117: each character in turn, with the last starter before it if nothing between them blocks it.
fn compose(all: &mut Vec<char>) {
    let mut place = 1;
    while place < all.len() {
        let starter = (0..place).rev().find(|&index| combining(all[index]) == 0);
        let whole = starter.filter(|&starter| {
            let between = &all[starter + 1..place];
            between.iter().all(|&other| combining(other) != 0 && combining(other) < combining(all[place]))
        });
        match whole.and_then(|starter| Some((starter, composite(all[starter], all[place])?))) {
            Some((starter, whole)) => {
                all[starter] = whole;
                all.remove(place);
            }
            None => place += 1,
        }
    }
}

fn composite(first: char, second: char) -> Option<char> {
    let (first, second) = (first as u32, second as u32);
    let code = if (0x1100..0x1113).contains(&first) && (0x1161..0x1176).contains(&second) {
        0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    } else if (0xAC00..0xD7A4).contains(&first)
        && (first - 0xAC00).is_multiple_of(28)
        && (0x11A8..0x11C3).contains(&second)
    {
        first + second - 0x11A7
    } else {
        let key = u64::from(first) << 21 | u64::from(second);
        (PAIRS.iter().find(|&&pair| pair != 0 && pair >> 21 == key)? & 0x1F_FFFF) as u32
    };
    char::from_u32(code)
}
