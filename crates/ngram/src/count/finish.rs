//! The end: the streams of all workers become n-grams in order, and the answer.

use std::ops::Range;

use textcore::{Answer, Error, Output, jobs};

use super::gather::Gather;
use super::lexicon::Lexicon;
use super::measure::{Margins, Measure};
use super::packed::{Packed, Packing, Wide};
use super::scatter::{Buckets, Scattered};
use super::speaker::Speaker;
use super::state::State;
use super::stream::Stream;
use super::tuples::{COLUMNS_MAX, Tuples};
use super::vocab::Vocab;
use super::vocabulary::Vocabulary;
use super::walk::{Forms, Gram, Walk};
use crate::entry::Summary;
use crate::parameters::Parameters;
use crate::standin::{Answering, Harvest, Sheaf};

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
}

/// The tokens of all workers.
struct Known {
    vocabulary: Vocabulary,
    forms: Option<Vocabulary>,
    margins: Option<Margins>,
}

impl Known {
    fn speaker(&self) -> Speaker<'_> {
        Speaker::new(&self.vocabulary, self.forms.as_ref(), self.margins.as_ref())
    }
}

impl Finish<'_> {
    /// Writes the answer from what workers hold in memory.
    ///
    /// # Errors
    /// What the answer or the output says.
    pub fn write(&self, mut states: Vec<State>, out: &mut dyn Output) -> Result<Answer, Error> {
        let (vocabulary, forms, counts) = into_ranks(&mut states);
        let mut streams: Vec<Stream> = states.into_iter().map(|state| state.stream).collect();
        self.replace_rare(&vocabulary, &mut streams);
        let known = Known { vocabulary, forms, margins: None };
        if self.tuples.are_joint() && self.tuples.order() == 1 {
            self.write_counts(&known, &counts, out)
        } else {
            self.write_streams(known, &streams, out)
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
                let gram = Gram {
                    tokens: &[rank as u32],
                    shared: 0,
                    count: sums[rank],
                    documents: 0,
                    forms: Forms::default(),
                };
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
        let mut measures = Vec::new();
        jobs::in_order(
            self.threads,
            streams,
            |stream| Ok(Measure::of(&self.tuples, stream, ranks, has_margins)),
            |measure| {
                measures.push(measure);
                Ok(())
            },
        )?;
        let mut sum = Measure { firsts: vec![0; ranks], ..Measure::default() };
        sum.margins = has_margins.then(|| Margins::new(&self.tuples, ranks));
        measures.iter().for_each(|measure| sum.add(measure));
        let buckets = Buckets::new(&sum.firsts);
        let firsts: Vec<Vec<u64>> = measures.into_iter().map(|measure| measure.firsts).collect();
        known.margins = sum.margins;
        let summary = Summary { totals: sum.totals, documents: documents(streams), ..self.summary() };
        let mut harvest = self.answering.begin(self.parameters, &summary)?;
        let most =
            ranks.max(known.forms.as_ref().map_or(0, Vocabulary::len)).max(summary.documents as usize + 1);
        let packing = Packing::of(self.tuples.columns(), most);
        let rows = Rows { finish: self, known: &known, streams, firsts: &firsts, buckets: &buckets, packing };
        match packing.columns * packing.bits as usize {
            ..=64 => rows.write::<u64>(&mut harvest, out)?,
            ..=128 => rows.write::<u128>(&mut harvest, out)?,
            _ if packing.columns <= 8 => rows.write::<Wide<4>>(&mut harvest, out)?,
            _ => rows.write::<Wide<10>>(&mut harvest, out)?,
        }
        harvest.finish(out)
    }

    /// Tokens that do not count as they stand become `<unk>`.
    fn replace_rare(&self, vocabulary: &Vocabulary, streams: &mut [Stream]) {
        if !matches!(self.vocab, Vocab::Commonest(_)) {
            return;
        }
        let mut counts = vec![0; vocabulary.len()];
        streams.iter().flat_map(|stream| &stream.ids).for_each(|&rank| counts[rank as usize] += 1);
        if let Some(replacements) = self.vocab.replacements(vocabulary, &counts) {
            let ids = streams.iter_mut().flat_map(|stream| &mut stream.ids);
            ids.for_each(|rank| *rank = replacements[*rank as usize]);
        }
    }

    fn summary(&self) -> Summary {
        let is_symmetric = matches!(self.tuples.shape, crate::parameters::Shape::Window(_));
        Summary { is_symmetric, ..Summary::default() }
    }
}

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

fn by_rank(counts: &[u64], ranks: &[u32], length: usize) -> Vec<u64> {
    let mut by_rank = vec![0; length];
    counts.iter().zip(ranks).for_each(|(&count, &rank)| by_rank[rank as usize] = count);
    by_rank
}

/// How many documents these streams have seen.
fn documents(streams: &[Stream]) -> u64 {
    let mut numbers: Vec<u32> =
        streams.iter().flat_map(|stream| stream.documents.iter().map(|document| document.1)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len() as u64
}

/// Streams that become sorted rows, as many at a time as there is memory for.
struct Rows<'a> {
    finish: &'a Finish<'a>,
    known: &'a Known,
    streams: &'a [Stream],
    firsts: &'a [Vec<u64>],
    buckets: &'a Buckets,
    packing: Packing,
}

impl Rows<'_> {
    fn write<K: Packed>(&self, harvest: &mut Harvest, out: &mut dyn Output) -> Result<(), Error> {
        let rows_max = (self.finish.memory_bytes / 2 / size_of::<K>()) as u64;
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
        let (tuples, packing) = (self.finish.tuples, self.packing);
        let mut speaker = self.known.speaker();
        let mut each = |gram: Gram<'_>| speaker.say(gram, |entry| sheaf.push(entry));
        if tuples.are_joint() {
            Walk::default().each(rows, packing, usize::from(tuples.orders.first), each)?;
            return Ok(sheaf);
        }
        let mut gather = Gather::new(tuples);
        let mut row = [0; COLUMNS_MAX];
        for key in rows {
            for (number, column) in row[..packing.columns].iter_mut().enumerate() {
                *column = key.column(number, packing);
            }
            gather.push(&row[..packing.columns], 1, &mut each)?;
        }
        gather.flush(&mut each)?;
        Ok(sheaf)
    }
}
