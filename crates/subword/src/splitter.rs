//! How a text is cut into words.

mod backtracking;
mod behaviour;
mod class;
mod known;
mod matcher;
mod scripts;
mod seams;

use std::ops::Range;

pub(crate) use behaviour::Behaviour;
pub(crate) use known::Known;
pub(crate) use matcher::{Matcher, is_punctuation};
pub(crate) use seams::Seams;

/// A way to cut a text.
#[derive(Debug)]
pub(crate) enum Splitter {
    /// At the matches of a known pattern, which leave nothing between them.
    Known(Known),
    /// Around the matches of a pattern, or if inverted around what is between them.
    Matches { matcher: Matcher, behaviour: Behaviour, invert: bool },
    /// Where another script begins.
    Scripts,
    /// After so many characters.
    Length(usize),
    /// Where no piece can reach across.
    Seams(Seams),
}

impl Splitter {
    /// Call `receive` with each part, in order; none is empty.
    pub(crate) fn split(&self, text: &[u8], mut receive: impl FnMut(Range<usize>)) {
        match self {
            Splitter::Known(known) => known.split(text, receive),
            Splitter::Matches { matcher, behaviour, invert } => {
                let mut parts = behaviour.parts(&mut receive);
                let mut done = 0;
                matcher.find(text, |found| {
                    parts.add(done..found.start, *invert);
                    done = found.end;
                    parts.add(found, !*invert);
                });
                parts.add(done..text.len(), *invert);
                parts.finish();
            }
            Splitter::Scripts => scripts::split(text, receive),
            Splitter::Seams(seams) => seams.split(text, receive),
            Splitter::Length(length) => by_length(text, *length, receive),
        }
    }
}

impl Splitter {
    /// Whether ill-formed text may be cut as it is, each subpart counting as U+FFFD.
    pub(crate) fn takes_any_bytes(&self) -> bool {
        match self {
            Splitter::Matches { matcher, .. } => matcher.takes_any_bytes(),
            _ => true,
        }
    }
}

fn by_length(text: &[u8], length: usize, mut receive: impl FnMut(Range<usize>)) {
    let mut start = 0;
    while start < text.len() {
        let mut end = start;
        for _ in 0..length.max(1) {
            end += unicode::utf8::decode(&text[end..]).1;
        }
        receive(start..end);
        start = end;
    }
}
