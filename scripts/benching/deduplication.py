"""What `dedupe` is compared with: a function for each table, as in groups."""

from pathlib import Path

from .command import command, feeder, pipe, run
from .page import Table, verdict
from .paired import NO_SLOWER, Row, Target

NEAR_DRIVER = Path(__file__).with_name("near-rivals.py")
LINES_MEGABYTES_MAX = 500
SLOW_SHARE = 5  # a rival of many seconds gets so much less
BYTES_PER_KEY = 20
SPILL_SHARE = 10  # -S is this part of what the keys need
NEAR_FLAGS = ("--near=0.8", "--jsonl")
NEAR_SHAPE = ("0.8", "5")  # the same for the rivals: threshold, words in a shingle
NEAR_DOCUMENT_BYTES_MAX = 1200

HALF_WALL = Target("wall", round(1 / 0.6, 2))


def dedupe_lines(programs, texts, sizes):
    """dedupe: lines

    The first of each line is kept; the lines are those of all texts, or of classical Persian verse, which are short,
    shuffled, 40 % of them repeats at any distance (`scripts/make-lines --real`). Against one worker, the wall-clock
    ratio of two is the speed-up. kpu's `dedupe`, huniq and runiq remember 64 bits of a line, so that two lines can be
    taken for one; ours remembers 128. `sort -u` gives up the order. Output goes to a file: huniq and runiq write every
    line by itself."""
    tool = programs["dedupe"]
    for name in ("all", "fa-classic"):
        path = lines(texts, sizes, name)
        label, length_bytes = path.stem, path.stat().st_size
        one, two = command(tool, "-j1", path), command(tool, "-j2", path)
        kpu = command(programs["kpu dedupe"], stdin=path, alias="kpu-dedupe")
        runiq, huniq = command(programs["runiq"], path), command(programs["huniq"], stdin=path)
        for ours, rival, target, same, needs in (
            (two, one, HALF_WALL, "bytes", ""),
            (one, kpu, NO_SLOWER, "bytes", "kpu dedupe"),
            (two, kpu, Target("wall", 1), "bytes", "kpu dedupe"),
            (one, runiq, Target("cpu", round(1 / 0.3, 2)), "bytes", "runiq"),
            (one, huniq, Target("cpu", round(1 / 0.33, 2)), "lines", "huniq"),
            (one, command("sort", "-u", path), NO_SLOWER, "lines", ""),
            (one, command("cat", path), None, None, ""),
        ):
            yield Row(label, ours, rival, length_bytes, target, same, needs, is_filed=True)
    short = lines(texts, sizes, "fa-classic", SLOW_SHARE)
    mawk = command(programs["mawk"], "!s[$0]++", short)
    ours = command(tool, "-j1", short)
    yield Row(short.stem, ours, mawk, short.stat().st_size, NO_SLOWER, "bytes", "mawk", is_filed=True)


def dedupe_words(programs, texts, _):
    """dedupe: words, and counts

    The words of the English text, one to a line: little to read for each key, and few keys."""
    tool, path = programs["dedupe"], texts.words()
    label, length_bytes = path.stem, path.stat().st_size
    ours = command(tool, "-j1", path)
    kpu = command(programs["kpu dedupe"], stdin=path, alias="kpu-dedupe")
    yield Row(label, command(tool, "-j2", path), ours, length_bytes, None, "bytes")
    yield Row(label, ours, kpu, length_bytes, NO_SLOWER, "bytes", "kpu dedupe")
    yield Row(label, ours, command(programs["huniq"], stdin=path), length_bytes, NO_SLOWER, "lines", "huniq")
    yield Row(label, ours, command(programs["runiq"], path), length_bytes, NO_SLOWER, "bytes", "runiq")
    yield Row(label, ours, command(programs["mawk"], "!s[$0]++", path), length_bytes, NO_SLOWER, "bytes", "mawk")
    yield Row(label, ours, command("cat", path), length_bytes)
    ours = command(tool, "-c", "-j1", path)
    huniq = command(programs["huniq"], "-c", stdin=path)
    yield Row(label, ours, huniq, length_bytes, NO_SLOWER, None, "huniq")
    yield Row(label, ours, pipe(["sort", path], ["uniq", "-c"]), length_bytes, NO_SLOWER, "lines")


def dedupe_spill(programs, texts, sizes):
    """dedupe -S

    The same short lines with a tenth of the memory that their keys need, 20 bytes each: what does not fit is partitioned to
    temporary files, and the answer is the same, byte for byte. Against itself in memory the ratio must stay above one
    half. `sort -u` takes as much memory as it likes, or as little as ours."""
    tool, path = programs["dedupe"], lines(texts, sizes, "fa-classic")
    label, length_bytes = path.stem, path.stat().st_size
    memory = f"{unique_count(tool, path) * BYTES_PER_KEY // SPILL_SHARE // 1024}K"
    for workers in ("-j1", "-j2"):
        ours = command(tool, workers, "-S", memory, path)
        whole = command(tool, workers, path)
        yield Row(label, ours, whole, length_bytes, Target("wall", 0.5), "bytes", is_filed=True)
    for flags in ([], ["-S", memory]):
        sort = command("sort", "-u", *flags, path)
        yield Row(label, ours, sort, length_bytes, Target("wall", 1), "lines", is_filed=True)


