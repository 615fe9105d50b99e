"""Whether words, graphemes and sentences are those of others, boundary by boundary, and what explains a difference."""

import subprocess

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
    "grapheme": ("a{}a", "{0}{0}", "\u094D{}", "क\u094D{}", "क{}क", "👩{}\u200D👩", "\u1100{}", "{}\u11A8", "\u1161{}"),
    "sentence": ("a.{} B", "a. {}a", "A.{}A", "a{} B", "a. {}", "a.{}1", "{}.A", "a! {}"),
}
MARK = "\u2028"  # between frames: LINE SEPARATOR, which joins nothing and ends a sentence
POINTS = ((0x21, 0xD800), (0xE000, 0x34000), (0xE0000, 0xE1000))  # all that are more than private or unassigned
STRETCH_MAX = 100_000  # characters


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
    ones, others = (path.read_bytes() for path in written)
    for path in written:
        path.unlink()
    return ones.count(b"\n"), list(stretches(ones, others))


def stretches(ones, others):
    """Yield the stretches of text that two outputs, a segment to a line, cut differently."""
    one, other = 0, 0
    while (alike := common(ones, one, others, other)) is not None:
        # Back to the beginning of the line, and on until the text is the same; lines may be out of step there.
        back = one + alike - (ones.rfind(b"\n", one, one + alike) + 1 or one)
        one, other, left, right = one + alike - back, other + alike - back, "", ""
        while left != right or not left:
            if len(left) <= len(right):
                line, one = line_at(ones, one)
                left += squeezed(line)
            else:
                line, other = line_at(others, other)
                right += squeezed(line)
            if len(left) > STRETCH_MAX:
                raise Failed("two programs have not written the same text")
        yield left


def common(ones, one, others, other):
    """How many bytes two outputs share from two places on; None if all of both."""
    at, step = 0, 1 << 16
    while ones[one + at : one + at + step] == others[other + at : other + at + step]:
        if one + at >= len(ones):
            return None
        at += step
    while step > 1:
        step //= 2
        if ones[one + at : one + at + step] == others[other + at : other + at + step]:
            at += step
    return at


def line_at(content, at):
    """The line that begins at a place, and where the next begins."""
    end = content.find(b"\n", at) + 1
    if not end:
        raise Failed("one of two programs has written less text")
    return content[at:end], end


def squeezed(line):
    """The characters of a segment without white space, which sentences have lost at their end."""
    return "".join(line.decode(errors="replace").split())


def changed_characters(programs, rival, unit, folder):
    """All characters that the two treat differently between others."""
    path = folder / f"frames-{unit}.txt"
    points = (chr(point) for span in POINTS for point in range(*span))
    path.write_text("".join(f"{MARK.join(frame.format(point) for frame in FRAMES[unit])}\n" for point in points))
    _, places = difference(commands(programs, rival, unit, path), folder)
    path.unlink()
    return set("".join(places)) - set("".join(FRAMES[unit]) + MARK + "\uFFFD")


def of_dictionary(programs, text):
    """The characters of `text` whose words ICU finds with a dictionary."""
    told = subprocess.run([programs["icu-break"], "dictionary"], input=text.encode(), capture_output=True, check=True)
    return set(told.stdout.decode())
