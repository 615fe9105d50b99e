//! Affixes that are no words of their own: where one stands alone, a ZWNJ became a space.

use std::sync::LazyLock;

use super::class::{KIND_SHIFT, VERBAL};
use super::hash::word_hash;
use super::letters::{ALEF, CHEH, HEH, KEHEH, NOON, REH, Sign, TEH, VAV, YEH, sign};

/// Endings of nouns and adjectives.
pub(crate) const NOMINAL_ENDINGS: &str =
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست هایند تر ترین تری ترها ترهای ترینها ترینهای";
/// Endings that only follow the silent heh.
pub(crate) const AFTER_HEH: &str = "ام ات اش ای ایم اید اند";
/// What stands before a form of a verb.
pub(crate) const BEFORE_VERBS: &str = "می نمی";

/// What else follows, in spelling of the spoken language and of the ezafe after the silent heh. Models are built without these.
pub(crate) const MORE_ENDINGS: &str = "هاش هامون هاتون هاشون";
pub(crate) const EZAFE: &str = "ی";
/// Before a form of a verb in older texts.
pub(crate) const MORE_BEFORE_VERBS: &str = "همی";

/// Forms that می stands before and that dictionaries know as something else too.
const VERBS_TOO: &str = "آمد آمدند آمده آورد آوردند آید آیند باید برد برم بست بوده بینی پرداخت توان توانسته توانی جست خواست خواسته \
خورند داد داشت داشته دانسته دهم دهی دونی دونم دید راند رسید رسم رود روم روند روی رویم ریخت زند زنم زنی ساخت سرود شده \
شمارد شناخت شوم شوی فهمی کرد کرده کند کنم کنن کنه کنی گشت نشست نمود مانند";

/// Words that are never the second part of a compound, though they stand after the first part of many.
const FREE_WORDS: &str = "آمد آمدن آمده است باشد باشند بود بودن بودند دادن داشتن رفتن زدن شد شدن شدند شود شوند کرد کردن کردند کند \
کنم کنند کنیم کنید نیز هم هستند نیست را که و";
/// Participles; with a form of «to be» behind them, they are part of a verb.
const PARTICIPLES: &str = "داده داشته دیده زده شده کرده گرفته یافته";
const TO_BE: &str = "است باشد باشند بود بودند بوده نیست نبود نشده";

/// Determiners and prepositions: whether they are joined to the next word is a matter of taste, and a space is right too.
const LOOSE_WORDS: &str = "این آن همین همان هیچ یک به چه هر";

/// Words that take no ending of a noun: where one seems to follow, a word between them was lost.
const WITHOUT_ENDINGS: &str = "از اگر است اما با باید بدون بر برای بلکه به بود بودند بی تا تحت توسط جز چون داخل در درباره را روی زیرا شد شدند طبق که مانند مثل ولی همه یا";

/// Second parts of compounds that are hardly ever words of their own.
const SECOND_PARTS: &str = "آمیز الدوله الدین السلام السلطنه المثل المللی بندی پردازی پوشی دهندگان دهنده ریزی سازی سالاری شناسی کنندگان کننده گذاری گرا گرایی گیری نگاری نویسی پذیری یابی آوری";

static ENDINGS: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(&[NOMINAL_ENDINGS, MORE_ENDINGS].join(" ")));
static HEH_ENDINGS: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(&[AFTER_HEH, EZAFE].join(" ")));
static PREFIXES: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(&[BEFORE_VERBS, MORE_BEFORE_VERBS].join(" ")));
static VERBS: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(VERBS_TOO));
static FREE: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(FREE_WORDS));
static PARTICIPLE: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(PARTICIPLES));
static BEING: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(TO_BE));
static BARE: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(WITHOUT_ENDINGS));
static SECOND: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(SECOND_PARTS));
static LOOSE: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(LOOSE_WORDS));

/// Whether a word takes a space after it in the spelling of many.
#[inline]
pub(crate) fn is_loose(codes: &[u8], hash: u64) -> bool {
    codes.len() <= 4 && LOOSE.binary_search(&hash).is_ok()
}

