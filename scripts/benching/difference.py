"""Where two outputs differ: in which lines, words and characters."""

from collections import Counter
from itertools import zip_longest


def differing_lines(first, second):
    """Yield the pairs of lines, at the same place of two files, that are not the same."""
    with first.open("rb") as ones, second.open("rb") as others:
        for one, other in zip_longest(ones, others, fillvalue=b""):
            if one != other:
                yield one, other


def differing_count(first, second):
    """How many lines one of two files has that the other has not: one more or less makes no others differ."""
    balance = Counter()
    for one, other in differing_lines(first, second):
        balance[one] += 1
        balance[other] -= 1
    del balance[b""]  # no line is empty: what stands for those behind the end of the shorter file
    return max((+balance).total(), (-balance).total())


def differing_words(one, other):
    """The pairs of words that make two lines differ; the whole lines if they have not as many words."""
    ones, others = (line.decode(errors="replace").rstrip("\n").split(" ") for line in (one, other))
    if len(ones) != len(others):
        return [(" ".join(ones), " ".join(others))]
    return [pair for pair in zip(ones, others) if pair[0] != pair[1]]


def characters(one, other):
    """Those that one word has more often than the other; all, if only their order differs."""
    ones, others = Counter(one), Counter(other)
    return set((ones - others) + (others - ones)) or set(ones)


def ranges(points):
    """Characters as code points in ascending order, those in a row as a first and a last."""
    spans = []
    for point in sorted(map(ord, points)):
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return [f"U+{first:04X}" + (f"–U+{last:04X}" if last > first else "") for first, last in spans]
