//! Tags and other markup of HTML go, the text between them stays.

mod constructs;
mod element;

pub use element::{BLOCKS, HIDDEN};

use crate::charset::CharSet;
use crate::draft::Draft;
use crate::rule::Rule;
use crate::seam::Seam;
use crate::step::{Step, Triggers};
use constructs::{Constructs, Kind};

/// Takes markup out of text, as the tokenizer of the HTML Standard sees it (section 13.2.5).
///
/// - A tag is `<` or `</` before an ASCII letter, up to a `>` that stands in no quoted attribute value. `a < b`, `<3`,
///   `x<-y`, `</3` and `<>` are text, as is `<` after the last `>`: what does not end is no markup. A quote that
///   nothing closes opens nothing.
/// - The tags of [`BLOCKS`] become a space where words would touch otherwise: where neither neighbour is white space or
///   the edge of the text. Other tags become nothing.
/// - Comments, `<!…>` and `<?…>` go whole. Of a CDATA section only the marks go, since feeds keep their text there.
/// - The elements of [`HIDDEN`] go with their content, up to their first end tag. If they have none, only the tag goes.
///
/// Where pieces of text would make new markup when they meet, such as `<` and `b>`, a space keeps them apart: the result
/// holds no markup, however often one looks.
#[derive(Debug, Clone)]
pub struct Tags {
    rules: [Rule; 4],
    before_entities: bool,
}

impl Tags {
    /// With `before_entities` it runs only once, so that `&lt;b&gt;`, decoded by a later step, survives as `<b>`.
    pub fn new(before_entities: bool) -> Self {
        Tags {
            rules: [
                Rule::lossy("tag-inline", "a tag inside a line, such as <b>, becomes nothing"),
                Rule::lossy("tag-block", "a tag that parts lines, such as <p>, becomes a space or nothing"),
                Rule::lossy(
                    "tag-comment",
                    "comments, doctypes and processing instructions of HTML become nothing",
                ),
                Rule::lossy(
                    "tag-raw",
                    "elements that are not shown, such as <script>, go with their content",
                ),
            ],
            before_entities,
        }
    }
}

/// The rule of a kind.
fn rule(kind: Kind) -> usize {
    match kind {
        Kind::Inline => 0,
        Kind::Block => 1,
        Kind::Comment => 2,
        Kind::Hidden => 3,
    }
}

impl Step for Tags {
    fn name(&self) -> &'static str {
        "tags"
    }

    fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn triggers(&self) -> Triggers {
        Triggers::Characters(CharSet::from_chars(['<']))
    }

    fn apply(&self, draft: &mut Draft<'_>) {
        let mut gap: Option<Gap> = None;
        for (range, kind) in Constructs::new(draft.text()) {
            if !draft.is_enabled(rule(kind)) {
                continue;
            }
            if let Some(gap) = gap.take_if(|gap| gap.end != range.start) {
                gap.close(draft);
            }
            let is_block = kind == Kind::Block;
            let parts_words = is_block || gap.is_some_and(|gap| gap.parts_words);
            // The space that may follow is the block's doing, if there is one.
            let rule =
                if parts_words && !is_block { gap.map_or(rule(kind), |gap| gap.rule) } else { rule(kind) };
            gap = Some(Gap { end: range.end, parts_words, rule });
            draft.delete(range, self::rule(kind));
        }
        if let Some(gap) = gap {
            gap.close(draft);
        }
    }

    fn is_repeatable(&self) -> bool {
        !self.before_entities
    }
}

/// Markup that is gone, piece after piece.
#[derive(Clone, Copy)]
struct Gap {
    end: usize,
    parts_words: bool,
    rule: usize,
}

impl Gap {
    /// Puts a space where one is needed.
    fn close(self, draft: &mut Draft<'_>) {
        let seam = draft.seam(self.end..self.end);
        if (self.parts_words && words_touch(&seam)) || makes_markup(&seam) || seam.joins_bytes() {
            draft.replace(self.end..self.end, b" ", self.rule);
        }
    }
}

fn words_touch(seam: &Seam<'_>) -> bool {
    let is_word =
        |side: Option<char>| side.is_some_and(|character| !unicode::space::is_white_space(character));
    is_word(seam.last()) && is_word(seam.next())
}

