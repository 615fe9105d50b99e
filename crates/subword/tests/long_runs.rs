//! Text without an end is cut as its parts are, whatever engine a pattern needs.

use subword::{Model, Scratch};

/// A model in which every split is one piece, so pieces tell where a pattern cut.
fn model(pattern: &str) -> Model {
    let file = format!(
        r#"{{
          "pre_tokenizer": {{"type": "Split", "pattern": {{"Regex": "{}"}}, "behavior": "Isolated"}},
          "model": {{"type": "WordLevel", "unk_token": "?", "vocab": {{"?": 0}}}}
        }}"#,
        pattern.replace('\\', r"\\")
    );
    Model::open(file.as_bytes(), "splits.json").expect("a model of the tests")
}

/// On automata, with possessive repetitions, with look-ahead.
const PATTERNS: [&str; 6] = [
    r"\s+(?!\S)|\s+",
    r"\s+(?!\S)|\s",
    r"[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"\p{L}++|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"\p{L}++|\p{N}{1,3}+|\s*[\r\n]|\s+(?!\S)|\s",
    r"\p{L}+(?=\p{M})|\p{L}+|\s+(?!\S)|\s",
];

/// More characters than the engine that goes back could hold places for.
const MANY: usize = 1_001_000;

#[test]
fn the_last_of_many_spaces_is_left_to_what_follows() {
    for pattern in PATTERNS {
        let model = model(pattern);
        let ends = |text: &str| {
            let mut ends = Vec::new();
            model.encode(&mut Scratch::default(), text.as_bytes(), |piece| ends.push(piece.range.end));
            ends
        };
        let short = ends("   ab  \n cd");
        let long = ends(&format!("{}ab  \n cd", " ".repeat(MANY)));
        let want: Vec<usize> = short.iter().map(|end| end + MANY - 3).collect();
        assert_eq!(long, want, "{pattern}");
    }
}

#[test]
fn the_count_of_many_is_that_of_their_parts() {
    for pattern in PATTERNS {
        let model = model(pattern);
        let count = |text: &str| model.count(&mut Scratch::default(), text.as_bytes());
        let joiners = "\u{200D}".repeat(10_000); // ZWJ
        assert_eq!(count(&joiners), 1, "{pattern}");
        assert_eq!(count(&format!("{joiners}\n{joiners}")), 3, "{pattern}");
        let unit = "  ab";
        assert_eq!(count(&unit.repeat(1_000)), count(unit) * 1_000, "{pattern}");
    }
}
