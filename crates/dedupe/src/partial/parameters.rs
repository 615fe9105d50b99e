//! What a partial result depends on besides the records.

use serde_json::{Value, json};
use textcore::frame::{Cut, Selection};
use textcore::visit::Reading;

use crate::across::KeyText;
use crate::seen::Parameters;

/// The parameters of a run: those of its keys, how records are cut and what in them is text.
pub fn parameters(reading: &Reading, text: &KeyText) -> Value {
    let mut json = Parameters { key_bits: u128::BITS, key_norm: text.name() }.to_json();
    json["records"] = json!(match reading.cut {
        Cut::Lines => "lines",
        Cut::Null => "null",
        Cut::Paragraphs => "paragraphs",
        Cut::Whole => "whole",
    });
    match &reading.selection {
        Selection::All => {}
        Selection::Json(pointer) => json["jsonl"] = json!(pointer.to_string()),
        Selection::Columns { separator, fields } => {
            json["field"] = json!(fields.to_string());
            json["field_separator"] = json!(char::from(*separator).to_string());
        }
    }
    json
}

/// How records are cut, as parameters say it.
pub fn cut(parameters: &Value) -> Option<Cut> {
    match parameters["records"].as_str()? {
        "lines" => Some(Cut::Lines),
        "null" => Some(Cut::Null),
        "paragraphs" => Some(Cut::Paragraphs),
        "whole" => Some(Cut::Whole),
        _ => None,
    }
}
