//! Charts: which value is drawn how.

use super::bars::{Bar, Bars};
use super::canvas::{Frame, Side, label, units};
use super::columns::Columns;
use super::line::Points;
use super::timeline::timelines;
use crate::histogram::Histogram;
use crate::report::markup::Markup;
use crate::report::number::{grouped, percent};
use crate::report::ranks::numbers;
use crate::report::sorted_parts;
use crate::report::visible::visible;
use crate::report::{Cell, Item, Ranking, Section, Value, Weight};

/// How many parts of a whole have a bar of their own.
const PARTS_MAX: usize = 8;
/// How many things of a ranking have a bar.
const THINGS_MAX: usize = 20;
/// As many lengths have a column of their own.
const LENGTHS_MAX: u64 = 36;

/// A chart that can be drawn in any frame.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Names it among all charts of a report: lower-case ASCII letters, digits, `-` and `_`.
    pub name: String,
    /// Says what it is.
    pub title: String,
    /// Says what it is below the title of its section.
    pub label: String,
    shape: Shape,
}

#[derive(Debug, Clone)]
enum Shape {
    Columns(Columns),
    Bars(Bars),
    Points(Points),
}

/// The charts of an item; none if it has no shape.
pub fn charts(section: &Section, item: &Item) -> Vec<Chart> {
    if item.weight == Weight::Hidden {
        return Vec::new();
    }
    let name = safe(&format!("{}-{}", section.key, item.key));
    let label = visible(item.label.as_bytes());
    let title = if label == section.title { label.clone() } else { format!("{}: {label}", section.title) };
    let one = |shape| vec![Chart { name: name.clone(), title: title.clone(), label: label.clone(), shape }];
    match &item.value {
        Value::Shares(parts) => shares(parts).map_or_else(Vec::new, |bars| one(Shape::Bars(bars))),
        Value::Lengths(lengths) => {
            columns(lengths, &item.note).map_or_else(Vec::new, |columns| one(Shape::Columns(columns)))
        }
        Value::Curve(curve) => Points::of(curve).map_or_else(Vec::new, |points| one(Shape::Points(points))),
        Value::Ranking(ranking) => match timelines(ranking) {
            None => ranks(ranking).map_or_else(Vec::new, |bars| one(Shape::Bars(bars))),
            Some(timelines) => {
                let chart = |(calendar, columns): (String, Columns)| {
                    let comma = if calendar.is_empty() { "" } else { ", " };
                    let [title, label] = [&title, &label].map(|text| format!("{text}{comma}{calendar}"));
                    Chart {
                        name: safe(&format!("{name} {calendar}")),
                        title,
                        label,
                        shape: Shape::Columns(columns),
                    }
                };
                timelines.into_iter().map(chart).collect()
            }
        },
        Value::Count(_) | Value::Share { .. } | Value::Real(_) | Value::Text(_) => Vec::new(),
    }
}

impl Chart {
    /// What those learn who do not see the chart.
    pub fn description(&self) -> String {
        match &self.shape {
            Shape::Columns(columns) => columns.description(),
            Shape::Bars(bars) => bars.description(),
            Shape::Points(points) => points.description(),
        }
    }

