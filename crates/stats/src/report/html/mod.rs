//! `--html`: a page that needs nothing else, for eyes, in the light, in the dark and on a telephone.

mod tables;

use super::markup::Markup;
use super::number::{grouped, percent, rounded};
use super::svg::{self, Chart, Frame};
use super::visible::visible;
use super::{Item, Report, Section, Value, Weight, alarms, are_examined};

const STYLE: &str = include_str!("page.css");

/// The whole page.
///
/// It loads nothing and runs nothing; text of the corpus is escaped, and what cannot be seen in it is written out. The same
/// report is the same page: it holds no date and no name but those in the report.
pub fn write(report: &Report) -> String {
    let mut markup = Markup::default();
    markup.raw("<!DOCTYPE html>").line().open("html", &[("lang", "en")]).line();
    push_head(&mut markup);
    markup.open("body", &[]).line();
    push_header(&mut markup, report);
    markup.open("main", &[]).line();
    push_alarms(&mut markup, &report.total);
    let charts = svg::drawn(report);
    for (section, charts) in report.total.iter().zip(&charts) {
        push_section(&mut markup, section, charts);
    }
    if !report.groups.is_empty() {
        markup.open("section", &[("class", "three")]).element("h2", &[], "groups").line();
        tables::push_groups(&mut markup, report);
        markup.close().line();
    }
    markup.close().line();
    let version = format!("stats {}, Unicode {}", env!("CARGO_PKG_VERSION"), unicode::VERSION);
    markup.open("footer", &[]).element("p", &[], &version).close().line();
    markup.finish() + "\n"
}

fn push_head(markup: &mut Markup) {
    markup.open("head", &[]).line().leaf("meta", &[("charset", "utf-8")]).line();
    markup.leaf("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]).line();
    // Nothing is fetched and nothing runs, whatever stands in the page.
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    markup.leaf("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]).line();
    markup.element("title", &[], "Corpus statistics").line();
    markup.open("style", &[]).line().raw(STYLE).raw(svg::STYLE).close().line().close().line();
}

fn push_header(markup: &mut Markup, report: &Report) {
    markup.open("header", &[]).element("h1", &[], "Corpus statistics").line();
    let parameters = report.parameters.iter();
    let parameters: Vec<String> = parameters
        .map(|(name, value)| format!("{}: {}", name.replace('_', " "), visible(value.as_bytes())))
        .collect();
    markup.element("p", &[("class", "quiet")], &parameters.join(" · ")).close().line();
}

/// What is wrong, or that nothing seems to be, if it was looked for.
fn push_alarms(markup: &mut Markup, sections: &[Section]) {
    let alarming: Vec<&Item> = alarms(sections).collect();
    if alarming.is_empty() {
        if are_examined(sections) {
            markup.element("p", &[("class", "three well")], "Nothing looks wrong.").line();
        }
        return;
    }
    markup
        .open("section", &[("class", "three wrong")])
        .element("h2", &[], "what is wrong")
        .open("ul", &[])
        .line();
    for item in alarming {
        markup.open("li", &[]).element("b", &[], &visible(item.label.as_bytes()));
        if let Some(said) = said(&item.value) {
            markup.text(": ").element("bdi", &[], &said);
        }
        if !item.note.is_empty() {
            markup.text(", ").element("bdi", &[], &visible(item.note.as_bytes()));
        }
        markup.close().line();
    }
    markup.close().close().line();
}

/// A value in a few words; `None` if it takes a table or a chart.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::Count(count) => Some(grouped(*count)),
        Value::Share { count: 0, .. } => Some("0".to_owned()),
        Value::Share { count, of } => Some(format!("{} ({})", grouped(*count), percent(*count, *of))),
        Value::Real(number) => Some(rounded(*number)),
        Value::Text(text) => Some(visible(text.as_bytes())),
        Value::Shares(_) | Value::Lengths(_) | Value::Ranking(_) | Value::Curve(_) => None,
    }
}

