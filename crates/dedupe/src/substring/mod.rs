//! `--substring`: stretches of texts that came before are cut out.

mod boundary;
mod marks;
mod repeats;
mod texts;
