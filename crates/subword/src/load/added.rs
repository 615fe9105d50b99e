//! `added_tokens`.

use crate::added::{AddedToken, AddedTokens};
use crate::engine::Engine;
use crate::error::Problem;
use crate::node::Node;
use crate::settings::Settings;
use crate::span::{Buffer, Frame, Span};
use crate::splitter::Known;
use crate::stage::{self, Receiver, Stage};
use crate::vocabulary::{Clash, Vocabulary};

/// The tokens of a file.
pub(crate) struct Added {
    /// To be found in the text as it comes in.
    pub(crate) raw: Vec<AddedToken>,
    /// To be found in the text when it is rewritten; their forms are rewritten, too.
    pub(crate) normalized: Vec<AddedToken>,
    /// All by id, as they are written.
    pub(crate) all: Vocabulary,
    /// Ids of those that are special.
    pub(crate) special: Vec<u32>,
}

/// Read the list; `rewrites` are the stages of the normalizer.
pub(crate) fn read(
    root: &Node<'_>,
    engine: &Engine,
    written: Option<&Vocabulary>,
    rewrites: &[Stage],
    settings: &Settings,
) -> Result<Added, Problem> {
    let written = written.unwrap_or_else(|| engine.vocabulary());
    let (mut raw, mut normalized, mut special) = (Vec::new(), Vec::new(), Vec::new());
    let mut listed: Vec<(&[u8], u32, String)> = Vec::new();
    let Some(list) = root.optional("added_tokens") else {
        return Ok(Added { raw, normalized, all: Vocabulary::default(), special });
    };
    for node in list.items()? {
        node.object()?;
        let content = node.member("content")?;
        let form = content.text()?.as_bytes();
        let id = node.member("id")?.id()?;
        if form.is_empty() {
            continue;
        }
        // The library takes the id of the vocabulary where the two differ.
        let id = written.id(form).unwrap_or(id);
        listed.push((form, id, node.pointer.clone()));
        let is_special = node.flag_or("special", false)?;
        if is_special {
            special.push(id);
            if settings.special_in_text == Some(false) {
                continue;
            }
        }
        let is_normalized = node.flag_or("normalized", !is_special)?;
        let form = if is_normalized { rewritten(rewrites, form) } else { form.to_vec() };
        if form.is_empty() {
            continue;
        }
        let token = AddedToken {
            id,
            form,
            single_word: node.flag_or("single_word", false)?,
            left_space: node.flag_or("lstrip", false)?,
            right_space: node.flag_or("rstrip", false)?,
        };
        if is_normalized { &mut normalized } else { &mut raw }.push(token);
    }
    let all =
        Vocabulary::new(listed.iter().map(|(form, id, _)| (*form, *id))).map_err(|clash| match clash {
            Clash::Form(index) => Problem::at(&listed[index].2, "this token stands twice"),
            Clash::Id(_, index) => {
                Problem::at(&listed[index].2, format!("two tokens have the id {}", listed[index].1))
            }
            Clash::TooMany => list.problem("there are too many tokens"),
        })?;
    Ok(Added { raw, normalized, all, special })
}

/// A stage that finds tokens, unless there are none.
pub(crate) fn stage(tokens: Vec<AddedToken>) -> Result<Option<Stage>, Problem> {
    if tokens.is_empty() {
        return Ok(None);
    }
    let search = AddedTokens::new(tokens).map_err(|text| Problem::at("/added_tokens", text))?;
    Ok(Some(Stage::Added(search)))
}

fn rewritten(rewrites: &[Stage], form: &[u8]) -> Vec<u8> {
    let mut collected = Collected(Vec::new());
    let mut buffers: Vec<Buffer> = Vec::new();
    buffers.resize_with(stage::buffers(rewrites), Buffer::default);
    stage::run(rewrites, Span::whole(form, &Frame::default()), &mut buffers, &mut collected);
    collected.0
}

struct Collected(Vec<u8>);

impl Receiver for Collected {
    const IS_TRACED: bool = false;

    fn word(&mut self, word: Span<'_>) {
        self.0.extend_from_slice(word.text);
    }

    fn token(&mut self, _: u32, _: Span<'_>) {}

    fn known(&mut self, _: Known, text: Span<'_>) {
        self.word(text);
    }
}
