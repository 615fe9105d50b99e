//! `tokenize` as a person would type it: what is a token, how tokens are written, and the way back.

mod bad;
mod budget;
mod choice;
mod count;
mod dictionary;
mod formats;
mod language;
mod models;
mod schemes;
mod way_back;
