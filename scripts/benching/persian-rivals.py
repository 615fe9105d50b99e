"""Runs a Python normalizer of Persian over lines: persian-rivals.py hazm|parsivar|piraye <text."""

import sys


def normalizer(name):
    """The function of a line that a library's own page recommends."""
    if name == "hazm":
        from hazm import Normalizer

        return Normalizer().normalize
    if name == "parsivar":
        from parsivar import Normalizer

        return Normalizer().normalize
    from piraye import NormalizerBuilder

    builder = NormalizerBuilder().alphabet_fa().punctuation_fa().remove_extra_spaces()
    normalize = builder.build().normalize
    return lambda line: normalize(line)[0]


def main():
    normalize = normalizer(sys.argv[1])
    for line in sys.stdin:
        sys.stdout.write(normalize(line.rstrip("\n")) + "\n")


if __name__ == "__main__":
    main()
