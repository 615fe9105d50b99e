//! How a text is cut into words.

mod class;
mod known;

use std::ops::Range;

pub(crate) use known::Known;

/// A way to cut a text.
#[derive(Debug)]
pub(crate) enum Splitter {
    Known(Known),
}

impl Splitter {
    /// Call `receive` with each part, in order.
    pub(crate) fn split(&self, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
        match self {
            Splitter::Known(known) => {
                let mut at = 0;
                while at < text.len() {
                    let end = known.end(text, at);
                    receive(at..end);
                    at = end;
                }
            }
        }
    }
}
