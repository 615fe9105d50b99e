//! Rewrites one span of a text: decomposes it, orders its marks and composes it again (UAX #15, D117 and
//! D118).

use super::kinds::HAS_STEP;
use super::{Form, Kinds, combining_class};
use crate::tables::form::{KIND, MAPPING, PAIR_SEEDS, PAIRS, POOL, RECORDS, STEPS};
use crate::utf8;

const HANGUL: u32 = 0xAC00;
const LEADING: u32 = 0x1100;
const VOWEL: u32 = 0x1161;
const TRAILING: u32 = 0x11A7;
const VOWELS: u32 = 21;
const TRAILINGS: u32 = 28;
const SYLLABLES: u32 = 19 * VOWELS * TRAILINGS;

/// Longer runs of marks are sorted by a merge sort; shorter ones, nearly all, by insertion.
const INSERTION_MAX: usize = 16;

/// A code point, with its combining class in the top byte.
type Ranked = u32;

const CODE: u32 = 0x1F_FFFF;

/// Normalizes spans, with a buffer that is used again for each.
pub(super) struct Rewriter {
    form: Form,
    /// Which compatibility mappings are applied, where it is neither all nor none.
    some: Option<Kinds>,
    buffer: Vec<Ranked>,
}

impl Rewriter {
    pub(super) fn new(form: Form) -> Self {
        Rewriter { form, some: None, buffer: Vec::new() }
    }

    /// Of the form only whether it composes is taken.
    pub(super) fn mixed(form: Form, kinds: Kinds) -> Self {
        Rewriter { form, some: Some(kinds), buffer: Vec::new() }
    }

    /// Append a span, normalized. The span begins at a cut and ends at the next one or after it.
    #[inline]
    pub(super) fn rewrite(&mut self, span: &[u8], out: &mut Vec<u8>) {
        if self.form.composes()
            && let Some(whole) = pair(span)
        {
            push(whole, out);
            return;
        }
        match self.some {
            None => self.decompose(span),
            Some(kinds) => self.decompose_some(span, kinds),
        }
        order(&mut self.buffer);
        if self.form.composes() {
            compose(&mut self.buffer);
        }
        for &ranked in &self.buffer {
            push(ranked & CODE, out);
        }
    }

    /// Whether a span differs from its normalized form; `rewritten` is only a place to work in.
    pub(super) fn changes(&mut self, span: &[u8], rewritten: &mut Vec<u8>) -> bool {
        rewritten.clear();
        self.rewrite(span, rewritten);
        rewritten != span
    }

    fn decompose(&mut self, span: &[u8]) {
        self.buffer.clear();
        let mut at = 0;
        while at < span.len() {
            let (character, length) = utf8::decode(&span[at..]);
            at += length;
            let code = u32::from(character);
            if code.wrapping_sub(HANGUL) < SYLLABLES {
                self.push_syllable(code - HANGUL);
                continue;
            }
            let record = RECORDS[usize::from(MAPPING.of(character))];
            match usize::from(record[usize::from(self.form.is_compatible())]) {
                0 => self.buffer.push(code | u32::from(combining_class(character)) << 24),
                place => self.buffer.extend_from_slice(&POOL[place + 1..][..POOL[place] as usize]),
            }
        }
    }

    fn decompose_some(&mut self, span: &[u8], kinds: Kinds) {
        self.buffer.clear();
        let mut at = 0;
        while at < span.len() {
            let (character, length) = utf8::decode(&span[at..]);
            at += length;
            self.push_some(u32::from(character) | u32::from(combining_class(character)) << 24, kinds);
        }
    }

    /// Push what a character is made of. It calls itself no deeper than twice: so far do mappings of different
    /// kinds follow from each other.
    fn push_some(&mut self, ranked: Ranked, kinds: Kinds) {
        let code = ranked & CODE;
        if code.wrapping_sub(HANGUL) < SYLLABLES {
            self.push_syllable(code - HANGUL);
            return;
        }
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        let (value, record) = (KIND.of(character), RECORDS[usize::from(MAPPING.of(character))]);
        let place = match kinds.has_value(value) {
            true if value & HAS_STEP != 0 => step(code).unwrap_or(record[1]),
            true => record[1],
            false => record[0],
        };
        if place == 0 {
            self.buffer.push(ranked);
            return;
        }
        for &part in &POOL[usize::from(place) + 1..][..POOL[usize::from(place)] as usize] {
            self.push_some(part, kinds);
        }
    }

