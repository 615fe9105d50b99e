"""n-grams counted in the plainest way, with the flags of ngram: each rule said once, nothing fast.

Columns of fractions are written in full; who compares them allows for the last digits.
"""
import argparse, itertools, json, math, re, sys
from collections import Counter, defaultdict
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 50
SCORES = "pmi npmi mi3 t z chi2 ll dice logdice dp-forward dp-backward".split()
flag = argparse.ArgumentParser(allow_abbrev=False)
flag.add_argument("-n", default="2")
flag.add_argument("--unit", default="space", choices=["space", "char", "byte"])
for name in ("-z", "--paragraphs", "--whole", "--jsonl", "--bos", "--eos", "--docs", "--per-million", "--cumulative"):
    flag.add_argument(name, action="store_true")
for name in ("--skip-gram", "--window", "--max-vocab", "--top"):
    flag.add_argument(name, type=int)
for name in ("--vocab", "--stop-words"):
    flag.add_argument(name)
flag.add_argument("--key-norm", choices=["lower"])
flag.add_argument("--min-count", default="1")
flag.add_argument("--min-docs", type=int, default=0)
flag.add_argument("--sort", default="key")
flag.add_argument("--scores", default="")
flag.add_argument("files", nargs="+")
want = flag.parse_args()
first, last = (want.n.split("-") * 2)[:2]
orders = range(int(first), int(last) + 1)
scores = SCORES if want.scores == "all" else [name for name in want.scores.split(",") if name]


def records(data):
    if want.whole:
        return [data.removesuffix(b"\n")]
    if want.z:
        return data.removesuffix(b"\0").split(b"\0") if data else []
    if want.paragraphs:
        return [part for part in re.split(rb"\n(?:[ \t]*\n)+", data) if part.strip()]
    lines = data.removesuffix(b"\n").split(b"\n") if data else []
    return [json.loads(line)["text"].encode() for line in lines] if want.jsonl else lines


def tokens(record):
    if want.unit == "byte":
        return [record[at:at + 1] for at in range(len(record))]
    if want.unit == "char":
        return [character.encode() for character in record.decode()]
    return record.split()


def grams(row, order):
    """Places of the tokens of each n-gram."""
    if want.window is not None:
        for left, right in itertools.combinations(range(len(row)), 2):
            if right - left <= want.window:
                yield sorted((left, right), key=row.__getitem__)
        return
    skips = want.skip_gram or 0
    for start in range(len(row)):
        for rest in itertools.combinations(range(start + 1, min(len(row), start + order + skips)), order - 1):
            yield (start, *rest)


def words_of(name):
    with open(name, "rb") as file:
        return {key(word) for line in file if not line.startswith(b"#") for word in line.split()}


def key(token):
    return token.decode().lower().encode() if want.key_norm else token


def escaped(token):
    for plain, code in ((b"\\", b"\\\\"), (b"\t", b"\\t"), (b"\n", b"\\n"), (b"\r", b"\\r")):
        token = token.replace(plain, code)
    return token


# The text: for each document the rows of tokens as they stand.
documents = []
for name in want.files:
    with open(name, "rb") as file:
        rows = [tokens(record) for record in records(file.read())]
    documents += [[row] for row in rows] if want.whole or want.jsonl or want.paragraphs else [rows]

known = words_of(want.vocab) if want.vocab else None
if want.max_vocab is not None:
    seen = Counter(key(token) for rows in documents for row in rows for token in row)
    known = set(sorted(seen, key=lambda token: (-seen[token], token))[:want.max_vocab])

counts, forms, places = Counter(), defaultdict(Counter), defaultdict(set)
for number, rows in enumerate(documents):
    for row in rows:
        row = [token if known is None or key(token) in known else b"<unk>" for token in row]
        row = row and [b"<s>"] * want.bos + row + [b"</s>"] * want.eos
        keys = [key(token) for token in row]
        for order in orders:
            for gram in grams(keys, order):
                entry = tuple(keys[at] for at in gram)
                counts[entry] += 1
                forms[entry][tuple(row[at] for at in gram)] += 1
                places[entry].add(number)

totals, margins = Counter(), Counter()
for entry, count in counts.items():
    totals[len(entry)] += count
    for place, token in enumerate(entry):
        margins[len(entry), 0 if want.window is not None else place, token] += count


def association(entry):
    """What each score says of a pair: the formulas of the page, written down once more."""
    o, n = counts[entry], totals[2]
    fx, fy = (margins[2, 0 if want.window is not None else place, token] for place, token in enumerate(entry))
    if want.window is not None:  # a pair has no first: each stands for both of its readings
        n, o = 2 * n, o * (2 if entry[0] == entry[1] else 1)
    e = fx * fy / n
    # Exactly, for near chance the cells' sum is a small difference of large numbers.
    cells = [(o, Fraction(fx * fy, n)), (fx - o, Fraction(fx * (n - fy), n)), (fy - o, Fraction((n - fx) * fy, n)),
             (n - fx - fy + o, Fraction((n - fx) * (n - fy), n))]
    decimal = lambda x: Decimal(Fraction(x).numerator) / Decimal(Fraction(x).denominator)
    surprise = lambda a, b: decimal(a) * (decimal(a) / decimal(b)).ln() if a else Decimal(0)
    log = lambda x: math.log2(x) if x > 0 else -math.inf
    ratio = lambda x, y: x / y if y else math.nan
    dice = 2 * o / (fx + fy)
    return {
        "pmi": log(o / e), "npmi": ratio(log(o / e), -log(o / n)), "mi3": log(o ** 3 / e), "t": (o - e) / math.sqrt(o),
        "z": (o - e) / math.sqrt(e), "chi2": float(sum((a - b) ** 2 / b if b else 0 for a, b in cells)),
        "ll": float(2 * sum(surprise(a, b) for a, b in cells)), "dice": dice, "logdice": 14 + log(dice),
        "dp-forward": ratio(o, fx) - ratio(fy - o, n - fx), "dp-backward": ratio(o, fy) - ratio(fx - o, n - fy),
    }


stop = words_of(want.stop_words) if want.stop_words else set()
floors = [int(floor) for floor in want.min_count.split(",")]
floor = {order: floors[min(index, len(floors) - 1)] for index, order in enumerate(orders)}
kept = [entry for entry in sorted(counts)
        if counts[entry] >= floor[len(entry)] and len(places[entry]) >= want.min_docs and not stop & set(entry)]

ranks = {"count": counts.__getitem__, "docs": lambda entry: len(places[entry])}
rank = ranks.get(want.sort) or (lambda entry: association(entry)[want.sort])
if want.top is not None:
    by = ranks["count"] if want.sort == "key" else rank
    best = {order: sorted((entry for entry in kept if len(entry) == order), key=lambda entry: (-by(entry), entry))
            for order in orders}
    kept = sorted(entry for order in orders for entry in best[order][:want.top])
if want.sort != "key":
    kept.sort(key=lambda entry: (-rank(entry), entry))

so_far = Counter()
for entry in kept:
    shown = min(forms[entry].items(), key=lambda form: (-form[1], form[0]))[0]
    so_far[len(entry)] += counts[entry]
    row = [counts[entry]] + [len(places[entry])] * want.docs
    row += [counts[entry] * 1e6 / totals[len(entry)]] * want.per_million
    row += [association(entry)[name] for name in scores]
    row += [so_far[len(entry)] / totals[len(entry)]] * want.cumulative
    sys.stdout.buffer.write(b"\t".join([b" ".join(map(escaped, shown)), *(repr(cell).encode() for cell in row)]) + b"\n")
