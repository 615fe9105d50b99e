//! The process around the tool.

fn main() {}
