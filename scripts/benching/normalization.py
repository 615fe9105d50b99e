"""What `normalize` is compared with: a function for each table, as in groups."""

from .command import command
from .paired import NO_SLOWER, Row, Target

TEXTS = ("en", "fa-modern", "fa-classic", "multi")
WEB = ("--preset", "web")
LOWER = ("--form", "none", "--case", "lower")
NFKC_FOLD = ("--form", "nfkc", "--case", "fold")


def normalize_nfc(programs, texts, _):
    """normalize: NFC

    Against a loop over lines that calls ICU's `Normalizer2::normalizeUTF8` (`icu-normalize`, compiled from
    scripts/benching), and against ICU's own command. `-nfc` is the text in NFC already, where nothing changes; classic
    Persian as it is has alef and U+0653 in a third of its lines. ICU may know an older Unicode than we do: `same` then
    counts the lines that differ, and the table of agreement explains them. `cat` shows what reading costs."""
    tool, uconv = programs["normalize"], programs["uconv"]
    for name in TEXTS:
        path = texts.made(f"{name}-nfc.txt", command(tool, texts.text(name)))
        yield against_icu(programs, path, [], "nfc", Target("cpu", 1.5))
        ours, any_nfc = command(tool, "-j1", path), command(uconv, *"-f utf-8 -t utf-8 -x Any-NFC".split(), path)
        yield Row(path.stem, ours, any_nfc, path.stat().st_size, Target("cpu", 20), "versions", "uconv")
        yield Row(path.stem, ours, command("cat", path), path.stat().st_size)
    yield against_icu(programs, texts.text("fa-classic"), [], "nfc", Target("cpu", 1.2))


def normalize_nfkc(programs, texts, _):
    """normalize: NFKC

    The same loop over lines with ICU's NFKC, over the texts as they are. ICU's NFKC_Casefold also deletes characters
    that are ignored by default, ours does not: outputs are not compared there."""
    for name in TEXTS:
        yield against_icu(programs, texts.text(name), ["--form", "nfkc"], "nfkc", NO_SLOWER)
    if refused := programs.refusal("normalize", *NFKC_FOLD):
        yield refused
        return
    for name in TEXTS:
        yield against_icu(programs, texts.text(name), NFKC_FOLD, "nfkc_cf", NO_SLOWER, None)


def normalize_check(programs, texts, _):
    """normalize --check

    On text in NFC, so that all of it must be read; against a check of the encoding alone, and against ICU's
    `isNormalizedUTF8` on each line."""
    tool = programs["normalize"]
    for name in TEXTS:
        path = texts.made(f"{name}-nfc.txt", command(tool, texts.text(name)))
        ours, iconv = command(tool, "--check", "-j1", path), command("iconv", "-f", "UTF-8", "-t", "UTF-8", path)
        yield Row(path.stem, ours, iconv, path.stat().st_size, Target("cpu", 2), None, "iconv")
        icu = command(programs["icu-normalize"], "--check", "nfc", stdin=path)
        yield Row(path.stem, ours, icu, path.stat().st_size, NO_SLOWER, None, "icu-normalize")


def normalize_web(programs, texts, _):
    """normalize --preset web

    All that a crawl needs, on one core. No rival does the same: the target is a speed, and the ratio to `cat` lets
    machines be compared."""
    if refused := programs.refusal("normalize", *WEB):
        yield refused
        return
    for name in TEXTS:
        path = texts.text(name)
        ours = command(programs["normalize"], "-j1", *WEB, path)
        yield Row(name, ours, command("cat", path), path.stat().st_size, Target("MB/s", 100))


def normalize_jsonl(programs, texts, _):
    """normalize --jsonl

    Documents of many languages, one JSON object to a line, against jq at the same edit. `docs` has those in which only
    ASCII letters have case, so that jq's `ascii_downcase` is what `--case lower` does; `docs-nfc` is in NFC, where jq
    only reads and writes while we look for something to change."""
    if not (path := texts.documents()):
        yield "docs.jsonl.zst: not in a folder `neardup` beside the corpora: skipped"
        return
    tool, jq = programs["normalize"], programs["jq"]
    if refused := programs.refusal("normalize", *LOWER):
        yield refused
    else:
        ours, theirs = command(tool, "--jsonl", *LOWER, "-j1", path), command(jq, "-c", ".text|=ascii_downcase", path)
        yield Row(path.stem, ours, theirs, path.stat().st_size, Target("cpu", 5), "bytes", "jq")
    path = texts.made("docs-nfc.jsonl", command(tool, "--jsonl", path))
    ours, theirs = command(tool, "--jsonl", "-j1", path), command(jq, "-c", ".", path)
    yield Row(path.stem, ours, theirs, path.stat().st_size, Target("cpu", 5), "bytes", "jq")


def normalize_workers(programs, texts, sizes):
    """normalize: two workers

    The rival of two workers is one worker: the wall-clock ratio is the speed-up. It says nothing where the machine
    has other work for its cores."""
    for flags in (("--form", "nfkc"), WEB):
        if refused := programs.refusal("normalize", *flags):
            yield refused
            continue
        for name in ("en", "fa-modern", "multi"):
            path = texts.text(name)
            times = max(1, sizes.stream_megabytes * 1_000_000 // path.stat().st_size)
            one, two = (command(programs["normalize"], j, *flags, *[path] * times) for j in ("-j1", "-j2"))
            yield Row(f"{name} × {times}", two, one, path.stat().st_size * times, Target("wall", 1.7), "bytes")


def against_icu(programs, path, flags, form, target, same="versions"):
    """Our form on one core, and the loop over lines with ICU's."""
    ours = command(programs["normalize"], "-j1", *flags, path)
    icu = command(programs["icu-normalize"], form, stdin=path)
    return Row(path.stem, ours, icu, path.stat().st_size, target, same, "icu-normalize")


GROUPS = (normalize_nfc, normalize_nfkc, normalize_check, normalize_web, normalize_jsonl, normalize_workers)
