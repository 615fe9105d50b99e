//! `tokenizer.json`: one object with a member for each component.

use serde_json::Value;

use super::{added, bpe, pre_tokenizer};
use crate::added::AddedTokens;
use crate::engine::Engine;
use crate::error::Problem;
use crate::model::Model;
use crate::node::Node;
use crate::rewrite::Rewrite;
use crate::settings::Settings;
use crate::stage::Stage;

pub(crate) fn model(value: &Value, settings: &Settings, fingerprint: u64) -> Result<Model, Problem> {
    let root = Node::root(value);
    root.object()?;
    if let Some(version) = root.optional("version")
        && version.text()? != "1.0"
    {
        return Err(version.problem(format!("version {} is not known, only 1.0", version.value)));
    }
    let mut cuts = match root.optional("pre_tokenizer") {
        Some(node) => pre_tokenizer::stages(&node)?,
        None => Vec::new(),
    };
    let is_bytes = pre_tokenizer::ends_in_bytes(&cuts);
    let node = root.member("model")?;
    let (engine, written) = match node.kind()? {
        "BPE" => bpe::engine(&node, is_bytes)?,
        other => return Err(node.problem(format!("a model of type \"{other}\" is not supported"))),
    };
    let (tokens, added) = added::tokens(&root, &engine, written.as_ref(), settings)?;
    let mut stages = Vec::new();
    if !is_bytes {
        stages.push(Stage::Rewrite(Rewrite::Repair));
    }
    if !tokens.is_empty() {
        let search = AddedTokens::new(tokens).map_err(|text| Problem::at("/added_tokens", text))?;
        stages.push(Stage::Added(search));
    }
    stages.append(&mut cuts);
    Ok(Model { stages, engine, added, written, around: (Vec::new(), Vec::new()), fingerprint })
}

impl Engine {
    /// The id that a form has as the file writes it.
    pub(crate) fn id_of_written(
        &self,
        written: Option<&crate::vocabulary::Vocabulary>,
        form: &str,
    ) -> Option<u32> {
        written.unwrap_or_else(|| self.vocabulary()).id(form.as_bytes())
    }
}
