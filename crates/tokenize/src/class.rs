//! What kind of thing a token is.

mod emoji;

use std::fmt;
use std::str::FromStr;

use rewrite::UnknownName;
use unicode::Category;
use unicode::space::is_white_space;

/// The class of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A word, or an abbreviation: what has a letter.
    Word,
    /// Digits and other numerals, with separators, a sign and a unit where they are kept with it.
    Number,
    /// General_Category P.
    Punctuation,
    /// General_Category S, but for emoji.
    Symbol,
    /// White_Space.
    Space,
    /// An emoji sequence of UTS #51.
    Emoji,
    /// A locator.
    Url,
    /// A mail address.
    Email,
    /// A user's name behind `@`.
    Mention,
    /// A tag behind `#`.
    Hashtag,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A file name, with or without folders.
    Path,
    /// What the user asked for: words and patterns of their own.
    Term,
    /// Marks on nothing, controls, format, private use and unassigned characters.
    Other,
}

impl Class {
    /// Every class, in the order of their numbers.
    pub const ALL: [Class; 15] = [
        Class::Word,
        Class::Number,
        Class::Punctuation,
        Class::Symbol,
        Class::Space,
        Class::Emoji,
        Class::Url,
        Class::Email,
        Class::Mention,
        Class::Hashtag,
        Class::Date,
        Class::Time,
        Class::Path,
        Class::Term,
        Class::Other,
    ];

    /// The name, in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Class::Word => "word",
            Class::Number => "number",
            Class::Punctuation => "punctuation",
            Class::Symbol => "symbol",
            Class::Space => "space",
            Class::Emoji => "emoji",
            Class::Url => "url",
            Class::Email => "email",
            Class::Mention => "mention",
            Class::Hashtag => "hashtag",
            Class::Date => "date",
            Class::Time => "time",
            Class::Path => "path",
            Class::Term => "term",
            Class::Other => "other",
        }
    }

    /// The class of a segment of UAX #29: one of word, number, punctuation, symbol, space, emoji and other. The first
    /// of these that holds:
    ///
    /// - *emoji*: it is an emoji sequence of UTS #51, with nothing behind it but marks and format characters: an emoji
    ///   character that is shown as a picture by itself or with U+FE0F, a keycap, a flag (two regional indicators, or
    ///   a base and tags), a modified emoji, or pictographs with ZWJ between them. `©` and `7` are none, nor is what
    ///   U+FE0E asks to show as text, nor a regional indicator alone;
    /// - *word*: there is a letter in it (General_Category L);
    /// - *number*: there is a numeral in it (N), as in `3.14`, `۱۲٬۵۰۰`, `½`, `Ⅷ`;
    /// - *punctuation*, *symbol*: its first character of General_Category P or S is that; `_` is punctuation;
    /// - *space*: it is White_Space, with nothing but format characters (Cf) behind;
    /// - *other*: anything else, and the empty token.
    ///
    /// An ill-formed subpart is U+FFFD, a symbol.
    ///
    /// ```
    /// use tokenize::Class;
    /// assert_eq!(Class::of("3D".as_bytes()), Class::Word);
    /// assert_eq!(Class::of("۱۲٬۵۰۰".as_bytes()), Class::Number);
    /// assert_eq!(Class::of("👩‍🚀".as_bytes()), Class::Emoji);
    /// ```
    #[inline]
    pub fn of(token: &[u8]) -> Class {
        match token {
            [b'a'..=b'z' | b'A'..=b'Z', ..] => Class::Word,
            [] => Class::Other,
            [b' '] => Class::Space,
            _ => of_characters(token),
        }
    }
}

fn of_characters(token: &[u8]) -> Class {
    if emoji::is_sequence(token) {
        return Class::Emoji;
    }
    let (mut seen, mut is_space, mut at) = (None, true, 0);
    while at < token.len() {
        let (category, length) = Category::at(token, at);
        match category {
            _ if category.is_letter() => return Class::Word,
            _ if category.is_number() => seen = Some(Class::Number),
            _ if category.is_punctuation() => seen = seen.or(Some(Class::Punctuation)),
            _ if category.is_symbol() => seen = seen.or(Some(Class::Symbol)),
            Category::Format => is_space &= at > 0,
            _ => is_space &= is_white_space(unicode::utf8::decode(&token[at..]).0),
        }
        at += length;
    }
    seen.unwrap_or(if is_space { Class::Space } else { Class::Other })
}

impl fmt::Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl FromStr for Class {
    type Err = UnknownName;

    /// The class of a name, written exactly.
    fn from_str(name: &str) -> Result<Class, UnknownName> {
        let class = Class::ALL.into_iter().find(|class| class.name() == name);
        class.ok_or_else(|| UnknownName::new("class", name, Class::ALL.map(Class::name)))
    }
}

