//! Bars of block characters, in eighths of a cell.

use crate::histogram::Histogram;

const RISING: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const GROWING: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar from left to right, so many cells long if it is the largest; anything that is there at all is seen.
pub fn bar(count: u64, largest: u64, cells: usize) -> String {
    let eighths = (u128::from(count) * cells as u128 * 8 / u128::from(largest.max(1))) as usize;
    let eighths = eighths.min(cells * 8).max(usize::from(count > 0));
    "█".repeat(eighths / 8) + GROWING[eighths % 8]
}

/// A column for each number, side by side, from nought to the largest; a space for nought and for what is no number.
pub fn sparkline(numbers: &[f64]) -> String {
    let largest = numbers.iter().copied().filter(|number| number.is_finite()).fold(0.0, f64::max);
    let column = |&number: &f64| {
        if number > 0.0 && number.is_finite() {
            RISING[((number / largest * 8.0).ceil() as usize).clamp(1, 8) - 1]
        } else {
            ' '
        }
    };
    numbers.iter().map(column).collect()
}

/// A histogram in classes that double, or in ones twice as wide until they fit into so many cells.
pub fn shape(histogram: &Histogram, cells: usize) -> String {
    let mut counts: Vec<f64> =
        histogram.doubling_classes().iter().map(|&(_, _, count)| count as f64).collect();
    while counts.len() > cells.max(1) {
        counts = counts.chunks(2).map(|pair| pair.iter().sum()).collect();
    }
    sparkline(&counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_fill_their_cells() {
        assert_eq!([bar(0, 5, 4), bar(1, u64::MAX, 4), bar(5, 5, 4), bar(5, 8, 2)], ["", "▏", "████", "█▎"]);
        assert_eq!(bar(u64::MAX, 0, 3), "███");
    }

    #[test]
    fn sparklines_have_a_column_for_each() {
        assert_eq!(sparkline(&[0.0, 1.0, 4.0, 8.0, f64::NAN, -1.0]), " ▁▄█  ");
        assert_eq!(sparkline(&[]), "");
        let mut histogram = Histogram::default();
        [1, 2, 3, 4, 9].into_iter().for_each(|length| histogram.add(length, 1));
        assert_eq!([shape(&histogram, 8), shape(&histogram, 2)], ["▄█▄▄", "█▆"]);
    }
}
