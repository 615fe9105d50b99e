"""What `tokenize --dictionary` is compared with: icu_segmenter, called in a loop over lines."""

import re

from .command import command
from .paired import NO_SLOWER, Row
from .texts import save

FLAGS = ("--dictionary",)
LETTERS_MIN = 10  # of the script, in a line that is taken

# name: the letters by which lines of the text of many languages are picked
SCRIPTS = {
    "thai": re.compile("[\u0e01-\u0e4e]"),
    "chinese": re.compile("[\u4e00-\u9fff]"),
    "japanese": re.compile("[\u3041-\u3096]"),
}


def tokenize_dictionary(programs, texts, _):
    """tokenize --dictionary

    Words of Thai, Chinese and Japanese by dictionaries, on one core, against a loop over lines that calls
    icu_segmenter's dictionary segmenter (`icu-words`, built from scripts/benching/icu-words). The lines of one script
    are picked from the text of many languages; a line with Hiragana counts as Japanese. ICU4X's word rules know an
    older Unicode than ours: `same` then counts the lines that differ. On English, that has no such run, ours is also
    compared with itself without the flag."""
    if refused := programs.refusal("tokenize", *FLAGS):
        yield refused
        return
    tool = programs["tokenize"]
    paths = [*picked(texts).values(), *map(texts.text, ("multi", "fa-modern", "en"))]
    for path in paths:
        ours, theirs = command(tool, *FLAGS, "-j1", path), command(programs["icu-words"], path)
        yield Row(path.stem, ours, theirs, path.stat().st_size, NO_SLOWER, "versions", "icu-words")
    path = texts.text("en")
    yield Row("en", command(tool, *FLAGS, "-j1", path), command(tool, "-j1", path), path.stat().st_size, None, "bytes")


def picked(texts):
    """A file for each script of which the text of many languages has lines."""
    paths = {name: texts.folder / f"multi-{name}.txt" for name in SCRIPTS}
    if not all(path.exists() for path in paths.values()):
        lines = {name: [] for name in SCRIPTS}
        for line in texts.text("multi").read_bytes().split(b"\n"):
            if name := script(line.decode(errors="replace")):
                lines[name].append(line + b"\n")
        for name, path in paths.items():
            save(path, b"".join(lines[name]))
    return {name: path for name, path in paths.items() if path.stat().st_size}


def script(line):
    """The script that a line counts as, or None."""
    found = {name for name, letters in SCRIPTS.items() if len(letters.findall(line)) >= LETTERS_MIN}
    return next((name for name in ("thai", "japanese", "chinese") if name in found), None)


GROUPS = (tokenize_dictionary,)
