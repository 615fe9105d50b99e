//! `pre_tokenizer`: how the text is cut into words.

use super::pattern;
use crate::error::Problem;
use crate::node::Node;
use crate::rewrite::Rewrite;
use crate::splitter::{Behaviour, Known, Matcher, Splitter, is_punctuation};
use crate::stage::Stage;

/// The stages that a pre-tokenizer is.
pub(crate) fn stages(node: &Node<'_>) -> Result<Vec<Stage>, Problem> {
    let mut stages = Vec::new();
    add(node, &mut stages)?;
    Ok(stages)
}

fn add(node: &Node<'_>, stages: &mut Vec<Stage>) -> Result<(), Problem> {
    let splitter = match node.kind()? {
        "Sequence" => {
            for item in node.member("pretokenizers")?.items()? {
                add(&item, stages)?;
            }
            return Ok(());
        }
        "ByteLevel" => return byte_level(node, stages),
        "Metaspace" => return metaspace(node, stages),
        "BertPreTokenizer" => {
            stages.push(Stage::Split(matches(Matcher::Space, Behaviour::Removed)));
            matches(Matcher::Character(is_punctuation), Behaviour::Isolated)
        }
        "Whitespace" => Splitter::Matches {
            matcher: Matcher::regex(r"\w+|[^\w\s]+").map_err(|error| node.problem(error))?,
            behaviour: Behaviour::Removed,
            invert: true,
        },
        "WhitespaceSplit" => matches(Matcher::Space, Behaviour::Removed),
        "Punctuation" => matches(Matcher::Character(is_punctuation), behaviour(node)?),
        "Digits" => {
            let one_by_one = node.flag_or("individual_digits", false)?;
            matches(Matcher::Number, if one_by_one { Behaviour::Isolated } else { Behaviour::Contiguous })
        }
        "CharDelimiterSplit" => {
            let delimiter = node.member("delimiter")?.character()?;
            matches(Matcher::text(delimiter.encode_utf8(&mut [0; 4])), Behaviour::Removed)
        }
        "Split" => split(node)?,
        "UnicodeScripts" => Splitter::Scripts,
        "FixedLength" => match node.optional("length") {
            Some(length) if length.count()? == 0 => return Err(length.problem("a length of 0 cuts nothing")),
            Some(length) => Splitter::Length(length.count()?),
            None => Splitter::Length(5),
        },
        other => return Err(node.problem(format!("a pre-tokenizer of type \"{other}\" is not supported"))),
    };
    stages.push(Stage::Split(splitter));
    Ok(())
}

fn matches(matcher: Matcher, behaviour: Behaviour) -> Splitter {
    Splitter::Matches { matcher, behaviour, invert: false }
}

fn behaviour(node: &Node<'_>) -> Result<Behaviour, Problem> {
    let Some(written) = node.optional("behavior") else { return Ok(Behaviour::Isolated) };
    let name = written.text()?;
    let known = Behaviour::NAMES.iter().find(|(known, _)| *known == name);
    known
        .map(|&(_, behaviour)| behaviour)
        .ok_or_else(|| written.problem(format!("no behavior is called \"{name}\"")))
}

fn split(node: &Node<'_>) -> Result<Splitter, Problem> {
    let matcher = pattern::matcher(&node.member("pattern")?)?;
    node.member("behavior")?;
    let behaviour = behaviour(node)?;
    let invert = node.flag_or("invert", false)?;
    Ok(match (matcher, behaviour, invert) {
        // Nothing stands between the matches of a known pattern, so these give the same.
        (Matcher::Known(known), Behaviour::Isolated, _)
        | (Matcher::Known(known), Behaviour::Removed, true) => Splitter::Known(known),
        (matcher, behaviour, invert) => Splitter::Matches { matcher, behaviour, invert },
    })
}

fn byte_level(node: &Node<'_>, stages: &mut Vec<Stage>) -> Result<(), Problem> {
    if node.flag_or("add_prefix_space", true)? {
        stages.push(Stage::Rewrite(Rewrite::Lead { lead: b" ".to_vec(), first_only: false, always: false }));
    }
    if node.flag_or("use_regex", true)? {
        stages.push(Stage::Split(Splitter::Known(Known::Gpt2)));
    }
    stages.push(Stage::Rewrite(Rewrite::Bytes));
    Ok(())
}

fn metaspace(node: &Node<'_>, stages: &mut Vec<Stage>) -> Result<(), Problem> {
    let replacement = node.member("replacement")?.character()?.to_string();
    stages.push(Stage::Rewrite(Rewrite::Replace {
        matcher: Matcher::text(" "),
        content: replacement.clone().into(),
    }));
    if let Some(first_only) = scheme(node)? {
        stages.push(Stage::Rewrite(Rewrite::Lead {
            lead: replacement.clone().into(),
            first_only,
            always: false,
        }));
    }
    if node.flag_or("split", true)? {
        stages.push(Stage::Split(matches(Matcher::text(&replacement), Behaviour::MergedWithNext)));
    }
    Ok(())
}

/// Whether a replacement is put before the first part alone, or before every one; none if it never is.
pub(super) fn scheme(node: &Node<'_>) -> Result<Option<bool>, Problem> {
    let scheme = node.optional("prepend_scheme");
    let never = node.optional("add_prefix_space").map_or(Ok(false), |flag| flag.flag().map(|flag| !flag))?;
    let scheme = match &scheme {
        None => Some(false),
        Some(scheme) => match scheme.text()? {
            "always" => Some(false),
            "first" => Some(true),
            "never" => None,
            other => return Err(scheme.problem(format!("no prepend scheme is called \"{other}\""))),
        },
    };
    match (never, scheme) {
        (true, Some(_)) if node.optional("prepend_scheme").is_some() => {
            Err(node.problem("\"add_prefix_space\" and \"prepend_scheme\" contradict each other"))
        }
        (true, _) => Ok(None),
        (false, scheme) => Ok(scheme),
    }
}
