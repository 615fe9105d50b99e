"""The texts that are measured: real ones from a folder, or generated ones when there is no such folder."""

import json
import random
import subprocess
import sys
from bisect import bisect
from itertools import accumulate
from pathlib import Path
from string import ascii_uppercase

from .command import run

NAMES = ("en", "fa-modern", "fa-classic", "multi")
SMALL_FILES_PER_FOLDER = 100
GENERATED_MEGABYTES = 40
WORD_FORMS = 20_000
LONG_RECORD_BYTES = 1 << 20
DOCUMENTS = Path("neardup", "docs.jsonl.zst")  # beside the folder of the corpora
NEAR_DUPLICATES = Path("neardup", "truth.tsv")  # the documents that are others with some words edited
ENGLISH_SHARE = 0.97  # of ASCII in a document that says "the"
ASCII_LOWERCASE = {ord(letter): letter.lower() for letter in ascii_uppercase}
POINTS = ((0, 0xA), (0xB, 0xD), (0xE, 0xD800), (0xE000, 0x110000))  # neither LF, CR nor surrogates
MARKS = "\u0301\u0323"  # ACUTE, DOT BELOW: not in canonical order

# Letters of the generated texts: a first and a last code point of each alphabet, and how long its words are.
ALPHABETS = {
    "en": [("a", "z", (2, 9))],
    "fa": [("\u0627", "\u0648", (2, 6))],  # alef to waw
    "multi": [
        ("\u0430", "\u044F", (2, 9)),  # Cyrillic a to ya
        ("\u03B1", "\u03C9", (2, 9)),  # Greek alpha to omega
        ("\u4E00", "\u9FFF", (1, 3)),  # Han
        ("\uAC00", "\uD7A3", (1, 4)),  # Hangul
        ("\u0E01", "\u0E2E", (3, 9)),  # Thai consonants
        ("\u0905", "\u0939", (2, 6)),  # Devanagari letters
    ],
}


