//! What becomes of the records of a partition: by a table if it fits, or else by a table and smaller partitions.

use textcore::Error;

use super::entries::{Entries, Partition, Partitions};
use super::{Answer, Budget, Lines};
use crate::exact::group::{Group, Keep, Verdict};
use crate::exact::streams::{StreamId, Streams};
use crate::exact::table::{Table, TableKey};

/// However small the budget, a table holds so many keys: what is left over gets smaller each time.
const KEYS_MIN: usize = 16;

/// Settles all partitions: streams of the verdicts of their records. Adds the number of different keys to `unique`.
pub(super) fn all<K: TableKey, G: Group>(
    streams: &mut Streams,
    partitions: &Partitions<K>,
    budget: Budget,
    keep: Keep,
    unique: &mut u64,
) -> Result<Vec<StreamId>, Error> {
    partitions
        .iter()
        .map(|partition| one::<K, G>(streams, partition, &Level { budget, keep, depth: 1 }, unique))
        .collect()
}

/// How a partition is settled.
#[derive(Debug, Clone, Copy)]
struct Level {
    budget: Budget,
    keep: Keep,
    /// How many choices of partitions led here.
    depth: u32,
}

/// A partition under way: its table, and where the keys went that are not in it.
struct Work<K, G> {
    table: Table<K, G>,
    smaller: Option<Partitions<K>>,
}

fn one<K: TableKey, G: Group>(
    streams: &mut Streams,
    partition: Partition,
    level: &Level,
    unique: &mut u64,
) -> Result<StreamId, Error> {
    let order = streams.begin();
    let mut work: Work<K, G> = Work { table: Table::default(), smaller: None };
    gather(streams, partition, level, &mut work, order)?;
    if G::HAS_ORDINALS {
        judge(streams, partition, &work, order)?;
    }
    *unique += work.table.len() as u64;
    let Work { table, smaller } = work;
    drop(table);
    let deeper = Level { depth: level.depth + 1, ..*level };
    let answers = match &smaller {
        Some(smaller) => {
            smaller.iter().map(|it| one::<K, G>(streams, it, &deeper, unique)).collect::<Result<_, _>>()?
        }
        None => Vec::new(),
    };
    flatten(streams, order, answers)
}

/// Puts all keys in the table, or those that do not fit in smaller partitions. Where the first record of a key is kept, its answer is
/// known at once.
fn gather<K: TableKey, G: Group>(
    streams: &mut Streams,
    partition: Partition,
    level: &Level,
    work: &mut Work<K, G>,
    order: StreamId,
) -> Result<(), Error> {
    let mut learned = partition.learned;
    let mut entries = Entries::new(streams, partition.stream, !G::HAS_ORDINALS);
    while entries.next::<G>(streams)? {
        for (at, &key) in entries.keys.iter().enumerate() {
            if at % TOUCHED == 0 {
                work.table.touch(&entries.keys[at..entries.keys.len().min(at + TOUCHED)]);
            }
            let member = entries.member(at);
            let is_learned = learned > 0;
            learned = learned.saturating_sub(1);
            let answer = if let Some(group) = work.table.get_mut(key) {
                group.add(member, level.keep);
                Answer::Is(Verdict::Dropped { kept: 0 })
            } else if work.has_room(level.budget) {
                work.table.insert(key, G::of(member));
                Answer::Is(Verdict::Kept { count: 1 })
            } else {
                let partitions = level.budget.partitions;
                let smaller =
                    work.smaller.get_or_insert_with(|| Partitions::new(streams, partitions, level.depth));
                if is_learned {
                    smaller.learn::<G>(streams, key, member)?;
                    continue;
                }
                Answer::In(smaller.push::<G>(streams, key, member)?)
            };
            if !G::HAS_ORDINALS && !is_learned {
                streams.push_number(order, answer.to_number())?;
            }
        }
    }
    Ok(())
}

/// How many keys are looked for at once.
const TOUCHED: usize = 32;

impl<K: TableKey, G: Group> Work<K, G> {
    /// Once a key had to go elsewhere, the table is closed: others with this key follow it there.
    fn has_room(&self, budget: Budget) -> bool {
        self.smaller.is_none()
            && (self.table.len() < KEYS_MIN || self.table.memory_bytes() <= budget.table_bytes)
    }
}

/// Says of each record what its group has settled, or in which smaller partition that will be found.
fn judge<K: TableKey, G: Group>(
    streams: &mut Streams,
    partition: Partition,
    work: &Work<K, G>,
    order: StreamId,
) -> Result<(), Error> {
    let mut learned = partition.learned;
    let mut entries = Entries::<K>::new(streams, partition.stream, true);
    while entries.next::<G>(streams)? {
        for (at, &key) in entries.keys.iter().enumerate() {
            if at % TOUCHED == 0 {
                work.table.touch(&entries.keys[at..entries.keys.len().min(at + TOUCHED)]);
            }
            if learned > 0 {
                learned -= 1;
                continue;
            }
            let answer = match (work.table.get(key), &work.smaller) {
                (None, Some(smaller)) => Answer::In(smaller.index(key)),
                (group, _) => Answer::Is(group.unwrap_or_default().verdict(entries.member(at).ordinal)),
            };
            streams.push_number(order, answer.to_number())?;
        }
    }
    Ok(())
}

/// Writes the verdicts of a partition side by side, in order.
fn flatten(streams: &mut Streams, order: StreamId, answers: Vec<StreamId>) -> Result<StreamId, Error> {
    if answers.is_empty() {
        return Ok(order);
    }
    let flat = streams.begin();
    let mut lines = Lines::new(streams, order, answers);
    while let Some(verdict) = lines.next(streams)? {
        streams.push_number(flat, Answer::Is(verdict).to_number())?;
    }
    Ok(flat)
}
