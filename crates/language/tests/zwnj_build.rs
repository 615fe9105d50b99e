//! A model of one's own, from a corpus small enough to read: by the library, and by the command of docs/PERSIAN.md.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use language::zwnj::build::{Options, Source, SourceKind, build};
use language::zwnj::{CONFIDENCE, Restorer};

const TEXT: &str = "\
گربه\u{200C}ها روی دیوار می\u{200C}نشینند و سگ\u{200C}ها در کوچه می\u{200C}دوند.
بچه\u{200C}ها کتاب\u{200C}های رنگی را می\u{200C}خوانند و نمی\u{200C}خوابند.
مادر نامه\u{200C}های قدیمی را می\u{200C}خواند و پدر چای می\u{200C}نوشد.
پرنده\u{200C}ها از درخت\u{200C}ها می\u{200C}پرند و به لانه\u{200C}ها برنمی\u{200C}گردند.
همسایه\u{200C}ها میز را به خانه\u{200C}های خود می\u{200C}برند.
";

fn model(text: &str) -> Vec<u8> {
    let repeated = text.repeat(20);
    let source = |kind, bytes| Source { kind, insert_weight: 1.0, join_weight: 1.0, bytes };
    let sources = [
        source(SourceKind::Text, repeated.as_bytes()),
        source(SourceKind::Words, "پیش\u{200C}بینی\nکتاب\t12\n".as_bytes()),
        source(SourceKind::TaggedWords, "درخت,noun_singular,,\nمی\u{200C}پرد,verb,,\n".as_bytes()),
        source(SourceKind::PastPresent, "خواند#خوان\nدوید#دو\n".as_bytes()),
    ];
    build(&sources, Options { name: "test", insert_bits: 12, join_bits: 12, settled: 100, context_bits: 8 })
        .bytes
}

#[test]
fn a_model_knows_what_it_was_built_from() {
    let restorer = Restorer::from_bytes(&model(TEXT)).unwrap();
    for line in TEXT.lines() {
        assert_eq!(restorer.restored(&line.replace('\u{200C}', ""), CONFIDENCE), line); // ZWNJ
        assert_eq!(restorer.restored(&line.replace('\u{200C}', " "), CONFIDENCE), line); // ZWNJ
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    assert_eq!(model(TEXT), model(TEXT));
}

#[test]
fn no_sources_give_a_model_that_changes_nothing() {
    let built =
        build(&[], Options { name: "test", insert_bits: 4, join_bits: 4, settled: 10, context_bits: 4 });
    let restorer = Restorer::from_bytes(&built.bytes).unwrap();
    assert_eq!(restorer.restored("رسانهها می کنند", 0.9), "رسانهها می کنند");
}

/// The program if it is built already, as it is when all tests run; if not, what builds and runs it.
fn program() -> String {
    let test = env::current_exe().expect("a test has a name");
    let built = test.parent().and_then(Path::parent).map(|folder| folder.join("examples/build-language"));
    built.filter(|built| built.exists()).map_or_else(
        || "cargo run --quiet -p language --example build-language --".to_owned(),
        |built| built.to_string_lossy().into_owned(),
    )
}

/// `scripts/build-language fa MANIFEST CORPORA OUTPUT`; the model and the list of what it was made of.
#[cfg(unix)]
fn built_by_script(output: &Path) -> (Vec<u8>, String) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let corpora = folder.join("tests/data/zwnj");
    let result = Command::new(folder.join("../../scripts/build-language"))
        .env("BUILD_LANGUAGE", program())
        .arg("fa")
        .args([&corpora.join("small.manifest"), &corpora])
        .arg(output)
        .output()
        .expect("the script can be run");
    assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
    let list = output.with_extension("model.txt");
    (fs::read(output).expect("a model"), fs::read_to_string(list).expect("a list of sources"))
}

#[cfg(unix)]
#[test]
fn the_command_of_the_manual_builds_a_model_and_says_what_from() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (model, sources) = built_by_script(&folder.join("first.model"));
    assert_eq!(built_by_script(&folder.join("second.model")).0, model);
    let restorer = Restorer::from_bytes(&model).unwrap();
    assert!(restorer.version().starts_with("small (format "), "{}", restorer.version());
    assert_eq!(
        restorer.restored("گربهها کتابهای رنگی را میخوانند", CONFIDENCE),
        "گربه\u{200C}ها کتاب\u{200C}های رنگی را می\u{200C}خوانند" // ZWNJ
    );
    for line in ["licence MIT OR Apache-2.0", "stories.txt  text 1  MIT-OR-Apache-2.0  the project"] {
        assert!(sources.contains(line), "{sources}");
    }
}
