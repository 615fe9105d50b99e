"""Whether words, graphemes and sentences are those of others, boundary by boundary, and what explains a difference."""

import subprocess
from itertools import zip_longest

from .agreement import listed
from .command import Failed, command, run
from .page import Table, code, verdict

HEADER = ("text", "ours", "rival", "boundaries", "differing", "explained", "characters", "others", "met")
UNITS = ("word", "grapheme", "sentence")
RIVALS = ("segment", "icu-break")

# What a character is tried between to find out which classes two programs hold it to be of. These themselves are of the
# same class in every version of Unicode.
FRAMES = {
    "word": ("a{}a", "a{}1", "1{}1", "_{}_", "{0}{0}", "א{}א", "カ{}カ", " {} ", "a\u0308{}", "a\u200D{}"),
    "grapheme": ("a{}a", "{0}{0}", "क\u094D{}", "क{}क", "👩{}\u200D👩", "👩\u200D{}", "\u1100{}", "{}\u11A8", "\u1161{}"),
    "sentence": ("a.{} B", "a. {}a", "A.{}A", "a{} B", "a. {}", "a.{}1", "{}.A", "a! {}"),
}
MARK = "\x1f"  # between frames: a control, which joins nothing


def boundaries(programs, texts, _):
    """Agreement on boundaries

    Where segments end, as we say and as others do who know an older Unicode (their versions are above): the crate
    unicode-segmentation (`segment`) and ICU (`icu-break`). Every stretch of a text on which the two do not agree is
    explained if it holds a character that the two treat differently when it stands alone between a few others, which is
    so of every code point whose class has changed, or one that ICU cuts words of with a dictionary. These characters of
    the text are shown, and in `others` those of stretches without such a reason: the target is that there are none."""
    table = Table(boundaries.__doc__, HEADER)
    paths = [*map(texts.text, ("en", "fa-modern", "fa-classic", "multi"))]
    for rival in RIVALS:
        if programs.missing(rival):
            table.note(programs.absence(rival))
            continue
        for unit in UNITS:
            try:
                changed = changed_characters(programs, rival, unit, texts.folder)
                for path in paths:
                    table.add(*row(programs, rival, unit, path, changed, texts.folder))
            except Failed as failure:
                table.fail(str(failure))
    return table


def row(programs, rival, unit, path, changed, folder):
    """The cells for one text."""
    jobs = commands(programs, rival, unit, path)
    total, places = difference(jobs, folder)
    found, others, explained = set(), set(), 0
    by_dictionary = of_dictionary(programs, "".join(places)) if rival == "icu-break" and unit == "word" else set()
    for place in places:
        reasons = (changed | by_dictionary).intersection(place)
        explained += bool(reasons)
        found |= reasons
        others |= set(place) if not reasons else set()
    counts = f"{total:,}", f"{len(places):,}", f"{explained:,}" if places else ""
    return path.stem, *map(code, jobs), *counts, listed(found), listed(others), verdict(explained == len(places))


def commands(programs, rival, unit, path):
    ours = command(programs["tokenize"], "-j1", "-l", "--unit", unit, path)
    return ours, command(programs[rival], "--lines", unit, path)


def difference(jobs, folder):
    """The number of our segments, and the stretches of text on which two programs do not agree."""
    written = [folder / "ours.out", folder / "rival.out"]
    for job, path in zip(jobs, written):
        run(job, path)
    with written[0].open("rb") as ones, written[1].open("rb") as others:
        total, places = 0, []
        for count, place in stretches(ones, others):
            total += count
            places += [place] if place is not None else []
    for path in written:
        path.unlink()
    return total, places


def stretches(ones, others):
    """Yield the number of segments of the first and the text, None where the second has the same, of each stretch."""
    one, other, left, right, count = b"", b"", b"", b"", 0
    for one, other in zip_longest(ones, others, fillvalue=b""):
        if one == other and not left and not right:
            yield 1, None
            continue
        # Lines go out of step where one side has more: from here on each side is read by itself.
        left, right, count = squeezed(one), squeezed(other), 1
        while left != right:
            if len(left) < len(right):
                line = next(ones, None)
                left, count = left + squeezed(line or b""), count + 1
            else:
                line = next(others, None)
                right += squeezed(line or b"")
            if line is None:
                break
        yield count, max(left, right, key=len).decode(errors="replace")
        left = right = b""


def squeezed(line):
    """A segment without the white space at its end, which sentences have lost."""
    return b"".join(line.split())


def changed_characters(programs, rival, unit, folder):
    """All characters that the two treat differently between others."""
    path = folder / f"frames-{unit}.txt"
    points = (chr(point) for span in ((0x80, 0xD800), (0xE000, 0x110000)) for point in range(*span))
    path.write_text("".join(f"{MARK.join(frame.format(point) for frame in FRAMES[unit])}\n" for point in points))
    _, places = difference(commands(programs, rival, unit, path), folder)
    path.unlink()
    return set("".join(places)) - set("".join(FRAMES[unit]) + MARK + "\uFFFD")


def of_dictionary(programs, text):
    """The characters of `text` whose words ICU finds with a dictionary."""
    told = subprocess.run([programs["icu-break"], "dictionary"], input=text.encode(), capture_output=True, check=True)
    return set(told.stdout.decode())
