"""What `tokenize` is compared with: a function for each table, as in groups."""

from pathlib import Path

from . import dictionary
from .command import command
from .paired import Row, Target

SCHEMES_DRIVER = Path(__file__).with_name("schemes.py")
MODELS_DRIVER = Path(__file__).with_name("subword-rivals.py")
TEXTS = ("en", "fa-modern", "fa-classic", "multi")
ICU_LEAST = {"en": 10, "fa-modern": 5, "fa-classic": 5, "multi": 8}
PIECES = 32_000

# our scheme, the library, what schemes.py calls the rival, the target
SCHEMES = (
    ("moses:en", "sacremoses", "sacremoses", Target("cpu", 10)),
    ("13a", "sacrebleu", "13a", None),
    ("intl", "sacrebleu", "intl", None),
)

# the library, its functions, their targets
CALLS = {
    "tokenizers": {"encode_batch": Target("cpu", 5), "encode_batch_fast": None},
    "tiktoken": {"encode_ordinary": None},
}


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


def tokenize_schemes(programs, texts, _):
    """tokenize --scheme

    Schemes of machine translation, on one core, against a loop over lines that calls the Python library whose scheme
    it is (for `moses`, which is Perl, the one that copies it), on the first 2 MB of English; a library's start, less
    than half a second, is part of its time. `same` counts the lines that differ: sacremoses does not do all as Moses'
    tokenizer.perl does, which is what `moses:en` follows."""
    path = texts.beginning("en", 2_000_000)
    for scheme, name, rival, goal in SCHEMES:
        flags = ("-j1", "--scheme", scheme)
        if refused := programs.refusal("tokenize", *flags):
            yield refused
            continue
        words = (programs[name], SCHEMES_DRIVER, "--rival", rival, "en")
        ours, theirs = command(programs["tokenize"], *flags, path), command(*words, stdin=path, alias=name)
        yield Row("en", ours, theirs, path.stat().st_size, goal, "versions", name)


def tokenize_model(programs, texts, _):
    """tokenize --model

    Pieces counted by subword models, on one core, against Python libraries. `model.json` is a byte-level BPE of 32,000
    pieces that tokenizers trained on the first 12 MB of the English text; its `encode_batch` is given the first 5 MB of
    a text in batches of some thousand lines and uses as many threads as it likes (CPU is that of all);
    `encode_batch_fast` leaves out offsets. Rank files (NAME.tiktoken) are compared with `encode_ordinary` of tiktoken,
    a line at a time, on the first 20 MB. Loading the model is part of the time of both sides, and the start of Python
    of theirs: the rows of an empty text are nothing else. `same` compares the counts."""
    if absent := programs.missing("tokenizers"):
        yield from map(programs.absence, absent)
    else:
        yield from library_rows(programs, texts, model(programs, texts), "tokenizers", 5_000_000)
    ranks = sorted((programs.rivals.parent / "subword").glob("*.tiktoken"))
    for path in ranks:
        yield from library_rows(programs, texts, path, "tiktoken", 20_000_000)
    if not ranks:
        yield "tiktoken: no rank files in build/subword: skipped"


def library_rows(programs, texts, path, library, length_bytes):
    """Rows of a model: on the beginning of each text, ours against each function of a library."""
    flags = ("-j1", "--model", path, "--count")
    beginnings = {name: texts.beginning(name, length_bytes) for name in ("en", "fa-modern")}
    for name, text in (beginnings | {"empty": texts.empty()}).items():
        ours = command(programs["tokenize"], *flags, text)
        for call, goal in CALLS[library].items():
            theirs = command(programs[library], MODELS_DRIVER, call, path, stdin=text, alias=library)
            yield Row(name, ours, theirs, text.stat().st_size, goal if name in beginnings else None, "bytes", library)


def model(programs, texts):
    """The model that tokenizers trains on the English text, made once."""
    words = (programs["tokenizers"], MODELS_DRIVER, "train", str(PIECES))
    return texts.made("model.json", command(*words, stdin=texts.beginning("en", 12_000_000)))


GROUPS = (tokenize_words, tokenize_count, tokenize_units, *dictionary.GROUPS, tokenize_schemes, tokenize_model)
"""The tables, in the order of the page."""
