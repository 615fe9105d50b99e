//! Scripts: the Script property of UAX #24.

use crate::tables::script::{NAMES, SCRIPT, SCRIPTS};

pub use crate::tables::script::Script;

impl Script {
    /// Every value, in the order of the long names.
    pub const ALL: &'static [Script] = &SCRIPTS;

    /// The script of a character; Unknown if it is not assigned.
    ///
    /// ```
    /// use unicode::Script;
    /// assert_eq!(Script::of('ک'), Script::Arabic);
    /// assert_eq!(Script::of('1'), Script::Common);
    /// ```
    pub fn of(character: char) -> Script {
        from_number(SCRIPT.of(character))
    }

    /// The long name, as in Scripts.txt: `Old_Persian`.
    pub fn name(self) -> &'static str {
        NAMES[self as usize].0
    }

    /// The ISO 15924 code: `Xpeo`.
    pub fn code(self) -> &'static str {
        NAMES[self as usize].1
    }
}

fn from_number(number: u8) -> Script {
    SCRIPTS[usize::from(number)]
}

/// Code points counted by script; an ill-formed subpart is counted as U+FFFD, which is Common.
#[derive(Debug, Clone)]
pub struct ScriptCounts {
    /// Two counts for each script, of which the sum is meant: neighbours are counted in turn in the one and
    /// the other, so that no addition waits for the one before it.
    banks: [[u64; SCRIPTS.len()]; 2],
}

impl ScriptCounts {
    /// All counts zero.
    pub fn new() -> Self {
        ScriptCounts { banks: [[0; SCRIPTS.len()]; 2] }
    }

    /// How many code points of a script were counted.
    pub fn get(&self, script: Script) -> u64 {
        self.banks[0][script as usize] + self.banks[1][script as usize]
    }

    /// How many code points were counted.
    pub fn total(&self) -> u64 {
        self.banks.as_flattened().iter().sum()
    }

    /// The scripts that were seen and their counts, in the order of [`Script::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Script, u64)> + '_ {
        SCRIPTS.iter().map(|&script| (script, self.get(script))).filter(|&(_, count)| count > 0)
    }

    /// Add the counts of another part of the same text.
    pub fn merge(&mut self, other: &ScriptCounts) {
        for (count, more) in self.banks.as_flattened_mut().iter_mut().zip(other.banks.as_flattened()) {
            *count += more;
        }
    }
}

impl PartialEq for ScriptCounts {
    fn eq(&self, other: &Self) -> bool {
        SCRIPTS.iter().all(|&script| self.get(script) == other.get(script))
    }
}

impl Eq for ScriptCounts {}

impl Default for ScriptCounts {
    fn default() -> Self {
        Self::new()
    }
}

/// Count the code points of a text by script, onto what `counts` holds.
///
/// ```
/// use unicode::{Script, script};
/// let mut counts = script::ScriptCounts::new();
/// script::tally("سلام world".as_bytes(), &mut counts);
/// assert_eq!(counts.get(Script::Arabic), 4);
/// assert_eq!(counts.get(Script::Common), 1);
/// ```
pub fn tally(text: &[u8], counts: &mut ScriptCounts) {
    let (mut at, mut bank) = (0, 0);
    while at < text.len() {
        if let Some(block) = text[at..].first_chunk::<BLOCK>()
            && block.is_ascii()
        {
            tally_ascii(block, counts);
            at += BLOCK;
            continue;
        }
        let stop = text.len().min(at + BLOCK);
        while at < stop {
            let (number, length) = SCRIPT.at(text, at);
            counts.banks[bank][usize::from(number)] += 1;
            bank ^= 1;
            at += length;
        }
    }
}

/// Bytes that are counted together if all of them are ASCII.
const BLOCK: usize = 32;

/// In ASCII the letters are Latin and all else is Common.
fn tally_ascii(block: &[u8; BLOCK], counts: &mut ScriptCounts) {
    let letters: u8 = block.iter().map(|&byte| u8::from((byte | 0x20).wrapping_sub(b'a') < 26)).sum();
    counts.banks[0][Script::Latin as usize] += u64::from(letters);
    counts.banks[0][Script::Common as usize] += BLOCK as u64 - u64::from(letters);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_distinct() {
        for (place, script) in Script::ALL.iter().enumerate() {
            assert_eq!(*script as usize, place);
            assert_eq!(script.code().len(), 4);
            assert!(Script::ALL[..place].iter().all(|other| other.code() != script.code()));
        }
        assert_eq!((Script::OldPersian.name(), Script::OldPersian.code()), ("Old_Persian", "Xpeo"));
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let text = "word слово کلمه 字 и так далее, and so on and so forth".repeat(3);
        let (mut whole, mut first, mut second) =
            (ScriptCounts::new(), ScriptCounts::new(), ScriptCounts::new());
        tally(text.as_bytes(), &mut whole);
        let (head, tail) = text.split_at(text.find('字').expect("the text holds it"));
        tally(head.as_bytes(), &mut first);
        tally(tail.as_bytes(), &mut second);
        first.merge(&second);
        assert_eq!(first, whole);
        assert_eq!(whole.total(), text.chars().count() as u64);
        assert_eq!(whole.iter().map(|(_, count)| count).sum::<u64>(), whole.total());
    }
}
