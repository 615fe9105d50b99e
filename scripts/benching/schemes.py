#!/usr/bin/env python3
"""Schemes of machine translation beside the programs whose schemes they are: what differs, and how fast they are.

Usage: scripts/benching/schemes.py [--program COMMAND] [--moses DIR] [--lines N] [--speed] LANG=FILE…

For every language and its text: lines compared, lines that differ, examples. Rivals: sacremoses and sacrebleu,
installed into build/rivals, and tokenizer.perl of a checkout of github.com/moses-smt/mosesdecoder, DIR. COMMAND writes
the tokens of the lines it reads; NAME in it is the scheme's name (default: target/release/tokenize -j1 --scheme NAME).
With --speed also the CPU time of both, in MB/s. The exit status is 1 if a line differs from tokenizer.perl or
sacrebleu.

As a program it runs a rival over lines: schemes.py --rival sacremoses|sacremoses-detok|13a|intl LANG <text.
"""

import argparse
import re
import resource
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
EXAMPLES_MAX = 3


def rival(name, language):
    """The function of a line that a library recommends."""
    if name == "sacremoses":
        from sacremoses import MosesTokenizer

        tokenizer = MosesTokenizer(language)
        return lambda line: tokenizer.tokenize(line, return_str=True)
    if name == "sacremoses-detok":
        from sacremoses import MosesDetokenizer

        detokenizer = MosesDetokenizer(language)
        return lambda line: detokenizer.detokenize(line.split(" "))
    if name == "13a":
        from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

        return Tokenizer13a()
    from sacrebleu.tokenizers.tokenizer_intl import TokenizerV14International

    return TokenizerV14International()


def run_rival(name, language):
    """Lines through a library, one by one."""
    function = rival(name, language)
    for line in sys.stdin.buffer:
        text = line.rstrip(b"\n").decode("utf-8", "replace")
        sys.stdout.buffer.write(function(text).encode() + b"\n")


def python(name):
    """The Python that has a library, which is installed first."""
    sys.dont_write_bytecode = True
    from programs import install_library, library

    rivals = REPOSITORY / "build" / "rivals"
    return library(rivals, name) or install_library(rivals, name) or sys.exit(f"schemes: {name}: not installed")


def run(words, text):
    """What a command writes, by lines, and the seconds of CPU it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(words, input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return told.stdout.split(b"\n")[:-1], seconds


def plain(line):
    """A line without spaces at its ends and double ones, which no token is behind; white space alone is nothing."""
    return re.sub(b" +", b" ", line).strip(b" ") if line.decode("utf-8", "replace").strip() else b""


def difference(name, ours, theirs):
    """Print what differs, and say in how many lines."""
    if len(ours) != len(theirs):
        sys.exit(f"schemes: {name}: {len(ours)} lines, and {len(theirs)} of the rival")
    pairs = [(one, plain(other)) for one, other in zip(ours, theirs)]
    differing = [(one, other) for one, other in pairs if one != other]
    print(f"{name}\t{len(pairs)} lines\t{len(differing)} differ")
    for one, other in differing[:EXAMPLES_MAX]:
        for sign, line in (("-", other), ("+", one)):
            print(f"  {sign} {line.decode('utf-8', 'replace')[:200]}")
    return len(differing)


def arguments():
    """What was typed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = f"{REPOSITORY / 'target' / 'release' / 'tokenize'} -j1 --scheme NAME"
    parser.add_argument("--program", default=default, help="our command, words between spaces")
    parser.add_argument("--moses", type=Path, help="a checkout of mosesdecoder")
    parser.add_argument("--lines", type=int, default=10_000, help="lines of each text")
    parser.add_argument("--speed", action="store_true", help="CPU time, too")
    parser.add_argument("--rival", help=argparse.SUPPRESS)
    parser.add_argument("texts", nargs="+", metavar="LANG=FILE")
    return parser.parse_args()


def comparisons(options, language):
    """Name, scheme, rival's command, and whether a difference counts as an error."""
    moses, bleu = ([python(name), __file__, "--rival"] for name in ("sacremoses", "sacrebleu"))
    if options.moses:
        script = options.moses / "scripts" / "tokenizer" / "tokenizer.perl"
        yield "tokenizer.perl", f"moses:{language}", ["perl", script, "-q", "-l", language], True
    yield "sacremoses", f"moses:{language}", [*moses, "sacremoses", language], False
    yield "13a", "13a", [*bleu, "13a", language], True
    yield "intl", "intl", [*bleu, "intl", language], True


def main():
    options = arguments()
    if options.rival:
        return run_rival(options.rival, options.texts[0])
    errors = 0
    for item in options.texts:
        language, _, path = item.partition("=")
        with open(path, "rb") as file:
            text = b"".join(line for line, _ in zip(file, range(options.lines)))
        for name, scheme, words, counts in comparisons(options, language):
            ours, seconds = run([word.replace("NAME", scheme) for word in options.program.split(" ")], text)
            theirs, rival_seconds = run(words, text)
            errors += difference(f"{language}\t{name}", ours, theirs) * counts
            if options.speed:
                size = len(text) / 1e6
                print(f"  {size / max(seconds, 1e-9):.1f} MB/s, rival {size / max(rival_seconds, 1e-9):.2f} MB/s")
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
