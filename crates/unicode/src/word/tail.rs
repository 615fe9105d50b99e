//! Windows into a text: the text itself, or a copy of its last bytes that goes on with NUL.

use super::block::Window;

const WINDOW_BYTES: usize = size_of::<Window>();

/// The copy, made when a window first reaches beyond the end.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    bytes: [u8; 2 * WINDOW_BYTES],
    /// Where in the text the copy begins.
    from: Option<usize>,
}

impl Tail {
    pub(super) fn new() -> Self {
        Tail { bytes: [0; 2 * WINDOW_BYTES], from: None }
    }

    /// The window that begins at `start`, which must be inside the text; the starts of one text must not go back.
    #[inline(always)]
    pub(super) fn window<'t>(&'t mut self, text: &'t [u8], start: usize) -> &'t Window {
        let rest = &text[start..];
        if let Some(window) = rest.first_chunk() {
            return window;
        }
        let from = *self.from.get_or_insert_with(|| {
            self.bytes[..rest.len()].copy_from_slice(rest);
            start
        });
        self.bytes[start - from..]
            .first_chunk()
            .expect("a copy is shorter than a window, and is followed by one")
    }
}
