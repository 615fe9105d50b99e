"""The tables of case: full mappings, the properties that their conditions ask for, and Greek letters by their base."""

import sys

from .properties import flags
from .reading import CODE_POINTS, UnicodeData, fields, find
from .writing import array, sieve, trie, write

# In the order of `Case` in src/case.rs.
CASES = "LOWER UPPER FOLD".split()

# Bits of a value in CONTEXT, as src/case/context.rs reads them.
FLAGS = (
    ("DerivedCoreProperties.txt", "Cased"),
    ("DerivedCoreProperties.txt", "Case_Ignorable"),
    ("PropList.txt", "Soft_Dotted"),
)
TEXT = 1 << 24  # in place of a difference of code points: the mapping is a text, in TEXTS

# The conditions of SpecialCasing.txt that src/case writes out as code.
CONDITIONS = {
    "Final_Sigma", "lt After_Soft_Dotted", "lt More_Above", "lt", "tr", "az", "tr After_I", "az After_I",
    "tr Not_Before_Dot", "az Not_Before_Dot",
}

# What upper case of Greek takes off a letter, as bits of a value in GREEK; the base letter stands in the low byte.
VOWEL, ACCENT, DIALYTIKA, YPOGEGRAMMENI = 0x100, 0x200, 0x400, 0x800
GREEK_MARKS = {
    **dict.fromkeys((0x300, 0x301, 0x302, 0x303, 0x311, 0x342), ACCENT),
    **dict.fromkeys((0x304, 0x306, 0x313, 0x314, 0x343), 0),
    0x308: DIALYTIKA,
    0x345: YPOGEGRAMMENI,
}
# The Coptic letters of the block are not Greek. MICRO SIGN and U+0345 become Greek letters: what they take with them must
# be what those would take, or done twice would not be as done once.
GREEK_LETTERS = [0xB5, 0x345, *range(0x370, 0x3E2), *range(0x3F0, 0x400), *range(0x1F00, 0x2000), 0x2126]
GREEK_FIRST = 0x36F  # the base letter is counted from here on, so that it is never 0
GREEK_VOWELS = (0x391, 0x395, 0x397, 0x399, 0x39F, 0x3A5, 0x3A9)


def characters(text):
    return [int(part, 16) for part in text.split()]


def mappings(directory):
    """For each case, the mapping of each code point that has one, as a list of code points."""
    data = UnicodeData(directory / "UnicodeData.txt")
    lower, upper, fold = ({code: [to] for code, to in simple.items()} for simple in (data.lower, data.upper, {}))
    seen = set()
    for row in fields(find(directory, "SpecialCasing.txt")):
        code, condition = int(row[0], 16), row[4] if len(row) > 5 else ""
        if condition:
            seen.add(condition)
            continue
        lower[code], upper[code] = characters(row[1]), characters(row[3])
    if seen != CONDITIONS:
        sys.exit(f"gen-unicode: SpecialCasing.txt: conditions that no code is written for: {seen ^ CONDITIONS}")
    for row in fields(find(directory, "CaseFolding.txt")):
        if row[1] in "CF":
            fold[int(row[0], 16)] = characters(row[2])
        elif row[1] == "T" and row[0] not in ("0049", "0130"):
            sys.exit(f"gen-unicode: CaseFolding.txt: a Turkic folding that no code is written for: {row[0]}")
    return lower, upper, fold


def greek_letters(data, upper):
    """The Greek letters that upper case of Greek changes or must see, by base and what is on it."""
    table = [0] * CODE_POINTS
    for code in GREEK_LETTERS:
        if data.category[code][0] not in "LM" or (data.category[code] == "Lm" and code != 0x37A):
            continue
        base, *marks = data.full(code, False)
        base = upper.get(base, [base])[0]
        if not all(mark in GREEK_MARKS for mark in marks) or not GREEK_FIRST < base < 0x400:
            sys.exit(f"gen-unicode: U+{code:04X} is no Greek letter of a known kind")
        value = base - GREEK_FIRST | (VOWEL if base in GREEK_VOWELS else 0)
        for mark in marks:
            value |= GREEK_MARKS[mark]
        table[code] = value
    return table


def case_table(directory):
    data = UnicodeData(directory / "UnicodeData.txt")
    maps = mappings(directory)
    texts, classes, table = [], {}, []
    for code in range(CODE_POINTS):
        full = [each.get(code, [code]) for each in maps]
        changes = tuple(to[0] - code if len(to) == 1 else TEXT for to in full)
        table.append(classes.setdefault(changes, len(classes)))
        if TEXT in changes:
            texts.append((code, ["".join(f"\\u{{{part:X}}}" for part in to) for to in full]))
    if len(classes) > 256:
        sys.exit(f"gen-unicode: {len(classes)} classes of case mappings do not fit a byte")
    text, size = trie("CASE", table, "u8", "Class of a character: its place in `MAPPINGS`.")
    context, context_size = trie("CONTEXT", flags(directory, FLAGS), "u8", "One bit each, from the lowest: Cased, Case_Ignorable, Soft_Dotted.")
    greek = greek_letters(data, maps[1])
    greek_text, greek_size = trie("GREEK", greek, "u16", "A Greek letter's base, from U+036F on, and what is on it.")
    rows = "\n".join(f"    ({code:#x}, [{', '.join(f'{chr(34)}{to}{chr(34)}' for to in full)}])," for code, full in texts)
    parts = [
        text,
        array("MAPPINGS", "[i32; 3]", map(list, classes), "Lower, upper and folded: differences of code points, or `TEXT`."),
        f"/// In `MAPPINGS`: a row of `TEXTS` holds the mapping.\npub(crate) const TEXT: i32 = {TEXT:#x};\n",
        "/// Lower, upper and folded of the characters that some case makes more than one, in the order of code points.\n"
        f"pub(crate) static TEXTS: [(u32, [&str; 3]); {len(texts)}] = [\n{rows}\n];\n",
        context,
        greek_text,
    ]
    for place, case in enumerate(CASES):
        suspects = [code for code, to in maps[place].items() if to != [code]]
        parts.append(sieve(f"{case}_SIEVE", suspects, f"Characters that {case.lower()} case changes."))
    letters = [code for code in range(CODE_POINTS) if greek[code]]
    parts.append(sieve("GREEK_SIEVE", letters, "Characters with a value in `GREEK`."))
    write("case", "use super::Trie;", *parts)
    return size + context_size + greek_size + 12 * len(classes) + 52 * len(texts) + 4 * 2048
