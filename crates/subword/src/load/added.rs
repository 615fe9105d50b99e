//! `added_tokens`.

use crate::added::AddedToken;
use crate::engine::Engine;
use crate::error::Problem;
use crate::node::Node;
use crate::settings::Settings;
use crate::vocabulary::{Clash, Vocabulary};

/// The tokens to look for, and all added tokens by id.
pub(crate) fn tokens(
    root: &Node<'_>,
    engine: &Engine,
    written: Option<&Vocabulary>,
    settings: &Settings,
) -> Result<(Vec<AddedToken>, Vocabulary), Problem> {
    let mut tokens = Vec::new();
    let mut listed: Vec<(&[u8], u32, String)> = Vec::new();
    if let Some(list) = root.optional("added_tokens") {
        for node in list.items()? {
            node.object()?;
            let form = node.member("content")?.text()?;
            let id = node.member("id")?.id()?;
            // The library takes the id of the vocabulary where the two differ.
            let id = engine.id_of_written(written, form).unwrap_or(id);
            if form.is_empty() || listed.iter().any(|(other, ..)| *other == form.as_bytes()) {
                continue;
            }
            listed.push((form.as_bytes(), id, node.pointer.clone()));
            if node.flag_or("special", false)? && settings.special_in_text == Some(false) {
                continue;
            }
            tokens.push(AddedToken {
                id,
                form: form.as_bytes().to_vec(),
                single_word: node.flag_or("single_word", false)?,
                left_space: node.flag_or("lstrip", false)?,
                right_space: node.flag_or("rstrip", false)?,
            });
        }
    }
    let added = Vocabulary::new(listed.iter().map(|(form, id, _)| (*form, *id)));
    let added = added.map_err(|clash| match clash {
        Clash::Form(index) => Problem::at(&listed[index].2, "this token stands twice"),
        Clash::Id(_, index) => {
            Problem::at(&listed[index].2, format!("two tokens have the id {}", listed[index].1))
        }
        Clash::TooMany => root.problem("there are too many added tokens"),
    })?;
    Ok((tokens, added))
}
