//! What `find` promises, by hand and against `serde_json`.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

fn found(line: &str, pointer: &str) -> Option<String> {
    let range = find(line.as_bytes(), &pointer.parse().unwrap()).unwrap()?;
    Some(line[range].to_owned())
}

fn trouble(line: &[u8]) -> Option<(Trouble, usize)> {
    find(line, &"text".parse().unwrap()).err().map(|error| (error.what, error.offset_bytes))
}

#[test]
fn a_field_by_name() {
    assert_eq!(found(r#"{"text":"a"}"#, "text").unwrap(), "a");
    assert_eq!(found("\t{ \"id\" : 1 , \"text\" : \"a\\n\" }\r\n", "text").unwrap(), r"a\n");
    assert_eq!(found(r#"{"text":""}"#, "text").unwrap(), "");
    assert_eq!(
        found(r#"{"t\u0065xt":"a"}"#, "text").unwrap(),
        "a",
        "names are compared without their escapes"
    );
    assert_eq!(found(r#"{"a/b":"c"}"#, "a/b").unwrap(), "c");
    assert_eq!(found(r#"{"":"c"}"#, "/").unwrap(), "c");
}

#[test]
fn absent() {
    for line in
        ["{}", "[]", "[\"text\"]", "\"text\"", "1", "null", r#"{"x":{"text":"a"}}"#, r#"[{"text":"a"}]"#]
    {
        assert_eq!(found(line, "text"), None, "{line}");
    }
    assert_eq!(found(r#"["a"]"#, "0"), None, "a plain name asks objects only");
    assert_eq!(found(r#"{"a":"b"}"#, "/a/0"), None, "a string is not walked into");
}

#[test]
fn a_field_by_pointer() {
    let line = r#"{"meta":[{"x":"0"},{"body":"here","a/b":{"~":"there"}}],"0":"zero"}"#;
    assert_eq!(found(line, "/meta/1/body").unwrap(), "here");
    assert_eq!(found(line, "/meta/1/a~1b/~0").unwrap(), "there");
    assert_eq!(found(line, "/0").unwrap(), "zero", "a number is a name where an object is asked");
    for absent in ["/meta/0/body", "/meta/2/body", "/meta/01/body", "/meta/-/body", "/body", "/meta/1/body/x"]
    {
        assert_eq!(found(line, absent), None, "{absent}");
    }
    assert_eq!(found(r#"[[],["a",[ ],"b"]]"#, "/1/2").unwrap(), "b");
}

#[test]
fn the_last_of_a_name_counts() {
    assert_eq!(found(r#"{"text":"a","text":"b"}"#, "text").unwrap(), "b");
    assert_eq!(found(r#"{"a":{"b":"c"},"a":{"b":"d"}}"#, "/a/b").unwrap(), "d");
    assert_eq!(found(r#"{"a":{"b":"c"},"a":{}}"#, "/a/b"), None);
    assert_eq!(found(r#"{"a":{"b":"c"},"a":1}"#, "/a/b"), None);
    assert_eq!(trouble(br#"{"text":"a","text":null}"#), Some((Trouble::NotAString, 19)));
}

#[test]
fn another_type() {
    for (value, end) in
        [("1", 9), ("null", 12), ("[]", 10), ("{\"a\":[{}]}", 18), ("-1.5e+3", 15), ("true", 12)]
    {
        let line = format!("{{\"text\":{value} }}");
        assert_eq!(trouble(line.as_bytes()), Some((Trouble::NotAString, 8)), "{line}");
        let [found] = find_all(line.as_bytes(), [&"text".parse().unwrap()]).unwrap();
        assert_eq!(found, Some(Found { range: 8..end, is_string: false }), "{line}");
    }
}

#[test]
fn malformed() {
    use Trouble::*;
    let cases: &[(&[u8], Trouble, usize)] = &[
        (b"", ExpectedValue, 0),
        (b"  ", ExpectedValue, 2),
        (b"{", ExpectedName, 1),
        (b"{,}", ExpectedName, 1),
        (b"{\"a\":1,}", ExpectedName, 7),
        (b"{a:1}", ExpectedName, 1),
        (b"{\"a\"}", ExpectedColon, 4),
        (b"{\"a\":}", ExpectedValue, 5),
        (b"{\"a\":1 \"b\":2}", ExpectedCommaOrBrace, 7),
        (b"{\"a\":1]", ExpectedCommaOrBrace, 6),
        (b"[1 2]", ExpectedCommaOrBracket, 3),
        (b"[1}", ExpectedCommaOrBracket, 2),
        (b"[1,]", ExpectedValue, 3),
        (b"[", ExpectedValue, 1),
        (b"]", ExpectedValue, 0),
        (b"-", ExpectedDigit, 1),
        (b"1.", ExpectedDigit, 2),
        (b"1e+", ExpectedDigit, 3),
        (b".5", ExpectedValue, 0),
        (b"+1", ExpectedValue, 0),
        (b"01", ExpectedEnd, 1),
        (b"{} {}", ExpectedEnd, 3),
        (b"nul", ExpectedValue, 0),
        (b"NaN", ExpectedValue, 0),
        (b"nullx", ExpectedEnd, 4),
        (b"'a'", ExpectedValue, 0),
        (b"\"a", UnfinishedString, 2),
        (b"\"a\\\"", UnfinishedString, 4),
        (b"\"a\nb\"", ControlCharacter, 2),
        (b"\"a\x00b\"", ControlCharacter, 2),
        (b"\"\\x\"", MalformedEscape, 1),
        (b"\"\\u12g4\"", MalformedEscape, 1),
        (b"\"\\", MalformedEscape, 1),
        (b"\xEF\xBB\xBF{}", ExpectedValue, 0),
        (b"{}\x0B", ExpectedEnd, 2),
        (b"{}\xC2\xA0", ExpectedEnd, 2),
    ];
    for &(line, what, offset) in cases {
        assert_eq!(trouble(line), Some((what, offset)), "{}", line.escape_ascii());
    }
}

#[test]
fn messages_name_the_place() {
    let error = find(b"{\"a\":true ]", &"a".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "expected ',' or '}' at byte 10");
    let deep = JsonError { offset_bytes: 0, what: Trouble::TooDeep }.to_string();
    assert!(deep.contains(&DEPTH_MAX.to_string()), "the message names the limit");
}

#[test]
fn depth_has_a_limit() {
    let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    assert_eq!(trouble(&nested(DEPTH_MAX)), None);
    assert_eq!(trouble(&nested(DEPTH_MAX + 1)), Some((Trouble::TooDeep, DEPTH_MAX)));
    assert_eq!(trouble(&b"{\"a\":".repeat(1_000_000)), Some((Trouble::TooDeep, 5 * DEPTH_MAX)));
}

#[test]
fn ill_formed_utf_8_in_strings_is_left_to_others() {
    let line = b"{\"\xFF\":\"\xC3\",\"text\":\"a\xED\xA0\x80b\"}";
    let range = find(line, &"text".parse().unwrap()).unwrap().unwrap();
    assert_eq!(&line[range], b"a\xED\xA0\x80b");
}

/// JSON values whose names are few, so that pointers often hit.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a\"\\\\\u{1}-\u{20}é😀]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((names(), inner), 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(vec!["text", "0", "1", "a/b", "~", "", "a\"b", "é", "-", "01"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn steps() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(names(), 1..4)
}

fn typed(steps: &[String]) -> String {
    steps.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect()
}

fn unescaped(line: &[u8], range: Range<usize>) -> String {
    let mut text = Vec::new();
    unescape_into(&line[range], &mut text);
    String::from_utf8(text).unwrap()
}

fn agrees(line: &[u8], pointer: &Pointer, expected: Option<&Value>) {
    let [found] = find_all(line, [pointer]).unwrap();
    match (found, expected) {
        (None, None) => {}
        (Some(Found { range, is_string: true }), Some(Value::String(text))) => {
            assert_eq!(&unescaped(line, range), text);
        }
        (Some(Found { range, is_string: false }), Some(value)) => {
            assert_eq!(&serde_json::from_slice::<Value>(&line[range]).unwrap(), value);
        }
        (found, expected) => panic!("{found:?} is not {expected:?}"),
    }
}

/// As strict as `serde_json`, which refuses three things that RFC 8259 allows: numbers that no f64 holds, escapes of
/// lone surrogates, and more than 127 brackets in one another.
fn accepts_as_serde_does(line: &[u8]) {
    let ours = find_all(line, [&"text".parse().unwrap()]).map(|_| ());
    let theirs = serde_json::from_slice::<Value>(line).map(|_| ());
    if let (Ok(()), Err(error)) = (&ours, &theirs) {
        let message = error.to_string();
        let allowed = ["number out of range", "surrogate", "unexpected end of hex escape", "recursion limit"];
        assert!(allowed.iter().any(|text| message.contains(text)), "{message}: {}", line.escape_ascii());
    } else {
        assert_eq!(ours.is_ok(), theirs.is_ok(), "{ours:?} {theirs:?}: {}", line.escape_ascii());
    }
}

/// Bytes that JSON is made of, so that a random line goes wrong late.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let tokens = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"text\":",
        "\"a\"",
        "\"\\u0041\"",
        "\\",
        "\\\"",
        "\\u",
        "\\ud83d",
        "0",
        "1",
        "-",
        ".",
        "e",
        "+",
        "true",
        "null",
        "false",
        "nul",
        " ",
        "\t",
        "\r",
        "\n",
        "é",
        "\u{1}",
        "\"\\ude00\"",
    ];
    proptest::collection::vec(proptest::sample::select(tokens.to_vec()), 0..12)
        .prop_map(|tokens| tokens.concat().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn pointers_lead_where_serde_leads(value in values(), path in steps(), pretty: bool) {
        let line = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) }.unwrap();
        // Read back, for serde_json does not print every f64 so that it reads the same.
        let value: Value = serde_json::from_slice(&line).unwrap();
        let pointer = typed(&path);
        agrees(&line, &pointer.parse().unwrap(), value.pointer(&pointer));
        if !path[0].is_empty() && !path[0].starts_with('/') {
            agrees(&line, &path[0].parse().unwrap(), value.as_object().and_then(|object| object.get(&path[0])));
        }
    }

    #[test]
    fn several_are_found_as_one_by_one(value in values(), first in steps(), second in steps()) {
        let line = serde_json::to_vec(&value).unwrap();
        let (first, second): (Pointer, Pointer) = (typed(&first).parse().unwrap(), typed(&second).parse().unwrap());
        let [one] = find_all(&line, [&first]).unwrap();
        let [two] = find_all(&line, [&second]).unwrap();
        prop_assert_eq!(find_all(&line, [&first, &second]).unwrap(), [one, two]);
    }

    #[test]
    fn duplicates_are_as_for_serde(fields in proptest::collection::vec((names(), values()), 0..6), path in steps()) {
        let quoted = |(name, value): &(String, Value)| format!("{}:{value}", Value::from(name.as_str()));
        let line = format!("{{{}}}", fields.iter().map(quoted).collect::<Vec<_>>().join(","));
        let value: Value = serde_json::from_str(&line).unwrap();
        let pointer = typed(&path);
        agrees(line.as_bytes(), &pointer.parse().unwrap(), value.pointer(&pointer));
    }

    #[test]
    fn nearly_json_is_judged_as_serde_does(line in nearly_json()) {
        accepts_as_serde_does(&line);
    }

    #[test]
    fn damaged_json_is_judged_as_serde_does(value in values(), place: prop::sample::Index, byte in 0u8..0x80, cut: bool) {
        let mut line = serde_json::to_vec(&value).unwrap();
        let place = place.index(line.len());
        if cut { line.truncate(place) } else { line[place] = byte }
        if std::str::from_utf8(&line).is_ok() {
            accepts_as_serde_does(&line);
        }
    }

    #[test]
    fn no_bytes_panic(line in proptest::collection::vec(any::<u8>(), 0..60), path in steps()) {
        let _ = find(&line, &typed(&path).parse().unwrap());
        let _ = trouble(&[b"{\"text\":\"", &line[..]].concat());
    }
}