def dedupe_near(programs, texts, sizes):
    """dedupe --near

    JSON lines of real documents with planted near-duplicates, similarity 0.8, shingles of five words, on one core.
    The rivals are Python libraries, fed by orjson and `str.split`, whose candidates are verified by the Jaccard
    similarity of the shingles as ours are (scripts/benching/near-rivals.py)."""
    if refused := programs.refusal("dedupe", *NEAR_FLAGS):
        yield refused
        return
    path = texts.near(LINES_MEGABYTES_MAX)
    if not path:
        yield "no documents beside the corpora: skipped"
        return
    tool, length_bytes = programs["dedupe"], path.stat().st_size
    one = command(tool, *NEAR_FLAGS, "-j1", path)
    yield Row(path.stem, one, command("cat", path), length_bytes, Target("MB/s", 100))
    yield Row(path.stem, command(tool, *NEAR_FLAGS, "-j2", path), one, length_bytes, None, "bytes")
    for library, target in (("rensa", Target("cpu", 10)), ("datasketch", None)):
        theirs = command(programs[library], NEAR_DRIVER, library, *NEAR_SHAPE, stdin=path, alias=library)
        yield Row(path.stem, one, theirs, length_bytes, target, None, library)


def dedupe_memory(programs, texts, sizes):
    """dedupe: memory

    Distinct numbers, one to a line, through a pipe: peak resident memory above that of the same program on an empty
    input, for each unique line; counts at which tables may just have grown. And documents of `--near`, as in the table
    above: bytes for each of them."""
    header = ("command", "unique records", "peak MiB", "bytes for each", "target", "met")
    table = Table(dedupe_memory.__doc__, header)
    ours = [("dedupe -j1", [programs["dedupe"], "-j1"]), ("dedupe -j2", [programs["dedupe"], "-j2"])]
    rivals = [(name, [programs[name]]) for name in ("kpu dedupe", "huniq", "runiq")]
    for count in sizes.unique_records:
        for name, words in (*ours, *rivals):
            if absent := programs.missing(name.partition(" -")[0]):
                table.note(programs.absence(absent[0]))
                continue
            peak, each = above_empty(words, feeder("seq", count), texts, count)
            target = f"≤ {BYTES_PER_KEY}" if name.startswith("dedupe") else ""
            met = verdict(each <= BYTES_PER_KEY) if target else ""
            table.add(f"`{name}`", f"{count:,}", f"{peak / (1 << 20):.0f}", f"{each:.1f}", target, met)
    near_memory(table, programs, texts)
    return table


def near_memory(table, programs, texts):
    """Add the row of `--near`."""
    path = texts.near(LINES_MEGABYTES_MAX)
    if programs.refusal("dedupe", *NEAR_FLAGS) or not path:
        return
    count = line_count(path)
    words = [programs["dedupe"], *NEAR_FLAGS, "-j1"]
    peak, each = above_empty(words, feeder("cat", path), texts, count)
    met = verdict(each <= NEAR_DOCUMENT_BYTES_MAX)
    target = f"≤ {NEAR_DOCUMENT_BYTES_MAX}"
    table.add(f"`dedupe {' '.join(NEAR_FLAGS)}`", f"{count:,}", f"{peak / (1 << 20):.0f}", f"{each:.0f}", target, met)


def above_empty(words, feed, texts, count):
    """The peak of a program that is fed, and how far that is above its peak on nothing, for each of `count` records."""
    peak = run(pipe(feed, words), watch=True).resident
    base = run(pipe(feeder("cat", texts.empty()), words), watch=True).resident
    return peak, (peak - base) / count


def lines(texts, sizes, name, share=1):
    """Lines with repeats, as many as asked for and no more than is told."""
    return texts.lines(name, min(LINES_MEGABYTES_MAX, sizes.lines_megabytes) // share)


def line_count(path):
    """How many lines a file has."""
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def unique_count(tool, path):
    """How many lines of a file are kept."""
    kept = path.with_suffix(".kept")
    try:
        run(command(tool, path), kept)
        return line_count(kept)
    finally:
        kept.unlink(missing_ok=True)


GROUPS = (dedupe_lines, dedupe_words, dedupe_spill, dedupe_near)
SINGLES = (dedupe_memory,)
"""The tables, in the order of the page."""
