"""What `ngram` is compared with: a function for each table, as in groups."""

from .command import command, pipe, run
from .page import Table, verdict
from .paired import NO_SLOWER, Row, Target

# Every n-gram of orders 1 to `most`, one to a line, as `ngram` counts them; and the words alone, in a table.
NGRAMS = '{for(i=1;i<=NF;i++){g=$i;print g;for(k=1;k<most&&i+k<=NF;k++){g=g" "$(i+k);print g}}}'
HASHED = '{for(i=1;i<=NF;i++)c[$i]++}END{for(w in c)print w"\\t"c[w]}'

ORDERS = "1-5"
MEMORY = "4G"
LITTLE = "64M"
MEMORIES = ("64M", "256M", "1G", "4G")
MEMORY_SLACK = 1.1
BASE_BYTES = 16 << 20  # the program, its readers and its writer, whatever is counted
SHELL_TIMES = 15
KENLM_TIMES = 2  # of its 5-grams alone, for all five orders of ours


def ngram_orders(programs, texts, sizes):
    """ngram: orders 1 to 5

    All n-grams of five orders of English, tokenised by `tokenize`, in which nothing was repeated to make it longer; one
    worker. The shell's are made by mawk and counted by `sort` with the same memory and `uniq -c`; CPU of a pipeline is
    that of all its processes, its memory that of the largest. KenLM's `count_ngrams` is the counting stage of its `lmplz`:
    of one order, with `<s>` and `</s>`, as binary rows of numbers in the order of the last word; it writes no text, and
    works on several threads. Its row with all five orders compares them with its 5-grams alone. The rival of two
    workers is one worker: the wall-clock ratio is the speed-up."""
    tool, path = programs["ngram"], tokenised(programs, texts)
    label, length_bytes = megabytes("English", path), path.stat().st_size
    one, two = (command(tool, f"-j{count}", "-n", ORDERS, "-S", MEMORY, path) for count in (1, 2))
    yield Row(label, two, one, length_bytes, Target("wall", 1.6), "bytes")
    yield Row(label, one, kenlm(programs, texts, 5, path), length_bytes, Target("cpu", KENLM_TIMES), None, "kenlm counts")
    for order in (2, 3, 4, 5):
        ours = command(tool, "-j1", "-n", order, "-S", MEMORY, path)
        yield Row(label, ours, kenlm(programs, texts, order, path), length_bytes, NO_SLOWER, None, "kenlm counts")
    shell = pipe([programs["mawk"], "-v", "most=5", NGRAMS, path], ["sort", "-S", MEMORY], ["uniq", "-c"])
    yield Row(label, one, shell, length_bytes, Target("cpu", SHELL_TIMES), None, "mawk")
    yield Row(label, two, shell, length_bytes, Target("wall", SHELL_TIMES), None, "mawk")


def ngram_words(programs, texts, sizes):
    """ngram: words

    Tokens between spaces, counted, sorted by key, on one worker: first beside nothing but reading, then beside a table of
    mawk's whose words are sorted at the end, and beside the pipeline that everybody has typed once."""
    tool = programs["ngram"]
    for name in ("en", "fa-modern"):
        path = texts.text(name)
        ours, length_bytes = command(tool, "-j1", "-n", "1", path), path.stat().st_size
        yield Row(name, ours, command("cat", path), length_bytes, Target("MB/s", 300))
        hashed = pipe([programs["mawk"], HASHED, path], ["sort"])
        yield Row(name, ours, hashed, length_bytes, NO_SLOWER, None, "mawk")
        short = texts.head(name, sizes.slow_megabytes)
        sorting = pipe(["tr", "-s", " \\t\\v\\f\\r", "\\n"], ["sort"], ["uniq", "-c"], stdin=short)
        yield Row(short.stem, command(tool, "-j1", "-n", "1", short), sorting, short.stat().st_size, NO_SLOWER)


def ngram_spill(programs, texts, _):
    """ngram -S

    Orders 1 to 5 of the same English in little memory, against themselves in much: what does not fit is sorted, compressed
    and merged from temporary files, and the answer is the same, byte for byte."""
    tool, path = programs["ngram"], tokenised(programs, texts)
    for flags in (("-j1",), ("-j2",)):
        little, whole = (command(tool, *flags, "-n", ORDERS, "-S", memory, path) for memory in (LITTLE, MEMORY))
        yield Row(megabytes("English", path), little, whole, path.stat().st_size, None, "bytes", is_filed=True)


def ngram_memory(programs, texts, _):
    """ngram: memory

    Peak resident memory and temporary bytes of orders 1 to 5 of the same English, for several `-S`: the peak is to stay
    within a tenth of `-S`, 16 MiB for the program itself apart. Temporary bytes are the most that stood in files
    without a name at any time."""
    header = ("command", "peak MiB", "temporary MB", "temporary bytes for each of the text", "target", "met")
    table = Table(ngram_memory.__doc__, header)
    tool, path = programs["ngram"], tokenised(programs, texts)
    for memory in MEMORIES:
        for workers in ("-j1", "-j2"):
            words = (tool, workers, "-n", ORDERS, "-S", memory)
            sample = run(command(*words, path), watch=True)
            limit = bytes_of(memory) * MEMORY_SLACK + BASE_BYTES
            each = sample.temporary / path.stat().st_size
            figures = (f"{sample.resident / (1 << 20):.0f}", f"{sample.temporary / 1e6:.0f}", f"{each:.1f}")
            said = f"`{' '.join(('ngram', *words[1:]))}`"
            table.add(said, *figures, f"≤ {limit / (1 << 20):.0f} MiB", verdict(sample.resident <= limit))
    return table


def tokenised(programs, texts):
    """English as `tokenize` writes it: words with spaces between."""
    return texts.made("english.tok", command(programs["tokenize"], texts.english()))


def kenlm(programs, texts, order, path):
    """KenLM's counting of one order, with the memory of ours."""
    words = texts.folder / "kenlm.vocabulary"
    flags = ("-o", order, "-S", MEMORY, "-T", texts.folder, "--write_vocab_list", words)
    return command(programs["kenlm counts"], *flags, stdin=path, alias="count_ngrams")


def megabytes(name, path):
    return f"{name}, {path.stat().st_size / 1e6:.0f} MB"


def bytes_of(size):
    """The bytes of a size such as 64M."""
    return int(size[:-1]) << {"K": 10, "M": 20, "G": 30}[size[-1]]


GROUPS = (ngram_orders, ngram_words, ngram_spill)
SINGLES = (ngram_memory,)
