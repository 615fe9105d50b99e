//! From the bytes of a file to a model.

mod added;
mod bpe;
mod decoder;
mod normalizer;
mod pattern;
mod pre_tokenizer;
mod processor;
mod rank_file;
mod tokenizer_json;
mod vocabulary;
mod word_models;

use crate::error::{Place, Problem};
use crate::model::Model;
use crate::settings::Settings;

/// Read a model of either format: JSON begins with a brace, which base64 does not have.
pub(crate) fn model(bytes: &[u8], name: &str, settings: &Settings) -> Result<Model, Problem> {
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes); // BOM
    let fingerprint = crate::hash::of_bytes(bytes);
    if text.trim_ascii().is_empty() {
        return Err(Problem::file("the file is empty"));
    }
    if text
        .trim_ascii_start()
        .first()
        .is_some_and(|byte| !byte.is_ascii_alphanumeric() && !b"+/".contains(byte))
    {
        let value = serde_json::from_slice(text).map_err(|error| Problem {
            place: Place::Line(error.line(), error.column()),
            text: json_problem(&error),
        })?;
        return tokenizer_json::model(&value, settings, fingerprint);
    }
    rank_file::model(text, name, settings, fingerprint)
}

/// The message without the place, which is told apart.
fn json_problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    format!("not JSON: {}", &text[..end])
}
