//! The widths that keys have.

/// A key: 64 or 128 bits.
pub trait Number: Copy + Ord + Send + 'static {
    /// How many bits it has.
    const BITS: u32;

    /// As the widest number there is.
    fn to_wide(self) -> u128;

    /// Back from it; `None` if it does not fit.
    fn from_wide(wide: u128) -> Option<Self>;
}

impl Number for u64 {
    const BITS: u32 = 64;

    fn to_wide(self) -> u128 {
        self.into()
    }

    fn from_wide(wide: u128) -> Option<Self> {
        wide.try_into().ok()
    }
}

impl Number for u128 {
    const BITS: u32 = 128;

    fn to_wide(self) -> u128 {
        self
    }

    fn from_wide(wide: u128) -> Option<Self> {
        Some(wide)
    }
}
