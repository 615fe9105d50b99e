//! The mapping itself: each digit of a long number becomes `#`.

use textcore::{Map, Record, Verdict};

/// Masks runs of digits, those of every script (General_Category N).
#[derive(Debug, Clone, Copy)]
pub struct Mask {
    /// The shortest run that is masked, in characters, at least 1.
    pub digits_min: usize,
}

impl Map for Mask {
    type Scratch = ();

    fn map(&self, _scratch: &mut (), record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        for chunk in record.text.utf8_chunks() {
            for run in runs(chunk.valid()) {
                match self.is_long_number(run) {
                    true => out.extend(run.chars().map(|_| b'#')),
                    false => out.extend_from_slice(run.as_bytes()),
                }
            }
            out.extend_from_slice(chunk.invalid());
        }
        Verdict::Keep
    }

    fn is_identity_on(&self, text: &[u8], _judgement: u16) -> bool {
        !text.utf8_chunks().any(|chunk| runs(chunk.valid()).any(|run| self.is_long_number(run)))
    }
}

impl Mask {
    fn is_long_number(self, run: &str) -> bool {
        run.starts_with(char::is_numeric) && run.chars().count() >= self.digits_min
    }
}

/// Numbers and what stands between them, in turn.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_number = rest.chars().next()?.is_numeric();
        let end = rest.find(|next: char| next.is_numeric() != is_number).unwrap_or(rest.len());
        let (run, later) = rest.split_at(end);
        rest = later;
        Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use textcore::source::Operand;

    fn masked(digits_min: usize, text: &[u8]) -> Vec<u8> {
        let operand = Operand { index: 0, typed: 0, path: None, mirror: "stdin".into() };
        let record = Record { end: b"\n", ..Record::of(text, &operand) };
        let mut out = Vec::new();
        let mask = Mask { digits_min };
        assert_eq!(mask.map(&mut (), record, &mut out), Verdict::Keep);
        assert_eq!(mask.is_identity_on(text, 0), out == text, "the fast path knows what stays");
        out
    }

    #[test]
    fn long_numbers_are_masked_in_any_script() {
        assert_eq!(masked(6, b"in 2024 call 02112345678!"), b"in 2024 call ###########!");
        assert_eq!(masked(4, "سال ۱۴۰۳، ۱۲ نفر".as_bytes()), "سال ####، ۱۲ نفر".as_bytes());
    }

    #[test]
    fn ill_formed_bytes_stay_and_part_numbers() {
        assert_eq!(masked(3, b"123\xFF12\xFF"), b"###\xFF12\xFF");
        assert_eq!(masked(1, b""), b"");
    }
}
