"""Runs a Python library of near-duplicates over JSON lines, as its authors would, and writes the pairs it finds.

near-rivals.py rensa|datasketch THRESHOLD N [--words] [--no-verify] <docs.jsonl >pairs.tsv

Shingles are N words in a row, lower-cased: what stands between white space, which Python finds fastest, or with
--words runs of letters and digits. A pair is `id<TAB>id<TAB>similarity`; it is written if the Jaccard similarity of
the two sets of shingles reaches THRESHOLD, or with --no-verify if the library takes it for one.
"""

import re
import sys

FUNCTIONS = 128
BATCH_DOCUMENTS = 1024
WORD = re.compile(r"\w+").findall


def main():
    library, threshold, order, *flags = sys.argv[1:]
    ids, texts = documents(sys.stdin.buffer)
    tokens = shingles(texts, int(order), WORD if "--words" in flags else str.split)
    found = {"rensa": rensa_pairs, "datasketch": datasketch_pairs}[library](tokens, float(threshold))
    verified(found, ids, float(threshold), "--no-verify" not in flags)


def documents(source):
    """Ids and texts, by the fastest reader of JSON that is installed."""
    try:
        from orjson import loads
    except ImportError:
        from json import loads
    ids, texts = [], []
    for line in source:
        document = loads(line)
        ids.append(document["id"])
        texts.append(document["text"])
    return ids, texts


def shingles(texts, order, words_of):
    """Yield, for each text, its shingles; a text of fewer words is one shingle."""
    for text in texts:
        words = words_of(text.lower())
        if len(words) < order:
            yield [" ".join(words)]
        else:
            yield list(map(" ".join, zip(*(words[start:] for start in range(order)))))


def rensa_pairs(tokens, threshold):
    """Yield two numbers of documents and the function that answers a document's shingles."""
    from rensa import RMinHash, RMinHashLSH

    hashes, index = [], RMinHashLSH(threshold=threshold, num_perm=FUNCTIONS, num_bands=bands(threshold))
    candidates = []
    for batch in batches(tokens):
        hashed = RMinHash.hash_token_sets(batch)
        sketches = RMinHash.from_token_sets(batch, FUNCTIONS, 42)
        index.insert_many(sketches, len(hashes))
        candidates += index.query_all(sketches)
        hashes += hashed
    for later, earlier in enumerate(candidates):
        for one in sorted(set(earlier)):
            if one < later:
                yield one, later, hashes


def datasketch_pairs(tokens, threshold):
    """As `rensa_pairs`."""
    from datasketch import MinHash, MinHashLSH

    rows = FUNCTIONS // bands(threshold)
    index = MinHashLSH(num_perm=FUNCTIONS, params=(bands(threshold), rows))
    hashes = []
    for later, batch in enumerate(tokens):
        sketch = MinHash(num_perm=FUNCTIONS, seed=42)
        sketch.update_batch([token.encode() for token in batch])
        earlier = index.query(sketch)
        index.insert(later, sketch, check_duplication=False)
        hashes.append([hash(token) for token in batch])
        for one in sorted(earlier):
            yield one, later, hashes


def bands(threshold):
    """The fewest bands of 128 functions that find .95 of the pairs at the threshold, as `dedupe --near` chooses."""
    divisors = [rows for rows in range(FUNCTIONS, 0, -1) if FUNCTIONS % rows == 0]
    return next(FUNCTIONS // r for r in divisors if 1 - (1 - threshold**r) ** (FUNCTIONS // r) >= 0.95)


def batches(tokens):
    """Lists of so many documents."""
    batch = []
    for each in tokens:
        batch.append(each)
        if len(batch) == BATCH_DOCUMENTS:
            yield batch
            batch = []
    if batch:
        yield batch


def verified(found, ids, threshold, is_verified):
    """Write pairs, those that are similar enough unless all are wanted."""
    sets = {}
    for one, other, hashes in found:
        first, second = (sets.get(n) or sets.setdefault(n, frozenset(hashes[n])) for n in (one, other))
        both = len(first & second)
        similarity = both / (len(first) + len(second) - both)
        if similarity >= threshold or not is_verified:
            sys.stdout.write(f"{ids[one]}\t{ids[other]}\t{similarity:.6f}\n")


if __name__ == "__main__":
    main()
