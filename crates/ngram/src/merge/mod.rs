//! `--merge`: partial results back into one, and the way from sorted counts to the answer.
//!
//! ```text
//! parts -> rows in key order, equal keys added up -> [spool, sums] -> entries -> harvest
//! ```
//!
//! [`Parts`] opens partial results and merges them; [`finish`] takes any [`Rows`] to the answer, as [`Entries`] that are
//! known in a second pass where sums over all of them must be known before the first is looked at.

mod cursor;
mod entries;
mod finish;
mod flags;
mod margins;
mod part;
mod parts;
mod rows;
#[cfg(test)]
mod tests;

use textcore::{Answer, Engine, Error};

pub(crate) use cursor::{Cursor, Row};
pub use entries::{Entries, Means};
pub use finish::finish;
pub use flags::{MergeFlags, ReadFormat};
pub(crate) use margins::too_little;
pub use part::Part;
pub use parts::Parts;
pub use rows::Rows;

use crate::answer::Answering;

/// Merges the operands, which are partial results, and answers what is asked of what they add up to.
///
/// What is written is what one run over all of their input would write, in whatever groups they were merged before. An
/// output file appears if all of them turn out to be whole; what goes to standard output may be there in part when a
/// later line is refused.
///
/// # Errors
/// [`Error::Input`] for a part that is not whole, not sorted, of another version, or made with other parameters than the
/// first one; whatever temporary storage, the plan or the output says.
pub fn merge(engine: &mut Engine, answering: &Answering) -> Result<Answer, Error> {
    let parts = Parts::open(engine)?;
    let means = Means::beside(answering, engine);
    let mut answer = Answer::Yes;
    engine.answer_with(|out| {
        answer = finish(answering, &parts.parameters, parts.documents, parts.rows, &means, out)?;
        Ok(())
    })?;
    Ok(answer)
}
