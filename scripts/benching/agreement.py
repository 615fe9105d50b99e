"""Whether forms and case are ICU's, line by line, and which characters explain a difference."""

import subprocess
from dataclasses import dataclass

from .command import Failed, command, run
from .difference import characters, differing_lines, differing_words, ranges
from .page import Table, code, verdict

HEADER = ("text", "ours", "ICU", "lines", "differing", "explained", "newer than ICU", "others", "met")
RANGES_SHOWN_MAX = 60

# our flags, and the words of icu-normalize that mean the same
OPERATIONS = (
    (("--form", "nfc"), ("nfc",)),
    (("--form", "nfd"), ("nfd",)),
    (("--form", "nfkc"), ("nfkc",)),
    (("--form", "nfkd"), ("nfkd",)),
    (("--form", "none", "--case", "fold"), ("fold",)),
    (("--form", "none", "--case", "lower", "--locale", "tr"), ("lower", "tr")),
    (("--form", "none", "--case", "upper", "--locale", "tr"), ("upper", "tr")),
)


def agreement(programs, texts, _):
    """Agreement with ICU

    Each line as we write it and as ICU does (`icu-normalize`; its versions are above). `points` has a line for every
    code point, alone and before two marks. A line is explained if each word in which it differs holds a character
    that this ICU does not know, being older than our Unicode. These characters are shown, and in a column of their own
    `others`, in words that differ without such a reason: the target is that there are none."""
    table = Table(agreement.__doc__, HEADER)
    if programs.missing("icu-normalize"):
        table.note(programs.absence("icu-normalize"))
        return table
    paths = [*map(texts.text, ("en", "fa-modern", "fa-classic", "multi")), texts.points()]
    for flags, words in OPERATIONS:
        if refused := programs.refusal("normalize", *flags):
            table.note(refused)
            continue
        for path in paths:
            ours = command(programs["normalize"], *flags, path)
            icu = command(programs["icu-normalize"], *words, stdin=path)
            try:
                table.add(path.stem, code(ours), code(icu), *difference(ours, icu, programs, texts.folder).cells())
            except Failed as failure:
                table.fail(str(failure))
    return table


@dataclass(frozen=True)
class Difference:
    """Numbers of lines, and the characters of `newer`, which explain a difference, and of `others`, which do not."""

    lines: int
    differing: int
    explained: int
    newer: set
    others: set

    def cells(self):
        """The cells of a table, from `lines` on."""
        counts = (f"{self.lines:,}", f"{self.differing:,}", f"{self.explained:,}" if self.differing else "")
        return *counts, listed(self.newer), listed(self.others), verdict(self.explained == self.differing)


def listed(points):
    """Characters in a cell, not more than a reader wants to see."""
    spans = ranges(points)
    more = len(spans) - RANGES_SHOWN_MAX
    return ", ".join(spans[:RANGES_SHOWN_MAX]) + (f" and {more} more" if more > 0 else "")


def difference(ours, icu, programs, folder):
    """Run both and compare what they write."""
    written = [folder / "ours.out", folder / "rival.out"]
    for job, path in zip((ours, icu), written):
        run(job, path)
    with written[1].open("rb") as file:
        lines = sum(1 for _ in file)
    places = [differing_words(*pair) for pair in differing_lines(*written)]
    for path in written:
        path.unlink()
    return explained(lines, places, programs["icu-normalize"])


def explained(lines, places, program):
    """The difference that `places` make, of each line the pairs of words that differ."""
    newer = unknown(program, "".join(word for place in places for pair in place for word in pair))
    count, found, others = 0, set(), set()
    for place in places:
        reasons = [newer.intersection(one + other) for one, other in place]
        count += bool(reasons) and all(reasons)  # lines may differ in no word, but in their ends
        found.update(*reasons)
        others.update(*(characters(*pair) for reason, pair in zip(reasons, place) if not reason))
    return Difference(lines, len(places), count, found, others)


def unknown(program, text):
    """The characters of `text` that this ICU does not know."""
    told = subprocess.run([program, "unassigned"], input=text.encode(), capture_output=True, check=True)
    return set(told.stdout.decode())
