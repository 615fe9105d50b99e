//! A rank file: a line for each piece, its bytes in base64 and its rank, which is its id.

use crate::added::AddedToken;
use crate::base64;
use crate::bpe::{Alphabet, Bpe, ByteAlphabet};
use crate::engine::Engine;
use crate::error::Problem;
use crate::merges::{Merge, Merges};
use crate::model::Model;
use crate::node::ID_MAX;
use crate::settings::Settings;
use crate::splitter::{Known, Splitter};
use crate::stage::Stage;
use crate::vocabulary::{Clash, Vocabulary};

/// What goes with a rank file and doesn't stand in it.
struct Encoding {
    name: &'static str,
    known: Known,
    /// How many ranks its file has.
    ranks: usize,
    special: &'static [(&'static str, u32)],
}

const END: &str = "<|endoftext|>";
const FILL: [&str; 3] = ["<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>"];
const CL100K: Known = Known::Cl100k { digits: 3, whole_end: true };

/// Of those with one number of ranks, the first is taken where only the number is known.
const ENCODINGS: [Encoding; 7] = [
    Encoding { name: "r50k_base", known: Known::Gpt2, ranks: 50_256, special: &[(END, 50_256)] },
    Encoding { name: "gpt2", known: Known::Gpt2, ranks: 50_256, special: &[(END, 50_256)] },
    Encoding { name: "p50k_base", known: Known::Gpt2, ranks: 50_280, special: &[(END, 50_256)] },
    Encoding {
        name: "p50k_edit",
        known: Known::Gpt2,
        ranks: 50_280,
        special: &[(END, 50_256), (FILL[0], 50_281), (FILL[1], 50_282), (FILL[2], 50_283)],
    },
    Encoding {
        name: "cl100k_base",
        known: CL100K,
        ranks: 100_256,
        special: &[
            (END, 100_257),
            (FILL[0], 100_258),
            (FILL[1], 100_259),
            (FILL[2], 100_260),
            ("<|endofprompt|>", 100_276),
        ],
    },
    Encoding {
        name: "o200k_base",
        known: Known::O200k,
        ranks: 199_998,
        special: &[(END, 199_999), ("<|endofprompt|>", 200_018)],
    },
    Encoding {
        name: "o200k_harmony",
        known: Known::O200k,
        ranks: 199_998,
        special: &[
            ("<|startoftext|>", 199_998),
            (END, 199_999),
            ("<|return|>", 200_002),
            ("<|constrain|>", 200_003),
            ("<|channel|>", 200_005),
            ("<|start|>", 200_006),
            ("<|end|>", 200_007),
            ("<|message|>", 200_008),
            ("<|call|>", 200_012),
        ],
    },
];

pub(crate) fn model(
    bytes: &[u8],
    name: &str,
    settings: &Settings,
    fingerprint: u64,
) -> Result<Model, Problem> {
    let (ranks, lines) = read(bytes)?;
    let vocabulary = Vocabulary::new(ranks.iter().map(|(form, id)| (form.as_slice(), *id)));
    let vocabulary = vocabulary.map_err(|clash| match clash {
        Clash::Form(index) => Problem::line(lines[index], "this piece stands twice"),
        Clash::Id(first, second) => {
            let (first, second) = (lines[first.min(second)], lines[first.max(second)]);
            Problem::line(second, format!("line {first} has the same rank"))
        }
        Clash::TooMany => Problem::file("there are too many pieces"),
    })?;
    let encoding = encoding(name, settings, vocabulary.len())?;
    let mut ids = [None; 256];
    for byte in 0..=u8::MAX {
        let id = vocabulary.id(&[byte]);
        ids[usize::from(byte)] =
            Some(id.ok_or_else(|| Problem::file(format!("the byte {byte} has no rank")))?);
    }
    let special = encoding.special.iter().filter(|(_, id)| vocabulary.form(*id).is_none());
    let special: Vec<(&str, u32)> = special.copied().collect();
    let added = Vocabulary::new(special.iter().map(|(form, id)| (form.as_bytes(), *id)))
        .map_err(|_| Problem::file("special tokens clash"))?;
    let mut stages = Vec::new();
    if settings.special_in_text == Some(true) {
        stages.extend(super::added::stage(special.iter().map(|&(form, id)| token(form, id)).collect())?);
    }
    stages.push(Stage::Split(Splitter::Known(encoding.known)));
    let merges = merges(&vocabulary);
    let alphabet = Alphabet::Bytes(Box::new(ByteAlphabet { ids, unknown: None, fuse: false }));
    Ok(Model {
        stages,
        engine: Engine::Bpe(Bpe { vocabulary, alphabet, merges, whole_words: true }),
        added,
        special: special.iter().map(|&(_, id)| id).collect(),
        written: None,
        around: (Vec::new(), Vec::new()),
        decoders: Some(Vec::new()),
        fingerprint: fingerprint ^ u64::from(settings.special_in_text == Some(true)),
    })
}

fn token(form: &str, id: u32) -> AddedToken {
    AddedToken { id, form: form.into(), single_word: false, left_space: false, right_space: false }
}

/// Pieces and ranks, and the line of each.
type Ranks = (Vec<(Vec<u8>, u32)>, Vec<usize>);

fn read(bytes: &[u8]) -> Result<Ranks, Problem> {
    let (mut ranks, mut lines) = (Vec::new(), Vec::new());
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let problem = |text: &str| Problem::line(index + 1, text);
        let space = line.iter().position(|&byte| byte == b' ');
        let space = space.ok_or_else(|| problem("a piece in base64 and its rank are wanted here"))?;
        let form = base64::decode(&line[..space]).ok_or_else(|| problem("the piece is not base64"))?;
        if form.is_empty() {
            return Err(problem("the piece is empty"));
        }
        let rank = std::str::from_utf8(&line[space + 1..]).ok().and_then(|rank| rank.parse().ok());
        let rank = rank.filter(|&rank| rank <= ID_MAX);
        ranks.push((form, rank.ok_or_else(|| problem("the rank is not a number from 0 to 4294967294"))?));
        lines.push(index + 1);
    }
    Ok((ranks, lines))
}

/// The encoding that the settings name, or the file's stem, or the number of ranks.
fn encoding(name: &str, settings: &Settings, ranks: usize) -> Result<&'static Encoding, Problem> {
    let called = |name: &str| ENCODINGS.iter().find(|encoding| encoding.name == name);
    let names = || ENCODINGS.map(|encoding| encoding.name).join(", ");
    if let Some(name) = &settings.encoding {
        return called(name)
            .ok_or_else(|| Problem::file(format!("no encoding is called \"{name}\": {}", names())));
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    let found = called(stem).or_else(|| ENCODINGS.iter().find(|encoding| encoding.ranks == ranks));
    found.ok_or_else(|| {
        Problem::file(format!(
            "neither its name nor its {ranks} ranks tell the encoding; it has to be named: {}",
            names()
        ))
    })
}

/// Every two pieces that make a piece together.
fn merges(vocabulary: &Vocabulary) -> Merges {
    let mut merges = Merges::with_room(vocabulary.len() * 2);
    for (form, id) in vocabulary.iter() {
        for middle in 1..form.len() {
            if let (Some(left), Some(right)) =
                (vocabulary.id(&form[..middle]), vocabulary.id(&form[middle..]))
            {
                merges.insert(left, right, Merge { rank: id, id });
            }
        }
    }
    merges
}
