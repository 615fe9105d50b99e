//! What an element is to the flow of text, by its name.

/// No known name is longer, and a number holds as many bytes beside the length.
const NAME_MAX: usize = 15;

/// What the tags of an element do to the words around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// Its words go on: `b`, `span`, `a`, and whatever is unknown.
    Inline,
    /// It begins and ends lines: [`BLOCKS`].
    Block,
    /// Its content is not shown: the place in [`HIDDEN`].
    Hidden(usize),
}

/// Elements whose content browsers do not show as text of the page: they are skipped up to their end tag.
///
/// All but `template` are raw text to the tokenizer of the HTML Standard where scripts run (section 13.2.5, 13.2.6.4).
pub const HIDDEN: [&[u8]; 7] =
    [b"script", b"style", b"template", b"noscript", b"noframes", b"noembed", b"iframe"];

/// Elements that the HTML Standard, section 15.3, renders as blocks, list items, parts of tables or line breaks, and
/// those whose text stands apart: `title`, buttons and fields of forms. In alphabetical order.
pub const BLOCKS: [&[u8]; 61] = [
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"body",
    b"br",
    b"button",
    b"caption",
    b"center",
    b"col",
    b"colgroup",
    b"dd",
    b"details",
    b"dialog",
    b"dir",
    b"div",
    b"dl",
    b"dt",
    b"fieldset",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"head",
    b"header",
    b"hgroup",
    b"hr",
    b"html",
    b"legend",
    b"li",
    b"listing",
    b"main",
    b"menu",
    b"nav",
    b"ol",
    b"optgroup",
    b"option",
    b"p",
    b"plaintext",
    b"pre",
    b"search",
    b"section",
    b"select",
    b"summary",
    b"table",
    b"tbody",
    b"td",
    b"textarea",
    b"tfoot",
    b"th",
    b"thead",
    b"title",
    b"tr",
    b"ul",
    b"xmp",
];

/// The names as numbers, which are compared faster than bytes.
const BLOCK_KEYS: [u128; BLOCKS.len()] = keys(BLOCKS);
const HIDDEN_KEYS: [u128; HIDDEN.len()] = keys(HIDDEN);

const fn keys<const COUNT: usize>(names: [&[u8]; COUNT]) -> [u128; COUNT] {
    let mut keys = [0; COUNT];
    let mut place = 0;
    while place < COUNT {
        keys[place] = key(names[place]);
        place += 1;
    }
    keys
}

/// The bytes of a name in lower case, the first in the highest place, then its length: numbers are in the order of names.
const fn key(name: &[u8]) -> u128 {
    let mut key = name.len() as u128;
    let mut place = 0;
    while place < name.len() {
        key |= (name[place].to_ascii_lowercase() as u128) << (8 * (NAME_MAX - place));
        place += 1;
    }
    key
}

/// The element of a name, in any case.
pub fn element(name: &[u8]) -> Element {
    if name.len() > NAME_MAX {
        return Element::Inline;
    }
    let key = key(name);
    if BLOCK_KEYS.binary_search(&key).is_ok() {
        return Element::Block;
    }
    HIDDEN_KEYS.iter().position(|hidden| *hidden == key).map_or(Element::Inline, Element::Hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        assert!(BLOCKS.is_sorted() && HIDDEN.iter().all(|hidden| !BLOCKS.contains(hidden)));
        assert!(BLOCKS.iter().chain(&HIDDEN).all(|name| name.len() <= NAME_MAX));
        assert!(BLOCKS.iter().all(|name| element(&name.to_ascii_uppercase()) == Element::Block));
        assert_eq!(element(b"SCRIPT"), Element::Hidden(0));
        for inline in [&b""[..], b"b", b"span", b"lix", b"my-element-of-mine", b"h7", b"p\0", b"\xFF"] {
            assert_eq!(element(inline), Element::Inline);
        }
    }
}
