//! JSON: one object, whose schema has a number.

use serde_json::{Map, Value as Json, json};

use super::{Cell, Curve, Ranking, Report, Section, Value};
use crate::histogram::Histogram;

/// The schema; a change that breaks readers changes the number.
pub const SCHEMA: &str = "sluice.stats/2";

/// The whole report, indented, with a line end.
///
/// Items of the section `size` stand at the top, those of the others in an object of the section's name. Of a share there
/// is the count under its key, and `KEY_share` between 0 and 1. A measure that is not defined is `null`. Lengths have
/// `min`, `mean`, `median`, `p90`, `p99`, `max` and `histogram`, pairs of length and count. A ranking is an array of
/// objects; of a thing that is not UTF-8 the ill-formed parts are U+FFFD, and `bytes` has all of it in hexadecimal digits.
/// A curve has `x`, `y` and, where something was fitted, `fitted`. Groups are in `groups`, laid out like the whole.
pub fn write(report: &Report) -> Vec<u8> {
    let mut object = Map::new();
    object.insert("schema".to_owned(), json!(SCHEMA));
    object.insert("unicode".to_owned(), json!(unicode::VERSION));
    for (name, parameter) in &report.parameters {
        object.insert((*name).to_owned(), json!(parameter));
    }
    insert_sections(&mut object, &report.total);
    if !report.groups.is_empty() {
        let groups = report.groups.iter().map(|(name, sections)| {
            let mut group = Map::new();
            group.insert("group".to_owned(), json!(name));
            insert_sections(&mut group, sections);
            Json::Object(group)
        });
        object.insert("groups".to_owned(), groups.collect());
    }
    format!("{:#}\n", Json::Object(object)).into_bytes()
}

fn insert_sections(object: &mut Map<String, Json>, sections: &[Section]) {
    for section in sections {
        let target = if section.is_top() {
            &mut *object
        } else {
            let entry = object.entry(section.key).or_insert_with(|| json!({}));
            let Json::Object(inner) = entry else { continue };
            inner
        };
        for item in &section.items {
            insert(target, &item.key, &item.value);
        }
    }
}

fn insert(object: &mut Map<String, Json>, key: &str, value: &Value) {
    let json = match value {
        Value::Count(count) => json!(count),
        Value::Share { count, .. } => json!(count),
        Value::Real(number) => real(*number),
        Value::Text(text) => json!(text),
        Value::Shares(parts) => parts.iter().map(|(name, count)| (name.clone(), json!(count))).collect(),
        Value::Lengths(histogram) => lengths(histogram),
        Value::Ranking(ranking) => rows(ranking),
        Value::Curve(curve) => points(curve),
    };
    object.insert(key.to_owned(), json);
    if let Value::Share { count, of } = value {
        object.insert(format!("{key}_share"), real(*count as f64 / *of as f64));
    }
}

/// `null` for what JSON has no number for; whole numbers without a point.
fn real(number: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    if number.fract() == 0.0 && number.abs() < EXACT { json!(number as i64) } else { json!(number) }
}

fn lengths(histogram: &Histogram) -> Json {
    let mean = ("mean".to_owned(), histogram.defined_mean().map_or(Json::Null, real));
    let [min, others @ ..] = histogram.summary().map(|(name, length)| (name.to_owned(), json!(length)));
    let all = histogram.iter().map(|(length, count)| json!([length, count])).collect::<Json>();
    [min, mean].into_iter().chain(others).chain([("histogram".to_owned(), all)]).collect()
}

fn rows(ranking: &Ranking) -> Json {
    let row = |(thing, cells): &(Vec<u8>, Vec<Cell>)| {
        let mut object = Map::new();
        object.insert(ranking.thing.to_owned(), json!(String::from_utf8_lossy(thing)));
        if std::str::from_utf8(thing).is_err() {
            object.insert("bytes".to_owned(), json!(hexadecimal(thing)));
        }
        for (column, cell) in ranking.columns.iter().zip(cells) {
            let json = match cell {
                Cell::Count(count) => json!(count),
                Cell::Real(number) => real(*number),
            };
            object.insert((*column).to_owned(), json);
        }
        Json::Object(object)
    };
    ranking.rows.iter().map(row).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn points(curve: &Curve) -> Json {
    let mut object = Map::new();
    object.insert("x".to_owned(), curve.points.iter().map(|point| real(point.0)).collect());
    object.insert("y".to_owned(), curve.points.iter().map(|point| real(point.1)).collect());
    if !curve.fitted.is_empty() {
        object.insert("fitted".to_owned(), curve.fitted.iter().map(|&y| real(y)).collect());
    }
    Json::Object(object)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    fn parsed(report: &Report) -> Json {
        serde_json::from_slice(&write(report)).expect("JSON")
    }

    #[test]
    fn sizes_stand_at_the_top_and_sections_are_objects() {
        let json = parsed(&sample::report());
        assert_eq!(json["schema"], SCHEMA);
        assert_eq!(json["unit"], "word");
        assert_eq!(json["words"], 1_204_381);
        assert_eq!(json["health"]["ill_formed"], 12);
        let text = String::from_utf8(write(&sample::report())).expect("text");
        assert!(
            text.contains("\"ill_formed_share\": 1.7438801070800515e-6,"),
            "as many digits as it takes, and no more"
        );
        assert_eq!(json["scripts"]["script"]["Arabic"], 4_120_331);
        assert!(json.get("groups").is_none());
        let length = &json["lengths"]["word_length"];
        assert_eq!((&length["min"], &length["histogram"][0][0]), (&json!(1), &json!(1)));
        let growth = &json["vocabulary"]["growth"];
        assert_eq!(growth["x"].as_array().map(Vec::len), growth["fitted"].as_array().map(Vec::len));
        assert_eq!(json["vocabulary"]["hdd"], Json::Null);
    }

    #[test]
    fn things_that_are_no_text_keep_their_bytes() {
        let json = parsed(&sample::report());
        let top = json["frequency"]["top"].as_array().expect("rows");
        let broken = top.iter().find(|row| row.get("bytes").is_some()).expect("a word that is not UTF-8");
        assert_eq!((&broken["word"], &broken["bytes"]), (&json!("caf\u{FFFD}"), &json!("636166e9")));
        assert!(top[0].get("count").is_some() && top[0].get("bytes").is_none());
    }

    #[test]
    fn groups_are_laid_out_like_the_whole() {
        let json = parsed(&sample::grouped());
        let groups = json["groups"].as_array().expect("groups");
        assert_eq!(groups[0]["group"], "corpus/en/news.txt");
        assert!(groups.iter().all(|group| group["words"].is_u64() && group["health"].is_object()));
    }

    #[test]
    fn nothing_and_numbers_that_are_none_are_json() {
        assert_eq!(parsed(&Report::default())["schema"], SCHEMA);
        let mut section = Section::new(Section::TOP, "size");
        section.add("a", "a", Value::Real(f64::INFINITY));
        section.add("b", "b", Value::Share { count: 0, of: 0 });
        section.add("c", "c", Value::Lengths(Histogram::default()));
        section.add("d", "d", Value::Real(0.1 + 0.2));
        let json = parsed(&Report { total: vec![section], ..Report::default() });
        assert_eq!(
            (&json["a"], &json["b_share"], &json["c"]["mean"]),
            (&Json::Null, &Json::Null, &Json::Null)
        );
        assert_eq!(json["d"], 0.1 + 0.2);
    }

    proptest! {
        #[test]
        fn any_report_is_json(report in sample::any_report()) {
            prop_assert!(serde_json::from_slice::<Json>(&write(&report)).is_ok());
        }
    }
}
