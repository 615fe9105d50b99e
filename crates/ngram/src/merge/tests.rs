//! Parts of a whole, merged in any way; and parts that are none.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;
use textcore::Error;
use textcore::opened::OpenedLines;
use textcore::partial::Checksum;
use textcore::source::Operand;
use textcore::tally::Spool;

use super::parts::Groups;
use super::*;
use crate::answer::Needs;
use crate::entry::{Entry, Form, Summary};
use crate::parameters::{Documents, Parameters, Shape};
use crate::partial::{PartLines, write_entry};

/// What is asked of merged parts.
#[derive(Clone, Copy)]
enum Asked {
    /// A part.
    Partial,
    /// All that is known: the summary, and of each entry its line, what it shares and its margins.
    All,
}
use Asked::{All, Partial};

/// Merges parts, of which so many are open at once.
fn merged(asked: Asked, parts: &[Vec<u8>], together: usize) -> Result<Vec<u8>, Error> {
    let directory = std::env::temp_dir();
    let mut groups = Groups::new(Spool::new(&directory), together);
    for (index, part) in (0..).zip(parts) {
        let operand =
            Operand { index, typed: 0, path: Some(format!("part-{index}").into()), mirror: "part".into() };
        let lines = OpenedLines::of(Arc::new(operand), Box::new(Cursor::new(part.clone())), 1 << 20);
        groups.push(Part::open(lines)?)?;
    }
    let Parts { parameters, documents, rows } = groups.merge()?;
    let means = Means { memory_bytes: 1 << 20, temporary_directory: directory };
    let is_all = matches!(asked, All);
    let needs = Needs { totals: is_all, margins: is_all, documents: is_all };
    let entries = Entries::new(rows, needs, &parameters, documents, &means)?;
    let mut out = Vec::new();
    let lines = if is_all {
        out.extend_from_slice(format!("{:?}\n", entries.summary).as_bytes());
        None
    } else {
        Some(PartLines::begin(&parameters, entries.summary.documents, &mut out))
    };
    let mut checksum = Checksum::default();
    entries.each(|entry| {
        let start = out.len();
        write_entry(entry, parameters.documents != Documents::Uncounted, &mut out);
        checksum.add(&out[start..]);
        if is_all {
            out.extend_from_slice(format!(" {} {:?}", entry.shared, entry.margins).as_bytes());
        }
        out.push(b'\n');
        Ok(())
    })?;
    if let Some(mut lines) = lines {
        lines.add(checksum);
        lines.end(&mut out);
    }
    Ok(out)
}

fn parameters(has_documents: bool, has_forms: bool) -> Parameters {
    Parameters {
        orders: "1-3".parse().expect("orders"),
        unit: "space".to_owned(),
        key_norm: has_forms.then(|| "lower".to_owned()),
        documents: if has_documents { Documents::Files } else { Documents::Uncounted },
        ..Parameters::default()
    }
}

type Gram = Vec<Vec<u8>>;

/// An n-gram as it stands, how often, in how many documents.
type Sighting = (Gram, u64, u64);

/// The plain way: everything in a map.
fn part(parameters: &Parameters, sightings: &[Sighting]) -> Vec<u8> {
    let mut entries: BTreeMap<Gram, (u64, u64, BTreeMap<Gram, u64>)> = BTreeMap::new();
    for (gram, count, documents) in sightings {
        let key = if parameters.key_norm.is_some() {
            gram.iter().map(|token| token.to_ascii_lowercase()).collect()
        } else {
            gram.clone()
        };
        let entry = entries.entry(key).or_default();
        entry.0 = entry.0.saturating_add(*count);
        entry.1 = entry.1.saturating_add((*documents).min(*count));
        let of_form = entry.2.entry(gram.clone()).or_default();
        *of_form = of_form.saturating_add(*count);
    }
    let has_documents = parameters.documents != Documents::Uncounted;
    let mut out = Vec::new();
    let mut lines = PartLines::begin(parameters, sightings.len() as u64, &mut out);
    let mut checksum = Checksum::default();
    for (key, (count, documents, forms)) in &entries {
        let tokens: Vec<&[u8]> = key.iter().map(Vec::as_slice).collect();
        let of_forms: Vec<Vec<&[u8]>> =
            forms.keys().map(|form| form.iter().map(Vec::as_slice).collect()).collect();
        let forms: Vec<Form<'_>> =
            of_forms.iter().zip(forms.values()).map(|(tokens, &count)| Form { tokens, count }).collect();
        let forms = if parameters.key_norm.is_some() { &forms[..] } else { &[] };
        let entry =
            Entry { tokens: &tokens, shared: 0, count: *count, documents: *documents, forms, margins: &[] };
        let start = out.len();
        write_entry(&entry, has_documents, &mut out);
        checksum.add(&out[start..]);
        out.push(b'\n');
    }
    lines.add(checksum);
    lines.end(&mut out);
    out
}

