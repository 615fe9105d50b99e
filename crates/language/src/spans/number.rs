//! Numbers with separators, and times of day.

use crate::around;
use crate::numeral::{Numeral, digit_at, digit_before};
use crate::spans::SpanKind;

/// Looks at a place where a digit may begin: where to look on, and the span that begins here, if one does.
pub(super) fn at(text: &[u8], start: usize) -> (usize, Option<(usize, SpanKind)>) {
    let Some(first) = Numeral::at(text, start) else { return (start + 1, None) };
    if let Some(end) = time(text, start, first) {
        return (end, Some((start, SpanKind::Time)));
    }
    let end = last_group(text, first).end;
    let kind = if end > first.end { Some((start, SpanKind::Number)) } else { None };
    (end, kind)
}

/// The last one of the groups of digits that a group begins, with one separator between each two.
pub(super) fn last_group(text: &[u8], first: Numeral) -> Numeral {
    let mut last = first;
    while let Some(next) = next_group(text, last, last.end == first.end) {
        last = next;
    }
    last
}

/// The group of digits behind a group and a separator.
fn next_group(text: &[u8], group: Numeral, is_first: bool) -> Option<Numeral> {
    let (separator, length) = around::after(text, group.end)?;
    let next = || Numeral::at(text, group.end + length);
    match separator {
        // U+066B and U+066C are the decimal and the thousands separator of Arabic script.
        '.' | ',' | '\u{66B}' | '\u{66C}' => next(),
        // ARABIC COMMA, apostrophes, NO-BREAK, THIN and NARROW NO-BREAK SPACE also stand between two numbers.
        '،' | '\'' | '’' | '\u{A0}' | '\u{2009}' | '\u{202F}' => {
            let may_precede = if is_first { group.digits <= 3 } else { group.digits == 3 };
            next().filter(|next| may_precede && next.digits == 3)
        }
        _ => None,
    }
}

/// Where the time of day ends that begins with this numeral.
pub(super) fn time(text: &[u8], start: usize, hour: Numeral) -> Option<usize> {
    let part_after = |end: usize| {
        let numeral = if text.get(end) == Some(&b':') { Numeral::at(text, end + 1) } else { None };
        numeral.filter(|part| part.digits == 2 && part.value < 60)
    };
    let minute = part_after(hour.end).filter(|_| hour.digits <= 2 && hour.value <= 24)?;
    let end = part_after(minute.end).map_or(minute.end, |second| second.end);
    let is_more_before =
        start > 0 && matches!(text[start - 1], b':' | b'.' | b',') && digit_before(text, start - 1);
    let is_more_after = text.get(end) == Some(&b':') && digit_at(text, end + 1).is_some();
    if is_more_before || is_more_after { None } else { Some(end) }
}
