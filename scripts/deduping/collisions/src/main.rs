//! Writes pairs of lines whose keys are equal, one pair to a line with a tab between: test data for `dedupe`.
//!
//! usage: collisions xxh3-64 | xxh3-128-low | xxh3-128-high | murmur-64 | xxh3-128
//!
//! The first three are lines of 32 letters that share 64 bits of a key: those of XXH3-64, or half of those of XXH3-128.
//! They are found in seconds by Wagner's generalized birthday search (CRYPTO 2002), because the key of 32 bytes is a
//! sum of one term for each half. `murmur-64` (MurmurHash64A, seed 1) and `xxh3-128` (all 128 bits) need no search:
//! one is undone step by step, the other multiplies by zero. The last holds bytes that are not UTF-8, and a NUL.

use std::io::Write;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Words 0, 8, 16, 24 … of the default secret of XXH3 that the shapes below meet.
const SECRET: [u64; 4] =
    [0xbe4b_a423_396c_feb8, 0x1cad_21f7_2c81_017c, 0xdb97_9083_e96d_d4de, 0x1f67_b3b7_a4a4_4072];
/// The words at 32, 48 and 64.
const SECRET_32: u64 = 0x78e5_c0cc_4ee6_79cb;
const SECRET_48: u64 = 0x8e24_43f7_7446_08b8;
const SECRET_64: u64 = 0xcb00_c391_bb52_283c;

const PRIME_1: u64 = 0x9E37_79B1_85EB_CA87;
const PRIME_4: u64 = 0x85EB_CA77_C2B2_AE63;

/// Halves of 16 letters in each list, and the bits in which differences agree before they are joined.
const LIST: u32 = 1 << 23;
const JOINED_BITS: u32 = 22;
const PAIRS_MAX: usize = 8;

type Pair = [Vec<u8>; 2];
type Key = fn(&[u8]) -> u128;

fn main() -> std::io::Result<()> {
    let asked = std::env::args().nth(1).unwrap_or_default();
    let (pairs, key): (Vec<Pair>, Key) = match asked.as_str() {
        "xxh3-64" => (searched(term_64, term_64), |line| xxh3_64(line).into()),
        "xxh3-128-low" => (searched(first_low, second_low), |line| u128::from(xxh3_128(line) as u64)),
        "xxh3-128-high" => (searched(first_high, second_high), |line| xxh3_128(line) >> 64),
        "murmur-64" => (undone(), |line| murmur(line).into()),
        "xxh3-128" => (multiplied_by_zero(), xxh3_128),
        _ => {
            eprintln!("usage: collisions xxh3-64 | xxh3-128-low | xxh3-128-high | murmur-64 | xxh3-128");
            std::process::exit(2);
        }
    };
    let mut out = std::io::stdout().lock();
    for [one, other] in pairs {
        assert!(one != other && key(&one) == key(&other), "the keys are equal, the lines are not");
        assert!(!one.contains(&b'\n') && !other.contains(&b'\n'), "a line is a line");
        out.write_all(&[&one[..], b"\t", &other[..], b"\n"].concat())?;
    }
    out.flush()
}

/// The half-line of a number: eight letters, and eight that make up for them, so that the two words' sum never changes.
fn half(number: u32) -> [u8; 16] {
    let mut bytes = [0; 16];
    let mut rest = number;
    for at in 0..8 {
        let step = (rest % 26) as u8;
        rest /= 26;
        (bytes[at], bytes[at + 8]) = (b'a' + step, b'z' - step);
    }
    bytes
}

fn words(half: &[u8]) -> (u64, u64) {
    let word = |at: usize| u64::from_le_bytes(half[at..at + 8].try_into().expect("eight bytes"));
    (word(0), word(8))
}

/// What both words of every half-line add up to.
fn sum() -> u64 {
    let (low, high) = words(&half(0));
    low.wrapping_add(high)
}

/// XXH3's mixing of 16 bytes with two words of the secret.
fn mix(half: &[u8], secret: [u64; 2]) -> u64 {
    let (low, high) = words(half);
    let product = u128::from(low ^ secret[0]) * u128::from(high ^ secret[1]);
    product as u64 ^ (product >> 64) as u64
}

/// The term of a half-line in XXH3-64 of 32 bytes; `place` is 0 for the first half, 1 for the second.
fn term_64(half: &[u8], place: usize) -> u64 {
    mix(half, [SECRET[2 * place], SECRET[2 * place + 1]])
}

/// The two accumulators of XXH3-128 of 32 bytes, of which each half-line moves one.
fn accumulator(half: &[u8], place: usize) -> u64 {
    let start = if place == 0 { 32u64.wrapping_mul(PRIME_1) } else { 0 };
    start.wrapping_add(term_64(half, place)) ^ sum()
}

fn first_low(half: &[u8], place: usize) -> u64 {
    accumulator(half, place)
}

fn second_low(half: &[u8], place: usize) -> u64 {
    accumulator(half, place)
}

fn first_high(half: &[u8], place: usize) -> u64 {
    accumulator(half, place).wrapping_mul(PRIME_1)
}

fn second_high(half: &[u8], place: usize) -> u64 {
    accumulator(half, place).wrapping_mul(PRIME_4)
}

