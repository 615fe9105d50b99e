//! What was gathered from all text, before anything is left out or ranked; how it travels in a partial result.

use std::collections::BTreeMap;

use textcore::partial::{PartialWriter, Schema, escape_key_into};
use textcore::{Error, Output};

use crate::observe::Repeats;
use crate::parameters::Parameters;
use crate::sums::Sums;
use crate::words::{Lexeme, Words};

/// The partial results of this version. Lines are `GROUP<TAB>KIND<TAB>NAME…<TAB>COUNT`.
pub const SCHEMA: Schema = Schema { tool: "stats", number: 3 };

/// What stands before the kind where it is of whole files.
pub const OF_FILES: &str = "files ";

/// All that workers, or partial results, brought.
pub struct Gathered {
    /// What it depends on.
    pub parameters: Parameters,
    /// The names of the groups by number.
    pub names: Vec<Vec<u8>>,
    /// Sums by the name of the group.
    pub sums: BTreeMap<Vec<u8>, Sums>,
    /// What is known of whole files: where groups are those of records, everything; else what is of no group, being unread.
    pub of_files: Sums,
    /// Words of all workers.
    pub words: Vec<Words>,
    /// Repeats of all workers.
    pub repeats: Vec<Repeats>,
}

impl Gathered {
    /// Writes a partial result: the same bytes, whoever gathered what.
    ///
    /// # Errors
    /// Temporary storage fails, or the output.
    pub fn write(self, out: &mut dyn Output) -> Result<(), Error> {
        let mut partial = PartialWriter::new(SCHEMA, &self.parameters.to_json(), out)?;
        let mut result = Ok(());
        let mut line = Line::default();
        for (group, mut sums) in self.sums {
            sums.for_each(|kind, name, count| {
                if result.is_ok() && count > 0 {
                    result = line.write(&mut partial, &group, kind, &[name.as_bytes()], count);
                }
            });
        }
        let mut of_files = self.of_files;
        of_files.for_each(|kind, name, count| {
            if result.is_ok() && count > 0 {
                let kind = format!("{OF_FILES}{kind}");
                result = line.write(&mut partial, b"", &kind, &[name.as_bytes()], count);
            }
        });
        result?;
        let name = |group: u32| self.names.get(group as usize).map_or(&b""[..], Vec::as_slice);
        let mut lexemes = Words::merge(self.words).map_err(Error::Temporary)?;
        while let Some(lexeme) = lexemes.next().map_err(Error::Temporary)? {
            write_word(&mut partial, &mut line, lexeme, &name)?;
        }
        Repeats::merge(self.repeats, |kind, hash, length, groups| {
            let mut groups: Vec<_> = groups.iter().map(|&(group, count)| (name(group), count)).collect();
            groups.sort_unstable();
            let (hash, length) = (format!("{hash:032x}"), length.to_string());
            groups.into_iter().try_for_each(|(group, count)| {
                let fields = [kind.name().as_bytes(), hash.as_bytes(), length.as_bytes()];
                line.write(&mut partial, group, "repeat", &fields, count)
            })
        })?;
        partial.finish()
    }
}

/// A word's rows, in the order of the groups' names.
fn write_word<'a>(
    partial: &mut PartialWriter<'_>,
    line: &mut Line,
    lexeme: &Lexeme,
    name: &impl Fn(u32) -> &'a [u8],
) -> Result<(), Error> {
    let word = &lexeme.key[..];
    for (form, count) in &lexeme.forms {
        line.write(partial, b"", "form", &[word, form], *count)?;
    }
    if lexeme.documents.is_empty() {
        let mut groups: Vec<_> = lexeme.groups.iter().map(|&(group, count)| (name(group), count)).collect();
        groups.sort_unstable();
        return groups
            .into_iter()
            .try_for_each(|(group, count)| line.write(partial, group, "word", &[word], count));
    }
    let mut documents: Vec<_> =
        lexeme.documents.iter().map(|&(group, size, each, count)| (name(group), size, each, count)).collect();
    documents.sort_unstable();
    documents.into_iter().try_for_each(|(group, size, each, count)| {
        let (size, each) = (size.to_string(), each.to_string());
        line.write(partial, group, "documents", &[word, size.as_bytes(), each.as_bytes()], count)
    })
}

/// A line under way.
#[derive(Default)]
struct Line(Vec<u8>);

impl Line {
    fn write(
        &mut self,
        partial: &mut PartialWriter<'_>,
        group: &[u8],
        kind: &str,
        fields: &[&[u8]],
        count: u64,
    ) -> Result<(), Error> {
        self.0.clear();
        escape_key_into(group, &mut self.0);
        self.0.push(b'\t');
        self.0.extend_from_slice(kind.as_bytes());
        for field in fields {
            self.0.push(b'\t');
            escape_key_into(field, &mut self.0);
        }
        self.0.extend_from_slice(format!("\t{count}").as_bytes());
        partial.line(&self.0)
    }
}
