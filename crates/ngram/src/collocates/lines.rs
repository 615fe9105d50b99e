//! Lines: a collocate and what was counted of it, as text.

use super::plan::Plan;
use super::sums::{Collocate, Sums};
use crate::format::{Format, Joined, Spelling, push_count, push_float, push_json_float};
use crate::score::Score;

/// Writes lines.
pub struct Lines {
    format: Format,
    scores: Vec<Score>,
    sums: Sums,
    joined: Joined,
}

impl Lines {
    /// Lines of a plan, by these sums.
    pub fn new(plan: &Plan, sums: Sums) -> Lines {
        let spelling = if plan.format == Format::Jsonl { Spelling::Json } else { Spelling::Escaped };
        Lines { format: plan.format, scores: plan.scores.clone(), sums, joined: Joined::new(spelling) }
    }

    /// The names of the columns.
    pub fn header(&self) -> Vec<u8> {
        let mut names = vec!["collocate", "count", "left", "right", "frequency"];
        names.extend(self.scores.iter().map(|score| score.name()));
        format!("{}\n", names.join("\t")).into_bytes()
    }

    /// Appends the line of a collocate.
    pub fn push(&mut self, collocate: &Collocate<'_>, out: &mut Vec<u8>) {
        let token = self.joined.join_others(&[collocate.shown]);
        let token = token.expect("what is escaped can hold every byte");
        let Collocate { left, right, frequency, .. } = *collocate;
        let counts = [collocate.count(), left, right, frequency];
        let scores = self.scores.iter().map(|&score| (score, self.sums.score(score, collocate)));
        if self.format == Format::Jsonl {
            push_object(token, counts, scores, out)
        } else {
            push_cells(token, counts, scores, out)
        }
    }
}

fn push_cells(token: &[u8], counts: [u64; 4], scores: impl Iterator<Item = (Score, f64)>, out: &mut Vec<u8>) {
    out.extend_from_slice(token);
    for count in counts {
        out.push(b'\t');
        push_count(count, out);
    }
    for (_, value) in scores {
        out.push(b'\t');
        push_float(value, out);
    }
    out.push(b'\n');
}

fn push_object(
    token: &[u8],
    counts: [u64; 4],
    scores: impl Iterator<Item = (Score, f64)>,
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(b"{\"collocate\":");
    out.extend_from_slice(token);
    for (name, count) in ["count", "left", "right", "frequency"].into_iter().zip(counts) {
        push_name(name, out);
        push_count(count, out);
    }
    push_name("scores", out);
    let mut opening = b'{';
    for (score, value) in scores {
        out.push(opening);
        out.push(b'"');
        out.extend_from_slice(score.name().as_bytes());
        out.extend_from_slice(b"\":");
        push_json_float(value, out);
        opening = b',';
    }
    out.extend_from_slice(b"}}\n");
}

fn push_name(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}
