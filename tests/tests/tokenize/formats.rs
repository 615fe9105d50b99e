//! The formats, byte for byte.

use pipelines::{Folder, seeds, shell, skipped};

fn tokens(flags: &str, text: impl AsRef<[u8]>) -> String {
    let place = Folder::new();
    place.write("t", text);
    let outcome = shell(&format!("tokenize -q {flags} t")).within(place.path()).run();
    assert_eq!(outcome.status, Some(0), "{flags}: {}", outcome.err);
    outcome.text()
}

#[test]
fn sentences_end_with_an_empty_line() {
    let text = "One two. Three!\n\nFour";
    assert_eq!(tokens("--format vertical", text), "One\ntwo\n.\n\nThree\n!\n\nFour\n\n");
    // A whole file is one record, and its line ends end sentences.
    assert_eq!(tokens("--format vertical --whole", text), "One\ntwo\n.\n\nThree\n!\n\nFour\n\n");
    assert_eq!(tokens("--format vertical", ""), "");
}

#[test]
fn rows_have_places_and_classes() {
    let rows = "t\t1\t0\t3\tword\tOne\nt\t1\t3\t4\tpunctuation\t,\nt\t2\t0\t4\tnumber\t3.14\n";
    assert_eq!(tokens("--format tsv", "One,\n3.14\n"), rows);
    let text = "é😀 x\\\n";
    let offsets = |unit| tokens(&format!("--format tsv --offset-unit {unit}"), text);
    assert_eq!(
        offsets("byte"),
        "t\t1\t0\t2\tword\té\nt\t1\t2\t6\temoji\t😀\nt\t1\t7\t8\tword\tx\nt\t1\t8\t9\tpunctuation\t\\\\\n"
    );
    assert_eq!(
        offsets("char"),
        "t\t1\t0\t1\tword\té\nt\t1\t1\t2\temoji\t😀\nt\t1\t3\t4\tword\tx\nt\t1\t4\t5\tpunctuation\t\\\\\n"
    );
    assert_eq!(
        offsets("utf16"),
        "t\t1\t0\t1\tword\té\nt\t1\t1\t3\temoji\t😀\nt\t1\t4\t5\tword\tx\nt\t1\t5\t6\tpunctuation\t\\\\\n"
    );
}

#[test]
fn offsets_are_those_of_the_bytes_that_stood_there() {
    let text = b"a \xFF\xFE b\xE2\x80 c";
    let places = |flags: &str| {
        let rows = tokens(&format!("--format tsv {flags}"), text);
        rows.lines()
            .map(|row| row.split('\t').skip(2).take(2).collect::<Vec<_>>().join("-"))
            .collect::<Vec<_>>()
    };
    let in_bytes = ["0-1", "2-3", "3-4", "5-6", "6-8", "9-10"];
    assert_eq!(places(""), in_bytes);
    assert_eq!(places("--invalid keep"), in_bytes);
    let in_chars = ["0-1", "2-3", "3-4", "5-6", "6-7", "8-9"];
    assert_eq!(places("--offset-unit char"), in_chars);
    assert_eq!(places("--offset-unit char --invalid keep"), in_chars);
}

#[test]
fn a_selected_text_counts_from_its_own_beginning() {
    let text = "{\"id\":1,\"text\":\"a\\u00e9 \\\"b\\\"\"}\n";
    let rows = "t\t1\t0\t3\tword\taé\nt\t1\t4\t5\tpunctuation\t\"\nt\t1\t5\t6\tword\tb\nt\t1\t6\t7\tpunctuation\t\"\n";
    assert_eq!(tokens("--jsonl --format tsv", text), rows);
}

#[test]
fn each_record_is_an_object() {
    let want = concat!(
        r#"{"file":"t","record":1,"tokens":[{"text":"\"","class":"punctuation","start":0,"end":1},"#,
        r#"{"text":"a","class":"word","start":1,"end":2}]}"#,
        "\n",
        r#"{"file":"t","record":2,"tokens":[]}"#,
        "\n",
    );
    assert_eq!(tokens("--format jsonl", "\"a\n\n"), want);
}

