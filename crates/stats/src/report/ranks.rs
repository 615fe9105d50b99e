//! The numbers of rankings and of lengths, as people read them.

use super::number::{UNDEFINED, fixed, grouped, places};
use super::{Cell, Ranking};
use crate::histogram::Histogram;
use std::cmp::Reverse;

/// People are shown so many years, or months.
const TIMES_MAX: usize = 30;

/// A row of numbers for each thing; measures of one column have the same number of places.
pub fn numbers(ranking: &Ranking) -> Vec<Vec<String>> {
    let reals = |column: usize| {
        let cells = ranking.rows.iter().filter_map(move |(_, cells)| cells.get(column));
        cells.filter_map(|cell| if let Cell::Real(number) = cell { Some(*number) } else { None })
    };
    let places: Vec<usize> =
        (0..ranking.columns.len()).map(|column| places(&reals(column).collect::<Vec<_>>())).collect();
    let text = |(cell, places): (&Cell, &usize)| match cell {
        Cell::Count(count) => grouped(*count),
        Cell::Real(number) => fixed(*number, *places),
    };
    ranking.rows.iter().map(|(_, cells)| cells.iter().zip(&places).map(text).collect()).collect()
}

/// What people call the numbers that describe lengths.
pub const LENGTHS: [&str; 6] = ["min", "median", "mean", "90 %", "99 %", "max"];

/// The numbers that describe lengths, in the order of [`LENGTHS`].
pub fn length_numbers(histogram: &Histogram) -> [String; 6] {
    let text = |length: Option<u64>| length.map_or_else(|| UNDEFINED.to_owned(), grouped);
    let mean = histogram.defined_mean().map_or_else(|| UNDEFINED.to_owned(), |mean| fixed(mean, 1));
    let [min, median, p90, p99, max] = histogram.summary().map(|(_, length)| text(length));
    [min, median, mean, p90, p99, max]
}

/// What people call a column.
pub fn column_label(column: &str) -> String {
    const LABELS: [(&str, &str); 7] = [
        ("dp", "DP"),
        ("dp_norm", "DPnorm"),
        ("juilland_d", "Juilland D"),
        ("ll2", "LL (2 terms)"),
        ("ll4", "LL"),
        ("log_ratio_low", "95 % from"),
        ("log_ratio_high", "to"),
    ];
    let known = LABELS.iter().find(|(known, _)| *known == column);
    known.map_or_else(|| column.replace('_', " "), |(_, label)| (*label).to_owned())
}

/// The rows of a ranking that people are shown: all, but for long rows of time, of which the largest are enough.
pub fn shown(ranking: &Ranking) -> Vec<usize> {
    let mut places: Vec<usize> = (0..ranking.rows.len()).collect();
    if ranking.is_of_time && places.len() > TIMES_MAX {
        let size = |place: &usize| match ranking.rows[*place].1.first() {
            Some(Cell::Count(count)) => *count,
            _ => 0,
        };
        places.sort_by_key(|place| Reverse(size(place)));
        places.truncate(TIMES_MAX);
        places.sort_unstable();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_below_each_other() {
        let row = |count, real| (Vec::new(), vec![Cell::Count(count), Cell::Real(real)]);
        let rows = vec![row(4000, 21.5), row(1, f64::NAN), row(2, 0.123_456)];
        let ranking = Ranking { columns: vec!["count", "score"], thing: "word", is_of_time: false, rows };
        assert_eq!(numbers(&ranking), [["4,000", "21.50"], ["1", "–"], ["2", "0.12"]]);
    }
}
