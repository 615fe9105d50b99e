//! An entry that owns what it holds, and lends it; its space serves one entry after the other.

use memchr::{memchr, memchr_iter};

use crate::entry::{Entry, Form, ORDER_MAX};
use crate::key::{END, ESCAPE, push_token, tokens_into};

/// An entry that owns what it holds.
#[derive(Debug, Clone, Default)]
pub struct EntryBuffer {
    /// Its tokens, as a key.
    pub(crate) key: Vec<u8>,
    /// How often it came.
    pub count: u64,
    /// In how many documents; nought where they were not counted.
    pub documents: u64,
    pub(crate) forms: FormList,
    /// Space for what is lent.
    tokens: Tokens,
}

/// The forms of an n-gram, in byte order.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormList {
    /// Their keys, one after the other.
    pub keys: Vec<u8>,
    /// Where each key ends, and how often the form came.
    pub ends: Vec<(usize, u64)>,
}

/// Tokens one after the other, and where each ends.
#[derive(Debug, Clone, Default)]
struct Tokens {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl EntryBuffer {
    /// Forgets what it holds.
    pub fn clear(&mut self) {
        self.key.clear();
        (self.count, self.documents) = (0, 0);
        self.forms.clear();
    }

    /// Takes over what an entry holds, but for its margins.
    pub fn copy_from(&mut self, entry: &Entry<'_>) {
        self.clear();
        entry.tokens.iter().for_each(|token| push_token(token, &mut self.key));
        (self.count, self.documents) = (entry.count, entry.documents);
        for form in entry.forms {
            form.tokens.iter().for_each(|token| push_token(token, &mut self.forms.keys));
            self.forms.end(form.count);
        }
    }

    /// The order of the n-gram.
    pub fn order(&self) -> usize {
        memchr_iter(END, &self.key).count()
    }

    /// Lends the entry to `look`; `shared` and `margins` are as in [`Entry`].
    pub fn lend<T>(&mut self, shared: usize, margins: &[u64], look: impl FnOnce(&Entry<'_>) -> T) -> T {
        let EntryBuffer { key, count, documents, forms, tokens } = self;
        let (count, documents) = (*count, *documents);
        if forms.ends.is_empty() && memchr(ESCAPE, key).is_none() {
            let mut list = [&b""[..]; ORDER_MAX];
            let (mut order, mut start) = (0, 0);
            for end in memchr_iter(END, key).take(ORDER_MAX) {
                list[order] = &key[start..end];
                (order, start) = (order + 1, end + 1);
            }
            debug_assert_eq!(start, key.len(), "whoever fills the buffer keeps to the orders there are");
            let tokens = &list[..order];
            return look(&Entry { tokens, shared, count, documents, forms: &[], margins });
        }
        tokens.clear();
        tokens_into(key, &mut tokens.bytes, &mut tokens.ends);
        let order = tokens.ends.len();
        tokens_into(&forms.keys, &mut tokens.bytes, &mut tokens.ends);
        let all: Vec<&[u8]> = tokens.iter().collect();
        let (tokens, others) = all.split_at(order);
        let counts = forms.ends.iter().map(|&(_, count)| count);
        let of_forms = others.chunks_exact(order.max(1));
        let forms: Vec<Form<'_>> =
            of_forms.zip(counts).map(|(tokens, count)| Form { tokens, count }).collect();
        look(&Entry { tokens, shared, count, documents, forms: &forms, margins })
    }
}

impl FormList {
    pub fn clear(&mut self) {
        self.keys.clear();
        self.ends.clear();
    }

    /// The key that was written last is that of a form.
    pub fn end(&mut self, count: u64) {
        self.ends.push((self.keys.len(), count));
    }

    /// The key of a form, and how often it came.
    pub fn get(&self, index: usize) -> Option<(&[u8], u64)> {
        let &(end, count) = self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1].0 };
        Some((&self.keys[start..end], count))
    }
}

impl Tokens {
    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.bytes[start..end])
    }
}
