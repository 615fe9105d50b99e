//! Helpers for tests of whole pipelines.
