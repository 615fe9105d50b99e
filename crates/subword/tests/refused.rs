//! Files that are no models: what is wrong, and where.

use subword::{Model, Settings};

fn refused(file: &str) -> String {
    Model::open(file.as_bytes(), "m").expect_err(file).to_string()
}

/// A file whose model is the one given.
fn bpe(model: &str) -> String {
    refused(&format!(r#"{{"model": {{"type": "BPE", {model}}}}}"#))
}

#[test]
fn what_is_no_json_says_the_line() {
    assert_eq!(refused(""), "m: the file is empty");
    assert_eq!(refused("{\n\"model\": {"), "m: line 2, column 10: not JSON: EOF while parsing an object");
    assert_eq!(refused("[]"), "m: an object is wanted here, not an array");
    assert_eq!(refused("{}"), "m: \"model\" is missing");
    assert_eq!(refused(r#"{"version": "2.0"}"#), r#"m: /version: version "2.0" is not known, only "1.0""#);
}

#[test]
fn what_a_model_lacks_is_named() {
    assert_eq!(bpe(r#""merges": []"#), "m: /model: \"vocab\" is missing");
    assert_eq!(bpe(r#""vocab": {"a": 0}"#), "m: /model: \"merges\" is missing");
    assert_eq!(
        bpe(r#""vocab": [], "merges": []"#),
        "m: /model/vocab: an object is wanted here, not an array"
    );
    assert_eq!(
        bpe(r#""vocab": {"a": 0, "b": 0}, "merges": []"#),
        "m: /model/vocab: \"a\" and \"b\" have the same id, 0"
    );
    let wanted = "m: /model/vocab: the id of \"a\" is not a number from 0 to 4294967294: ";
    for id in ["4294967295", "-1", "1.5", "\"1\"", "99999999999999999999"] {
        assert!(bpe(&format!(r#""vocab": {{"a": {id}}}, "merges": []"#)).starts_with(wanted), "{id}");
    }
    assert_eq!(
        bpe(r#""vocab": {"a": 0}, "merges": ["a b"]"#),
        "m: /model/merges/0: \"b\" is not in the vocabulary"
    );
    assert_eq!(
        bpe(r#""vocab": {"a": 0, "b": 1}, "merges": [["a", "b"]]"#),
        "m: /model/merges/0: \"ab\" is not in the vocabulary"
    );
    assert_eq!(bpe(r#""vocab": {"a": 0}, "merges": ["a"]"#), "m: /model/merges/0: not two pieces: \"a\"");
    assert_eq!(
        bpe(r#""vocab": {"a": 0}, "merges": [], "dropout": 0.1"#),
        "m: /model/dropout: a model with dropout gives other pieces each time"
    );
    assert_eq!(
        refused(r###"{"model": {"type": "WordPiece", "vocab": {"a": 0}}}"###),
        "m: /model: \"[UNK]\" is not in the vocabulary"
    );
    assert_eq!(
        refused(r#"{"model": {"type": "Unigram", "vocab": [["a", 0.0], ["b"]]}}"#),
        "m: /model/vocab/1: a piece and its score are wanted here"
    );
    assert_eq!(
        refused(r#"{"model": {"type": "Unigram", "unk_id": 3, "vocab": [["a", 0.0]]}}"#),
        "m: /model/unk_id: there are 1 pieces only"
    );
}

#[test]
fn components_that_are_not_known_are_named() {
    let model = r#""model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}"#;
    let cases = [
        (r#""normalizer": {"type": "X"}"#, "/normalizer: a normalizer of type \"X\" is not supported"),
        (
            r#""pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Y"}]}"#,
            "/pre_tokenizer/pretokenizers/0: a pre-tokenizer of type \"Y\" is not supported",
        ),
        (r#""decoder": {"type": "Z"}"#, "/decoder: a decoder of type \"Z\" is not supported"),
        (
            r#""post_processor": {"type": "P"}"#,
            "/post_processor: a post-processor of type \"P\" is not supported",
        ),
        (r#""normalizer": {}"#, "/normalizer: \"type\" is missing"),
        (
            r#""normalizer": {"type": "Precompiled", "precompiled_charsmap": "!"}"#,
            "/normalizer/precompiled_charsmap: not base64",
        ),
        (
            r#""normalizer": {"type": "Precompiled", "precompiled_charsmap": "/////w=="}"#,
            "/normalizer/precompiled_charsmap: not a table of mappings: it is cut short",
        ),
        (
            r#""pre_tokenizer": {"type": "Split", "pattern": {"String": "a"}, "behavior": "Odd"}"#,
            "/pre_tokenizer/behavior: no behavior is called \"Odd\"",
        ),
        (r#""added_tokens": [{"content": "b"}]"#, "/added_tokens/0: \"id\" is missing"),
        (
            r#""added_tokens": [{"content": "b", "id": 7}, {"content": "c", "id": 7}]"#,
            "/added_tokens/1: two tokens have the id 7",
        ),
    ];
    for (component, problem) in cases {
        assert_eq!(refused(&format!("{{{component}, {model}}}")), format!("m: {problem}"));
    }
    let regex = r#""pre_tokenizer": {"type": "Split", "behavior": "Isolated", "pattern": {"Regex": "("}}"#;
    let text = refused(&format!("{{{regex}, {model}}}"));
    assert!(text.starts_with("m: /pre_tokenizer/pattern/Regex: not a regex: "), "{text}");
}

/// Every byte by itself, in base64, with its value as its rank.
fn bytes() -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    (0..256)
        .map(|byte: usize| {
            let (high, low) = (char::from(DIGITS[byte >> 2]), char::from(DIGITS[(byte & 3) << 4]));
            format!("{high}{low}== {byte}\n")
        })
        .collect()
}

#[test]
fn rank_files_are_checked_line_by_line() {
    let all = bytes();
    let with = |line: &str| refused(&format!("{all}{line}"));
    assert_eq!(with("YW 256"), "m: line 257: the piece is not base64");
    assert_eq!(with("YWI="), "m: line 257: a piece in base64 and its rank are wanted here");
    assert_eq!(with("YWI= x"), "m: line 257: the rank is not a number from 0 to 4294967294");
    assert_eq!(with("YWI= 4294967295"), "m: line 257: the rank is not a number from 0 to 4294967294");
    assert_eq!(with("YWI= 3"), "m: line 257: line 4 has the same rank");
    assert_eq!(with("YQ== 256"), "m: line 257: this piece stands twice");
    assert!(with("").starts_with("m: neither its name nor its 256 ranks tell the encoding"), "{}", with(""));
    let named = |name: &str| Settings { encoding: Some(name.to_owned()), ..Settings::default() };
    assert!(Model::open_with(all.as_bytes(), "m", &named("cl100k_base")).is_ok());
    assert!(Model::open(all.as_bytes(), "models/o200k_base.tiktoken").is_ok());
    let other =
        Model::open_with(all.as_bytes(), "m", &named("xyz")).expect_err("no such encoding").to_string();
    assert!(other.starts_with("m: no encoding is called \"xyz\": r50k_base, gpt2, "), "{other}");
    let few = Model::open_with(b"YQ== 0\n", "m", &named("gpt2")).expect_err("bytes are missing").to_string();
    assert_eq!(few, "m: the byte 0 has no rank");
}
