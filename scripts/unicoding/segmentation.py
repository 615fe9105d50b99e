"""The tables of segmentation: break classes of words, grapheme clusters and sentences."""

import sys

from .reading import CODE_POINTS, members, values
from .writing import array, sieve, trie, write

WORD_CLASSES = (
    "Other ALetter Hebrew_Letter Numeric ExtendNumLet Katakana MidLetter MidNum MidNumLet Single_Quote Double_Quote "
    "Extend Format ZWJ WSegSpace Regional_Indicator CR LF Newline"
).split()
GRAPHEME_CLASSES = (
    "Other CR LF Control Extend ZWJ Regional_Indicator Prepend SpacingMark L V T LV LVT Extended_Pictographic"
).split()
SENTENCE_CLASSES = "Other CR LF Sep Extend Format Sp Lower Upper OLetter Numeric ATerm STerm Close SContinue".split()
CONJUNCTS = "None Linker Consonant Extend".split()
PICTOGRAPHIC = 0x40  # bit of a word value: Extended_Pictographic (WB3c)
WHITE_SPACE = 0x80  # bit of a word value: White_Space

# What crates/unicode/src/word/block.rs sees of a class: a bit for each of letter, numeric, joiner, extend, middle of
# letters, middle of number, white space. Two letters more: Katakana is letter and numeric, WSegSpace is white space and
# joiner. STOP leaves the character to the slow machine, CLOSER asks for the exact class.
WORD_FLAGS = {
    "Other": 0, "ALetter": 0x01, "Numeric": 0x02, "Katakana": 0x03, "ExtendNumLet": 0x04, "Extend": 0x08,
    "Format": 0x08, "MidLetter": 0x10, "MidNum": 0x20, "MidNumLet": 0x30, "Single_Quote": 0x30, "Double_Quote": 0,
    "LF": 0x40, "Newline": 0x40, "WSegSpace": 0x44,
}
FLAG_SPACE, STOP, CLOSER = 0x40, 0x80, 0x81


def word_table(directory):
    table = values(directory / "WordBreakProperty.txt", WORD_CLASSES)
    for code in members(directory / "emoji-data.txt", "Extended_Pictographic"):
        table[code] |= PICTOGRAPHIC
    for code in members(directory / "PropList.txt", "White_Space"):
        table[code] |= WHITE_SPACE
    text, size = trie("WORD", table, "u8", "Word_Break class; bit 6 Extended_Pictographic, bit 7 White_Space.")
    flags = word_flags(table)
    rows, cells = flag_rows(flags)
    of_value = [value_flags(value) for value in range(256)]
    write(
        "word",
        "use super::Trie;",
        text,
        array("FLAGS_OF_VALUE", "u8", of_value, "Flags of each value in `WORD`."),
        array("FLAG_ROWS", "u8", rows, "Row in `FLAG_CELLS` of each byte."),
        array("FLAG_CELLS", "u8", cells, "Flags of what a byte opens, by row and the low six bits of the next byte."),
    )
    return size + 256 + 256 + len(cells)


def value_flags(value):
    """The flags of a value of the word table."""
    name = WORD_CLASSES[value & 0x1F] if value & 0x1F < len(WORD_CLASSES) else None
    if name not in WORD_FLAGS:
        return STOP
    if not value & WHITE_SPACE:
        return WORD_FLAGS[name]
    return WORD_FLAGS[name] | FLAG_SPACE if name in ("Other", "LF", "Newline", "WSegSpace") else STOP


def word_flags(table):
    return bytes(value_flags(value) for value in table)


def flag_rows(flags):
    """For each byte a row of 64 cells, chosen by the byte after it: the flags of all characters that begin so."""

    def together(first, count):
        found = set(flags[first : first + count])
        return found.pop() if len(found) == 1 else CLOSER

    rows, cells, number = [], [], {}
    for byte in range(256):
        if byte < 0x80:
            row = (flags[byte],) * 64
        elif byte < 0xC0:
            row = (0,) * 64  # continuation bytes go with what they continue
        elif 0xC2 <= byte < 0xE0:
            row = tuple(flags[(byte & 0x1F) << 6 | low] for low in range(64))
        elif 0xE0 <= byte < 0xF0:
            allowed = range(0x20, 64) if byte == 0xE0 else range(0x20) if byte == 0xED else range(64)
            row = tuple(
                together((byte & 0xF) << 12 | low << 6, 64) if low in allowed else STOP for low in range(64)
            )
        elif 0xF0 <= byte < 0xF5:
            allowed = range(0x10, 64) if byte == 0xF0 else range(0x10) if byte == 0xF4 else range(64)
            row = tuple(
                together((byte & 7) << 18 | low << 12, 4096) if low in allowed else STOP for low in range(64)
            )
        else:
            row = (STOP,) * 64
        if row not in number:
            number[row] = len(number)
            cells.extend(row)
        rows.append(number[row])
    return rows, cells + [STOP] * (4096 - len(cells))


def grapheme_table(directory):
    table = values(directory / "GraphemeBreakProperty.txt", GRAPHEME_CLASSES)
    for code in members(directory / "emoji-data.txt", "Extended_Pictographic"):
        if table[code]:
            sys.exit(f"gen-unicode: U+{code:04X} is Extended_Pictographic and has a Grapheme_Cluster_Break class")
        table[code] = GRAPHEME_CLASSES.index("Extended_Pictographic")
    for place, name in enumerate(CONJUNCTS[1:], 1):
        for code in members(directory / "DerivedCoreProperties.txt", "InCB", name):
            table[code] |= place << 4
    plain = {0, CONJUNCTS.index("Consonant") << 4, GRAPHEME_CLASSES.index("Extended_Pictographic")}
    text, size = trie("GRAPHEME", table, "u8", "Grapheme_Cluster_Break class in four bits, Indic_Conjunct_Break in two.")
    rows = sieve(
        "GRAPHEME_SIEVE",
        (code for code in range(CODE_POINTS) if table[code] not in plain),
        "Characters that may be one cluster with a neighbour.",
    )
    write("grapheme", "use super::Trie;", text, rows)
    return size + 2048


def sentence_table(directory):
    table = values(directory / "SentenceBreakProperty.txt", SENTENCE_CLASSES)
    stops = {SENTENCE_CLASSES.index(name) for name in ["CR", "LF", "Sep", "ATerm", "STerm"]}
    text, size = trie("SENTENCE", table, "u8", "Sentence_Break class.")
    rows = sieve(
        "SENTENCE_SIEVE",
        (code for code in range(CODE_POINTS) if table[code] in stops),
        "Characters after which a sentence may end.",
    )
    write("sentence", "use super::Trie;", text, rows)
    return size + 2048
