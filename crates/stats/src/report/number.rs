//! Numbers, for programs and for people; never by locale.

/// What people are shown of a measure that is not defined.
pub const UNDEFINED: &str = "–";

/// Digits in groups of three.
///
/// ```
/// assert_eq!(stats::report::number::grouped(1_234_567), "1,234,567");
/// ```
pub fn grouped(number: u64) -> String {
    group(&number.to_string())
}

fn group(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The fewest digits that read back as the same number, without an exponent; nothing where it is not defined.
///
/// ```
/// assert_eq!([0.1, 3.0, -0.0, f64::NAN].map(stats::report::number::exact), ["0.1", "3", "0", ""]);
/// ```
pub fn exact(number: f64) -> String {
    // A negative nought plus nought is nought.
    if number.is_finite() { (number + 0.0).to_string() } else { String::new() }
}

/// Four significant digits for people, whole numbers as they are; a dash where it is not defined.
///
/// ```
/// use stats::report::number::rounded;
/// assert_eq!([0.012_345_6, 12.3456, 12_345.6, 7.0].map(rounded), ["0.01235", "12.35", "12,346", "7"]);
/// ```
pub fn rounded(number: f64) -> String {
    if !number.is_finite() {
        return UNDEFINED.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e15).contains(&size) {
        return format!("{number:.2e}");
    }
    fixed(number, places(&[number]))
}

/// A number of a column in which all have so many places, or a dash.
///
/// ```
/// assert_eq!(stats::report::number::fixed(12_345.678, 1), "12,345.7");
/// ```
pub fn fixed(number: f64, places: usize) -> String {
    if !number.is_finite() || number.abs() >= 1e15 {
        return rounded(number);
    }
    let digits = format!("{:.places$}", number.abs());
    let is_nought = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if number < 0.0 && !is_nought { "-" } else { "" };
    match digits.split_once('.') {
        None => format!("{sign}{}", group(&digits)),
        Some((whole, rest)) => format!("{sign}{}.{rest}", group(whole)),
    }
}

/// The places that give the largest of some numbers four significant digits, at least as many as it takes.
///
/// ```
/// use stats::report::number::places;
/// assert_eq!([places(&[40_030.1, 3.2]), places(&[0.5, 0.001]), places(&[3.0, 12.0])], [0, 4, 0]);
/// ```
pub fn places(numbers: &[f64]) -> usize {
    let is_whole = numbers.iter().all(|number| !number.is_finite() || number.fract() == 0.0);
    let largest = numbers
        .iter()
        .filter(|number| number.is_finite())
        .fold(0.0, |largest, number| number.abs().max(largest));
    if is_whole || largest == 0.0 { 0 } else { (3.0 - f64::log10(largest).floor()).clamp(0.0, 9.0) as usize }
}

/// A share in per cent; what is there at all is never 0 %, and what is not all is never 100 %.
///
/// ```
/// use stats::report::number::percent;
/// let shares = [(1, 8), (1, 1_000_000), (99_999, 100_000), (0, 5), (5, 5), (0, 0)];
/// assert_eq!(shares.map(|(count, of)| percent(count, of)), ["12.5 %", "<0.01 %", ">99.9 %", "0 %", "100 %", "–"]);
/// ```
pub fn percent(count: u64, of: u64) -> String {
    if of == 0 {
        return UNDEFINED.to_owned();
    }
    let percent = 100.0 * count as f64 / of as f64;
    match percent {
        _ if count == 0 => "0 %".to_owned(),
        _ if count == of => "100 %".to_owned(),
        ..0.01 => "<0.01 %".to_owned(),
        ..0.1 => format!("{percent:.2} %"),
        99.9..100.0 => ">99.9 %".to_owned(),
        _ => format!("{percent:.1} %"),
    }
}

/// Three significant digits at most and a prefix of the SI, for axes.
///
/// ```
/// use stats::report::number::short;
/// assert_eq!([0.0, 0.05, 250.0, 1500.0, 2e6, 3e9].map(short), ["0", "0.05", "250", "1.5k", "2M", "3G"]);
/// ```
pub fn short(number: f64) -> String {
    const PREFIXES: [(f64, &str); 5] = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    if !number.is_finite() {
        return UNDEFINED.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e18).contains(&size) {
        return format!("{number:e}");
    }
    let (unit, prefix) = PREFIXES.into_iter().find(|(unit, _)| size >= unit * 0.9995).unwrap_or((1.0, ""));
    let scaled = number / unit;
    let places = if scaled == 0.0 { 0.0 } else { 2.0 - scaled.abs().log10().floor() };
    let digits = format!("{scaled:.places$}", places = places.clamp(0.0, 6.0) as usize);
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
    format!("{digits}{prefix}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_beyond_the_usual_have_a_form() {
        assert_eq!([0, 999, 1000].map(grouped), ["0", "999", "1,000"]);
        assert_eq!(
            [f64::NAN, 1e-9, -1234.56, 0.0, 1e300].map(rounded),
            ["–", "1.00e-9", "-1,235", "0", "1.00e300"]
        );
        assert_eq!([f64::INFINITY, 999.9, 1e-7, 1e21, -0.5].map(short), ["–", "1k", "1e-7", "1e21", "-0.5"]);
    }

    proptest! {
        #[test]
        fn digits_read_back(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            let text = exact(number);
            let reads_back = if number.is_finite() { text.parse::<f64>() == Ok(number) } else { text.is_empty() };
            prop_assert!(reads_back, "{}", text);
            prop_assert!(!rounded(number).is_empty() && !short(number).is_empty());
        }
    }
}
