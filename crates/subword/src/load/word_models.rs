//! A `model` of type `WordPiece`, `Unigram` or `WordLevel`.

use super::vocabulary;
use crate::engine::Engine;
use crate::error::Problem;
use crate::node::Node;
use crate::unigram::Unigram;
use crate::vocabulary::{Clash, Vocabulary};
use crate::word_level::WordLevel;
use crate::word_piece::WordPiece;

pub(crate) fn word_piece(node: &Node<'_>) -> Result<Engine, Problem> {
    let vocabulary = vocabulary::from_object(&node.member("vocab")?)?;
    let unknown = unknown(node, &vocabulary, "[UNK]")?;
    let prefix = node.text_or("continuing_subword_prefix", "##")?.into();
    let characters_max = node.optional("max_input_chars_per_word").map_or(Ok(100), |node| node.count())?;
    Ok(Engine::WordPiece(WordPiece { vocabulary, prefix, unknown, characters_max }))
}

pub(crate) fn word_level(node: &Node<'_>) -> Result<Engine, Problem> {
    let vocabulary = vocabulary::from_object(&node.member("vocab")?)?;
    let unknown = unknown(node, &vocabulary, "<unk>")?;
    Ok(Engine::WordLevel(WordLevel { vocabulary, unknown }))
}

/// The id of `unk_token`, which these models can't be without.
fn unknown(node: &Node<'_>, vocabulary: &Vocabulary, default: &str) -> Result<u32, Problem> {
    let form = node.text_or("unk_token", default)?;
    let place = node.optional("unk_token").unwrap_or_else(|| node.clone());
    vocabulary
        .id(form.as_bytes())
        .ok_or_else(|| place.problem(format!("\"{form}\" is not in the vocabulary")))
}

pub(crate) fn unigram(node: &Node<'_>) -> Result<Engine, Problem> {
    let vocab = node.member("vocab")?;
    let mut forms = Vec::new();
    let mut scores = Vec::new();
    for (index, value) in vocab.array()?.iter().enumerate() {
        let problem = |text: &str| Problem::at(format!("{}/{index}", vocab.pointer), text);
        let pair = value.as_array().map(Vec::as_slice);
        let (form, score) = match pair {
            Some([form, score]) => (form.as_str(), score.as_f64()),
            _ => (None, None),
        };
        forms.push(form.ok_or_else(|| problem("a piece and its score are wanted here"))?);
        scores.push(score.ok_or_else(|| problem("the score of a piece is a number"))?);
    }
    let entries = forms.iter().map(|form| form.as_bytes()).zip(0..);
    let vocabulary = Vocabulary::new(entries).map_err(|clash| match clash {
        Clash::Form(index) => vocab.problem(format!("\"{}\" stands twice", forms[index])),
        Clash::Id(..) | Clash::TooMany => vocab.problem("the vocabulary is too large"),
    })?;
    let unknown = match node.optional("unk_id") {
        None => None,
        Some(id) => {
            let unknown = id.id()?;
            if unknown as usize >= forms.len() {
                return Err(id.problem(format!("there are {} pieces only", forms.len())));
            }
            Some(unknown)
        }
    };
    let bytes = node.flag_or("byte_fallback", false)?.then(|| Box::new(vocabulary::byte_ids(&vocabulary)));
    Ok(Engine::Unigram(Unigram::new(vocabulary, scores, unknown, bytes)))
}
