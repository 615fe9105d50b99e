//! What stands in an earlier text goes, and nothing is cut in two.
