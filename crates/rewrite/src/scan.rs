//! Finds the next place of which a byte and its neighbours tell that it needs a look.

const STEP: usize = 32;

/// The first place at or after `from` that one of two tests names.
///
/// `narrow` sees each byte and the next one; `wide` sees each byte and the next two, but only where some byte is not
/// ASCII. Where the text is over they see 0. Both must be free of branches: then they run on vectors of bytes.
#[inline(always)]
pub(crate) fn find(
    text: &[u8],
    from: usize,
    narrow: impl Fn(u8, u8) -> bool,
    wide: impl Fn(u8, u8, u8) -> bool,
) -> Option<usize> {
    let mut at = from;
    while let Some(window) = text.get(at..).and_then(|rest| rest.first_chunk::<{ STEP + 2 }>()) {
        if let Some(place) = first(window, &narrow, &wide) {
            return Some(at + place);
        }
        at += STEP;
    }
    // At most one byte more than a step is left; the zeros after it are no part of the text.
    while at < text.len() {
        let mut window = [0; STEP + 2];
        let rest = &text[at..text.len().min(at + STEP + 2)];
        window[..rest.len()].copy_from_slice(rest);
        match first(&window, &narrow, &wide) {
            Some(place) if at + place < text.len() => return Some(at + place),
            _ => at += STEP,
        }
    }
    None
}

#[inline(always)]
fn first(
    window: &[u8; STEP + 2],
    narrow: &impl Fn(u8, u8) -> bool,
    wide: &impl Fn(u8, u8, u8) -> bool,
) -> Option<usize> {
    let mut hits = [0u8; STEP];
    for place in 0..STEP {
        hits[place] = u8::from(narrow(window[place], window[place + 1]));
    }
    if !window[..STEP].is_ascii() {
        for place in 0..STEP {
            hits[place] |= u8::from(wide(window[place], window[place + 1], window[place + 2]));
        }
    }
    let any = hits.as_chunks::<8>().0.iter().fold(0, |any, word| any | u64::from_ne_bytes(*word));
    if any == 0 { None } else { hits.iter().position(|&hit| hit != 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_looked_at() {
        for before in 0..100 {
            for after in 0..5 {
                let text = [&b"a".repeat(before)[..], b"xyz", &b"b".repeat(after)].concat();
                let narrow = |first, second| first == b'x' && second == b'y';
                assert_eq!(find(&text, 0, narrow, |_, _, _| false), Some(before));
                assert_eq!(find(&text, before + 1, narrow, |_, _, _| false), None);
                let text = ["a".repeat(before).as_str(), "“", &"b".repeat(after)].concat();
                let wide = |first, second, third| first == 0xE2 && second == 0x80 && third == 0x9C;
                assert_eq!(find(text.as_bytes(), 0, |_, _| false, wide), Some(before));
                let last = |first, second| first != b'a' && second == 0;
                assert_eq!(find(text.as_bytes(), 0, last, |_, _, _| false), Some(text.len() - 1));
            }
        }
        assert_eq!(find(b"", 0, |_, _| true, |_, _, _| true), None);
        assert_eq!(find(b"a", 1, |_, _| true, |_, _, _| true), None);
    }
}
