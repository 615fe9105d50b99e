//! Answers are those of a list that is pruned, sorted and cut, however entries come in sheaves.

use std::collections::BTreeMap;

use clap::Parser;
use proptest::prelude::*;
use textcore::{Error, Output};

use super::*;
use crate::entry::{Entry, Form as Shown, ORDER_MAX};
use crate::score::Score;

#[derive(Parser)]
#[command(args_override_self = true)]
struct Typed {
    #[command(flatten)]
    flags: AnswerFlags,
}

/// The plan of flags, with so much memory.
fn plan(flags: &str, memory_bytes: usize) -> Result<Answering, Error> {
    let typed = Typed::try_parse_from(std::iter::once("ngram").chain(flags.split_whitespace()));
    let typed = typed.map_err(|error| Error::Usage(error.to_string()))?;
    let room = Room { memory_bytes, temporary_directory: std::env::temp_dir(), cleanup: Arc::default() };
    Answering::with(&typed.flags, room)
}

/// What was counted of an n-gram of one-byte tokens.
#[derive(Debug, Clone)]
struct Counted {
    tokens: Vec<u8>,
    count: u64,
    documents: u64,
    margins: Vec<u64>,
}

impl Counted {
    fn with_entry<T>(&self, before: &[u8], take: impl FnOnce(&Entry<'_>) -> T) -> T {
        let tokens: Vec<&[u8]> = self.tokens.chunks(1).collect();
        let shared = self.tokens.iter().zip(before).take_while(|(one, other)| one == other).count();
        let Counted { count, documents, ref margins, .. } = *self;
        take(&Entry { tokens: &tokens, shared, count, documents, forms: &[], margins })
    }

    fn gram(&self) -> String {
        self.tokens.iter().map(|&token| char::from(token).to_string()).collect::<Vec<_>>().join(" ")
    }
}

fn parameters() -> Parameters {
    Parameters {
        orders: "1-3".parse().expect("orders"),
        unit: "space".to_owned(),
        documents: Documents::Records,
        ..Parameters::default()
    }
}

fn summary(corpus: &[Counted]) -> Summary {
    let mut summary = Summary { documents: 9, ..Summary::default() };
    corpus.iter().for_each(|counted| summary.totals[counted.tokens.len()] += counted.count);
    summary
}

/// The answer, where sheaves end after so many entries, one after the other in turn.
fn answer(plan: &Answering, corpus: &[Counted], sheaves: &[usize]) -> Result<String, Error> {
    let mut harvest = plan.begin(&parameters(), &summary(corpus))?;
    let mut out = Vec::new();
    let mut sizes = sheaves.iter().cycle();
    let mut rest = corpus;
    while !rest.is_empty() {
        // Three are filled before the first is bound, as threads would.
        let mut together = Vec::new();
        for _ in 0..3 {
            let (now, later) = rest.split_at(rest.len().min(*sizes.next().expect("a size")));
            let mut sheaf = harvest.sheaf();
            let mut before: &[u8] = b"";
            for counted in now {
                counted.with_entry(before, |entry| sheaf.push(entry))?;
                before = &counted.tokens;
            }
            together.push(sheaf);
            rest = later;
        }
        together.into_iter().try_for_each(|sheaf| harvest.bind(sheaf, &mut out))?;
    }
    harvest.finish(&mut out)?;
    Ok(String::from_utf8(out).expect("text"))
}

/// The same from a list in memory: pruned, ranked, cut and sorted; a line for each.
fn wanted(flags: &str, corpus: &[Counted]) -> String {
    let value = |name: &str| flags.split_once(name).and_then(|(_, rest)| rest.split_whitespace().next());
    let number = |name| value(name).map(|text| text.parse::<u64>().expect("a number"));
    let sums = summary(corpus);
    let score = |counted: &Counted| {
        counted.with_entry(b"", |entry| match entry.order() {
            1 => f64::NEG_INFINITY,
            _ => Score::Dice.of(&crate::score::Table::of(entry, &sums)),
        })
    };
    let rank = |counted: &Counted| match value("--sort") {
        Some("docs") => counted.documents as f64,
        Some("dice") => score(counted),
        _ => counted.count as f64,
    };
    let mut kept: Vec<&Counted> = corpus
        .iter()
        .filter(|counted| counted.count >= number("--min-count").unwrap_or(1))
        .filter(|counted| counted.documents >= number("--min-docs").unwrap_or(0))
        .collect();
    kept.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
    if let Some(top) = number("--top") {
        let mut of_order = BTreeMap::<usize, u64>::new();
        kept.retain(|counted| {
            let taken = of_order.entry(counted.tokens.len()).or_default();
            *taken += 1;
            *taken <= top
        });
    }
    if matches!(value("--sort"), None | Some("key")) {
        kept.sort_by(|one, other| one.tokens.cmp(&other.tokens));
    }
    let mut so_far = [0; ORDER_MAX + 1];
    let lines = kept.into_iter().map(|counted| {
        let order = counted.tokens.len();
        so_far[order] += counted.count;
        let share = so_far[order] as f64 / sums.totals[order] as f64;
        let share = if flags.contains("--cumulative") { format!("\t{share}") } else { String::new() };
        format!("{}\t{}{share}\n", counted.gram(), counted.count)
    });
    lines.collect()
}

fn corpus() -> impl Strategy<Value = Vec<Counted>> {
    let tokens = prop::collection::vec(b'a'..b'e', 1..4);
    let counted = (1u64..6, 1u64..4, prop::collection::vec(6u64..12, 3));
    prop::collection::btree_map(tokens, counted, 0..60).prop_map(|entries| {
        let counted = |(tokens, (count, documents, mut margins)): (Vec<u8>, (u64, u64, Vec<u64>))| {
            margins.truncate(tokens.len());
            Counted { tokens, count, documents, margins }
        };
        entries.into_iter().map(counted).collect()
    })
}

fn flags() -> impl Strategy<Value = String> {
    let part = |parts: &'static [&'static str]| prop::sample::select(parts);
    (
        part(&["", "--sort key", "--sort count", "--sort docs", "--sort dice"]),
        part(&["", "--top 0", "--top 1", "--top 4"]),
        part(&["", "--min-count 2", "--min-docs 2"]),
        part(&["", "--cumulative"]),
    )
        .prop_map(|(sort, top, min, share)| [sort, top, min, share].join(" "))
}

