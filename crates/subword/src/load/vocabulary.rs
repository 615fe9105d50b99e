//! `vocab`: forms and their ids.

use crate::error::Problem;
use crate::node::{ID_MAX, Node, as_id};
use crate::vocabulary::{Clash, Vocabulary};

/// A vocabulary written as an object, `{"form": id}`.
pub(crate) fn from_object(node: &Node<'_>) -> Result<Vocabulary, Problem> {
    let mut entries = Vec::new();
    for (form, value) in node.object()? {
        let id = as_id(value).ok_or_else(|| {
            let problem = format!("the id of \"{form}\" is not a number from 0 to {ID_MAX}: {value}");
            node.problem(problem)
        })?;
        entries.push((form.as_bytes(), id));
    }
    let shown = |index: usize| String::from_utf8_lossy(entries[index].0).into_owned();
    Vocabulary::new(entries.iter().copied()).map_err(|clash| match clash {
        Clash::Form(index) => node.problem(format!("\"{}\" stands twice", shown(index))),
        Clash::Id(first, second) => node.problem(format!(
            "\"{}\" and \"{}\" have the same id, {}",
            shown(first),
            shown(second),
            entries[first].1
        )),
        Clash::TooMany => node.problem("the vocabulary is too large"),
    })
}

/// Ids of the forms `<0x00>` to `<0xFF>`.
pub(crate) fn byte_ids(vocabulary: &Vocabulary) -> [Option<u32>; 256] {
    let mut ids = [None; 256];
    for (byte, id) in ids.iter_mut().enumerate() {
        *id = vocabulary.id(format!("<0x{byte:02X}>").as_bytes());
    }
    ids
}
