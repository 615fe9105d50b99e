//! The name of a field: a plain name, or a JSON pointer that leads through objects and arrays.

use std::fmt;
use std::str::FromStr;

/// Where in a JSON text a field is: a plain name of the outermost object (`text`), or, when it begins with `/`,
/// a JSON pointer of RFC 6901 (`/meta/0/body`, where `~1` stands for `/` and `~0` for `~`).
///
/// It is shown as it was typed.
///
/// ```
/// use textcore::json::Pointer;
///
/// let pointer: Pointer = "/meta/a~1b".parse()?;
/// assert_eq!(pointer.to_string(), "/meta/a~1b");
/// assert!("/meta/a~2b".parse::<Pointer>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    typed: String,
    steps: Vec<Step>,
}

/// One step down from an object or an array to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The name that an object is asked for.
    pub name: Vec<u8>,
    /// The place, from nought, that an array is asked for.
    pub index: Option<usize>,
}

/// Why a text names no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerError {
    /// There is nothing; a field whose name is empty is `/`.
    Empty,
    /// A tilde is followed neither by `0` nor by `1`.
    Tilde,
}

impl Pointer {
    /// The steps from the whole text to the field, at least one.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl FromStr for Pointer {
    type Err = PointerError;

    fn from_str(typed: &str) -> Result<Pointer, PointerError> {
        let steps = match typed.strip_prefix('/') {
            None if typed.is_empty() => return Err(PointerError::Empty),
            None => vec![Step { name: typed.as_bytes().to_vec(), index: None }],
            Some(path) => path.split('/').map(step).collect::<Result<_, _>>()?,
        };
        Ok(Pointer { typed: typed.to_owned(), steps })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.typed)
    }
}

impl fmt::Display for PointerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            PointerError::Empty => "a field needs a name ('/' is the field whose name is empty)",
            PointerError::Tilde => "in a JSON pointer '~' is written '~0' ('~1' stands for '/')",
        })
    }
}

impl std::error::Error for PointerError {}

fn step(escaped: &str) -> Result<Step, PointerError> {
    let mut parts = escaped.split('~');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sign, rest) = match part.as_bytes().first() {
            Some(b'0') => ('~', &part[1..]),
            Some(b'1') => ('/', &part[1..]),
            _ => return Err(PointerError::Tilde),
        };
        name.push(sign);
        name.push_str(rest);
    }
    let plain_number =
        name.bytes().all(|byte| byte.is_ascii_digit()) && (name == "0" || !name.starts_with('0'));
    let index = if plain_number { name.parse().ok() } else { None };
    Ok(Step { name: name.into_bytes(), index })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str) -> Vec<String> {
        let pointer: Pointer = typed.parse().unwrap();
        assert_eq!(pointer.to_string(), typed);
        pointer.steps().iter().map(|step| String::from_utf8(step.name.clone()).unwrap()).collect()
    }

    #[test]
    fn rfc_6901_section_5() {
        assert_eq!(names("/foo/0"), ["foo", "0"]);
        assert_eq!(names("/"), [""]);
        assert_eq!(names("/a~1b"), ["a/b"]);
        assert_eq!(names("/m~0n"), ["m~n"]);
        assert_eq!(names("/ "), [" "]);
        assert_eq!(names("/~01"), ["~1"], "~01 is ~ and 1, never /");
        assert_eq!(names("//"), ["", ""]);
    }

    #[test]
    fn a_plain_name_is_taken_as_it_is() {
        assert_eq!(names("a/b"), ["a/b"]);
        assert_eq!(names("~"), ["~"]);
        assert_eq!("0".parse::<Pointer>().unwrap().steps()[0].index, None);
    }

    #[test]
    fn only_plain_numbers_count_places() {
        let index = |typed: &str| typed.parse::<Pointer>().unwrap().steps()[0].index;
        assert_eq!(index("/0"), Some(0));
        assert_eq!(index("/10"), Some(10));
        for not_a_place in ["/", "/01", "/00", "/-", "/+1", "/-1", "/1e0", "/99999999999999999999999"] {
            assert_eq!(index(not_a_place), None, "{not_a_place}");
        }
    }

    #[test]
    fn errors_say_the_remedy() {
        assert_eq!("".parse::<Pointer>(), Err(PointerError::Empty));
        for typed in ["/~", "/a~", "/~2", "/~~0"] {
            assert_eq!(typed.parse::<Pointer>(), Err(PointerError::Tilde), "{typed}");
        }
        assert!(PointerError::Tilde.to_string().contains("~0"));
    }
}
