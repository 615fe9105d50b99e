//! Laws that are fitted to a vocabulary: Heaps' of its growth, Zipf's and Mandelbrot's of its frequencies.

use super::sum::sum;
use super::{Interpolation, Ranks, Spectrum};

/// Heaps' law, V = K N^β, fitted to the expected growth curve.
///
/// The line ln V = ln K + β ln N is that of least squares through the [`Interpolation::curve`] of 100 points, at every
/// hundredth of the text. R² is that of the logarithms. Not a number where there are fewer than two tokens.
///
/// Source of the law: Herdan 1960, Heaps 1978.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heaps {
    /// K.
    pub constant: f64,
    /// β.
    pub exponent: f64,
    /// R², the share of the variance of ln V that the line accounts for.
    pub r_squared: f64,
}

impl Heaps {
    /// At how many places of the growth curve the law is fitted.
    pub const POINTS: u64 = 100;

    /// Fits the law to a spectrum.
    ///
    /// ```
    /// use stats::vocabulary::{Heaps, Spectrum};
    ///
    /// let mut spectrum = Spectrum::new();
    /// spectrum.add(1, 1000); // every token is a new type
    /// let heaps = Heaps::fit(&spectrum);
    /// assert!((heaps.exponent - 1.0).abs() < 1e-9 && (heaps.constant - 1.0).abs() < 1e-9);
    /// ```
    pub fn fit(spectrum: &Spectrum) -> Heaps {
        let curve = Interpolation::of(spectrum).curve(Heaps::POINTS);
        let points: Vec<_> =
            curve.iter().map(|point| ((point.tokens as f64).ln(), point.types.ln())).collect();
        let line = Line::through(&points);
        Heaps { constant: line.intercept.exp(), exponent: line.slope, r_squared: line.r_squared() }
    }

    /// V, as the law has it of so many tokens.
    pub fn at(&self, tokens: f64) -> f64 {
        self.constant * tokens.powf(self.exponent)
    }
}

/// Zipf's law, f = C / r^a, and Mandelbrot's, f = C / (r + b)^a, fitted to the rank-frequency curve.
///
/// The points are those of [`Ranks::sampled`], which stand about evenly on a logarithmic axis: thus no law is one of hapaxes
/// alone. For a given b the line ln f = ln C - a ln(r + b) is that of least squares. The b of least squares is looked for
/// between 0 and 2^20 - 1: among b = 2^(k/4) - 1 for k from 0 to 80 the best (the least of equals), and between its
/// neighbours that at which the derivative of the sum of squares is nought, by halving. Where the least is at
/// b = 0 the law is Zipf's. R² is that of the logarithms.
///
/// All numbers are within 1e-9 of those of that rule in fifty digits, and within 1e-6 of those of a general optimizer, for the
/// sum of squares is flat around its least. Not a number where there are fewer than two ranks, and R² where all frequencies
/// are equal; Mandelbrot's law is not fitted to fewer than four points.
///
/// Source of the laws: Zipf 1949, Mandelbrot 1953. The fit is one of description; zipfR's models estimate parameters
/// of a population instead, so its numbers are others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zipf {
    /// C.
    pub constant: f64,
    /// a.
    pub exponent: f64,
    /// b, in ranks; 0 in Zipf's own law.
    pub shift: f64,
    /// R², the share of the variance of ln f that the law accounts for.
    pub r_squared: f64,
}

impl Zipf {
    /// Fits Zipf's law to a spectrum.
    ///
    /// ```
    /// use stats::vocabulary::{Spectrum, Zipf};
    ///
    /// let spectrum: Spectrum = [1200, 600, 400, 300, 240, 200].into_iter().collect(); // 1200 / r
    /// let zipf = Zipf::fit(&spectrum);
    /// assert!((zipf.exponent - 1.0).abs() < 1e-12 && (zipf.constant - 1200.0).abs() < 1e-9);
    /// ```
    pub fn fit(spectrum: &Spectrum) -> Zipf {
        Zipf::with_shift(&Ranks::sampled(spectrum), 0.0)
    }

    /// Fits Mandelbrot's law to a spectrum.
    pub fn fit_mandelbrot(spectrum: &Spectrum) -> Zipf {
        let points = Ranks::sampled(spectrum);
        if points.len() < 4 {
            return Zipf { constant: f64::NAN, exponent: f64::NAN, shift: f64::NAN, r_squared: f64::NAN };
        }
        Zipf::with_shift(&points, best_shift(&points))
    }

    /// f, as the law has it of a rank.
    pub fn at(&self, rank: f64) -> f64 {
        self.constant / (rank + self.shift).powf(self.exponent)
    }

    fn with_shift(points: &[(u64, u64)], shift: f64) -> Zipf {
        let line = Line::through(&logarithms(points, shift));
        Zipf { constant: line.intercept.exp(), exponent: -line.slope, shift, r_squared: line.r_squared() }
    }
}