    fn push_syllable(&mut self, index: u32) {
        self.buffer.push(LEADING + index / (VOWELS * TRAILINGS));
        self.buffer.push(VOWEL + index % (VOWELS * TRAILINGS) / TRAILINGS);
        if !index.is_multiple_of(TRAILINGS) {
            self.buffer.push(TRAILING + index % TRAILINGS);
        }
    }
}

/// The place in `POOL` of a mapping that is not followed further.
fn step(code: u32) -> Option<u16> {
    STEPS.binary_search_by_key(&code, |&(code, _)| code).ok().map(|row| STEPS[row].1)
}

/// A span of two characters that compose and have no decomposition: by far the most frequent, as alef and
/// madda.
#[inline]
fn pair(span: &[u8]) -> Option<u32> {
    let (first, length) = utf8::decode(span);
    let (second, rest) = utf8::decode(&span[length..]);
    let apart = length + rest == span.len() && MAPPING.of(first) == 0 && MAPPING.of(second) == 0;
    if apart { primary_composite(u32::from(first), u32::from(second)) } else { None }
}

/// Canonical ordering (D109): each run of marks is sorted by combining class, equals in the order they had.
fn order(buffer: &mut [Ranked]) {
    for run in buffer.chunk_by_mut(|&before, &here| before >> 24 != 0 && here >> 24 != 0) {
        if run.len() > INSERTION_MAX {
            run.sort_by_key(|ranked| ranked >> 24);
            continue;
        }
        for end in 1..run.len() {
            let mut place = end;
            while place > 0 && run[place - 1] >> 24 > run[place] >> 24 {
                run.swap(place - 1, place);
                place -= 1;
            }
        }
    }
}

/// Canonical composition (D117), in place.
fn compose(buffer: &mut Vec<Ranked>) {
    let (mut written, mut starter, mut last) = (0, None, 0);
    for read in 0..buffer.len() {
        let ranked = buffer[read];
        let combining = ranked >> 24;
        if let Some(place) = starter
            && (written == place + 1 || last < combining)
            && let Some(whole) = primary_composite(buffer[place] & CODE, ranked & CODE)
        {
            buffer[place] = whole;
            continue;
        }
        if combining == 0 {
            starter = Some(written);
        }
        last = combining;
        buffer[written] = ranked;
        written += 1;
    }
    buffer.truncate(written);
}

fn primary_composite(first: u32, second: u32) -> Option<u32> {
    let (leading, vowel) = (first.wrapping_sub(LEADING), second.wrapping_sub(VOWEL));
    if leading < 19 && vowel < VOWELS {
        return Some(HANGUL + (leading * VOWELS + vowel) * TRAILINGS);
    }
    let (syllable, trailing) = (first.wrapping_sub(HANGUL), second.wrapping_sub(TRAILING));
    if syllable < SYLLABLES && syllable.is_multiple_of(TRAILINGS) && (1..TRAILINGS).contains(&trailing) {
        return Some(first + trailing);
    }
    let key = u64::from(first) << 21 | u64::from(second);
    let seed = PAIR_SEEDS[mix(key, 0, PAIR_SEEDS.len())];
    let slot = PAIRS[mix(key, u64::from(seed), PAIRS.len())];
    (slot >> 21 == key).then_some(slot as u32 & CODE)
}

/// The hash by which scripts/gen-unicode placed the pairs.
fn mix(key: u64, seed: u64, size: usize) -> usize {
    let value = (key ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (((value >> 32) * size as u64) >> 32) as usize
}

#[inline]
fn push(code: u32, out: &mut Vec<u8>) {
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}
