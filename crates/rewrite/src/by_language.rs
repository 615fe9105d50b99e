//! Tables with a row for each language.
//!
//! A row is a line of fields, one tab between them; the first is a code of BCP 47. Lines that begin with `#` are notes.

/// The rows in order, each as its code and the rest of its line.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// What the table says of a language. Case does not matter, nor whether `-` or `_` joins the parts of a code; while a
/// code is unknown its last part is left out: `de_AT` is `de`.
pub(crate) fn find(table: &'static str, code: &str) -> Option<&'static str> {
    let mut code = code.replace('_', "-");
    loop {
        if let Some((_, rest)) = rows(table).find(|(known, _)| known.eq_ignore_ascii_case(&code)) {
            return Some(rest);
        }
        code.truncate(code.rfind('-')?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_with_what_follows_them() {
        let table = "# code\nzh\ta\nzh-Hant\tb\tc\n";
        assert_eq!(rows(table).count(), 2);
        for (code, found) in [
            ("zh", Some("a")),
            ("ZH_hant", Some("b\tc")),
            ("zh-Hant-TW", Some("b\tc")),
            ("zh-CN", Some("a")),
            ("z", None),
            ("", None),
            ("-", None),
            ("# code", None),
        ] {
            assert_eq!(find(table, code), found, "{code}");
        }
    }
}
