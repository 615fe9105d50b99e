//! From rows to the answer.

use textcore::{Answer, Error, Output};

use super::entries::{Entries, Means};
use super::rows::Rows;
use crate::answer::Answering;
use crate::parameters::Parameters;

/// A sheaf of so many bytes is bound.
const SHEAF_BYTES: usize = 1 << 20;

/// Takes rows to the answer. Where sums over all of them are needed, nothing is written before the last of them was seen.
///
/// # Errors
/// Those of the rows; [`Error::Usage`] if there is too little memory for what scores need; whatever temporary storage, the
/// plan or the output says.
pub fn finish(
    answering: &Answering,
    parameters: &Parameters,
    documents: u64,
    rows: impl Rows + 'static,
    means: &Means,
    out: &mut dyn Output,
) -> Result<Answer, Error> {
    let entries = Entries::new(Box::new(rows), answering.needs(), parameters, documents, means)?;
    let mut harvest = answering.begin(parameters, &entries.summary)?;
    let mut sheaf = harvest.sheaf();
    entries.each(|entry| {
        sheaf.push(entry)?;
        if sheaf.size_bytes() > SHEAF_BYTES {
            let full = std::mem::replace(&mut sheaf, harvest.sheaf());
            harvest.bind(full, out)?;
        }
        Ok(())
    })?;
    harvest.bind(sheaf, out)?;
    harvest.finish(out)
}
