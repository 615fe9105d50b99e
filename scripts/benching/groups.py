"""What is compared with what: a function for each table, whose description is the table's introduction."""

from dataclasses import dataclass

from . import counting, deduplication, normalization, persian, tokenization
from .command import command, feeder, pipe
from .paired import NO_SLOWER, Row, Target


@dataclass(frozen=True)
class Sizes:
    """How much work a run is: a quick one only shows that everything works."""

    runs: int
    text_megabytes: int
    lines_megabytes: int
    slow_megabytes: int  # for rivals that take seconds for what others do at once
    stream_megabytes: int
    small_files: int
    latency_lines: int
    starts: int
    unique_records: tuple


FULL = Sizes(5, 1000, 500, 10, 1000, 24_000, 1000, 20, (10_000_000, 14_000_000, 20_000_000))
QUICK = Sizes(3, 12, 30, 4, 200, 2000, 300, 10, (1_000_000,))


def noise(programs, texts, _):
    """Noise of the machine

    A command against itself. What is not 1.00 here is the machine's doing; no ratio elsewhere is better than this."""
    path = texts.text("en")
    for flag in ("-j1", "-j2"):
        job = command(programs["tokenize"], flag, path)
        yield Row("en", job, job, path.stat().st_size, None, "bytes")


def identity(programs, texts, sizes):
    """Identity through the core

    `normalize` that changes nothing, between two `cat`, against `cat` in the same place: the price of reading,
    framing and writing. CPU and memory are those of the middle process; wall-clock time is the whole pipeline's.
    One row has a process less on the rival's side, and the CPU of its second `cat`."""
    plain = [programs["normalize"], "--form", "none", "--newlines", "keep", "--invalid", "keep"]
    drain = feeder("cat")
    for name in ("en", "fa-modern", "multi"):
        path = texts.text(name)
        times = max(1, sizes.stream_megabytes * 1_000_000 // path.stat().st_size)
        feed, label, length_bytes = feeder("cat", *[path] * times), f"{name} × {times}", path.stat().st_size * times
        for flags in (["-j1"], []):
            ours = pipe(feed, plain + flags, drain)
            yield Row(label, ours, pipe(feed, ["cat"], drain), length_bytes, Target("wall", 0.8), "bytes")
        if name == "en":
            yield Row(label, ours, pipe(feed, ["cat"]), length_bytes, None, "bytes")


def tokenize(programs, texts, _):
    """tokenize

    Words of UAX #29. The rival of two workers is one worker: the wall-clock ratio is the speed-up."""
    tool = programs["tokenize"]
    for name in ("en", "fa-modern", "fa-classic", "multi"):
        path = texts.text(name)
        one, two = command(tool, "-j1", path), command(tool, "-j2", path)
        yield Row(name, two, one, path.stat().st_size, Target("wall", 1.7), "bytes")
        yield Row(name, one, command("cat", path), path.stat().st_size)


def stats(programs, texts, _):
    """stats

    Lines, words, characters and bytes. With `--unit space` words stand between ASCII white space (wc also ends a word
    at some other spaces, so that words are left out of `same`); without, they are those of UAX #29. cw counts either
    bytes or characters, so it has one count less to make."""
    for name in ("en", "fa-modern", "multi"):
        path = texts.text(name)
        gnu = command("wc", "-lwmc", path, locale="C.UTF-8")
        uutils = command(programs["uutils wc"], "-lwmc", path, locale="C.UTF-8", alias="uutils wc")
        cw = command(programs["cw"], "-lwm", path, locale="C.UTF-8")
        for flags, same in ((["--unit", "space"], "counts"), ([], None)):
            ours = command(programs["stats"], "-lwmc", *flags, "-j1", path)
            yield Row(name, ours, gnu, path.stat().st_size, Target("cpu", 3), same)
            yield Row(name, ours, uutils, path.stat().st_size, None, None, "uutils wc")
            yield Row(name, ours, cw, path.stat().st_size, None, None, "cw")


def stats_wc(programs, texts, _):
    """stats --wc

    What wc writes, byte for byte, from the bytes as they stand. cw counts words between ASCII white space, and takes
    `-lwmc` for `-lwc`; uutils counts words and ill-formed bytes otherwise than wc. `-l` alone is a search for line ends, `-L`
    also knows the width of each character. The rival of two workers is one worker: the wall-clock ratio is the speed-up."""
    tool = [programs["stats"], "--wc"]
    for name in ("en", "fa-modern", "multi"):
        path = texts.text(name)
        length_bytes = path.stat().st_size
        ours = command(*tool, "-lwmc", "-j1", path)
        gnu = command("wc", "-lwmc", path, locale="C.UTF-8")
        yield Row(name, ours, gnu, length_bytes, Target("cpu", 5), "bytes")
        cw = command(programs["cw"], "-lwmc", path, locale="C.UTF-8")
        yield Row(name, ours, cw, length_bytes, Target("cpu", 1.5), None, "cw")
        uutils = command(programs["uutils wc"], "-lwmc", path, locale="C.UTF-8", alias="uutils wc")
        yield Row(name, ours, uutils, length_bytes, None, None, "uutils wc")
        for flag in ("-l", "-m", "-L"):
            gnu = command("wc", flag, path, locale="C.UTF-8")
            yield Row(name, command(*tool, flag, "-j1", path), gnu, length_bytes, None, "bytes")
        yield Row(name, command(*tool, "-lwmc", "-j2", path), ours, length_bytes, None, "bytes")


def stats_report(programs, texts, _):
    """stats: the report

    The report as it is without flags, and all of it, on one worker beside `cat`; the target is our speed. Two workers beside one: the
    wall-clock ratio is the speed-up. The pipeline that many type for their ten commonest words says one thing of these."""
    tool = programs["stats"]
    for name in ("en", "fa-modern", "multi"):
        path = texts.text(name)
        length_bytes = path.stat().st_size
        ours = command(tool, "-j1", path)
        target = None if name == "multi" else Target("MB/s", 150)
        yield Row(name, ours, command("cat", path), length_bytes, target)
        yield Row(name, command(tool, "-j2", path), ours, length_bytes, Target("wall", 1.7), "bytes")
        everything = command(tool, "--all", "--json", "-j1", path)
        yield Row(name, everything, command("cat", path), length_bytes, Target("MB/s", 40))
        words = pipe(["tr", "-s", " \\t", "\\n"], ["sort"], ["uniq", "-c"], ["sort", "-rn"], ["sed", "-n", "1,10p"], stdin=path)
        if name == "en":
            yield Row(name, ours, words, length_bytes, NO_SLOWER)


def files(programs, texts, sizes):
    """Many small files

    The rival is the same tool over the same bytes in one file: 1.00 would mean that a file costs nothing. The last
    rows show what it costs `cat` to read them."""
    folder, whole = texts.small(sizes.small_files), texts.all()
    length_bytes = whole.stat().st_size
    label = f"{sizes.small_files:,} files of {length_bytes / sizes.small_files / 1000:.1f} kB"
    for name in ("normalize", "tokenize"):
        for flags in (["-j1"], []):
            tool = [programs[name], *flags]
            many, one = command(*tool, "-r", folder), command(*tool, whole)
            yield Row(label, many, one, length_bytes, Target("wall", 0.7), "bytes")
    reading = command("find", folder, "-type", "f", "-exec", "cat", "{}", "+")
    yield Row(label, command(programs["normalize"], "-j1", "-r", folder), reading, length_bytes)
    yield Row(f"{label}, cat alone", reading, command("cat", whole), length_bytes)


NORMALIZE, TOKENIZE = (*normalization.GROUPS, *persian.GROUPS), (tokenize, *tokenization.GROUPS)
GROUPS = (noise, identity, *NORMALIZE, *TOKENIZE, *deduplication.GROUPS, *counting.GROUPS, stats, stats_wc, stats_report, files)
