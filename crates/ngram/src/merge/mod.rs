//! `--merge`: partial results back into one.
