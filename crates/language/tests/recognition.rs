//! Whole documents, as a tool would show them: every language knows its own samples, and no neighbour is wronged.

use std::fs;
use std::path::Path;

use language::{Evidence, Language, Verdict};

/// The verdict on a document of these lines.
fn verdict(document: &str) -> Verdict {
    let mut evidence = Evidence::new();
    document.lines().for_each(|line| evidence.observe(line.as_bytes()));
    evidence.verdict()
}

fn code(document: &str) -> Option<&'static str> {
    verdict(document).language.map(Language::code)
}

/// The sentences of `data/CODE/samples.txt`, one on each line.
fn samples(code: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(code).join("samples.txt");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_language_knows_its_own_samples() {
    for language in Language::all() {
        let samples = samples(language.code());
        assert!(samples.lines().count() >= 5, "{language:?} has too few samples");
        assert_eq!(code(&samples), Some(language.code()), "{:?}", verdict(&samples));
    }
}

#[test]
fn one_sentence_is_enough_or_unknown_but_never_another_language() {
    for language in Language::all() {
        let samples = samples(language.code());
        let known = samples.lines().filter(|line| code(line) == Some(language.code())).count();
        let wrong: Vec<&str> =
            samples.lines().filter(|line| code(line).is_some_and(|code| code != language.code())).collect();
        assert_eq!(wrong, [""; 0], "{language:?}");
        assert!(known * 6 >= samples.lines().count() * 5, "{language:?} knows {known} of its sentences");
    }
}

#[test]
fn persian_is_persian_however_it_was_broken() {
    let samples = samples("fa");
    let breakages: [(&str, &[(&str, &str)]); 6] = [
        ("every ZWNJ deleted", &[("\u{200C}", "")]),
        ("every ZWNJ turned into a space", &[("\u{200C}", " ")]),
        ("Arabic yeh and kaf", &[("ی", "ي"), ("ک", "ك")]),
        ("alef maksura for yeh", &[("ی", "ى"), ("\u{200C}", "")]),
        ("alef with madda decomposed", &[("آ", "ا\u{653}")]),
        ("tatweel", &[("س", "سـ"), ("م", "مـ")]),
    ];
    for (name, replacements) in breakages {
        let broken = replacements.iter().fold(samples.clone(), |text, (from, to)| text.replace(from, to));
        assert_ne!(broken, samples, "{name}");
        assert_eq!(code(&broken), Some("fa"), "{name}: {:?}", verdict(&broken));
    }
}

#[test]
fn neighbours_are_not_taken_for_persian_when_typed_with_its_letters() {
    for neighbour in ["ar", "ur", "ckb", "ps"] {
        let typed = samples(neighbour).replace('ي', "ی").replace('ك', "ک");
        assert_eq!(code(&typed), Some(neighbour), "{:?}", verdict(&typed));
    }
}

#[test]
fn legacy_sorani_is_not_taken_for_persian() {
    // ە written as heh and ZWNJ, as was usual before Unicode had the letter on keyboards.
    let legacy = samples("ckb").replace('ە', "ه\u{200C}");
    assert_ne!(code(&legacy), Some("fa"), "{:?}", verdict(&legacy));
}

#[test]
fn a_few_foreign_words_do_not_turn_a_document() {
    let persian = samples("fa") + "شاعر نوشت: «یہ پرانی گھڑی» و English words: the end of the day\n";
    assert_eq!(code(&persian), Some("fa"));
    let chinese = samples("zh") + "日本語の「ありがとう」是谢谢的意思。\n";
    assert_eq!(code(&chinese), Some("zh"));
    let japanese = samples("ja") + "東京都千代田区霞が関一丁目、国立公文書館所蔵資料目録。\n";
    assert_eq!(code(&japanese), Some("ja"));
}

#[test]
fn languages_without_a_folder_are_unknown() {
    let strangers = [
        (
            "Italian",
            "Ogni mattina la mia vicina mette fuori l'acqua fresca per i gatti del vicolo, e nessuno sa da quanto tempo lo fa.",
        ),
        (
            "Portuguese",
            "A minha vizinha põe todas as manhãs água fresca para os gatos da rua, e ninguém sabe há quanto tempo não falha um dia.",
        ),
        (
            "Dutch",
            "Mijn buurvrouw zet elke ochtend vers water neer voor de katten van onze straat, en niemand weet hoe lang zij dat al doet.",
        ),
        (
            "Ukrainian",
            "Моя сусідка щоранку виносить свіжу воду для котів нашого двору, і ніхто не знає, відколи вона це робить.",
        ),
        ("Greek", "Η γειτόνισσά μου βάζει κάθε πρωί φρέσκο νερό για τις γάτες του δρόμου."),
        ("Korean", "우리 이웃은 매일 아침 골목 고양이들을 위해 깨끗한 물을 내놓는다."),
        ("Hindi", "मेरी पड़ोसन हर सुबह गली की बिल्लियों के लिए ताज़ा पानी रखती है।"),
        ("Hebrew", "השכנה שלי שמה בכל בוקר מים טריים לחתולים של הרחוב."),
    ];
    for (name, text) in strangers {
        assert_eq!(code(text), None, "{name}: {:?}", verdict(text));
    }
}

#[test]
fn any_bytes_are_observed() {
    let mut evidence = Evidence::new();
    let every_pair: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_be_bytes).collect();
    evidence.observe(&every_pair);
    evidence.observe(&[0xFF; 1000]);
    evidence.observe(&[]);
    assert_eq!(evidence, {
        let mut again = Evidence::new();
        again.observe(&every_pair);
        again
    });
}
