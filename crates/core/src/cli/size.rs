//! Sizes in bytes, written as coreutils write them.

/// Parses `512`, `64K`, `1M`, `2GiB` (powers of 1024) and `1kB`, `5MB` (powers of 1000).
///
/// # Errors
/// Anything else, or a size that does not fit in memory's addresses.
///
/// ```
/// assert_eq!(textcore::cli::parse_size("64K"), Ok(65536));
/// assert_eq!(textcore::cli::parse_size("2MB"), Ok(2_000_000));
/// ```
pub fn parse_size(text: &str) -> Result<usize, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let wrong = || format!("'{text}' is not a size; sizes look like 512, 64K, 1M or 2G");
    let number: usize = number.parse().map_err(|_| wrong())?;
    let power = |letter: &str| "kmgt".find(&letter.to_ascii_lowercase()).map(|at| at as u32 + 1);
    let factor = match unit.as_bytes() {
        b"" | b"b" => Some(1),
        [letter] => power(std::str::from_utf8(&[*letter]).unwrap_or("?"))
            .and_then(|power| 1024usize.checked_pow(power)),
        [letter, b'i', b'B'] => power(std::str::from_utf8(&[*letter]).unwrap_or("?"))
            .and_then(|power| 1024usize.checked_pow(power)),
        [letter, b'B'] => power(std::str::from_utf8(&[*letter]).unwrap_or("?"))
            .and_then(|power| 1000usize.checked_pow(power)),
        _ => None,
    };
    factor.and_then(|factor| number.checked_mul(factor)).ok_or_else(wrong)
}

/// The same, for a size that may not be 0.
///
/// # Errors
/// Those of [`parse_size`], and 0.
pub fn parse_positive_size(text: &str) -> Result<usize, String> {
    match parse_size(text)? {
        0 => Err("a size of more than 0 is wanted".to_owned()),
        size => Ok(size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_coreutils() {
        for (text, size) in
            [("0", 0), ("7b", 7), ("1k", 1024), ("1KiB", 1024), ("3M", 3 << 20), ("1GB", 1_000_000_000)]
        {
            assert_eq!(parse_size(text), Ok(size), "{text}");
        }
        for bad in ["", "K", "1X", "1.5G", "-1", "1KB?", "99999999999999999999", "99999999T"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}
