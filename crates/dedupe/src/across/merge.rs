//! `--merge`: what the operands are is told by how the first of them begins.

use std::sync::Arc;

use textcore::opened::Opened;
use textcore::source::Operands;
use textcore::{Answer, Engine, Error, Trouble};

use super::Asked;
use crate::partial::{self, Wanted};
use crate::seen;

/// What can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Files of seen keys.
    Seen,
    /// Partial results of `-c`.
    Partial,
    /// Signatures of documents.
    Signatures,
}

/// How each begins, whatever its version; no beginning is that of another.
const KINDS: [(&str, Kind); 3] = [
    (seen::MAGIC_ANY, Kind::Seen),
    ("#sluice dedupe partial ", Kind::Partial),
    ("#sluice dedupe signatures ", Kind::Signatures),
];

impl Kind {
    /// What begins like this; `None` for anything else.
    ///
    /// ```
    /// use dedupe::Kind;
    ///
    /// assert_eq!(Kind::of(b"#sluice dedupe seen 1 {}"), Some(Kind::Seen));
    /// assert_eq!(Kind::of(b"a line"), None);
    /// ```
    pub fn of(head: &[u8]) -> Option<Kind> {
        KINDS.into_iter().find(|(magic, _)| head.starts_with(magic.as_bytes())).map(|(_, kind)| kind)
    }
}

/// What is to come of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergePlan {
    /// Of partial results: which records are asked for; `None` is each once.
    pub asked: Option<Asked>,
    /// Of partial results: one of them, and no answer.
    pub is_partial: bool,
}

/// Merges the operands; those that are signatures go to `signatures`.
///
/// # Errors
/// [`Error::Input`] for an operand that is nothing to merge, not whole or not of the first one's kind and parameters.
pub fn merge(
    engine: &mut Engine,
    plan: MergePlan,
    signatures: impl FnOnce(&mut Engine) -> Result<Answer, Error>,
) -> Result<Answer, Error> {
    let mut operands = Operands::new(engine.intake.sources.clone());
    let Some(first) = operands.next() else {
        return Err(Error::Usage("there is nothing to merge".to_owned()));
    };
    let mut first = Opened::open(engine, Arc::new(first.map_err(Error::Input)?))?;
    let Some(kind) = Kind::of(first.head()?) else {
        let what = "nothing that --merge knows: neither seen keys nor a partial result nor signatures";
        return Err(Error::Input(Trouble::with_operand(first.name(), what)));
    };
    // A file is opened when its turn comes, seen keys some at a time: there may be more of them than may be open.
    match kind {
        Kind::Signatures => signatures(engine),
        Kind::Partial => {
            let wanted = match plan {
                MergePlan { is_partial: true, .. } => Wanted::Partial,
                MergePlan { asked, .. } => Wanted::Answer(asked.unwrap_or(Asked::ONCE)),
            };
            partial::merge(engine, first, operands, wanted)
        }
        Kind::Seen if plan.asked.is_some() || plan.is_partial => {
            Err(Error::Usage(format!("{}: seen keys have no counts, and no records", first.name())))
        }
        Kind::Seen => seen::merge(engine, first, operands),
    }
}
