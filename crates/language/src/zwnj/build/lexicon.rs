//! Word lists of several makes, as forms: letters, ZWNJ, and what kind of word it is.

use super::affixes::form_of;

/// One entry of a word list.
pub(super) struct Form {
    pub(super) codes: Vec<u8>,
    pub(super) zwnj: u64,
    pub(super) kind: FormKind,
    pub(super) count: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FormKind {
    Nominal,
    Verbal,
    Other,
}

/// One word to a line, perhaps a tab or comma and a count; comments after `#`.
pub(super) fn read_words(text: &str) -> Vec<Form> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split(['\t', ',']);
            let word = fields.next()?;
            let count = fields.next().and_then(|count| count.parse().ok()).unwrap_or(1);
            form(word, FormKind::Other, count)
        })
        .collect()
}

/// Lists as lilak writes them: `word,kind,…`, comments after `#`.
pub(super) fn read_tagged(text: &str) -> Vec<Form> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split(',');
            let word = fields.next()?;
            let kind = match fields.next()? {
                "verb" => FormKind::Verbal,
                kind if kind.starts_with("noun") || kind.starts_with("adjective") => FormKind::Nominal,
                _ => FormKind::Other,
            };
            form(word, kind, 1)
        })
        .collect()
}

/// Lists as hazm writes them: word, count, kinds, divided by tabs; entries with neither count nor kind are left out.
pub(super) fn read_counted(text: &str) -> Vec<Form> {
    text.lines()
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let (word, count, kinds) = (fields.next()?, fields.next()?.parse().ok()?, fields.next()?);
            let kind = if kinds.split(',').any(|kind| kind == "N" || kind == "AJ") {
                FormKind::Nominal
            } else {
                FormKind::Other
            };
            let form = form(word, kind, count)?;
            (form.zwnj != 0 || kinds != "0" || count > 0).then_some(form)
        })
        .collect()
}

fn form(word: &str, kind: FormKind, count: u64) -> Option<Form> {
    let (codes, zwnj) = form_of(word.trim())?;
    Some(Form { codes, zwnj, kind, count })
}
