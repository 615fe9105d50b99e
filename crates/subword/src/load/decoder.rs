//! `decoder`: how forms become a text again.

use super::{pattern, pre_tokenizer};
use crate::decode::Decoder;
use crate::error::Problem;
use crate::node::Node;

/// The steps that a decoder is.
pub(crate) fn steps(node: &Node<'_>) -> Result<Vec<Decoder>, Problem> {
    let mut steps = Vec::new();
    add(node, &mut steps)?;
    Ok(steps)
}

fn add(node: &Node<'_>, steps: &mut Vec<Decoder>) -> Result<(), Problem> {
    let step = match node.kind()? {
        "Sequence" => {
            for item in node.member("decoders")?.items()? {
                add(&item, steps)?;
            }
            return Ok(());
        }
        "ByteLevel" => Decoder::ByteLevel,
        "ByteFallback" => Decoder::ByteFallback,
        "Fuse" => Decoder::Fuse,
        "Metaspace" => Decoder::Metaspace {
            replacement: node.member("replacement")?.character()?,
            leads: pre_tokenizer::scheme(node)?.is_some(),
        },
        "WordPiece" => Decoder::WordPiece {
            prefix: node.text_or("prefix", "##")?.into(),
            cleanup: node.flag_or("cleanup", true)?,
        },
        "BPEDecoder" => Decoder::Suffix(node.text_or("suffix", "</w>")?.into()),
        "Strip" => Decoder::Strip {
            content: node.member("content")?.character()?,
            start: node.member("start")?.count()?,
            stop: node.member("stop")?.count()?,
        },
        "Replace" => Decoder::Replace {
            matcher: pattern::matcher(&node.member("pattern")?)?,
            content: node.member("content")?.text()?.into(),
        },
        "CTC" => Decoder::Ctc {
            pad: node.text_or("pad_token", "<pad>")?.into(),
            delimiter: node.text_or("word_delimiter_token", "|")?.into(),
            cleanup: node.flag_or("cleanup", true)?,
        },
        other => return Err(node.problem(format!("a decoder of type \"{other}\" is not supported"))),
    };
    steps.push(step);
    Ok(())
}
