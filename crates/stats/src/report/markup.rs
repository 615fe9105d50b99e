//! Markup: elements that are closed as they were opened, around text that can do nothing.

/// Markup under construction, well-formed both as HTML and as XML.
#[derive(Debug, Default)]
pub struct Markup {
    out: String,
    open: Vec<&'static str>,
}

impl Markup {
    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Markup {
        self.start(name, attributes);
        self.out.push('>');
        self.open.push(name);
        self
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) -> &mut Markup {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// An element without content.
    pub fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Markup {
        self.start(name, attributes);
        self.out.push_str("/>");
        self
    }

    /// An element that holds text.
    pub fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) -> &mut Markup {
        self.open(name, attributes).text(text).close()
    }

    /// Text, whatever it holds.
    pub fn text(&mut self, text: &str) -> &mut Markup {
        escape_into(text, &mut self.out);
        self
    }

    /// Markup or style sheets of our own, as they are.
    pub fn raw(&mut self, markup: &str) -> &mut Markup {
        self.out.push_str(markup);
        self
    }

    /// A line end, so that people can read what is written.
    pub fn line(&mut self) -> &mut Markup {
        self.out.push('\n');
        self
    }

    /// What was written, with all elements closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape_into(value, &mut self.out);
            self.out.push('"');
        }
    }
}

/// What XML allows in no way becomes U+FFFD.
fn escape_into(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(character),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ if character.is_control() => out.push('\u{FFFD}'),
            _ => out.push(character),
        }
    }
}

/// Reads markup back, for tests: panics unless it is well-formed, and gives its text without the escapes.
#[cfg(test)]
pub fn read_back(markup: &str) -> String {
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = markup.strip_prefix("<!DOCTYPE html>").unwrap_or(markup);
    while let Some(start) = rest.find('<') {
        text.push_str(&unescaped(&rest[..start]));
        let end = rest[start..].find('>').expect("a tag ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (tag, is_leaf) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
            "{name}"
        );
        assert!(name != "script", "nothing runs");
        while !attributes.is_empty() {
            let (name, value) = attributes.split_once("=\"").expect("an attribute has a value");
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{name}");
            assert!(!name.starts_with("on"), "nothing runs");
            let (value, next) = value.split_once('"').expect("a value ends");
            unescaped(value);
            attributes = next.trim_start_matches(' ');
        }
        if name == "style" {
            rest = &rest[rest.find("</style>").expect("a style sheet ends")..];
        }
        if !is_leaf {
            open.push(name);
        }
    }
    text.push_str(&unescaped(rest));
    assert!(open.is_empty(), "{open:?} is open");
    text
}

/// Panics at a character that must be escaped and at an escape that is none.
#[cfg(test)]
fn unescaped(text: &str) -> String {
    const ESCAPES: [(&str, char); 5] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#39;", '\'')];
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (name, character) = ESCAPES.iter().find(|(name, _)| part.starts_with(name)).expect("an escape");
        out.push(*character);
        out.push_str(&part[name.len()..]);
    }
    assert!(!text.contains(['<', '>']), "{text}");
    assert!(!out.chars().any(|character| character.is_control() && !"\t\n".contains(character)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn elements_are_closed_as_they_were_opened() {
        let mut markup = Markup::default();
        markup.open("p", &[("title", "a\"b<c")]).text("x & y").leaf("br", &[]).open("b", &[]).text("z");
        assert_eq!(markup.finish(), "<p title=\"a&quot;b&lt;c\">x &amp; y<br/><b>z</b></p>");
    }

    proptest! {
        #[test]
        fn text_does_nothing(text in any::<String>(), value in "[<>&\"'a/=! \\u{0}-\\u{20}\\u{FFFE}]{0,12}") {
            let mut markup = Markup::default();
            markup.open("p", &[("title", &value)]).text(&value).text(&text);
            let expected: String = (value + &text)
                .chars()
                .map(|character| match character {
                    '\t' | '\n' => character,
                    '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
                    _ if character.is_control() => '\u{FFFD}',
                    _ => character,
                })
                .collect();
            prop_assert_eq!(read_back(&markup.finish()), expected);
        }
    }
}
