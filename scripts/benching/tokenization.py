"""What `tokenize` is compared with: a function for each table, as in groups."""

from .command import command
from .paired import Row, Target

TEXTS = ("en", "fa-modern", "fa-classic", "multi")
ICU_LEAST = {"en": 10, "fa-modern": 5, "fa-classic": 5, "multi": 8}


def tokenize_words(programs, texts, _):
    """tokenize: words

    Against a loop over lines that calls ICU's word `BreakIterator` and writes the same (`icu-break`, compiled from
    scripts/benching; it gives ICU UTF-16, which is faster than `--utf8`), and against the same loop with the crate
    unicode-segmentation (`segment`). ICU cuts some scripts of `multi` with a dictionary, for which it needs longer:
    outputs are not compared there. `cat` shows what reading costs."""
    for name in TEXTS:
        path = texts.text(name)
        ours, length_bytes = command(programs["tokenize"], "-j1", path), path.stat().st_size
        icu, same = command(programs["icu-break"], "word", path), "versions" if name != "multi" else None
        yield Row(name, ours, icu, length_bytes, Target("cpu", ICU_LEAST[name]), same, "icu-break")
        segment = command(programs["segment"], "word", path)
        yield Row(name, ours, segment, length_bytes, None, "versions", "segment")
        yield Row(name, ours, command("cat", path), length_bytes)


def tokenize_count(programs, texts, _):
    """tokenize --count

    Counting words, against writing them."""
    if refused := programs.refusal("tokenize", "--count"):
        yield refused
        return
    for name in TEXTS:
        path, tool = texts.text(name), programs["tokenize"]
        counting, writing = command(tool, "--count", "-j1", path), command(tool, "-j1", path)
        yield Row(name, counting, writing, path.stat().st_size, Target("cpu", 1.3))


def tokenize_units(programs, texts, _):
    """tokenize: graphemes and sentences

    Against the same loops over lines as for words."""
    for unit in ("grapheme", "sentence"):
        for name in TEXTS:
            path = texts.text(name)
            ours, length_bytes = command(programs["tokenize"], "-j1", "--unit", unit, path), path.stat().st_size
            segment = command(programs["segment"], unit, path)
            yield Row(name, ours, segment, length_bytes, Target("cpu", 3), "versions", "segment")
            icu = command(programs["icu-break"], unit, path)
            yield Row(name, ours, icu, length_bytes, None, "versions", "icu-break")


GROUPS = (tokenize_words, tokenize_count, tokenize_units)
"""The tables, in the order of the page; those of dictionaries, schemes and models follow."""
