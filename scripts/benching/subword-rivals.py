"""Runs a Python library of subword models over lines, and says how many pieces they are in all.

subword-rivals.py encode_batch|encode_batch_fast MODEL.json <text    tokenizers, in batches of lines
subword-rivals.py encode_ordinary NAME.tiktoken <text                tiktoken, line by line
subword-rivals.py train PIECES <text >MODEL.json                     a byte-level BPE, by tokenizers
"""

import os
import sys
from pathlib import Path

BATCH_LINES = 4096


def main():
    call, operand = sys.argv[1:]
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").removesuffix("\n").split("\n")
    if call == "train":
        sys.stdout.write(trained(int(operand), lines))
    elif call == "encode_ordinary":
        encode = encoding(Path(operand)).encode_ordinary
        print(sum(len(encode(line)) for line in lines))
    else:
        from tokenizers import Tokenizer

        encode = getattr(Tokenizer.from_file(operand), call)
        batches = (lines[start : start + BATCH_LINES] for start in range(0, len(lines), BATCH_LINES))
        print(sum(sum(map(len, encode(batch, add_special_tokens=False))) for batch in batches))


def trained(pieces, lines):
    """A model, as the text of its file."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=pieces, initial_alphabet=alphabet, show_progress=False)
    made.train_from_iterator(lines, trainer)
    return made.to_str()


def encoding(path):
    """The encoding of tiktoken that a rank file is of, by the file's name."""
    os.environ["TIKTOKEN_CACHE_DIR"] = ""  # or it leaves a copy in the folder for temporary files
    import tiktoken
    from tiktoken.load import load_tiktoken_bpe
    from tiktoken_ext import openai_public

    ranks = load_tiktoken_bpe(str(path))
    openai_public.load_tiktoken_bpe = lambda *_, **__: ranks  # it would fetch them
    return tiktoken.Encoding(**openai_public.ENCODING_CONSTRUCTORS[path.stem]())


if __name__ == "__main__":
    main()
