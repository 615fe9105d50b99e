//! `{"String": …}` or `{"Regex": …}`.

use crate::error::Problem;
use crate::node::Node;
use crate::splitter::Matcher;

pub(crate) fn matcher(node: &Node<'_>) -> Result<Matcher, Problem> {
    if let Some(text) = node.optional("String") {
        let written = text.text()?;
        if written.is_empty() {
            return Err(text.problem("an empty string is found everywhere"));
        }
        return Ok(Matcher::text(written));
    }
    let regex = node.optional("Regex").ok_or_else(|| node.problem("neither \"String\" nor \"Regex\""))?;
    Matcher::regex(regex.text()?).map_err(|error| regex.problem(format!("not a regex: {error}")))
}
