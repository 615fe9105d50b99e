//! The speaker: says of n-grams of numbers which tokens they are.

use super::measure::Margins;
use super::vocabulary::Vocabulary;
use super::walk::Gram;
use crate::entry::{Entry, Form, ORDER_MAX};

/// Turns n-grams of ranks into entries.
pub struct Speaker<'a> {
    vocabulary: &'a Vocabulary,
    /// The vocabulary of forms; without it tokens are as they stood.
    forms: Option<&'a Vocabulary>,
    margins: Option<&'a Margins>,
    tokens: [&'a [u8]; ORDER_MAX],
    form_tokens: Vec<&'a [u8]>,
}

impl<'a> Speaker<'a> {
    /// A speaker that knows these tokens.
    pub fn new(
        vocabulary: &'a Vocabulary,
        forms: Option<&'a Vocabulary>,
        margins: Option<&'a Margins>,
    ) -> Self {
        Speaker { vocabulary, forms, margins, tokens: [b""; ORDER_MAX], form_tokens: Vec::new() }
    }

    /// Gives the entry of an n-gram to `each`. What an n-gram shares with the one before must have been said of that.
    #[inline]
    pub fn say<T>(&mut self, gram: Gram<'_>, each: impl FnOnce(&Entry<'_>) -> T) -> T {
        let order = gram.tokens.len();
        for (token, &rank) in self.tokens.iter_mut().zip(gram.tokens).skip(gram.shared) {
            *token = self.vocabulary.token(rank as usize);
        }
        let mut margins = [0; ORDER_MAX];
        if let Some(counted) = self.margins {
            for (place, &rank) in gram.tokens.iter().enumerate() {
                margins[place] = counted.get(order, place, rank);
            }
        }
        let margins = if self.margins.is_some() { &margins[..order] } else { &[] };
        let entry = Entry {
            tokens: &self.tokens[..order],
            shared: gram.shared,
            count: gram.count,
            documents: gram.documents.len() as u64,
            forms: &[],
            margins,
        };
        let Some(vocabulary) = self.forms else { return each(&entry) };
        self.form_tokens.clear();
        self.form_tokens.extend(gram.forms.tokens.iter().map(|&rank| vocabulary.token(rank as usize)));
        let tokens = self.form_tokens.chunks(order);
        let forms: Vec<Form<'_>> =
            tokens.zip(gram.forms.counts).map(|(tokens, &count)| Form { tokens, count }).collect();
        each(&Entry { forms: &forms, ..entry })
    }
}
