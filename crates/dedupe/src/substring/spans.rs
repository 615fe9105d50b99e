//! Spans: what is cut out of texts, and where it came first.

use std::ops::Range;

use textcore::Error;

use super::boundary::Boundary;
use super::repeats::Repeats;
use super::texts::Texts;

/// What goes from some texts.
#[derive(Debug, Default)]
pub struct Spans {
    /// In order, as places among all bytes of the texts.
    spans: Vec<Range<u32>>,
    origins: Vec<u32>,
    /// Where each text begins; only where origins are asked for.
    starts: Vec<u32>,
    /// How many spans came before the text that was last asked about.
    passed: usize,
}

/// A part of a text that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which bytes of the text.
    pub bytes: Range<usize>,
    /// Where they came first, if that was asked for.
    pub origin: Option<Origin>,
}

/// Where a stretch stood for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// In which text, from 0.
    pub text: u64,
    /// The first of its bytes there.
    pub start: usize,
}

impl Spans {
    /// What [`Repeats`] finds, shrunk to the boundaries; with origins only if they are asked for.
    ///
    /// # Errors
    /// As for [`Repeats::find`].
    pub fn find(texts: &Texts, length: usize, boundary: Boundary, has_origins: bool) -> Result<Spans, Error> {
        let repeats = Repeats::find(texts.bytes(), length)?;
        let mut spans = Spans { spans: shrink(texts, repeats.runs(), boundary), ..Spans::default() };
        if has_origins {
            spans.origins = repeats.origins(&spans.spans);
            drop(repeats);
            spans.starts = texts.ranges().map(|range| range.start as u32).collect();
        }
        Ok(spans)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// How many bytes go.
    pub fn length_bytes(&self) -> u64 {
        self.spans.iter().map(|span| span.len() as u64).sum()
    }

    /// What goes from the text that lies there; texts are asked about in order.
    pub fn of(&mut self, text: &Range<usize>) -> impl Iterator<Item = Span> + '_ {
        let first = self.passed;
        while self.spans.get(self.passed).is_some_and(|span| (span.start as usize) < text.end) {
            self.passed += 1;
        }
        let start = text.start;
        (first..self.passed).map(move |number| {
            let span = &self.spans[number];
            Span {
                bytes: span.start as usize - start..span.end as usize - start,
                origin: self.origins.get(number).map(|&origin| self.origin(origin)),
            }
        })
    }

    fn origin(&self, place: u32) -> Origin {
        let text = self.starts.partition_point(|&start| start <= place) - 1;
        Origin { text: text as u64, start: (place - self.starts[text]) as usize }
    }
}

/// The runs of each text, shrunk.
fn shrink(texts: &Texts, runs: impl Iterator<Item = Range<usize>>, boundary: Boundary) -> Vec<Range<u32>> {
    let mut runs = runs.peekable();
    let mut spans = Vec::new();
    let mut inside = Vec::new();
    for text in texts.ranges() {
        inside.clear();
        while let Some(run) = runs.next_if(|run| run.end <= text.end) {
            inside.push(run.start - text.start..run.end - text.start);
        }
        if inside.is_empty() {
            continue;
        }
        boundary.shrink(&texts.bytes()[text.clone()], &mut inside);
        let place = |at: usize| (text.start + at) as u32;
        spans.extend(inside.iter().map(|span| place(span.start)..place(span.end)));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_their_text_and_know_where_they_came_first() {
        let mut texts = Texts::default();
        let first = "At first: it was the best of times";
        for text in
            [first, "so", "it was the best of times", "Say it was the best of days, or at first: nothing"]
        {
            assert!(texts.push(text.as_bytes()));
        }
        let mut spans = Spans::find(&texts, 8, Boundary::Word, true).expect("found");
        let ranges: Vec<_> = texts.ranges().collect();
        let mut of = |number: usize| spans.of(&ranges[number]).collect::<Vec<_>>();
        let span = |bytes, text, start| Span { bytes, origin: Some(Origin { text, start }) };
        assert_eq!([of(0), of(1)].concat(), []);
        assert_eq!(of(2), [span(0..24, 0, 10)]);
        assert_eq!(of(3), [span(4..23, 0, 10), span(35..42, 0, 3)]);
        assert_eq!((spans.len(), spans.length_bytes()), (3, 24 + 19 + 7));
    }

    #[test]
    fn no_text_has_no_spans() {
        let spans = Spans::find(&Texts::default(), 16, Boundary::Word, true).expect("found");
        assert_eq!((spans.len(), spans.length_bytes()), (0, 0));
    }
}
