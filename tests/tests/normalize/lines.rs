//! Line ends, blank lines, cut words and wrapped paragraphs, in records of one line and of several.

use pipelines::{Folder, tool};

use crate::said::{made, refused};

#[test]
fn line_flow_needs_records_of_several_lines() {
    let folder = Folder::new();
    for flag in ["--squeeze-blank", "--squeeze-blank=3", "--dehyphenate", "--unwrap"] {
        for frame in [&[][..], &["--field", "1"]] {
            let said = refused(folder.path(), &[&[flag, "-o", "out"], frame].concat());
            assert!(said.contains("--whole") && said.contains("--jsonl"), "{said}");
        }
        for frame in ["--whole", "--paragraphs", "-z", "--jsonl"] {
            made(&[flag, frame], "");
        }
    }
    assert!(folder.names().is_empty());
}

#[test]
fn line_ends_become_what_is_asked_for() {
    let text = "a\r\nb\nc\rd\r\r\n\r\ne\r";
    for (ends, wanted) in
        [("lf", "a\nb\nc\rd\n\ne\r"), ("crlf", "a\r\nb\r\nc\rd\r\r\n\r\ne\r"), ("keep", text)]
    {
        for frame in [&[][..], &["--whole"]] {
            let args = [&["--newlines", ends][..], frame].concat();
            assert_eq!(made(&args, text), wanted, "{args:?}");
            assert_eq!(made(&args, wanted), wanted, "{args:?} twice");
            let changes = [&args[..], &["--check"]].concat();
            let run = tool("normalize").args(&changes).input(text).run();
            assert_eq!(run.status == Some(0), text == wanted, "{changes:?}: {}", run.text());
        }
    }
}

#[test]
fn returns_before_a_line_end_do_not_make_another() {
    // Were CR kept, CR LF would stand there again.
    assert_eq!(made(&[], "a\r\r\r\nb\r\r\n"), "a\nb\n");
    assert_eq!(made(&["--newlines", "crlf"], "a\r\r\nb\n"), "a\r\r\nb\r\n");
    assert_eq!(made(&["--space", "trim"], "a \r\r\n"), "a\n");
    // A CR where no LF follows is a character.
    assert_eq!(made(&[], "a\r\rb\r"), "a\r\rb\r");
    assert_eq!(made(&["--space", "collapse"], "a\rb\n"), "a\rb\n");
}

#[test]
fn ends_of_other_records_stay() {
    assert_eq!(made(&["-z"], "e\u{301}\r\n\0b\r\0"), "é\n\0b\r\0");
    let json = "{\"text\":\"e\u{301}\\r\\nx\"}\r\n";
    assert_eq!(made(&["--jsonl"], json), "{\"text\":\"é\\nx\"}\r\n");
    assert_eq!(made(&["-t", ",", "--field", "1"], "e\u{301},b\r\n"), "é,b\r\n");
    assert_eq!(made(&["--paragraphs"], "a\r\nb\r\n\r\nc\r\n"), "a\nb\n\nc\n");
    for frame in [&[][..], &["--whole"], &["--paragraphs"]] {
        assert_eq!(made(&[&["--newlines", "crlf"], frame].concat(), "a\n\nb"), "a\r\n\r\nb", "{frame:?}");
    }
}

#[test]
fn blank_lines_are_squeezed() {
    let text = "a\n\n\n\n\nb\n \t\n\nc\n\nd\n";
    for (flag, wanted) in [
        ("--squeeze-blank", "a\n\nb\n \t\nc\n\nd\n"),
        ("--squeeze-blank=1", "a\n\nb\n \t\nc\n\nd\n"),
        ("--squeeze-blank=0", "a\nb\nc\nd\n"),
        ("--squeeze-blank=2", "a\n\n\nb\n \t\n\nc\n\nd\n"),
        ("--squeeze-blank=99", text),
    ] {
        assert_eq!(made(&["--whole", flag], text), wanted, "{flag}");
    }
    assert_eq!(made(&["-z", "--squeeze-blank"], "a\n\n\nb\0\n\n\nc\0"), "a\n\nb\0\nc\0");
    assert_eq!(
        made(&["--jsonl", "--squeeze-blank"], "{\"text\":\"a\\n\\n\\n\\nb\"}\n"),
        "{\"text\":\"a\\n\\nb\"}\n"
    );
    assert_eq!(made(&["--whole", "--squeeze-blank"], "a\r\n\r\n\r\nb\r\n"), "a\n\nb\n");
    // Lines that trimming makes blank are blank.
    assert_eq!(made(&["--whole", "--space", "trim", "--squeeze-blank"], "a\n \n\u{A0}\n\t\nb\n"), "a\n\nb\n");
}

