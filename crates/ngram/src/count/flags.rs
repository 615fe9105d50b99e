//! Flags: what is counted.

// What a flag says is help, where <unk> is a token.
#![allow(rustdoc::invalid_html_tags)]

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use rewrite::Key;
use unicode::Unit;

use crate::orders::Orders;
use crate::parameters::Shape;

/// The flags that say what an n-gram is.
#[derive(Debug, Clone, Args)]
pub struct CountFlags {
    /// Orders to count: N or N-M, from 1 to 9 [2]
    ///
    /// An n-gram never crosses a record. Default: 2. Example: ngram -n 1-5 corpus.txt
    #[arg(short = 'n', long, value_name = "N[-M]")]
    pub(crate) order: Option<Orders>,

    /// What a token is: space, word, grapheme, … [space]
    ///
    /// space: a run between ASCII white space, as tokenize writes it. word: a segment of UAX #29. grapheme and
    /// char include white space; byte: any byte. Tokens of an n-gram are joined by one space. Default: space; word for
    /// --concordance and --collocates. Example: ngram --unit word page.txt
    #[arg(long, value_name = "UNIT", value_enum, hide_possible_values = true)]
    pub(crate) unit: Option<UnitFlag>,

    /// Count n-grams that leave out up to K tokens
    ///
    /// Of every N tokens in text order that have at most K others between the first and the last (k-skip-n-grams as
    /// Guthrie et al. 2006 define them); K is at most 100. Their number grows fast with both N and K.
    /// Default: tokens follow each other. Example: ngram -n 3 --skip-gram 2 corpus.txt
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(0..=100),
        conflicts_with = "window", hide_short_help = true)]
    pub(crate) skip_gram: Option<u32>,

    /// Count pairs of tokens that are at most K apart
    ///
    /// A pair has no order: the token that is less, bytewise, stands first. K is at most 1000. With --collocates: the
    /// tokens on each side of the word. Default: tokens follow each other; 5 with --collocates.
    /// Example: ngram --window 5 --scores npmi corpus.txt
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) window: Option<u32>,

    /// Each record begins with the token <s>
    ///
    /// One, whatever the order; a record without tokens has none. Default: no padding. Example: ngram -n 2 --bos --eos
    #[arg(long, hide_short_help = true)]
    pub(crate) bos: bool,

    /// Each record ends with the token </s>
    ///
    /// As for --bos. Default: no padding. Example: ngram -n 2 --bos --eos
    #[arg(long, hide_short_help = true)]
    pub(crate) eos: bool,

    /// Count tokens by a key that forgives these differences
    ///
    /// A list, with commas; n-grams of one key are counted once and shown in their commonest form. nfc, nfkc: the form.
    /// lower, fold: case. marks: accents, harakat, niqqud. digits: their script. zwnj: ZWNJ and ZWJ. space: how much
    /// stands in a row and at the ends. punct: punctuation, which counts as space; a token of nothing else is left out. fa,
    /// ar, ckb, ps, ur: what spellings of a word differ in; fa also joins affixes to their words, so that the two are one
    /// token. Lossy. Default: every byte counts. Example: ngram --key-norm lower,fa -n 1-2 page.txt
    #[arg(long, value_name = "NAMES")]
    pub(crate) key_norm: Option<Key>,

    /// Only the words of FILE count; any other token is <unk>
    ///
    /// Words between white space, escaped as in TSV (\\ for a backslash); with --key-norm they are compared by key. Lossy. Default: every token counts as it
    /// stands. Example: ngram -n 1-3 --vocab words.txt corpus.txt
    #[arg(long, value_name = "FILE", conflicts_with = "max_vocab", hide_short_help = true)]
    pub(crate) vocab: Option<OsString>,

    /// Only the N commonest tokens count; any other is <unk>
    ///
    /// Of equally common ones the first in byte order; <s> and </s> always count. Lossy.
    /// Default: every token counts as it stands. Example: ngram -n 1-3 --max-vocab 50000 corpus.txt
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_vocab: Option<usize>,
}

/// What tokens can be.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum UnitFlag {
    /// Runs between ASCII white space.
    Space,
    /// Words of UAX #29.
    Word,
    /// Extended grapheme clusters.
    Grapheme,
    /// Code points.
    Char,
    /// Bytes.
    Byte,
}

impl UnitFlag {
    /// The unit that is meant.
    pub fn unit(self) -> Unit {
        match self {
            UnitFlag::Space => Unit::Space,
            UnitFlag::Word => Unit::Word,
            UnitFlag::Grapheme => Unit::Grapheme,
            UnitFlag::Char => Unit::Char,
            UnitFlag::Byte => Unit::Byte,
        }
    }
}

impl CountFlags {
    /// Which tokens make an n-gram.
    pub fn shape(&self) -> Shape {
        match (self.skip_gram, self.window) {
            (Some(skips), _) => Shape::SkipGram(skips),
            (None, Some(width)) => Shape::Window(width),
            (None, None) => Shape::Adjacent,
        }
    }
}
