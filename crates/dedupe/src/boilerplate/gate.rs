//! The gate: judges the units of records as they come, and at the end by the documents they stood in.

use std::io;
use std::ops::Range;

use serde_json::{Value, json};
use textcore::recall::{Recall, Replay};
use textcore::{Aside, Decisions, Error, Gate, Recalled, Run, Subject};

use super::documents::Documents;
use super::grams::{GramScratch, Grams};
use super::onion::Onion;
use super::units::{Unit, lead_bytes};
use super::verdict::{Verdict, Verdicts};
use crate::place::Places;
use crate::tsv::TsvFile;

/// Drops what is said again and again.
#[derive(Debug)]
pub struct Boilerplate {
    /// How units are compared.
    pub grams: Grams,
    /// What is looked at by itself.
    pub unit: Unit,
}

/// The units of a record.
#[derive(Debug)]
pub struct Units {
    verdicts: Verdicts,
    /// The runs of words of all units, and for each unit that has words where its runs end.
    runs: Vec<u64>,
    ends: Vec<usize>,
}

/// What is remembered of earlier records.
#[derive(Default)]
pub struct Memory {
    /// The list of what was left out, if one is asked for.
    removed: Option<TsvFile>,
    /// The first rule.
    onion: Option<Onion>,
    /// The second rule, and what waits for it.
    documents: Option<(Documents, Waiting)>,
    /// Where records came from; only for the list.
    places: Places,
    records: u64,
    units_dropped: u64,
    cuts: Vec<Range<usize>>,
    entry: Vec<u8>,
}

/// Verdicts of records that are kept aside.
pub enum Waiting {
    /// They come in.
    In(Recall),
    /// They are looked at again.
    Out(Replay),
}

impl Waiting {
    fn push(&mut self, entry: &[u8]) -> io::Result<()> {
        match self {
            Waiting::In(recall) => recall.push(0, entry),
            Waiting::Out(_) => Err(io::Error::other("verdicts are read already")),
        }
    }

    fn turn(&mut self) -> io::Result<()> {
        if let Waiting::In(recall) = self {
            *self = Waiting::Out(recall.replay()?);
        }
        Ok(())
    }

