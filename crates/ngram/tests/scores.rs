//! Scores are those of their formulas, worked out with fifty digits: `scripts/ngramming/tables` recorded them.

use ngram::score::{Score, Table};

const RECORDED: &str = include_str!("../../../tests/data/scores/tables.tsv");

/// How far a score may be from the recorded one, by that or by 1, whichever is more.
const CLOSE: f64 = 1e-12;

/// What is recorded of a table: its counts, and the scores by name.
fn recorded() -> impl Iterator<Item = (Table, Vec<(Score, f64)>, &'static str)> {
    let mut lines = RECORDED.lines();
    let names: Vec<Score> = lines
        .next()
        .expect("a header")
        .split('\t')
        .skip(3)
        .map(|name| name.parse().expect("a score"))
        .collect();
    assert_eq!(names, Score::ALL);
    lines.map(move |line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let count = |cell: &str| cell.parse::<u64>().expect("a count");
        let frequencies: Vec<u64> = cells[1].split(',').map(count).collect();
        let table = Table::new(count(cells[0]), &frequencies, count(cells[2]));
        let values = cells[3..].iter().map(|cell| cell.parse().expect("a number"));
        (table, names.iter().copied().zip(values).collect(), line)
    })
}

#[test]
fn every_score_is_the_recorded_one_to_twelve_digits() {
    let mut compared = 0;
    for (table, scores, line) in recorded() {
        for (score, wanted) in scores {
            let found = score.of(&table);
            let is_close = (found - wanted).abs() <= CLOSE * wanted.abs().max(1.0);
            assert!(is_close || wanted.is_nan() && found.is_nan(), "{score} {found}, not {wanted}: {line}");
            compared += 1;
        }
    }
    assert!(compared > 5_000, "{compared} compared");
}