proptest! {
    #[test]
    fn an_answer_is_a_list_that_is_pruned_ranked_and_cut(
        corpus in corpus(), flags in flags(), sheaves in prop::collection::vec(0usize..9, 1..4),
        memory_bytes in prop::sample::select(vec![0usize, 1 << 20]),
    ) {
        prop_assume!(sheaves.iter().any(|&size| size > 0));
        let plan = plan(&flags, memory_bytes).expect("a plan");
        prop_assert_eq!(answer(&plan, &corpus, &sheaves).expect("an answer"), wanted(&flags, &corpus));
    }

    #[test]
    fn where_sheaves_end_does_not_show(
        corpus in corpus(), flags in flags(), sheaves in prop::collection::vec(0usize..9, 1..4),
        more in prop::sample::select(vec![
            "--format jsonl --scores all", "--docs --per-million --scores dice,pmi --header", "--format srilm",
        ]),
    ) {
        prop_assume!(sheaves.iter().any(|&size| size > 0));
        prop_assume!(!(more.contains("srilm") && flags.contains("--cumulative")));
        let plan = plan(&format!("{flags} {more}"), 1 << 20).expect("a plan");
        let whole = answer(&plan, &corpus, &[usize::MAX]).expect("an answer");
        prop_assert_eq!(answer(&plan, &corpus, &sheaves).expect("an answer"), whole);
    }
}

fn few() -> Vec<Counted> {
    [("a", 5, 2), ("ab", 3, 1), ("abc", 3, 1), ("b", 7, 3), ("bc", 4, 2)]
        .map(|(tokens, count, documents)| Counted {
            tokens: tokens.into(),
            count,
            documents,
            margins: vec![8; tokens.len()],
        })
        .to_vec()
}

#[test]
fn a_partial_result_holds_everything() {
    let plan = plan("--partial", 0).expect("a plan");
    assert_eq!(plan.needs(), Needs::default());
    let with_documents = self::plan("--partial --docs", 0).expect("a plan");
    assert_eq!(with_documents.needs(), Needs { documents: true, ..Needs::default() });
    let part = answer(&plan, &few(), &[2]).expect("a part");
    let lines: Vec<_> = part.lines().collect();
    let wanted = ["#documents\t9", "5\t2\ta", "3\t1\ta\tb", "3\t1\ta\tb\tc", "7\t3\tb", "4\t2\tb\tc"];
    assert_eq!(lines[1..lines.len() - 1], wanted);
    assert!(lines[lines.len() - 1].starts_with("#end 6 "), "{part}");
    assert!(lines[0].starts_with("#sluice ngram partial 3 {"));
    let empty = answer(&plan, &[], &[1]).expect("a part");
    assert!(empty.lines().last().is_some_and(|line| line.starts_with("#end 1 ")), "{empty}");
}

#[test]
fn a_header_stands_first_though_nothing_follows() {
    let plan = plan("--header --sort count --docs", 0).expect("a plan");
    assert_eq!(answer(&plan, &[], &[1]).expect("an answer"), "ngram\tcount\tdocs\n");
    let answer = answer(&plan, &few(), &[2]).expect("an answer");
    assert_eq!(answer, "ngram\tcount\tdocs\nb\t7\t3\na\t5\t2\nb c\t4\t2\na b\t3\t1\na b c\t3\t1\n");
}

