//! `--merge`: partial results back into one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use textcore::partial::{PartialCheck, key_and_count, refuse, unescape_key_into};
use textcore::{Answer, Error, Fold, Missed, Output, Record, Span};

use crate::flags::WordFlags;
use crate::gathered::{Gathered, OF_FILES, SCHEMA};
use crate::observe::{Groups, RepeatKind, Repeats};
use crate::parameters::{Grouping, Parameters};
use crate::plan::Plan;
use crate::sums::Sums;
use crate::words::{Detail, Row, Words};

/// Adds up the lines of partial results.
pub struct Merge {
    /// What becomes of the sums.
    pub plan: Plan,
    /// How many workers there are.
    pub threads: usize,
    /// For all workers' words together, in bytes.
    pub memory_bytes: usize,
    /// Where they spill.
    pub temporary_directory: PathBuf,
    /// The groups of all parts.
    pub groups: Groups,
    /// How words are listed.
    pub counting: WordFlags,
    /// All words are to be listed in files.
    pub has_lists: bool,
}

/// One worker's sums, and what it saw of the parts.
pub struct State {
    sums: BTreeMap<Vec<u8>, Sums>,
    of_files: Sums,
    words: Words,
    repeats: Repeats,
    check: PartialCheck,
    fields: Vec<Vec<u8>>,
}

impl Merge {
    /// Adds what a line says; `None` if it makes no sense.
    fn add(
        &self,
        state: &mut State,
        record: &Record<'_>,
        key: &[u8],
        count: u64,
    ) -> Result<Option<()>, Error> {
        let State { sums, of_files, words, repeats, fields, .. } = state;
        fields.clear();
        for field in key.split(|&byte| byte == b'\t') {
            let mut plain = Vec::new();
            unescape_key_into(field, &mut plain);
            fields.push(plain);
        }
        let [group, kind, rest @ ..] = &fields[..] else { return Ok(None) };
        // What is compared is operands, whatever groups there are in them.
        let operand = self.plan.comparison.is_some().then(|| Groups::name_of_operand(record.operand));
        let group = operand.as_ref().unwrap_or(group);
        let number = |field: &[u8]| std::str::from_utf8(field).ok()?.parse::<u64>().ok();
        let result = match (&kind[..], rest) {
            (b"word", [word]) => words.add_row(word, Row::Group(self.groups.number(group)?), count),
            (b"form", [word, form]) => words.add_row(word, Row::Form(form), count),
            (b"documents", [word, size, each]) => {
                let (Some(size), Some(each)) = (number(size), number(each)) else { return Ok(None) };
                let row = Row::Documents { group: self.groups.number(group)?, size, count: each };
                words.add_row(word, row, count)
            }
            (b"repeat", [kind, hash, length]) => {
                let kind = RepeatKind::ALL.into_iter().find(|known| known.name().as_bytes() == kind);
                let hash =
                    std::str::from_utf8(hash).ok().and_then(|hash| u128::from_str_radix(hash, 16).ok());
                let (Some(kind), Some(hash), Some(length)) = (kind, hash, number(length)) else {
                    return Ok(None);
                };
                repeats.add_hash(kind, hash, length, self.groups.number(group)?, count)
            }
            (kind, [name]) => {
                let (Ok(kind), Ok(name)) = (std::str::from_utf8(kind), std::str::from_utf8(name)) else {
                    return Ok(None);
                };
                if let Some(kind) = kind.strip_prefix(OF_FILES) {
                    return Ok(of_files.add_named(kind, name, count).then_some(()));
                }
                self.groups.number(group)?;
                let is_known = sums.entry(group.clone()).or_default().add_named(kind, name, count);
                return Ok(is_known.then_some(()));
            }
            _ => return Ok(None),
        };
        result.map(Some).map_err(Error::Temporary)
    }
}

impl Fold for Merge {
    type State = State;

    fn start(&self) -> State {
        let limit_bytes = self.memory_bytes / self.threads.max(1) / 2;
        State {
            sums: BTreeMap::new(),
            of_files: Sums::default(),
            words: Words::new(Detail::Rows, limit_bytes, &self.temporary_directory),
            repeats: Repeats::new(limit_bytes, &self.temporary_directory),
            check: PartialCheck::default(),
            fields: Vec::new(),
        }
    }

    fn needs_every_operand(&self) -> bool {
        true
    }

    fn fold_span(&self, state: &mut State, span: Span<'_>) -> Result<bool, Error> {
        if span.starts {
            state.check.start(span);
        }
        Ok(false)
    }

    fn fold(&self, state: &mut State, record: Record<'_>) -> Result<(), Error> {
        let Some(line) = state.check.line(SCHEMA, record)? else { return Ok(()) };
        let (key, count) =
            key_and_count(line).ok_or_else(|| refuse(record, "no count after the last tab"))?;
        match self.add(state, &record, key, count)? {
            Some(()) => Ok(()),
            None => Err(refuse(record, "nothing of this kind is counted")),
        }
    }

    fn finish(&self, states: Vec<State>, _: &Missed, out: &mut dyn Output) -> Result<Answer, Error> {
        let mut check = PartialCheck::default();
        let mut sums: BTreeMap<Vec<u8>, Sums> = BTreeMap::new();
        let (mut words, mut repeats) = (Vec::new(), Vec::new());
        let mut of_files = Sums::default();
        for state in states {
            check.merge(state.check);
            of_files.merge(state.of_files);
            for (group, more) in state.sums {
                sums.entry(group).or_default().merge(more);
            }
            words.push(state.words);
            repeats.push(state.repeats);
        }
        let mut parameters = Parameters::from_json(&check.finish()?)?;
        let is_compared = self.plan.comparison.is_some();
        if (is_compared || self.has_lists) && !parameters.areas.has_words() {
            let what = "these partial results count words, but do not tell them apart";
            return Err(Error::Usage(what.to_owned()));
        }
        if is_compared {
            (parameters.grouping, parameters.dates) = (Grouping::Operand, None);
        } else {
            self.counting.check(parameters.areas)?;
        }
        let gathered = Gathered { parameters, names: self.groups.names(), sums, of_files, words, repeats };
        self.plan.write(gathered, out)
    }
}