    fn next(&mut self, verdicts: &mut Verdicts) -> io::Result<()> {
        if let Waiting::Out(replay) = self
            && replay.advance()?.is_some()
        {
            return verdicts.read(replay.entry());
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

impl Memory {
    /// Nothing yet, and the rules that are asked for.
    pub fn new(
        removed: Option<TsvFile>,
        onion: Option<Onion>,
        documents: Option<(Documents, Waiting)>,
    ) -> Self {
        Memory { removed, onion, documents, ..Memory::default() }
    }

    /// What must be said of the run.
    pub fn warning(&self) -> Option<String> {
        let seen = self.onion.as_ref()?.seen();
        (seen.forgotten() > 0).then(|| {
            format!(
                "--boilerplate: memory (-S) was full after {} runs of words; {} that came later were not remembered, and what \
                 repeats them stays",
                seen.len(),
                seen.forgotten()
            )
        })
    }

    /// Closes the list.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<(), Error> {
        self.removed.map_or(Ok(()), TsvFile::finish)
    }

    /// What was found, for the report.
    pub fn report(&self) -> Value {
        let mut report = json!({ "units_dropped": self.units_dropped });
        if let Some(onion) = &self.onion {
            report["runs_remembered"] = onion.seen().len().into();
            report["runs_forgotten"] = onion.seen().forgotten().into();
        }
        if let Some((documents, _)) = &self.documents {
            report["documents"] = documents.len().into();
            report["frequent_units"] = documents.frequent().into();
        }
        report
    }

    /// Lists what goes from a record, and gives the parts of its text.
    fn conclude(&mut self, unit: Unit, record: u64, verdicts: &Verdicts) -> Result<Recalled, Error> {
        self.cuts.clear();
        for verdict in &verdicts.units {
            let Some(origin) = verdict.origin else { continue };
            self.units_dropped += 1;
            if let Some(removed) = &mut self.removed {
                removed.place(self.places.get(record)).place(self.places.get(origin));
                if unit != Unit::Record {
                    removed.number(verdict.start.into()).number(verdict.end.into());
                }
                removed.end()?;
            }
        }
        verdicts.cuts_into(&mut self.cuts);
        let text_bytes = verdicts.text_bytes as usize;
        Ok(match &self.cuts[..] {
            [] => Recalled::Keep,
            [only] if unit == Unit::Record || *only == (0..text_bytes) => Recalled::Drop,
            _ => Recalled::Cut,
        })
    }

    /// Says which units of a record go by the first rule.
    fn judge(&mut self, record: u64, units: &mut Units) {
        let Some(onion) = &mut self.onion else { return };
        let mut start = 0;
        for (verdict, &end) in units.verdicts.units.iter_mut().zip(&units.ends) {
            verdict.origin = onion.judge(&units.runs[start..end], record);
            start = end;
        }
    }
}

impl Boilerplate {
    fn decide_one(
        &self,
        state: &mut Memory,
        units: &mut Units,
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        let record = state.records;
        state.records += 1;
        state.judge(record, units);
        if let Some((documents, waiting)) = &mut state.documents {
            if self.unit != Unit::Record {
                documents.begin();
            }
            state.entry.clear();
            units.verdicts.write(&mut state.entry);
            waiting.push(&state.entry).map_err(Error::Temporary)?;
            let mut texts = units.verdicts.units.iter().map(|verdict| verdict.words);
            texts.try_for_each(|words| documents.add(words)).map_err(Error::Temporary)?;
            decisions.later();
            return Ok(());
        }
        match state.conclude(self.unit, record, &units.verdicts)? {
            Recalled::Drop => decisions.drop(),
            Recalled::Cut => decisions.cut(state.cuts.iter().cloned()),
            Recalled::Keep | Recalled::Taken => decisions.keep(),
        }
        Ok(())
    }
}

impl Gate for Boilerplate {
    type Key = Units;
    type State = Memory;
    type Scratch = GramScratch;

    fn key(&self, scratch: &mut GramScratch, subject: Subject<'_>) -> Units {
        let mut units = Units { verdicts: Verdicts::default(), runs: Vec::new(), ends: Vec::new() };
        let joined: Vec<u8>;
        let text = match subject.texts {
            [only] => only,
            columns => {
                joined = columns.join(&b'\t');
                &joined[..]
            }
        };
        units.verdicts.text_bytes = text.len() as u32;
        units.verdicts.is_open = !text.ends_with(b"\n");
        self.unit.for_each(text, |range| {
            if let Some(words) = self.grams.append(scratch, &text[range.clone()], &mut units.runs) {
                let lead = lead_bytes(self.unit, text, range.start) as u32;
                let (start, end) = (range.start as u32, range.end as u32);
                units.verdicts.units.push(Verdict { start, end, lead, words, origin: None });
                units.ends.push(units.runs.len());
            }
        });
        units
    }

    fn decide(
        &self,
        state: &mut Memory,
        keys: &mut Vec<Units>,
        runs: &[Run],
        decisions: &mut Decisions,
    ) -> Result<(), Error> {
        for run in runs {
            if state.removed.is_some() {
                state.places.add(run);
            }
            if let (Some((documents, _)), Unit::Record) = (&mut state.documents, self.unit) {
                documents.begin_file(&run.operand);
            }
            for units in &mut keys[run.keys.clone()] {
                self.decide_one(state, units, decisions)?;
            }
        }
        Ok(())
    }

    fn settle(&self, state: &mut Memory) -> Result<(), Error> {
        if let Some((documents, waiting)) = &mut state.documents {
            documents.settle().and_then(|()| waiting.turn()).map_err(Error::Temporary)?;
        }
        Ok(())
    }

    fn recall(
        &self,
        state: &mut Memory,
        aside: Aside<'_>,
        _: &mut Vec<u8>,
        cuts: &mut Vec<Range<usize>>,
    ) -> Result<Recalled, Error> {
        let Some((documents, waiting)) = &mut state.documents else { return Ok(Recalled::Keep) };
        // Every record is kept aside, so their numbers are those in which they came.
        let record = aside.index;
        let mut verdicts = Verdicts::default();
        waiting.next(&mut verdicts).map_err(Error::Temporary)?;
        for verdict in &mut verdicts.units {
            // All copies are counted, also those that go by the first rule.
            let first = documents.first_record(verdict.words, record);
            verdict.origin = verdict.origin.or(first);
        }
        let recalled = state.conclude(self.unit, record, &verdicts)?;
        cuts.append(&mut state.cuts);
        Ok(recalled)
    }

    fn checkpoint(&self, state: &mut Memory) -> Result<(), Error> {
        state.removed.as_mut().map_or(Ok(()), TsvFile::flush)
    }

    fn reason(&self) -> &'static str {
        "boilerplate"
    }
}
