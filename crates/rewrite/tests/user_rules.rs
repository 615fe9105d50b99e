//! Rules of users: the format and its errors as cases, the matching against a plain twin.

use proptest::prelude::*;
use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use rewrite::steps::UserRules;
use rewrite::steps::user_rules::RulesError;
use rewrite::{Rewriter, Scratch, Step, Trace, Triggers};

fn parsed(text: impl AsRef<[u8]>) -> Result<UserRules, RulesError> {
    UserRules::parse(&[("r".to_owned(), text.as_ref().to_vec())])
}

fn good(rules: Result<UserRules, RulesError>) -> UserRules {
    rules.unwrap_or_else(|error| panic!("{error}"))
}

fn rewriter(file: impl AsRef<[u8]>) -> Rewriter {
    Rewriter::new(vec![Box::new(good(parsed(file)))])
}

fn rewritten(rewriter: &Rewriter, text: impl AsRef<[u8]>) -> Vec<u8> {
    rewriter.rewrite(text.as_ref(), &mut Scratch::default()).to_vec()
}

/// A file, what it is shown, what comes of it. `\t` and `\n` are those characters.
const CASES: &[(&str, &str, &str)] = &[
    // Quotes: escapes, blanks around, comments after.
    (r#""colour" -> "color""#, "colours", "colors"),
    (r#"  "a" -> "b"   # why"#, "aa", "bb"),
    (r##""#"->"no. ""##, "#5", "no. 5"),
    (r#""\t\\\"\u{200C}" -> "\n""#, "x\t\\\"\u{200C}y", "x\ny"),
    (r#""x" -> """#, "axbx", "ab"),
    // Code points, as SentencePiece reads them.
    ("41 302 300\t1EA6", "A\u{302}\u{300}", "\u{1EA6}"),
    ("1F\t\t# \u{1F} => ", "a\u{1F}b", "ab"),
    ("64A\t6CC\t# ي => ی", "يا", "یا"),
    ("U+64A U+627\tU+6CC\tanything\tat all", "يا", "ی"),
    ("200b", "a\u{200B}b", "ab"),
    ("61  62 \t 63  # c", "abc", "cc"),
    // Patterns: groups, flags, slashes, lines.
    (r#"/(\d+) ?per ?cent\b/i -> "$1%""#, "5 Per Cent, 7percent, 1 percentage", "5%, 7%, 1 percentage"),
    (r#"/(?<a>x)(y)?/ -> "${a}[$2${1}]$$$0""#, "xyx", "x[yx]$xyx[x]$x"),
    (r#"/a\/b/ -> "$$""#, "a/b", "$"),
    (r#"/ a  b # both/xi -> "x""#, "aB a b", "x a b"),
    (r#"/^ +| +$/ -> """#, "  a \n b  \r\n c ", "a\nb\r\nc"),
    (r#"/a.c/ -> "x""#, "abc a\nc a\rc aéc", "x a\nc a\rc x"),
    (r#"/a.c/s -> "x""#, "abc a\nc", "x x"),
    (r#"/<.*?>/ -> """#, "a<b>c<d>", "ac"),
    (r#"/\w+/ -> "w""#, "سلام é!", "w w!"),
    (r#"/\bb/ -> "x""#, "éb ab b", "éb ab x"),
    (r#"/(?-u:\b)b/ -> "x""#, "éb ab b", "éx ab x"),
    (r#"/a*/ -> "x""#, "baab", "bxb"),
    (r#"/a*?/ -> "x""#, "baab", "baab"),
    (r#"/a|ab/ -> "x""#, "ab", "xb"),
    // Leftmost, longest, earliest.
    ("\"a\" -> \"1\"\n\"ab\" -> \"2\"\n\"bcd\" -> \"3\"", "abcd aab", "2cd 12"),
    ("\"ab\" -> \"1\"\n/a[bc]/ -> \"2\"\n/ac?/ -> \"3\"", "ab ac a", "1 2 3"),
    ("/a[bc]/ -> \"2\"\n\"ab\" -> \"1\"", "ab", "2"),
    ("/x/ -> \"1\"\n/xyz?/ -> \"2\"\n\"xy\" -> \"3\"", "x xy xyz", "1 2 2"),
    // What was written is not looked at again; a rule that changes nothing protects.
    ("\"a\" -> \"b\"\n\"b\" -> \"a\"", "ab", "ba"),
    ("\"can\" -> \"could\"\n\"canal\" -> \"canal\"", "can canal", "could canal"),
    // What stood before a match is still there to be looked at.
    ("\"a\" -> \"\"\n/\\bb/ -> \"x\"", "ab b", "b x"),
    // The frame of a file.
    ("\u{FEFF}\"a\" -> \"b\"\r\n\r\n# \"b\" -> \"c\"\r\n\"b\" -> \"d\"\r\n", "ab", "bd"),
    ("", "a", "a"),
    ("\"a\" -> \"b\"\n61\t62\n", "a", "b"),
];

#[test]
fn cases() {
    for (file, text, want) in CASES {
        let rewriter = rewriter(file);
        assert_eq!(String::from_utf8_lossy(&rewritten(&rewriter, text)), *want, "{file}");
        assert!(text == want || !rewriter.is_identity_on(text.as_bytes()), "{file}");
    }
}

/// A file that is refused, where, and a word of why.
const ERRORS: &[(&[u8], usize, usize, &str)] = &[
    (b"colour -> color", 1, 1, "code point"), // 'c' may be a digit
    (b"\n\n  hello", 3, 3, "expected a \"text\""),
    (b"'a' -> 'b'", 1, 1, "expected a \"text\""),
    ("\"é\" = \"e\"".as_bytes(), 1, 5, "expected '->'"),
    (b"\"a\" -> b", 1, 8, "double quotes"),
    (b"\"a\" -> \"b", 1, 8, "closes"),
    (b"\"a\" -> \"b\" c", 1, 12, "end of the line"),
    (b"\"\" -> \"b\"", 1, 1, "empty"),
    ("\"é\\q\" -> \"\"".as_bytes(), 1, 3, "escapes"),
    (b"\"\\u200C\" -> \"\"", 1, 2, "escapes"),
    (b"\"\\u{200C\" -> \"\"", 1, 9, "'}'"),
    (b"\"\\u{D800}\" -> \"\"", 1, 2, "D800"),
    (b"\"\\u{}\" -> \"\"", 1, 2, "hex"),
    (b" \t61", 1, 1, "empty"),
    (b"61 6G\t62", 1, 4, "hex"),
    (b"61\t110000", 1, 4, "110000"),
    (b"61\t62 63x # c", 1, 7, "hex"),
    (b"fffffffff", 1, 1, "fffffffff"),
    (b"# ok\n/(/ -> \"\"", 2, 2, "unclosed group"),
    ("/é(?<a>b)(?<a>c)/ -> \"\"".as_bytes(), 1, 13, "duplicate"),
    (b"/a/g -> \"\"", 1, 4, "flag"),
    (b"/a/ig -> \"\"", 1, 5, "flag"),
    (b"/a -> \"\"", 1, 1, "closes"),
    (b"/a\\/ -> \"\"", 1, 1, "closes"),
    (b"// -> \"\"", 1, 2, "empty text"),
    (b"/^\\b/ -> \"\"", 1, 2, "empty text"),
    (b"/[a&&b]/ -> \"\"", 1, 2, "cannot match"),
    (b"/(?-u:\\xFF)/ -> \"\"", 1, 7, "UTF-8"),
    (b"/\\p{Nonsense}/ -> \"\"", 1, 2, "property"),
    (b"/(a)/ -> \"$2\"", 1, 10, "no group '2'"),
    (b"/(a)/ -> \"${b}\"", 1, 10, "no group 'b'"),
    (b"/(a)/ -> \"$b\"", 1, 10, "$1"),
    (b"/(a)/ -> \"5 $\"", 1, 10, "$1"),
    (b"/(((a{1000}){1000}){1000}){1000}/ -> \"\"", 1, 2, "too large"),
    (b"/\\w{300}/ -> \"\"\n/\\w{400}/ -> \"\"", 2, 2, "too large"),
    (b"test \"a\"", 1, 9, "'=>'"),
    (b"test a => b", 1, 6, "double quotes"),
    (b"testing", 1, 1, "expected a \"text\""),
    (b"\"a\" -> \"b\"\n\"a\" -> \"c\"", 2, 1, "r:1"),
    (b"\"a\" -> \"b\"\n  61\t63", 2, 3, "r:1"),
    (b"/a/ -> \"b\"\n/a/ -> \"c\"", 2, 1, "r:1"),
    (b"\"\xC3\xA9\xFF\" -> \"\"", 1, 3, "UTF-8"),
    (b"\xFF\xFE\"\0", 1, 1, "UTF-8"),
];

#[test]
fn errors_name_the_place() {
    for (file, line, column, why) in ERRORS {
        let shown = String::from_utf8_lossy(file);
        let Err(error) = parsed(file) else { panic!("{shown} is read") };
        assert_eq!((error.line, error.column), (*line, *column), "{shown}: {error}");
        assert!(error.what.contains(why), "{shown}: {error}");
        assert!(error.to_string().starts_with(&format!("r:{line}:{column}: ")));
    }
}

#[test]
fn several_files_are_one_pass_and_each_has_its_tests() {
    let first = ("one".to_owned(), b"\"a\" -> \"x\"\ntest \"ab\" => \"xb\"\n".to_vec());
    let second = ("two".to_owned(), b"test \"ab\" => \"y\"\n\"ab\" -> \"y\"\ntest \"a\" => \"x\"".to_vec());
    let rules = good(UserRules::parse(&[first.clone(), second]));
    let names: Vec<_> = rules.rules().iter().map(|rule| format!("{} {}", rule.name, rule.about)).collect();
    assert_eq!(names, [r#"one:1 "a" becomes "x""#, r#"two:2 "ab" becomes "y""#]);
    assert_eq!(rules.tests().len(), 3);
    let outcomes = rules.run_tests();
    assert_eq!(outcomes.iter().map(|outcome| outcome.is_passed()).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(outcomes[2].to_string(), r#"two:3: "a" became "a", not "x""#);
    assert_eq!(rewritten(&Rewriter::new(vec![Box::new(rules)]), "a ab"), b"x y");
    let clash = UserRules::parse(&[first, ("two".to_owned(), b"61\t62".to_vec())]);
    assert_eq!(
        clash.err().map(|error| error.to_string()).as_deref(),
        Some("two:1:1: one:1 gives the same source another target")
    );
}

#[test]
fn rules_can_be_switched_off_one_by_one() {
    let mut some =
        rewriter("\"a\" -> \"1\"\n\"abc\" -> \"2\"\n\"b\" -> \"3\"\n/c+/ -> \"4\"\n/cc?/ -> \"5\"");
    assert_eq!(rewritten(&some, "abcc"), b"24");
    some.skip(&["r:2"]).expect("a rule");
    assert_eq!(rewritten(&some, "abcc"), b"134");
    some.only(&["r:5", "r:3"]).expect("rules");
    assert_eq!(rewritten(&some, "abccc"), b"a355");
}

#[test]
fn what_the_rules_wait_for() {
    let of = |file: &str| good(parsed(file)).triggers();
    assert!(matches!(of("64A\t6CC\n\"«\" -> \"\""), Triggers::Characters(set)
        if set.ranges() == [(0xAB, 0xAB), (0x64A, 0x64A)]));
    assert!(matches!(of(""), Triggers::Characters(set) if set.ranges().is_empty()));
    assert!(matches!(of("\"a\" -> \"b\""), Triggers::Always));
    assert!(matches!(of("/«/ -> \"\""), Triggers::Always));
}

#[test]
fn a_run_of_records_is_not_one_text() {
    let is_identity = |file: &str, run: &str| rewriter(file).is_identity_on(run.as_bytes());
    assert!(is_identity("/^b/ -> \"\"", "ab\r\na\n"));
    assert!(!is_identity("/^b/ -> \"\"", "a\0b\0"));
    assert!(!is_identity(r#"/\Ab/ -> """#, "a\nb\n"));
    assert!(is_identity(r#"/\bb/ -> """#, "ab\0a\0"));
    assert!(!is_identity(r#"/a*/ -> """#, "b\n"));
}

#[test]
fn groups_are_traced_like_texts() {
    let rewriter = rewriter("/(b+)-(c)/ -> \"$2$1\"\n\"a\" -> \"\"");
    let (mut scratch, mut trace) = (Scratch::default(), Trace::default());
    assert_eq!(rewriter.trace(b"abb-cb", &mut scratch, &mut trace), b"cbbb");
    let changes: Vec<_> = trace.changes().iter().map(|change| (change.rule, change.source.clone())).collect();
    assert_eq!(changes, [(1, 0..1), (0, 1..5)]);
}

const TEXTS: &[&str] = &["a", "ab", "abc", "b", "bc", "cab", "é", "aé", "-", "a-", "ca", "\n", "b\na"];

const PATTERNS: &[&str] = &[
    "a+",
    "a*",
    "a*?b",
    "a|ab",
    "(?:ab|a)(?:c|bcd)?",
    "[^a]b",
    ".",
    "..",
    "b.?c",
    r"\bb",
    r"a\b",
    "^a",
    "c$",
    r"\B-",
    r"\Aab",
    r"c\z",
    "(?-m:^b|c$)",
    r"\w+",
    r"\s",
    "(?s:a.b)",
    "é?c",
    "(?i)É",
    "(?:)b??",
    "[ab]{2,3}?",
    r"\n",
];

/// Ill-formed bytes told apart.
fn shown(text: &[u8]) -> String {
    text.utf8_chunks()
        .map(|chunk| format!("{}{:x?}", chunk.valid(), chunk.invalid()).replace("[]", ""))
        .collect()
}

/// What the rules mean, said plainly: at each place each rule is asked.
fn twin(rules: &[(bool, usize)], text: &[u8]) -> Vec<u8> {
    let engines: Vec<_> =
        rules.iter().map(|&(is_text, index)| (!is_text).then(|| engine(PATTERNS[index]))).collect();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let mut best: Option<(usize, usize)> = None;
        for (rule, &(_, index)) in rules.iter().enumerate() {
            let length = match &engines[rule] {
                None => text[at..].starts_with(TEXTS[index].as_bytes()).then_some(TEXTS[index].len()),
                Some(engine) => preferred(engine, text, at),
            };
            if length.is_some_and(|length| length > best.map_or(0, |(_, longest)| longest)) {
                best = length.map(|length| (rule, length));
            }
        }
        match best {
            Some((rule, length)) => {
                out.extend(format!("<{rule}>").bytes());
                at += length;
            }
            None => {
                let length = unicode::utf8::decode(&text[at..]).1;
                out.extend(&text[at..at + length]);
                at += length;
            }
        }
    }
    out
}

fn engine(pattern: &str) -> PikeVM {
    let syntax = syntax::Config::new().multi_line(true).crlf(true);
    PikeVM::builder().syntax(syntax).build(pattern).expect("a pattern")
}

fn preferred(engine: &PikeVM, text: &[u8], at: usize) -> Option<usize> {
    let input = Input::new(text).range(at..).anchored(Anchored::Yes);
    engine.find_iter(&mut engine.create_cache(), input).next().map(|found| found.len())
}

fn any_text() -> impl Strategy<Value = Vec<u8>> {
    let pieces: [&'static [u8]; 16] = [
        b"a",
        b"b",
        b"c",
        b"ab",
        b"-",
        "é".as_bytes(),
        "É".as_bytes(),
        b"\n",
        b"\r\n",
        b"\xFF",
        b"\xC3",
        b"\xE2\x80",
        b"\x80",
        "\u{200C}".as_bytes(),
        b" ",
        b"\0",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

fn any_rules() -> impl Strategy<Value = Vec<(bool, usize)>> {
    let rule = prop_oneof![
        (0..TEXTS.len()).prop_map(|it| (true, it)),
        (0..PATTERNS.len()).prop_map(|it| (false, it))
    ];
    prop::collection::btree_set(rule, 0..8)
        .prop_map(|rules| rules.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

fn file(rules: &[(bool, usize)]) -> String {
    let line = |(number, &(is_text, index)): (usize, &(bool, usize))| match is_text {
        true => format!("{:?} -> \"<{number}>\"\n", TEXTS[index]),
        false => format!("/{}/ -> \"<{number}>\"\n", PATTERNS[index]),
    };
    rules.iter().enumerate().map(line).collect()
}

proptest! {
    #[test]
    fn matching_is_that_of_the_twin(rules in any_rules(), text in any_text()) {
        let rewriter = rewriter(file(&rules));
        let out = rewritten(&rewriter, &text);
        prop_assert_eq!(shown(&out), shown(&twin(&rules, &text)));
        prop_assert!(out == text || !rewriter.is_identity_on(&text));
    }

    #[test]
    fn a_run_says_no_more_than_its_records(rules in any_rules(), text in any_text()) {
        let rewriter = rewriter(file(&rules));
        for end in [b'\n', b'\0'] {
            if rewriter.is_identity_on(&text) {
                for record in text.split_inclusive(|&byte| byte == end) {
                    let bare = record.strip_suffix(&[end]).unwrap_or(record);
                    let bare = bare.strip_suffix(b"\r").filter(|_| end == b'\n').unwrap_or(bare);
                    prop_assert_eq!(rewritten(&rewriter, record), record);
                    prop_assert_eq!(rewritten(&rewriter, bare), bare);
                }
            }
        }
    }

    #[test]
    fn a_rule_switched_off_is_a_rule_not_there(rules in any_rules(), text in any_text(), off in any::<u8>()) {
        let mut some = rewriter(file(&rules));
        let is_off = |number: &usize| off >> number & 1 != 0;
        let names: Vec<_> = (0..rules.len()).filter(is_off).map(|number| format!("r:{}", number + 1)).collect();
        some.skip(&names).expect("rules");
        let kept: Vec<_> = (0..rules.len()).filter(|number| !is_off(number)).collect();
        let few: Vec<_> = kept.iter().map(|&number| rules[number]).collect();
        let mut want = shown(&twin(&few, &text));
        for (new, old) in kept.iter().enumerate().rev() {
            want = want.replace(&format!("<{new}>"), &format!("<{old}>"));
        }
        prop_assert_eq!(shown(&rewritten(&some, &text)), want);
    }

    #[test]
    fn any_file_is_read_or_refused(file in any::<Vec<u8>>(), lines in "([\"/#ts61 U+\t\n>=\\\\$*(){}-]|-> |\"a\"|/a/){0,40}") {
        for file in [&file[..], lines.as_bytes()] {
            match parsed(file) {
                Ok(rules) => drop(rules.run_tests().len()),
                Err(error) => {
                    let line = file.split(|&byte| byte == b'\n').nth(error.line - 1).expect("a line of the file");
                    prop_assert!(error.column >= 1 && error.column <= String::from_utf8_lossy(line).chars().count() + 1);
                }
            }
        }
    }
}
