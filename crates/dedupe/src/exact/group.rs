//! What is known of the records that share a key, and what becomes of each of them.

use clap::ValueEnum;

/// Which record of a kind stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Keep {
    /// The one that came first
    #[default]
    First,
    /// The one that came last
    Last,
    /// The one with the most bytes, the first of them
    Longest,
    /// The one with the fewest bytes, the first of them
    Shortest,
}

impl Keep {
    /// Whether the length of a record matters.
    pub fn asks_for_length(self) -> bool {
        matches!(self, Keep::Longest | Keep::Shortest)
    }
}

/// What becomes of a record, whatever was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the one of its kind that stays; so many came.
    Kept {
        /// How many of its kind there were.
        count: u64,
    },
    /// Another one stays.
    Dropped {
        /// The ordinal of that one; 0 where [`Group::HAS_ORDINALS`] is false.
        kept: u64,
    },
}

impl Verdict {
    /// As a number, small if the verdict is common.
    pub fn to_number(self) -> u64 {
        match self {
            Verdict::Kept { count } => count << 1 | 1,
            Verdict::Dropped { kept } => kept << 1,
        }
    }

    /// The verdict of a number.
    pub fn from_number(number: u64) -> Self {
        match number & 1 {
            1 => Verdict::Kept { count: number >> 1 },
            _ => Verdict::Dropped { kept: number >> 1 },
        }
    }
}

/// A record as a group sees it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Member {
    /// Its number among all records of the run, from 1; 0 is one that has no place among them, such as a saved key.
    pub ordinal: u64,
    /// Its length in bytes, where that matters.
    pub length: u64,
    /// It is known from elsewhere and never written: where there is such a one, it stays.
    pub is_learned: bool,
}

/// What is remembered of the records with one key.
pub trait Group: Copy + Default + Send + 'static {
    /// Whether members must have ordinals, and only the last of them settles what becomes of each. If not, the first
    /// one is kept and nothing is asked about the others.
    const HAS_ORDINALS: bool;

    /// A group of one.
    fn of(member: Member) -> Self;

    /// Another one comes.
    fn add(&mut self, member: Member, keep: Keep);

    /// What becomes of a member, once all have come.
    fn verdict(&self, ordinal: u64) -> Verdict;
}

/// A key has been seen: its first record stays.
impl Group for () {
    const HAS_ORDINALS: bool = false;

    fn of(_member: Member) -> Self {}

    fn add(&mut self, _member: Member, _keep: Keep) {}

    fn verdict(&self, _ordinal: u64) -> Verdict {
        Verdict::Dropped { kept: 0 }
    }
}

/// How many there are, and which one stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted {
    count: u64,
    kept: Member,
}

impl Group for Counted {
    const HAS_ORDINALS: bool = true;

    fn of(member: Member) -> Self {
        Counted { count: 1, kept: member }
    }

    fn add(&mut self, member: Member, keep: Keep) {
        self.count += 1;
        let is_better = match keep {
            _ if self.kept.is_learned => false,
            Keep::First => false,
            Keep::Last => true,
            Keep::Longest => member.length > self.kept.length,
            Keep::Shortest => member.length < self.kept.length,
        };
        if is_better {
            self.kept = member;
        }
    }

    fn verdict(&self, ordinal: u64) -> Verdict {
        if ordinal == self.kept.ordinal {
            Verdict::Kept { count: self.count }
        } else {
            Verdict::Dropped { kept: self.kept.ordinal }
        }
    }
}

/// The ordinal of the first one, which stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct First(u64);

impl Group for First {
    const HAS_ORDINALS: bool = true;

    fn of(member: Member) -> Self {
        First(member.ordinal)
    }

    fn add(&mut self, _member: Member, _keep: Keep) {}

    fn verdict(&self, ordinal: u64) -> Verdict {
        if ordinal == self.0 { Verdict::Kept { count: 1 } } else { Verdict::Dropped { kept: self.0 } }
    }
}
