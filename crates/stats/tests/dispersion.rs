//! Measures of dispersion are those of their formulas, worked out in fractions and with fifty digits: `scripts/statistics/dispersion`
//! recorded them, and held them against NumPy and SciPy.

use stats::dispersion::{Dispersion, Parts};

const RECORDED: &str = include_str!("../../../tests/data/statistics/dispersion.tsv");

#[test]
fn every_measure_is_the_recorded_one_to_twelve_digits() {
    let mut compared = 0;
    for line in RECORDED.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let numbers = |place: usize| -> Vec<u64> {
            cells[place].split(',').map(|cell| cell.parse().expect("a count")).collect()
        };
        let (counts, sizes) = (numbers(0), numbers(1));
        let here = counts.into_iter().zip(sizes.iter().copied()).filter(|&(count, _)| count > 0);
        let dispersion = Dispersion::of(Parts::of(sizes.iter().copied()), &here.collect::<Vec<_>>());
        for ((name, found), cell) in dispersion.named().into_iter().zip(&cells[2..]) {
            let wanted: f64 = cell.parse().expect("a number");
            assert!((found - wanted).abs() <= 1e-12, "{name} {found}, not {wanted}: {line}");
            compared += 1;
        }
    }
    assert!(compared > 400, "{compared} compared");
}