fn logarithms(points: &[(u64, u64)], shift: f64) -> Vec<(f64, f64)> {
    points.iter().map(|&(rank, frequency)| ((rank as f64 + shift).ln(), (frequency as f64).ln())).collect()
}

/// The b of the least sum of squares.
fn best_shift(points: &[(u64, u64)]) -> f64 {
    let at = |k: i32| 2f64.powf(f64::from(k) / 4.0) - 1.0;
    let residue = |k: i32| Line::through(&logarithms(points, at(k))).residue;
    let (mut best, mut least) = (0, residue(0));
    for k in 1..=80 {
        let found = residue(k);
        if found < least {
            (best, least) = (k, found);
        }
    }
    let (mut low, mut high) = (at((best - 1).max(0)), at((best + 1).min(80)));
    if descent(points, low) <= 0.0 || descent(points, high) >= 0.0 {
        return at(best);
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if descent(points, middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Positive where a greater b makes the sum of squares less. The line is the best one for its b, so that its own change does
/// not enter the derivative.
fn descent(points: &[(u64, u64)], shift: f64) -> f64 {
    let logarithms = logarithms(points, shift);
    let line = Line::through(&logarithms);
    let weighed = points
        .iter()
        .zip(&logarithms)
        .map(|(&(rank, _), &(x, y))| (y - line.intercept - line.slope * x) / (rank as f64 + shift));
    line.slope * sum(weighed)
}

/// The line of least squares.
struct Line {
    intercept: f64,
    slope: f64,
    /// What is left of the sum of squares.
    residue: f64,
    /// The sum of squares around the mean.
    scatter: f64,
}

impl Line {
    fn through(points: &[(f64, f64)]) -> Line {
        let mean = |of: fn(&(f64, f64)) -> f64| sum(points.iter().map(of)) / points.len() as f64;
        let (x_mean, y_mean) = (mean(|point| point.0), mean(|point| point.1));
        let moment = |of: fn(f64, f64) -> f64| sum(points.iter().map(|&(x, y)| of(x - x_mean, y - y_mean)));
        let slope = moment(|x, y| x * y) / moment(|x, _| x * x);
        let residue = sum(points.iter().map(|&(x, y)| (y - y_mean - slope * (x - x_mean)).powi(2)));
        let is_flat = points.windows(2).all(|pair| pair[0].1 == pair[1].1);
        let scatter = if is_flat { f64::NAN } else { moment(|_, y| y * y) };
        Line { intercept: y_mean - slope * x_mean, slope, residue, scatter }
    }

    fn r_squared(&self) -> f64 {
        1.0 - self.residue / self.scatter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_little_no_law_is_known() {
        for counts in [vec![], vec![1], vec![5]] {
            let spectrum: Spectrum = counts.into_iter().collect();
            assert!(Zipf::fit(&spectrum).exponent.is_nan());
            assert!(Zipf::fit_mandelbrot(&spectrum).exponent.is_nan());
        }
        assert!(Heaps::fit(&Spectrum::new()).exponent.is_nan());
        assert!(Heaps::fit(&[1].into_iter().collect()).exponent.is_nan());
    }

    #[test]
    fn where_all_is_equally_frequent_nothing_varies() {
        let zipf = Zipf::fit(&[3; 50].into_iter().collect());
        assert!(
            zipf.exponent.abs() < 1e-12 && (zipf.constant - 3.0).abs() < 1e-12 && zipf.r_squared.is_nan()
        );
    }

    #[test]
    fn mandelbrots_law_is_found_again() {
        // Frequencies so large that rounding them to whole numbers hides nothing.
        let counts = (1..=200u64).map(|rank| (1e15 / (rank as f64 + 2.7).powf(1.3)).round() as u64);
        let spectrum: Spectrum = counts.collect();
        let zipf = Zipf::fit_mandelbrot(&spectrum);
        assert!((zipf.shift - 2.7).abs() < 1e-8, "{zipf:?}");
        assert!((zipf.exponent - 1.3).abs() < 1e-9 && (zipf.constant / 1e15 - 1.0).abs() < 1e-8, "{zipf:?}");
        assert!(zipf.r_squared > 1.0 - 1e-12);
        assert!((zipf.at(10.0) - 1e15 / 12.7f64.powf(1.3)).abs() < 1e6);
        assert!(Zipf::fit(&spectrum).r_squared < zipf.r_squared);
    }

    #[test]
    fn a_steeper_beginning_leaves_zipfs_law() {
        let counts = (1..=100u64).map(|rank| (1e12 / (rank as f64 - 0.5)) as u64);
        assert_eq!(Zipf::fit_mandelbrot(&counts.collect()).shift, 0.0);
    }

    #[test]
    fn the_largest_numbers_do_no_harm() {
        let mut spectrum = Spectrum::new();
        spectrum.add(u64::MAX, u64::MAX);
        spectrum.add(1, u64::MAX);
        let _ = (Zipf::fit_mandelbrot(&spectrum), Heaps::fit(&spectrum));
    }
}
