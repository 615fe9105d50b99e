//! `tokenizer.json`: one object with a member for each component.

use serde_json::Value;

use super::{added, bpe, decoder, normalizer, pre_tokenizer, processor, word_models};
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
        return Err(version.problem(format!("version {} is not known, only \"1.0\"", version.value)));
    }
    if let Some(name) = &settings.encoding {
        return Err(Problem::file(format!("this is no rank file, so it has no encoding \"{name}\"")));
    }
    let rewrites =
        root.optional("normalizer").map_or_else(|| Ok(Vec::new()), |node| normalizer::rewrites(&node))?;
    let rewrites: Vec<Stage> = rewrites.into_iter().map(Stage::Rewrite).collect();
    let mut cuts =
        root.optional("pre_tokenizer").map_or_else(|| Ok(Vec::new()), |node| pre_tokenizer::stages(&node))?;
    let node = root.member("model")?;
    let (engine, written) = match node.kind()? {
        "BPE" => bpe::engine(&node, matches!(cuts.last(), Some(Stage::Rewrite(Rewrite::Bytes))))?,
        "WordPiece" => (word_models::word_piece(&node)?, None),
        "Unigram" => (word_models::unigram(&node)?, None),
        "WordLevel" => (word_models::word_level(&node)?, None),
        other => return Err(node.problem(format!("a model of type \"{other}\" is not supported"))),
    };
    if written.is_some() {
        // The model has its vocabulary in bytes, so the text need not be spelt in other characters.
        cuts.pop();
    }
    let added = added::read(&root, &engine, written.as_ref(), &rewrites, settings)?;
    let around = match root.optional("post_processor") {
        Some(node) => processor::around(&node)?,
        None => processor::Around::default(),
    };
    let around = if settings.special_tokens { around } else { processor::Around::default() };
    let decoders = root.optional("decoder").map(|node| decoder::steps(&node)).transpose()?;
    let mut stages = Vec::new();
    stages.extend(added::stage(added.raw)?);
    stages.extend(rewrites);
    stages.extend(added::stage(added.normalized)?);
    stages.append(&mut cuts);
    stages.extend(bpe::seams(&engine).map(Stage::Split));
    if written.is_none() || !stages.iter().all(Stage::takes_any_bytes) {
        stages.insert(0, Stage::Rewrite(Rewrite::Repair));
    }
    Ok(Model {
        stages,
        engine,
        added: added.all,
        special: added.special,
        written,
        around,
        decoders,
        fingerprint,
    })
}
