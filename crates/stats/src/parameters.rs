//! What numbers depend on, besides the text: partial results of other parameters do not fit together.

use serde_json::{Value, json};
use textcore::Error;

/// What is looked at beyond the sizes, which are always counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// Only some of the sizes, as `-l`, `-w`, `-m` and `-c` ask for, and no area at all.
    pub sizes: Option<Sizes>,
    /// What is wrong with the text; its characters, scripts and languages.
    pub health: bool,
    /// How long records are, and words.
    pub lengths: bool,
    /// Lines and sentences too.
    pub all_lengths: bool,
    /// The commonest words.
    pub frequency: bool,
    /// In how many documents a word stands, and how evenly.
    pub dispersion: bool,
    /// How rich the vocabulary is: from the counts alone.
    pub vocabulary: bool,
    /// What depends on the order of words, document by document.
    pub sequence: bool,
    /// Records, lines and paragraphs that come again.
    pub duplication: bool,
}

/// Which sizes are asked for one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Line ends.
    pub lines: bool,
    /// Words, by the unit.
    pub words: bool,
    /// Code points.
    pub chars: bool,
    /// Bytes.
    pub bytes: bool,
}

impl Sizes {
    fn named(&mut self) -> [(&'static str, &mut bool); 4] {
        [
            ("lines", &mut self.lines),
            ("words", &mut self.words),
            ("chars", &mut self.chars),
            ("bytes", &mut self.bytes),
        ]
    }
}

impl Areas {
    /// What is shown at a glance, where nothing is asked for by name.
    pub const GLANCE: Areas = Areas {
        sizes: None,
        health: true,
        lengths: true,
        all_lengths: false,
        frequency: true,
        dispersion: false,
        vocabulary: false,
        sequence: false,
        duplication: false,
    };

    /// Everything there is.
    pub const ALL: Areas = Areas {
        sizes: None,
        health: true,
        lengths: true,
        all_lengths: true,
        frequency: true,
        dispersion: true,
        vocabulary: true,
        sequence: true,
        duplication: true,
    };

    /// Whether it matters which languages documents are in: for their health, and for function words.
    pub fn has_language(self) -> bool {
        self.health || self.frequency
    }

    /// Whether words are told apart, not only counted.
    pub fn has_words(self) -> bool {
        self.sizes.is_none()
    }

    fn named(&mut self) -> [(&'static str, &mut bool); 8] {
        [
            ("health", &mut self.health),
            ("lengths", &mut self.lengths),
            ("all_lengths", &mut self.all_lengths),
            ("frequency", &mut self.frequency),
            ("dispersion", &mut self.dispersion),
            ("vocabulary", &mut self.vocabulary),
            ("sequence", &mut self.sequence),
            ("duplication", &mut self.duplication),
        ]
    }

    /// The names of what is asked for, joined by commas.
    pub fn name(mut self) -> String {
        let join = |named: &mut dyn Iterator<Item = (&'static str, bool)>| {
            named.filter(|(_, is_on)| *is_on).map(|(name, _)| name).collect::<Vec<_>>().join(",")
        };
        match &mut self.sizes {
            Some(sizes) => join(&mut sizes.named().into_iter().map(|(name, is_on)| (name, *is_on))),
            None => {
                let areas = join(&mut self.named().into_iter().map(|(name, is_on)| (name, *is_on)));
                ["size", &areas].join(",").trim_end_matches(',').to_owned()
            }
        }
    }

    /// Reads back what [`Areas::name`] gave; `None` if it is no such name.
    pub fn from_name(name: &str) -> Option<Areas> {
        let mut areas = Areas::default();
        let mut names = name.split(',').peekable();
        if names.next_if_eq(&"size").is_none() {
            let mut sizes = Sizes::default();
            for name in names {
                *sizes.named().into_iter().find(|(known, _)| *known == name)?.1 = true;
            }
            areas.sizes = Some(sizes);
            return Some(areas);
        }
        for name in names {
            *areas.named().into_iter().find(|(known, _)| *known == name)?.1 = true;
        }
        Some(areas)
    }
}

/// What text is told apart by, beside the sum of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Nothing.
    #[default]
    None,
    /// The file.
    File,
    /// The folder that the file lies in.
    Directory,
    /// The operand as it was typed: a file, or a folder with all that is below it.
    Operand,
    /// A field of its JSON line.
    Field,
}

impl Grouping {
    const NAMED: [(Grouping, &'static str); 5] = [
        (Grouping::None, "none"),
        (Grouping::File, "file"),
        (Grouping::Directory, "dir"),
        (Grouping::Operand, "operand"),
        (Grouping::Field, "field"),
    ];

    fn name(self) -> &'static str {
        Grouping::NAMED.iter().find(|(grouping, _)| *grouping == self).map_or("none", |(_, name)| name)
    }
}

/// What a report depends on, besides the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// The name of the unit that words are.
    pub unit: String,
    /// What is looked at.
    pub areas: Areas,
    /// The name of the key that words are counted by; `None` where they count as they stand.
    pub key_norm: Option<String>,
    /// The name of the patterns of dates; `None` where dates are not counted.
    pub dates: Option<String>,
    /// What text is told apart by.
    pub grouping: Grouping,
}

