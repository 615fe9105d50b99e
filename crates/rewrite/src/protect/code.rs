//! Codes: Latin letters and digits mixed, and identifiers.

use std::ops::Range;

use unicode::utf8;

use super::{Kind, Span};

/// What a code is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Letter,
    Digit,
}

/// Units, singly joined.
#[derive(Debug)]
struct Run {
    range: Range<usize>,
    last: Option<Unit>,
    /// What stands between the last unit and the end of the run.
    joint: Option<char>,
    is_code: bool,
}

/// The codes in a piece.
pub(super) fn find(text: &[u8], piece: Range<usize>, spans: &mut Vec<Span>) {
    let mut run: Option<Run> = None;
    let mut at = piece.start;
    while at < piece.end {
        let (character, length) = utf8::decode(&text[at..]);
        let end = at + length;
        let unit = unit(character);
        match (&mut run, unit) {
            (None, None) if character != '_' => {}
            (None, _) => run = Some(Run { range: at..end, last: unit, joint: None, is_code: false }),
            (Some(open), Some(unit)) => open.add(unit, end),
            (Some(open), None) if character == '_' && matches!(open.joint, None | Some('_')) => {
                open.joint = Some('_');
                open.range.end = end;
            }
            (Some(open), None) if open.joint.is_none() && "-.:/,".contains(character) => {
                open.joint = Some(character);
            }
            (Some(_), None) => finish(run.take(), spans),
        }
        at = end;
    }
    finish(run, spans);
}

impl Run {
    fn add(&mut self, unit: Unit, end: usize) {
        let meets = match self.joint {
            None | Some('-' | '.') => self.last.is_some_and(|last| last != unit),
            Some('_') => self.last.is_some(),
            Some(_) => false,
        };
        self.is_code |= meets;
        self.last = Some(unit);
        self.joint = None;
        self.range.end = end;
    }
}

fn finish(run: Option<Run>, spans: &mut Vec<Span>) {
    if let Some(run) = run.filter(|run| run.is_code) {
        spans.push(Span { range: run.range, kind: Kind::Code });
    }
}

fn unit(character: char) -> Option<Unit> {
    match character {
        '0'..='9' => Some(Unit::Digit),
        'A'..='Z' | 'a'..='z' => Some(Unit::Letter),
        '\u{D7}' | '\u{F7}' => None, // MULTIPLICATION SIGN, DIVISION SIGN
        // The letters of Latin-1, Latin Extended-A and B and their marks, and Latin Extended Additional.
        '\u{C0}'..='\u{24F}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}' => Some(Unit::Letter),
        _ => None,
    }
}
