"""What `normalize --lang fa` is compared with: a function for each table, as in groups."""

from pathlib import Path

from .command import command
from .paired import Row, Target

DRIVER = Path(__file__).with_name("persian-rivals.py")
LIBRARIES = ("hazm", "parsivar", "piraye")
LANG = ("--lang", "fa")
RESTORE = (*LANG, "--zwnj", "restore")


def persian_speed(programs, texts, _):
    """normalize --lang fa: speed

    All that a language's folder says, on one core, without and with `--zwnj restore`. The ratio to `cat` lets machines
    be compared."""
    for flags, goal in ((LANG, 100), (RESTORE, 20)):
        for name in ("fa-modern", "fa-classic"):
            path = texts.text(name)
            ours = command(programs["normalize"], "-j1", *flags, path)
            yield Row(name, ours, command("cat", path), path.stat().st_size, Target("MB/s", goal))


def persian_rivals(programs, texts, _):
    """normalize --lang fa: libraries in Python

    The normalizers of libraries from PyPI, line by line, on the first 2 MB of modern Persian; the time in which they
    start, up to a second, is part of theirs. They do not do the same: outputs are not compared. How well each restores
    ZWNJ stands in docs/PERSIAN.md."""
    path = texts.beginning("fa-modern", 2_000_000)
    ours = command(programs["normalize"], "-j1", *RESTORE, path)
    for name in LIBRARIES:
        rival = command(programs[name], DRIVER, name, stdin=path, alias=name)
        yield Row(path.stem, ours, rival, path.stat().st_size, Target("cpu", 10), None, name)


GROUPS = (persian_speed, persian_rivals)
"""The tables, in the order of the page."""
