//! The cases of bad input once more, where `normalize` stands for `normalize --preset web`.

#[path = "bad_input/main.rs"]
mod bad_input;
