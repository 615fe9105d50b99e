//! Helpers for tests of whole pipelines: the tools as processes, and text to feed them.

mod binary;
mod call;
mod compress;
mod generator;
mod place;
mod texts;
mod work;

pub use binary::{binary, is_web, tools};
pub use call::{Call, Outcome, shell, tool, wait_until};
pub use compress::{CODECS, Codec};
pub use generator::{Generator, generated_json_lines, generated_text};
pub use place::{Folder, beside, has_program, pages, seeds, skipped};
pub use texts::{Texts, unpacked};
pub use work::{difference, no_failures, same_for_any_work, same_in_every_way};
