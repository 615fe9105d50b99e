//! `--concordance`: where a word stands, and what stands around it.

mod flags;
mod line;
mod pattern;
mod places;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rewrite::Key;
use textcore::sink::Route;
use textcore::tally::{Tally, merge};
use textcore::{Answer, Engine, Error, Fold, Map, Missed, Output, Record, Verdict};
use unicode::Unit;

use crate::answer::{AnswerFlags, Sort};
use crate::count::{CountFlags, UnitFlag};
use crate::format::Format;
use crate::key::{END, push_token};
use line::{HEADER, Look};
use pattern::Pattern;
use places::{Place, Places};

pub use flags::ConcordanceFlags;

/// How many tokens of context there are on each side, where nothing else is said.
const CONTEXT: usize = 8;

/// Lists the places of a pattern: in the order of the text as they are found, or sorted when all are.
///
/// # Errors
/// [`Error::Usage`] for a pattern that is none, and for what cannot be asked of a concordance; whatever ends a run.
pub fn concordance(
    engine: &mut Engine,
    flags: &ConcordanceFlags,
    count: CountFlags,
    answer: &AnswerFlags,
) -> Result<Answer, Error> {
    let text = flags.concordance.as_deref().unwrap_or_default().as_encoded_bytes();
    let unit = count.unit.map_or(Unit::Word, UnitFlag::unit);
    let side = match answer.sort {
        None => None,
        Some(Sort::Left) => Some(Side::Left),
        Some(Sort::Right) => Some(Side::Right),
        Some(_) => return Err(Error::Usage("--concordance is sorted by left or right".to_owned())),
    };
    let is_seen = engine.sink.route == Route::Standard && std::io::stdout().is_terminal();
    let look = match answer.format {
        _ if flags.aligned => Look::Aligned,
        Format::Jsonl => Look::Jsonl,
        Format::Srilm => return Err(Error::Usage("--concordance has no --format srilm".to_owned())),
        Format::Tsv if is_seen && !answer.header => Look::Aligned,
        Format::Tsv => Look::Tsv,
    };
    if answer.header && look != Look::Tsv {
        return Err(Error::Usage("--header goes with --format tsv".to_owned()));
    }
    let search = Search {
        pattern: Pattern::new(text, flags.regex, unit, count.key_norm.as_ref())?,
        unit,
        key_norm: count.key_norm,
        context: flags.context.unwrap_or(CONTEXT),
        look,
        is_found: Arc::default(),
    };
    let is_found = Arc::clone(&search.is_found);
    let answered = match side {
        // The header would stand before the lines of each record there.
        None if !answer.header => engine.map(search).map(|()| Answer::Yes),
        _ => engine.fold(Sorted {
            search,
            side,
            has_header: answer.header,
            memory_bytes: engine.memory_bytes / engine.threads,
            temporary_directory: engine.temporary_directory.clone(),
        }),
    }?;
    if !is_found.load(Ordering::Relaxed) {
        engine.ledger.warn(&format!("'{}' does not come", String::from_utf8_lossy(text)));
    }
    Ok(answered)
}

/// The side by whose tokens lines are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// What is looked for, and how it is shown.
struct Search {
    pattern: Pattern,
    unit: Unit,
    key_norm: Option<Key>,
    context: usize,
    look: Look,
    /// It came at least once.
    is_found: Arc<AtomicBool>,
}

impl Search {
    /// Calls `each` with every place in a text.
    fn each(&self, places: &mut Places, text: &[u8], mut each: impl FnMut(&Places, &Place)) {
        let needle = self.pattern.needle().filter(|_| self.key_norm.is_none());
        if needle.is_some_and(|needle| memchr::memmem::find(text, needle).is_none()) {
            return;
        }
        places.read(text, self.unit, self.key_norm.as_ref());
        let mut is_found = false;
        places.each(text, &self.pattern, self.context, |place| {
            is_found = true;
            each(places, place);
        });
        if is_found {
            self.is_found.store(true, Ordering::Relaxed);
        }
    }

    fn push_line(&self, record: &Record<'_>, place: &Place, out: &mut Vec<u8>) {
        line::push(self.look, &record.operand.name(), record.number, record.text, place, out);
    }
}

impl Map for Search {
    type Scratch = Places;

    fn map(&self, places: &mut Places, record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        self.each(places, record.text, |_, place| self.push_line(&record, place, out));
        Verdict::Keep
    }

    fn is_listing(&self) -> bool {
        true
    }
}

/// A search whose lines are sorted, or follow a header.
struct Sorted {
    search: Search,
    side: Option<Side>,
    has_header: bool,
    memory_bytes: usize,
    temporary_directory: PathBuf,
}

/// What a worker found: lines, each behind what it is sorted by.
struct State {
    places: Places,
    lines: Tally,
    entry: Vec<u8>,
}

impl Sorted {
    /// Appends what a line is sorted by: the tokens of a side, nearest first, and where it stands in the text.
    fn push_key(&self, places: &Places, record: &Record<'_>, place: &Place, part: u32, key: &mut Vec<u8>) {
        let tokens = &place.numbers;
        let context = self.search.context;
        let mut push = |number| push_token(places.token(record.text, number), key);
        match self.side {
            Some(Side::Left) => (tokens.start.saturating_sub(context)..tokens.start).rev().for_each(push),
            Some(Side::Right) => {
                (tokens.end..tokens.end.saturating_add(context).min(places.count())).for_each(&mut push);
            }
            None => {}
        }
        key.push(END);
        key.extend_from_slice(&record.operand.index.to_be_bytes());
        key.extend_from_slice(&record.number.to_be_bytes());
        key.extend_from_slice(&part.to_be_bytes());
        key.extend_from_slice(&(place.node.start as u64).to_be_bytes());
    }
}

impl Fold for Sorted {
    type State = State;

    fn start(&self) -> State {
        State {
            places: Places::default(),
            lines: Tally::new(self.memory_bytes, &self.temporary_directory),
            entry: Vec::new(),
        }
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        let State { places, lines, entry } = state;
        let mut result = Ok(());
        self.search.each(places, record.text, |places, place| {
            entry.clear();
            self.push_key(places, &record, place, u32::from(record.is_repeat), entry);
            let start = entry.len();
            self.search.push_line(&record, place, entry);
            let length = (entry.len() - start) as u64;
            entry.extend_from_slice(&length.to_be_bytes());
            if result.is_ok() {
                result = lines.add(entry, 1);
            }
        });
        result.map_err(Error::Temporary)
    }

    fn finish(&self, states: Vec<State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        if self.has_header {
            out.put(HEADER)?;
        }
        let mut lines =
            merge(states.into_iter().map(|state| state.lines).collect()).map_err(Error::Temporary)?;
        while let Some((entry, count)) = lines.next().map_err(Error::Temporary)? {
            let Some((rest, length)) = entry.split_last_chunk::<8>() else { continue };
            let line = &rest[rest.len().saturating_sub(u64::from_be_bytes(*length) as usize)..];
            // Several columns of a record may hold the same at the same place.
            for _ in 0..count {
                out.put(line)?;
            }
        }
        Ok(Answer::Yes)
    }
}
