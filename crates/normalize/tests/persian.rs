//! What `--lang` does to Persian text and that of its neighbours: the cases of `data/persian.tsv`.

use clap::FromArgMatches;
use normalize::{Flags, Normalizer, Plan};

fn normalizer(flags: &str) -> Result<Normalizer, String> {
    let words = std::iter::once("normalize").chain(flags.split(' '));
    let matches = textcore::run::command::<Flags>().try_get_matches_from(words);
    let flags =
        matches.and_then(|matches| Flags::from_arg_matches(&matches)).map_err(|error| error.to_string())?;
    Plan::new(&flags).map(|plan| plan.normalizer).map_err(|error| error.to_string())
}

#[test]
fn cases_come_out_as_they_should() {
    let cases = include_str!("data/persian.tsv");
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases.lines().filter(|line| !line.starts_with('#')) {
        let case = case.replace('|', "\u{200C}").replace('~', "\u{AD}"); // ZWNJ, SOFT HYPHEN
        let [flags, text, want, why] = case.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four fields: {case}");
        };
        let want = if want == "=" { text } else { want };
        let normalizer = normalizer(flags).expect("flags that go together");
        let once = normalizer.normalized(text.as_bytes(), 0);
        if once != want.as_bytes() {
            wrong.push(format!(
                "{flags}: {why}\n  text {text}\n  want {want}\n  got  {}",
                String::from_utf8_lossy(&once)
            ));
        }
        assert_eq!(normalizer.normalized(&once, 0), once, "{why}");
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 45);
}

#[test]
fn all_steps_have_room() {
    let flags = "--lang fa --zwnj restore --digits fa --case lower --strip-marks --controls strip --bidi repair --dashes fr \
        --ellipsis char --width fold --space collapse --squeeze-blank --dehyphenate --unwrap --whole --tags strip \
        --entities once --spelling teh-marbuta,heh-yeh=yeh,hamza=drop,harakat";
    let steps = normalizer(flags)
        .expect("flags that go together")
        .rewriters
        .iter()
        .next()
        .map(|(_, it)| it.steps().count());
    // Your own rules and the form once more come after these.
    assert!(steps.is_some_and(|steps| steps + 2 <= rewrite::watch::STEPS_MAX), "{steps:?}");
}

#[test]
fn what_cannot_be_is_said() {
    for (flags, said) in [
        ("--lang de --letters lang", "--letters lang knows nothing of German"),
        ("--letters lang", "--letters lang needs the language of the text (--lang)"),
        ("--punctuation marks", "--punctuation needs the language of the text (--lang)"),
        ("--lang ur --spelling harakat", "--spelling harakat knows nothing of Urdu"),
        ("--lang fa --spelling hamsa", "no language has this choice; there are "),
        ("--lang fa --spelling hamza", "it needs a value: hamza=drop or hamza=write"),
        ("--lang fa --spelling hamza=drop,hamza=write", "hamza=drop and hamza=write contradict each other"),
        ("--lang fa --punctuation mark", "'mark' is none of marks, spacing, lang"),
    ] {
        let error = normalizer(flags).err().expect("an error");
        assert!(error.contains(said), "{flags}: {error}");
    }
}
