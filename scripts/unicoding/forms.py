"""The tables of the normalization forms: quick checks, decompositions and primary composites."""

import sys

from .reading import CODE_POINTS, UnicodeData, code_range, fields, members
from .writing import array, sieve, trie, write

FORMS = "NFC NFD NFKC NFKD".split()

# Kinds of compatibility mappings in the order of `Compatibility` in src/form/kinds.rs: the tags of UnicodeData.txt, and
# two kinds that stand apart from their tags (see `kind`).
KINDS = (
    "font noBreak initial medial final isolated phrase circle super sub vertical wide narrow small square fraction "
    "compat spacing"
).split()
PHRASES = range(0xFDF0, 0xFDFE)  # ligatures of whole words and phrases
SPACE = 0x20


def quick_checks(directory):
    """For each form, the code points whose Quick_Check is not Yes."""
    found = {form: set() for form in FORMS}
    for row in fields(directory / "DerivedNormalizationProps.txt"):
        form = row[1].removesuffix("_QC")
        if row[1].endswith("_QC") and form in found:
            found[form].update(code_range(row[0]))
    return found


def composition_pairs(data, excluded):
    return {
        tuple(mapping): code for code, mapping in data.canonical.items() if len(mapping) == 2 and code not in excluded
    }


def form_classes(data, checks, pairs):
    """The facts about each code point that the forms need, as a class number and the list of classes.

    A class: the combining class in the low byte; then, one bit for each form, whether text must not be cut before the
    code point; then, one bit for each form, whether its Quick_Check is not Yes.
    """
    seconds = {second for _, second in pairs} | set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    table, classes = [], {}
    for code in range(CODE_POINTS):
        value = data.combining[code]
        for place, form in enumerate(FORMS):
            head = data.full(code, "K" in form)[0]
            joins = data.combining[head] or ("C" in form and head in seconds)
            value |= bool(joins) << 8 + place | (code in checks[form]) << 12 + place
        table.append(classes.setdefault(value, len(classes)))
    return table, list(classes)


def mappings(data):
    """Full decompositions: a record number for each code point, records as places in a pool."""
    pool, places, records, table = [0], {}, [(0, 0)], [0] * CODE_POINTS
    numbers_of = {(0, 0): 0}

    def place(parts):
        key = tuple(parts)
        if key not in places:
            places[key] = len(pool)
            pool.append(len(key))
            pool.extend(part | data.combining[part] << 24 for part in key)
        return places[key]

    for code in sorted(data.canonical.keys() | data.compatible.keys()):
        record = tuple(
            0 if full == [code] else place(full) for full in (data.full(code, False), data.full(code, True))
        )
        if record not in numbers_of:
            numbers_of[record] = len(records)
            records.append(record)
        table[code] = numbers_of[record]
    step_rows = [(code, place(parts)) for code, parts in steps(data)]
    return table, records, pool, step_rows


def kind(data, code):
    """The kind of a compatibility mapping: spacing for a space with marks, phrase for PHRASES, else its tag."""
    mapping = data.compatible[code]
    if mapping[0] == SPACE and any(data.combining[part] for part in mapping[1:]):
        return "spacing"
    return "phrase" if code in PHRASES else data.tag[code]


def steps(data):
    """The characters whose compatibility mapping holds others with one, and that mapping, itself decomposed only
    canonically."""
    for code in sorted(data.compatible):
        parts = [part for each in data.compatible[code] for part in data.full(each, False)]
        if any(part in data.compatible for part in parts):
            yield code, data.ordered(parts)


def kind_table(data):
    """One more than the place in KINDS, with a high bit where `steps` has a row."""
    table = [0] * CODE_POINTS
    for code in data.compatible:
        table[code] = KINDS.index(kind(data, code)) + 1
    for code, _ in steps(data):
        table[code] |= 0x80
    return table


def check_steps(data, table, classes):
    """No mapping in part may join what is before it unless the whole or none of it does: src/form/mixed.rs relies on it."""
    for code, parts in steps(data):
        head, joins = parts[0], [classes[table[each]] >> 8 & 0xF for each in (code, parts[0])]
        if joins[1] & ~(joins[0] | joins[0] >> 2 | joins[0] << 2):
            sys.exit(f"gen-unicode: U+{head:04X}, a part of U+{code:04X}, joins what is before it")


def mix(key, seed, size):
    """A hash of a pair of characters; the same arithmetic stands in src/form/rewrite.rs."""
    value = ((key ^ seed * 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93) & (1 << 64) - 1
    return (value >> 32) * size >> 32


def perfect_hash(pairs):
    """Hash and displace: buckets, largest first, each take the first seed that meets no collision."""
    size, count = 1024, 256
    buckets = [[] for _ in range(count)]
    for (first, second), whole in sorted(pairs.items()):
        buckets[mix(first << 21 | second, 0, count)].append((first, second, whole))
    slots, seeds = [0] * size, [0] * count
    for bucket in sorted(range(count), key=lambda each: (-len(buckets[each]), each)):
        for seed in range(1, 1 << 16):
            places = [mix(first << 21 | second, seed, size) for first, second, _ in buckets[bucket]]
            if len(set(places)) == len(places) and not any(slots[place] for place in places):
                break
        else:
            sys.exit("gen-unicode: no seed found for a bucket of composition pairs")
        seeds[bucket] = seed
        for place, (first, second, whole) in zip(places, buckets[bucket]):
            slots[place] = first << 42 | second << 21 | whole
    return seeds, slots


def form_table(directory):
    data = UnicodeData(directory / "UnicodeData.txt")
    checks = quick_checks(directory)
    excluded = members(directory / "DerivedNormalizationProps.txt", "Full_Composition_Exclusion")
    pairs = composition_pairs(data, excluded)
    table, classes = form_classes(data, checks, pairs)
    class_text, class_size = trie("FORM", table, "u8", "Class of a character: its place in `CLASSES`.")
    table_of, records, pool, step_rows = mappings(data)
    check_steps(data, table, classes)
    kind_text, kind_size = trie("KIND", kind_table(data), "u8", "Kind of a compatibility mapping, from 1 on; bit 7: it has a row in `STEPS`.")
    map_text, map_size = trie("MAPPING", table_of, "u16", "Number of a character's record in `RECORDS`; 0 for none.")
    seeds, slots = perfect_hash(pairs)
    parts = [
        class_text,
        array("CLASSES", "u16", classes, "Combining class; no cut before, one bit for each form; Quick_Check not Yes.", True),
        map_text,
        array("RECORDS", "[u16; 2]", map(list, records), "Places in `POOL` of the canonical and the compatibility decomposition."),
        array("POOL", "u32", pool, "Decompositions: a length, then code points with their combining class in the top byte.", True),
        kind_text,
        array("STEPS", "(u32, u16)", step_rows, "Characters whose mapping holds others with one, and its place in `POOL`."),
        array("PAIR_SEEDS", "u16", seeds, "Seeds of the perfect hash over composition pairs."),
        array("PAIRS", "u64", slots, "Primary composites: first, second and whole, 21 bits each.", True),
    ]
    for place, form in enumerate(FORMS):
        mask = 0xFF | 1 << 8 + place | 1 << 12 + place
        suspects = (code for code in range(CODE_POINTS) if classes[table[code]] & mask)
        parts.append(sieve(f"{form}_SIEVE", suspects, f"Characters that may change, or move, under {form}."))
    write("form", "use super::Trie;", *parts)
    return class_size + map_size + kind_size + 4 * len(records) + 4 * len(pool) + 512 + 8192 + 8192