fn any_sightings() -> impl Strategy<Value = Vec<(Sighting, usize)>> {
    let token =
        prop::collection::vec(prop_oneof![b'a'..=b'b', b'A'..=b'B', 0u8..3, Just(b'\t'), Just(0xFF)], 1..3);
    let gram = prop::collection::vec(token, 1..4);
    let count = prop_oneof![1u64..5, Just(u64::MAX - 1)];
    prop::collection::vec(((gram, count, 1u64..3), 0usize..5), 0..40)
}

proptest! {
    #[test]
    fn parts_merged_in_any_grouping_are_the_whole(
        sightings in any_sightings(), together in 2usize..6, has_documents: bool, has_forms: bool, split in 0usize..6,
    ) {
        let parameters = parameters(has_documents, has_forms);
        let all: Vec<Sighting> = sightings.iter().map(|(sighting, _)| sighting.clone()).collect();
        let whole = part(&parameters, &all);
        let of = |number: usize| {
            let its = sightings.iter().filter(|(_, part)| *part == number);
            part(&parameters, &its.map(|(sighting, _)| sighting.clone()).collect::<Vec<_>>())
        };
        let parts: Vec<Vec<u8>> = (0..5).map(of).collect();
        prop_assert_eq!(&merged(Partial, &parts, together).expect("merged"), &whole);

        let (few, others) = parts.split_at(split.min(parts.len()));
        let mut grouped = others.to_vec();
        if !few.is_empty() {
            grouped.push(merged(Partial, few, together).expect("merged"));
        }
        prop_assert_eq!(&merged(Partial, &grouped, together).expect("merged"), &whole);
        let answers = [&parts, &grouped, &vec![whole]].map(|parts| merged(All, parts, together).expect("merged"));
        prop_assert_eq!(&answers[0], &answers[2]);
        prop_assert_eq!(&answers[1], &answers[2]);
    }
}

fn sample(has_documents: bool, has_forms: bool) -> Vec<u8> {
    let gram = |text: &str| text.split(' ').map(|token| token.as_bytes().to_vec()).collect();
    let sightings = [("A", 2, 1), ("a", 12, 3), ("a b", 3, 1), ("a B", 4, 1), ("b", 10, 7), ("c", 1, 1)];
    part(
        &parameters(has_documents, has_forms),
        &sightings.map(|(text, count, documents)| (gram(text), count, documents)),
    )
}

#[test]
fn sums_are_known_before_the_first_entry() {
    let answer = merged(All, &[sample(false, false)], 4).expect("merged");
    let answer = String::from_utf8(answer).expect("text");
    let wanted = "2\tA 0 []\n12\ta 0 []\n4\ta\tB 1 [7, 4]\n3\ta\tb 1 [7, 3]\n10\tb 0 []\n1\tc 0 []\n";
    let summary = Summary { totals: [0, 25, 7, 0, 0, 0, 0, 0, 0, 0], ..Summary::default() };
    assert_eq!(answer, format!("{summary:?}\n{wanted}"));
}

#[test]
fn a_part_that_is_cut_anywhere_is_refused() {
    for (has_documents, has_forms) in [(false, false), (true, false), (false, true), (true, true)] {
        let whole = sample(has_documents, has_forms);
        assert!(merged(Partial, std::slice::from_ref(&whole), 4).is_ok());
        for length in 0..whole.len() {
            let cut = whole[..length].to_vec();
            assert!(merged(Partial, &[cut], 4).is_err(), "cut to {length} bytes");
        }
    }
}

