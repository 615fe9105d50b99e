//! An n-gram and what was counted of it, on the way from the counts to the answer.

/// An n-gram and what was counted of it. Entries come in the order of their keys: token by token, each bytewise, and
/// an n-gram before those that it begins.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The tokens it is counted by, as many as its order, unescaped.
    pub tokens: &'a [&'a [u8]],
    /// How many of them the entry before it began with, at least; nought where nobody knows.
    pub shared: usize,
    /// How often it came.
    pub count: u64,
    /// In how many documents; nought where documents were not counted.
    pub documents: u64,
    /// Where tokens are keys: the n-gram as it stood, in all its forms, in byte order. Empty where tokens are as they
    /// stood.
    pub forms: &'a [Form<'a>],
    /// How many n-grams of this order have this token at this place, for each place. Empty where nobody asked.
    pub margins: &'a [u64],
}

/// A way in which an n-gram of keys stood in the text.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// Its tokens.
    pub tokens: &'a [&'a [u8]],
    /// How often it came.
    pub count: u64,
}

impl<'a> Entry<'a> {
    /// The order of the n-gram.
    pub fn order(&self) -> usize {
        self.tokens.len()
    }

    /// The tokens that are shown: the commonest form, of equally common ones the first, or the tokens themselves.
    pub fn shown(&self) -> &'a [&'a [u8]] {
        let commonest =
            self.forms.iter().reduce(|best, form| if form.count > best.count { form } else { best });
        commonest.map_or(self.tokens, |form| form.tokens)
    }
}

/// Sums over all n-grams of a corpus, before anything is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many n-grams of each order came; index 0 is not used.
    pub totals: [u64; ORDER_MAX + 1],
    /// How many documents there were; nought where they were not counted.
    pub documents: u64,
    /// Pairs have no first and second: margins count both tokens of each pair, and `totals[2]` is the number of pairs.
    pub is_symmetric: bool,
}

/// The largest order that is counted.
pub const ORDER_MAX: usize = 9;
