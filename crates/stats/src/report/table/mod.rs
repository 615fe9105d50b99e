//! The report for people: lines that fit a terminal, what is wrong first.

mod bars;
mod facts;
mod groups;
mod lengths;
mod line;
mod ranking;

use super::{Item, Report, Section, Value, Weight, alarms, are_examined};
use line::{Line, Tone};

pub use line::Look;

/// The narrowest terminal that lines are made for.
const WIDTH_MIN: usize = 40;

/// The whole table, for a terminal of so many columns.
pub fn write(report: &Report, width: usize, look: Look) -> String {
    let width = width.max(WIDTH_MIN);
    let mut lines = alarm_lines(&report.total, width);
    if !report.groups.is_empty() {
        lines.push(title("groups", ""));
        lines.extend(groups::lines(report, width));
    }
    let is_said = report.are_groups_enough && !report.groups.is_empty();
    let total = if is_said { &[][..] } else { &report.total };
    let lengths = total.iter().flat_map(shown).filter(|item| matches!(item.value, Value::Lengths(_)));
    let is_lone = lengths.count() == 1;
    for section in total {
        lines.extend(section_lines(section, width, is_lone));
    }
    let mut out = String::new();
    lines.iter().for_each(|line| line.write(width, look, &mut out));
    out
}

fn title(text: &str, remark: &str) -> Line {
    let mut line = Line::default();
    line.push(Tone::Title, text).push(Tone::Quiet, remark);
    line
}

/// What is wrong, or that nothing seems to be, if it was looked for.
fn alarm_lines(sections: &[Section], width: usize) -> Vec<Line> {
    let alarming: Vec<&Item> = alarms(sections).collect();
    let mut lines = facts::lines(&alarming, width, true);
    if lines.is_empty() {
        return if are_examined(sections) { vec![title("nothing looks wrong", "")] } else { Vec::new() };
    }
    lines.insert(0, title("what is wrong", ""));
    lines
}

/// The items of a section that people are shown where they stand: alarms that fit into a line stand above all sections.
fn shown(section: &Section) -> impl Iterator<Item = &Item> {
    let is_table = |item: &Item| matches!(item.value, Value::Lengths(_) | Value::Ranking(_));
    section.items.iter().filter(move |item| match item.weight {
        Weight::Plain => true,
        Weight::Alarm => is_table(item),
        Weight::Hidden => false,
    })
}

/// A section, in runs of items that are laid out alike.
fn section_lines(section: &Section, width: usize, is_lone: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut run: Vec<&Item> = Vec::new();
    for item in shown(section) {
        if run.last().is_some_and(|last| kind(last) != kind(item) || kind(item) == Kind::Ranking) {
            lines.extend(run_lines(&run, width, is_lone));
            run.clear();
        }
        run.push(item);
    }
    lines.extend(run_lines(&run, width, is_lone));
    if !lines.is_empty() {
        lines.insert(0, title(section.title, ""));
    }
    lines
}

#[derive(PartialEq)]
enum Kind {
    Fact,
    Lengths,
    Ranking,
}

fn kind(item: &Item) -> Kind {
    match item.value {
        Value::Lengths(_) => Kind::Lengths,
        Value::Ranking(_) => Kind::Ranking,
        _ => Kind::Fact,
    }
}

fn run_lines(run: &[&Item], width: usize, is_lone: bool) -> Vec<Line> {
    let Some(first) = run.first() else { return Vec::new() };
    match &first.value {
        Value::Ranking(ranking) => ranking::lines(&first.label, ranking, width),
        Value::Lengths(histogram) => {
            let pairs = run.iter().filter_map(|item| match &item.value {
                Value::Lengths(histogram) => Some((*item, histogram)),
                _ => None,
            });
            let mut lines = lengths::lines(&pairs.collect::<Vec<_>>(), width);
            if is_lone {
                lines.extend(lengths::bars(histogram, width));
            }
            lines
        }
        _ => facts::lines(run, width, false),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;
    use unicode::width::columns;

    fn written(report: &Report, width: usize) -> String {
        write(report, width, Look::default())
    }

    /// What a terminal of 80 columns shows; REPORT_WRITE=1 writes the file anew, for looking at what changed.
    #[test]
    fn the_sample_reads_as_it_did() {
        sample::golden("table.txt", written(&sample::grouped(), 80).as_bytes());
    }

    #[test]
    fn lines_fit() {
        for width in [40, 55, 80, 100, 200] {
            for report in [sample::report(), sample::grouped()] {
                for line in written(&report, width).lines() {
                    assert!(columns(line.as_bytes()) <= width, "{width}: {line}");
                    assert!(!line.ends_with(' '), "{line:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_comes_first() {
        let table = written(&sample::report(), 80);
        assert!(table.starts_with("what is wrong\n! ill-formed bytes "), "{table}");
        assert_eq!(table.matches("ill-formed bytes").count(), 1);
        let mut sound = sample::report();
        let items = sound.total.iter_mut().flat_map(|section| &mut section.items);
        items.for_each(|item| item.weight = Weight::Plain);
        assert!(written(&sound, 80).starts_with("nothing looks wrong\nsize\n"));
        sound.total.retain(|section| section.key == "size");
        assert!(written(&sound, 80).starts_with("size\n"), "what was not looked for is not said");
    }

    #[test]
    fn hidden_items_and_empty_sections_are_not_shown() {
        assert_eq!(written(&Report::default(), 80), "");
        assert!(!written(&sample::report(), 80).contains("private use"));
        let total = vec![Section::new("size", "size")];
        assert_eq!(written(&Report { total, ..Report::default() }, 80), "");
    }

    #[test]
    fn a_lone_distribution_has_bars() {
        let mut report = sample::report();
        report.total.retain(|section| section.key == "lengths");
        report.total[0].items.truncate(1);
        let table = written(&report, 80);
        assert!(table.contains("\n      128–255  34,537  ██"), "{table}");
        assert!(table.lines().any(|line| line.ends_with('█')));
    }

    proptest! {
        #[test]
        fn any_report_is_lines(report in sample::any_report(), width in 0usize..120) {
            let look = Look { is_coloured: false, is_isolated: true };
            for line in write(&report, width, look).lines() {
                prop_assert!(columns(line.as_bytes()) <= width.max(WIDTH_MIN), "{}", line);
                prop_assert!(!line.chars().any(char::is_control), "{:?}", line);
            }
        }
    }
}