#[test]
fn keys_are_shown_in_their_commonest_form() {
    let plan = plan("", 0).expect("a plan");
    let summary = Summary::default();
    let mut harvest = plan.begin(&parameters(), &summary).expect("begun");
    let mut sheaf = harvest.sheaf();
    let upper: &[&[u8]] = &[b"A", b"b"];
    let lower: &[&[u8]] = &[b"a", b"b"];
    let forms = [Shown { tokens: upper, count: 2 }, Shown { tokens: lower, count: 1 }];
    let entry = Entry { tokens: lower, shared: 0, count: 3, documents: 0, forms: &forms, margins: &[] };
    sheaf.push(&entry).expect("pushed");
    // It begins as the key before does, but not as what was shown of it.
    let other = Entry { tokens: &[b"a", b"c"], shared: 1, count: 1, forms: &[], ..entry };
    sheaf.push(&other).expect("pushed");
    let mut out = Vec::new();
    harvest.bind(sheaf, &mut out).expect("bound");
    assert_eq!(out, b"A b\t3\na c\t1\n");
}

#[test]
fn a_folder_of_counts_is_the_same_however_entries_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut seen = Vec::new();
    for sheaves in [1, 100] {
        let out = folder.path().join(sheaves.to_string());
        let plan = plan(&format!("--min-count 4 --web1t {}", out.display()), 1 << 20).expect("a plan");
        assert_eq!(plan.needs(), Needs { totals: true, ..Needs::default() });
        assert_eq!(answer(&plan, &few(), &[sheaves]).expect("an answer"), "");
        let read = |name| std::fs::read(out.join(name)).expect("there");
        assert_eq!(read("1gms/total"), b"12\n");
        assert_eq!(read("2gms/2gm.idx"), b"2gm-0000.gz\tb c\n");
        seen.push(["1gms/vocab.gz", "1gms/vocab_cs.gz", "2gms/2gm-0000.gz", "3gms/3gm-0000.gz"].map(read));
    }
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn a_token_that_cannot_be_written_is_named() {
    let spaced = [Counted { tokens: b"a ".to_vec(), count: 1, documents: 1, margins: vec![1, 1] }];
    let plan = plan("--format srilm", 0).expect("a plan");
    let problem = answer(&plan, &spaced, &[1]).expect_err("a space").to_string();
    assert!(problem.starts_with("the token \" \" is empty or holds white space"), "{problem}");
}

#[test]
fn what_an_answer_needs_must_be_there() {
    let bare = Parameters { documents: Documents::Uncounted, ..parameters() };
    let single = Parameters { orders: "1".parse().expect("an order"), ..parameters() };
    for (flags, parameters) in [
        ("--docs", &bare),
        ("--min-docs 1", &bare),
        ("--sort docs", &bare),
        ("--scores pmi", &single),
        ("--sort dice", &single),
        ("--min-count 1,2,3,4", &bare),
    ] {
        let begun = plan(flags, 0).expect("a plan").begin(parameters, &Summary::default());
        assert!(matches!(begun, Err(Error::Usage(_))), "{flags}");
    }
    let all = Needs { totals: true, margins: true, documents: true };
    assert_eq!(plan("--scores pmi --docs", 0).expect("a plan").needs(), all);
    assert_eq!(plan("--sort count --top 3", 8).expect("a plan").needs(), Needs::default());
    assert_eq!(plan("--sort count", 8).expect("a plan").memory_bytes(), 2);
}

#[test]
fn flags_that_mean_nothing_together_are_refused() {
    for flags in [
        "--header --format jsonl",
        "--format srilm --docs",
        "--partial --top 1",
        "--partial --min-count 2",
        "--web1t x --sort count",
        "--web1t x --format jsonl",
        "--stop-words-at ends",
        "--stop-words /nowhere/at/all",
        "--sort size",
        "--scores pmi,x",
    ] {
        assert!(matches!(plan(flags, 0), Err(Error::Usage(_))), "{flags}");
    }
}

#[test]
fn an_output_that_is_full_is_an_error() {
    struct Full;
    impl Output for Full {
        fn put(&mut self, _: &[u8]) -> Result<(), Error> {
            Err(Error::Closed)
        }
    }
    for flags in ["", "--sort count", "--top 2", "--partial", "--cumulative"] {
        let plan = plan(flags, 0).expect("a plan");
        let mut harvest = plan.begin(&parameters(), &summary(&few())).expect("begun");
        let mut sheaf = harvest.sheaf();
        few()[0].with_entry(b"", |entry| sheaf.push(entry)).expect("pushed");
        let outcome = harvest.bind(sheaf, &mut Full).and_then(|()| harvest.finish(&mut Full).map(drop));
        assert!(matches!(outcome, Err(Error::Closed)), "{flags}");
    }
}

#[test]
fn the_best_come_in_order_of_rank_then_of_key() {
    let plan = plan("--top 1 --sort count", 0).expect("a plan");
    assert_eq!(answer(&plan, &few(), &[1]).expect("an answer"), "b\t7\nb c\t4\na b c\t3\n");
}
