"""What stats --unit space --json says, counted the slow way with nothing but Python's own means.

    reference.py report [--jsonl FIELD] FILE...       sizes, health, lengths, frequency, vocabulary, duplication
    reference.py compare ZERO FILE FILE               keyness, ZERO in place of a count of nought
"""

import collections
import json
import math
import re
import statistics
import sys
import unicodedata

WORD = re.compile(rb"[^ \t\n\v\f\r]+")
OLD = {"Cc", "Cf", "Co", "Ll", "Lm", "Lo", "Lu", "Mn", "Nd", "Nl", "No", "Pc", "Pd", "Pe", "Po", "Ps", "Sm", "So", "Zs"}


def text_of(data):
    """One U+FFFD for each ill-formed subpart."""
    return data.decode("utf-8", "replace")


def lines_of(data):
    """Lines without their ends; nothing stands after the last end."""
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    ended = len(lines) - (not data.endswith(b"\n"))
    return [line[:-1] if index < ended and line.endswith(b"\r") else line for index, line in enumerate(lines)]


def lengths(values):
    values = sorted(values)
    rank = lambda percent: values[max(1, math.ceil(len(values) * percent / 100)) - 1]
    return {
        "min": values[0],
        "mean": statistics.fmean(values),
        "median": rank(50),
        "p90": rank(90),
        "p99": rank(99),
        "max": values[-1],
        "histogram": [list(pair) for pair in sorted(collections.Counter(values).items())],
    }


def ratio(one, other):
    return one / other if other else None


def indices(counts):
    n, v = sum(counts.values()), len(counts)
    squares = sum(count * count for count in counts.values())
    ln_n, ln_v = math.log(n), math.log(v)
    combinations = math.comb(n, 42)
    return {
        "hapaxes": sum(count == 1 for count in counts.values()),
        "dis_legomena": sum(count == 2 for count in counts.values()),
        "ttr": v / n,
        "cttr": v / math.sqrt(2 * n),
        "guiraud_r": v / math.sqrt(n),
        "herdan_c": ln_v / ln_n,
        "summer_s": math.log(ln_v) / math.log(ln_n),
        "dugast_u": ln_n**2 / (ln_n - ln_v),
        "maas_a2": (ln_n - ln_v) / ln_n**2,
        "yule_k": 1e4 * (squares - n) / n**2,
        "yule_i": v * v / (squares - v),
        "simpson_d": (squares - n) / (n * (n - 1)),
        "herdan_vm": math.sqrt(squares / n**2 - 1 / v),
        "hdd": sum(1 - math.comb(n - count, 42) / combinations for count in counts.values()) / 42,
    }


def mtld_one_way(words):
    factors, types, size = 0.0, set(), 0
    for word in words:
        size += 1
        types.add(word)
        if len(types) / size <= 0.72:
            factors, types, size = factors + 1, set(), 0
    if size:
        factors += (1 - len(types) / size) / (1 - 0.72)
    return len(words) / factors if factors else len(words)


def sequence(documents):
    """Means over documents that are long enough."""
    ttr = lambda words: len(set(words)) / len(words)
    measures = {"mattr": [], "msttr": [], "mtld": []}
    for words in documents:
        if len(words) >= 100:
            measures["mattr"].append(statistics.fmean(ttr(words[at : at + 100]) for at in range(len(words) - 99)))
            measures["msttr"].append(statistics.fmean(ttr(words[at : at + 100]) for at in range(0, len(words) - 99, 100)))
        if words:
            measures["mtld"].append((mtld_one_way(words) + mtld_one_way(words[::-1])) / 2)
    return {name: statistics.fmean(values) if values else None for name, values in measures.items()}


def dispersion(word, documents, counts):
    """Gries' DP and DPnorm, Juilland's D: parts are documents, but for empty ones."""
    parts = [words for words in documents if words]
    tokens = sum(map(len, parts))
    shares = [len(words) / tokens for words in parts]
    found = [words[word] for words in counts if words]
    v = [count / sum(found) for count in found]
    dp = sum(abs(one - other) for one, other in zip(v, shares)) / 2
    p = [count / len(words) for count, words in zip(found, parts)]
    n = len(parts)
    return {
        "documents": sum(count > 0 for count in found),
        "dp": dp,
        "dp_norm": dp / (1 - min(shares)) if n > 1 else None,
        "juilland_d": 1 - statistics.pstdev(p) / statistics.fmean(p) / math.sqrt(n - 1) if n > 1 else None,
    }


def again(units):
    """How many units are like an earlier one, and their bytes."""
    units = [unit for unit in units if text_of(unit).strip(" \t\n\v\f\r\x85\xa0\u2003\u3000")]
    seen, repeats = set(), []
    for unit in units:
        if unit in seen:
            repeats.append(unit)
        seen.add(unit)
    return len(repeats), ratio(len(repeats), len(units)), sum(map(len, repeats)), ratio(sum(map(len, repeats)), sum(map(len, units)))


def duplication(documents, units_by_kind):
    said = {}
    for kind, units in units_by_kind.items():
        count, share, size, size_share = again(units)
        said |= {f"{kind}s": count, f"{kind}s_share": share, f"{kind}_bytes": size, f"{kind}_bytes_share": size_share}
    for length in (2, 3, 5, 10):
        grams = [[tuple(words[at : at + length]) for at in range(len(words) - length + 1)] for words in documents]
        repeats = sum(len(some) - len(set(some)) for some in grams)
        said[f"ngrams_{length}"] = repeats
        said[f"ngrams_{length}_share"] = ratio(repeats, sum(map(len, grams)))
    return said


