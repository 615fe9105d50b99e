//! `post_processor`: which pieces stand around every text.

use crate::error::Problem;
use crate::node::Node;

/// Ids before a text and after it.
pub(crate) type Around = (Vec<u32>, Vec<u32>);

pub(crate) fn around(node: &Node<'_>) -> Result<Around, Problem> {
    let mut around = (Vec::new(), Vec::new());
    add(node, &mut around)?;
    Ok(around)
}

/// Put what a processor adds around what is there.
fn add(node: &Node<'_>, around: &mut Around) -> Result<(), Problem> {
    match node.kind()? {
        "ByteLevel" => Ok(()),
        "Sequence" => {
            for item in node.member("processors")?.items()? {
                add(&item, around)?;
            }
            Ok(())
        }
        "BertProcessing" | "RobertaProcessing" => {
            around.0.insert(0, named_id(&node.member("cls")?)?);
            around.1.push(named_id(&node.member("sep")?)?);
            Ok(())
        }
        "TemplateProcessing" => template(node, &mut around.0, &mut around.1),
        other => Err(node.problem(format!("a post-processor of type \"{other}\" is not supported"))),
    }
}

/// The id of `["[SEP]", 102]`.
fn named_id(node: &Node<'_>) -> Result<u32, Problem> {
    let mut items = node.items()?;
    match (items.next(), items.next(), items.next()) {
        (Some(_), Some(id), None) => id.id(),
        _ => Err(node.problem("a token and its id are wanted here")),
    }
}

fn template(node: &Node<'_>, before: &mut Vec<u32>, after: &mut Vec<u32>) -> Result<(), Problem> {
    let single = node.member("single")?;
    let tokens = node.optional("special_tokens");
    let (mut lead, mut tail, mut texts) = (Vec::new(), Vec::new(), 0);
    for item in single.items()? {
        if item.optional("Sequence").is_some() {
            texts += 1;
            continue;
        }
        let name = item.member("SpecialToken")?.member("id")?;
        let token = tokens.as_ref().and_then(|tokens| tokens.optional(name.text().ok()?));
        let token = token.ok_or_else(|| name.problem("this token is not among the \"special_tokens\""))?;
        for id in token.member("ids")?.items()? {
            if texts == 0 { &mut lead } else { &mut tail }.push(id.id()?);
        }
    }
    if texts != 1 {
        return Err(single.problem("a template that has not exactly one text is not supported"));
    }
    lead.append(before);
    *before = lead;
    after.append(&mut tail);
    Ok(())
}