fn push_section(markup: &mut Markup, section: &Section, charts: &[Vec<Chart>]) {
    let shown = |item: &&Item| item.weight != Weight::Hidden;
    if !section.items.iter().any(|item| shown(&item)) {
        return;
    }
    let is_size = section.is_top();
    let is_fact =
        |item: &&Item| said(&item.value).is_some() && !(is_size && matches!(item.value, Value::Count(_)));
    let items: Vec<&Item> = section.items.iter().filter(shown).collect();
    let facts: Vec<&Item> = items.iter().copied().filter(is_fact).collect();
    let class = if is_size { "three" } else { breadth(&items, &facts, charts) };
    markup.open("section", &[("class", class)]);
    if is_size {
        push_tiles(markup, section);
    } else {
        markup.element("h2", &[], section.title).line();
    }
    markup.open("div", &[("class", "cards")]).line();
    tables::push_facts(markup, &facts);
    tables::push_lengths(markup, &items);
    for (item, charts) in section.items.iter().zip(charts).filter(|(item, _)| shown(item)) {
        push_charts(markup, item, charts);
        if let Value::Ranking(ranking) = &item.value {
            tables::push_ranking(markup, item, ranking);
        }
    }
    markup.close().close().line();
}

/// How many cards stand side by side in a section, as a class.
fn breadth(items: &[&Item], facts: &[&Item], charts: &[Vec<Chart>]) -> &'static str {
    let is_table = |item: &&&Item| matches!(item.value, Value::Lengths(_) | Value::Ranking(_));
    let drawn: usize = charts.iter().map(Vec::len).sum();
    match usize::from(!facts.is_empty()) + drawn + 2 * items.iter().filter(is_table).count() {
        0 | 1 => "one",
        2 => "two",
        _ => "three",
    }
}

/// The sizes, large.
fn push_tiles(markup: &mut Markup, section: &Section) {
    markup.open("div", &[("class", "tiles")]).line();
    for item in section.items.iter().filter(|item| item.weight != Weight::Hidden) {
        if let Value::Count(count) = item.value {
            let name = visible(item.label.as_bytes());
            let note = visible(item.note.as_bytes());
            let name = if note.is_empty() { name } else { format!("{name}, {note}") };
            markup.open("div", &[("class", "tile")]).element("b", &[], &grouped(count));
            markup.element("span", &[], &name).close().line();
        }
    }
    markup.close().line();
}

fn push_charts(markup: &mut Markup, item: &Item, charts: &[Chart]) {
    for chart in charts {
        let note = visible(item.note.as_bytes());
        let label = &chart.label;
        let title = if note.is_empty() { label.clone() } else { format!("{label} ({note})") };
        markup.open("figure", &[("class", "card")]).element("h3", &[], &title).line();
        markup.raw(&chart.draw(Frame::PAGE, None)).close().line();
    }
}

#[cfg(test)]
mod tests {
    use super::super::markup::read_back;
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_page_says_everything_and_runs_nothing() {
        let page = write(&sample::grouped());
        let text = read_back(&page);
        for part in [
            "unit: word · key norm: lower,fa",
            "what is wrong",
            "1,204,381",
            "<script>alert(1)</script>",
            "می\u{200C}خواهم",
            "\\u{202E}evil\\u{1B}[31m",
            "nul\\u{0}",
            "corpus/fa/خبر روز.txt",
            "jalali",
            "Unicode 18.0.0",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("private use"));
        assert_eq!(page, write(&sample::grouped()));
        for forbidden in ["<script", "http://", "https://", "<link", "<img", "url(", "@import"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn nothing_to_say_is_a_page_too() {
        assert!(read_back(&write(&Report::default())).contains("Corpus statistics"));
        let mut sound = sample::report();
        sound.total.retain(|section| section.key == "health");
        sound.total[0].items.retain(|item| item.weight == Weight::Plain);
        assert!(read_back(&write(&sound)).contains("Nothing looks wrong."));
    }

    /// Writes the sample's page and charts for looking, where REPORT_DIRECTORY says.
    #[test]
    #[ignore = "writes files for people to look at"]
    fn look() {
        let Some(directory) = std::env::var_os("REPORT_DIRECTORY").map(std::path::PathBuf::from) else {
            return;
        };
        std::fs::write(directory.join("page.html"), write(&sample::grouped())).expect("written");
        for (name, chart) in svg::charts(&sample::report()) {
            std::fs::write(directory.join(name), chart).expect("written");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_report_is_a_page(report in sample::any_report()) {
            read_back(&write(&report));
            let mut names = std::collections::BTreeSet::new();
            for (name, chart) in svg::charts(&report) {
                read_back(&chart);
                prop_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{}", name);
                prop_assert!(!name.starts_with(['-', '.']) && names.insert(name));
                prop_assert!(!chart.contains("NaN") && !chart.contains("\"inf"), "{}", chart);
            }
        }
    }
}