def health(texts, records):
    characters = collections.Counter()
    for data in texts:
        characters.update(data.decode("utf-8", "ignore"))
    categories = collections.Counter()
    for character, count in characters.items():
        category = unicodedata.category(character)
        assert category in OLD, f"U+{ord(character):04X} may be of another category in another Unicode"
        categories[category] += count
    crlf = sum(data.count(b"\r\n") for data in texts)
    usual = "\0\t\n\r\f"
    return {
        "ill_formed": sum(text_of(data).count("\ufffd") - data.decode("utf-8", "ignore").count("\ufffd") for data in texts),
        "replacement_characters": characters["\ufffd"],
        "nul": characters["\0"],
        "controls": sum(n for c, n in characters.items() if unicodedata.category(c) == "Cc" and c not in usual),
        "private_use": categories["Co"],
        "zwnj": characters["\u200c"],
        "zwj": characters["\u200d"],
        "newlines": {"CR": characters["\r"] - crlf, "CRLF": crlf, "LF": characters["\n"] - crlf},
        "not_nfc": sum(not unicodedata.is_normalized("NFC", text_of(record)) for record in records),
        "categories": dict(categories),
    }


def report(field, names):
    files = [open(name, "rb").read() for name in names]
    if field is None:
        texts, records, documents = files, [line for data in files for line in lines_of(data)], files
        kinds = {"line": records}
    else:
        texts = [json.loads(line)[field].encode() for data in files for line in lines_of(data)]
        records = documents = texts
        kinds = {
            "record": records,
            "line": [line for text in texts for line in lines_of(text)],
        }
    documents = [WORD.findall(data) for data in documents]
    counts = [collections.Counter(words) for words in documents]
    total = sum(counts, collections.Counter())
    words = total.total()
    top = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:40]
    said = {
        "files": len(files),
        "documents": len(documents),
        "records": len(records),
        "lines": sum(data.count(b"\n") for data in files),
        "words": words,
        "types": len(total),
        "bytes": sum(map(len, files)),
        "chars": sum(len(text_of(data)) for data in texts),
        "health": health(texts, records),
        "lengths": {
            "record": lengths([len(text_of(record)) for record in records]),
            "document": lengths([len(words) for words in documents]),
            "word": lengths([len(text_of(word)) for word, count in total.items() for _ in range(count)]),
        },
        "frequency": {
            "top": [
                {"word": text_of(word), "count": count, "per_million": 1e6 * count / words}
                | dispersion(word, documents, counts)
                for word, count in top
            ]
        },
        "vocabulary": indices(total) | sequence(documents),
        "duplication": duplication(documents, kinds),
    }
    if field is not None:
        said["lengths"]["line"] = lengths([len(text_of(line)) for text in texts for line in lines_of(text)])
    return said


def keyness(a, n1, b, n2, zero):
    n = n1 + n2
    cells = [(a, n1 * (a + b) / n), (b, n2 * (a + b) / n)]
    others = [(n1 - a, n1 * (n - a - b) / n), (n2 - b, n2 * (n - a - b) / n)]
    likelihood = lambda cells: 2 * sum(o * math.log(o / e) for o, e in cells if o)
    taken = [count or zero for count in (a, b)]
    log_ratio = math.log2(taken[0] / n1 / (taken[1] / n2))
    deviation = math.sqrt(1 / taken[0] - 1 / n1 + 1 / taken[1] - 1 / n2)
    margin = statistics.NormalDist().inv_cdf(0.975) * deviation / math.log(2)
    return {
        "count_a": a,
        "count_b": b,
        "per_million_a": 1e6 * a / n1,
        "per_million_b": 1e6 * b / n2,
        "ll4": likelihood(cells + others),
        "ll2": likelihood(cells),
        "chi2": sum((o - e) ** 2 / e for o, e in cells + others),
        "percent_diff": 100 * (a / n1 - taken[1] / n2) / (taken[1] / n2),
        "log_ratio": log_ratio,
        "log_ratio_low": log_ratio - margin,
        "log_ratio_high": log_ratio + margin,
    }


def compare(zero, names):
    one, other = [collections.Counter(WORD.findall(open(name, "rb").read())) for name in names]
    n1, n2 = one.total(), other.total()
    typical = {"typical_of_a": [], "typical_of_b": []}
    for word in one.keys() | other.keys():
        a, b = one[word], other[word]
        if a * n2 != b * n1:
            of = "typical_of_a" if a * n2 > b * n1 else "typical_of_b"
            typical[of].append({"word": text_of(word)} | keyness(a, n1, b, n2, zero))
    for name, rows in typical.items():
        rows.sort(key=lambda row: (-round(row["ll4"], 9), row["word"]))
        typical[name] = rows[:30]
    return {"words_a": n1, "words_b": n2, "types_a": len(one), "types_b": len(other), "keyness": typical}


def main(task, *arguments):
    if task == "compare":
        return compare(float(arguments[0]), arguments[1:])
    field = None
    if arguments[0] == "--jsonl":
        field, arguments = arguments[1], arguments[2:]
    return report(field, arguments)


print(json.dumps(main(*sys.argv[1:])))
