//! The words of a text, whatever its scripts.

use crate::lexicons::Lexicons;
use crate::part::Parts;
use crate::script::Script;
use crate::walk::{Lexicon, word_end};
use unicode::word;

/// Divides text into words: by a dictionary where it is Thai, Lao, Burmese, Khmer, Han or Hiragana, by the rules of
/// UAX #29 elsewhere.
///
/// Boundaries are those of icu_segmenter 2.4 (`WordSegmenter::new_dictionary`, Unicode 18) on the whole text. In
/// short: a run of two or more characters of these scripts begins and ends with a boundary; inside of it each script
/// is divided by its dictionary, the longest word first; what no dictionary knows is a segment for each grapheme
/// cluster, or one of the letters with which a word might have begun. Text is UTF-8 that may be ill-formed: each
/// maximal subpart of an ill-formed sequence behaves as U+FFFD does and keeps its own bytes.
///
/// Time is linear in the text, memory does not grow with it, and one value serves any number of threads.
///
/// ```
/// let segmenter = dictionary::Segmenter::new();
/// let mut words = Vec::new();
/// segmenter.for_each_token("ภาษาไทย and 日本語".as_bytes(), |word| words.push(word.to_vec()));
/// assert_eq!(words, ["ภาษา", "ไทย", "and", "日本語"].map(|word| word.as_bytes().to_vec()));
/// ```
#[derive(Debug)]
pub struct Segmenter {
    lexicons: Lexicons,
}

impl Default for Segmenter {
    fn default() -> Self {
        Segmenter::new()
    }
}

impl Segmenter {
    /// A segmenter with all dictionaries; they lie in the program and are not copied.
    ///
    /// What is made is an index of first characters: about a millisecond, a quarter of a megabyte.
    pub fn new() -> Self {
        Segmenter { lexicons: Lexicons::new() }
    }

    /// Give every segment of a text to a function, in order, white space included: concatenated they are the text.
    ///
    /// ```
    /// let mut segments = Vec::new();
    /// let segmenter = dictionary::Segmenter::new();
    /// segmenter.for_each_segment("我们 OK".as_bytes(), |segment| segments.push(segment.to_vec()));
    /// assert_eq!(segments, ["我们", " ", "OK"].map(|segment| segment.as_bytes().to_vec()));
    /// ```
    pub fn for_each_segment(&self, text: &[u8], mut receive: impl FnMut(&[u8])) {
        for part in Parts::new(text) {
            match part.script {
                Script::Plain => word::words(part.text).for_each(&mut receive),
                script => self.for_each_word(part.text, script, &mut receive),
            }
        }
    }

    /// Give every segment that holds a character which is not White_Space to a function, in order.
    pub fn for_each_token(&self, text: &[u8], mut receive: impl FnMut(&[u8])) {
        for part in Parts::new(text) {
            match part.script {
                Script::Plain => word::for_each_token(part.text, &mut receive),
                script => self.for_each_word(part.text, script, &mut receive),
            }
        }
    }

    /// Append every token of [`Segmenter::for_each_token`], each with a separator after it.
    ///
    /// ```
    /// let mut out = Vec::new();
    /// dictionary::Segmenter::new().write_tokens("我们 OK".as_bytes(), b'/', &mut out);
    /// assert_eq!(out, "我们/OK/".as_bytes());
    /// ```
    pub fn write_tokens(&self, text: &[u8], separator: u8, out: &mut Vec<u8>) {
        for part in Parts::new(text) {
            match part.script {
                Script::Plain => word::write_tokens(part.text, separator, out),
                script => self.for_each_word(part.text, script, |word| {
                    out.extend_from_slice(word);
                    out.push(separator);
                }),
            }
        }
    }

    /// The number of tokens: how often [`Segmenter::for_each_token`] would call.
    ///
    /// ```
    /// assert_eq!(dictionary::Segmenter::new().count_tokens("ພາສາລາວ, yes".as_bytes()), 4);
    /// ```
    pub fn count_tokens(&self, text: &[u8]) -> u64 {
        let mut count = 0;
        for part in Parts::new(text) {
            match part.script {
                Script::Plain => count += word::count_tokens(part.text),
                script => self.for_each_word(part.text, script, |_| count += 1),
            }
        }
        count
    }

    /// The words of a part of one script.
    fn for_each_word(&self, part: &[u8], script: Script, receive: impl FnMut(&[u8])) {
        match script {
            Script::Thai => walk(&self.lexicons.thai, part, receive),
            Script::Lao => walk(&self.lexicons.lao, part, receive),
            Script::Burmese => walk(&self.lexicons.burmese, part, receive),
            Script::Khmer => walk(&self.lexicons.khmer, part, receive),
            Script::Han => walk(&self.lexicons.han, part, receive),
            Script::Plain | Script::Undivided => [part].into_iter().for_each(receive),
        }
    }
}

fn walk<L: Lexicon>(lexicon: &L, part: &[u8], mut receive: impl FnMut(&[u8])) {
    let mut start = 0;
    while start < part.len() {
        let end = word_end(lexicon, part, start);
        receive(&part[start..end]);
        start = end;
    }
}
