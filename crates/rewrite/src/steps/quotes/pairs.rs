//! Pairs of quotation marks, and how deep they stand in each other.

use super::marks::is_double;
use super::reading::Mark;

/// What each mark that closes may close; of several that are open it is the one opened last.
const CLOSES: [(char, &[char]); 20] = [
    ('"', &['"', '„']),
    ('＂', &['＂']),
    ('”', &['“', '”', '„', '‟', '⹂']),
    ('“', &['„', '”', '‟', '⹂']),
    ('»', &['«', '»']),
    ('«', &['»']),
    ('〞', &['〝']),
    ('〟', &['〝']),
    ('」', &['「']),
    ('』', &['『']),
    ('❝', &['❝', '❠']),
    ('❞', &['❝', '❞', '❠']),
    ('\'', &['\'']),
    ('＇', &['＇']),
    ('’', &['‘', '’', '‚', '‛']),
    ('‘', &['‚', '’', '‛']),
    ('›', &['‹', '›']),
    ('‹', &['›']),
    ('❛', &['❛', '❟']),
    ('❜', &['❛', '❜', '❟']),
];

/// A mark of a pair that is to be written in the language's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paired {
    pub mark: Mark,
    pub opens: bool,
    /// The other mark.
    pub partner: Mark,
    /// How many quotations of the language stand around it.
    pub depth: usize,
}

/// Finds pairs; it carries nothing from one line to the next but its space.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    stack: Vec<Open>,
    /// For each opening mark of the table, its places in the stack.
    places: Vec<(char, Vec<usize>)>,
    /// The places of double marks in the stack.
    doubles: Vec<usize>,
    /// For each mark that has one, its partner.
    partners: Vec<Option<usize>>,
    /// The last pair with a weak end at the level of the line, single and double.
    last_weak: [Option<usize>; 2],
    pub paired: Vec<Paired>,
}

#[derive(Debug)]
struct Open {
    mark: usize,
    last_weak: [Option<usize>; 2],
}

impl Pairing {
    /// Puts the marks of all clear pairs in order into `paired`. Pairs of single marks count only within others, and so
    /// do double brackets where the language has them inside: by themselves they are for titles.
    pub(super) fn pair(&mut self, line: &[u8], marks: &[Mark], inner: (char, char)) {
        self.clear(marks.len());
        for (index, mark) in marks.iter().enumerate() {
            let opener = if mark.closes { self.opener_of(mark.found.character) } else { None };
            match opener {
                Some(place) => self.close(line, marks, place, index),
                None if mark.opens => self.open(mark.found.character, index),
                None => self.leftover(is_double(mark.found.character)),
            }
        }
        self.gather(marks, inner);
    }

    fn clear(&mut self, count: usize) {
        self.stack.clear();
        self.doubles.clear();
        self.places.iter_mut().for_each(|(_, places)| places.clear());
        self.partners.clear();
        self.partners.resize(count, None);
        self.last_weak = [None; 2];
    }

    /// The place in the stack of what a mark would close: single marks reach no further than to the last double one.
    fn opener_of(&self, character: char) -> Option<usize> {
        let (_, openers) = CLOSES.iter().find(|(closing, _)| *closing == character)?;
        let is_opener = |(opening, _): &&(char, Vec<usize>)| openers.contains(opening);
        let place = self.places.iter().filter(is_opener).filter_map(|(_, places)| places.last()).max()?;
        (is_double(character) || self.doubles.last() < Some(place)).then_some(*place)
    }

    fn open(&mut self, character: char, index: usize) {
        let place = self.stack.len();
        match self.places.iter_mut().find(|(opening, _)| *opening == character) {
            Some((_, places)) => places.push(place),
            None => self.places.push((character, vec![place])),
        }
        if is_double(character) {
            self.doubles.push(place);
        }
        self.stack.push(Open { mark: index, last_weak: [None; 2] });
    }

    fn close(&mut self, line: &[u8], marks: &[Mark], place: usize, index: usize) {
        let opener = self.stack[place].mark;
        self.stack.truncate(place);
        let keep = self.doubles.partition_point(|&double| double < place);
        self.doubles.truncate(keep);
        for (_, places) in &mut self.places {
            let keep = places.partition_point(|&open| open < place);
            places.truncate(keep);
        }
        let (opening, closing) = (&marks[opener], &marks[index]);
        let inside = &line[opening.found.end()..closing.found.at];
        if unicode::space::trim(inside).is_empty() || (opening.is_unsure && closing.is_unsure) {
            return;
        }
        self.partners[opener] = Some(index);
        self.partners[index] = Some(opener);
        let is_double = is_double(closing.found.character);
        self.level()[usize::from(is_double)] = closing.is_weak.then_some(index);
    }

    /// The mark that closed the last pair of its kind, here, may have been none: then this one is its end.
    fn leftover(&mut self, is_double: bool) {
        if let Some(closer) = self.level()[usize::from(is_double)].take()
            && let Some(opener) = self.partners[closer].take()
        {
            self.partners[opener] = None;
        }
    }

    /// The weak pairs between the marks of the last open double pair.
    fn level(&mut self) -> &mut [Option<usize>; 2] {
        match self.doubles.last() {
            Some(&place) => &mut self.stack[place].last_weak,
            None => &mut self.last_weak,
        }
    }

    fn gather(&mut self, marks: &[Mark], inner: (char, char)) {
        self.paired.clear();
        let mut depth = 0;
        for (index, &mark) in marks.iter().enumerate() {
            let Some(partner) = self.partners[index] else {
                continue;
            };
            let character = mark.found.character;
            let is_title = inner == ('『', '』') && matches!(character, '『' | '』');
            // Pairs lie within each other, so both marks of a pair meet no depth or both meet some.
            if depth == 0 && (is_title || !is_double(character)) {
                continue;
            }
            let opens = index < partner;
            depth -= usize::from(!opens);
            self.paired.push(Paired { mark, opens, partner: marks[partner], depth });
            depth += usize::from(opens);
        }
    }
}
