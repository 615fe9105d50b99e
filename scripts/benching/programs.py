"""The programs that are measured, ours and rivals: where they are, which versions, how they are installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OURS = ("normalize", "tokenize", "dedupe", "ngram", "stats")

# name: how its version is asked for
SYSTEM = {
    "cat": "--version", "sort": "--version", "uniq": "--version", "wc": "--version", "find": "--version",
    "mawk": "-Wversion", "uconv": "--version", "iconv": "--version", "jq": "--version", "zstd": "--version",
}

# name: the crate that brings it, the program it installs, its version that was measured
CRATES = {
    "runiq": ("runiq", "runiq", "2.1.0"),
    "huniq": ("huniq", "huniq", "2.7.0"),
    "cw": ("cw", "cw", "0.7.0"),
    "uutils wc": ("uu_wc", "wc", "0.12.0"),
}

# name: the version of the library, from PyPI, that was measured; each has an environment of its own
PYTHON = {
    "hazm": "0.10.0", "parsivar": "0.2.3.1", "piraye": "1.1.1",
    "sacremoses": "0.2.0", "sacrebleu": "2.6.0", "tokenizers": "0.23.3", "tiktoken": "0.14.0",
    "rensa": "0.5.0", "datasketch": "2.0.0",
}

# name: what the library's environment needs besides it
BESIDE = {"rensa": ("orjson==3.13.0",), "datasketch": ("orjson==3.13.0",)}

# name: where a build by hand may lie below build/rivals, the variable that may name it, where its source is
GIVEN = {
    "kpu dedupe": ("kpu/bin/dedupe", "RIVAL_DEDUPE", "github.com/kpu/preprocess"),
    "kenlm counts": ("kenlm/bin/count_ngrams", "RIVAL_COUNT_NGRAMS", "github.com/kpu/kenlm"),
}

# name: the crate of ours that calls a library from crates.io, a folder beside this file; the program has the same name
CALLERS = {"segment": "unicode-segmentation", "icu-words": "icu-words"}

# name: its source beside this file, the libraries it needs
SOURCES = {"icu-normalize": ("icu-normalize.cpp", ("-licuuc",)), "icu-break": ("icu-break.cpp", ("-licuuc",))}

# name: Debian's packages, where the name is not theirs
PACKAGES = {"uconv": "icu-devtools", "icu-normalize": "g++ libicu-dev", "icu-break": "g++ libicu-dev"}


class Programs:
    """Finds programs by name: ours in the release folder, rivals on PATH or in build/rivals."""

    def __init__(self, repository):
        self.release = repository / "target" / "release"
        self.rivals = repository / "build" / "rivals"
        self.found = {name: self.search(name) for name in (*OURS, *SYSTEM, *SOURCES, *CRATES, *CALLERS, *PYTHON, *GIVEN)}

    def search(self, name):
        if name in OURS:
            path = self.release / name
            return str(path) if os.access(path, os.X_OK) and version(str(path), "--version") else None
        if name in SYSTEM:
            return shutil.which(name)
        if name in SOURCES:
            return compiled(self.rivals / name, *SOURCES[name])
        if name in PYTHON:
            return library(self.rivals, name)
        if name in GIVEN:
            place, variable, _ = GIVEN[name]
            path = os.environ.get(variable) or str(self.rivals / place)
            return path if os.access(path, os.X_OK) else None
        if name in CALLERS:
            path = self.rivals / CALLERS[name] / "bin" / name
            return str(path) if os.access(path, os.X_OK) else None
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

    def absence(self, name):
        """A sentence on a program that is not there."""
        if name in GIVEN:
            return f"{name}: not built ({GIVEN[name][2]}; {GIVEN[name][1]}=PATH names it): skipped"
        reason = f"{name}: not installed" if name not in SOURCES else f"{name}: not compiled"
        return f"{reason} (Debian: {PACKAGES[name]}): skipped" if name in PACKAGES else f"{reason}: skipped"

    def refusal(self, name, *flags):
        """A sentence on options that this build of one of our programs does not know; empty if it knows them."""
        words = [self[name], *flags]
        told = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return f"`{' '.join([name, *flags])}`: not an option of this build: skipped" if told.returncode else ""

    def advice(self):
        """What to do about rivals that are not there; None if all are."""
        absent = self.missing(*SYSTEM, *SOURCES, *CRATES, *CALLERS, *PYTHON)
        served = (*CRATES, *CALLERS, *PYTHON)
        packages = " ".join(dict.fromkeys(PACKAGES.get(name, name) for name in absent if name not in served))
        lines = [f"bench: not installed: {', '.join(absent)}"] if absent else []
        lines += [f"bench: on Debian: apt-get install {packages}"] if packages else []
        return "\n".join(lines) or None

    def versions(self):
        """Pairs of name and version, or why there is none."""
        answers = []
        for name, path in self.found.items():
            if path and name in PYTHON:
                answers.append((name, f"{name} {PYTHON[name]}"))
                continue
            if path and name in GIVEN:
                answers.append((name, f"from {GIVEN[name][2]}"))
                continue
            flag = SYSTEM.get(name, "--version")
            answers.append((name, version(path, flag) if path else self.absence(name).removeprefix(f"{name}: ")))
        return answers

    def install(self):
        """Install the rivals that crates.io and PyPI serve, each below build/rivals."""
        for name, (crate, _, number) in CRATES.items():
            if self.found[name]:
                continue
            words = ["cargo", "install", crate, "--version", number, "--locked", "--root", str(self.rivals / crate)]
            subprocess.run(words, check=False)
            self.found[name] = self.search(name)
        for name, folder in CALLERS.items():
            if self.found[name]:
                continue
            source, root = Path(__file__).with_name(folder), self.rivals / folder
            words = ["cargo", "install", "--path", str(source), "--locked", "--root", str(root)]
            target = os.environ | {"CARGO_TARGET_DIR": str(root / "target")}
            subprocess.run(words, check=False, env=target)
            self.found[name] = self.search(name)
        for name in PYTHON:
            self.found[name] = self.found[name] or install_library(self.rivals, name)


def library(rivals, name):
    """The path of the Python that has a library; None if it is not installed."""
    folder = rivals / name
    return str(folder / "bin" / "python") if any((folder / "lib").glob(f"*/site-packages/{name}")) else None


def install_library(rivals, name):
    """Install a library from PyPI into an environment of its own; answer as `library` does."""
    pip = rivals / name / "bin" / "pip"
    if not subprocess.run([sys.executable, "-m", "venv", rivals / name], check=False).returncode:
        subprocess.run([pip, "install", "--quiet", f"{name}=={PYTHON[name]}", *BESIDE.get(name, ())], check=False)
    return library(rivals, name)


def compiled(program, source, libraries):
    """The path of a C++ program, compiled if its source is younger; None where that does not work."""
    source = Path(__file__).with_name(source)
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        if not shutil.which("g++"):
            return None
        program.parent.mkdir(parents=True, exist_ok=True)
        words = ["g++", "-std=c++17", "-O2", "-o", program, source, *libraries]
        if subprocess.run(words, capture_output=True, check=False).returncode:
            return None
    return str(program)


def version(path, flag):
    """The first line that a program says of itself, or the empty string."""
    try:
        told = subprocess.run([path, flag], capture_output=True, text=True, timeout=10, check=False)
    except OSError:
        return ""
    lines = (told.stdout or told.stderr).strip().splitlines()
    return lines[0].strip().removeprefix(f"{Path(path).parent}/") if lines and not told.returncode else ""
