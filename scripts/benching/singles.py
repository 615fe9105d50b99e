"""What has no rival: memory on an endless stream, the delay of one line, the time to start."""

import os
import subprocess
import time
from statistics import median, quantiles

from . import counting, deduplication
from .agreement import agreement
from .boundaries import boundaries
from .command import ENVIRONMENT, command, feeder, pipe, run
from .page import Table, verdict

RESIDENT_BYTES_MAX = 96 << 20
DELAY_SECONDS_MAX = 0.010
LINE_GAP_SECONDS = 0.002  # longer than a line takes, so that every line finds an idle pipeline


def memory(programs, texts, sizes):
    """Memory

    Tools that treat each record by itself stay below 96 MiB on a stream of any length, through a pipe, at any number
    of workers. `records of 1 MiB` are the longest for which that is promised."""
    table = Table(memory.__doc__, ("command", "stream", "workers", "peak MiB", "target", "met"))
    for label, path in (("lines of all texts", texts.all()), ("records of 1 MiB", texts.long())):
        times = max(1, sizes.stream_megabytes * 1_000_000 // path.stat().st_size)
        for name in ("normalize", "tokenize"):
            for workers in ("1", "2", "8"):
                job = pipe(feeder("cat", *[path] * times), [programs[name], "-j", workers])
                peak = run(job, watch=True).resident
                stream = f"{label}, {path.stat().st_size * times / 1e6:.0f} MB"
                met = verdict(peak < RESIDENT_BYTES_MAX)
                table.add(f"`{name}`", stream, workers, f"{peak / (1 << 20):.1f}", "< 96", met)
    return table


def latency(programs, texts, sizes):
    """Latency

    A line is written to the pipeline, and the clock stops when it comes out. One line at a time, 2 ms apart."""
    table = Table(latency.__doc__, ("pipeline", "lines", "p50 ms", "p99 ms", "max ms", "target", "met"))
    lines = distinct(texts.text("en"), sizes.latency_lines)
    for names, target in ((("normalize", "tokenize", "dedupe"), "p99 < 10"), (("cat", "cat", "cat"), "")):
        delays = [delay * 1000 for delay in delays_of([programs[name] for name in names], lines)]
        cuts = quantiles(delays, n=100)
        met = verdict(cuts[98] < DELAY_SECONDS_MAX * 1000) if target else ""
        figures = (f"{cuts[49]:.2f}", f"{cuts[98]:.2f}", f"{max(delays):.2f}")
        table.add(f"`{' | '.join(names)}`".replace("|", "\\|"), f"{len(lines):,}", *figures, target, met)
    return table


def start(programs, texts, sizes):
    """Start

    An empty file, from the start of the process to its end; medians. Rivals for comparison."""
    table = Table(start.__doc__, ("command", "wall ms", "CPU ms"))
    empty = texts.empty()
    ours = [[name] for name in ("normalize", "tokenize", "dedupe", "ngram", "stats")]
    for words in (*ours, ["cat"], ["wc"], ["sort", "-u"], ["mawk", "1"], ["runiq"], ["uconv"]):
        if programs.missing(words[0]):
            table.note(programs.absence(words[0]))
            continue
        job = command(programs[words[0]], *words[1:], empty)
        samples = [run(job) for _ in range(sizes.starts + 1)][1:]
        times = (f"{median(s.wall for s in samples) * 1000:.2f}", f"{median(s.cpu for s in samples) * 1000:.2f}")
        table.add(f"`{' '.join(words)}`", *times)
    return table


def distinct(path, count):
    """Lines of a text, made distinct by their number, so that dedupe keeps every one."""
    with path.open("rb") as file:
        found = [line for line in file.read(count * 1000).split(b"\n") if line.strip()][:count]
    return [b"%d %s\n" % (number, line) for number, line in enumerate(found)]


def delays_of(programs, lines):
    """Seconds from writing each line to a pipeline of `programs` until the pipeline has written a line."""
    started, source = [], subprocess.PIPE
    for program in programs:
        started.append(subprocess.Popen([program], stdin=source, stdout=subprocess.PIPE, env=ENVIRONMENT))
        source = started[-1].stdout
    into, out, delays = started[0].stdin.fileno(), started[-1].stdout.fileno(), []
    for line in lines:
        time.sleep(LINE_GAP_SECONDS)
        began = time.perf_counter()
        os.write(into, line)
        while not os.read(out, 1 << 16).endswith(b"\n"):
            pass
        delays.append(time.perf_counter() - began)
    started[0].stdin.close()
    for process in started:
        process.stdout.close()
        process.wait()
    return delays


SINGLES = (agreement, boundaries, memory, *deduplication.SINGLES, *counting.SINGLES, latency, start)
