//! The answer: what becomes of n-grams and their counts on the way to the output.
//!
//! ```text
//! AnswerFlags -> Answering -> Harvest <- Sheaf <- entries
//! ```
//!
//! Flags, checked, are an [`Answering`]; once all n-grams are counted it begins a [`Harvest`]. Entries go into sheaves, each of
//! one stretch of keys, on as many threads as there are: there they are pruned, written and ranked as far as a stretch alone
//! can be. The harvest binds the sheaves one after the other, in the order of the keys. Where one sheaf ends and the
//! next begins does not show.

mod flags;
mod harvest;
mod prune;
mod reaper;
mod sheaf;
mod sort;
mod stop_words;
#[cfg(test)]
mod tests;
mod top;

use std::path::PathBuf;
use std::sync::Arc;

use rewrite::Key;
use textcore::sink::Route;
use textcore::temporary::Cleanup;
use textcore::{Engine, Error};

use crate::entry::Summary;
use crate::format::{Columns, Format, Web1t};
use crate::parameters::{Documents, Parameters};
use prune::Pruning;

pub use flags::AnswerFlags;
pub use harvest::Harvest;
pub use reaper::Reaper;
pub use sheaf::Sheaf;
pub use sort::Sort;

pub(crate) use sort::rank_of;
pub(crate) use stop_words::StopWords;
pub(crate) use top::{Kept, Top};

/// The share of the memory that a ranking of all lines takes.
const RANKING_SHARE: usize = 4;

/// A plan of what becomes of entries.
#[derive(Debug, Clone)]
pub struct Answering {
    sort: Sort,
    top: Option<usize>,
    pruning: Pruning,
    columns: Columns,
    form: Form,
    room: Room,
}

/// What the answer is written as.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// Lines, with the names of their columns before them or without.
    Lines(Format, bool),
    /// Files of a folder.
    Web1t(PathBuf),
    /// A partial result.
    Partial,
}

/// Where there is room besides the output.
#[derive(Debug, Clone)]
struct Room {
    memory_bytes: usize,
    temporary_directory: PathBuf,
    cleanup: Arc<Cleanup>,
}

/// What must be known of entries, or before the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// How many n-grams of each order there are: [`Summary::totals`].
    pub totals: bool,
    /// How many n-grams have each token of an n-gram in its place: [`crate::Entry::margins`].
    pub margins: bool,
    /// In how many documents an n-gram comes: [`crate::Entry::documents`].
    pub documents: bool,
}

impl Answering {
    /// Whether a partial result is wanted.
    pub fn is_partial(&self) -> bool {
        self.form == Form::Partial
    }

    /// The plan that flags ask for. Files of words are read, and may be no output.
    ///
    /// # Errors
    /// [`Error::Usage`] for what cannot be, or cannot be read.
    pub fn new(flags: &AnswerFlags, engine: &Engine) -> Result<Self, Error> {
        flags.stop_words.iter().try_for_each(|path| engine.refuse_as_output(path))?;
        if flags.web1t.is_some() && matches!(engine.sink.route, Route::File(_)) {
            let what = "--web1t writes a folder and nothing else: it goes without -o";
            return Err(Error::Usage(what.to_owned()));
        }
        let room = Room {
            memory_bytes: engine.memory_bytes,
            temporary_directory: engine.temporary_directory.clone(),
            cleanup: Arc::clone(&engine.cleanup),
        };
        Answering::with(flags, room)
    }

    fn with(flags: &AnswerFlags, room: Room) -> Result<Self, Error> {
        let columns = Columns {
            documents: flags.docs,
            per_million: flags.per_million,
            scores: flags.scores.0.clone(),
            cumulative: flags.cumulative,
        };
        if flags.header && flags.format != Format::Tsv {
            return Err(Error::Usage("--header goes with --format tsv".to_owned()));
        }
        if flags.format == Format::Srilm && !columns.is_empty() {
            return Err(Error::Usage("--format srilm has no columns but the count".to_owned()));
        }
        let form = match &flags.web1t {
            Some(folder) => Form::Web1t(folder.clone()),
            None if flags.partial => Form::Partial,
            None => Form::Lines(flags.format, flags.header),
        };
        if let Form::Web1t(folder) = &form {
            Web1t::check(folder)?;
        }
        let pruning = Pruning {
            counts_min: flags.min_count.clone(),
            documents_min: flags.min_docs.unwrap_or(0),
            stop_words: StopWords::read(&flags.stop_words)?,
            stop_place: flags.stop_words_at,
        };
        Ok(Answering {
            sort: flags.sort.unwrap_or_default().of_counts()?,
            top: flags.top,
            pruning,
            columns,
            form,
            room,
        })
    }

    /// What must be known of entries, or before the first of them.
    pub fn needs(&self) -> Needs {
        let has_scores = self.has_scores();
        Needs {
            totals: has_scores || self.columns.needs_totals() || matches!(self.form, Form::Web1t(_)),
            margins: has_scores,
            documents: self.columns.documents
                || self.pruning.documents_min > 0
                || self.sort == Sort::Documents,
        }
    }

    /// How much of `-S` the answer may take while entries come, in bytes: a quarter where all of them are ranked, nothing to speak
    /// of where they are written as they come. The lines of `--top` are beside it.
    pub fn memory_bytes(&self) -> usize {
        if self.ranks_all() || matches!(self.form, Form::Web1t(_)) {
            self.room.memory_bytes / RANKING_SHARE
        } else {
            0
        }
    }

    /// Begins to take entries of counts that were made so.
    ///
    /// # Errors
    /// [`Error::Usage`] where the answer asks for what such counts do not hold.
    pub fn begin(&self, parameters: &Parameters, summary: &Summary) -> Result<Harvest, Error> {
        if self.needs().documents && parameters.documents == Documents::Uncounted {
            let what =
                "--docs, --min-docs and --sort docs need counts of documents, and these counts have none";
            return Err(Error::Usage(what.to_owned()));
        }
        if self.has_scores() && parameters.orders.last < 2 {
            return Err(Error::Usage("scores are of n-grams of two tokens and more: see -n".to_owned()));
        }
        let mut pruning = self.pruning.clone();
        if let Some(name) = parameters.key_norm.as_deref().filter(|_| !pruning.stop_words.is_empty()) {
            let key = Key::parse(name).map_err(|error| Error::Usage(error.to_string()))?;
            pruning.stop_words = pruning.stop_words.by(&key);
        }
        Harvest::new(self, parameters, summary.clone(), pruning.of(parameters.orders)?)
    }

    fn has_scores(&self) -> bool {
        matches!(self.sort, Sort::Score(_)) || !self.columns.scores.is_empty()
    }

    /// Whether every line waits for the last of them.
    fn ranks_all(&self) -> bool {
        self.sort != Sort::Key && self.top.is_none()
    }
}
