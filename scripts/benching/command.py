"""A pipeline of processes, and what one run of it cost."""

import os
import shlex
import time
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/nonexistent"}
POLL_SECONDS = 0.001


class Failed(Exception):
    """A command ended with a status that its row does not allow."""


@dataclass(frozen=True)
class Stage:
    """One process of a pipeline; only the counted ones are what a row measures."""

    argv: tuple
    counted: bool = True
    locale: str = "C"
    alias: str | None = None  # how to name a program whose own name is taken

    def __str__(self):
        words = " ".join([self.alias or shown(self.argv[0]), *map(shown, self.argv[1:])])
        return words if self.locale == "C" else f"LC_ALL={self.locale} {words}"


@dataclass(frozen=True)
class Command:
    """Stages joined by pipes; the first reads `stdin`, the last writes to /dev/null unless told otherwise."""

    stages: tuple
    stdin: Path | None = None
    statuses: tuple = (0,)

    def __str__(self):
        first = str(self.stages[0]) + (f" <{self.stdin.name}" if self.stdin else "")
        return " | ".join([first, *map(str, self.stages[1:])])


@dataclass(frozen=True)
class Sample:
    """What one run cost: CPU seconds of the counted stages, seconds of all, peak resident bytes of the largest; and of
    a run that was watched, the most bytes of files without a name that the largest held."""

    cpu: float
    wall: float
    resident: int
    temporary: int = 0


def command(*argv, stdin=None, locale="C", alias=None, statuses=(0,)):
    """A command of one stage."""
    return Command((Stage(tuple(map(str, argv)), locale=locale, alias=alias),), stdin, statuses)


def pipe(*stages, stdin=None):
    """A command of several stages; a list of words is a stage that counts."""
    made = (stage if isinstance(stage, Stage) else Stage(tuple(map(str, stage))) for stage in stages)
    return Command(tuple(made), stdin)


def feeder(*argv):
    """A stage that brings the bytes or takes them away, and is not what a row measures."""
    return Stage(tuple(map(str, argv)), counted=False)


def shown(word):
    """A word as a reader would type it: names of files and programs without the folders of this machine."""
    return shlex.quote(os.path.basename(word)) if word.startswith("/") and word != "/dev/null" else shlex.quote(word)


def run(job, output=os.devnull, watch=False):
    """Run `job` to its end; `watch` also samples the memory of small processes and temporary files, at some cost in time."""
    began = time.perf_counter()
    started = start(job, output)
    usages = watched(started) if watch else [(*os.wait4(pid, 0)[1:], 0, 0) for pid in started]
    wall = time.perf_counter() - began
    for stage, (status, *_) in zip(job.stages, usages):
        code = os.waitstatus_to_exitcode(status)
        if code not in job.statuses:
            raise Failed(f"`{stage}` ended with status {code}")
    counted = [usage for stage, usage in zip(job.stages, usages) if stage.counted]
    cpu = sum(usage.ru_utime + usage.ru_stime for _, usage, *_ in counted)
    memory = max(resident(usage, seen) for _, usage, seen, _ in counted)
    return Sample(cpu, wall, memory, max(temporary for *_, temporary in counted))


def start(job, output):
    """Start the stages, joined; answer their process ids."""
    started, source = [], os.open(job.stdin or os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    for place, stage in enumerate(job.stages):
        if place + 1 < len(job.stages):
            following, sink = os.pipe()
        else:
            following, sink = None, os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        joined = [(os.POSIX_SPAWN_DUP2, source, 0), (os.POSIX_SPAWN_DUP2, sink, 1)]
        joined.append((os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0))
        environment = ENVIRONMENT | {"LC_ALL": stage.locale}
        started.append(os.posix_spawnp(stage.argv[0], stage.argv, environment, file_actions=joined))
        os.close(source)
        os.close(sink)
        source = following
    return started


def watched(started):
    """Wait for all, asking each for its peak of resident memory, and for its temporary files, until it ends."""
    seen, held, ended = dict.fromkeys(started, 0), dict.fromkeys(started, 0), {}
    while len(ended) < len(started):
        for pid in started:
            if pid not in ended:
                seen[pid] = max(seen[pid], peak_of(pid))
                held[pid] = max(held[pid], temporary_of(pid))
                found, status, usage = os.wait4(pid, os.WNOHANG)
                if found:
                    ended[pid] = (status, usage)
        time.sleep(POLL_SECONDS)
    return [(*ended[pid], seen[pid], held[pid]) for pid in started]


def peak_of(pid):
    """Bytes resident at the peak of a process so far; 0 when it has ended."""
    try:
        with open(f"/proc/{pid}/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) << 10
    except OSError:
        pass
    return 0


def temporary_of(pid):
    """Bytes of the files without a name that a process holds open: no other program can see them."""
    sizes = {}
    try:
        for entry in os.scandir(f"/proc/{pid}/fd"):
            file = os.stat(entry.path)
            if S_ISREG(file.st_mode) and not file.st_nlink:
                sizes[file.st_dev, file.st_ino] = file.st_size
    except OSError:
        pass
    return sum(sizes.values())


def resident(usage, seen):
    """The kernel's figure, unless it may be our own: a child starts with the peak of the parent that spawned it."""
    told = usage.ru_maxrss << 10
    return told if told > peak_of("self") else seen
