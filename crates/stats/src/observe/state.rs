//! What a worker remembers, and how it looks at text.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;

use language::dates::Found;
use memchr::{memchr, memchr_iter};
use rewrite::KeyScratch;
use textcore::{Error, Span};
use unicode::census::Counter;
use unicode::word::Receive;
use unicode::{Form, Unit, grapheme, line, utf8, word};

use super::Observer;
use super::counts::{Counts, Word};
use super::late::Late;
use super::piece::{Piece, SEQUENCE_WORDS_MAX};
use super::repeats::{Kind, Repeats};
use crate::mojibake;
use crate::sequence::Sequences;
use crate::sums::Sums;
use crate::words::{Detail, Row, Words};

/// One worker's sums.
pub struct State {
    /// By the number of the group.
    pub sums: BTreeMap<u32, Sums>,
    /// What is known of whole files, where a file is of no group.
    pub of_files: Sums,
    /// The group under way.
    pub group: u32,
    pub words: Words,
    /// Words of documents that more than one worker may see.
    pub late: Late,
    /// Words that were counted and are not in the rows yet.
    pub counts: Counts,
    /// Of what they were counted.
    pub counted: CountedOf,
    pub repeats: Repeats,
    /// The document under way, where records are not documents.
    pub piece: Piece,
    pub sequences: Sequences,
    counter: Counter,
    key_scratch: KeyScratch,
    dates: Vec<Found>,
}

/// What words stood in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CountedOf {
    /// The group.
    pub group: u32,
    /// The operand's index, where words are counted by document.
    pub index: u64,
}

/// Text to look at.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// A record without its end.
    pub text: &'a [u8],
    /// Its end, where that is text.
    pub end: &'a [u8],
    /// Where it begins in its document.
    pub offset: u64,
}

impl State {
    /// Nothing seen yet; each table takes up to so many bytes of memory.
    pub fn new(detail: Detail, limit_bytes: usize, temporary_directory: &Path) -> State {
        State {
            sums: BTreeMap::new(),
            of_files: Sums::default(),
            group: 0,
            words: Words::new(detail, limit_bytes, temporary_directory),
            late: Late::new(limit_bytes, temporary_directory),
            counts: Counts::default(),
            counted: CountedOf::default(),
            repeats: Repeats::new(limit_bytes, temporary_directory),
            piece: Piece::default(),
            sequences: Sequences::default(),
            counter: Counter::new(),
            key_scratch: KeyScratch::default(),
            dates: Vec::new(),
        }
    }

    /// The sums of the group under way.
    pub fn sums(&mut self) -> &mut Sums {
        self.sums.entry(self.group).or_default()
    }
}

impl Observer {
    /// Counts only what is asked for one by one.
    pub(super) fn count_sizes(&self, state: &mut State, text: &[u8], end: &[u8]) {
        let Some(sizes) = self.areas.sizes else { return };
        if sizes.chars {
            state.sums().chars += utf8::count_chars(text) + utf8::count_chars(end);
        }
        self.count_dates(state, text);
        if sizes.words {
            let words = match &self.key_norm {
                None => self.unit.count(text),
                Some(norm) => {
                    let mut count = 0;
                    norm.for_each_unit(self.unit, &mut state.key_scratch, text, |_, _| count += 1);
                    count
                }
            };
            state.sums().words += words;
        }
    }

    /// Looks at a span of lines that lie side by side.
    pub(super) fn observe_lines(
        &self,
        state: &mut State,
        piece: &mut Piece,
        span: &Span<'_>,
    ) -> Result<(), Error> {
        let text = span.bytes;
        self.look_at(state, piece, text, span.offset);
        if self.areas.health {
            piece.observe_zwnj_of_lines(text, span.offset);
        }
        let needs_lines = self.areas.lengths || self.areas.duplication || self.areas.all_lengths;
        let group = state.group;
        let State { sums, repeats, .. } = state;
        let sums = sums.entry(group).or_default();
        if self.areas.health {
            sums.not_nfc += Form::Nfc.changed_lines(text);
        }
        if needs_lines {
            let mut result = Ok(());
            line::for_each(text, |line, chars| {
                sums.records += 1;
                sums.record_lengths.add(chars, 1);
                if self.areas.duplication && result.is_ok() {
                    result = repeats.add(Kind::Line, group, line, sums);
                }
                if self.areas.all_lengths {
                    self.measure_sentences(sums, line);
                }
            });
            result.map_err(Error::Temporary)?;
        } else {
            sums.records += memchr_iter(b'\n', text).count() as u64
                + u64::from(text.last().is_some_and(|&last| last != b'\n'));
        }
        self.count_words(state, piece, text)
    }

    /// Looks at one record.
    pub(super) fn observe_record(
        &self,
        state: &mut State,
        piece: &mut Piece,
        work: Work<'_>,
    ) -> Result<(), Error> {
        let Work { text, end, offset } = work;
        self.look_at(state, piece, text, offset);
        if self.areas.health {
            piece.observe_zwnj(text, offset);
        }
        let group = state.group;
        let State { sums, repeats, counter, .. } = state;
        let sums = sums.entry(group).or_default();
        if !end.is_empty() {
            sums.graphemes += grapheme::count(end);
            if self.areas.health {
                sums.crlf += u64::from(end.starts_with(b"\r\n"));
                // Their number is that of the census.
                counter.count(end);
            } else {
                sums.chars += utf8::count_chars(end);
            }
        }
        sums.record_lengths.add(utf8::count_chars(text), 1);
        if self.areas.health {
            sums.not_nfc += u64::from(!Form::Nfc.is_normalized(text));
            sums.ill_formed_records += u64::from(!utf8::is_valid(text));
        }
        if self.areas.all_lengths {
            if self.has_lines {
                Unit::Line.for_each(text, |line| sums.line_lengths.add(utf8::count_chars(line), 1));
            }
            self.measure_sentences(sums, text);
        }
        if self.areas.duplication {
            self.look_for_repeats(repeats, group, text, sums).map_err(Error::Temporary)?;
        }
        self.count_words(state, piece, text)
    }

