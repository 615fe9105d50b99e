//! Frames: nothing is lost, and cutting the stream at an end that was found changes no record.

#![no_main]

use libfuzzer_sys::fuzz_target;
use textcore::frame::{Cut, EndSeeker, Raw};

const CUTS: [Cut; 4] = [Cut::Lines, Cut::Null, Cut::Paragraphs, Cut::Whole];

fuzz_target!(|input: (u8, u8, &[u8])| {
    let (choice, seed, bytes) = input;
    let cut = CUTS[usize::from(choice) % CUTS.len()];
    nothing_is_lost(cut, bytes);
    cutting_at_an_end_changes_nothing(cut, bytes, seed);
    an_end_is_sought_as_it_is_split(cut, bytes, seed);
});

fn nothing_is_lost(cut: Cut, bytes: &[u8]) {
    let raws: Vec<Raw<'_>> = cut.split(bytes).collect();
    let joined: Vec<u8> = raws.iter().flat_map(|raw| [raw.prefix, raw.text, raw.suffix].concat()).collect();
    assert_eq!(joined, bytes);
    assert_eq!(cut.count(bytes), raws.iter().filter(|raw| !raw.is_filler()).count() as u64);
    if let Some(last) = raws.last().filter(|raw| !raw.is_filler()) {
        assert_eq!(cut.missing_end_of(bytes), cut.missing_end(last.suffix), "after {last:?}");
        let whole = [bytes, cut.missing_end(last.suffix)].concat();
        let again = [&whole[..], b"next"].concat();
        assert!(cut == Cut::Whole || cut.split(&again).count() == raws.len() + 1, "{again:?}");
    }
}

/// A stream that grows read by read, as the reader of the pipeline sees it.
fn cutting_at_an_end_changes_nothing(cut: Cut, bytes: &[u8], seed: u8) {
    let whole: Vec<Raw<'_>> = cut.split(bytes).collect();
    let mut parts = Vec::new();
    let (mut start, mut scanned, mut filled) = (0, 0, 0);
    for piece in fuzz::pieces(bytes, seed) {
        filled += piece.len();
        let read = &bytes[..filled];
        let found = cut.last_end(read, start, scanned);
        assert_eq!(found, cut.last_end(read, start, start), "what was searched before holds no end");
        scanned = filled;
        if let Some(end) = found {
            assert!(start < end && end <= filled);
            parts.extend(cut.split(&bytes[start..end]));
            start = end;
        }
    }
    parts.extend(cut.split(&bytes[start..]));
    assert_eq!(parts, whole);
}

/// From any place inside the first record the seeker finds the end that splitting finds.
fn an_end_is_sought_as_it_is_split(cut: Cut, bytes: &[u8], seed: u8) {
    let Some(first) = cut.split(bytes).next() else { return };
    let content = first.prefix.len() + usize::from(!first.text.is_empty());
    if cut == Cut::Whole || first.is_filler() || first.text.is_empty() {
        return;
    }
    let at = content + usize::from(seed) % first.text.len();
    let mut seeker = EndSeeker::new(cut, &bytes[first.prefix.len()..at]);
    let mut from = at;
    let mut found = None;
    for piece in fuzz::pieces(&bytes[at..], seed) {
        if let Some(end) = seeker.find(piece) {
            found = Some(from + end);
            break;
        }
        from += piece.len();
    }
    let is_whole = cut.missing_end(first.suffix).is_empty();
    assert_eq!(found, is_whole.then_some(first.length_bytes()), "from {at}");
}
