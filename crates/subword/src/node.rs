//! A JSON value that knows where it stands, so that whatever is wrong with it can say so.

use serde_json::{Map, Value};

use crate::error::Problem;

/// A value and its JSON pointer.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    pub(crate) value: &'a Value,
    pub(crate) pointer: String,
}

impl<'a> Node<'a> {
    pub(crate) fn root(value: &'a Value) -> Node<'a> {
        Node { value, pointer: String::new() }
    }

    pub(crate) fn problem(&self, text: impl Into<String>) -> Problem {
        Problem::at(self.pointer.clone(), text)
    }

    fn wanted(&self, kind: &str) -> Problem {
        self.problem(format!("{kind} is wanted here, not {}", kind_of(self.value)))
    }

    fn step(&self, value: &'a Value, step: &str) -> Node<'a> {
        let step = step.replace('~', "~0").replace('/', "~1");
        Node { value, pointer: format!("{}/{step}", self.pointer) }
    }

    /// A member, if it is there and not null.
    pub(crate) fn optional(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.get(key)?;
        (!value.is_null()).then(|| self.step(value, key))
    }

    pub(crate) fn member(&self, key: &str) -> Result<Node<'a>, Problem> {
        self.optional(key).ok_or_else(|| self.problem(format!("\"{key}\" is missing")))
    }

    pub(crate) fn object(&self) -> Result<&'a Map<String, Value>, Problem> {
        self.value.as_object().ok_or_else(|| self.wanted("an object"))
    }

    pub(crate) fn array(&self) -> Result<&'a [Value], Problem> {
        self.value.as_array().map(Vec::as_slice).ok_or_else(|| self.wanted("an array"))
    }

    /// The items of an array, each with its place.
    pub(crate) fn items(&self) -> Result<impl Iterator<Item = Node<'a>> + '_, Problem> {
        Ok(self.array()?.iter().enumerate().map(|(index, value)| self.step(value, &index.to_string())))
    }

    pub(crate) fn text(&self) -> Result<&'a str, Problem> {
        self.value.as_str().ok_or_else(|| self.wanted("a string"))
    }

    pub(crate) fn character(&self) -> Result<char, Problem> {
        let mut characters = self.text()?.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(self.wanted("a string of one character")),
        }
    }

    pub(crate) fn flag(&self) -> Result<bool, Problem> {
        self.value.as_bool().ok_or_else(|| self.wanted("true or false"))
    }

    pub(crate) fn id(&self) -> Result<u32, Problem> {
        as_id(self.value).ok_or_else(|| self.problem(format!("not an id (0 to {ID_MAX}): {}", self.value)))
    }

    pub(crate) fn count(&self) -> Result<usize, Problem> {
        let number = self.value.as_u64().ok_or_else(|| self.wanted("a whole number"))?;
        usize::try_from(number).map_err(|_| self.problem("the number is too large"))
    }

    pub(crate) fn flag_or(&self, key: &str, default: bool) -> Result<bool, Problem> {
        self.optional(key).map_or(Ok(default), |node| node.flag())
    }

    pub(crate) fn text_or(&self, key: &str, default: &str) -> Result<String, Problem> {
        self.optional(key).map_or_else(|| Ok(default.to_owned()), |node| node.text().map(str::to_owned))
    }

    /// The name of a component: its member `type`.
    pub(crate) fn kind(&self) -> Result<&'a str, Problem> {
        self.object()?;
        self.member("type")?.text()
    }
}

/// The largest id that a piece may have; what is above marks places without one.
pub(crate) const ID_MAX: u32 = u32::MAX - 1;

pub(crate) fn as_id(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|&id| id <= ID_MAX)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
