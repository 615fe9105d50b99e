//! A text's tokens as they are wanted: some left out, some written otherwise than they stand.

use textcore::Record;
use unicode::space::is_white_space;
use unicode::{Casing, Unit};

use crate::class::Class;
use crate::dictionary::Dictionary;
use crate::filter::Filter;
use crate::segmenter::{self, Segmenter, Words};
use crate::token::Token;

/// Segments, chooses and dresses.
#[derive(Debug, Clone)]
pub struct Stream {
    /// What a token is.
    pub segmenter: Segmenter,
    /// Which tokens are wanted; `None` for all.
    pub filter: Option<Filter>,
    /// How they are written.
    pub dress: Dress,
}

/// How tokens are written.
#[derive(Debug, Clone, Default)]
pub struct Dress {
    /// In which case.
    pub case: Option<Casing>,
    /// What stands for every token of a class.
    pub masks: Vec<(Class, String)>,
    /// What stands for each white space inside a token; `None` leaves it.
    pub join: Option<String>,
}

/// Room for the work on one text after the other.
#[derive(Debug, Default)]
pub struct Scratch {
    segmenter: segmenter::Scratch,
    joined: Vec<u8>,
    cased: Vec<u8>,
}

impl Stream {
    /// All tokens of a segmenter, as they stand.
    pub fn of(segmenter: Segmenter) -> Self {
        Stream { segmenter, filter: None, dress: Dress::default() }
    }

    /// The unit by which tokens are just what stands in the text, if it is no more than that.
    pub fn plain_unit(&self) -> Option<Unit> {
        match self.segmenter {
            Segmenter::Unit(Unit::Byte) => None,
            Segmenter::Unit(unit) if self.filter.is_none() && self.dress.is_plain() => Some(unit),
            _ => None,
        }
    }

    /// The dictionaries by which tokens are just words that stand in the text, if they are no more than that.
    pub fn plain_dictionary(&self) -> Option<&Dictionary> {
        match &self.segmenter {
            Segmenter::Words(Words { protector: None, splits_zwnj: false, dictionary, .. })
                if self.filter.is_none() && self.dress.is_plain() =>
            {
                Some(dictionary)
            }
            _ => None,
        }
    }

    /// Whether something of the text is left out or changed, white space between tokens apart.
    pub fn loses(&self) -> bool {
        let splits = matches!(&self.segmenter, Segmenter::Words(words) if words.splits_zwnj);
        self.filter.is_some() || !self.dress.is_plain() || splits
    }

    /// Gives every token of a record to a function, in order.
    pub fn for_each(&self, scratch: &mut Scratch, record: &Record<'_>, receive: &mut dyn FnMut(Token<'_>)) {
        let Scratch { segmenter, joined, cased } = scratch;
        if self.filter.is_none() && self.dress.is_plain() {
            return self.segmenter.for_each(segmenter, record, receive);
        }
        self.segmenter.for_each(segmenter, record, &mut |token| {
            if self.takes(&token) {
                receive(self.dress.put_on(token, joined, cased));
            }
        });
    }

    /// How many tokens there are.
    pub fn count(&self, scratch: &mut Scratch, record: &Record<'_>) -> u64 {
        if self.filter.is_none() {
            return self.segmenter.count(&mut scratch.segmenter, record);
        }
        let mut count = 0;
        self.segmenter
            .for_each(&mut scratch.segmenter, record, &mut |token| count += u64::from(self.takes(&token)));
        count
    }

    fn takes(&self, token: &Token<'_>) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.passes(token.text, token.class))
    }
}

impl Dress {
    /// Whether tokens are written as they are.
    fn is_plain(&self) -> bool {
        self.case.is_none() && self.masks.is_empty() && self.join.is_none()
    }

    fn put_on<'t>(&'t self, token: Token<'t>, joined: &'t mut Vec<u8>, cased: &'t mut Vec<u8>) -> Token<'t> {
        let mut dressed = token;
        if !self.masks.is_empty() {
            let class = token.class();
            dressed.class = Some(class);
            if let Some((_, mask)) = self.masks.iter().rfind(|(of, _)| *of == class) {
                return Token { form: mask.as_bytes(), ..dressed };
            }
        }
        if let Some(mark) = &self.join
            && join_into(mark, dressed.form, joined)
        {
            dressed.form = joined;
        }
        if let Some(casing) = self.case {
            cased.clear();
            casing.convert_into(dressed.form, cased);
            dressed.form = cased;
        }
        dressed
    }
}

/// Writes a form with a mark for each white space in it; false if there is none.
fn join_into(mark: &str, form: &[u8], joined: &mut Vec<u8>) -> bool {
    let Some(form) = std::str::from_utf8(form).ok().filter(|form| form.contains(is_white_space)) else {
        return false;
    };
    joined.clear();
    for (index, part) in form.split(is_white_space).enumerate() {
        joined.extend_from_slice(if index > 0 { mark.as_bytes() } else { b"" });
        joined.extend_from_slice(part.as_bytes());
    }
    true
}
