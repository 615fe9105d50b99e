//! Tags before entities, entities once: what was escaped survives as text.

use pipelines::Folder;

use crate::said::{done, explained, made};

const BOTH: [&str; 4] = ["--tags", "strip", "--entities", "once"];

#[test]
fn what_was_escaped_survives_as_text() {
    for (text, wanted, why) in [
        ("<i>a</i> &lt;b&gt;\n", "a <b>\n", "tags go before entities make new ones"),
        ("&amp;lt;\n", "&lt;\n", "once"),
        ("&amp;amp;lt;\n", "&amp;lt;\n", "once"),
        ("&#38;lt; &#x26;gt;\n", "&lt; &gt;\n", "once, by number too"),
        ("&lt;script&gt;x&lt;/script&gt;\n", "<script>x</script>\n", "an escaped script is text"),
        ("a &lt;!-- b --&gt; c\n", "a <!-- b --> c\n", "an escaped comment is text"),
    ] {
        assert_eq!(made(&BOTH, text), wanted, "{why}");
    }
}

#[test]
fn entities_are_those_of_html() {
    for (text, wanted) in [
        ("&lt;&gt;&amp;&quot;&apos;\n", "<>&\"'\n"),
        ("&eacute;&hearts;&zwnj;&nbsp;x\n", "é♥\u{200C}\u{A0}x\n"),
        ("&NotEqualTilde;\n", "\u{2242}\u{338}\n"),
        ("&#1740;&#x6cc;&#X6CC;\n", "ییی\n"),
        ("&#128; &#0; &#xD800; &#x110000; &#99999999999;\n", "€ \u{FFFD} \u{FFFD} \u{FFFD} \u{FFFD}\n"),
        ("&copy 2000 &notit;\n", "© 2000 ¬it;\n"),
        ("&bogus; &; & &#; &#x; &#xZ; AT&T\n", "&bogus; &; & &#; &#x; &#xZ; AT&T\n"),
    ] {
        assert_eq!(made(&["--entities", "once", "--form", "none"], text), wanted, "{text}");
    }
}

#[test]
fn tags_leave_words_apart() {
    for (text, wanted) in [
        ("a<b>b</b>c\n", "abc\n"),
        ("<p>a</p><p>b</p>\n", "a b\n"),
        ("a<br>b<br/>c\n", "a b c\n"),
        ("a<!-- x > y -->b\n", "ab\n"),
        ("a<script>if (a < b) { x }</script>b<STYLE>p{}</STYLE>c\n", "abc\n"),
        ("<a href=\"x>y\" title='>'>t</a>\n", "t\n"),
        ("1 < 2 and 3 > 2, a<3, <, <>\n", "1 < 2 and 3 > 2, a<3, <, <>\n"),
    ] {
        assert_eq!(made(&["--tags", "strip"], text), wanted, "{text}");
    }
    let page = "<div\nclass=\"a\">one\n</div><!--\n--><p>two\n";
    assert!(!made(&["--tags", "strip", "--whole"], page).contains(['<', '>']));
    assert_eq!(made(&["--tags", "strip", "--jsonl"], "{\"text\":\"<p\\n>a<\\/p>\"}\n"), "{\"text\":\"a\"}\n");
}

#[test]
fn a_line_end_from_an_entity_cannot_cut_a_record() {
    assert_eq!(made(&["--entities", "once"], "a&NewLine;b&#10;c&#xA;d\n"), "a b c d\n");
    assert_eq!(made(&["-t", ",", "--field", "1", "--entities", "once"], "a&#10;b,c\n"), "a b,c\n");
    // Records of several lines may have one more.
    for frame in ["--whole", "-z"] {
        assert_eq!(made(&[frame, "--entities", "once"], "a&#10;b"), "a\nb", "{frame}");
    }
    assert_eq!(made(&["-z", "--entities", "once"], "a&#0;b\0"), "a\u{FFFD}b\0");
    assert_eq!(
        made(&["--jsonl", "--entities", "once"], "{\"text\":\"a&#10;b\"}\n"),
        "{\"text\":\"a\\nb\"}\n"
    );
}

#[test]
fn markup_is_explained() {
    let folder = Folder::new();
    folder.write("a", "<b>x</b> &amp;lt;\n");
    let args = [&BOTH[..], &["--explain", "a"]].concat();
    let rows = explained(&done(folder.path(), &args).text());
    let told: Vec<_> = rows.iter().map(|row| (row.byte, &*row.before, &*row.after)).collect();
    assert_eq!(told, [(0, "<b>", ""), (4, "</b>", ""), (9, "&amp;", "&")]);
}
