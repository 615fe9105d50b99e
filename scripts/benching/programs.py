"""The programs that are measured, ours and rivals: where they are, which versions, how they are installed."""

import os
import shutil
import subprocess
from pathlib import Path

OURS = ("normalize", "tokenize", "dedupe", "ngram", "stats")

# name: how its version is asked for
SYSTEM = {
    "cat": "--version", "sort": "--version", "uniq": "--version", "wc": "--version", "find": "--version",
    "mawk": "-Wversion", "uconv": "--version", "iconv": "--version", "zstd": "--version",
}

# name: the crate that brings it, the program it installs, its version that was measured
CRATES = {
    "runiq": ("runiq", "runiq", "2.1.0"),
    "huniq": ("huniq", "huniq", "2.7.0"),
    "cw": ("cw", "cw", "0.7.0"),
    "uutils wc": ("uu_wc", "wc", "0.12.0"),
}


class Programs:
    """Finds programs by name: ours in the release folder, rivals on PATH or in build/rivals."""

    def __init__(self, repository):
        self.release = repository / "target" / "release"
        self.rivals = repository / "build" / "rivals"
        self.found = {name: self.search(name) for name in (*OURS, *SYSTEM, *CRATES)}

    def search(self, name):
        if name in OURS:
            path = self.release / name
            return str(path) if os.access(path, os.X_OK) and version(str(path), "--version") else None
        if name in SYSTEM:
            return shutil.which(name)
        # Each crate has a root of its own: uutils calls its program wc, which must never shadow the system's.
        crate, program, _ = CRATES[name]
        places = (self.rivals / crate / "bin" / program, self.rivals / "bin" / program)
        inside = next((str(place) for place in places if os.access(place, os.X_OK)), None)
        return inside or (shutil.which(program) if program == name else None)

    def __getitem__(self, name):
        """The path of a program, or its name if it is not there."""
        return self.found[name] or name

    def missing(self, *names):
        """Those of `names` that are not installed."""
        return [name for name in names if not self.found[name]]

    def versions(self):
        """Pairs of name and version, or `not installed: skipped`."""
        answers = []
        for name, path in self.found.items():
            flag = SYSTEM.get(name, "--version")
            answers.append((name, version(path, flag) if path else "not installed: skipped"))
        return answers

    def install(self):
        """Install the rivals that crates.io serves, each below build/rivals; answer the names that failed."""
        failed = []
        for name, (crate, _, number) in CRATES.items():
            if self.found[name]:
                continue
            words = ["cargo", "install", crate, "--version", number, "--locked", "--root", str(self.rivals / crate)]
            if subprocess.run(words, check=False).returncode:
                failed.append(name)
            self.found[name] = self.search(name)
        return failed


def version(path, flag):
    """The first line that a program says of itself, or the empty string."""
    try:
        told = subprocess.run([path, flag], capture_output=True, text=True, timeout=10, check=False)
    except OSError:
        return ""
    lines = (told.stdout or told.stderr).strip().splitlines()
    return lines[0].strip().removeprefix(f"{Path(path).parent}/") if lines and not told.returncode else ""
