//! Forms of verbs from their two stems.

use super::affixes::codes_of;

/// The present and the past stem of a verb, as written.
pub(super) struct Stems {
    pub(super) present: String,
    pub(super) past: String,
}

const PRESENT_ENDINGS: [&str; 6] = ["م", "ی", "د", "یم", "ید", "ند"];
/// Of the spoken language: میره، میرین، میرن.
const SPOKEN_ENDINGS: [&str; 4] = ["ه", "ین", "ن", "م"];
const PAST_ENDINGS: [&str; 6] = ["م", "ی", "", "یم", "ید", "ند"];

/// Lists as hazm writes them: `past#present` to a line, perhaps `past#present یا present`.
pub(super) fn read_past_present(text: &str) -> Vec<Stems> {
    text.lines()
        .filter_map(|line| line.split_once('#'))
        .flat_map(|(past, presents)| {
            presents
                .split(" یا ")
                .map(|present| Stems { present: present.trim().to_owned(), past: past.trim().to_owned() })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Lists as shekar writes them: `present,past,spoken present,spoken past` to a line.
pub(super) fn read_present_past(text: &str) -> Vec<Stems> {
    text.lines()
        .flat_map(|line| {
            let fields: Vec<&str> = line.split(',').map(str::trim).collect();
            let pair = |at: usize| {
                let (present, past) = (fields.get(at)?, fields.get(at + 1)?);
                Some(Stems { present: (*present).to_owned(), past: (*past).to_owned() })
            };
            [pair(0), pair(2)].into_iter().flatten().collect::<Vec<_>>()
        })
        .collect()
}

impl Stems {
    /// Every form that may follow می, by letters.
    pub(super) fn verbal(&self) -> Vec<Vec<u8>> {
        let mut forms = Vec::new();
        if !self.present.is_empty() {
            let mut stem = self.present.clone();
            if stem.ends_with(['ا', 'و', 'آ']) {
                forms.extend(SPOKEN_ENDINGS[1..].iter().map(|ending| codes_of(&format!("{stem}{ending}"))));
                stem.push('ی');
            } else {
                forms.extend(SPOKEN_ENDINGS.iter().map(|ending| codes_of(&format!("{stem}{ending}"))));
            }
            forms.extend(PRESENT_ENDINGS.iter().map(|ending| codes_of(&format!("{stem}{ending}"))));
        }
        if !self.past.is_empty() {
            forms.extend(PAST_ENDINGS.iter().map(|ending| codes_of(&format!("{}{ending}", self.past))));
            forms.push(codes_of(&format!("{}ه", self.past)));
        }
        forms.retain(|form| form.len() > 1);
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_makes_of_list_are_read() {
        let stems = read_past_present("رفت#رو\n#هست\nآخت#آهاز یا آهنج\n");
        assert_eq!(
            stems.iter().map(|stems| stems.present.as_str()).collect::<Vec<_>>(),
            ["رو", "هست", "آهاز", "آهنج"]
        );
        let stems = read_present_past("خوان,خواند,خون,خوند\nمک,مکید,,\n");
        assert_eq!(stems[1].present, "خون");
    }

    #[test]
    fn forms_of_a_verb() {
        let stems = Stems { present: "گوی".to_owned(), past: "گفت".to_owned() };
        let forms = stems.verbal();
        for form in ["گویم", "گوید", "گفت", "گفتند", "گفته"] {
            assert!(forms.contains(&codes_of(form)), "{form}");
        }
        let stems = Stems { present: "سا".to_owned(), past: String::new() };
        assert!(stems.verbal().contains(&codes_of("ساید")));
    }
}
