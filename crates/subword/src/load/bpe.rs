//! A `model` of type `BPE`.

use serde_json::Value;

use super::vocabulary;
use crate::bpe::{Alphabet, Bpe, ByteAlphabet, CharacterAlphabet};
use crate::byte_level;
use crate::engine::Engine;
use crate::error::Problem;
use crate::merges::{Merge, Merges};
use crate::node::Node;
use crate::splitter::{Seams, Splitter};
use crate::vocabulary::Vocabulary;

/// The model, and the vocabulary as it is written if the model has it in bytes.
pub(crate) fn engine(node: &Node<'_>, is_bytes: bool) -> Result<(Engine, Option<Vocabulary>), Problem> {
    if let Some(dropout) = node.optional("dropout")
        && dropout.value.as_f64() != Some(0.0)
    {
        return Err(dropout.problem("a model with dropout gives other pieces each time"));
    }
    let vocab = node.member("vocab")?;
    let written = vocabulary::from_object(&vocab)?;
    let prefix = node.text_or("continuing_subword_prefix", "")?;
    let suffix = node.text_or("end_of_word_suffix", "")?;
    let merges = merges(&node.member("merges")?, &written, &prefix)?;
    let unknown = match node.optional("unk_token") {
        Some(token) => written.id(token.text()?.as_bytes()),
        None => None,
    };
    let fuse = node.flag_or("fuse_unk", false)?;
    let fallback = node.flag_or("byte_fallback", false)?;
    let whole_words = node.flag_or("ignore_merges", false)?;
    if is_bytes && prefix.is_empty() && suffix.is_empty() && !fallback {
        let vocabulary = in_bytes(&written, &vocab)?;
        let mut ids = [None; 256];
        for byte in 0..=u8::MAX {
            ids[usize::from(byte)] = vocabulary.id(&[byte]);
        }
        let alphabet = Alphabet::Bytes(Box::new(ByteAlphabet { ids, unknown, fuse }));
        return Ok((Engine::Bpe(Bpe { vocabulary, alphabet, merges, whole_words }), Some(written)));
    }
    let bytes = fallback.then(|| Box::new(vocabulary::byte_ids(&written)));
    let (prefix, suffix) = (prefix.into_bytes(), suffix.into_bytes());
    let alphabet = CharacterAlphabet { prefix, suffix, bytes, unknown, fuse };
    let alphabet = Alphabet::Characters(Box::new(alphabet));
    Ok((Engine::Bpe(Bpe { vocabulary: written, alphabet, merges, whole_words }), None))
}

/// Where texts may be cut before the model sees them: if pieces are put together of characters as they are, and no
/// byte of an unknown one is merged with anything.
pub(crate) fn seams(engine: &Engine) -> Option<Splitter> {
    let Engine::Bpe(Bpe { vocabulary, alphabet: Alphabet::Characters(alphabet), merges, whole_words }) =
        engine
    else {
        return None;
    };
    let bytes: Vec<u32> = alphabet.bytes.iter().flat_map(|bytes| bytes.iter().copied().flatten()).collect();
    let is_plain = alphabet.prefix.is_empty() && alphabet.suffix.is_empty() && !whole_words;
    if !is_plain || merges.parts().any(|id| bytes.contains(&id) || alphabet.unknown == Some(id)) {
        return None;
    }
    let forms = vocabulary.iter().filter(|(_, id)| !bytes.contains(id)).map(|(form, _)| form);
    Some(Splitter::Seams(Seams::new(forms)))
}

/// The pieces that a text can have, in bytes: forms with other characters than those that stand for bytes are of
/// added tokens.
fn in_bytes(written: &Vocabulary, place: &Node<'_>) -> Result<Vocabulary, Problem> {
    let forms: Vec<(Vec<u8>, u32)> = written
        .iter()
        .filter_map(|(form, id)| Some((byte_level::bytes(std::str::from_utf8(form).ok()?)?, id)))
        .collect();
    Vocabulary::new(forms.iter().map(|(form, id)| (form.as_slice(), *id)))
        .map_err(|_| place.problem("two forms stand for the same bytes"))
}

fn merges(node: &Node<'_>, vocabulary: &Vocabulary, prefix: &str) -> Result<Merges, Problem> {
    let list = node.array()?;
    let mut merges = Merges::with_room(list.len());
    let mut joined = Vec::new();
    let mut rank = 0;
    for (index, value) in list.iter().enumerate() {
        let problem = |text: String| Problem::at(format!("{}/{index}", node.pointer), text);
        if value.as_str().is_some_and(|text| text.starts_with("#version")) {
            continue;
        }
        let (left, right) = parts(value).ok_or_else(|| problem(format!("not two pieces: {value}")))?;
        let id = |form: &[u8]| {
            let text = || format!("\"{}\" is not in the vocabulary", String::from_utf8_lossy(form));
            vocabulary.id(form).ok_or_else(|| problem(text()))
        };
        joined.clear();
        joined.extend_from_slice(left.as_bytes());
        joined.extend_from_slice(right.get(prefix.len()..).unwrap_or("").as_bytes());
        let (left, right) = (id(left.as_bytes())?, id(right.as_bytes())?);
        merges.insert(left, right, Merge { rank, id: id(&joined)? });
        rank += 1;
    }
    Ok(merges)
}

/// The two pieces of a merge: `"a b"` or `["a", "b"]`.
fn parts(value: &Value) -> Option<(&str, &str)> {
    match value {
        Value::String(text) => text.split_once(' ').filter(|(_, right)| !right.contains(' ')),
        Value::Array(items) => match items.as_slice() {
            [left, right] => Some((left.as_str()?, right.as_str()?)),
            _ => None,
        },
        _ => None,
    }
}