class Texts:
    """Files in one folder, made once: the texts, one file of all, words, lines with repeats, and small files."""

    def __init__(self, folder, corpora, megabytes, make_lines):
        self.corpora = corpora if any(corpora.glob("*.txt.zst")) else None
        # The limit and the kind are in the folder's name, so that other texts are never taken for these.
        self.folder = folder / f"{'real' if self.corpora else 'generated'}-{megabytes}"
        self.limit_bytes = megabytes * 1_000_000
        self.make_lines = make_lines
        self.folder.mkdir(parents=True, exist_ok=True)

    def text(self, name):
        """The text called `name`, cut at the last line end within the limit."""
        path = self.folder / f"{name}.txt"
        if not path.exists():
            content = self.unpacked(name) if self.corpora else generated(name)
            content = content[: self.limit_bytes]
            save(path, content[: content.rfind(b"\n") + 1])
        return path

    def beginning(self, name, length_bytes):
        """The first lines of a text, at most so many bytes."""
        path = self.folder / f"{name}-{length_bytes}.txt"
        if not path.exists():
            content = self.text(name).read_bytes()[:length_bytes]
            save(path, content[: content.rfind(b"\n") + 1])
        return path

    def unpacked(self, name):
        source = self.corpora / f"{name}.txt.zst"
        return subprocess.run(["zstd", "-dcq", source], check=True, stdout=subprocess.PIPE).stdout

    def all(self):
        """All texts in one file."""
        path = self.folder / "all.txt"
        if not path.exists():
            save(path, b"".join(self.text(name).read_bytes() for name in NAMES))
        return path

    def long(self):
        """The bytes of `all` as records of 1 MiB, the last one shorter."""
        path = self.folder / "long.txt"
        if not path.exists():
            content = self.all().read_bytes().replace(b"\n", b" ")
            size = LONG_RECORD_BYTES - 1
            save(path, b"".join(content[at : at + size] + b"\n" for at in range(0, len(content), size)))
        return path

    def empty(self):
        """An empty file."""
        path = self.folder / "empty.txt"
        path.touch()
        return path

    def words(self):
        """The words of the English text, one to a line."""
        path = self.folder / "words.txt"
        if not path.exists():
            save(path, b"\n".join(self.text("en").read_bytes().split()) + b"\n")
        return path

    def made(self, name, job):
        """What a command writes, made once."""
        path = self.folder / name
        if not path.exists():
            unfinished = path.with_suffix(".part")
            run(job, unfinished)
            unfinished.rename(path)
        return path

    def points(self):
        """A line for each code point that a line of UTF-8 can hold: alone, and before two marks."""
        path = self.folder / "points.txt"
        if not path.exists():
            points = (chr(point) for span in POINTS for point in range(*span))
            save(path, "".join(f"{point} x{point}{MARKS}\n" for point in points).encode())
        return path

    def documents(self):
        """JSON lines as jq writes them, of texts in which only ASCII letters have case; None if they are not there."""
        source, path = self.corpora and self.corpora.parent / DOCUMENTS, self.folder / "docs.jsonl"
        if not source or not source.exists():
            return None
        if not path.exists():
            unpacked = subprocess.run(["zstd", "-dcq", source], check=True, stdout=subprocess.PIPE).stdout
            documents = map(json.loads, unpacked[: self.limit_bytes].split(b"\n")[:-1])
            kept = (each for each in documents if each["text"].lower() == each["text"].translate(ASCII_LOWERCASE))
            lines = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in kept)
            save(path, "".join(f"{line}\n" for line in lines).encode())
        return path

    def english(self):
        """The English text, and where documents are there the English ones, none of them a copy: nothing comes twice."""
        path = self.folder / "english.txt"
        if not path.exists():
            content = self.text("en").read_bytes()
            save(path, content + b"".join(self.english_documents())[: self.limit_bytes - len(content)])
        return path

    def english_documents(self):
        source, copies = (self.corpora and self.corpora.parent / place for place in (DOCUMENTS, NEAR_DUPLICATES))
        if not source or not source.exists():
            return
        edited = {line.split("\t")[0] for line in copies.read_text().splitlines()}
        unpacked = subprocess.run(["zstd", "-dcq", source], check=True, stdout=subprocess.PIPE).stdout
        for document in map(json.loads, unpacked.splitlines()):
            text = document["text"]
            is_english = " the " in text and sum(map(str.isascii, text)) > ENGLISH_SHARE * len(text)
            if is_english and document["id"] not in edited:
                yield f"{text}\n".encode()

    def head(self, name, megabytes):
        """The beginning of a text, for rivals that are slow."""
        path = self.folder / f"{name}-{megabytes}mb.txt"
        if not path.exists():
            content = self.text(name).read_bytes()[: megabytes * 1_000_000]
            save(path, content[: content.rfind(b"\n") + 1])
        return path

    def lines(self, name, megabytes):
        """Lines of a text, or of `all`, shuffled, of which 40 % are repeats."""
        path = self.folder / f"{name}-lines-{megabytes}mb.txt"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            sources = map(self.text, NAMES if name == "all" else [name])
            with unfinished.open("wb") as file:
                words = [sys.executable, self.make_lines, "--real", *sources, str(megabytes)]
                subprocess.run(words, check=True, stdout=file)
            unfinished.rename(path)
        return path

    def near(self, megabytes):
        """JSON lines of documents with near-duplicates among them, as they are; None if they are not there."""
        source, path = self.corpora and self.corpora.parent / DOCUMENTS, self.folder / f"near-{megabytes}mb.jsonl"
        if not source or not source.exists():
            return None
        if not path.exists():
            unpacked = subprocess.run(["zstd", "-dcq", source], check=True, stdout=subprocess.PIPE).stdout
            content = unpacked[: megabytes * 1_000_000]
            save(path, content[: content.rfind(b"\n") + 1])
        return path

    def small(self, count):
        """A folder of `count` files that hold, in the order of their paths, the bytes of `all`."""
        folder = self.folder / f"small-{count}"
        done = folder / ".done"
        if not done.exists():
            content, begin = self.all().read_bytes(), 0
            for number in range(count):
                inner = folder / f"{number // SMALL_FILES_PER_FOLDER:04}"
                inner.mkdir(parents=True, exist_ok=True)
                end = content.find(b"\n", max(begin, len(content) * (number + 1) // count - 1)) + 1 or len(content)
                (inner / f"{number:06}.txt").write_bytes(content[begin:end])
                begin = end
            done.touch()
        return folder

    def describe(self):
        """One sentence on where the texts came from."""
        if not self.corpora:
            return "generated text (no corpora were given): letters in runs, word frequencies as in Zipf's law"
        return "real text: " + ", ".join(f"{name} {self.text(name).stat().st_size / 1e6:.0f} MB" for name in NAMES)


def save(path, content):
    """Write a file that is whole or not there."""
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.rename(path)


def generated(name):
    """Bytes of lines in the alphabets of `name`; the same every time."""
    draw = random.Random(name)
    alphabets = ALPHABETS[name.split("-")[0]]
    forms = [word_form(draw, alphabets[number % len(alphabets)]) for number in range(WORD_FORMS)]
    totals = list(accumulate(1 / rank for rank in range(1, WORD_FORMS + 1)))
    lines, length_bytes = [], 0
    while length_bytes < GENERATED_MEGABYTES * 1_000_000:
        count = draw.randint(4, 24)
        line = " ".join([forms[bisect(totals, draw.random() * totals[-1])] for _ in range(count)])
        line = f"{line}.\n".encode()
        length_bytes += len(line)
        lines.append(line)
    return b"".join(lines)


def word_form(draw, alphabet):
    first, last, (shortest, longest) = alphabet
    return "".join(chr(draw.randint(ord(first), ord(last))) for _ in range(draw.randint(shortest, longest)))
