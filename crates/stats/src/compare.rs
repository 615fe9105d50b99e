//! `--compare`: which words are typical of one text, beside another.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::gathered::Gathered;
use crate::keyness::{Keyness, ZeroHandling, critical_value};
use crate::report::number::grouped;
use crate::report::{Cell, Ranking, Report, Section, Value, Weight};
use crate::sections::size::add_missed;
use crate::stop_words::is_lexical;
use crate::survey::{Listener, Survey, Surveys, Word};
use crate::words::Lexeme;
use textcore::Error;
use unicode::Unit;

/// The probability below which a difference is said to be significant.
const SIGNIFICANCE: f64 = 0.05;

/// The letters of the texts, and the names of their groups: the operands as they are counted.
const TEXTS: [(&str, &[u8]); 2] = [("a", b"0"), ("b", b"1")];

/// What is asked of two texts.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The operands, as typed.
    pub names: [String; 2],
    /// What a count of nought is taken for.
    pub zero: ZeroHandling,
    /// Words that are rarer in both together are left out.
    pub min_count: u64,
    /// How many words are listed for each text.
    pub top: usize,
}

/// The most typical words of both texts, so many of each.
pub struct Typical {
    comparison: Comparison,
    /// The unit is the word: punctuation is counted, and not listed.
    is_of_words: bool,
    /// How many words there are in each.
    totals: [u64; 2],
    /// The number of each text's group.
    groups: [Option<u32>; 2],
    lists: [BinaryHeap<Reverse<Key>>; 2],
    /// How many words were looked at.
    compared: u64,
}

/// A word that is typical of a text. The greater log-likelihood is more; of equal ones the first word in byte order.
#[derive(Debug, Clone)]
struct Key {
    form: Vec<u8>,
    counts: [u64; 2],
    keyness: Keyness,
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        self.keyness.ll4.total_cmp(&other.keyness.ll4).then_with(|| other.form.cmp(&self.form))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

impl Typical {
    /// None yet, of texts that were gathered as groups, one for each operand.
    pub fn new(comparison: Comparison, gathered: &Gathered) -> Typical {
        let place = |name: &&[u8]| gathered.names.iter().position(|known| known == name);
        let groups = TEXTS.map(|(_, name)| place(&name).map(|at| at as u32));
        let totals = TEXTS.map(|(_, name)| gathered.sums.get(name).map_or(0, |sums| sums.words));
        let is_of_words = gathered.parameters.unit == Unit::Word.name();
        Typical { is_of_words, comparison, totals, groups, lists: Default::default(), compared: 0 }
    }

    /// What is said of both texts.
    pub fn report(self, surveys: &Surveys, parameters: Vec<(&'static str, String)>) -> Report {
        let Typical { comparison, totals, lists, compared, .. } = self;
        let mut size = Section::new("size", "size");
        let survey =
            |name: &[u8]| surveys.groups.iter().find(|(known, _)| known == name).map(|(_, survey)| survey);
        for ((letter, group), name) in TEXTS.into_iter().zip(&comparison.names) {
            let types = survey(group).map_or(0, |survey: &Survey| survey.spectrum.types());
            let words = totals[usize::from(letter == "b")];
            let note = format!("{} words, {} different ones", grouped(words), grouped(types));
            size.add(letter, &letter.to_uppercase(), Value::Text(name.clone())).note(note);
            size.add(&format!("words_{letter}"), "words", Value::Count(words)).weight(Weight::Hidden);
            size.add(&format!("types_{letter}"), "types", Value::Count(types)).weight(Weight::Hidden);
        }
        add_missed(&mut size, &surveys.total.sums);
        let mut keyness = Section::new("keyness", "keyness");
        keyness.add("zero", "a count of nought is taken as", Value::Text(comparison.zero.to_string()));
        keyness
            .add("significant_ll", "LL significant at 5 %", Value::Real(critical_value(SIGNIFICANCE, 1)))
            .note("of one word");
        keyness
            .add(
                "significant_ll_of_all",
                "the same of all",
                Value::Real(critical_value(SIGNIFICANCE, compared)),
            )
            .note(format!("of any of {} words (Bonferroni)", grouped(compared)));
        for ((letter, _), list) in TEXTS.into_iter().zip(lists) {
            let ranking = ranking(list.into_sorted_vec(), totals);
            let label = format!("typical of {}", letter.to_uppercase());
            keyness.add(&format!("typical_of_{letter}"), &label, Value::Ranking(ranking));
        }
        Report { parameters, total: vec![size, keyness], ..Report::default() }
    }
}

impl Listener for Typical {
    fn hear(&mut self, word: &Word, lexeme: &Lexeme) -> Result<(), Error> {
        let is_meant = !self.is_of_words || is_lexical(&word.form);
        if word.count < self.comparison.min_count || !is_meant {
            return Ok(());
        }
        let counts = self.groups.map(|group| {
            lexeme
                .groups
                .iter()
                .filter(|(number, _)| Some(*number) == group)
                .map(|(_, count)| count)
                .sum::<u64>()
        });
        self.compared += 1;
        let keyness = Keyness::of(counts[0], self.totals[0], counts[1], self.totals[1], self.comparison.zero);
        let list = match keyness.direction {
            Ordering::Greater => &mut self.lists[0],
            Ordering::Less => &mut self.lists[1],
            Ordering::Equal => return Ok(()),
        };
        list.push(Reverse(Key { form: word.form.clone(), counts, keyness }));
        if list.len() > self.comparison.top {
            list.pop();
        }
        Ok(())
    }
}

/// What is most telling stands first: a narrow terminal shows no more.
fn ranking(keys: Vec<Reverse<Key>>, totals: [u64; 2]) -> Ranking {
    const MEASURES: [&str; 7] =
        ["ll4", "log_ratio", "log_ratio_low", "log_ratio_high", "percent_diff", "ll2", "chi2"];
    let counts = ["count_a", "count_b"];
    let rows = keys.into_iter().map(|Reverse(Key { form, counts, keyness })| {
        let per_million = |at: usize| Cell::Real(1e6 * counts[at] as f64 / totals[at].max(1) as f64);
        let named = keyness.named();
        let value =
            |wanted| named.iter().find(|(name, _)| *name == wanted).map(|(_, value)| Cell::Real(*value));
        let mut cells = vec![Cell::Count(counts[0]), Cell::Count(counts[1])];
        cells.extend(MEASURES.into_iter().filter_map(value));
        cells.extend([per_million(0), per_million(1)]);
        (form, cells)
    });
    let columns = counts.into_iter().chain(MEASURES).chain(["per_million_a", "per_million_b"]);
    Ranking { columns: columns.collect(), thing: "word", is_of_time: false, rows: rows.collect() }
}
