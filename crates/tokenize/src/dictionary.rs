//! Words of scripts that are written without spaces, in programs that were built with the dictionaries.

use std::sync::Arc;

/// Where words end inside such scripts.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    #[cfg(feature = "dictionary")]
    segmenter: Option<Arc<dictionary::Segmenter>>,
    #[cfg(not(feature = "dictionary"))]
    segmenter: Option<Arc<Nobody>>,
}

/// Stands for the dictionaries where there are none.
#[cfg(not(feature = "dictionary"))]
#[derive(Debug)]
enum Nobody {}

impl Dictionary {
    /// The dictionaries; `None` if the program was built without them.
    pub fn load() -> Option<Self> {
        #[cfg(feature = "dictionary")]
        return Some(Dictionary { segmenter: Some(Arc::new(dictionary::Segmenter::new())) });
        #[cfg(not(feature = "dictionary"))]
        None
    }

    /// Gives every word of a text to a function, in order; without dictionaries those of UAX #29.
    pub fn for_each_token(&self, text: &[u8], receive: impl FnMut(&[u8])) {
        match self.segmenter.as_deref() {
            None => unicode::word::for_each_token(text, receive),
            #[cfg(feature = "dictionary")]
            Some(segmenter) => segmenter.for_each_token(text, receive),
            #[cfg(not(feature = "dictionary"))]
            Some(nobody) => match *nobody {},
        }
    }

    /// Appends every word of [`Dictionary::for_each_token`], each with an end after it.
    pub fn write_tokens(&self, text: &[u8], end: u8, out: &mut Vec<u8>) {
        match self.segmenter.as_deref() {
            None => unicode::word::write_tokens(text, end, out),
            #[cfg(feature = "dictionary")]
            Some(segmenter) => segmenter.write_tokens(text, end, out),
            #[cfg(not(feature = "dictionary"))]
            Some(nobody) => match *nobody {},
        }
    }

    /// How often [`Dictionary::for_each_token`] would call.
    pub fn count_tokens(&self, text: &[u8]) -> u64 {
        match self.segmenter.as_deref() {
            None => unicode::word::count_tokens(text),
            #[cfg(feature = "dictionary")]
            Some(segmenter) => segmenter.count_tokens(text),
            #[cfg(not(feature = "dictionary"))]
            Some(nobody) => match *nobody {},
        }
    }
}