/// Some of the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassSet(u16);

impl ClassSet {
    /// No class.
    pub const NONE: ClassSet = ClassSet(0);
    /// Every class.
    pub const ALL: ClassSet = ClassSet((1 << Class::ALL.len()) - 1);

    /// Whether a class is one of them.
    #[inline]
    pub fn has(self, class: Class) -> bool {
        self.0 >> class as u16 & 1 != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, class: Class) -> ClassSet {
        ClassSet(self.0 | 1 << class as u16)
    }

    /// The classes, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Class> {
        Class::ALL.into_iter().filter(move |&class| self.has(class))
    }
}

impl FromIterator<Class> for ClassSet {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        classes.into_iter().fold(ClassSet::NONE, ClassSet::with)
    }
}

impl FromStr for ClassSet {
    type Err = UnknownName;

    /// Names with commas between them.
    fn from_str(names: &str) -> Result<ClassSet, UnknownName> {
        names.split(',').map(str::trim).map(Class::from_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_many_scripts_have_the_class_that_a_reader_gives_them() {
        let cases: [(Class, &[&str]); 7] = [
            (
                Class::Word,
                &[
                    "a",
                    "can't",
                    "3D",
                    "2nd",
                    "é",
                    "e\u{301}",
                    "می\u{200C}دهد",
                    "漢",
                    "क्षि",
                    "ไทย",
                    "ʻokina",
                    "a_1",
                    "_x",
                ], // ZWNJ
            ),
            (Class::Number, &["7", "3.14", "۱۲٬۵۰۰", "½", "Ⅷ", "²", "①", "1_000", "๓", "〇"]),
            (
                Class::Punctuation,
                &[".", "،", "«", "_", "__", "…", "—", "؟", "۔", "。", "-", "\u{200C}.", ".\u{301}"],
            ), // ZWNJ
            (
                Class::Symbol,
                &["$", "+", "©", "™", "€", "﷼", "^", "`", "~", "\u{FFFD}", "☺", "😀\u{FE0E}", "🇮", "Ⓐ"],
            ),
            (Class::Space, &[" ", "  ", "\t", "\r\n", "\u{A0}", "\u{3000}", " \u{200D}", "\u{2028}"]),
            (Class::Emoji, &["😀"]),
            (
                Class::Other,
                &[
                    "",
                    "\u{301}",
                    "\u{200C}",
                    "\u{200B}",
                    "\0",
                    "\u{E000}",
                    "\u{FFFF}",
                    " \u{301}",
                    "\u{FEFF}",
                    "\u{200F} ",
                ],
            ),
        ];
        for (class, tokens) in cases {
            for token in tokens {
                assert_eq!(Class::of(token.as_bytes()), class, "{token:?}");
            }
        }
        assert_eq!(Class::of(b"\xFF"), Class::Symbol);
        assert_eq!(Class::of(b"1\xE2\x80"), Class::Number);
    }

    #[test]
    fn every_character_alone_has_the_class_of_its_category() {
        for character in '\0'..=char::MAX {
            let category = Category::of(character);
            let want = match category {
                _ if unicode::emoji::has_emoji_presentation(character)
                    && !('\u{1F1E6}'..='\u{1F1FF}').contains(&character) =>
                {
                    Class::Emoji
                }
                _ if category.is_letter() => Class::Word,
                _ if category.is_number() => Class::Number,
                _ if category.is_punctuation() => Class::Punctuation,
                _ if category.is_symbol() => Class::Symbol,
                _ if is_white_space(character) => Class::Space,
                _ => Class::Other,
            };
            assert_eq!(Class::of(character.encode_utf8(&mut [0; 4]).as_bytes()), want, "{character:?}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for class in Class::ALL {
            assert_eq!(class.name().parse(), Ok(class));
            assert_eq!(Class::ALL[class as usize], class);
        }
        let unknown = "wrod".parse::<Class>().map_err(|error| error.to_string());
        assert_eq!(unknown, Err("no class is called 'wrod'; the nearest are word, url, emoji".to_owned()));
    }

    #[test]
    fn sets_are_lists_of_names() {
        let set: ClassSet = "number, word".parse().expect("classes");
        assert_eq!(set.iter().collect::<Vec<_>>(), [Class::Word, Class::Number]);
        assert!(set.has(Class::Word) && !set.has(Class::Other));
        assert_eq!(Class::ALL.into_iter().collect::<ClassSet>(), ClassSet::ALL);
        assert!("word,".parse::<ClassSet>().is_err());
    }
}
