//! Schemes of machine translation, through the binary; the schemes' own cases lie beside them.

use pipelines::{Folder, shell};

fn run(flags: &str, text: &str) -> String {
    let place = Folder::new();
    place.write("t", text);
    place.write("mine.txt", "# mine\nApprox.\nFig #NUMERIC_ONLY#\n");
    let outcome = shell(&format!("tokenize {flags} t")).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
    outcome.text()
}

#[test]
fn moses_there_and_back() {
    let text = "It's \"here\", Dr. Smith: a|b & <c>.\n";
    let tokens = "It &apos;s &quot; here &quot; , Dr. Smith : a &#124; b &amp; &lt; c &gt; .\n";
    assert_eq!(run("--scheme moses:en", text), tokens);
    assert_eq!(run("--scheme moses:en --detok", tokens), "It's \"here\", Dr. Smith: a | b & < c >.\n");
    assert_eq!(run("--scheme moses:en --no-escape", "a & 'b'\n"), "a & ' b'\n");
    assert_eq!(run("--scheme moses:en --split-hyphens", "well-known\n"), "well @-@ known\n");
    assert_eq!(run("--scheme moses:fr", "L'été aujourd'hui\n"), "L&apos; été aujourd&apos; hui\n");
}

#[test]
fn abbreviations_of_ones_own_take_the_place_of_the_language_s() {
    assert_eq!(
        run("--scheme moses:en --abbreviations mine.txt", "Approx. Dr. Fig. 3 Fig. A\n"),
        "Approx. Dr . Fig. 3 Fig . A\n"
    );
}

#[test]
fn as_the_scorers_of_bleu() {
    let text = "Don't pay $3.50, e.g. for «x-y» &quot;now&quot;!\n";
    assert_eq!(run("--scheme 13a", text), "Don't pay $ 3.50 , e . g . for «x-y» \" now \" !\n");
    assert_eq!(
        run("--scheme intl", "Don't pay $3.50, for «x-y»!\n"),
        "Don ' t pay $ 3.50 , for « x - y » !\n"
    );
}
