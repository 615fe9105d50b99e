//! What the text is made of, and what is wrong with it.

use std::collections::BTreeMap;

use language::Language;
use unicode::{Category, Script, ignorable};

use crate::parameters::Parameters;
use crate::report::number::grouped;
use crate::report::{Section, Value, Weight};
use crate::survey::Survey;

/// A character that does not belong into text, or belongs there rarely: its name, and how it is known.
struct Suspect {
    key: &'static str,
    label: &'static str,
    is: fn(char) -> bool,
    weight: Weight,
}

const SUSPECTS: [Suspect; 10] = [
    Suspect {
        key: "replacement_characters",
        label: "U+FFFD",
        is: |c| c == '\u{FFFD}',
        weight: Weight::Alarm,
    },
    Suspect { key: "nul", label: "NUL", is: |c| c == '\0', weight: Weight::Alarm },
    Suspect { key: "controls", label: "control characters", is: is_control, weight: Weight::Alarm },
    Suspect {
        key: "private_use",
        label: "private use",
        is: |c| Category::of(c) == Category::PrivateUse,
        weight: Weight::Alarm,
    },
    Suspect {
        key: "unassigned",
        label: "unassigned",
        is: |c| Category::of(c) == Category::Unassigned,
        weight: Weight::Alarm,
    },
    Suspect { key: "bom_inside", label: "U+FEFF inside", is: |c| c == '\u{FEFF}', weight: Weight::Alarm },
    Suspect { key: "zwnj", label: "U+200C (ZWNJ)", is: |c| c == '\u{200C}', weight: Weight::Plain },
    Suspect { key: "zwj", label: "U+200D (ZWJ)", is: |c| c == '\u{200D}', weight: Weight::Plain },
    Suspect { key: "zero_width", label: "other zero width", is: is_zero_width, weight: Weight::Plain },
    Suspect {
        key: "bidi_controls",
        label: "bidi controls",
        is: ignorable::is_bidi_control,
        weight: Weight::Plain,
    },
];

/// C0 and C1 controls, but for those that lay text out.
fn is_control(character: char) -> bool {
    Category::of(character) == Category::Control && !matches!(character, '\0' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Characters without width that are neither joiners nor bidi controls nor U+FEFF: U+200B, U+2060, the soft hyphen and so on.
fn is_zero_width(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{180E}' | '\u{34F}')
}

/// Counts of what is suspicious, and shares of scripts, categories and languages.
pub fn section(survey: &Survey, parameters: &Parameters) -> Section {
    let sums = &survey.sums;
    let mut section = Section::new("health", "health");
    let alarm = |count: u64| if count > 0 { Weight::Alarm } else { Weight::Hidden };
    section
        .add("ill_formed", "ill-formed UTF-8", Value::Count(sums.census.ill_formed()))
        .note(format!("in {} records; --encoding auto may know better", grouped(sums.ill_formed_records)))
        .weight(alarm(sums.census.ill_formed()));
    for suspect in &SUSPECTS {
        let count = sums.census.count_where(suspect.is);
        let weight = if count > 0 { suspect.weight } else { Weight::Hidden };
        section.add(suspect.key, suspect.label, Value::Count(count)).weight(weight);
    }
    section
        .add("mojibake", "mojibake suspects", Value::Count(sums.mojibake))
        .note("UTF-8 read as windows-1252")
        .weight(alarm(sums.mojibake));
    add_newlines(&mut section, survey);
    section.add("not_nfc", "records not in NFC", Value::Share { count: sums.not_nfc, of: sums.records });
    let weight = if sums.boms > 0 { Weight::Plain } else { Weight::Hidden };
    if survey.has_files(parameters) {
        section.add("boms", "BOM", Value::Count(sums.boms)).note("files").weight(weight);
        section.add("encodings", "encodings", Value::Shares(pairs(&sums.encodings))).note("files");
    }
    let (mut scripts, mut categories) = (BTreeMap::new(), BTreeMap::new());
    for (character, count) in sums.census.iter() {
        for sum in [
            scripts.entry(Script::of(character).name()).or_default(),
            categories.entry(Category::of(character).code()).or_default(),
        ] {
            *sum = u64::saturating_add(*sum, count);
        }
    }
    section.add("scripts", "scripts", Value::Shares(pairs(&scripts)));
    section.add("categories", "categories", Value::Shares(pairs(&categories))).weight(Weight::Hidden);
    section
        .add("languages", "languages", Value::Shares(pairs(&sums.languages)))
        .note(language_note(&sums.languages));
    section
}

/// How lines end; more than one way is alarming.
fn add_newlines(section: &mut Section, survey: &Survey) {
    let sums = &survey.sums;
    let lone = |character| sums.census.of(character).saturating_sub(sums.crlf);
    let kinds = [("CR", lone('\r')), ("CRLF", sums.crlf), ("LF", lone('\n'))];
    let is_mixed = kinds.iter().filter(|(_, count)| *count > 0).count() > 1;
    let shares = kinds.map(|(name, count)| (name.to_owned(), count)).to_vec();
    let weight = if is_mixed { Weight::Alarm } else { Weight::Plain };
    section.add("newlines", "line ends", Value::Shares(shares)).weight(weight);
}

fn pairs<K: ToString>(counts: &BTreeMap<K, u64>) -> Vec<(String, u64)> {
    counts.iter().map(|(name, &count)| (name.to_string(), count)).collect()
}

/// The names of the languages, for those who do not know the codes.
fn language_note(languages: &BTreeMap<String, u64>) -> String {
    let names = languages.keys().filter_map(|code| Some((code, Language::for_code(code)?.name())));
    let names: Vec<_> = names.map(|(code, name)| format!("{code} {name}")).collect();
    format!("documents{}{}", if names.is_empty() { "" } else { "; " }, names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_suspect_is_of_one_kind() {
        let suspicious = [
            '\u{FFFD}', '\0', '\u{1}', '\u{E000}', '\u{378}', '\u{FEFF}', '\u{200C}', '\u{200D}', '\u{200B}',
            '\u{200E}',
        ];
        for (character, wanted) in suspicious.into_iter().zip(&SUSPECTS) {
            let found: Vec<_> =
                SUSPECTS.iter().filter(|suspect| (suspect.is)(character)).map(|s| s.key).collect();
            assert_eq!(found, [wanted.key], "{character:?}");
        }
        for character in ['a', ' ', '\n', '\t', 'ش', '漢', '\u{A0}'] {
            assert!(SUSPECTS.iter().all(|suspect| !(suspect.is)(character)), "{character:?}");
        }
    }
}
