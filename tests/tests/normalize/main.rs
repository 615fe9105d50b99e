//! `normalize` as a person would type it: what it changes, what it says of it, and what it refuses.

mod acceptance;
mod bad;
mod by_document;
mod examples;
mod explain;
mod filters;
mod lines;
mod markup;
mod nmt_nfkc;
mod persian;
mod plan;
mod rules;
mod said;
mod switches;
mod unicode;
mod zwnj;