#[test]
fn cut_words_are_joined() {
    for (text, wanted, why) in [
        ("exam-\nple text\n", "example\ntext\n", "the line end moves behind the word"),
        ("exam-\n  ple, text\n", "example,\n  text\n", "with what stands before the space"),
        ("exam-\r\nple\r\n", "example\n", "CR LF"),
        ("Anglo-\nSaxon 3-\n4\n", "Anglo-\nSaxon 3-\n4\n", "compounds stay"),
        ("exam\u{AD}\nPle\n", "examPle\n", "a soft hyphen is always a cut"),
        ("при-\nмер\n", "пример\n", "any script with lower case"),
        ("ab- \ncd\n", "ab- \ncd\n", "a hyphen that does not end its line"),
        ("--\nab\n", "--\nab\n", "a dash is no cut"),
    ] {
        assert_eq!(made(&["--whole", "--dehyphenate"], text), wanted, "{why}");
        let twice = made(&["--whole", "--dehyphenate"], wanted);
        assert_eq!(twice, wanted, "{why}, twice");
    }
    let json = "{\"text\":\"exam-\\nple text\"}\n";
    assert_eq!(made(&["--jsonl", "--dehyphenate"], json), "{\"text\":\"example\\ntext\"}\n");
}

#[test]
fn wrapped_paragraphs_become_lines() {
    let text = "The mill stands where the river bends, and it has\nbeen turning since before anybody can remem-\nber.\n\n\
        - one thing\n- another thing that goes\n  on\n\n> said\n> so\n\n    code\n    more\n\n\
        می\u{200C}چرخد آسیاب\nدر باد و باران\n\n水车在河边\n转个不停\n";
    let wanted = "The mill stands where the river bends, and it has been turning since before anybody can remember.\n\n\
        - one thing\n- another thing that goes on\n\n> said\n> so\n\n    code\n    more\n\n\
        می\u{200C}چرخد آسیاب در باد و باران\n\n水车在河边转个不停\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let out = made(&["--whole", "--unwrap", "--dehyphenate"], text);
        assert_eq!(out, wanted);
    }
    assert_eq!(made(&["--whole", "--unwrap"], wanted), wanted);
    assert_eq!(
        made(&["--paragraphs", "--unwrap"], "one and\ntwo and\n\nthree\n"),
        "one and two and\n\nthree\n"
    );
    assert_eq!(made(&["-z", "--unwrap"], "one and\ntwo and\0three\0"), "one and two and\0three\0");
}

#[test]
fn space_is_treated_in_every_line() {
    let text = " a\u{A0}\u{A0}b\t c \n\n\u{3000}d\u{2009}e \u{2028}f\n";
    for (space, wanted) in [
        ("plain", " a  b\t c \n\n d e  f\n"),
        ("collapse", " a b c \n\n d e f\n"),
        ("trim", "a\u{A0}\u{A0}b\t c\n\nd\u{2009}e \u{2028}f\n"),
        ("collapse,trim", "a b c\n\nd e f\n"),
        ("collapse,keep-tabs", " a b\t c \n\n d e f\n"),
        ("keep", text),
    ] {
        for frame in [&[][..], &["--whole"], &["-z"], &["--paragraphs"]] {
            let args = [&["--space", space][..], frame].concat();
            assert_eq!(made(&args, text), wanted, "{args:?}");
        }
    }
}
