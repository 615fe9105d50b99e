//! `--svg`: charts, each a file that needs no other.

mod axis;
mod bars;
mod canvas;
mod chart;
mod columns;
mod line;
mod timeline;

use std::collections::BTreeSet;

use super::Report;

pub(super) use canvas::Frame;
pub(super) use chart::Chart;

/// The colours of charts, in the light and in the dark.
pub(super) const STYLE: &str = include_str!("chart.css");

/// Every chart of all text: the name of its file, and what belongs in it.
///
/// Lengths, shares, curves and rankings are drawn; dates by calendar. Names are `SECTION-ITEM.svg`, in ASCII.
pub fn charts(report: &Report) -> Vec<(String, String)> {
    let file = |chart: Chart| (format!("{}.svg", chart.name), chart.draw(Frame::FILE, Some(STYLE)) + "\n");
    drawn(report).into_iter().flatten().flatten().map(file).collect()
}

/// The charts of each item of each section of all text; no two have the same name.
pub(super) fn drawn(report: &Report) -> Vec<Vec<Vec<Chart>>> {
    let mut names = BTreeSet::new();
    let mut named = |mut chart: Chart| {
        let base = std::mem::take(&mut chart.name);
        let others = (2_u64..).map(|number| format!("{base}-{number}"));
        let name = std::iter::once(base.clone()).chain(others).find(|name| !names.contains(name));
        chart.name = name.unwrap_or(base);
        names.insert(chart.name.clone());
        chart
    };
    let mut sections = Vec::new();
    for section in &report.total {
        let items = section.items.iter().map(|item| chart::charts(section, item));
        sections.push(items.map(|charts| charts.into_iter().map(&mut named).collect()).collect());
    }
    sections
}
