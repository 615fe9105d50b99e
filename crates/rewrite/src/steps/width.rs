//! Full-width and half-width characters in their ordinary width.

use unicode::{Compatibility, Form, Kinds, Rewriting};

use crate::by_token::{self, Substitution};
use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::seek::{Found, Seeker};
use crate::step::{Step, Triggers};

const FULL: usize = 0;
const HALF: usize = 1;

/// The first code point of the block Halfwidth and Fullwidth Forms.
const BLOCK: u32 = 0xFF00;

const IDEOGRAPHIC_SPACE: char = '\u{3000}';
const VOICED: char = '\u{FF9E}'; // HALFWIDTH KATAKANA VOICED SOUND MARK
const SEMI_VOICED: char = '\u{FF9F}'; // HALFWIDTH KATAKANA SEMI-VOICED SOUND MARK

/// Folds the characters that UnicodeData.txt maps with `<wide>` or `<narrow>`, outside protected spans.
///
/// | rule | characters | become |
/// |---|---|---|
/// | `width-full` | U+3000, U+FF01–U+FF60, U+FFE0–U+FFE6 | SPACE, ASCII, `⦅ ⦆ ¢ £ ¬ ¯ ¦ ¥ ₩` |
/// | `width-half` | U+FF61–U+FFDC, U+FFE8–U+FFEE | ordinary katakana, its punctuation, hangul letters, arrows |
///
/// A half-width katakana letter and the sound mark after it become one letter where there is one.
#[derive(Debug, Clone)]
pub struct Width {
    seeker: Seeker,
    /// Of each character of the block.
    folds: Vec<Fold>,
    rules: [Rule; 2],
}

/// What one character becomes.
#[derive(Debug, Clone)]
struct Fold {
    rule: usize,
    alone: String,
    /// With a sound mark after it, voiced or semi-voiced, if that makes one letter.
    marked: [Option<String>; 2],
}

impl Width {
    /// The step.
    pub fn new() -> Self {
        let block = (BLOCK..BLOCK + 0x100).filter_map(char::from_u32);
        let folded = block.clone().filter(|&character| rule(character).is_some());
        let set = CharSet::from_chars(folded.chain([IDEOGRAPHIC_SPACE]));
        let rules = [
            Rule::lossy("width-full", "a full-width character takes its ordinary width"),
            Rule::lossy("width-half", "a half-width character takes its ordinary width"),
        ];
        Width { seeker: Seeker::new(set), folds: block.map(Fold::of).collect(), rules }
    }

    fn substitution(&self, text: &[u8], found: Found) -> Option<Substitution<'_>> {
        let Found { at, character, .. } = found;
        if character == IDEOGRAPHIC_SPACE {
            return Some(Substitution { range: at..found.end(), with: b" ", rule: FULL });
        }
        let fold = self.folds.get(u32::from(character).checked_sub(BLOCK)? as usize)?;
        let (mark, length) = unicode::utf8::decode(&text[found.end()..]);
        let marked = match mark {
            VOICED => fold.marked[0].as_ref(),
            SEMI_VOICED => fold.marked[1].as_ref(),
            _ => None,
        };
        let end = found.end() + if marked.is_some() { length } else { 0 };
        Some(Substitution { range: at..end, with: marked.unwrap_or(&fold.alone).as_bytes(), rule: fold.rule })
    }
}

impl Default for Width {
    fn default() -> Self {
        Width::new()
    }
}

impl Fold {
    fn of(character: char) -> Self {
        let with = |mark: char| {
            let both = folded(&String::from_iter([character, mark]));
            (both.chars().count() == 1).then_some(both)
        };
        Fold {
            rule: rule(character).unwrap_or(FULL),
            alone: folded(&character.to_string()),
            marked: [with(VOICED), with(SEMI_VOICED)],
        }
    }
}

fn rule(character: char) -> Option<usize> {
    match Compatibility::of(character)? {
        Compatibility::Wide => Some(FULL),
        Compatibility::Narrow => Some(HALF),
        _ => None,
    }
}

fn folded(text: &str) -> String {
    let kinds = Kinds::from_iter([Compatibility::Wide, Compatibility::Narrow]);
    let mut out = Vec::new();
    Rewriting { form: Form::Nfc, kinds }.normalize_into(text.as_bytes(), &mut out);
    String::from_utf8(out).expect("well-formed text stays well-formed")
}

impl Step for Width {
    fn name(&self) -> &'static str {
        "width"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(self.seeker.set().clone())
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        by_token::replace(draft, |text, from| self.substitution(text, self.seeker.next(text, from)?));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::promise::{applied, assert_cases, assert_kept, texts_of};
    use proptest::prelude::*;

    static WIDTH: LazyLock<Width> = LazyLock::new(Width::new);

    #[test]
    fn all_wide_and_narrow_characters_are_folded_and_no_others() {
        let found: Vec<char> = ('\0'..=char::MAX).filter(|&character| rule(character).is_some()).collect();
        assert_eq!(found.len(), 226); // as many lines of UnicodeData.txt hold <wide> or <narrow>
        for character in found {
            let text = character.to_string();
            let want = folded(&text);
            assert_eq!(want.chars().count(), 1);
            assert_eq!(applied(&*WIDTH, text.as_bytes(), &[true; 2]), want.as_bytes(), "{character}");
            assert!(WIDTH.seeker.set().contains(character));
        }
        assert!(!WIDTH.seeker.set().contains('\u{FFE7}') && !WIDTH.seeker.set().contains('\u{FF00}'));
    }

    #[test]
    fn widths_are_ordinary() {
        assert_cases(
            &*WIDTH,
            &[
                ("Ａｂｃ　１２３！～", "Abc 123!~", "ASCII, and the ideographic space"),
                ("￠￡￥￦｟｠", "¢£¥₩⦅⦆", "other full-width forms"),
                ("ｱｲｳｰ｡｢｣､･", "アイウー。「」、・", "katakana and its punctuation"),
                ("ｶﾞｷﾞﾊﾟｳﾞﾜﾞ", "ガギパヴヷ", "with its sound marks"),
                ("ｱﾞｶﾟ", "ア\u{3099}カ\u{309A}", "which stay marks where no letter has them"),
                ("ｶﾞﾞ", "ガ\u{3099}", "only the first is the letter's"),
                ("ﾡﾢￂￚ", "ㄱㄲㅏㅡ", "hangul letters"),
                ("￨￩￭￮", "│←■○", "symbols"),
                ("カナ 漢字、ABC「」", "カナ 漢字、ABC「」", "ordinary width stays"),
                ("https://a.org/ａ ａ", "https://a.org/ａ a", "URL"),
                ("ｕ＠ａ．ｏｒｇ", "u@a.org", "no address until then"),
                ("Ａ４", "A4", "nor a code"),
                ("＠C:\\ａ", "＠C:\\ａ", "a token that would have more to fold next time stays"),
            ],
        );
    }

    const PIECES: &[&str] = &[
        "Ａ", "ｂ", "１", "！", "＠", "＃", "．", "／", "：", "＿", "（", "）", "　", "ｶ", "ﾊ", "ﾞ", "ﾟ", "ﾡ",
        "￠", "￩", "a", "1", ".", "@", "#", "/", "\\", ":", "(", " ", "\n", "https://", "www.", "a.org",
        "カ", "\u{200C}",
    ];

    proptest! {
        #[test]
        fn promises_are_kept(text in texts_of(PIECES), switches: u32) {
            assert_kept(&*WIDTH, &text, switches)?;
        }
    }
}
