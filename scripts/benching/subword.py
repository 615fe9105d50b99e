"""What subword models are compared with: trains them, compares ids, and measures.

    python3 scripts/benching/subword.py agree TEXT…      ids of each line: ours, and those of tokenizers
    python3 scripts/benching/subword.py agree --rank-files FOLDER TEXT…   also tiktoken, with NAME.tiktoken in FOLDER
    python3 scripts/benching/subword.py agree --models FOLDER TEXT…       also every *.json in FOLDER
    python3 scripts/benching/subword.py speed TEXT…      CPU time of counting, and of encode_batch

The libraries are installed into build/rivals/subword and the models trained, on the first text, into build/subword.
Ours is the example `encode` of the crate, built for release.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build/rivals/subword"
MODELS = ROOT / "build/subword"
OURS = ROOT / "target/release/examples/encode"
PACKAGES = ("tokenizers==0.23.3", "tiktoken==0.14.0", "sentencepiece==0.2.3")
TRAIN_BYTES = 12_000_000
BATCH_LINES = 4096
SHOWN = 3


def main():
    if Path(sys.prefix) != HOME:
        return enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("agree", "speed"))
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--rank-files", type=Path)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--bytes", type=int, default=5_000_000, help="of each text")
    plan = parser.parse_args()
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "subword", "--example", "encode"], cwd=ROOT, check=True)
    train(plan.texts[0])
    files = sorted(MODELS.glob("*.json")) + (sorted(plan.models.rglob("*.json")) if plan.models else [])
    ranks = sorted(plan.rank_files.glob("*.tiktoken")) if plan.rank_files else []
    run = agree if plan.mode == "agree" else speed
    for path in files + ranks:
        library = Tiktoken(path) if path.suffix == ".tiktoken" else Tokenizers(path)
        for text in plan.texts:
            run(library, path, text, lines_of(text, plan.bytes))


def enter():
    """Go on in an environment that has the libraries."""
    python = HOME / "bin/python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(python, [python, __file__, *sys.argv[1:]])


def train(text):
    """The models of the fixtures, larger, unless they are there."""
    if any(MODELS.glob("*.json")):
        return
    sys.path.insert(0, str(ROOT / "scripts/subwording"))
    import fixtures
    from tokenizers import trainers

    MODELS.mkdir(parents=True, exist_ok=True)
    fixtures.corpus = lambda: iter(lines_of(text, TRAIN_BYTES))

    def enlarged(kind, size, **more):
        def make(**options):
            return kind(**{**options, "vocab_size": size, **more})

        return make

    for name, size in (("BpeTrainer", 32_000), ("WordPieceTrainer", 30_000), ("UnigramTrainer", 8_000)):
        setattr(fixtures.trainers, name, enlarged(getattr(trainers, name), size))
    for name, one in {
        "gpt2": fixtures.byte_level(),
        "llama3": fixtures.byte_level([fixtures.LLAMA3], ignore_merges=True),
        "llama": fixtures.llama(),
        "bert-uncased": fixtures.bert(True),
        "unigram": fixtures.unigram(),
    }.items():
        one.save(str(MODELS / f"{name}.json"))


def lines_of(path, size):
    with open(path, "rb") as text:
        return text.read(size).decode("utf-8", "replace").rstrip("\n").split("\n")


class Tokenizers:
    def __init__(self, path):
        from tokenizers import Tokenizer

        self.model = Tokenizer.from_file(str(path))
        self.model.no_truncation()
        self.model.no_padding()

    def ids(self, lines):
        for start in range(0, len(lines), BATCH_LINES):
            batch = self.model.encode_batch(lines[start : start + BATCH_LINES], add_special_tokens=False)
            yield from (one.ids for one in batch)


class Tiktoken:
    def __init__(self, path):
        import tiktoken
        from tiktoken.load import load_tiktoken_bpe
        from tiktoken_ext import openai_public

        ranks = load_tiktoken_bpe(str(path))
        openai_public.load_tiktoken_bpe = lambda *_, **__: ranks
        self.model = tiktoken.Encoding(**openai_public.ENCODING_CONSTRUCTORS[path.stem]())

    def ids(self, lines):
        return map(self.model.encode_ordinary, lines)


def ours(path, lines, *flags):
    return subprocess.run([OURS, path, *flags], input=("\n".join(lines) + "\n").encode(), stdout=subprocess.PIPE, check=True)


def agree(library, path, text, lines):
    got = ours(path, lines).stdout.decode().split("\n")
    differing = [
        (line, one, ids)
        for line, one, ids in zip(lines, got, library.ids(lines))
        if one != " ".join(map(str, ids))
    ]
    print(f"{path.name}\t{text.name}\t{len(lines)} lines\t{len(differing)} differ", flush=True)
    for line, one, ids in differing[:SHOWN]:
        print(f"  {json.dumps(line[:80])}\n    ours {one[:100]}\n    want {' '.join(map(str, ids))[:100]}")


def speed(library, path, text, lines):
    size = sum(len(line.encode()) + 1 for line in lines)
    before = resource.getrusage(resource.RUSAGE_SELF)
    count = sum(map(len, library.ids(lines)))
    after = resource.getrusage(resource.RUSAGE_SELF)
    theirs = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    idle, whole = cpu_of(path, [""]), cpu_of(path, lines)
    assert int(ours(path, lines, "--count").stdout) == count, "the counts differ"
    mine = max(whole - idle, 1e-3)
    print(
        f"{path.name}\t{text.name}\tours {size / mine / 1e6:.1f}\tlibrary {size / theirs / 1e6:.1f} MB/s of CPU"
        f"\tratio {theirs / mine:.1f}\tloading {idle:.2f} s",
        flush=True,
    )


def cpu_of(path, lines):
    """CPU seconds of counting, loading counted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours(path, lines, "--count")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
