//! `pre_tokenizer`: how the text is cut into words.

use crate::error::Problem;
use crate::node::Node;
use crate::rewrite::Rewrite;
use crate::splitter::{Known, Splitter};
use crate::stage::Stage;

/// The stages that a pre-tokenizer is.
pub(crate) fn stages(node: &Node<'_>) -> Result<Vec<Stage>, Problem> {
    let mut stages = Vec::new();
    add(node, &mut stages)?;
    Ok(stages)
}

pub(crate) fn ends_in_bytes(_stages: &[Stage]) -> bool {
    true
}

fn add(node: &Node<'_>, stages: &mut Vec<Stage>) -> Result<(), Problem> {
    match node.kind()? {
        "ByteLevel" => {
            if node.flag_or("add_prefix_space", true)? {
                stages.push(Stage::Rewrite(Rewrite::Lead {
                    lead: b" ".to_vec(),
                    first_only: false,
                    always: false,
                }));
            }
            if node.flag_or("use_regex", true)? {
                stages.push(Stage::Split(Splitter::Known(Known::Gpt2)));
            }
        }
        "Sequence" => {
            for item in node.member("pretokenizers")?.items()? {
                add(&item, stages)?;
            }
        }
        "Split" => {
            let pattern = node.member("pattern")?;
            let regex = pattern.member("Regex")?;
            let known = Known::from_regex(regex.text()?)
                .ok_or_else(|| regex.problem("this pattern is not supported"))?;
            stages.push(Stage::Split(Splitter::Known(known)));
        }
        other => return Err(node.problem(format!("a pre-tokenizer of type \"{other}\" is not supported"))),
    }
    Ok(())
}
