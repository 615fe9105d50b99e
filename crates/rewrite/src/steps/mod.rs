//! The steps: one idea per file.
