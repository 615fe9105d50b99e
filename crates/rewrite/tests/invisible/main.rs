//! What becomes of characters that do not show: cases as data, and laws.

mod bidi;
mod cases;
mod laws;
mod marks;
mod zero_width;
