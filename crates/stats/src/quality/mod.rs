//! `--quality`: what Gopher, C4 and FineWeb would say of each document.

mod assessor;
mod c4;
mod duplicates;
mod fineweb;
mod flags;
mod gopher;
mod grams;
mod lexicon;
mod lines;
mod measures;
mod policy;
mod punctuation;
mod repetition;
mod rules;
mod sieve;
mod table;
mod tongue;
mod words;
mod write;

use std::sync::Arc;

use serde_json::{Value, json};
use textcore::frame::Selection;
use textcore::json::Pointer;
use textcore::{Answer, Engine, Error, Map, Noting, Record, Verdict};
use unicode::Unit;

use assessor::{Assessor, Bench};
use policy::Policy;
use rules::RULES;
use tongue::Tongue;

pub use flags::QualityFlags;

/// Judges each record: measures it, lists the rules that it fails, or passes it on if there are none.
///
/// # Errors
/// [`Error::Usage`] for rules and languages that there are not; whatever ends a run.
pub fn quality(
    engine: &mut Engine,
    flags: &QualityFlags,
    unit: Unit,
    language: Option<&str>,
) -> Result<Answer, Error> {
    let policy = Policy::new(flags)?;
    let tongue = Tongue::new(language, engine.reading.is_record_document())?;
    let look = match (flags.filter, flags.explain) {
        (true, _) => Look::Filter,
        (_, true) => Look::Rows,
        _ => Look::Lines,
    };
    let is_json = matches!(engine.reading.selection, Selection::Json(_));
    let id = match &flags.id {
        Some(_) if !is_json => return Err(Error::Usage("--id goes with --jsonl".to_owned())),
        Some(id) => Some(id.clone()),
        None if is_json => Some("id".parse().expect("a name is a pointer")),
        None => None,
    };
    let mut removed = flags.removed.as_deref().map(|path| engine.side_file(path)).transpose()?;
    engine.intake.judge = tongue.judge();
    let punctuation = flags.punctuation.unwrap_or_default();
    let assessor = Assessor::new(unit, punctuation, policy, tongue, look == Look::Lines);
    let critic = Critic { assessor: Arc::new(assessor), look, id, lists_removed: removed.is_some() };
    let assessor = Arc::clone(&critic.assessor);
    let mut failed = [0; RULES.len()];
    let result = engine.map_noting(critic, |note| {
        failed.iter_mut().zip(note.failed).for_each(|(sum, count)| *sum += count);
        removed.as_mut().map_or(Ok(()), |file| file.write(&note.removed))
    });
    // A reader that has seen enough of the output takes nothing from what is said beside it.
    if let Err(error) = result
        && !matches!(error, Error::Closed)
    {
        return Err(error);
    }
    removed.map_or(Ok(()), textcore::side::SideFile::finish)?;
    tell(engine, &assessor, &failed);
    Ok(Answer::Yes)
}

/// Adds to the report how many records fail each rule, and the languages that were found.
fn tell(engine: &mut Engine, assessor: &Assessor, failed: &[u64; RULES.len()]) {
    let failed = RULES.iter().zip(failed).filter(|(_, count)| **count > 0);
    let failed: Value = failed.map(|(rule, count)| (rule.name.to_owned(), json!(count))).collect();
    engine.ledger.extra.insert("rules_failed".to_owned(), failed);
    if let Some(counts) = assessor.tongue.counts() {
        engine.ledger.extra.insert("languages".to_owned(), counts);
    }
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// A JSON line for each record.
    Lines,
    /// A row for each rule that fails.
    Rows,
    /// The records that fail no rule.
    Filter,
}

/// The [`Map`] of `--quality`.
struct Critic {
    assessor: Arc<Assessor>,
    look: Look,
    id: Option<Pointer>,
    lists_removed: bool,
}

/// What a worker keeps, and what it has to say of the chunk under way.
#[derive(Default)]
struct Scratch {
    bench: Bench,
    note: Note,
}

/// What is said of a chunk.
#[derive(Default)]
struct Note {
    /// For each rule how many records fail it.
    failed: [u64; RULES.len()],
    /// Rows of `--removed`.
    removed: Vec<u8>,
}

impl Map for Critic {
    type Scratch = Scratch;

    fn map(&self, scratch: &mut Scratch, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        let Scratch { bench, note } = scratch;
        let assessment = self.assessor.assess(&record, bench);
        let failing = self.assessor.policy.failing(&assessment.measures);
        let failing = failing.inspect(|failing| note.failed[failing.number] += 1);
        match self.look {
            Look::Lines => write::push_line(&record, self.id.as_ref(), &assessment, failing, out),
            Look::Rows => failing.for_each(|failing| write::push_row(&record, &failing, out)),
            Look::Filter => {
                let mut first = None;
                for failing in failing {
                    if self.lists_removed {
                        write::push_row(&record, &failing, &mut note.removed);
                    }
                    first.get_or_insert(failing.rule.name);
                }
                if let Some(reason) = first {
                    return Verdict::Drop(reason);
                }
                out.extend_from_slice(record.text);
            }
        }
        Verdict::Keep
    }

    fn is_listing(&self) -> bool {
        self.look != Look::Filter
    }
}

impl Noting for Critic {
    type Note = Note;

    fn note(&self, scratch: &mut Scratch) -> Note {
        std::mem::take(&mut scratch.note)
    }
}

/// A part of a whole; of nothing it is 0.
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
