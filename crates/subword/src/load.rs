//! From the bytes of a file to a model.

mod added;
mod bpe;
mod pre_tokenizer;
mod tokenizer_json;
mod vocabulary;

use crate::error::{Place, Problem};
use crate::model::Model;
use crate::settings::Settings;

/// Read a model of either format.
pub(crate) fn model(bytes: &[u8], name: &str, settings: &Settings) -> Result<Model, Problem> {
    let _ = name;
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes); // BOM
    let value = serde_json::from_slice(text).map_err(|error| Problem {
        place: Place::Line(error.line(), error.column()),
        text: json_problem(&error),
    })?;
    tokenizer_json::model(&value, settings, crate::hash::of_bytes(bytes))
}

/// The message without the place, which is told apart.
fn json_problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    format!("not JSON: {}", &text[..end])
}
