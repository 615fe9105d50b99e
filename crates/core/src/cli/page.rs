//! A tool's README.md, in man-page order, as the text of `--help` and of the man page.

use std::fmt::Write;

/// What fits into a terminal of 80 columns, set in by four.
const CODE_COLUMNS_MAX: usize = 76;

/// A page cut into its sections.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    text: &'static str,
}

impl Page {
    /// Wraps the text of a README.md.
    pub fn new(text: &'static str) -> Self {
        Page { text }
    }

    /// The sentence under the title.
    pub fn summary(self) -> &'static str {
        self.text.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
    }

    /// The body of `## NAME`, trimmed; empty if there is none.
    pub fn section(self, name: &str) -> &'static str {
        self.sections().find(|(title, _)| *title == name).map_or("", |(_, body)| body)
    }

    fn sections(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text.split("\n## ").skip(1).map(|section| {
            let (title, body) = section.split_once('\n').unwrap_or((section, ""));
            (title.trim(), body.trim())
        })
    }

    /// All sections after the options: what a reader looks up.
    pub fn after_options(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.sections().skip_while(|(title, _)| *title != "Options").skip(1)
    }
}

/// Markdown as plain text: fences become indentation, links their words. A paragraph, and an item of a list, is one line, which
/// is broken where the terminal ends.
pub fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut is_code = false;
    // Whether the line before goes on in this one.
    let mut is_open = false;
    for line in markdown.lines() {
        let is_fence = line.starts_with("```");
        let begins = is_fence || is_code || line.is_empty() || line.starts_with(['|', '#', '-', '*']);
        if is_open {
            out.push(if begins { '\n' } else { ' ' });
        }
        is_open = !(is_fence || is_code || line.is_empty());
        if is_fence {
            is_code = !is_code;
        } else if is_code {
            push_code(line, &mut out);
        } else if is_open {
            out.push_str(&unlink(line.trim_start()));
        } else {
            out.push('\n');
        }
    }
    out.trim_end().to_owned()
}

/// A command, set in; below what is said of it, where both do not fit into one line.
fn push_code(line: &str, out: &mut String) {
    let said = line.split_once(" # ").filter(|_| line.chars().count() > CODE_COLUMNS_MAX);
    let _ = match said {
        Some((command, remark)) => writeln!(out, "    # {remark}\n    {}", command.trim_end()),
        None => writeln!(out, "    {line}"),
    };
}

/// `[words](target)` becomes `words`; `` `code` `` and `**bold**` lose their marks.
fn unlink(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let link = rest[open..].find("](").and_then(|middle| {
            let close = rest[open + middle..].find(')')?;
            Some((open + middle, open + middle + close + 1))
        });
        let Some((middle, end)) = link else { break };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..middle]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.replace("**", "").replace('`', "")
}

/// Puts the page into the command that clap knows: what it is, examples first, and what comes after the options.
pub fn dress(command: clap::Command, page: Page, version: String) -> clap::Command {
    let mut after = String::new();
    for (title, body) in page.after_options() {
        let _ = write!(after, "{title}:\n{}\n\n", indent(&plain(body)));
    }
    let before = format!(
        "{}\n\nExamples:\n{}\n\n{}",
        page.summary(),
        plain(page.section("Examples")),
        plain(page.section("Description"))
    );
    command
        .version(version)
        .about(page.summary())
        .long_about(before)
        .after_long_help(after.trim_end().to_owned())
        .max_term_width(100)
}

fn indent(text: &str) -> String {
    text.lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("  {line}") })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The man page, in roff.
