//! A model: from a text to pieces, and back.

use std::ops::Range;

use crate::decode::Decoder;
use crate::engine::Engine;
use crate::error::ModelError;
use crate::load;
use crate::scratch::{Parts, Scratch};
use crate::settings::Settings;
use crate::span::{Frame, Span};
use crate::splitter::Known;
use crate::stage::{self, Receiver, Stage};
use crate::vocabulary::Vocabulary;

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its id in the vocabulary.
    pub id: u32,
    /// The bytes of the source text that it stands for.
    pub range: Range<usize>,
}

/// A model that was trained: immutable, to be shared between workers.
#[derive(Debug)]
pub struct Model {
    pub(crate) stages: Vec<Stage>,
    pub(crate) engine: Engine,
    /// Tokens that are not in the vocabulary of the model of words, as they are written.
    pub(crate) added: Vocabulary,
    /// The vocabulary as the file writes it, where the model of words has it in bytes.
    pub(crate) written: Option<Vocabulary>,
    /// Ids of added tokens that are special, not text.
    pub(crate) special: Vec<u32>,
    /// From forms to a text; none if the file has no decoder.
    pub(crate) decoders: Option<Vec<Decoder>>,
    /// Pieces put before and after every text.
    pub(crate) around: (Vec<u32>, Vec<u32>),
    /// Tells models apart.
    pub(crate) fingerprint: u64,
}

impl Model {
    /// A model from the bytes of its file: `tokenizer.json` or a rank file.
    ///
    /// `name` stands in messages, and says which encoding a rank file is of, by its stem.
    ///
    /// # Errors
    ///
    /// What is wrong with the file and where; a component that is not known here is named.
    pub fn open(bytes: &[u8], name: &str) -> Result<Model, ModelError> {
        Model::open_with(bytes, name, &Settings::default())
    }

    /// As [`open`](Model::open), with settings.
    ///
    /// # Errors
    ///
    /// As [`open`](Model::open); also settings that don't fit the file.
    pub fn open_with(bytes: &[u8], name: &str, settings: &Settings) -> Result<Model, ModelError> {
        load::model(bytes, name, settings).map_err(|problem| problem.named(name))
    }

    /// Call `receive` with each piece of a text, in order.
    pub fn encode(&self, scratch: &mut Scratch, text: &[u8], mut receive: impl FnMut(Piece)) {
        for &id in &self.around.0 {
            receive(Piece { id, range: 0..0 });
        }
        self.run(scratch, text, |engine, parts| Teller { engine, parts, receive: &mut receive });
        for &id in &self.around.1 {
            receive(Piece { id, range: text.len()..text.len() });
        }
    }

    /// How many pieces a text has.
    pub fn count(&self, scratch: &mut Scratch, text: &[u8]) -> u64 {
        let mut total = (self.around.0.len() + self.around.1.len()) as u64;
        self.run(scratch, text, |engine, parts| Counter { engine, parts, total: &mut total });
        total
    }

    /// Append the text that pieces stand for, as the model's decoder makes it; pieces that the vocabulary lacks
    /// count for nothing, and special tokens only if they are wanted.
    ///
    /// A byte-level model gives the very bytes back that were encoded; other models lose what their normalizer
    /// changed. All forms are held at once.
    pub fn decode(&self, ids: impl IntoIterator<Item = u32>, with_special: bool, out: &mut Vec<u8>) {
        let ids = ids.into_iter().filter(|id| with_special || !self.special.contains(id));
        let mut forms: Vec<Vec<u8>> = ids.filter_map(|id| Some(self.vocabulary_form(id)?.to_vec())).collect();
        let Some(decoders) = &self.decoders else {
            return out.extend_from_slice(&forms.join(&b' '));
        };
        for decoder in decoders {
            forms = decoder.apply(forms);
        }
        forms.iter().for_each(|form| out.extend_from_slice(form));
    }

    /// A piece as the file writes it: in a byte-level model `Ġword` is a word after a space.
    pub fn vocabulary_form(&self, id: u32) -> Option<&[u8]> {
        let written = self.written.as_ref().unwrap_or_else(|| self.engine.vocabulary());
        self.added.form(id).or_else(|| written.form(id))
    }

    /// Whether pieces are made of bytes, and may hold a part of a character.
    pub fn is_byte_level(&self) -> bool {
        self.written.is_some()
    }

    /// How many pieces the vocabulary has, added tokens counted.
    pub fn vocabulary_size(&self) -> usize {
        let written = self.written.as_ref().unwrap_or_else(|| self.engine.vocabulary());
        written.len() + self.added.iter().filter(|(_, id)| written.form(*id).is_none()).count()
    }

    fn run<'a, R: Receiver>(
        &'a self,
        scratch: &'a mut Scratch,
        text: &[u8],
        receiver: impl FnOnce(&'a Engine, &'a mut Parts) -> R,
    ) {
        scratch.prepare(self.fingerprint, stage::buffers(&self.stages));
        let source = Frame::default();
        let Scratch { parts, buffers, .. } = scratch;
        stage::run(&self.stages, Span::whole(text, &source), buffers, &mut receiver(&self.engine, parts));
        buffers.iter_mut().for_each(crate::span::Buffer::trim);
    }
}

/// Tells pieces and their places.
struct Teller<'a, F> {
    engine: &'a Engine,
    parts: &'a mut Parts,
    receive: &'a mut F,
}

impl<F: FnMut(Piece)> Teller<'_, F> {
    #[inline]
    fn encode(&mut self, span: Span<'_>, start: usize, end: usize) {
        let mut done = start;
        let receive = &mut *self.receive;
        self.engine.encode(self.parts, span.text, start, end, |id, piece_end| {
            let piece_end = (start + piece_end).max(done);
            receive(Piece { id, range: span.source(done..piece_end) });
            done = piece_end;
        });
    }
}

impl<F: FnMut(Piece)> Receiver for Teller<'_, F> {
    const IS_TRACED: bool = true;

    fn word(&mut self, word: Span<'_>) {
        self.encode(word, 0, word.text.len());
    }

    fn token(&mut self, id: u32, place: Span<'_>) {
        (self.receive)(Piece { id, range: place.source(0..place.text.len()) });
    }

    fn known(&mut self, known: Known, text: Span<'_>) {
        let mut at = 0;
        while at < text.text.len() {
            let end = known.end(text.text, at);
            self.encode(text, at, end);
            at = end;
        }
    }
}

/// Counts pieces.
struct Counter<'a> {
    engine: &'a Engine,
    parts: &'a mut Parts,
    total: &'a mut u64,
}

impl Receiver for Counter<'_> {
    const IS_TRACED: bool = false;

    fn word(&mut self, word: Span<'_>) {
        *self.total += self.engine.count(self.parts, word.text, 0, word.text.len());
    }

    fn token(&mut self, _: u32, _: Span<'_>) {
        *self.total += 1;
    }

    fn known(&mut self, known: Known, text: Span<'_>) {
        let text = text.text;
        let (mut at, mut total) = (0, 0);
        while at < text.len() {
            let end = known.end(text, at);
            total += self.engine.count(self.parts, text, at, end);
            at = end;
        }
        *self.total += total;
    }
}
