//! `--merge`: partial results back into one, and the way from sorted counts to the answer.
//!
//! ```text
//! parts -> rows in key order, equal keys added up -> [spool, sums] -> entries -> harvest
//! ```
//!
//! [`Parts`] opens partial results and merges them; [`finish`] takes any [`Rows`] to the answer, in a second pass where sums
//! over all of them must be known before the first is looked at.

mod cursor;
mod ending;
mod finish;
mod flags;
mod margins;
mod part;
mod parts;
mod rows;
#[cfg(test)]
mod tests;

use textcore::{Answer, Engine, Error};

pub use ending::{Ending, Needs, Reaping, Sheaves};
pub use finish::{Means, finish};
pub use flags::{MergeFlags, ReadFormat};
pub use part::Part;
pub use parts::Parts;
pub use rows::Rows;

/// Merges the operands, which are partial results, and hands what they add up to over to `ending`.
///
/// What is written is what one run over all of their input would write, in whatever groups they were merged before. An
/// output file appears if all of them turn out to be whole; what goes to standard output may be there in part when a
/// later line is refused.
///
/// # Errors
/// [`Error::Input`] for a part that is not whole, not sorted, of another version, or made with other parameters than the
/// first one; whatever temporary storage, `ending` or the output says.
pub fn merge<E: Ending>(engine: &mut Engine, ending: &E) -> Result<Answer, Error> {
    let parts = Parts::open(engine)?;
    let means = Means::of(engine);
    let mut answer = Answer::Yes;
    engine.answer_with(|out| {
        answer = finish(ending, &parts.parameters, parts.documents, parts.rows, &means, out)?;
        Ok(())
    })?;
    Ok(answer)
}
