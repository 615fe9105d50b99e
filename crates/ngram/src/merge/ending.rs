//! What becomes of merged entries, as far as merging has to know.

use textcore::{Answer, Error, Output};

use crate::entry::{Entry, Summary};
use crate::parameters::Parameters;

/// What must be known before the first entry is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// How many n-grams of each order came.
    pub totals: bool,
    /// How many of them have a token at a place.
    pub margins: bool,
}

/// A plan of what becomes of entries.
pub trait Ending {
    /// The plan under way.
    type Harvest: Reaping;

    /// What must be known before the first entry is looked at.
    fn needs(&self) -> Needs;

    /// Begins, with sums that are noughts where they are not needed.
    ///
    /// # Errors
    /// If the plan cannot be carried out on counts of these parameters.
    fn begin(&self, parameters: &Parameters, summary: &Summary) -> Result<Self::Harvest, Error>;
}

/// Takes sheaves of entries in key order.
pub trait Reaping: Sized {
    /// Entries of one stretch of keys.
    type Sheaf: Sheaves<Self>;

    /// An empty sheaf.
    fn sheaf(&self) -> Self::Sheaf;

    /// Takes the next sheaf.
    ///
    /// # Errors
    /// When temporary storage or the output fails.
    fn bind(&mut self, sheaf: Self::Sheaf, out: &mut dyn Output) -> Result<(), Error>;

    /// Writes what is left to be written.
    ///
    /// # Errors
    /// As for `bind`.
    fn finish(self, out: &mut dyn Output) -> Result<Answer, Error>;
}

/// Entries of one stretch of keys.
pub trait Sheaves<H> {
    /// Takes the next entry.
    ///
    /// # Errors
    /// When temporary storage fails.
    fn push(&mut self, harvest: &H, entry: &Entry<'_>) -> Result<(), Error>;

    /// How many bytes of memory it takes.
    fn size_bytes(&self) -> usize;
}

impl Ending for crate::answer::Answering {
    type Harvest = crate::answer::Harvest;

    fn needs(&self) -> Needs {
        let needs = crate::answer::Answering::needs(self);
        Needs { totals: needs.totals, margins: needs.margins }
    }

    fn begin(&self, parameters: &Parameters, summary: &Summary) -> Result<Self::Harvest, Error> {
        crate::answer::Answering::begin(self, parameters, summary)
    }
}

impl Reaping for crate::answer::Harvest {
    type Sheaf = crate::answer::Sheaf;

    fn sheaf(&self) -> Self::Sheaf {
        crate::answer::Harvest::sheaf(self)
    }

    fn bind(&mut self, sheaf: Self::Sheaf, out: &mut dyn Output) -> Result<(), Error> {
        crate::answer::Harvest::bind(self, sheaf, out)
    }

    fn finish(self, out: &mut dyn Output) -> Result<Answer, Error> {
        crate::answer::Harvest::finish(self, out)
    }
}

impl Sheaves<crate::answer::Harvest> for crate::answer::Sheaf {
    fn push(&mut self, _: &crate::answer::Harvest, entry: &Entry<'_>) -> Result<(), Error> {
        crate::answer::Sheaf::push(self, entry)
    }

    fn size_bytes(&self) -> usize {
        crate::answer::Sheaf::size_bytes(self)
    }
}
