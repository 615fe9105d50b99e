//! `normalizer`: how the text is rewritten.

use unicode::Form;

use super::pattern;
use crate::base64;
use crate::error::Problem;
use crate::node::Node;
use crate::rewrite::{Characters, Charsmap, Rewrite};

/// The rewriting that a normalizer is.
pub(crate) fn rewrites(node: &Node<'_>) -> Result<Vec<Rewrite>, Problem> {
    let mut rewrites = Vec::new();
    add(node, &mut rewrites)?;
    Ok(rewrites)
}

fn add(node: &Node<'_>, rewrites: &mut Vec<Rewrite>) -> Result<(), Problem> {
    let rewrite = match node.kind()? {
        "NFC" => Rewrite::Form(Form::Nfc),
        "NFD" => Rewrite::Form(Form::Nfd),
        "NFKC" => Rewrite::Form(Form::Nfkc),
        "NFKD" => Rewrite::Form(Form::Nfkd),
        "Lowercase" => Rewrite::Lower,
        "StripAccents" => Rewrite::Characters(Characters::DropMarks),
        "Nmt" => Rewrite::Characters(Characters::Nmt),
        "ByteLevel" => Rewrite::Bytes,
        "Strip" => Rewrite::Strip {
            left: node.member("strip_left")?.flag()?,
            right: node.member("strip_right")?.flag()?,
        },
        "Replace" => Rewrite::Replace {
            matcher: pattern::matcher(&node.member("pattern")?)?,
            content: node.member("content")?.text()?.into(),
        },
        "Prepend" => {
            let lead = node.member("prepend")?.text()?.into();
            Rewrite::Lead { lead, first_only: false, always: true }
        }
        "Precompiled" => match node.optional("precompiled_charsmap") {
            Some(charsmap) => Rewrite::Charsmap(self::charsmap(&charsmap)?),
            None => return Err(node.problem("\"precompiled_charsmap\" is missing")),
        },
        "BertNormalizer" => return bert(node, rewrites),
        "Sequence" => {
            for item in node.member("normalizers")?.items()? {
                add(&item, rewrites)?;
            }
            return Ok(());
        }
        other => return Err(node.problem(format!("a normalizer of type \"{other}\" is not supported"))),
    };
    rewrites.push(rewrite);
    Ok(())
}

fn charsmap(node: &Node<'_>) -> Result<Charsmap, Problem> {
    let bytes = base64::decode(node.text()?.as_bytes()).ok_or_else(|| node.problem("not base64"))?;
    Charsmap::new(&bytes).map_err(|why| node.problem(format!("not a table of mappings: {why}")))
}

fn bert(node: &Node<'_>, rewrites: &mut Vec<Rewrite>) -> Result<(), Problem> {
    let lower = node.flag_or("lowercase", true)?;
    if node.flag_or("clean_text", true)? {
        rewrites.push(Rewrite::Characters(Characters::Clean));
    }
    if node.flag_or("handle_chinese_chars", true)? {
        rewrites.push(Rewrite::Characters(Characters::SpaceChinese));
    }
    if node.flag_or("strip_accents", lower)? {
        rewrites.push(Rewrite::Form(Form::Nfd));
        rewrites.push(Rewrite::Characters(Characters::DropNonspacing));
    }
    if lower {
        rewrites.push(Rewrite::Lower);
    }
    Ok(())
}