/// Whether two words look like a word and an affix of it.
#[inline]
pub(crate) fn is_affixed(left: (&[u8], u64), right: (&[u8], u64), right_class: u8) -> bool {
    let (codes, hash) = left;
    if is_noun_ending(right.0, right.1) {
        return takes_endings(codes, hash);
    }
    if right.0.len() <= 3
        && codes.last() == Some(&HEH)
        && codes.len() > 2
        && HEH_ENDINGS.binary_search(&right.1).is_ok()
    {
        return true;
    }
    is_before_verb(left, right, right_class)
}

/// Whether می or its like stands before a form of a verb.
#[inline]
pub(crate) fn is_before_verb(left: (&[u8], u64), right: (&[u8], u64), right_class: u8) -> bool {
    left.0.len() <= 3
        && PREFIXES.binary_search(&left.1).is_ok()
        && (right_class >> KIND_SHIFT & 3 == VERBAL || VERBS.binary_search(&right.1).is_ok())
}

/// Whether a word is ها, تر or one of their like, by its letters and its hash.
#[inline]
pub(crate) fn is_noun_ending(codes: &[u8], hash: u64) -> bool {
    codes.len() <= 7 && ENDINGS.binary_search(&hash).is_ok()
}

/// Whether a word stands for itself after any other; `beyond` is the hash of the one after it.
#[inline]
pub(crate) fn is_free(hash: u64, beyond: u64) -> bool {
    FREE.binary_search(&hash).is_ok()
        || PARTICIPLE.binary_search(&hash).is_ok() && BEING.binary_search(&beyond).is_ok()
}

/// Whether a word is the second part of a compound and hardly anything else.
#[inline]
pub(crate) fn is_second_part(codes: &[u8], hash: u64) -> bool {
    codes.len() <= 8 && SECOND.binary_search(&hash).is_ok()
}

/// Whether an ending of nouns may follow a word.
#[inline]
pub(crate) fn takes_endings(codes: &[u8], hash: u64) -> bool {
    codes.len() > 6 || BARE.binary_search(&hash).is_err()
}

/// Whether many writers want no ZWNJ in a word, so that its lack says little: before ها, but after the silent heh, before تر,
/// and after این and its like.
pub(crate) fn is_optional(codes: &[u8]) -> bool {
    let plural = codes.windows(2).rposition(|near| near == [HEH, ALEF]);
    if plural.is_some_and(|at| at > 0 && codes.len() - at <= 6 && !ends_in_silent_heh(&codes[..at])) {
        return true;
    }
    let comparative = codes.windows(2).rposition(|near| near == [TEH, REH]);
    comparative.is_some_and(|at| at > 1 && COMPARATIVE_RESTS.iter().any(|rest| codes[at + 2..] == **rest))
        || OPTIONAL_PREFIXES.iter().any(|prefix| codes.len() > prefix.len() + 1 && codes.starts_with(prefix))
}

/// A heh after a long vowel is sounded: راه، گروه.
fn ends_in_silent_heh(codes: &[u8]) -> bool {
    matches!(codes, [.., before, HEH] if !matches!(*before, ALEF | VAV)) || matches!(codes, [HEH])
}

/// What may follow تر at the end of a word: nothing, ین, ی.
const COMPARATIVE_RESTS: [&[u8]; 4] = [&[], &[YEH, NOON], &[YEH], &[YEH, NOON, HEH, ALEF]];
/// این، هیچ، یک.
const OPTIONAL_PREFIXES: [&[u8]; 3] = [&[ALEF, YEH, NOON], &[HEH, YEH, CHEH], &[YEH, KEHEH]];

fn hashes(words: &str) -> Vec<u64> {
    let mut hashes: Vec<u64> = words.split(' ').map(|word| word_hash(&codes_of(word))).collect();
    hashes.sort_unstable();
    hashes
}

/// The letters of a word by number.
pub(crate) fn codes_of(word: &str) -> Vec<u8> {
    word.chars()
        .filter_map(|character| match sign(character) {
            Sign::Letter { code, .. } => Some(code),
            _ => None,
        })
        .collect()
}
