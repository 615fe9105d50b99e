//! Shapes of rows: which columns a row brings, as a bit each; those of a block by the number they were given there.
//!
//! In a sorted run the first column that differs from the row before is not nought, so that the columns which a row
//! brings and which are not nought say all: those below the first of them are shared, those above and not among them
//! are nought. A block has few shapes, so a row names its own in six bits.

/// Stands for a shape that has no number yet; it follows, and takes the next number if there is one.
pub(super) const NEW: usize = 63;

const SLOT_BITS: u32 = 7;
const EMPTY: u8 = u8::MAX;

/// Numbers of shapes, for whoever writes.
pub(super) struct Numbers {
    slots: Box<[(u32, u8); 1 << SLOT_BITS]>,
    given: u8,
}

impl Numbers {
    pub fn new() -> Numbers {
        Numbers { slots: Box::new([(0, EMPTY); 1 << SLOT_BITS]), given: 0 }
    }

    /// The number of a shape, or [`NEW`] for one that has none yet.
    #[inline(always)]
    pub fn of(&mut self, shape: u32) -> usize {
        let mut at = (shape.wrapping_mul(0x9E37_79B9) >> (u32::BITS - SLOT_BITS)) as usize;
        loop {
            let (known, number) = self.slots[at];
            if known == shape && number != EMPTY {
                return usize::from(number);
            }
            if number == EMPTY {
                return self.give(shape, at);
            }
            at = (at + 1) % self.slots.len();
        }
    }

    /// Forgets all shapes.
    pub fn clear(&mut self) {
        self.slots.fill((0, EMPTY));
        self.given = 0;
    }

    #[cold]
    fn give(&mut self, shape: u32, at: usize) -> usize {
        if usize::from(self.given) < NEW {
            self.slots[at] = (shape, self.given);
            self.given += 1;
        }
        NEW
    }
}

/// Shapes by number, for whoever reads.
pub(super) struct Shapes {
    shapes: [u32; NEW],
    given: usize,
}

impl Shapes {
    pub fn new() -> Shapes {
        Shapes { shapes: [0; NEW], given: 0 }
    }

    /// The shape of this number; `None` if none has it.
    #[inline(always)]
    pub fn get(&self, number: usize) -> Option<u32> {
        self.shapes[..self.given].get(number).copied()
    }

    /// Gives the next number to a shape, if there is one.
    pub fn learn(&mut self, shape: u32) {
        if let Some(place) = self.shapes.get_mut(self.given) {
            *place = shape;
            self.given += 1;
        }
    }

    /// Forgets all shapes.
    pub fn clear(&mut self) {
        self.given = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn writer_and_reader_agree(shapes in proptest::collection::vec(0u32..90, 0..300)) {
            let (mut numbers, mut known) = (Numbers::new(), Shapes::new());
            for shape in shapes {
                match numbers.of(shape) {
                    NEW => known.learn(shape),
                    number => prop_assert_eq!(known.get(number), Some(shape)),
                }
            }
            prop_assert_eq!(known.get(NEW), None);
        }
    }
}
