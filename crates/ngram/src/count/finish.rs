//! The end: the streams of all workers become n-grams in order, and the answer.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use textcore::tally::{READER_BYTES, Run, merge_runs};
use textcore::{Answer, Error, Output, jobs};

use super::lexicon::Lexicon;
use super::listed::Listed;
use super::measure::{Margins, Measure};
use super::packed::{Packed, Packing, Wide};
use super::rare::Rare;
use super::scatter::{Buckets, Scattered};
use super::speaker::Speaker;
use super::spill::{Spill, grams};
use super::state::{State, by_rank};
use super::stream::Stream;
use super::tuples::Tuples;
use super::vocab::{UNKNOWN, Vocab};
use super::vocabulary::Vocabulary;
use super::walk::Gram;
use crate::answer::{Answering, Harvest, Sheaf};
use crate::entry::Summary;
use crate::merge::{self, Means, Rows as MergedRows};
use crate::parameters::Parameters;
use crate::row::{self, Source, Translation};

/// What the end of a run has to know.
pub struct Finish<'a> {
    /// Which tokens make an n-gram.
    pub tuples: Tuples,
    /// What the counts are counts of.
    pub parameters: &'a Parameters,
    /// Which tokens count as they stand.
    pub vocab: &'a Vocab,
    /// What becomes of the n-grams.
    pub answering: &'a Answering,
    /// How many workers.
    pub threads: usize,
    /// For everything that is remembered, in bytes.
    pub memory_bytes: usize,
    /// Where what does not fit is written.
    pub temporary_directory: &'a Path,
    /// How many documents there were.
    pub documents: u64,
    /// How many bytes of temporary files were written.
    pub temporary_bytes: &'a AtomicU64,
}

/// The tokens of all workers.
pub(super) struct Known {
    pub(super) vocabulary: Vocabulary,
    pub(super) forms: Option<Vocabulary>,
    pub(super) margins: Option<Margins>,
}

impl Known {
    pub(super) fn speaker(&self) -> Speaker<'_> {
        Speaker::new(&self.vocabulary, self.forms.as_ref(), self.margins.as_ref())
    }
}

