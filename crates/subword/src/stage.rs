//! What happens to a text before the model sees words: stages that rewrite it, cut it, or find tokens in it.

use crate::added::AddedTokens;
use crate::rewrite::Rewrite;
use crate::span::{Buffer, Draft, Frame, Span};
use crate::splitter::{Known, Splitter};

/// One step from a text to words.
#[derive(Debug)]
pub(crate) enum Stage {
    /// Tokens that are found before anything else are cut out.
    Added(AddedTokens),
    /// The text becomes another.
    Rewrite(Rewrite),
    /// The text is cut in parts, some of which may be dropped.
    Split(Splitter),
}

impl Stage {
    /// Whether it takes ill-formed text as it is, each subpart counting as U+FFFD and keeping its bytes.
    pub(crate) fn takes_any_bytes(&self) -> bool {
        match self {
            Stage::Added(_) => true,
            Stage::Rewrite(rewrite) => rewrite.takes_any_bytes(),
            Stage::Split(splitter) => splitter.takes_any_bytes(),
        }
    }
}

/// Who is told what comes out of the last stage.
pub(crate) trait Receiver {
    /// Whether places in the source will be asked for.
    const IS_TRACED: bool;

    fn word(&mut self, word: Span<'_>);

    fn token(&mut self, id: u32, place: Span<'_>);

    /// A text whose words are the splits of a known pattern.
    fn known(&mut self, known: Known, text: Span<'_>);
}

/// Send a span through the stages. Each stage that rewrites takes one buffer.
pub(crate) fn run<R: Receiver>(stages: &[Stage], span: Span<'_>, buffers: &mut [Buffer], receiver: &mut R) {
    if span.text.is_empty() {
        return;
    }
    let Some((stage, rest)) = stages.split_first() else { return receiver.word(span) };
    match stage {
        Stage::Split(Splitter::Known(known)) if rest.is_empty() => receiver.known(*known, span),
        Stage::Split(splitter) => {
            splitter.split(span.text, |range| run(rest, span.part(range), buffers, receiver));
        }
        Stage::Added(tokens) => tokens.find(span.text, |range, id| match id {
            None => run(rest, span.part(range), buffers, receiver),
            Some(id) => receiver.token(id, span.part(range)),
        }),
        Stage::Rewrite(rewrite) => {
            let Some((buffer, others)) = buffers.split_first_mut() else { return };
            let mut draft = Draft::new(span.text, buffer, R::IS_TRACED);
            rewrite.apply(&mut draft, span.is_first());
            if let Some(change) = draft.finish() {
                let frame = Frame::rewritten(span, &buffer.edits, change);
                run(rest, Span::whole(&buffer.text, &frame), others, receiver);
            } else {
                run(rest, span, others, receiver);
            }
        }
    }
}

/// How many buffers stages need.
pub(crate) fn buffers(stages: &[Stage]) -> usize {
    stages.iter().filter(|stage| matches!(stage, Stage::Rewrite(_))).count()
}
