//! Grapheme clusters inside a piece of one script: no word of a dictionary ends inside of one.
//!
//! The rules are those of ICU4X, whose GB9c wants a consonant before the linker, as UAX #29 did before Unicode 18.

/// What a character does to clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Other,
    /// A consonant that a linker before it joins (GB9c).
    Consonant,
    /// Joins what is before it, and the next consonant to that.
    Linker,
    /// Joins what is before it; consonants are linked across it.
    Extend,
    /// Joins what is before it.
    Mark,
}

impl Class {
    /// The class of a character that some dictionary divides.
    pub(crate) fn of(code: u32) -> Class {
        match code {
            // Thai and Lao have no linker.
            0x0E31 | 0x0E33..=0x0E3A | 0x0E47..=0x0E4E => Class::Mark,
            0x0EB1 | 0x0EB3..=0x0EBC | 0x0EC8..=0x0ECE => Class::Mark,
            0x1000..=0x10FF | 0xA9E0..=0xA9FE | 0xAA60..=0xAA7F => Class::of_burmese(code),
            0x1780..=0x17B3 => Class::Consonant,
            0x17D2 => Class::Linker,
            0x17B4 | 0x17B5 | 0x17B7..=0x17BD | 0x17C6 | 0x17C9..=0x17D3 | 0x17DD => Class::Extend,
            0x17B6..=0x17C8 => Class::Mark,
            // Reading marks of Vietnamese.
            0x16FF0 | 0x16FF1 => Class::Mark,
            _ => Class::Other,
        }
    }

    fn of_burmese(code: u32) -> Class {
        match code {
            0x1039 => Class::Linker,
            0x102D..=0x1030 | 0x1032..=0x1037 | 0x103A | 0x103D | 0x103E => Class::Extend,
            0x1058 | 0x1059 | 0x105E..=0x1060 | 0x1071..=0x1074 | 0x1082 => Class::Extend,
            0x1085 | 0x1086 | 0x108D | 0x109D | 0xA9E5 | 0xAA7C => Class::Extend,
            0x1031 | 0x103B | 0x103C | 0x1056 | 0x1057 | 0x1084 => Class::Mark,
            0x1000..=0x102A | 0x103F | 0x1050..=0x1055 | 0x105A..=0x105D | 0x1061 => Class::Consonant,
            0x1065 | 0x1066 | 0x106E..=0x1070 | 0x1075..=0x1081 | 0x108E => Class::Consonant,
            0xA9E0..=0xA9E4 | 0xA9E7..=0xA9EF | 0xA9FA..=0xA9FE => Class::Consonant,
            0xAA60..=0xAA6F | 0xAA71..=0xAA73 | 0xAA7A | 0xAA7E | 0xAA7F => Class::Consonant,
            _ => Class::Other,
        }
    }
}

/// What the rules need to know of the characters before a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chain {
    None,
    /// A consonant and what extends it.
    Consonant,
    /// The same with a linker among it.
    Linked,
}

impl Chain {
    /// The chain after one more character.
    #[inline(always)]
    pub(crate) fn with(self, class: Class) -> Chain {
        match (class, self) {
            (Class::Consonant, _) => Chain::Consonant,
            (Class::Linker, Chain::Consonant) => Chain::Linked,
            (Class::Linker | Class::Extend, chain) => chain,
            (Class::Other | Class::Mark, _) => Chain::None,
        }
    }

    /// Whether a character belongs to the cluster before it, of which there must be one.
    #[inline(always)]
    pub(crate) fn joins(self, class: Class) -> bool {
        match class {
            Class::Other => false,
            Class::Consonant => self == Chain::Linked,
            Class::Linker | Class::Extend | Class::Mark => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{self, Script};
    use icu_segmenter::GraphemeClusterSegmenter;

    /// The characters of all dictionaries; of Han and Hiragana, those near a block's beginning.
    const RANGES: [(u32, u32); 12] = [
        (0x0E01, 0x0E3A),
        (0x0E40, 0x0E4E),
        (0x0E81, 0x0EDF),
        (0x1000, 0x103F),
        (0x1050, 0x108F),
        (0x109A, 0x109F),
        (0xA9E0, 0xA9FE),
        (0xAA60, 0xAA7F),
        (0x1780, 0x17DD),
        (0x3041, 0x3050),
        (0x16FE2, 0x16FF6),
        (0x20000, 0x20002),
    ];

    fn clusters(text: &[u32]) -> Vec<usize> {
        let (mut ends, mut chain, mut length) = (vec![], Chain::None, 0);
        for &code in text {
            let class = Class::of(code);
            if length > 0 && !chain.joins(class) {
                ends.push(length);
            }
            chain = chain.with(class);
            length += char::from_u32(code).unwrap().len_utf8();
        }
        ends.push(length);
        ends
    }

    fn check(text: &[u32]) {
        let string: String = text.iter().filter_map(|&code| char::from_u32(code)).collect();
        let want: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(&string).skip(1).collect();
        assert_eq!(clusters(text), want, "{text:x?}");
    }

    /// The characters of one script, in a string that cannot hold another.
    fn check_script(script: Script) {
        let codes = RANGES.iter().flat_map(|&(first, last)| first..=last);
        let all: Vec<u32> =
            codes.filter(|&code| char::from_u32(code).map(script::of) == Some(script)).collect();
        assert!(!all.is_empty());
        for &first in &all {
            for &second in &all {
                check(&[first, second]);
            }
        }
        for (consonant, linker) in [(0x1000, 0x1039), (0x1780, 0x17D2)] {
            if !all.contains(&consonant) {
                continue;
            }
            for &first in &all {
                check(&[first, linker, consonant]);
                check(&[consonant, linker, first]);
                check(&[consonant, linker, first, consonant]);
                check(&[consonant, first, linker, consonant]);
                check(&[linker, first, linker, consonant]);
            }
        }
    }

    #[test]
    fn clusters_end_where_those_of_icu4x_do() {
        for script in [Script::Thai, Script::Lao, Script::Burmese, Script::Khmer, Script::Han] {
            check_script(script);
        }
    }
}
