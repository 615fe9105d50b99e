"""Small models and the ids that `tokenizers` gives with them: writes crates/subword/tests/data.

    python3 -m venv build/rivals/subword
    build/rivals/subword/bin/pip install tokenizers tiktoken sentencepiece
    build/rivals/subword/bin/python scripts/subwording/fixtures.py

The models are trained on examples/pages and on the texts of the cases below, which are ours.
"""

import base64
import gzip
import io
import json
import tempfile
from pathlib import Path

import sentencepiece
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "crates/subword/tests/data"
PAGES = ROOT / "examples/pages"
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
DEEPSEEK = (
    r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+|"
    r" ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

TEXTS = [
    "",
    " ",
    "   ",
    "\n\n \t x\r\n",
    "The quick brown fox doesn't jump; it's 12345.678 m away, they'LL say.",
    "HELLO World camelCase XMLHttpRequest ÀÉÎ don'T I'm",
    "  two spaces,   three spaces.   ",
    "می‌خواهم ۱۲۳۴ کتاب بخوانم؛ «این» خوب است.",
    "Straße, naïve café, cafe\u0301, ﬁne ①②, \u212b A\u030a",
    "你好，世界！ こんにちは、カタカナー 한국어",
    "👩‍👩‍👧 🇮🇷 ❤️ x\u0301\u0323\u0308",
    "a<s>b </s> [MASK] Abc abc <|end|>  x",
    "\u0000\u0007\u00ad\ufeff\u200b\u2028\u0085end",
    "▁▁under ▁ ##hash Ġ Ċ <0x0A> <unk>",
    "http://example.org/path?query=1&x=y#top user@example.org",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "'s 's 're'ſ '' \"quoted\" (paren) [x] {y} /a/b//c\n/d",
    "1 12 123 1234 12345 ½ Ⅷ ٣٤٥٦",
]


def corpus():
    for path in sorted(PAGES.iterdir()):
        if path.suffix == ".txt" and "windows" not in path.name and "shift" not in path.name and "utf" not in path.name:
            yield from path.read_text(encoding="utf-8", errors="replace").splitlines()
        if path.name.endswith(".txt.gz"):
            yield from io.TextIOWrapper(gzip.open(path), encoding="utf-8").read().splitlines()
    yield from TEXTS


def byte_level(pattern=None, size=600, prefix=False, **options):
    made = Tokenizer(models.BPE(**options))
    if pattern is None:
        made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    else:
        splits = [pre_tokenizers.Split(Regex(one), "isolated") for one in pattern]
        splits.append(pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=False))
        made.pre_tokenizer = pre_tokenizers.Sequence(splits)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    train(made, trainers.BpeTrainer(vocab_size=size, special_tokens=["<|end|>"], initial_alphabet=alphabet, show_progress=False))
    return made


def train(made, trainer):
    made.train_from_iterator(corpus(), trainer)


def qwen():
    made = byte_level([LLAMA3.replace("{1,3}", "")])
    made.normalizer = normalizers.NFC()
    return made


def llama():
    made = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    made.pre_tokenizer = pre_tokenizers.Split(Regex("▁?[^▁]+|▁+"), "isolated")
    special = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    train(made, trainers.BpeTrainer(vocab_size=700, special_tokens=special, limit_alphabet=80, show_progress=False))
    made.pre_tokenizer = None
    steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    made.decoder = decoders.Sequence(steps)
    made.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return made


def classic():
    made = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    made.normalizer = normalizers.Sequence([normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits(True)])
    made.decoder = decoders.BPEDecoder()
    train(made, trainers.BpeTrainer(vocab_size=400, special_tokens=["<unk>"], end_of_word_suffix="</w>", limit_alphabet=90, show_progress=False))
    return made


def bert(lower):
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=lower)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    train(made, trainers.WordPieceTrainer(vocab_size=500, special_tokens=special, limit_alphabet=120, show_progress=False))
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


