//! The stream: the tokens of a corpus as numbers, one after the other, with 0 after each record.

use super::lexicon::Id;

/// Tokens in text order.
#[derive(Debug, Default)]
pub struct Stream {
    /// The ids of tokens; 0 ends a record.
    pub ids: Vec<Id>,
    /// The ids of the tokens' forms, side by side with `ids`; empty where tokens are as they stood.
    pub forms: Vec<Id>,
    /// Where documents begin: a place in `ids` and the document's number.
    pub documents: Vec<(usize, u32)>,
    /// The last record is not over.
    pub is_open: bool,
}

impl Stream {
    /// Bytes of memory that tokens take.
    pub fn memory_bytes(&self) -> usize {
        (self.ids.capacity() + self.forms.capacity()) * size_of::<Id>()
            + self.documents.capacity() * size_of::<(usize, u32)>()
    }

    /// What follows belongs to this document.
    pub fn begin_document(&mut self, number: u32) {
        if self.documents.last().is_none_or(|last| last.1 != number) {
            self.documents.push((self.ids.len(), number));
        }
    }

    /// The record is over.
    #[inline]
    pub fn end_record(&mut self) {
        if self.is_open {
            self.ids.push(0);
            if !self.forms.is_empty() {
                self.forms.push(0);
            }
            self.is_open = false;
        }
    }

    /// How many tokens at the end may not begin n-grams yet: what follows them in their record is still to come.
    pub fn waiting(&self, reach: usize) -> usize {
        if !self.is_open {
            return 0;
        }
        self.ids.iter().rev().take(reach).take_while(|&&id| id != 0).count()
    }

    /// Forgets all tokens but those that are [waiting](Stream::waiting).
    pub fn cut(&mut self, reach: usize) {
        let kept = self.ids.len() - self.waiting(reach);
        self.ids.drain(..kept);
        if !self.forms.is_empty() {
            self.forms.drain(..kept);
        }
        let last = self.documents.last().map(|&(_, number)| (0, number));
        self.documents.clear();
        self.documents.extend(last);
    }

    /// The records, each as the places of its tokens.
    pub fn records(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let rest = self.ids.get(start..).filter(|rest| !rest.is_empty())?;
            let length = rest.iter().position(|&id| id == 0).unwrap_or(rest.len());
            let record = start..start + length;
            start = record.end + 1;
            Some(record)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_goes_on_keeps_its_last_tokens() {
        let mut stream = Stream { ids: vec![1, 2, 0, 3, 4, 5, 6], is_open: true, ..Stream::default() };
        stream.documents = vec![(0, 7), (3, 8)];
        assert_eq!(stream.records().collect::<Vec<_>>(), [0..2, 3..7]);
        assert_eq!([0, 2, 9].map(|reach| stream.waiting(reach)), [0, 2, 4]);
        stream.cut(2);
        assert_eq!((&stream.ids[..], &stream.documents[..]), (&[5, 6][..], &[(0, 8)][..]));
        stream.end_record();
        stream.end_record();
        assert_eq!(stream.ids, [5, 6, 0]);
        stream.cut(2);
        assert!(stream.ids.is_empty());
    }
}