#[test]
fn conllu_keeps_what_stood_between() {
    let text = "  One, two.\tThree (four)  \nx\n";
    let want = "# newdoc id = t
# newpar
# sent_id = t:1.1
# text = One, two.
1\tOne\t_\t_\t_\t_\t_\t_\t_\tSpacesBefore=\\s\\s|SpaceAfter=No
2\t,\t_\t_\t_\t_\t_\t_\t_\t_
3\ttwo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
4\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\t

# sent_id = t:1.2
# text = Three (four)
1\tThree\t_\t_\t_\t_\t_\t_\t_\t_
2\t(\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tfour\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
4\t)\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\s\\s\\n

# newpar
# sent_id = t:2.1
# text = x
1\tx\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n

";
    assert_eq!(tokens("--format conllu", text), want);
    let ranges = tokens("--format conllu --offset-unit char", "é 😀\n");
    assert!(ranges.contains("1\té\t_\t_\t_\t_\t_\t_\t_\tTokenRange=0:1\n"), "{ranges}");
    assert!(
        ranges.contains("2\t😀\t_\t_\t_\t_\t_\t_\t_\tClass=emoji|TokenRange=2:3|SpacesAfter=\\n\n"),
        "{ranges}"
    );
}

#[test]
fn a_record_that_is_a_document_is_a_new_one() {
    let json = tokens("--format conllu --jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    assert_eq!(json.matches("# newdoc id = t:").count(), 2, "{json}");
    // White space is no word, whatever the unit.
    let rows = tokens("--format conllu --unit grapheme", "a b\n");
    assert_eq!(rows.matches("\t_\t_\t").count(), 2 * 2, "{rows}");
}

#[test]
fn json_is_well_formed_whatever_the_bytes() {
    let rows =
        tokens("--format jsonl --invalid keep", "\u{0}".as_bytes().iter().map(|_| 0xFF).collect::<Vec<u8>>());
    assert!(rows.contains("{\"text\":\"\u{FFFD}\",\"class\""), "{rows}");
}

#[test]
fn tokens_are_dressed() {
    assert_eq!(tokens("--case lower", "ΟΔΟΣ Straße\n"), "οδος straße\n");
    assert_eq!(tokens("--case fold", "Straße\n"), "strasse\n");
    assert_eq!(tokens("--case lower --lang tr", "IĞDIR\n"), "ığdır\n");
    assert_eq!(tokens("--mask number=N --mask punctuation=", "a, 12 3.5\n"), "a  N N\n");
    // Classes and places are those of the text.
    assert_eq!(
        tokens("--mask number=N --case lower --format tsv", "Ⅻ A\n"),
        "t\t1\t0\t3\tnumber\tN\nt\t1\t4\t5\tword\ta\n"
    );
}

#[test]
fn patterns_are_units() {
    assert_eq!(tokens("--unit regex --pattern '[[:alpha:]]+|\\d'", "ab12 é\n"), "ab 1 2\n");
    assert_eq!(tokens("--unit regex --pattern '\\w*'", "ab, é\n"), "ab é\n");
    assert_eq!(tokens("--unit regex --pattern '\\w+' --joiner", "ab, é\n"), "ab ￭,％0020￭ é\n");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let place = Folder::new();
    place.write("t", "a");
    for (flags, what) in [
        ("--unit regex", "--pattern RE"),
        ("--pattern a", "--unit regex"),
        ("--unit regex --pattern '('", "unclosed group"),
        ("--unit regex --pattern '\\w{1000}{1000}'", "larger than"),
        ("--unit letter", "word, space, sentence, paragraph, line, grapheme, char, byte, regex"),
        ("--format spaced --offset-unit char", "tsv, jsonl and conllu"),
        ("--joiner -l", "spaced"),
        ("--joiner --case lower", "leave out or change"),
        ("--joiner=' '", "without white space"),
        ("--roundtrip --unit byte", "no way back"),
        ("--joiner --scheme 13a", "stand in the text"),
        ("--detok --scheme 13a", "no way back"),
        ("--scheme moses:xx", "no language of moses"),
        ("--scheme 13a --no-escape", "moses:LANG"),
        ("--scheme 13a --lang fa", "--unit word"),
        ("--model none.json", "none.json"),
        ("--model t", "t: line 1"),
        ("--ids", "--model"),
        ("--roundtrip --drop-class word", "leave out or change"),
        ("--only-class words", "no class is called"),
        ("--protect urls", "no kind of span is called"),
        ("--script Latin,Foo", "no script is called"),
        ("--stop-words none.txt", "none.txt"),
        ("--keep-words none.txt", "none.txt"),
        ("--keep-pattern '('", "unclosed group"),
        ("--keep-words t --lang fa --unit char", "--unit word"),
        ("--mask word", "CLASS=TEXT"),
        ("--mask words=x", "no class is called 'words'"),
        ("--budget 0", "0"),
        ("--split", "--budget"),
        ("--budget 1 --split --field 1", "--field"),
        ("--count --detok", "cannot be used with"),
        ("--count -i", "cannot be used with"),
        ("--roundtrip -d x", "cannot be used with"),
        ("--count --joiner", "cannot be used with"),
        ("--detok --lang fa", "cannot be used with"),
        ("--budget 3 --format tsv", "cannot be used with"),
        ("--roundtrip -l", "cannot be used with"),
    ] {
        let outcome = shell(&format!("tokenize {flags} t")).within(place.path()).run();
        assert_eq!(outcome.status, Some(2), "{flags}");
        assert!(outcome.err.contains(what), "{flags}: {}", outcome.err);
        assert_eq!(outcome.text(), "", "{flags}");
    }
}

#[test]
fn conllu_keeps_dates_numbers_and_initials_whole() {
    let rows = tokens("--format conllu", "روز جمعه ۲ آذر ۱۴۰۳، ساعت ۱۸:۰۱ س.ن ۱۲٬۵۰۰ (۱۴۰۳/۰۶/۲۳) a@b.org\n");
    // One line is too little to tell the language by, without which worded dates are words.
    for form in ["۱۸:۰۱", "س.ن", "۱۲٬۵۰۰", "۱۴۰۳/۰۶/۲۳", "a@b.org"] {
        assert!(rows.contains(&format!("\t{form}\t_")), "{form}: {rows}");
    }
    let persian = tokens("--format conllu --lang fa", "روز جمعه ۲ آذر ۱۴۰۳.\n");
    assert!(
        persian.contains("2\tجمعه ۲ آذر ۱۴۰۳\t_\t_\t_\t_\t_\t_\t_\tClass=date|SpaceAfter=No\n"),
        "{persian}"
    );
    let none = tokens("--format conllu --protect none", "۱۸:۰۱\n");
    assert!(none.contains("3\t۰۱\t"), "{none}");
    let Some(folder) = seeds() else { return skipped("the real pages are not beside the repository") };
    let outcome = shell("tokenize --format conllu *.txt").within(folder).run();
    assert_eq!(outcome.status, Some(0), "{}", outcome.err);
    for form in ["جمعه ۲ آذر ۱۴۰۳", "۱۸:۰۱", "س.ن", "۱۴۰۳/۰۶/۲۳"] {
        assert!(outcome.text().contains(&format!("\t{form}\t_")), "{form}");
    }
}

#[test]
fn small_units_are_told_apart() {
    assert_eq!(tokens("--unit byte", "aé"), "61 c3 a9");
    assert_eq!(tokens("--unit byte -l", "aé\n"), "61\nc3\na9\n");
    assert_eq!(tokens("--unit char", "a e\u{301}"), "a   e \u{301}");
    assert_eq!(tokens("--unit grapheme", "a e\u{301}"), "a   e\u{301}");
    assert_eq!(tokens("--unit grapheme --whole -l", "a\r\n\rb\n"), "a\n \n \nb\n");
    assert_eq!(tokens("--unit char -z -l", "a\nb\0"), "a\0 \0b\0");
    assert_eq!(tokens("--unit sentence", "One sentence. Two."), "One sentence.\nTwo.\n");
    assert_eq!(tokens("--unit paragraph --whole", "One\r\nparagraph.\n\nTwo\n"), "One paragraph.\nTwo\n");
}
