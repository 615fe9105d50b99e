//! What a worker remembers of the records it saw.

use rewrite::KeyScratch;

use super::lexicon::{Full, Id, Lexicon};
use super::stream::Stream;
use super::tuples::Tuples;
use super::vocab::Vocab;

/// What is remembered of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// How often each came.
    Counts,
    /// All of them, in order.
    Stream,
}

/// The tokens that a worker saw.
pub struct State {
    /// The tokens that are counted.
    pub lexicon: Lexicon,
    /// The tokens as they stood, where that is something else.
    pub forms: Option<Lexicon>,
    /// All tokens, if they are kept.
    pub stream: Stream,
    kept: Kept,
    /// What a record begins and ends with.
    padding: [Option<Id>; 2],
    is_in_record: bool,
    /// Space for keys.
    pub scratch: KeyScratch,
}

/// What a record begins with, and what it ends with, if that is wanted.
pub const PADDING: [&[u8]; 2] = [b"<s>", b"</s>"];

impl State {
    /// A state that remembers what these tuples need, in about so many bytes.
    pub fn new(tuples: &Tuples, padding: [bool; 2], vocab: &Vocab, limit_bytes: usize) -> State {
        let mut lexicon = Lexicon::new(limit_bytes);
        let kept = if tuples.are_joint() && tuples.order() == 1 { Kept::Counts } else { Kept::Stream };
        let mut ids = [None; 2];
        for (id, (token, is_wanted)) in ids.iter_mut().zip(PADDING.into_iter().zip(padding)) {
            // An empty lexicon has room.
            *id = if is_wanted { lexicon.id(token).ok() } else { None };
        }
        vocab.prepare(&mut lexicon);
        State {
            lexicon,
            forms: tuples.has_forms.then(|| Lexicon::new(limit_bytes)),
            stream: Stream::default(),
            kept,
            padding: ids,
            is_in_record: false,
            scratch: KeyScratch::default(),
        }
    }

    /// Adds the token at `start..end` of a text.
    #[inline(always)]
    pub fn push_in(&mut self, text: &[u8], start: usize, end: usize) -> Result<(), Full> {
        if !self.is_in_record {
            self.begin_record();
        }
        match self.kept {
            Kept::Counts => self.lexicon.count_in(text, start, end),
            Kept::Stream => {
                self.stream.ids.push(self.lexicon.id_in(text, start, end)?);
                Ok(())
            }
        }
    }

    /// Adds a token that is counted by a key.
    pub fn push_form(&mut self, key: &[u8], form: &[u8]) -> Result<(), Full> {
        let id = self.lexicon.id(key)?;
        let form = match &mut self.forms {
            Some(forms) => forms.id(form)?,
            None => 0,
        };
        if !self.is_in_record {
            self.begin_record();
        }
        self.stream.ids.push(id);
        self.stream.forms.push(form);
        Ok(())
    }

    /// The record is over.
    #[inline(always)]
    pub fn end_record(&mut self) {
        if self.is_in_record {
            self.close_record();
        }
    }

    #[inline(never)]
    fn begin_record(&mut self) {
        self.is_in_record = true;
        self.stream.is_open = true;
        self.pad(0);
    }

    #[inline(never)]
    fn close_record(&mut self) {
        self.pad(1);
        if self.kept == Kept::Stream {
            self.stream.end_record();
        }
        self.is_in_record = false;
    }

    fn pad(&mut self, side: usize) {
        let Some(id) = self.padding[side] else { return };
        if self.kept == Kept::Counts {
            self.lexicon.add(id, 1);
            return;
        }
        self.stream.ids.push(id);
        if let Some(forms) = &mut self.forms {
            // A lexicon that has no room has none for the next token either, which then says so.
            self.stream.forms.push(forms.id(PADDING[side]).unwrap_or(0));
        }
    }
}