fn refused(parts: &[&[u8]]) -> String {
    let parts: Vec<Vec<u8>> = parts.iter().map(|part| part.to_vec()).collect();
    merged(Partial, &parts, 4).expect_err("refused").to_string()
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let head = "#sluice ngram partial 3 {\"orders\":\"1-3\",\"unit\":\"space\"}\n";
    for (lines, message) in [
        ("1\tb\n1\ta\n#end 2\n", "part-0: record 3 (byte 60): this n-gram does not come after"),
        ("1\ta\n1\ta\n#end 2\n", "part-0: record 3 (byte 60): this n-gram does not come after"),
        ("1\ta\tb\n1\ta\n#end 2\n", "part-0: record 3 (byte 62): this n-gram does not come after"),
        ("1\ta\nx\n#end 2\n", "part-0: record 3 (byte 60): no n-gram follows"),
        ("1\ta\n#end 2\n", "part-0: record 3 (byte 60): the partial result should hold 2 lines, but holds 1"),
        ("1\ta\n#end 1", "part-0: record 3 (byte 60): the partial result is cut short"),
        ("1\ta\n#end 01\n", "part-0: record 3 (byte 60): the partial result should hold 01 lines"),
        ("1\ta\n#end 1\n1\tb\n", "part-0: record 4 (byte 84): something follows the end"),
        ("1\tb\n#end 1\n", "part-0: record 3 (byte 60): the partial result is damaged"),
        ("1\ta\n#end 1\n\n", "part-0: record 4 (byte 84): something follows the end"),
        ("1\ta\n", "part-0: record 3 (byte 60): the partial result is cut short after 1 lines"),
    ] {
        let mut checksum = Checksum::default();
        checksum.add_head(head.trim_end().as_bytes());
        checksum.add(b"1\ta");
        let whole = format!("{}\n", checksum.end_line());
        let refused = refused(&[format!("{head}{}", lines.replace("#end 1\n", &whole)).as_bytes()]);
        assert!(refused.starts_with(message), "{lines:?}: {refused}");
    }
    for (part, message) in [
        ("", "part-0: an empty partial result"),
        ("a line\n", "part-0: record 1 (byte 0): not a partial result of ngram"),
        ("#sluice ngram partial 1 {}\n", "part-0: record 1 (byte 0): a partial result of schema 1, but"),
        ("#sluice ngram partial 3 {\n", "part-0: record 1 (byte 0): the parameters are no JSON"),
        ("#sluice ngram partial 3 {}\n", "part-0: record 1 (byte 0): the parameters {} are not those"),
    ] {
        let refused = refused(&[part.as_bytes()]);
        assert!(refused.starts_with(message), "{part:?}: {refused}");
    }
    assert_eq!(merged(Partial, &[], 4).expect_err("refused").to_string(), "there is nothing to merge");
}

#[test]
fn parts_of_other_parameters_are_refused_with_both_named() {
    let refused = refused(&[&sample(false, false), &sample(true, false)]);
    let wanted = "part-1: made with {\"orders\":\"1-3\",\"unit\":\"space\",\"documents\":\"file\"}, \
                  but part-0 with {\"orders\":\"1-3\",\"unit\":\"space\"}";
    assert_eq!(refused, wanted);
}

#[test]
fn a_window_has_one_margin_for_both_tokens_of_a_pair() {
    let parameters = Parameters { shape: Shape::Window(5), ..parameters(false, false) };
    let gram = |text: &str| text.split(' ').map(|token| token.as_bytes().to_vec()).collect();
    let whole = part(&parameters, &[(gram("a a"), 2, 1), (gram("a b"), 3, 1)]);
    let answer = merged(All, &[whole], 4).expect("merged");
    let answer = String::from_utf8(answer).expect("text");
    assert!(answer.contains("is_symmetric: true"), "{answer}");
    assert!(answer.ends_with("2\ta\ta 0 [7, 7]\n3\ta\tb 1 [7, 3]\n"), "{answer}");
}
