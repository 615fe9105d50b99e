//! The page and the charts: well-formed, and nothing in them that comes from elsewhere or that text brings along.

use pipelines::{Folder, has_program, shell, tool};

/// Words that want out of where they stand.
const HOSTILE: &[u8] = b"<script>alert(1)</script> ]]> & \" ' x\0y \xE2\x80\xAEevil \x1B[31m \xFF\xFE <b>&amp; --> </style></svg> <!-- \
    javascript:x \xE2\x80\xA8 \xEF\xBF\xBE \xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xB1\xD9\x88\xD8\xAF <script>alert(1)</script> 1403/02/03\n\n<script> <script>\n";

/// Parses files; HTML must be well-formed XML too, but for its first line.
const PARSE: &str = r#"
import sys, xml.etree.ElementTree as tree
for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read()
    if text.startswith("<!DOCTYPE html>"):
        text = text[len("<!DOCTYPE html>"):]
    elements = list(tree.fromstring(text).iter())
    assert not [e for e in elements if e.tag.split("}")[-1] in ("script", "link", "iframe", "object", "image", "img", "use", "a")], name
    for element in elements:
        for attribute, value in element.attrib.items():
            assert not attribute.split("}")[-1].lower() in ("src", "href") and not attribute.lower().startswith("on"), (name, attribute)
            assert "url(" not in value or "url(#" in value, (name, value)
print(len(sys.argv) - 1)
"#;

#[test]
fn pages_and_charts_are_well_formed_and_hold_nothing_foreign() {
    let place = Folder::new();
    place.write("<script>.txt", HOSTILE);
    place.write("b&c", [HOSTILE, HOSTILE].concat());
    place.write("parse.py", PARSE);
    for (number, flags) in
        ["--all --unit space", "--all --group-by file", "-l --dates", "--health"].into_iter().enumerate()
    {
        let script = format!("stats -q {flags} --html {number}.html --svg {number} '<script>.txt' 'b&c'");
        shell(&script).within(place.path()).run().says(&[]);
    }
    shell("stats -q --compare --unit space --html c.html '<script>.txt' 'b&c'")
        .within(place.path())
        .run()
        .says(&[]);
    for name in place.names().iter().filter(|name| name.ends_with(".html")) {
        let page = String::from_utf8(place.read(name)).expect("UTF-8");
        for foreign in ["<script", "http://", "https://", "@import", "\u{202E}", "\0", "\u{1B}", "\u{FFFE}"] {
            assert!(!page.contains(foreign), "{name} holds {foreign:?}");
        }
        assert!(page.ends_with("</html>\n"), "{name}");
    }
    let page = String::from_utf8(place.read("0.html")).expect("UTF-8");
    assert!(page.contains("&lt;script&gt;") && page.contains("\\u{202E}evil"), "words are there as text");
    if has_program("python3") {
        let run = shell("python3 -X utf8 parse.py *.html 0/*.svg 1/*.svg 2/*.svg 3/*.svg")
            .within(place.path())
            .run();
        assert_eq!(run.status, Some(0), "{}", run.err);
        assert!(run.text().trim().parse::<u32>().is_ok_and(|files| files > 20), "{}", run.text());
    }
}

/// Exit status 2, and neither page nor charts: not even what was there is touched.
#[test]
fn a_page_appears_whole_or_not_at_all() {
    let place = Folder::new();
    place.write("a", "one two\n");
    place.write("page", "what was there\n");
    place.write("words", "what was there\n");
    let run =
        tool("stats").args(["--merge", "a", "--html", "page", "--freq", "words"]).within(place.path()).run();
    assert_eq!((run.status, run.text().as_str()), (Some(2), ""), "{}", run.err);
    assert_eq!(place.names(), ["a", "page", "words"]);
    assert_eq!(
        (place.read("page"), place.read("words")),
        (b"what was there\n".to_vec(), b"what was there\n".to_vec())
    );
}