/// Whether something would begin or end where the two sides meet: `<b`, `</b`, `<!`, `<?`, `-->`, `--!>` or `]]>`.
fn makes_markup(seam: &Seam<'_>) -> bool {
    let (before, after) = (seam.before(), seam.after());
    let Some(first) = after.first() else { return false };
    if before.ends_with(b"<") {
        return first.is_ascii_alphabetic() || matches!(first, b'/' | b'!' | b'?');
    }
    if before.ends_with(b"</") {
        return first.is_ascii_alphabetic();
    }
    [&b"-->"[..], b"--!>", b"]]>"]
        .into_iter()
        .any(|end| (1..end.len()).any(|cut| before.ends_with(&end[..cut]) && after.starts_with(&end[cut..])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewriter::{Rewriter, Scratch};
    use proptest::prelude::*;

    /// Texts, what is left of them, and why.
    const CASES: &str = include_str!("../../tests/data/steps/tags.tsv");

    fn rewriter(before_entities: bool) -> Rewriter {
        Rewriter::new(vec![Box::new(Tags::new(before_entities))])
    }

    fn rewritten(rewriter: &Rewriter, text: &[u8]) -> Vec<u8> {
        rewriter.rewrite(text, &mut Scratch::default()).to_vec()
    }

    #[test]
    fn cases() {
        let rewriter = rewriter(true);
        let mut checked = 0;
        for line in CASES.lines().filter(|line| !line.starts_with('#')) {
            let [text, expected, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three columns: {line}")
            };
            let result = rewritten(&rewriter, text.replace('¶', "\n").as_bytes());
            assert_eq!(result, expected.replace('¶', "\n").as_bytes(), "{text}: {reason}");
            checked += 1;
        }
        assert!(checked > 80);
    }

    #[test]
    fn rules_stand_alone() {
        let text = b"<p>a<b>b</b><br>c<!-- d --><style>e</style><p";
        for (rule, expected) in [
            ("tag-inline", &b"<p>ab<br>c<!-- d --><style>e</style><p"[..]),
            ("tag-block", b"a<b>b</b> c<!-- d --><style>e</style><p"),
            ("tag-comment", b"<p>a<b>b</b><br>c<style>e</style><p"),
            ("tag-raw", b"<p>a<b>b</b><br>c<!-- d --><p"),
        ] {
            let mut rewriter = rewriter(true);
            rewriter.only(&[rule]).expect("a rule");
            assert_eq!(rewritten(&rewriter, text), expected, "{rule}");
        }
    }

    #[test]
    fn ill_formed_bytes_do_not_meet() {
        let rewriter = rewriter(true);
        assert_eq!(rewritten(&rewriter, b"\xE2\x80<b>\x8B"), b"\xE2\x80 \x8B");
        assert_eq!(rewritten(&rewriter, b"\xE2\x80<b>a</b>\xFF<p>\xFF"), b"\xE2\x80a\xFF \xFF");
        assert_eq!(rewritten(&rewriter, b"<i>\x93a\x94</i>\x93"), b"\x93a\x94\x93");
    }

    #[test]
    fn markup_without_end_is_read_once() {
        // Each of these took quadratic time if the search for an end began anew at every `<`.
        let rewriter = rewriter(true);
        let pieces: [&[u8]; 16] = [
            b"<",
            b"<a ",
            b"<!--",
            b"<!",
            b"<?",
            b"<a ='",
            b"<a =\"",
            b"<a x='\"",
            b"<script>",
            b"</script ",
            b"<![CDATA[",
            b"<a x=\"> \" ",
            b"<<b>",
            b"<p>",
            b"<!-->",
            b"<template></template",
        ];
        for piece in pieces {
            for tail in [&b""[..], b"\">", b"'>", b"-->", b"]]>", b"</script>"] {
                let text = [piece.repeat(20_000 / piece.len()), tail.to_vec()].concat();
                let once = rewritten(&rewriter, &text);
                assert_eq!(
                    rewritten(&rewriter, &once),
                    once,
                    "{} … {}",
                    piece.escape_ascii(),
                    tail.escape_ascii()
                );
            }
        }
    }

    const PIECES: &[&[u8]] = &[
        b"<",
        b">",
        b"/",
        b"!",
        b"?",
        b"-",
        b"--",
        b"<!--",
        b"-->",
        b"--!>",
        b"[",
        b"]",
        b"]]>",
        b"<![CDATA[",
        b"=",
        b"\"",
        b"'",
        b" ",
        b"\n",
        b"\r\n",
        b"b",
        b"p",
        b"br",
        b"a",
        b"script",
        b"</script",
        b"<script>",
        b"</script>",
        b"<p>",
        b"</p>",
        b"<b>",
        b"<a x='",
        b"<i y=\"",
        b"<style",
        b"</style>",
        b"<?",
        b"<!",
        b"\xE2\x80",
        b"\x8B",
        b"\xFF",
        "é".as_bytes(),
        "\u{3000}".as_bytes(),
    ];

    proptest! {
        #[test]
        fn twice_is_once(
            picks in proptest::collection::vec(0..PIECES.len(), 0..24),
            switched in proptest::collection::vec(any::<bool>(), 4),
        ) {
            let text: Vec<u8> = picks.into_iter().flat_map(|pick| PIECES[pick]).copied().collect();
            // Run once per call, so that a second round cannot hide what the first left over.
            let mut rewriter = rewriter(true);
            let names: Vec<_> = rewriter.rules().map(|rule| rule.name.to_string()).collect();
            let off = names.iter().zip(&switched).filter(|(_, on)| !**on).map(|(name, _)| name);
            rewriter.skip(&off.collect::<Vec<_>>()).expect("rules");
            let once = rewritten(&rewriter, &text);
            prop_assert_eq!(rewritten(&rewriter, &once), once);
        }

        #[test]
        fn what_is_left_is_text(picks in proptest::collection::vec(0..PIECES.len(), 0..24)) {
            let text: Vec<u8> = picks.into_iter().flat_map(|pick| PIECES[pick]).copied().collect();
            let left = rewritten(&rewriter(false), &text);
            prop_assert!(Constructs::new(&left).next().is_none());
            // But for spaces that part words, all of it stood in the text, in this order.
            let mut rest = text.iter();
            prop_assert!(left.iter().all(|byte| *byte == b' ' || rest.any(|other| other == byte)));
        }
    }
}
