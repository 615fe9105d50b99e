//! Bad input of every kind, each with its stated outcome: exit status, message, and all other output intact.

mod bytes;
mod compression;
mod encodings;
mod folders;
mod frames;
mod huge;
mod in_place;
mod json;
mod operands;
mod outputs;
mod oversize;
mod signals;
mod usage;
