//! How a text becomes another before it is cut.

mod characters;
mod charsmap;

use std::ops::Range;

use unicode::{Form, grapheme, space, utf8};

pub(crate) use characters::Characters;
pub(crate) use charsmap::Charsmap;

use crate::byte_level;
use crate::span::Draft;
use crate::splitter::Matcher;

/// A way to rewrite a text.
#[derive(Debug)]
pub(crate) enum Rewrite {
    /// Ill-formed subparts become U+FFFD.
    Repair,
    /// A beginning that is written unless it is there.
    Lead {
        /// What is written.
        lead: Vec<u8>,
        /// Only where the source begins.
        first_only: bool,
        /// Even if it is there.
        always: bool,
    },
    /// A normalization form.
    Form(Form),
    /// Every character by itself, without its surroundings.
    Characters(Characters),
    /// Lower case, every character by itself.
    Lower,
    /// White space at the ends goes.
    Strip { left: bool, right: bool },
    /// Matches become something else.
    Replace { matcher: Matcher, content: Vec<u8> },
    /// Every byte becomes the character that stands for it.
    Bytes,
    /// The mappings that a SentencePiece model brings with it.
    Charsmap(Charsmap),
}

impl Rewrite {
    /// Rewrite a text, which is not empty; `is_first` says whether the source begins with it.
    pub(crate) fn apply(&self, draft: &mut Draft<'_>, is_first: bool) {
        match self {
            Rewrite::Repair => repair(draft),
            Rewrite::Lead { lead, first_only, always } => {
                if (*always || !draft.old().starts_with(lead)) && (is_first || !first_only) {
                    draft.replace(0..0, lead);
                }
            }
            Rewrite::Form(form) => form.for_each_change(draft.old(), |range, new| draft.replace(range, new)),
            Rewrite::Characters(characters) => characters.apply(draft),
            Rewrite::Lower => characters::lower(draft),
            Rewrite::Strip { left, right } => strip(draft, *left, *right),
            Rewrite::Replace { matcher, content } => {
                matcher.find(draft.old(), |range| draft.replace(range, content));
            }
            Rewrite::Bytes => bytes(draft),
            Rewrite::Charsmap(charsmap) => charsmapped(draft, charsmap),
        }
    }

    /// Whether ill-formed text may be given as it is, each subpart counting as U+FFFD and keeping its bytes.
    pub(crate) fn takes_any_bytes(&self) -> bool {
        match self {
            Rewrite::Lead { .. } | Rewrite::Form(_) | Rewrite::Strip { .. } => true,
            Rewrite::Replace { matcher, .. } => matcher.takes_any_bytes(),
            _ => false,
        }
    }
}

fn repair(draft: &mut Draft<'_>) {
    if utf8::is_valid(draft.old()) {
        return;
    }
    let mut at = 0;
    for chunk in draft.old().utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            draft.replace(at..at + chunk.invalid().len(), utf8::REPLACEMENT);
        }
        at += chunk.invalid().len();
    }
}

fn strip(draft: &mut Draft<'_>, left: bool, right: bool) {
    let text = draft.old();
    let start = if left { text.len() - space::trim_start(text).len() } else { 0 };
    let end = if right { space::trim_end(text).len().max(start) } else { text.len() };
    for range in [0..start, end..text.len()] {
        if !range.is_empty() {
            draft.replace(range, b"");
        }
    }
}

fn bytes(draft: &mut Draft<'_>) {
    for (at, &byte) in draft.old().iter().enumerate() {
        let character = byte_level::character(byte);
        if u32::from(character) != u32::from(byte) || !character.is_ascii() {
            draft.put(at..at + 1, character);
        }
    }
}

fn charsmapped(draft: &mut Draft<'_>, charsmap: &Charsmap) {
    let mut at = 0;
    for cluster in grapheme::graphemes(draft.old()) {
        let whole = if cluster.len() < 6 { charsmap.get(cluster) } else { None };
        if let Some(new) = whole {
            replace_if_other(draft, at..at + cluster.len(), new);
        } else if cluster.len() > 1 {
            let mut inside = 0;
            while inside < cluster.len() {
                let length = utf8::decode(&cluster[inside..]).1;
                if let Some(new) = charsmap.get(&cluster[inside..inside + length]) {
                    replace_if_other(draft, at + inside..at + inside + length, new);
                }
                inside += length;
            }
        } else if let Some(new) = charsmap.get(cluster) {
            replace_if_other(draft, at..at + 1, new);
        }
        at += cluster.len();
    }
}

fn replace_if_other(draft: &mut Draft<'_>, range: Range<usize>, new: &[u8]) {
    if &draft.old()[range.clone()] != new {
        draft.replace(range, new);
    }
}
