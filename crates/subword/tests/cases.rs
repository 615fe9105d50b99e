//! Ids as the `tokenizers` library gives them: `tests/data`, see `SOURCES.md`.

use std::path::PathBuf;

use serde_json::Value;
use subword::{Model, Scratch, Settings};

fn data(name: &str) -> Vec<u8> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "data", name].iter().collect();
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn cases() -> Vec<Value> {
    let text = String::from_utf8(data("cases.jsonl")).expect("cases are UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON")).collect()
}

fn ids(case: &Value, field: &str) -> Vec<u32> {
    let list = case[field].as_array().expect("ids are an array");
    list.iter().map(|id| id.as_u64().expect("an id is a number") as u32).collect()
}

#[test]
fn ids_and_decoded_texts_are_those_of_the_library() {
    let mut scratch = Scratch::default();
    let mut opened: Option<(String, Model, Model)> = None;
    for case in cases() {
        let name = case["model"].as_str().unwrap();
        if opened.as_ref().is_none_or(|(open, ..)| open != name) {
            let file = data(&format!("{name}.json"));
            let special = Settings { special_tokens: true, ..Settings::default() };
            let model = Model::open(&file, name).unwrap();
            opened = Some((name.to_owned(), model, Model::open_with(&file, name, &special).unwrap()));
        }
        let Some((_, model, special)) = &opened else { unreachable!() };
        let text = case["text"].as_str().unwrap();
        for (model, field) in [(model, "ids"), (special, "special")] {
            let mut got = Vec::new();
            let mut done = 0;
            model.encode(&mut scratch, text.as_bytes(), |piece| {
                assert!(
                    piece.range.start <= piece.range.end && piece.range.end <= text.len(),
                    "{name} {text:?}"
                );
                assert!(done <= piece.range.end, "{name} {text:?}");
                done = piece.range.end;
                got.push(piece.id);
            });
            assert_eq!(got, ids(&case, field), "{name} {text:?}");
            assert_eq!(model.count(&mut scratch, text.as_bytes()), got.len() as u64, "{name} {text:?}");
        }
        let mut decoded = Vec::new();
        model.decode(ids(&case, "ids"), true, &mut decoded);
        // The library shows what is not UTF-8 as U+FFFD.
        assert_eq!(String::from_utf8_lossy(&decoded), case["decoded"].as_str().unwrap(), "{name} {text:?}");
    }
}

#[test]
fn every_case_file_has_a_model_and_every_model_cases() {
    let mut names: Vec<String> =
        cases().iter().map(|case| case["model"].as_str().unwrap().to_owned()).collect();
    names.dedup();
    assert_eq!(names.len(), 13);
}
