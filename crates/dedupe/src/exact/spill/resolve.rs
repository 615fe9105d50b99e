//! What becomes of the records of a partition: by a table if it fits, or else by a table and smaller partitions.

use textcore::Error;

use super::entries::{Entries, Partition, Partitions};
use super::{Answer, Lines, Plan};
use crate::exact::group::{Group, Verdict};
use crate::exact::streams::{StreamId, Streams};
use crate::exact::table::{TOUCHED, Table, TableKey};

/// However small the budget, a table holds so many keys: what is left over gets smaller each time.
const KEYS_MIN: usize = 16;

/// Settles all partitions: streams of the verdicts of their records. What is found on the way is added to `found`.
pub(super) fn all<K: TableKey, G: Group>(
    streams: &mut Streams,
    partitions: &Partitions<K>,
    plan: Plan,
    found: &mut Found,
) -> Result<Vec<StreamId>, Error> {
    partitions
        .iter()
        .map(|partition| one::<K, G>(streams, partition, Level { plan, depth: 1 }, found))
        .collect()
}

/// What was found out about the keys as a whole.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How many different ones there are.
    pub unique: u64,
    /// Streams of ascending keys, if they are wanted; no key is in two of them.
    pub sorted: Vec<StreamId>,
}

/// How a partition is settled.
#[derive(Debug, Clone, Copy)]
struct Level {
    plan: Plan,
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
    level: Level,
    found: &mut Found,
) -> Result<StreamId, Error> {
    let order = streams.begin();
    if streams.is_empty(partition.stream) {
        return Ok(order);
    }
    let mut work: Work<K, G> = Work { table: Table::default(), smaller: None };
    gather(streams, partition, level, &mut work, order)?;
    if G::HAS_ORDINALS {
        judge(streams, partition, &work, order)?;
    }
    found.unique += work.table.len() as u64;
    if level.plan.has_sorted_keys {
        found.sorted.push(sorted(streams, &work.table)?);
    }
    let Work { table, smaller } = work;
    drop(table);
    let deeper = Level { depth: level.depth + 1, ..level };
    let answers = match &smaller {
        Some(smaller) => {
            smaller.iter().map(|it| one::<K, G>(streams, it, deeper, found)).collect::<Result<_, _>>()?
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
    level: Level,
    work: &mut Work<K, G>,
    order: StreamId,
) -> Result<(), Error> {
    let mut entries = Entries::new(streams, partition, !G::HAS_ORDINALS);
    while entries.next::<G>(streams)? {
        for (at, (&key, &member)) in entries.keys.iter().zip(&entries.members).enumerate() {
            if at % TOUCHED == 0 {
                work.table.touch(&entries.keys[at..entries.keys.len().min(at + TOUCHED)]);
            }
            let answer = if let Some(group) = work.table.get_mut(key) {
                group.add(member, level.plan.keep);
                Answer::Is(Verdict::Dropped { kept: 0 })
            } else if work.has_room(level.plan.budget.table_bytes) {
                work.table.insert(key, G::of(member));
                Answer::Is(Verdict::Kept { count: 1 })
            } else {
                let partitions = level.plan.budget.partitions;
                let smaller =
                    work.smaller.get_or_insert_with(|| Partitions::new(streams, partitions, level.depth));
                if member.is_learned {
                    smaller.learn::<G>(streams, key, member)?;
                    continue;
                }
                Answer::In(smaller.push::<G>(streams, key, member)?)
            };
            if !G::HAS_ORDINALS && !member.is_learned {
                streams.push_number(order, answer.to_number())?;
            }
        }
    }
    Ok(())
}

impl<K: TableKey, G: Group> Work<K, G> {
    /// Once a key had to go elsewhere, the table is closed: others with this key follow it there.
    fn has_room(&self, table_bytes: usize) -> bool {
        self.smaller.is_none() && (self.table.len() < KEYS_MIN || self.table.memory_bytes() <= table_bytes)
    }
}

/// Says of each record what its group has settled, or in which smaller partition that will be found.
fn judge<K: TableKey, G: Group>(
    streams: &mut Streams,
    partition: Partition,
    work: &Work<K, G>,
    order: StreamId,
) -> Result<(), Error> {
    let mut entries = Entries::<K>::new(streams, partition, true);
    while entries.next::<G>(streams)? {
        for (at, (&key, &member)) in entries.keys.iter().zip(&entries.members).enumerate() {
            if at % TOUCHED == 0 {
                work.table.touch(&entries.keys[at..entries.keys.len().min(at + TOUCHED)]);
            }
            if member.is_learned {
                continue;
            }
            let answer = match (work.table.get(key), &work.smaller) {
                (None, Some(smaller)) => Answer::In(smaller.index(key)),
                (group, _) => Answer::Is(group.unwrap_or_default().verdict(member.ordinal)),
            };
            streams.push_number(order, answer.to_number())?;
        }
    }
    Ok(())
}

/// Writes the keys of a table.
fn sorted<K: TableKey, G: Group>(streams: &mut Streams, table: &Table<K, G>) -> Result<StreamId, Error> {
    let stream = streams.begin();
    table.iter().try_for_each(|(key, _)| streams.push(stream, key.to_bytes().as_ref()))?;
    Ok(stream)
}

/// Writes the verdicts of a partition side by side, in order.
fn flatten(streams: &mut Streams, order: StreamId, answers: Vec<StreamId>) -> Result<StreamId, Error> {
    if answers.is_empty() {
        return Ok(order);
    }
    let flat = streams.begin();
    let mut lines = Lines::new(streams, order, answers);
    while let Some((verdict, _)) = lines.next(streams)? {
        streams.push_number(flat, Answer::Is(verdict).to_number())?;
    }
    Ok(flat)
}