    /// An element `svg`; `style` is a style sheet of its own, if it needs one.
    pub fn draw(&self, frame: Frame, style: Option<&str>) -> String {
        let mut inner = Markup::default();
        if frame.has_title {
            label(&mut inner, (0.0, 18.0), Side::Left, "heading", &self.title);
        }
        let height = match &self.shape {
            Shape::Columns(columns) => columns.draw(frame, &mut inner),
            Shape::Bars(bars) => bars.draw(frame, &mut inner),
            Shape::Points(points) => points.draw(frame, &mut inner),
        };
        let margin = if frame.has_title { 16.0 } else { 0.0 };
        let [width, height] = [frame.width, height].map(|length| length + 2.0 * margin).map(units);
        let view = format!("{0} {0} {width} {height}", units(-margin));
        let [title, description] = ["title", "desc"].map(|part| format!("{}-{part}", self.name));
        let labelled = format!("{title} {description}");
        let mut markup = Markup::default();
        let mut attributes = vec![("class", "chart"), ("viewBox", view.as_str())];
        attributes.extend([("role", "img"), ("aria-labelledby", labelled.as_str())]);
        if style.is_some() {
            attributes.insert(0, ("xmlns", "http://www.w3.org/2000/svg"));
            attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        }
        markup.open("svg", &attributes).element("title", &[("id", &title)], &self.title);
        markup.element("desc", &[("id", &description)], &self.description());
        if let Some(style) = style {
            markup.open("style", &[]).raw(style).close();
            markup.leaf(
                "rect",
                &[("class", "paper"), ("x", "-16"), ("y", "-16"), ("width", "100%"), ("height", "100%")],
            );
        }
        markup.raw(&inner.finish());
        markup.finish()
    }
}

/// A name that any file system takes.
fn safe(name: &str) -> String {
    let safe = |character: char| match character.to_ascii_lowercase() {
        kept if kept.is_ascii_alphanumeric() || kept == '_' => kept,
        _ => '-',
    };
    let name: String = name.trim().chars().take(80).map(safe).collect();
    name.trim_matches('-').to_owned()
}

/// The largest parts, and all others as one.
fn shares(parts: &[(String, u64)]) -> Option<Bars> {
    let (sorted, all) = sorted_parts(parts);
    let named = if sorted.len() > PARTS_MAX + 1 { PARTS_MAX } else { sorted.len() };
    let bar = |name: String, count: u64, is_rest| Bar {
        name,
        size: count as f64,
        text: format!("{} ({})", percent(count, all), grouped(count)),
        is_rest,
    };
    let mut bars: Vec<Bar> =
        sorted[..named].iter().map(|(name, count)| bar(visible(name.as_bytes()), *count, false)).collect();
    if named < sorted.len() {
        let rest = sorted[named..].iter().fold(0_u64, |sum, part| sum.saturating_add(part.1));
        bars.push(bar(format!("{} others", sorted.len() - named), rest, true));
    }
    (!bars.is_empty()).then_some(Bars { bars })
}

/// The first things, by their first number; nothing if one of the numbers cannot be drawn as a length.
fn ranks(ranking: &Ranking) -> Option<Bars> {
    let texts = numbers(ranking);
    let bar = |((thing, cells), texts): (&(Vec<u8>, Vec<Cell>), &Vec<String>)| {
        let size = match cells.first()? {
            Cell::Count(count) => *count as f64,
            Cell::Real(number) => *number,
        };
        let text = texts.first()?.clone();
        let is_length = size.is_finite() && size >= 0.0;
        is_length.then(|| Bar { name: visible(thing), size, text, is_rest: false })
    };
    let bars: Vec<Bar> = ranking.rows.iter().zip(&texts).take(THINGS_MAX).map(bar).collect::<Option<_>>()?;
    (!bars.is_empty()).then_some(Bars { bars })
}

