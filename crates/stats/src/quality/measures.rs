//! Everything that is measured of one document, under keys that stay.

use super::c4::C4;
use super::fineweb::FineWeb;
use super::gopher::Gopher;
use super::repetition::Repetition;

/// What was measured; a family that nobody asked for is missing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    /// Code points of the text.
    pub characters: f64,
    /// For Gopher's quality rules.
    pub gopher: Option<Gopher>,
    /// For Gopher's repetition rules.
    pub repetition: Option<Repetition>,
    /// For C4's rules.
    pub c4: Option<C4>,
    /// For FineWeb's rules.
    pub fineweb: Option<FineWeb>,
}

impl Measures {
    /// Calls `each` with every key and its value, always in the same order. What is not known is not a number.
    pub fn each(&self, mut each: impl FnMut(&'static str, f64)) {
        let mut all =
            |entries: &[(&'static str, f64)]| entries.iter().for_each(|&(key, value)| each(key, value));
        all(&[("characters", self.characters)]);
        self.gopher.iter().for_each(|gopher| all(&gopher.entries()));
        self.repetition.iter().for_each(|repetition| all(&repetition.entries()));
        self.c4.iter().for_each(|c4| all(&c4.entries()));
        self.fineweb.iter().for_each(|fineweb| all(&fineweb.entries()));
    }
}
