"""What a reader must know of the machine to judge the numbers; no names of it."""

import os
import platform
from pathlib import Path


def describe():
    """Lines of `label: value`."""
    return [
        f"CPU: {cpu()}, {len(os.sched_getaffinity(0))} cores to run on",
        f"memory: {memory_gigabytes():.0f} GiB",
        f"system: {system()}, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}",
    ]


def load():
    """The machine's load average over a minute: 0 is idle, apart from what we run ourselves."""
    return os.getloadavg()[0]


def cpu():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def memory_gigabytes():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)


def system():
    for line in Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.split("=", 1)[1].strip('"')
    return platform.system()
