//! Tokens that are found in the text before the model sees it.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode::{space, utf8};

/// A token as the model file describes it.
#[derive(Debug, Clone)]
pub(crate) struct AddedToken {
    pub(crate) id: u32,
    /// What is looked for.
    pub(crate) form: Vec<u8>,
    /// Only where no word character stands before or after.
    pub(crate) single_word: bool,
    /// White space before it belongs to it.
    pub(crate) left_space: bool,
    /// White space after it belongs to it.
    pub(crate) right_space: bool,
}

/// Tokens to look for, the leftmost and of those the longest first.
#[derive(Debug)]
pub(crate) struct AddedTokens {
    tokens: Vec<AddedToken>,
    search: AhoCorasick,
}

impl AddedTokens {
    /// A search for tokens, none of which is empty.
    pub(crate) fn new(tokens: Vec<AddedToken>) -> Result<AddedTokens, String> {
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(tokens.iter().map(|token| &token.form))
            .map_err(|error| error.to_string())?;
        Ok(AddedTokens { tokens, search })
    }

    /// Call `receive` with each token, and with what stands between them.
    pub(crate) fn find(&self, text: &[u8], mut receive: impl FnMut(Range<usize>, Option<u32>)) {
        let mut done = 0;
        for found in self.search.find_iter(text) {
            let token = &self.tokens[found.pattern().as_usize()];
            let (mut start, mut end) = (found.start(), found.end());
            if token.single_word && !stands_alone(text, start, end) {
                continue;
            }
            if token.left_space {
                let before = &text[done.min(start)..start];
                start -= before.len() - space::trim_end(before).len();
            }
            if token.right_space {
                end += text[end..].len() - space::trim_start(&text[end..]).len();
            }
            start = start.max(done);
            end = end.max(start);
            if done < start {
                receive(done..start, None);
            }
            receive(start..end, Some(token.id));
            done = end;
        }
        if done < text.len() {
            receive(done..text.len(), None);
        }
    }
}

fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let before = start > 0 && is_word(utf8::decode(&text[utf8::previous(text, 0, start)..]).0);
    let after = end < text.len() && is_word(utf8::decode(&text[end..]).0);
    !before && !after
}

fn is_word(character: char) -> bool {
    character.is_alphabetic() || unicode::category::is_word_character(character) || {
        unicode::Category::of(character) == unicode::Category::ConnectorPunctuation
    }
}
