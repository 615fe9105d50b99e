//! A sum of floating-point numbers that loses nothing to its length.

/// The sum, with what rounding took from it kept apart (Neumaier 1974): of numbers of one sign it is right to two units in
/// the last place, however many there are.
pub(crate) fn sum(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0f64, 0.0f64);
    for number in numbers {
        let next = sum + number;
        lost += if sum.abs() >= number.abs() { (sum - next) + number } else { (number - next) + sum };
        sum = next;
    }
    sum + lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_beside_a_large_one_are_not_lost() {
        let numbers = std::iter::once(1e16).chain(std::iter::repeat_n(1.0, 1000)).chain([-1e16]);
        assert_eq!(sum(numbers), 1000.0);
    }
}