    fn look_for_repeats(
        &self,
        repeats: &mut Repeats,
        group: u32,
        text: &[u8],
        sums: &mut Sums,
    ) -> io::Result<()> {
        if !self.has_lines {
            return repeats.add(Kind::Line, group, text, sums);
        }
        let mut result = repeats.add(Kind::Record, group, text, sums);
        for (unit, kind) in [(Unit::Line, Kind::Line), (Unit::Paragraph, Kind::Paragraph)] {
            unit.for_each(text, |part| {
                if result.is_ok() {
                    result = repeats.add(kind, group, part, sums);
                }
            });
        }
        result
    }

    /// What does not depend on where records end.
    fn look_at(&self, state: &mut State, piece: &mut Piece, text: &[u8], offset: u64) {
        self.count_dates(state, text);
        if self.areas.has_language() {
            piece.observe_language(text, offset);
        }
        if self.areas.health {
            state.counter.count(text);
        }
        let sums = state.sums();
        sums.graphemes += grapheme::count(text);
        if self.areas.health {
            sums.crlf += crlf(text);
            sums.mojibake += mojibake::count(text);
        } else {
            sums.chars += utf8::count_chars(text);
        }
    }

    /// The census of what was seen since the last time is that of the document under way.
    pub(super) fn take_census(&self, state: &mut State, piece: &mut Piece) {
        if self.areas.health {
            let chars = state.counter.take_into(&mut piece.census);
            state.sums().chars += chars;
        }
    }

    fn measure_sentences(&self, sums: &mut Sums, text: &[u8]) {
        Unit::Sentence.for_each(text, |sentence| sums.sentence_lengths.add(self.unit.count(sentence), 1));
    }

    fn count_dates(&self, state: &mut State, text: &[u8]) {
        if let Some(dating) = self.dating {
            dating.dates.find(text, &mut state.dates);
            let dates = std::mem::take(&mut state.dates);
            let sums = state.sums();
            dates.iter().for_each(|found| sums.dates.add(found.date));
            state.dates = dates;
        }
    }

    fn count_words(&self, state: &mut State, piece: &mut Piece, text: &[u8]) -> Result<(), Error> {
        let State { words, counts, key_scratch, .. } = state;
        let detail = self.detail();
        if detail == Detail::Words && !self.areas.sequence {
            let seen = add_words(words, self.unit, text).map_err(Error::Temporary)?;
            piece.words += seen;
            state.sums().words += seen;
            return Ok(());
        }
        let mut trouble = None;
        let mut seen = 0;
        let mut count = |unit: Word<'_>, bytes: &[u8], form: Option<&[u8]>| {
            seen += 1;
            if self.areas.sequence && piece.sequence.len() <= SEQUENCE_WORDS_MAX {
                piece.sequence.push(unit.hash);
            }
            let result = match (detail, form) {
                (Detail::Words, _) => words.add(bytes, 1),
                (Detail::Rows, form) => {
                    counts.add(unit);
                    form.map_or(Ok(()), |form| words.add_row(bytes, Row::Form(form), 1))
                }
            };
            if let Err(error) = result {
                trouble = Some(error);
            }
        };
        match &self.key_norm {
            None if self.unit == Unit::Word => {
                word::for_each_token_at(text, &mut |range: Range<usize>, head: &[u8; 16]| {
                    count(Word::at(text, range.clone(), head), &text[range], None);
                });
            }
            None => self.unit.for_each(text, |word| count(Word::new(word), word, None)),
            Some(norm) => norm.for_each_unit(self.unit, key_scratch, text, |key, word| {
                count(Word::new(key), key, Some(word));
            }),
        }
        piece.words += seen;
        state.sums().words += seen;
        trouble.map_or(Ok(()), |error| Err(Error::Temporary(error)))
    }
}

/// The usual case, in which nothing but this is done for each word; how many there are.
fn add_words(words: &mut Words, unit: Unit, text: &[u8]) -> io::Result<u64> {
    let mut adding = Adding { words, text, seen: 0, result: Ok(()) };
    if unit == Unit::Word {
        word::for_each_token_at(text, &mut adding);
    } else {
        unit.for_each(text, |word| {
            let added = adding.words.add(word, 1);
            adding.note(added);
        });
    }
    adding.result.map(|()| adding.seen)
}

/// Words on their way to the rows.
struct Adding<'a> {
    words: &'a mut Words,
    text: &'a [u8],
    seen: u64,
    result: io::Result<()>,
}

impl Adding<'_> {
    #[inline(always)]
    fn note(&mut self, added: io::Result<()>) {
        self.seen += 1;
        if added.is_err() {
            self.result = added;
        }
    }
}

impl Receive for Adding<'_> {
    #[inline(always)]
    fn receive(&mut self, range: Range<usize>, head: &[u8; 16]) {
        let added = self.words.add_at(self.text, range, head);
        self.note(added);
    }
}

/// How many CR LF there are.
fn crlf(text: &[u8]) -> u64 {
    if memchr(b'\r', text).is_none() {
        return 0;
    }
    memchr_iter(b'\r', text).filter(|&at| text.get(at + 1) == Some(&b'\n')).count() as u64
}
