//! What is listed about documents beside the output.

use textcore::Error;

use crate::place::Place;
use crate::tsv::TsvFile;

/// The tables that were asked for.
#[derive(Debug, Default)]
pub struct Tables {
    /// Id, cluster, representative, similarity.
    pub clusters: Option<TsvFile>,
    /// Id, id, similarity.
    pub pairs: Option<TsvFile>,
    /// File, record, kept file, kept record.
    pub removed: Option<TsvFile>,
}

/// A document and the cluster that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Membership<'a> {
    /// The document's id.
    pub id: &'a [u8],
    /// The cluster's number.
    pub cluster: u32,
    /// The id of its representative.
    pub representative: &'a [u8],
    /// How similar the two are.
    pub similarity: f64,
}

impl Tables {
    /// Lists a document.
    ///
    /// # Errors
    /// What the system says.
    pub fn member(&mut self, row: Membership<'_>) -> Result<(), Error> {
        let Some(table) = &mut self.clusters else { return Ok(()) };
        table.cell(row.id).number(u64::from(row.cluster)).cell(row.representative);
        table.cell(similarity_text(row.similarity).as_bytes()).end()
    }

    /// Lists a pair.
    ///
    /// # Errors
    /// What the system says.
    pub fn pair(&mut self, earlier: &[u8], later: &[u8], similarity: f64) -> Result<(), Error> {
        let Some(table) = &mut self.pairs else { return Ok(()) };
        table.cell(earlier).cell(later).cell(similarity_text(similarity).as_bytes()).end()
    }

    /// Lists a document that is left out.
    ///
    /// # Errors
    /// What the system says.
    pub fn removed(&mut self, place: Option<Place<'_>>, kept: Option<Place<'_>>) -> Result<(), Error> {
        match &mut self.removed {
            Some(table) => table.place(place).place(kept).end(),
            None => Ok(()),
        }
    }

    /// Hands the rows to the system, which may have no room for them.
    ///
    /// # Errors
    /// What the system says.
    pub fn flush(&mut self) -> Result<(), Error> {
        let tables = [&mut self.clusters, &mut self.pairs, &mut self.removed];
        tables.into_iter().flatten().try_for_each(TsvFile::flush)
    }

    /// Closes the tables and gives them their names.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> Result<(), Error> {
        [self.clusters, self.pairs, self.removed].into_iter().flatten().try_for_each(TsvFile::finish)
    }
}

fn similarity_text(similarity: f64) -> String {
    format!("{similarity:.6}")
}
