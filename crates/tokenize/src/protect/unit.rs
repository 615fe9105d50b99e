//! Units of measurement, as they are joined to a number.

use unicode::category::is_word_character;
use unicode::utf8;

/// The symbols of the SI, of units used with it and of information, with the prefixes that are in use; and the
/// thousands, millions and billions of prices. In byte order.
const UNITS: [&str; 106] = [
    "A", "B", "GB", "GHz", "GJ", "GPa", "GW", "GWh", "Gb", "GiB", "Hz", "J", "K", "KB", "Kb", "KiB", "L",
    "M", "MB", "MHz", "MJ", "MPa", "MW", "MWh", "Mb", "Mbps", "MiB", "N", "PB", "Pa", "T", "TB", "TW", "TWh",
    "TiB", "V", "W", "Wh", "bar", "bn", "bps", "cL", "cal", "cm", "dB", "dL", "dm", "eV", "fps", "ft", "g",
    "h", "hPa", "ha", "kA", "kB", "kHz", "kJ", "kPa", "kV", "kW", "kWh", "kb", "kbps", "kcal", "keV", "kg",
    "km", "km²", "lb", "lbs", "m", "mA", "mAh", "mL", "mV", "mW", "mg", "mi", "min", "ml", "mm", "mmHg",
    "mol", "mph", "ms", "m²", "m³", "nF", "nm", "ns", "oz", "pF", "pt", "px", "rpm", "s", "t", "tn", "yd",
    "°", "°C", "°F", "µm", "Ω", "μm",
];

/// How long one is, in bytes.
const LENGTH_MAX: usize = 4;

/// Where the unit ends that begins at a place, if one does and no word goes on behind it. Another may follow a slash:
/// `km/h`.
pub(super) fn end(text: &[u8], at: usize) -> Option<usize> {
    let first = one(text, at)?;
    if text.get(first) == Some(&b'/')
        && let Some(end) = one(text, first + 1)
    {
        return Some(end);
    }
    Some(first)
}

fn one(text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at..];
    let longest = (1..=LENGTH_MAX.min(rest.len())).rev();
    let mut lengths =
        longest.filter(|&length| UNITS.binary_search_by(|unit| unit.as_bytes().cmp(&rest[..length])).is_ok());
    let end = at + lengths.next()?;
    let goes_on = end < text.len() && is_word_character(utf8::decode(&text[end..]).0);
    if goes_on { None } else { Some(end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(UNITS.is_sorted());
        assert_eq!(UNITS.iter().map(|unit| unit.len()).max(), Some(LENGTH_MAX));
    }

    #[test]
    fn a_unit_ends_with_its_word() {
        let ends = [("km", 2), ("km/h", 4), ("km/x", 2), ("m².", 3), ("°C", 3), ("min", 3), ("mmHg", 4)];
        for (text, length) in ends {
            assert_eq!(end(text.as_bytes(), 0), Some(length), "{text}");
        }
        for text in ["", "kmx", "x", "D", "km_", "5"] {
            assert_eq!(end(text.as_bytes(), 0), None, "{text}");
        }
    }
}
