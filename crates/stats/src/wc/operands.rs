//! The operands of a run, with their sizes where they are known before any is read.

use std::fs::{self, File, Metadata};
use std::os::fd::AsFd;
use std::path::Path;

use textcore::error::Trouble;
use textcore::source::{Operand, Operands, SourcePlan};

use super::columns::{Columns, Size};

/// Lists of names that are larger than this are read as they are needed, and so are pipes.
const LIST_BYTES_MAX: u64 = 10 << 20;

/// Operands, and how their counts are to be written.
pub(super) struct Listing {
    /// The operands, or why there is none.
    pub(super) operands: Box<dyn Iterator<Item = Result<Operand, Trouble>>>,
    /// How many digits numbers are padded to.
    pub(super) digits: usize,
    /// Whether names are written: not if none was typed.
    pub(super) is_named: bool,
}

impl Listing {
    /// Finds the operands. Those of a regular file of names are all looked at beforehand.
    pub(super) fn new(sources: SourcePlan, wanted: Columns) -> Listing {
        let is_named = !sources.operands.is_empty() || sources.files0_from.is_some() || sources.recursive;
        let is_lazy = sources.files0_from.as_deref().is_some_and(|list| !is_short(list));
        let names_on_input = sources.files0_from.as_deref() == Some(Path::new("-"));
        let typed = sources.operands.len() as u64;
        let operands = Operands::new(sources).map(move |found| {
            let operand = found?;
            if names_on_input && operand.path.is_none() && operand.index >= typed {
                return Err(Trouble::with_operand(
                    "-",
                    "names are read from standard input: no file name of '-' allowed",
                ));
            }
            Ok(operand)
        });
        if is_lazy {
            return Listing { operands: Box::new(operands), digits: wanted.digits(&[]), is_named };
        }
        let operands: Vec<_> = operands.collect();
        let sizes: Vec<_> = operands.iter().map(size).collect();
        Listing { operands: Box::new(operands.into_iter()), digits: wanted.digits(&sizes), is_named }
    }
}

/// What the system says of an operand, if it says anything.
pub(super) fn metadata(operand: &Operand) -> Option<Metadata> {
    match &operand.path {
        Some(path) => fs::metadata(path).ok(),
        None => File::from(std::io::stdin().as_fd().try_clone_to_owned().ok()?).metadata().ok(),
    }
}

fn size(operand: &Result<Operand, Trouble>) -> Size {
    match operand.as_ref().ok().and_then(metadata) {
        Some(metadata) if metadata.is_file() => Size::Known(metadata.len()),
        Some(_) => Size::Unknown,
        None => Size::Missing,
    }
}

fn is_short(list: &Path) -> bool {
    let standard_input = Operand { index: 0, typed: 0, path: None, mirror: "stdin".into() };
    let metadata = if list.as_os_str() == "-" { metadata(&standard_input) } else { fs::metadata(list).ok() };
    metadata.is_some_and(|metadata| metadata.is_file() && metadata.len() <= LIST_BYTES_MAX)
}
