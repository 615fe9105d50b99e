//! What stands in the place of a match: a text, perhaps with groups of the match in it.

use std::fmt::{self, Write};

use regex_automata::PatternID;
use regex_automata::util::captures::GroupInfo;

use super::cursor::Cursor;
use super::error::Fault;
use super::quoted::quoted;

/// A replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    pub parts: Vec<Part>,
}

/// A stretch of a replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    /// What a group matched, by its number; nothing if it took no part in the match.
    Group(usize),
}

impl Template {
    /// A text without groups.
    pub fn plain(text: String) -> Self {
        Template { parts: vec![Part::Text(text)] }
    }

    /// The text if there are no groups in it.
    pub fn as_plain(&self) -> Option<&str> {
        match &self.parts[..] {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for part in &self.parts {
            match part {
                Part::Text(text) => write!(f, "{}", text.escape_debug())?,
                Part::Group(group) => write!(f, "${{{group}}}")?,
            }
        }
        f.write_char('"')
    }
}

/// Reads a quoted replacement in which `$1`, `${1}` and `${name}` are groups and `$$` is a dollar sign.
pub(super) fn template(cursor: &mut Cursor<'_>, groups: &GroupInfo) -> Result<Template, Fault> {
    let column = cursor.column();
    let text = quoted(cursor)?;
    let mut parts = Vec::new();
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('$') {
        push(&mut parts, before);
        if let Some(after) = after.strip_prefix('$') {
            push(&mut parts, "$");
            rest = after;
            continue;
        }
        let (name, after) = reference(after).ok_or_else(|| {
            Fault::new(column, "expected $1, ${1}, ${name} or $$ wherever '$' stands in the replacement")
        })?;
        let group = number(name, groups)
            .ok_or_else(|| Fault::new(column, format!("the pattern has no group '{name}'")))?;
        parts.push(Part::Group(group));
        rest = after;
    }
    push(&mut parts, rest);
    Ok(Template { parts })
}

/// The name of a group, and what follows it.
fn reference(text: &str) -> Option<(&str, &str)> {
    if let Some(inside) = text.strip_prefix('{') {
        return inside.split_once('}').filter(|(name, _)| !name.is_empty());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| text.split_at(digits))
}

fn number(name: &str, groups: &GroupInfo) -> Option<usize> {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return name.parse().ok().filter(|&group| group < groups.group_len(PatternID::ZERO));
    }
    groups.to_index(PatternID::ZERO, name)
}

fn push(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(Part::Text(last)) => last.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}