type Term = fn(&[u8], usize) -> u64;

/// Lines whose terms have the same sum: differences within each list that agree in their low bits, then joined.
fn searched(first: Term, second: Term) -> Vec<Pair> {
    let heads = differences(first, 0);
    let tails = differences(second, 1);
    let mut found = Vec::new();
    // Both lists are sorted by their difference: one walk.
    let mut at = 0;
    for &(difference, one, other) in &heads {
        while at < tails.len() && tails[at].0 < difference {
            at += 1;
        }
        if at < tails.len() && tails[at].0 == difference {
            // head(one) - head(other) = tail(a) - tail(b), so head(one) + tail(b) = head(other) + tail(a).
            let (_, a, b) = tails[at];
            found.push([[half(one), half(b)].concat(), [half(other), half(a)].concat()]);
        }
        if found.len() == PAIRS_MAX {
            break;
        }
    }
    found
}

/// Pairs of half-lines whose terms differ in high bits alone, by that difference.
fn differences(term: Term, place: usize) -> Vec<(u64, u32, u32)> {
    let mut terms: Vec<(u64, u32)> =
        (0..LIST).map(|number| (term(&half(number), place).rotate_right(JOINED_BITS), number)).collect();
    terms.sort_unstable();
    let low = |rotated: u64| rotated >> (64 - JOINED_BITS);
    let mut pairs = Vec::new();
    for (at, &(one, a)) in terms.iter().enumerate() {
        for &(other, b) in terms[at + 1..].iter().take_while(|(other, _)| low(*other) == low(one)) {
            let (one, other) = (one.rotate_left(JOINED_BITS), other.rotate_left(JOINED_BITS));
            pairs.push((one.wrapping_sub(other), a, b));
            pairs.push((other.wrapping_sub(one), b, a));
        }
    }
    pairs.sort_unstable();
    pairs
}

const MURMUR: u64 = 0xc6a4_a793_5bd1_e995;

/// MurmurHash64A, seed 1, of whole words.
fn murmur(line: &[u8]) -> u64 {
    assert!(line.len().is_multiple_of(8));
    let start = 1 ^ (line.len() as u64).wrapping_mul(MURMUR);
    let mut hash = line.chunks_exact(8).fold(start, |hash, word| {
        let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
        (hash ^ murmur_word(word)).wrapping_mul(MURMUR)
    });
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(MURMUR);
    hash ^ (hash >> 47)
}

fn murmur_word(word: u64) -> u64 {
    let word = word.wrapping_mul(MURMUR);
    (word ^ (word >> 47)).wrapping_mul(MURMUR)
}

/// The word that [`murmur_word`] makes of nothing else.
fn murmur_back(mixed: u64) -> u64 {
    // Newton's iteration for the inverse of an odd number: each step doubles the bits that are right.
    let inverse =
        (0..6).fold(MURMUR, |known, _| known.wrapping_mul(2u64.wrapping_sub(MURMUR.wrapping_mul(known))));
    let word = mixed.wrapping_mul(inverse);
    (word ^ (word >> 47)).wrapping_mul(inverse)
}

/// Lines of two words: the second word of the other line undoes what its first word changed; those that are printable.
fn undone() -> Vec<Pair> {
    let [first, second] = [*b"the same", *b" in Murm"];
    let state = |word: [u8; 8]| {
        (1 ^ 16u64.wrapping_mul(MURMUR) ^ murmur_word(u64::from_le_bytes(word))).wrapping_mul(MURMUR)
    };
    let wanted = state(first) ^ murmur_word(u64::from_le_bytes(second));
    let others = (0..).map(|number| {
        let head: [u8; 8] = half(number)[..8].try_into().expect("eight bytes");
        (head, murmur_back(wanted ^ state(head)).to_le_bytes())
    });
    let printable = others.filter(|(_, tail)| tail.iter().all(|byte| (b' '..=b'~').contains(byte)));
    printable.take(PAIRS_MAX).map(|(head, tail)| [[first, second].concat(), [head, tail].concat()]).collect()
}

/// Lines of 96 bytes that share all of XXH3-128.
///
/// XXH3 multiplies words of the text with each other after an exclusive or with words of its secret. Where a text holds
/// a word of the secret the product is 0, whatever the other word is; and of that other word the key then knows only
/// an exclusive or with others of its kind. So two words can trade places.
fn multiplied_by_zero() -> Vec<Pair> {
    let [one, other] = [*b"all 128 ", *b"the same"].map(u64::from_le_bytes);
    let line = |number: usize, second: u64, third: u64| {
        let mut line = format!("crafted pair {number:03}").into_bytes();
        for (secret, sum) in [(SECRET_32, second), (SECRET_64, third)] {
            line.extend_from_slice(&secret.to_le_bytes());
            line.extend_from_slice(&sum.wrapping_sub(secret).to_le_bytes());
        }
        line.extend_from_slice(b"what stands here");
        line.extend_from_slice(&SECRET_48.to_le_bytes());
        line.extend_from_slice(b"and here");
        line.extend_from_slice(b"is all the same.");
        line
    };
    (0..PAIRS_MAX).map(|number| [line(number, one, other), line(number, other, one)]).collect()
}
