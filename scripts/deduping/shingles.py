"""What `dedupe --near` compares documents by, made again from its definition, and every pair that is alike."""

import json
import subprocess
import unicodedata
from collections import Counter, defaultdict

PUNCTUATION = {point: " " for point in range(0x110000) if unicodedata.category(chr(point)).startswith("P")}


def documents(path):
    """Ids and texts of JSON lines."""
    with open(path, "rb") as file:
        found = [json.loads(line) for line in file]
    return [each["id"] for each in found], [each["text"] for each in found]


def folded(text):
    """NFKC, lower case, punctuation as space (by General_Category, of the Unicode version that Python knows)."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    return text.translate(PUNCTUATION)


def words(texts, tokenize):
    """Lists of words: the segments of UAX #29 of each folded text that are not white space, by our `tokenize`."""
    lines = "".join(json.dumps({"text": folded(text)}) + "\n" for text in texts)
    told = subprocess.run([tokenize, "--jsonl"], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line)["text"].split(" ") for line in told.stdout.splitlines()]


def shingles(tokens, order, text):
    """The set of runs of `order` words, as hashes; all words where there are fewer; the text where there is none."""
    if not any(tokens):
        return frozenset([hash(("", text))])
    if len(tokens) < order:
        return frozenset([hash(tuple(tokens))])
    return frozenset(map(hash, zip(*(tokens[start:] for start in range(order)))))


def alike(sets, least):
    """Every pair of sets of Jaccard similarity `least` or more, as {(earlier, later): similarity}."""
    first, holders = {}, defaultdict(list)
    for number, each in enumerate(sets):
        for shingle in each:
            if shingle in holders:
                holders[shingle].append(number)
            elif shingle in first:
                holders[shingle] = [first[shingle], number]
            else:
                first[shingle] = number
    del first
    by_later = defaultdict(list)
    for shingle, numbers in holders.items():
        for place, number in enumerate(numbers[1:], 1):
            by_later[number].append(numbers[:place])
    found = {}
    for later, lists in by_later.items():
        shared = Counter(number for numbers in lists for number in numbers)
        for earlier, both in shared.items():
            similarity = both / (len(sets[earlier]) + len(sets[later]) - both)
            if similarity >= least:
                found[earlier, later] = similarity
    return found
