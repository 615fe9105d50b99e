"""What stands near a word, counted in the plainest way, with the flags of ngram --collocates and tokens between spaces."""
import argparse, math, sys
from collections import Counter, defaultdict
from fractions import Fraction

SCORES = "pmi npmi mi3 t z chi2 ll dice logdice dp-forward dp-backward".split()
flag = argparse.ArgumentParser(allow_abbrev=False)
flag.add_argument("--collocates", required=True)
flag.add_argument("--window", type=int, default=5)
flag.add_argument("--key-norm", choices=["lower"])
flag.add_argument("--min-count", type=int, default=1)
flag.add_argument("--sort", default="logdice")
flag.add_argument("--scores", default="logdice,ll,pmi")
flag.add_argument("--top", type=int)
flag.add_argument("file")
want = flag.parse_args()
scores = SCORES if want.scores == "all" else want.scores.split(",")


def key(token):
    return token.decode().lower().encode() if want.key_norm else token


node = [key(token) for token in want.collocates.encode().split()]
frequencies, left, right, forms, nodes = Counter(), Counter(), Counter(), defaultdict(Counter), 0
with open(want.file, "rb") as file:
    for line in file:
        keys = [key(token) for token in line.split()]
        frequencies.update(keys)
        for token in line.split():
            forms[key(token)][token] += 1
        for start in range(len(keys)):
            end = start + len(node)
            if keys[start:end] == node:
                nodes += 1
                left.update(keys[max(0, start - want.window):start])
                right.update(keys[end:end + want.window])
slots, total = sum(left.values()) + sum(right.values()), sum(frequencies.values())


def association(token):
    o, f, n = left[token] + right[token], frequencies[token], total
    e = slots * f / n
    # As fractions, for what is near to chance is a small difference of large numbers.
    cells = [(o, Fraction(slots * f, n)), (slots - o, Fraction(slots * (n - f), n)), (f - o, Fraction((n - slots) * f, n)),
             (n - slots - f + o, Fraction((n - slots) * (n - f), n))]
    dice, is_table = 2 * o / (nodes + f), slots < n
    return {
        "pmi": math.log2(o / e), "npmi": math.log2(o / e) / -math.log2(o / n), "mi3": math.log2(o ** 3 / e),
        "t": (o - e) / math.sqrt(o), "z": (o - e) / math.sqrt(e),
        "chi2": float(sum((a - b) ** 2 / b for a, b in cells)) if is_table else math.nan,
        "ll": 2 * math.fsum(a * math.log1p(float((a - b) / b)) for a, b in cells if a > 0) if is_table else math.nan,
        "dice": dice, "logdice": 14 + math.log2(dice),
        "dp-forward": o / slots - (f - o) / (n - slots) if is_table else math.nan,
        "dp-backward": o / f - (slots - o) / (n - f),
    }


kept = [token for token in sorted(left.keys() | right.keys()) if left[token] + right[token] >= want.min_count]
count = lambda token: left[token] + right[token]
rank = count if want.sort in ("key", "count") else lambda token: association(token)[want.sort]
ranked = sorted(kept, key=lambda token: -rank(token))[:want.top]
for token in sorted(ranked) if want.sort == "key" else ranked:
    shown = min(forms[token].items(), key=lambda form: (-form[1], form[0]))[0]
    row = [count(token), left[token], right[token], frequencies[token]]
    row += [association(token)[name] for name in scores]
    sys.stdout.buffer.write(b"\t".join([shown, *(repr(cell).encode() for cell in row)]) + b"\n")
