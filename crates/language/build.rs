//! Lists the folders of `data/` in byte order, so that a new language is a new folder and no list is edited.

use std::fs;
use std::io;
use std::path::Path;
use std::{env, fmt::Write as _};

/// The text files of a language, in the order of the fields of `Folder` in `src/catalogue.rs`.
const FILES: [(&str, &str); 8] = [
    ("language", "language.txt"),
    ("letters", "letters.txt"),
    ("function_words", "function-words.txt"),
    ("characters", "characters.txt"),
    ("spelling", "spelling.txt"),
    ("punctuation", "punctuation.txt"),
    ("dates", "dates.txt"),
    ("key", "key.txt"),
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=data");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let output = env::var("OUT_DIR").map_err(io::Error::other)?;
    let data = Path::new(&root).join("data");
    let output = Path::new(&output);
    fs::write(output.join("folders.rs"), folder_list(&data, &folder_names(&data, "language.txt")?))?;
    fs::write(output.join("abbreviations.rs"), abbreviation_list(&folder_names(&data, "abbreviations.txt")?))
}

/// The names of the folders that hold such a file, sorted: the order of a directory listing is nobody's promise.
fn folder_names(data: &Path, file: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        if entry.path().join(file).is_file() {
            names.push(
                entry
                    .file_name()
                    .into_string()
                    .map_err(|_| io::Error::other("a folder's name is not UTF-8"))?,
            );
        }
    }
    names.sort();
    Ok(names)
}

/// Rust source of a slice of `Folder`; a file that a language does without is the empty text.
fn folder_list(data: &Path, names: &[String]) -> String {
    let mut source = String::from("&[\n");
    for name in names {
        source.push_str("    Folder {\n");
        for (field, file) in FILES {
            let text =
                if data.join(name).join(file).is_file() { included(name, file) } else { "\"\"".to_owned() };
            // Writing to a String does not fail.
            let _ = writeln!(source, "        {field}: {text},");
        }
        source.push_str("    },\n");
    }
    source.push_str("]\n");
    source
}

/// Rust source of a slice of codes and texts: a folder may have abbreviations alone, and be no language that is recognised.
fn abbreviation_list(names: &[String]) -> String {
    let mut source = String::from("&[\n");
    for name in names {
        // Writing to a String does not fail.
        let _ = writeln!(source, "    (\"{name}\", {}),", included(name, "abbreviations.txt"));
    }
    source.push_str("]\n");
    source
}

/// Relative to the manifest, so that no path of the building machine enters the binary.
fn included(name: &str, file: &str) -> String {
    format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/data/{name}/{file}\"))")
}