def unigram():
    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    train(made, trainers.UnigramTrainer(vocab_size=900, special_tokens=["<unk>", "<s>", "</s>"], unk_token="<unk>", show_progress=False))
    return made


def charsmap(made):
    """The same model with mappings that sentencepiece compiled, of a few rules."""
    rules = [("ﬁ", "fi"), ("①", "1"), ("é", "e"), ("e\u0301", "e"), ("，", ","), ("\u200b", ""), ("É", "E"), ("\u212b", "\u00c5")]
    with tempfile.TemporaryDirectory() as folder:
        table, text = Path(folder, "rules.tsv"), Path(folder, "text")
        row = "{}\t{}\n".format
        points = lambda side: " ".join(f"{ord(one):X}" for one in side)
        table.write_text("".join(row(points(one), points(other)) for one, other in rules))
        text.write_text("\n".join(line for line in corpus() if line.strip()))
        sentencepiece.SentencePieceTrainer.train(
            input=str(text), model_prefix=folder + "/m", vocab_size=900, hard_vocab_limit=False, character_coverage=0.99,
            normalization_rule_tsv=str(table), minloglevel=2,
        )
        model = Path(folder, "m.model").read_bytes()
    document = json.loads(made.to_str())
    mapping = {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(member(member(model, 3), 2)).decode()}
    document["normalizer"] = mapping
    document["model"]["byte_fallback"] = False
    return Tokenizer.from_str(json.dumps(document))


def member(message, wanted):
    """A field of a protocol buffer that holds bytes."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        field, kind = divmod(varint(), 8)
        if kind == 2:
            length = varint()
            at += length
            if field == wanted:
                return message[at - length : at]
        elif kind == 0:
            varint()
        else:
            at += {1: 8, 5: 4}[kind]
    raise ValueError(wanted)


def tokens():
    """Tokens of every kind, and an uncommon mixture of cuts."""
    made = Tokenizer(models.WordLevel(unk_token="<unk>"))
    made.normalizer = normalizers.Sequence([normalizers.Strip(True, False), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Punctuation("contiguous"),
        pre_tokenizers.UnicodeScripts(),
        pre_tokenizers.Metaspace(prepend_scheme="first", split=True),
    ])
    made.decoder = decoders.Metaspace(prepend_scheme="first")
    train(made, trainers.WordLevelTrainer(vocab_size=400, special_tokens=["<unk>"], show_progress=False))
    made.add_tokens([AddedToken("abc", single_word=True, normalized=True), AddedToken("x", lstrip=True, rstrip=True, normalized=False)])
    made.add_special_tokens([AddedToken("[MASK]", lstrip=True), AddedToken("<|end|>", rstrip=True)])
    return made


def main():
    DATA.mkdir(parents=True, exist_ok=True)
    plain = unigram()
    made = {
        "gpt2": byte_level(),
        "roberta": byte_level(prefix=True),
        "llama3": byte_level([LLAMA3], ignore_merges=True),
        "qwen": qwen(),
        "o200k": byte_level([O200K]),
        "deepseek": byte_level([r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+", DEEPSEEK]),
        "llama": llama(),
        "classic": classic(),
        "bert-cased": bert(False),
        "bert-uncased": bert(True),
        "unigram": plain,
        "charsmap": charsmap(plain),
        "tokens": tokens(),
    }
    with open(DATA / "cases.jsonl", "w", encoding="utf-8") as cases:
        for name, one in made.items():
            one = Tokenizer.from_str(one.to_str())
            (DATA / f"{name}.json").write_text(one.to_str(), encoding="utf-8")
            for text in TEXTS:
                ids = one.encode(text, add_special_tokens=False).ids
                whole = one.encode(text).ids
                decoded = one.decode(ids, skip_special_tokens=False) if ids else ""
                case = {"model": name, "text": text, "ids": ids, "special": whole, "decoded": decoded}
                cases.write(json.dumps(case, ensure_ascii=True) + "\n")
    print("tokenizers", tokenizers.__version__, "sentencepiece", sentencepiece.__version__)


if __name__ == "__main__":
    main()
