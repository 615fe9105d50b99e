//! What becomes of the quotation marks of one line in a language.

use std::ops::Range;

use unicode::{Category, utf8};

use super::marks::Marks;
use super::pairs::{Paired, Pairing};
use super::prose::Prose;
use super::reading::{self, Mark};
use super::{RULE_INNER, RULE_OUTER, RULE_SPACE};
use crate::draft::Draft;
use crate::seek::Seeker;

const NO_BREAK_SPACE: char = '\u{A0}';

/// Writes lines in the marks of a language; it carries nothing from one line to the next but its space.
pub(super) struct Writer<'s> {
    target: Marks,
    seeker: &'s Seeker,
    marks: Vec<Mark>,
    pairing: Pairing,
    /// What limits the marks to prose, if they are.
    prose: Option<Prose>,
    edits: Vec<Edit>,
    after: Vec<u8>,
}

struct Edit {
    /// In bytes of the line.
    range: Range<usize>,
    with: Option<char>,
    rule: usize,
}

impl<'s> Writer<'s> {
    /// Finds marks with `seeker`.
    pub(super) fn new(target: Marks, seeker: &'s Seeker, prose: Option<Prose>) -> Self {
        Writer {
            target,
            seeker,
            marks: Vec::new(),
            pairing: Pairing::default(),
            prose,
            edits: Vec::new(),
            after: Vec::new(),
        }
    }

    /// Writes a line of the text, unless the result would be read in another way than the line itself and would not
    /// stay as it is: then the line does.
    pub(super) fn write(&mut self, draft: &mut Draft<'_>, range: Range<usize>) {
        let line = &draft.text()[range.clone()];
        self.find_edits(draft, line);
        if self.edits.is_empty() {
            return;
        }
        let edits = std::mem::take(&mut self.edits);
        let mut after = std::mem::take(&mut self.after);
        apply(line, &edits, &mut after);
        self.find_edits(draft, &after);
        self.after = after;
        if self.edits.is_empty() {
            let mut buffer = [0; 4];
            for Edit { range: Range { start, end }, with, rule } in &edits {
                draft.replace(range.start + start..range.start + end, encoded(*with, &mut buffer), *rule);
            }
        }
        self.edits = edits;
    }

    fn find_edits(&mut self, draft: &Draft<'_>, line: &[u8]) {
        self.edits.clear();
        reading::read(line, self.seeker, self.target, &mut self.marks);
        self.pairing.pair(line, &self.marks, self.target.inner);
        if let Some(prose) = &mut self.prose {
            prose.retain(line, &mut self.pairing.paired, self.target);
        }
        for paired in &self.pairing.paired {
            write_mark(line, paired, self.target, draft, &mut self.edits);
        }
    }
}

fn apply(line: &[u8], edits: &[Edit], after: &mut Vec<u8>) {
    after.clear();
    let (mut from, mut buffer) = (0, [0; 4]);
    for Edit { range, with, .. } in edits {
        after.extend_from_slice(&line[from..range.start]);
        after.extend_from_slice(encoded(*with, &mut buffer));
        from = range.end;
    }
    after.extend_from_slice(&line[from..]);
}

fn encoded(character: Option<char>, buffer: &mut [u8; 4]) -> &[u8] {
    character.map_or(&[], |character| character.encode_utf8(buffer).as_bytes())
}

fn write_mark(line: &[u8], paired: &Paired, target: Marks, draft: &Draft<'_>, edits: &mut Vec<Edit>) {
    let Paired { mark, opens, partner, depth } = *paired;
    let (rule, wanted) = if depth % 2 == 0 { (RULE_OUTER, target.outer) } else { (RULE_INNER, target.inner) };
    let own = mark.found.character;
    let present = if opens { (own, partner.found.character) } else { (partner.found.character, own) };
    // Guillemets in guillemets are as often typed twice as nested: they stay.
    let wanted = if target.has_guillemets() && present == target.outer { present } else { wanted };
    let changes = present != wanted;
    if changes && !draft.is_enabled(rule) {
        return;
    }
    let with = if opens { wanted.0 } else { wanted.1 };
    let space = spaces_inside(line, mark, opens);
    let is_inserted = target.is_spaced && is_guillemet(with) && space.is_empty();
    let is_deleted = changes && is_guillemet(own) && !is_guillemet(with) && !space.is_empty();
    let spacing = ((is_inserted || is_deleted) && draft.is_enabled(RULE_SPACE)).then(|| Edit {
        range: space,
        with: is_inserted.then_some(NO_BREAK_SPACE),
        rule: RULE_SPACE,
    });
    let written =
        (with != own).then_some(Edit { range: mark.found.at..mark.found.end(), with: Some(with), rule });
    if opens {
        edits.extend(written.into_iter().chain(spacing));
    } else {
        edits.extend(spacing.into_iter().chain(written));
    }
}

fn is_guillemet(mark: char) -> bool {
    matches!(mark, '«' | '»' | '‹' | '›')
}

/// The spaces between a mark and what it encloses.
fn spaces_inside(line: &[u8], mark: Mark, opens: bool) -> Range<usize> {
    let is_space = |character| Category::of(character) == Category::SpaceSeparator;
    if opens {
        let start = mark.found.end();
        let mut end = start;
        while end < line.len() {
            let (character, length) = utf8::decode(&line[end..]);
            if !is_space(character) {
                break;
            }
            end += length;
        }
        return start..end;
    }
    let end = mark.found.at;
    let mut start = end;
    while start > 0 {
        let place = utf8::previous(line, 0, start);
        if !is_space(utf8::decode(&line[place..]).0) {
            break;
        }
        start = place;
    }
    start..end
}