impl Parameters {
    /// As a partial result says it.
    pub fn to_json(&self) -> Value {
        let mut json = json!({ "areas": self.areas.name(), "unit": self.unit });
        let optional = [("key_norm", &self.key_norm), ("dates", &self.dates)];
        for (name, value) in optional.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
            json[name] = json!(value);
        }
        if self.grouping != Grouping::None {
            json["group_by"] = json!(self.grouping.name());
        }
        json
    }

    /// As the head of a report says it.
    pub fn named(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("unit", self.unit.clone())];
        pairs.extend(self.key_norm.clone().map(|norm| ("key_norm", norm)));
        pairs.extend(self.dates.clone().map(|name| ("dates_of", name)));
        pairs
    }

    /// Reads what a partial result says.
    ///
    /// # Errors
    /// [`Error::Usage`] if it says something else.
    pub fn from_json(json: &Value) -> Result<Self, Error> {
        let refused = || Error::Usage(format!("the parameters {json} are not those of this version"));
        let text = |name: &str| json[name].as_str().map(str::to_owned);
        let grouping = text("group_by").unwrap_or_else(|| Grouping::None.name().to_owned());
        Ok(Parameters {
            unit: text("unit").ok_or_else(refused)?,
            areas: text("areas").and_then(|name| Areas::from_name(&name)).ok_or_else(refused)?,
            key_norm: text("key_norm"),
            dates: text("dates"),
            grouping: Grouping::NAMED
                .iter()
                .find(|(_, name)| *name == grouping)
                .map(|(grouping, _)| *grouping)
                .ok_or_else(refused)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_back() {
        let some = Areas { health: true, ..Areas::default() };
        let sizes =
            Areas { sizes: Some(Sizes { lines: true, bytes: true, ..Sizes::default() }), ..Areas::default() };
        for areas in [Areas::GLANCE, Areas::ALL, Areas::default(), some, sizes] {
            assert_eq!(Areas::from_name(&areas.name()), Some(areas), "{}", areas.name());
        }
        assert_eq!(Areas::from_name("size,nonsense"), None);
    }

    #[test]
    fn parameters_are_read_back() {
        let parameters = Parameters {
            unit: "word".to_owned(),
            areas: Areas::ALL,
            key_norm: Some("lower".to_owned()),
            dates: None,
            grouping: Grouping::Directory,
        };
        assert_eq!(Parameters::from_json(&parameters.to_json()).expect("sound"), parameters);
        assert!(Parameters::from_json(&json!({ "unit": "word" })).is_err());
    }
}
