"""Reads the text files of the Unicode Character Database."""

import sys
from pathlib import Path

VERSION = "18.0.0"
CODE_POINTS = 0x110000
DATA = Path(__file__).resolve().parent.parent.parent / "crates" / "unicode" / "data"  # what UCD_DIR does not hold


def fields(path):
    """The rows of a UCD file: lists of fields, comments removed."""
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.split("#", 1)[0].strip()
        if line:
            yield [field.strip() for field in line.split(";")]


def code_range(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def find(directory, name):
    """A file of the folder, or of the one above it."""
    path = directory / name
    return path if path.exists() else directory.parent / name


def check_version(directory):
    """Refuse a folder that mixes versions: the tables would then agree with no version at all."""
    names = ["DerivedNormalizationProps", "DerivedCoreProperties", "PropList", "Scripts", "WordBreakProperty",
             "GraphemeBreakProperty", "SentenceBreakProperty", "EastAsianWidth", "CaseFolding", "SpecialCasing"]
    for path in [find(directory, f"{name}.txt") for name in names] + [DATA / "JoiningType.txt"]:
        with open(path, encoding="utf-8") as file:
            first = file.readline().strip()
        if first != f"# {path.stem}-{VERSION}.txt":
            sys.exit(f"gen-unicode: {path.name}: expected version {VERSION}, found {first!r}")


def values(path, names, default=0):
    """One value for each code point, as its place in `names`, from a two-field property file."""
    table = [default] * CODE_POINTS
    for row in fields(path):
        for code in code_range(row[0]):
            table[code] = names.index(row[1])
    return table


def members(path, *wanted):
    """The code points of a binary property, or of one value of a property in a file that holds many."""
    return {code for row in fields(path) if tuple(row[1:]) == wanted for code in code_range(row[0])}


class UnicodeData:
    """General categories, combining classes, bidi classes, decimal values, simple case and decomposition mappings with their tags."""

    def __init__(self, path):
        self.category = ["Cn"] * CODE_POINTS
        self.combining = [0] * CODE_POINTS
        self.bidi = {}
        self.decimal = {}
        self.lower = {}
        self.upper = {}
        self.tag = {}
        self.canonical = {}
        self.compatible = {}
        first = None
        for line in path.read_text(encoding="utf-8").splitlines():
            row = line.split(";")
            code = int(row[0], 16)
            if row[1].endswith(", First>"):
                first = code
                continue
            for each in range(code if first is None else first, code + 1):
                self.category[each] = row[2]
                self.combining[each] = int(row[3])
                self.bidi[each] = row[4]
            first = None
            if row[12]:
                self.upper[code] = int(row[12], 16)
            if row[13]:
                self.lower[code] = int(row[13], 16)
            if row[2] == "Nd":
                self.decimal[code] = int(row[6])
            if row[5]:
                mapping = [int(part, 16) for part in row[5].split() if not part.startswith("<")]
                (self.compatible if row[5].startswith("<") else self.canonical)[code] = mapping
                if row[5].startswith("<"):
                    self.tag[code] = row[5][1 : row[5].index(">")]

    def full(self, code, compatible):
        """The full decomposition of a code point, Hangul syllables included, in canonical order."""
        if 0xAC00 <= code < 0xAC00 + 11172:
            index = code - 0xAC00
            jamo = [0x1100 + index // 588, 0x1161 + index % 588 // 28]
            return jamo + ([0x11A7 + index % 28] if index % 28 else [])
        mapping = self.canonical.get(code) or (self.compatible.get(code) if compatible else None)
        if mapping is None:
            return [code]
        return self.ordered([part for each in mapping for part in self.full(each, compatible)])

    def ordered(self, codes):
        result = []
        for code in codes:
            place = len(result)
            while self.combining[code] and place and self.combining[result[place - 1]] > self.combining[code]:
                place -= 1
            result.insert(place, code)
        return result
