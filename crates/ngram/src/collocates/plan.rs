//! What becomes of collocates, checked.

use textcore::Error;

use crate::answer::{AnswerFlags, Sort, StopWords};
use crate::format::Format;
use crate::orders::Orders;
use crate::score::Score;

/// The scores that are shown where none are asked for.
const SCORES: [Score; 3] = [Score::LogDice, Score::LogLikelihood, Score::Pmi];

/// Which collocates are listed, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What they are ordered by.
    pub sort: Sort,
    /// Only so many of the first, or where keys decide of the most frequent.
    pub top: Option<usize>,
    /// Those that are near nodes less often are left out.
    pub count_min: u64,
    /// These are left out.
    pub stop_words: StopWords,
    /// Columns.
    pub scores: Vec<Score>,
    /// How lines look.
    pub format: Format,
    /// The columns are named first.
    pub has_header: bool,
}

impl Plan {
    /// The plan that flags ask for; files of words are read.
    ///
    /// # Errors
    /// [`Error::Usage`] for what cannot be, or cannot be read.
    pub fn new(flags: &AnswerFlags) -> Result<Plan, Error> {
        let sort = flags.sort.unwrap_or(Sort::Score(Score::LogDice)).of_counts()?;
        if sort == Sort::Documents {
            return Err(Error::Usage("--sort docs: the documents of collocates are not counted".to_owned()));
        }
        if flags.format == Format::Srilm {
            return Err(Error::Usage(
                "--format srilm is for n-grams: --collocates has tsv and jsonl".to_owned(),
            ));
        }
        if flags.header && flags.format != Format::Tsv {
            return Err(Error::Usage("--header goes with --format tsv".to_owned()));
        }
        let scores = &flags.scores.0;
        Ok(Plan {
            sort,
            top: flags.top,
            count_min: flags.min_count.by_order(Orders { first: 1, last: 1 })?[1],
            stop_words: StopWords::read(&flags.stop_words)?,
            scores: if scores.is_empty() { SCORES.to_vec() } else { scores.clone() },
            format: flags.format,
            has_header: flags.header,
        })
    }

    /// Whether all lines wait for the last of them.
    pub fn ranks_all(&self) -> bool {
        self.sort != Sort::Key && self.top.is_none()
    }
}
