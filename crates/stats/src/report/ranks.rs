//! The numbers of a ranking, as people read them.

use super::number::{fixed, grouped, places};
use super::{Cell, Ranking};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_below_each_other() {
        let row = |count, real| (Vec::new(), vec![Cell::Count(count), Cell::Real(real)]);
        let rows = vec![row(4000, 21.5), row(1, f64::NAN), row(2, 0.123_456)];
        let ranking = Ranking { columns: vec!["count", "score"], thing: "word", rows };
        assert_eq!(numbers(&ranking), [["4,000", "21.50"], ["1", "–"], ["2", "0.12"]]);
    }
}
