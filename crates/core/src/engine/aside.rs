//! What waits for the end of the input: records that a gate must be asked about, and all that has to leave after them.

use std::sync::Arc;

use super::{Desk, Piece};
use crate::codec::Codec;
use crate::error::Error;
use crate::recall::{Recall, Replay};
use crate::report::Ledger;
use crate::source::Operand;

/// Records that pass without a question, and what passes by unread, in pieces.
const PASS: u8 = 0;
/// One record that the gate is asked about.
const ASKED: u8 = 1;
/// An operand starts or ends: the number of the event.
const EVENT: u8 = 2;
/// Records that pass, the last of which lacks its end.
const PASS_OPEN: u8 = 3;

/// Bytes and events in input order.
pub(super) struct Log {
    recall: Recall,
    events: Vec<Event>,
    /// Of the operand under way.
    is_changed: bool,
    is_sound: bool,
}

enum Event {
    Start {
        operand: Arc<Operand>,
        codec: Codec,
    },
    End {
        operand: Arc<Operand>,
        fingerprint: Option<u128>,
        owed: &'static [u8],
        is_changed: bool,
        is_sound: bool,
    },
}

/// What comes out of a [`Log`].
pub(super) enum Entry<'a> {
    /// Bytes that pass, and whether the last record lacks its end.
    Pass { bytes: &'a [u8], is_open: bool },
    /// A record to ask about.
    Asked(&'a [u8]),
}

impl Log {
    pub fn new(recall: Recall) -> Self {
        Log { recall, events: Vec::new(), is_changed: false, is_sound: true }
    }

    /// What begins of a piece, before its bytes.
    pub fn begin(&mut self, piece: &Piece) -> Result<(), Error> {
        if piece.starts {
            self.is_changed = false;
            self.is_sound = true;
            self.event(Event::Start { operand: Arc::clone(&piece.operand), codec: piece.codec })?;
        }
        self.is_changed |= piece.is_changed;
        self.is_sound &= piece.troubles.is_empty();
        Ok(())
    }

    /// What ends with a piece, after its bytes.
    pub fn end(&mut self, piece: &Piece) -> Result<(), Error> {
        self.is_changed |= piece.is_changed;
        if !piece.ends {
            return Ok(());
        }
        self.event(Event::End {
            operand: Arc::clone(&piece.operand),
            fingerprint: piece.fingerprint,
            owed: piece.owed,
            is_changed: self.is_changed,
            is_sound: self.is_sound,
        })
    }

    /// Bytes that will pass; the last record in them may lack its end.
    pub fn pass(&mut self, bytes: &[u8], is_open: bool) -> Result<(), Error> {
        if bytes.is_empty() { Ok(()) } else { self.push(if is_open { PASS_OPEN } else { PASS }, bytes) }
    }

    /// A record that will be asked about.
    pub fn ask(&mut self, record: &[u8]) -> Result<(), Error> {
        self.push(ASKED, record)
    }

    fn event(&mut self, event: Event) -> Result<(), Error> {
        let number = self.events.len() as u64;
        self.events.push(event);
        self.push(EVENT, &number.to_le_bytes())
    }

    fn push(&mut self, tag: u8, entry: &[u8]) -> Result<(), Error> {
        self.recall.push(tag, entry).map_err(Error::Temporary)
    }

    /// Everything again, in order.
    pub fn replay(&mut self) -> Result<LogReplay, Error> {
        let entries = self.recall.replay().map_err(Error::Temporary)?;
        Ok(LogReplay { entries, events: std::mem::take(&mut self.events) })
    }
}

/// What was in a [`Log`].
pub(super) struct LogReplay {
    entries: Replay,
    events: Vec<Event>,
}

impl LogReplay {
    /// The next bytes; what starts and ends before them is told to the desk, and `checkpoint` is called before an output
    /// appears.
    pub fn next(
        &mut self,
        desk: &mut Desk,
        ledger: &mut Ledger,
        mut checkpoint: impl FnMut() -> Result<(), Error>,
    ) -> Result<Option<Entry<'_>>, Error> {
        loop {
            let Some(tag) = self.entries.advance().map_err(Error::Temporary)? else { return Ok(None) };
            match tag {
                PASS | PASS_OPEN => {
                    return Ok(Some(Entry::Pass { bytes: self.entries.entry(), is_open: tag == PASS_OPEN }));
                }
                ASKED => return Ok(Some(Entry::Asked(self.entries.entry()))),
                _ => {
                    let number =
                        self.entries.entry().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
                    if let Some(event) = self.events.get(number as usize) {
                        if matches!(event, Event::End { .. }) && desk.is_due() {
                            checkpoint()?;
                        }
                        event.tell(desk, ledger)?;
                    }
                }
            }
        }
    }
}

impl Event {
    fn tell(&self, desk: &mut Desk, ledger: &mut Ledger) -> Result<(), Error> {
        match self {
            Event::Start { operand, codec } => {
                desk.open(operand, *codec, ledger);
                Ok(())
            }
            Event::End { operand, fingerprint, owed, is_changed, is_sound } => {
                desk.is_changed |= is_changed;
                desk.is_sound &= is_sound;
                desk.close(operand, *fingerprint, owed)
            }
        }
    }
}
