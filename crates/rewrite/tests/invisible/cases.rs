//! Case files: input, output, the rules that changed it, and the reason.

use std::collections::BTreeSet;

use rewrite::{Rewriter, Scratch, Step, Trace};

/// Runs every case of a file through one step, and says which cases it gets wrong.
pub fn check<S: Step + Clone + 'static>(file: &str, step: &S) {
    let rewriter = Rewriter::new(vec![Box::new(step.clone())]);
    let rules: Vec<String> = rewriter.rules().map(|rule| rule.name.to_string()).collect();
    let (mut scratch, mut trace) = (Scratch::default(), Trace::default());
    let (mut seen, mut wrong) = (BTreeSet::new(), String::new());
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [input, output, names, reason] = fields[..] else { panic!("four fields: {line}") };
        let got = rewriter.trace(unescaped(input).as_bytes(), &mut scratch, &mut trace).to_vec();
        let named: BTreeSet<&str> =
            trace.changes().iter().map(|change| rules[change.rule].as_str()).collect();
        seen.extend(named.iter().map(|&name| name.to_owned()));
        if got != unescaped(output).as_bytes() || named != names.split_whitespace().collect() {
            let got = String::from_utf8_lossy(&got).escape_debug().to_string();
            wrong += &format!("{reason}: {input}\n  became {got}\n  by {named:?}, not {names}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let unseen: Vec<&String> = rules.iter().filter(|rule| !seen.contains(*rule)).collect();
    assert!(unseen.is_empty(), "no case for {unseen:?}");
}

/// `\u{…}`, `\r` and `\n` stand for characters.
pub fn unescaped(field: &str) -> String {
    let mut text = String::new();
    let mut rest = field;
    while let Some(at) = rest.find('\\') {
        text += &rest[..at];
        rest = &rest[at + 1..];
        if let Some(hex) = rest.strip_prefix("u{") {
            let (code, after) = hex.split_once('}').expect("a closing brace");
            let code = u32::from_str_radix(code, 16).expect("a code point");
            text.push(char::from_u32(code).expect("a character"));
            rest = after;
        } else {
            text.push(if rest.starts_with('r') { '\r' } else { '\n' });
            rest = &rest[1..];
        }
    }
    text + rest
}