pub fn man(command: &clap::Command, page: Page) -> String {
    let section = |title: &str, body: &str| {
        let mut out = format!(".SH {}\n", title.to_uppercase());
        let mut is_code = false;
        for line in body.lines() {
            if line.starts_with("```") {
                is_code = !is_code;
                out.push_str(if is_code { ".nf\n.RS\n" } else { ".RE\n.fi\n" });
            } else if line.is_empty() {
                out.push_str(if is_code { "\n" } else { ".PP\n" });
            } else {
                let line = if is_code { line.to_owned() } else { unlink(line) };
                let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
                let _ = writeln!(out, "{guard}{}", line.replace('\\', "\\e").replace('-', "\\-"));
            }
        }
        out
    };
    let name = command.get_name();
    let man = clap_mangen::Man::new(command.clone().long_about(None::<&str>).after_long_help(None::<&str>));
    let mut roff = Vec::new();
    let rendered = man
        .render_title(&mut roff)
        .and_then(|()| man.render_name_section(&mut roff))
        .and_then(|()| man.render_synopsis_section(&mut roff));
    let mut options = Vec::new();
    let rendered = rendered.and_then(|()| man.render_options_section(&mut options));
    debug_assert!(rendered.is_ok(), "writing to memory does not fail");
    let mut out = String::from_utf8_lossy(&roff).into_owned();
    for title in ["Description", "Examples"] {
        out.push_str(&section(title, page.section(title)));
    }
    out.push_str(&String::from_utf8_lossy(&options));
    for (title, body) in page.after_options() {
        out.push_str(&section(title, body));
    }
    debug_assert!(out.contains(name), "a page names its tool");
    out
}

/// The options as the README lists them, by group.
pub fn options_markdown(command: &clap::Command) -> String {
    let mut groups: Vec<(&str, String)> = Vec::new();
    for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
        let title = argument.get_help_heading().unwrap_or("Of this tool");
        let index = groups.iter().position(|group| group.0 == title).unwrap_or_else(|| {
            groups.push((title, String::new()));
            groups.len() - 1
        });
        let _ = writeln!(groups[index].1, "- `{}`: {}", usage(argument), sentences(argument));
    }
    let sections = groups.iter().map(|(title, options)| format!("### {title}\n\n{options}"));
    sections.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// An option with its value, as it is typed.
fn usage(argument: &clap::Arg) -> String {
    let value = argument.get_value_names().map(|names| names.join(" ")).unwrap_or_default();
    let name = match (argument.get_short(), argument.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), None) => format!("-{short}"),
        (None, None) => return format!("{value}..."),
    };
    match (argument.get_action().takes_values(), argument.is_require_equals_set()) {
        (false, _) => name,
        (true, true) => format!("{name}[={value}]"),
        (true, false) => format!("{name} {value}"),
    }
}

/// The help of an option as running text.
fn sentences(argument: &clap::Arg) -> String {
    let short = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let long = argument.get_long_help().map(ToString::to_string).unwrap_or_default();
    let more = long.strip_prefix(&short).unwrap_or(&long);
    let stop = if short.ends_with('…') { "" } else { "." };
    format!("{short}{stop} {more}").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# tool\n\nDoes a thing.\n\n## Examples\n\n```sh\ntool -x\n```\n\n## Options\n\nlist\n\n## Exit status\n\n0 is [fine](x.md), `1` is not.\n";

    #[test]
    fn a_page_falls_into_sections() {
        let page = Page::new(TEXT);
        assert_eq!(page.summary(), "Does a thing.");
        assert_eq!(plain(page.section("Examples")), "    tool -x");
        let after: Vec<_> = page.after_options().map(|(title, body)| (title, plain(body))).collect();
        assert_eq!(after, [("Exit status", "0 is fine, 1 is not.".to_owned())]);
    }

    #[test]
    fn paragraphs_and_items_are_lines() {
        let text = "one\ntwo\n\n- three\n  four\n- five\n\n| six |\n| --- |\n```sh\nseven\n\neight # nine\n```\nten\neleven";
        assert_eq!(
            plain(text),
            "one two\n\n- three four\n- five\n\n| six |\n| --- |\n    seven\n    \n    eight # nine\nten eleven"
        );
        let command = format!("tool {} # why", "x".repeat(CODE_COLUMNS_MAX));
        assert!(plain(&format!("```\n{command}\n```")).starts_with("    # why\n    tool x"));
    }

    #[test]
    fn the_man_page_has_the_sections() {
        let roff = man(&clap::Command::new("tool"), Page::new(TEXT));
        assert!(roff.contains(".SH EXAMPLES\n") && roff.contains(".SH EXIT STATUS\n"), "{roff}");
    }
}
