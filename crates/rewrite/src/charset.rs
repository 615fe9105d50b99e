//! A set of characters, as ranges.

/// Characters, in ascending ranges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CharSet {
    ranges: Vec<(u32, u32)>,
}

/// What [`CharSet::of`] asks about: planes 2 to 13 hold ideographs and nothing else, and 15 and 16 are for private use.
const PLANES: [(u32, u32); 2] = [(0, 0x1_FFFF), (0xE_0000, 0xE_0FFF)];

impl CharSet {
    /// The characters of some ranges, both ends included, in any order.
    pub fn new(ranges: impl IntoIterator<Item = (char, char)>) -> Self {
        ranges.into_iter().map(|(first, last)| (u32::from(first), u32::from(last))).collect()
    }

    /// The characters themselves.
    pub fn from_chars(characters: impl IntoIterator<Item = char>) -> Self {
        characters.into_iter().map(|character| (u32::from(character), u32::from(character))).collect()
    }

    /// The characters of planes 0, 1 and 14 for which `is_member` says so.
    pub fn of(is_member: impl Fn(char) -> bool) -> Self {
        PLANES
            .into_iter()
            .flat_map(|(first, last)| first..=last)
            .filter(|&code| char::from_u32(code).is_some_and(&is_member))
            .map(|code| (code, code))
            .collect()
    }

    /// The characters of either set.
    #[must_use]
    pub fn union(self, other: CharSet) -> Self {
        self.ranges.into_iter().chain(other.ranges).collect()
    }

    /// Whether a character is in it.
    pub fn contains(&self, character: char) -> bool {
        let code = u32::from(character);
        let after = self.ranges.partition_point(|&(first, _)| first <= code);
        after > 0 && code <= self.ranges[after - 1].1
    }

    /// The code points, as ascending ranges that do not touch.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }
}

impl FromIterator<(u32, u32)> for CharSet {
    fn from_iter<I: IntoIterator<Item = (u32, u32)>>(ranges: I) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().collect();
        sorted.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (first, last) in sorted {
            match merged.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        CharSet { ranges: merged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_merged_and_found() {
        let set = CharSet::new([('d', 'f'), ('a', 'b'), ('c', 'c')]).union(CharSet::from_chars(['x', 'é']));
        assert_eq!(set.ranges(), [(0x61, 0x66), (0x78, 0x78), (0xE9, 0xE9)]);
        assert!(set.contains('a') && set.contains('f') && set.contains('é'));
        assert!(!set.contains('g') && !set.contains('\0') && !set.contains('ü'));
        assert_eq!(CharSet::of(|character| character.is_ascii_digit()), CharSet::new([('0', '9')]));
    }
}
