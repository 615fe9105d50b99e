//! The tables of the page.

use super::said;
use crate::report::markup::Markup;
use crate::report::ranks::{LENGTHS, column_label, length_numbers, numbers};
use crate::report::visible::visible;
use crate::report::{Item, Ranking, Report, Section, Value, Weight, alarms, top_items};

/// Opens the box of a table, which scrolls where it is larger than its place, by keyboard too.
fn open_box(markup: &mut Markup, name: &str) {
    markup.open("div", &[("class", "box"), ("tabindex", "0"), ("role", "region"), ("aria-label", name)]);
    markup.open("table", &[]);
}

/// Names and values.
pub fn push_facts(markup: &mut Markup, items: &[&Item]) {
    if items.is_empty() {
        return;
    }
    markup.open("div", &[("class", "card")]).open("table", &[("class", "facts")]).open("tbody", &[]).line();
    for item in items {
        let is_alarm = item.weight == Weight::Alarm;
        markup.open("tr", if is_alarm { &[("class", "alarm")] } else { &[] });
        let name = visible(item.label.as_bytes());
        markup.element("th", &[("scope", "row")], &if is_alarm { format!("! {name}") } else { name });
        let class = if matches!(item.value, Value::Text(_)) { "text" } else { "number" };
        markup.open("td", &[("class", class), ("dir", "auto")]).text(&said(&item.value).unwrap_or_default());
        if !item.note.is_empty() {
            markup.element("small", &[("dir", "auto")], &visible(item.note.as_bytes()));
        }
        markup.close().close().line();
    }
    markup.close().close().close().line();
}

/// What describes distributions, a row for each.
pub fn push_lengths(markup: &mut Markup, items: &[&Item]) {
    let lengths = |item: &&&Item| matches!(item.value, Value::Lengths(_));
    if !items.iter().any(|item| lengths(&item)) {
        return;
    }
    markup.open("div", &[("class", "card wide")]);
    open_box(markup, "lengths");
    markup.open("thead", &[]).open("tr", &[]).element("th", &[("scope", "col")], "length of");
    for name in LENGTHS {
        markup.element("th", &[("scope", "col"), ("class", "number")], name);
    }
    markup.close().close().line().open("tbody", &[]).line();
    for item in items {
        let Value::Lengths(histogram) = &item.value else { continue };
        let numbers = length_numbers(histogram);
        let name = visible(item.label.as_bytes());
        let note = visible(item.note.as_bytes());
        let name = if note.is_empty() { name } else { format!("{name}, in {note}") };
        markup.open("tr", &[]).element("th", &[("scope", "row")], &name);
        numbers.iter().for_each(|number| push_number(markup, number));
        markup.close().line();
    }
    markup.close().close().close().close().line();
}

/// Things in the order of their rank.
pub fn push_ranking(markup: &mut Markup, item: &Item, ranking: &Ranking) {
    let label = visible(item.label.as_bytes());
    let class = if ranking.columns.len() > 2 { "card broad" } else { "card" };
    markup.open("div", &[("class", class)]).element("h3", &[], &label);
    open_box(markup, &label);
    markup.open("thead", &[]).open("tr", &[]);
    markup.element("th", &[("scope", "col"), ("class", "word")], ranking.thing);
    for column in &ranking.columns {
        markup.element("th", &[("scope", "col"), ("class", "number")], &column_label(column));
    }
    markup.close().close().line().open("tbody", &[]).line();
    for ((thing, _), numbers) in ranking.rows.iter().zip(numbers(ranking)) {
        markup.open("tr", &[]).element("td", &[("class", "word"), ("dir", "auto")], &visible(thing));
        numbers.iter().for_each(|number| push_number(markup, number));
        markup.close().line();
    }
    markup.close().close().close().close().line();
}

/// A row for each group and one for all text: the sizes, and how much is wrong.
pub fn push_groups(markup: &mut Markup, report: &Report) {
    let sizes = top_items(&report.total);
    let is_shown = |item: &&Item| matches!(item.value, Value::Count(_)) && item.weight != Weight::Hidden;
    let columns: Vec<&Item> = sizes.filter(is_shown).collect();
    markup.open("div", &[("class", "card")]);
    open_box(markup, "groups");
    markup.open("thead", &[]).open("tr", &[]).element("th", &[("scope", "col"), ("class", "word")], "group");
    for column in &columns {
        let label = visible(column.label.as_bytes());
        markup.element("th", &[("scope", "col"), ("class", "number")], &label);
    }
    markup.element("th", &[("scope", "col"), ("class", "number")], "wrong");
    markup.close().close().line().open("tbody", &[]).line();
    for (name, sections) in &report.groups {
        push_group(markup, &visible(name.as_bytes()), sections, &columns, &[]);
    }
    push_group(markup, "total", &report.total, &columns, &[("class", "total")]);
    markup.close().close().close().close().line();
}

fn push_group(
    markup: &mut Markup,
    name: &str,
    sections: &[Section],
    columns: &[&Item],
    attributes: &[(&str, &str)],
) {
    markup.open("tr", attributes).element("td", &[("class", "word"), ("dir", "auto")], name);
    for column in columns {
        let count =
            top_items(sections).find(|item| item.key == column.key).and_then(|item| said(&item.value));
        push_number(markup, &count.unwrap_or_default());
    }
    let names: Vec<String> = alarms(sections).map(|item| visible(item.label.as_bytes())).collect();
    if names.is_empty() {
        push_number(markup, "");
    } else {
        markup.open("td", &[("class", "number alarm"), ("title", &names.join(", "))]);
        markup.element("b", &[], &format!("! {}", names.len())).close();
    }
    markup.close().line();
}

fn push_number(markup: &mut Markup, number: &str) {
    markup.element("td", &[("class", "number")], number);
}
