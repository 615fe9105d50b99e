//! Steps that work on markup, controls and lines, run together: their result is a fixed point.

use proptest::prelude::*;
use rewrite::steps::{Controls, Dehyphenate, Tags, Unwrap};
use rewrite::{Rewriter, Scratch, Trace};

const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"<p>",
    b"<b",
    b"</b>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"\"",
    b"='",
    b"a",
    b"B",
    b"word",
    b"-",
    b"-\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b" ",
    b"    ",
    b"1. ",
    b"- ",
    b"\0",
    b"\x0B",
    b"\x1B[",
    b"\x1B[0m",
    b"\xC2",
    b"\x85",
    b"\x9B",
    b"\xE2\x80",
    "\u{AD}".as_bytes(),
    "\u{AD}\n".as_bytes(),
    "\u{FEFF}".as_bytes(),
    "漢".as_bytes(),
    "❤\u{FE0F}".as_bytes(),
    "\u{FE0F}".as_bytes(),
    "\u{E0067}".as_bytes(),
    "م".as_bytes(),
];

proptest! {
    #[test]
    fn twice_is_once(picks in proptest::collection::vec(0..PIECES.len(), 0..30)) {
        let text: Vec<u8> = picks.into_iter().flat_map(|pick| PIECES[pick]).copied().collect();
        let rewriter = Rewriter::new(vec![
            Box::new(Tags::new(false)),
            Box::new(Dehyphenate::new()),
            Box::new(Controls::new()),
            Box::new(Unwrap::new()),
        ]);
        let mut scratch = Scratch::default();
        let once = rewriter.rewrite(&text, &mut scratch).to_vec();
        prop_assert_eq!(rewriter.rewrite(&once, &mut scratch), &once);
        let mut trace = Trace::default();
        prop_assert_eq!(rewriter.trace(&text, &mut scratch, &mut trace), &once);
    }
}