/// A column for each length if there are few, and one for the longest hundredth; else classes that double.
fn columns(lengths: &Histogram, unit: &str) -> Option<Columns> {
    let (first, last, p99, median) =
        (lengths.min()?, lengths.max()?, lengths.quantile(99)?, lengths.quantile(50)?);
    let x =
        if unit.is_empty() { "length".to_owned() } else { format!("length, {}", visible(unit.as_bytes())) };
    let y = "how many".to_owned();
    let noted = format!("median {}", grouped(median));
    let end = if last - first < LENGTHS_MAX { last } else { p99 };
    if end - first < LENGTHS_MAX {
        let mut counts = vec![0_u64; (end - first) as usize + 1];
        let mut longer = 0_u64;
        for (length, count) in lengths.iter() {
            let slot = counts.get_mut((length - first) as usize).unwrap_or(&mut longer);
            *slot = slot.saturating_add(count);
        }
        let name = |(length, count): (u64, u64)| (grouped(length), grouped(length), count);
        let mut columns: Vec<_> = (first..=end).zip(counts).map(name).collect();
        if longer > 0 {
            columns.push((
                format!("{}+", grouped(end + 1)),
                format!("{}–{}", grouped(end + 1), grouped(last)),
                longer,
            ));
        }
        let mark = ((median - first) as f64 + 0.5, noted);
        return Some(Columns { columns, x, y, is_continuous: false, mark: Some(mark) });
    }
    let classes = lengths.doubling_classes();
    let place = classes.iter().position(|class| class.1 >= median)?;
    let (low, high, _) = classes[place];
    let share = if low == high { 0.5 } else { ((median as f64 / low as f64).log2()).clamp(0.0, 1.0) };
    let name = |&(first, last, count): &(u64, u64, u64)| {
        (grouped(first), format!("{}–{}", grouped(first), grouped(last)), count)
    };
    let mark = (place as f64 + share, noted);
    Some(Columns { columns: classes.iter().map(name).collect(), x, y, is_continuous: true, mark: Some(mark) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(bars: &Bars) -> Vec<String> {
        bars.bars.iter().map(|bar| format!("{} {}", bar.name, bar.text)).collect()
    }

    fn lengths(pairs: &[(u64, u64)]) -> Histogram {
        let mut histogram = Histogram::default();
        pairs.iter().for_each(|&(length, count)| histogram.add(length, count));
        histogram
    }

    fn drawn(histogram: &Histogram) -> Vec<(String, u64)> {
        let columns = columns(histogram, "words").expect("lengths");
        columns.columns.into_iter().map(|column| (column.0, column.2)).collect()
    }

    #[test]
    fn small_parts_are_one_bar() {
        let parts: Vec<(String, u64)> =
            (0..12).map(|place| (format!("script {place}"), 1 << place)).collect();
        let bars = shares(&parts).expect("parts");
        assert_eq!((bars.bars.len(), names(&bars)[0].as_str()), (9, "script 11 50.0 % (2,048)"));
        assert_eq!(names(&bars)[8], "4 others 0.4 % (15)");
        assert!(shares(&[("none".to_owned(), 0)]).is_none());
    }

    #[test]
    fn numbers_that_are_no_lengths_have_no_bars() {
        let ranking = |number| Ranking {
            columns: vec!["score"],
            thing: "word",
            is_of_time: false,
            rows: vec![(b"a".to_vec(), vec![Cell::Real(2.5)]), (b"b".to_vec(), vec![Cell::Real(number)])],
        };
        assert_eq!(
            ranks(&ranking(1.0)).map(|bars| names(&bars)),
            Some(vec!["a 2.500".to_owned(), "b 1.000".to_owned()])
        );
        assert!(ranks(&ranking(-1.0)).is_none() && ranks(&ranking(f64::NAN)).is_none());
        assert!(ranks(&Ranking { rows: vec![(b"a".to_vec(), Vec::new())], ..ranking(1.0) }).is_none());
    }

    #[test]
    fn few_lengths_have_a_column_each_and_the_rest_are_classes() {
        let named = |name: &str, count| (name.to_owned(), count);
        assert_eq!(drawn(&lengths(&[(2, 5), (4, 1)])), [named("2", 5), named("3", 0), named("4", 1)]);
        assert_eq!(
            drawn(&lengths(&[(1, 300), (2, 99), (400, 1)])),
            [named("1", 300), named("2", 99), named("3+", 1)]
        );
        assert_eq!(drawn(&lengths(&[(40, 5), (130, 5)])), [named("32", 5), named("64", 0), named("128", 5)]);
        assert!(columns(&Histogram::default(), "").is_none());
    }

    #[test]
    fn names_are_those_of_files() {
        assert_eq!(safe("dates-by month jalali"), "dates-by-month-jalali");
        assert_eq!(safe("../a<b>\u{202E}سا_C"), "a-b----_c");
    }
}
