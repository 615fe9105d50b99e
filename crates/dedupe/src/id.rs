//! What a document is called: by a field of its JSON line, or by its place.

use textcore::Subject;
use textcore::json::{self, Pointer};

use crate::place::operand_name;

/// How documents are named.
#[derive(Debug, Clone)]
pub enum Ids {
    /// By the string, or the value as it stands, of this field; by its place where there is none.
    Field(Pointer),
    /// By its place: `file:record`.
    Place,
}

impl Ids {
    /// Appends the id of a record.
    pub fn id_into(&self, subject: Subject<'_>, id: &mut Vec<u8>) {
        if let Ids::Field(pointer) = self
            && let Ok([Some(found)]) = json::find_all(subject.whole, [pointer])
        {
            let value = &subject.whole[found.range];
            if found.is_string && json::needs_unescape(value) {
                json::unescape_into(value, id);
            } else {
                id.extend_from_slice(value);
            }
            return;
        }
        id.extend_from_slice(operand_name(subject.operand));
        id.extend_from_slice(format!(":{}", subject.number).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use textcore::source::Operand;

    #[test]
    fn a_document_has_the_id_of_its_line_or_its_place() {
        let operand = Operand { index: 0, typed: 0, path: Some("a.jsonl".into()), mirror: "a.jsonl".into() };
        let ids = Ids::Field("id".parse().expect("a name"));
        let id = |ids: &Ids, whole: &[u8]| {
            let mut id = Vec::new();
            ids.id_into(Subject { texts: &[b"x"], whole, operand: &operand, number: 7 }, &mut id);
            String::from_utf8(id).expect("text")
        };
        assert_eq!(id(&ids, br#"{"id":"a\u0062","text":"x"}"#), "ab");
        assert_eq!(id(&ids, br#"{"id":12,"text":"x"}"#), "12");
        assert_eq!(id(&ids, br#"{"text":"x"}"#), "a.jsonl:7");
        assert_eq!(id(&Ids::Place, br#"{"id":1}"#), "a.jsonl:7");
    }
}
