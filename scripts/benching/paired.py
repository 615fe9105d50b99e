"""Two commands, run in turn, and how their costs compare."""

import hashlib
from dataclasses import dataclass
from statistics import median

from .command import run
from .difference import differing_count


@dataclass(frozen=True)
class Target:
    """What must be reached: `measure` is cpu or wall, of the rival to ours, or our MB/s, so that more is better."""

    measure: str
    least: float

    def __str__(self):
        return f"{self.measure} ≥ {self.least:g}"


NO_SLOWER = Target("cpu", 1)


@dataclass(frozen=True)
class Row:
    """One comparison: our command and a rival's over the same bytes."""

    text: str
    ours: object
    rival: object
    length_bytes: int
    target: Target | None = None
    # "bytes", "lines" in any order, "counts" other than words, "versions" (lines may differ, and are counted), or
    # None: not comparable
    same: str | None = None
    needs: str = ""  # programs that may not be there, joined by commas
    is_filed: bool = False  # output goes to a file, where many small writes cost what they do

    def programs(self):
        """The names of programs without which the row is skipped."""
        return [name for name in self.needs.split(", ") if name]


@dataclass(frozen=True)
class Result:
    """A row with its samples: one list of ours and one of the rival's, taken in turn."""

    row: Row
    ours: list
    rival: list
    agrees: bool | None
    peaks: tuple
    differing_lines: int = 0

    def ratios(self, measure):
        """The rival's cost over ours, pair by pair, in ascending order."""
        pairs = zip(self.ours, self.rival)
        return sorted(getattr(b, measure) / max(getattr(a, measure), 1e-9) for a, b in pairs)

    def ratio(self, measure):
        """The median of the pairwise ratios."""
        return median(self.ratios(measure))

    def reached(self, measure):
        """What a target of this measure asks for."""
        return self.speed() if measure == "MB/s" else self.ratio(measure)

    def speed(self):
        """Millions of bytes that we take in per second of our CPU time."""
        return self.row.length_bytes / 1e6 / max(median(sample.cpu for sample in self.ours), 1e-9)

    def met(self):
        """Whether the target is reached; None where there is none."""
        target = self.row.target
        return None if target is None else self.reached(target.measure) >= target.least


def compare(row, runs, folder):
    """Warm up both commands, which also compares what they write, then run them in turn."""
    written = [folder / "ours.out", folder / "rival.out"]
    warm = [run(job, path, watch=True) for job, path in zip((row.ours, row.rival), written)]
    differing = differing_count(*written) if row.same == "versions" else 0
    agrees = row.same and not differing and digest(written[0], row.same) == digest(written[1], row.same)
    for path in written:
        path.unlink()
    ours, rival = [], []
    for _ in range(runs):
        for job, samples in ((row.ours, ours), (row.rival, rival)):
            samples.append(run(job, written[0]) if row.is_filed else run(job))
            written[0].unlink(missing_ok=True)
    peaks = tuple(max(first.resident, *(s.resident for s in rest)) for first, rest in zip(warm, (ours, rival)))
    return Result(row, ours, rival, agrees, peaks, differing)


def digest(path, how):
    """What two outputs must share to be the same: their bytes, their lines in any order, or the counts in them."""
    content = path.read_bytes()
    if how == "counts":
        lines, _, *rest = (int(word) for word in content.replace(b",", b"").split() if word.isdigit())
        return lines, rest
    if how == "lines":
        content = b"\n".join(sorted(content.split(b"\n")))
    return hashlib.sha256(content).digest()
