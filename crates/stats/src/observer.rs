//! Counting text: the fold over records.

use std::collections::BTreeMap;

use language::dates::Found;
use memchr::memchr_iter;
use rewrite::{Key, KeyScratch};
use textcore::frame::{Cut, Selection};
use textcore::partial::escape_key_into;
use textcore::tally::Tally;
use textcore::visit::Reading;
use textcore::{Answer, Error, Fold, Output, Record, Span};
use unicode::script::ScriptCounts;
use unicode::{Unit, grapheme, script, utf8};

use crate::dates::Dating;
use crate::document::Document;
use crate::summary::{Parameters, Plan};
use crate::totals::{Counts, Totals};

/// Counts what is asked for in every record.
#[derive(Debug, Clone)]
pub struct Observer {
    unit: Unit,
    counts: Counts,
    /// What words are counted by; `None` is the word itself.
    key_norm: Option<Key>,
    /// Records are documents: whole files, paragraphs, JSON lines.
    is_record_document: bool,
    /// Records lie side by side in their spans, so that a span can be counted in one go.
    is_side_by_side: bool,
    plan: Plan,
    /// Whose dates are counted.
    dating: Option<Dating>,
}

/// One worker's sums.
pub struct State {
    totals: Totals,
    words: Tally,
    scripts: ScriptCounts,
    /// What is known of operands that have not been seen whole in one span.
    documents: BTreeMap<u64, Document>,
    document: Document,
    /// A word as it is counted.
    entry: Vec<u8>,
    key_scratch: KeyScratch,
    dates: Vec<Found>,
}

impl Observer {
    /// Prepares to count what `counts` says, in words of `unit`, those of one key as one.
    pub fn new(unit: Unit, counts: Counts, key_norm: Option<Key>, reading: &Reading, plan: Plan) -> Self {
        let is_all = matches!(reading.selection, Selection::All);
        // Of the other units some begin or end at, or are, a line end: they are counted record by record.
        let ignores_line_ends = !counts.words || matches!(unit, Unit::Word | Unit::Space);
        Observer {
            unit,
            counts,
            key_norm,
            is_record_document: reading.is_record_document(),
            is_side_by_side: is_all && matches!(reading.cut, Cut::Lines | Cut::Whole) && ignores_line_ends,
            plan,
            dating: None,
        }
    }

    /// Counts dates too.
    pub fn dating(self, dating: Option<Dating>) -> Self {
        Observer { dating, ..self }
    }

    fn count_chars(&self, totals: &mut Totals, bytes: &[u8]) {
        if self.counts.chars {
            totals.chars += utf8::count_chars(bytes);
        }
    }

    fn count_words(&self, state: &mut State, text: &[u8]) -> Result<(), Error> {
        if !self.counts.rest {
            state.totals.words += if self.counts.words { self.word_count(state, text) } else { 0 };
            return Ok(());
        }
        let State { totals, words, entry, key_scratch, .. } = state;
        let mut result = Ok(());
        let mut count = |key: Option<&[u8]>, word: &[u8]| {
            totals.words += 1;
            totals.word_lengths.add(utf8::count_chars(word), 1);
            entry.clear();
            if let Some(key) = key {
                escape_key_into(key, entry);
                entry.push(b'\t');
            }
            escape_key_into(word, entry);
            if result.is_ok() {
                result = words.add(entry, 1);
            }
        };
        match &self.key_norm {
            None => self.unit.for_each(text, |word| count(None, word)),
            Some(norm) => {
                norm.for_each_unit(self.unit, key_scratch, text, |key, word| count(Some(key), word));
            }
        }
        result.map_err(Error::Temporary)
    }

    fn count_dates(&self, state: &mut State, text: &[u8]) {
        if let Some(dating) = self.dating {
            dating.dates.find(text, &mut state.dates);
            state.dates.iter().for_each(|found| state.totals.dates.add(found.date));
        }
    }

    fn word_count(&self, state: &mut State, text: &[u8]) -> u64 {
        let Some(norm) = &self.key_norm else { return self.unit.count(text) };
        let mut count = 0;
        norm.for_each_unit(self.unit, &mut state.key_scratch, text, |_, _| count += 1);
        count
    }

    /// What is known of the document under way moves to the account of its operand.
    fn close_span(&self, state: &mut State, index: u64, is_whole: bool) {
        let document = std::mem::take(&mut state.document);
        if is_whole {
            document.close(&mut state.totals);
        } else {
            state.documents.entry(index).or_default().merge(&document);
        }
    }
}

impl Fold for Observer {
    type State = State;

    fn start(&self) -> State {
        State {
            totals: Totals::default(),
            words: Tally::new(self.plan.memory_bytes, &self.plan.temporary_directory),
            scripts: ScriptCounts::new(),
            documents: BTreeMap::new(),
            document: Document::default(),
            entry: Vec::new(),
            key_scratch: KeyScratch::default(),
            dates: Vec::new(),
        }
    }

    fn fold_span(&self, state: &mut State, span: Span<'_>) -> Result<bool, Error> {
        state.totals.files += u64::from(span.starts);
        state.totals.bytes += span.original_bytes;
        if self.counts.lines {
            state.totals.lines += memchr_iter(b'\n', span.bytes).count() as u64;
        }
        if self.counts.rest || !self.is_side_by_side || !span.is_plain {
            return Ok(false);
        }
        self.count_chars(&mut state.totals, span.bytes);
        // No date goes beyond its line.
        self.count_dates(state, span.bytes);
        self.count_words(state, span.bytes)?;
        Ok(true)
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        let totals = &mut state.totals;
        self.count_chars(totals, record.text);
        if !record.is_part {
            self.count_chars(totals, record.end);
        }
        if self.counts.rest {
            totals.records += u64::from(!record.is_repeat);
            totals.record_lengths.add(utf8::count_chars(record.text), 1);
            totals.graphemes += grapheme::count(record.text);
            if !record.is_part {
                totals.graphemes += grapheme::count(record.end);
            }
            script::tally(record.text, &mut state.scripts);
            if self.is_record_document {
                let mut document = Document::default();
                document.observe(record.text, 0);
                document.close(&mut state.totals);
            } else {
                state.document.observe(record.text, record.offset);
            }
        }
        self.count_dates(state, record.text);
        self.count_words(state, record.text)
    }

    fn fold_end(&self, state: &mut State, span: Span<'_>) -> Result<(), Error> {
        if self.counts.rest && !self.is_record_document {
            self.close_span(state, span.operand.index, span.starts && span.ends);
        }
        Ok(())
    }

    fn finish(&self, states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut totals = Totals::default();
        let mut words = Vec::new();
        let mut documents: BTreeMap<u64, Document> = BTreeMap::new();
        for mut state in states {
            for (script, count) in state.scripts.iter().filter(|(_, count)| *count > 0) {
                *state.totals.scripts.entry(script.name().to_owned()).or_default() += count;
            }
            totals.merge(state.totals);
            words.push(state.words);
            for (index, document) in state.documents {
                documents.entry(index).or_default().merge(&document);
            }
        }
        documents.values().for_each(|document| document.close(&mut totals));
        let parameters = Parameters {
            unit: self.unit.name().to_owned(),
            counts: self.counts,
            key_norm: self.key_norm.as_ref().map(ToString::to_string),
            dates: self.dating.map(|dating| dating.name.to_owned()),
        };
        self.plan.write(&parameters, totals, words, out)
    }
}