impl Finish<'_> {
    /// Writes the answer from what workers hold in memory, and what they have spilled.
    ///
    /// # Errors
    /// Temporary storage fails; what the answer or the output says.
    pub fn write(&self, mut states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let is_outgrown = states.iter().any(|state| !state.runs.is_empty());
        let is_spilled = states.iter().any(|state| !state.row_runs.is_empty());
        if is_outgrown || is_spilled && matches!(self.vocab, Vocab::Commonest(_)) {
            return self.write_outgrown(states, out);
        }
        if is_spilled {
            return self.write_spilled(states, out);
        }
        let (vocabulary, forms, counts) = into_ranks(&mut states);
        let mut streams: Vec<Stream> = states.into_iter().map(|state| state.stream).collect();
        self.replace_rare(&vocabulary, forms.as_ref(), &mut streams);
        let known = Known { vocabulary, forms, margins: None };
        if self.tuples.are_joint() && self.tuples.order() == 1 {
            self.write_counts(&known, &counts, out)
        } else {
            self.write_streams(known, &streams, out)
        }
    }

    /// All workers spill what they still hold, and the runs are merged.
    fn write_spilled(&self, mut states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        jobs::in_order(self.threads, &mut states, State::spill, |()| Ok(()))?;
        let lexicons: Vec<&Lexicon> = states.iter().map(|state| &state.lexicon).collect();
        let (vocabulary, ranks) = Vocabulary::of(&lexicons);
        let forms: Vec<&Lexicon> = states.iter().filter_map(|state| state.forms.as_ref()).collect();
        let (forms, form_ranks) = Vocabulary::of(&forms);
        let mut form_ranks = form_ranks.into_iter();
        let mut sources = Vec::new();
        for (state, ranks) in states.into_iter().zip(ranks) {
            let form_ranks = form_ranks.next().unwrap_or_default();
            let translation = Arc::new(Translation::new(self.tuples.layout(), ranks, form_ranks));
            let runs = state.row_runs.into_iter();
            sources.extend(runs.map(|run| Source { run, translation: Arc::clone(&translation) }));
        }
        let forms = self.tuples.has_forms.then_some(forms);
        self.write_rows(Known { vocabulary, forms, margins: None }, sources, out)
    }

    /// All workers write what they still hold as rows of tokens, and the runs are merged.
    fn write_outgrown(&self, mut states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        jobs::in_order(self.threads, &mut states, State::outgrow, |()| Ok(()))?;
        let (mut runs, mut tallies) = (Vec::new(), Vec::new());
        for mut state in states {
            runs.append(&mut state.runs);
            tallies.extend(state.spilled.take());
        }
        let rare = match *self.vocab {
            Vocab::Commonest(size) => Some(Rare::of(tallies, size, self.summary().is_symmetric)?),
            Vocab::All | Vocab::Words(_) => None,
        };
        self.write_runs(runs, rare.as_ref(), out)
    }

    /// The runs are merged; tokens that are rare become `<unk>` on the way.
    fn write_runs(&self, runs: Vec<Run>, rare: Option<&Rare>, out: &mut dyn Output) -> Result<Answer, Error> {
        self.note_temporary(runs.iter().map(Run::size_bytes).sum());
        let directory = self.temporary_directory;
        let means = Means { memory_bytes: self.memory_bytes, temporary_directory: directory.to_owned() };
        let together = (self.memory_bytes / 2 / READER_BYTES).clamp(RUNS_MIN, RUNS_MAX);
        let rows = merge_runs(runs, together, directory).map_err(Error::Temporary)?;
        let rows: Box<dyn MergedRows> = match rare {
            Some(rare) => Box::new(rare.replace(rows, self.memory_bytes / 4, directory)?),
            None => Box::new(rows),
        };
        let (answering, parameters) = (self.answering, self.parameters);
        if self.tuples.has_documents {
            merge::finish(answering, parameters, self.documents, Listed::new(rows), &means, out)
        } else {
            merge::finish(answering, parameters, self.documents, rows, &means, out)
        }
    }

    /// Each token and its count.
    fn write_counts(
        &self,
        known: &Known,
        counts: &[Vec<u64>],
        out: &mut dyn Output,
    ) -> Result<Answer, Error> {
        let ranks = known.vocabulary.len();
        let mut sums = vec![0u64; ranks];
        for counts in counts {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        if let Some(replacements) = self.vocab.replacements(&known.vocabulary, &sums) {
            let counts = std::mem::replace(&mut sums, vec![0; ranks]);
            counts.iter().zip(replacements).for_each(|(count, rank)| sums[rank as usize] += count);
        }
        let mut summary = self.summary();
        summary.totals[1] = sums.iter().sum();
        let stretches =
            (1..ranks).step_by(STRETCH_TOKENS).map(|start| start..ranks.min(start + STRETCH_TOKENS));
        let mut harvest = self.answering.begin(self.parameters, &summary)?;
        let reaper = harvest.reaper();
        let work = |ranks: Range<usize>| {
            let (mut sheaf, mut speaker) = (reaper.sheaf(), known.speaker());
            for rank in ranks.filter(|&rank| sums[rank] > 0) {
                let gram = Gram { tokens: &[rank as u32], count: sums[rank], ..Gram::default() };
                speaker.say(gram, |entry| sheaf.push(entry))?;
            }
            Ok(sheaf)
        };
        jobs::in_order(self.threads, stretches, work, |sheaf| harvest.bind(sheaf, out))?;
        harvest.finish(out)
    }

    fn write_streams(
        &self,
        mut known: Known,
        streams: &[Stream],
        out: &mut dyn Output,
    ) -> Result<Answer, Error> {
        let ranks = known.vocabulary.len();
        let has_margins = self.answering.needs().margins;
        let mut threads = self.threads;
        if has_margins {
            // Where there is room for the margins of one stream at a time only, streams are measured one after the other.
            let fit = |times| Margins::check(&self.tuples, ranks, times, self.memory_bytes);
            if fit(streams.len() + 1).is_err() {
                fit(2)?;
                threads = 1;
            }
        }
        let mut sum = Measure { firsts: vec![0; ranks], ..Measure::default() };
        sum.margins = has_margins.then(|| Margins::new(&self.tuples, ranks));
        let mut firsts = Vec::new();
        jobs::in_order(
            threads,
            streams,
            |stream| Ok(Measure::of(&self.tuples, stream, ranks, has_margins)),
            |measure| {
                sum.add(&measure);
                firsts.push(measure.firsts);
                Ok(())
            },
        )?;
        let buckets = Buckets::new(&sum.firsts);
        known.margins = sum.margins;
        let most = ranks
            .max(known.forms.as_ref().map_or(0, Vocabulary::len))
            .max(self.documents.min(u64::from(u32::MAX)) as usize);
        let packing = Packing::of(self.tuples.columns(), most);
        let memory_bytes = self.memory_for_rows(&known, streams, ranks);
        let largest = buckets.rows.iter().max().copied().unwrap_or(0);
        if largest * packing.key_bytes() as u64 > memory_bytes as u64 {
            return self.write_large(known, streams, &firsts, out);
        }
        let summary = Summary { totals: sum.totals, ..self.summary() };
        let mut harvest = self.answering.begin(self.parameters, &summary)?;
        let rows = Rows {
            finish: self,
            known: &known,
            streams,
            firsts: &firsts,
            buckets: &buckets,
            packing,
            memory_bytes,
        };
        match packing.key_bytes() {
            8 => rows.write::<u64>(&mut harvest, out)?,
            16 => rows.write::<u128>(&mut harvest, out)?,
            32 => rows.write::<Wide<4>>(&mut harvest, out)?,
            _ => rows.write::<Wide<10>>(&mut harvest, out)?,
        }
        harvest.finish(out)
    }

    /// What is left of the memory beside the streams and what is known of tokens, but for a share for what is written.
    fn memory_for_rows(&self, known: &Known, streams: &[Stream], ranks: usize) -> usize {
        let tokens: usize = streams.iter().map(Stream::memory_bytes).sum();
        let sums = (streams.len() + 1) * ranks * size_of::<u64>();
        let margins = known.margins.as_ref().map_or(0, Margins::memory_bytes);
        let forms = known.forms.as_ref().map_or(0, Vocabulary::memory_bytes);
        let held = tokens + sums + margins + forms + known.vocabulary.memory_bytes();
        (self.memory_bytes - self.memory_bytes / 8).saturating_sub(held).max(self.memory_bytes / 8)
    }

    /// So many rows begin with one token that they do not fit in memory together: they go to disk, a part at a time.
    fn write_large(
        &self,
        known: Known,
        streams: &[Stream],
        firsts: &[Vec<u64>],
        out: &mut dyn Output,
    ) -> Result<Answer, Error> {
        let identity = |vocabulary: &Vocabulary| -> Vec<u32> { (0..vocabulary.len() as u32).collect() };
        let (mut spool, mut runs) = (row::Spool::new(self.temporary_directory), Vec::new());
        let mut spill = Spill {
            tuples: self.tuples,
            ids: &identity(&known.vocabulary),
            forms: &known.forms.as_ref().map_or(Vec::new(), identity),
            memory_bytes: self.memory_bytes / 8,
            spool: &mut spool,
            runs: &mut runs,
        };
        for (stream, firsts) in streams.iter().zip(firsts) {
            spill.write(stream, firsts).map_err(Error::Temporary)?;
        }
        let translation = Arc::new(Translation::identity());
        let with_translation = |run| Source { run, translation: Arc::clone(&translation) };
        self.write_rows(known, runs.into_iter().map(with_translation).collect(), out)
    }

    pub(super) fn note_temporary(&self, bytes: u64) {
        self.temporary_bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Tokens that do not count as they stand become `<unk>`.
    fn replace_rare(&self, vocabulary: &Vocabulary, forms: Option<&Vocabulary>, streams: &mut [Stream]) {
        if !matches!(self.vocab, Vocab::Commonest(_)) {
            return;
        }
        let mut counts = vec![0; vocabulary.len()];
        streams.iter().flat_map(|stream| &stream.ids).for_each(|&rank| counts[rank as usize] += 1);
        let Some(replacements) = self.vocab.replacements(vocabulary, &counts) else { return };
        let unknown_form = forms.and_then(|forms| forms.find(UNKNOWN)).unwrap_or(0);
        for stream in streams {
            for (place, rank) in stream.ids.iter_mut().enumerate() {
                let new = replacements[*rank as usize];
                if let Some(form) = stream.forms.get_mut(place).filter(|_| new != *rank) {
                    *form = unknown_form;
                }
                *rank = new;
            }
        }
    }

    pub(super) fn summary(&self) -> Summary {
        let is_symmetric = matches!(self.tuples.shape, crate::parameters::Shape::Window(_));
        Summary { is_symmetric, documents: self.documents, ..Summary::default() }
    }
}

/// How many runs are read at once: as many as the memory bears, between these two.
const RUNS_MIN: usize = 8;
const RUNS_MAX: usize = 64;
const STRETCH_TOKENS: usize = 1 << 14;

/// The ids of all streams become ranks, and the lexicons one vocabulary: of tokens, and of their forms. What was counted
/// comes by rank.
fn into_ranks(states: &mut [State]) -> (Vocabulary, Option<Vocabulary>, Vec<Vec<u64>>) {
    let lexicons: Vec<&Lexicon> = states.iter().map(|state| &state.lexicon).collect();
    let (vocabulary, ranks) = Vocabulary::of(&lexicons);
    let forms: Vec<&Lexicon> = states.iter().filter_map(|state| state.forms.as_ref()).collect();
    let forms = (!forms.is_empty()).then(|| Vocabulary::of(&forms));
    let mut counts = Vec::new();
    for (number, state) in states.iter_mut().enumerate() {
        counts.push(by_rank(&state.lexicon.take_counts(), &ranks[number], vocabulary.len()));
        state.lexicon = Lexicon::new(0);
        state.stream.ids.iter_mut().for_each(|id| *id = ranks[number][*id as usize]);
        if let Some((_, ranks)) = &forms {
            state.forms = None;
            state.stream.forms.iter_mut().for_each(|id| *id = ranks[number][*id as usize]);
        }
    }
    (vocabulary, forms.map(|(vocabulary, _)| vocabulary), counts)
}

/// Streams that become sorted rows, as many at a time as there is memory for.
struct Rows<'a> {
    finish: &'a Finish<'a>,
    known: &'a Known,
    streams: &'a [Stream],
    firsts: &'a [Vec<u64>],
    buckets: &'a Buckets,
    packing: Packing,
    memory_bytes: usize,
}

