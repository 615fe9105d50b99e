"""docs/BENCHMARKS.md: tables, and what a reader must know to judge them."""

from dataclasses import dataclass, field
from statistics import median

INTRODUCTION = """# Benchmarks

Written by `scripts/bench`; do not edit. Every comparison is made of pairs: ours, rival, ours, rival, …, after one
uncounted run of each. A ratio is the median of the ratios of the pairs, with the smallest and the largest behind it,
and always the rival's cost over ours: **more than 1 means that we are cheaper**. CPU is user and system time of all
counted processes; MB/s is input per second of our CPU; memory is the peak of resident memory of the largest counted
process; `same` says whether both wrote the same bytes (or the same lines in another order, or the same counts), or
how many lines differ where two versions of Unicode may be the reason, or another that the table names. Output goes to
/dev/null where it goes nowhere else. LC_ALL is C where nothing else is said.
"""

REPRODUCE = """## To reproduce

```
cargo build --release
apt-get install g++ icu-devtools jq libicu-dev mawk zstd   # Debian's names
scripts/bench --install            # what crates.io and PyPI serve, below build/rivals
make bench CORPORA=DIR             # DIR holds en, fa-modern, fa-classic and multi .txt.zst; without it: generated text
scripts/bench --quick              # a few minutes, small inputs: shows that all works, measures little
scripts/bench --only dedupe,stats  # some tables, on standard output; normalize: all that begin with normalize_
```

uconv is in icu-devtools; icu-normalize and icu-break are compiled by g++ from scripts/benching, with libicu-dev. Rank
files of tiktoken, such as cl100k_base.tiktoken, are measured if they are put into build/subword; `dedupe` of
github.com/kpu/preprocess and `count_ngrams` of github.com/kpu/kenlm (cmake and Boost), built by hand, if RIVAL_DEDUPE and
RIVAL_COUNT_NGRAMS name them. What is not there is skipped, and said to be.
"""

NOISE = """## Noise

{load}
Pairs keep slow drifts of the machine out of a ratio, not what hits one run of a pair: look at the range before the
median, and at the table of a command against itself. CPU ratios bear other work on the machine better than wall-clock
ratios do; where several processes or workers share few cores, wall-clock ratios bear none. Absolute speeds hold for
this machine only.
"""

HEADER = ("text", "ours", "rival", "CPU", "wall", "our MB/s", "peak MiB, ours / rival", "same", "target", "met")


@dataclass
class Table:
    """A title, an introduction (both from a description), and rows of cells."""

    description: str
    header: tuple
    rows: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    failed: list = field(default_factory=list)

    def add(self, *cells):
        """Add a row."""
        self.rows.append(cells)

    def note(self, sentence):
        """Say something below the rows, once: what was skipped, and why."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def fail(self, what):
        """Say that a command failed, and so was not measured."""
        self.failed.append(what)

    def __str__(self):
        title, _, text = self.description.partition("\n")
        lines = [f"## {title.strip()}", "", *(line.strip() for line in text.strip().splitlines()), ""]
        if self.rows:
            lines += [joined(self.header), joined("---" for _ in self.header), *map(joined, self.rows), ""]
        lines += [f"{note}\n" for note in self.notes]
        lines += [f"**not measured**: {what}\n" for what in self.failed]
        return "\n".join(lines)


def joined(cells):
    return "| " + " | ".join(cells) + " |"


def verdict(met):
    """How a table says whether a target is met."""
    return {True: "yes", False: "**no**", None: ""}[met]


def cells(result):
    """The cells of a comparison."""
    row, peaks = result.row, result.peaks
    same = {None: "", True: "yes", False: "**no**"}[result.agrees]
    if result.differing_lines:
        same = f"{result.differing_lines:,} lines differ"
    costs = (spread(result, "cpu"), spread(result, "wall"), f"{result.speed():.0f}")
    memory = f"{peaks[0] / (1 << 20):.1f} / {peaks[1] / (1 << 20):.1f}"
    target = (str(row.target or ""), verdict(result.met()))
    return (row.text, code(row.ours), code(row.rival), *costs, memory, same, *target)


def spread(result, measure):
    ratios = result.ratios(measure)
    return f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


def code(job):
    """A command in a cell; operands that repeat are shown once."""
    words = []
    for word in str(job).split(" "):
        if not words or word != words[-1]:
            words.append(word)
    return "`" + " ".join(words).replace("|", "\\|") + "`"


def page(tables, facts, versions, loads):
    """The whole page."""
    load = f"Load average of the machine before the first run {loads[0]:.1f}, after the last {loads[1]:.1f}."
    parts = [
        INTRODUCTION, "\n".join(f"- {fact}" for fact in facts) + "\n",
        "\n".join(["| program | version |", "| --- | --- |", *(joined(pair) for pair in versions)]) + "\n",
        *map(str, tables), NOISE.format(load=load), REPRODUCE,
    ]
    return "\n".join(parts)
