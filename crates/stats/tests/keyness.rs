//! Measures of keyness are those of their formulas, worked out with fifty digits: `scripts/statistics/keyness` recorded them, and
//! held them against SciPy.

use stats::keyness::{Keyness, ZeroHandling, p_value};

const RECORDED: &str = include_str!("../../../tests/data/statistics/keyness.tsv");

/// How far a measure may be from the recorded one, by that or by 1, whichever is more.
const CLOSE: f64 = 1e-12;

fn is_close(found: f64, wanted: f64) -> bool {
    found == wanted || (found - wanted).abs() <= CLOSE * wanted.abs().max(1.0)
}

#[test]
fn every_measure_is_the_recorded_one_to_twelve_digits() {
    let mut lines = RECORDED.lines();
    let names: Vec<&str> = lines.next().expect("a header").split('\t').skip(5).collect();
    let mut compared = 0;
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let count = |place: usize| cells[place].parse::<u64>().expect("a count");
        let zero: ZeroHandling = cells[4].parse().expect("a way to handle nought");
        let keyness = Keyness::of(count(0), count(1), count(2), count(3), zero);
        let wanted: Vec<f64> = cells[5..].iter().map(|cell| cell.parse().expect("a number")).collect();
        for (((name, found), &wanted), expected) in keyness.named().into_iter().zip(&wanted).zip(&names) {
            assert_eq!(name, *expected);
            assert!(is_close(found, wanted), "{name} {found}, not {wanted}: {line}");
            compared += 1;
        }
        // Of the recorded statistic, for a small probability doubles what is wrong with it; and relative, however small it is.
        let (likelihood, wanted) = (wanted[1], wanted[7]);
        if likelihood < 1400.0 {
            let found = p_value(likelihood);
            assert!((found - wanted).abs() <= CLOSE * wanted, "p {found}, not {wanted}: {line}");
        }
    }
    assert!(compared > 3_000, "{compared} compared");
}