impl Rows<'_> {
    fn write<K: Packed>(&self, harvest: &mut Harvest, out: &mut dyn Output) -> Result<(), Error> {
        let rows_max = (self.memory_bytes / size_of::<K>()) as u64;
        let threads = self.finish.threads;
        for round in self.buckets.rounds(rows_max) {
            let mut scattered = Vec::new();
            let scatter = |(stream, firsts): (&Stream, &Vec<u64>)| {
                let tuples = &self.finish.tuples;
                Ok(Scattered::<K>::of(tuples, stream, firsts, self.buckets, round.clone(), self.packing))
            };
            jobs::in_order(threads, self.streams.iter().zip(self.firsts), scatter, |rows| {
                scattered.push(rows);
                Ok(())
            })?;
            let reaper = harvest.reaper();
            let work = |bucket: usize| {
                let mut rows: Vec<K> = Vec::new();
                scattered.iter().for_each(|scattered| rows.extend_from_slice(scattered.bucket(bucket)));
                rows.sort_unstable();
                self.reap(&rows, reaper.sheaf())
            };
            jobs::in_order(threads, 0..round.len(), work, |sheaf| harvest.bind(sheaf, out))?;
        }
        Ok(())
    }

    /// Puts the n-grams of sorted rows into a sheaf.
    fn reap<K: Packed>(&self, rows: &[K], mut sheaf: Sheaf) -> Result<Sheaf, Error> {
        let mut speaker = self.known.speaker();
        let each = |gram: Gram<'_>| speaker.say(gram, |entry| sheaf.push(entry));
        grams(&self.finish.tuples, rows, self.packing, each)?;
        Ok(sheaf)
    }
}
