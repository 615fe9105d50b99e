//! `stats`: says what a corpus holds, in one pass, for eyes and for programs.

mod compare;
mod dates;
pub mod dispersion;
mod flags;
mod gathered;
mod histogram;
pub mod keyness;
mod lists;
mod merge;
pub mod mojibake;
mod observe;
mod parameters;
mod plan;
mod quality;
pub mod report;
mod sections;
mod sequence;
mod stop_words;
mod sums;
mod survey;
pub mod vocabulary;
mod wc;
mod words;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Parser;
use textcore::error::system_message;
use textcore::input::FileIdentity;
use textcore::side::SideFile;
use textcore::{Answer, Engine, Error, Invalid, Shared, Tool};

use compare::Comparison;
use flags::{AreaFlags, CompareFlags, FormatFlags, SizeFlags, WordFlags};
use observe::{GroupBy, Groups, Observer, Setting};
use parameters::{Areas, Grouping};
use plan::{Files, Format, Plan};
use report::table::Look;
use stop_words::StopWords;
use wc::WcFlags;

pub use dates::{DateCounts, Dating, Month};
pub use histogram::Histogram;
pub use quality::QualityFlags;

/// The flags of `stats`, as typed.
#[derive(Debug, Parser)]
#[command(group = flags::of_reports(), group = flags::of_wc())]
pub struct Flags {
    #[command(flatten)]
    sizes: SizeFlags,

    #[command(flatten)]
    areas: AreaFlags,

    #[command(flatten)]
    counting: WordFlags,

    #[command(flatten)]
    formats: FormatFlags,

    #[command(flatten)]
    comparing: CompareFlags,

    #[command(flatten)]
    quality: QualityFlags,

    #[command(flatten)]
    wc: WcFlags,

    #[command(flatten)]
    shared: Shared,
}

impl Flags {
    /// What `--wc` counts.
    fn columns(&self) -> wc::Columns {
        wc::Columns {
            lines: self.sizes.lines,
            words: self.sizes.words,
            chars: self.sizes.chars,
            bytes: self.sizes.bytes,
            width: self.wc.max_line_length,
        }
    }

    /// Refuses flags without the one that they belong to. They require it by name; but what conflicts with that one is taken by
    /// the parser for a reason that it is missing.
    fn check_companions(&self) -> Result<(), Error> {
        let lonely = [
            ("--max-line-length", self.wc.max_line_length && !self.wc.wc, "--wc"),
            ("--zero", self.comparing.zero.is_some() && !self.comparing.compare, "--compare"),
            ("--min-count", self.comparing.min_count.is_some() && !self.comparing.compare, "--compare"),
            ("--removed", self.quality.removed.is_some() && !self.quality.filter, "--filter"),
            ("--id", self.quality.id.is_some() && !self.quality.quality, "--quality"),
        ];
        match lonely.into_iter().find(|(_, is_lonely, _)| *is_lonely) {
            Some((flag, _, companion)) => Err(Error::Usage(format!("{flag} goes with {companion}"))),
            None => Ok(()),
        }
    }

    fn format(&self) -> Format {
        match (self.formats.partial, self.formats.json, self.formats.tsv) {
            (true, ..) => Format::Partial,
            (_, true, _) => Format::Json,
            (.., true) => Format::Tsv,
            _ => {
                let is_terminal = std::io::stdout().is_terminal();
                let is_coloured = is_terminal && std::env::var_os("NO_COLOR").is_none();
                Format::Table(columns(is_terminal), Look { is_coloured, is_isolated: is_terminal })
            }
        }
    }

    fn plan(&self, engine: &mut Engine) -> Result<Plan, Error> {
        let mut side = |path: &Path| engine.side_file(path);
        let frequencies = self.formats.freq.as_deref().map(&mut side).transpose()?;
        let zipfr = match &self.formats.zipfr {
            None => None,
            Some(prefix) => {
                let mut file = |suffix: &str| {
                    let mut name = prefix.clone().into_os_string();
                    name.push(suffix);
                    side(Path::new(&name))
                };
                Some([file(".spc")?, file(".tfl")?, file(".vgc")?])
            }
        };
        let stop_words = match &self.counting.stop_words {
            None => None,
            Some(path) => {
                engine.refuse_as_output(path)?;
                let read = std::fs::read(path);
                Some(StopWords::listed(&read.map_err(|error| unreadable(path, &error))?))
            }
        };
        Ok(Plan {
            format: self.format(),
            top: self.counting.top(),
            stop_words,
            comparison: self.comparison()?,
            memory_bytes: engine.memory_bytes / 4,
            temporary_directory: engine.temporary_directory.clone(),
            files: Mutex::new(Files { frequencies, zipfr }),
            report: Mutex::default(),
        })
    }

    /// What is compared.
    fn comparison(&self) -> Result<Option<Comparison>, Error> {
        if !self.comparing.compare {
            return Ok(None);
        }
        let [a, b] = self.shared.operands() else {
            return Err(Error::Usage("--compare wants two operands: stats --compare A B".to_owned()));
        };
        Ok(Some(Comparison {
            names: [a, b].map(|name| name.to_string_lossy().into_owned()),
            zero: self.comparing.zero.unwrap_or_default(),
            min_count: self.comparing.min_count.unwrap_or(1),
            top: self.counting.top(),
        }))
    }

    fn observer(&self, engine: &mut Engine) -> Result<Observer, Error> {
        let areas = self.areas.areas(&self.sizes);
        if !self.comparing.compare {
            self.counting.check(areas)?;
        }
        let plan = self.plan(engine)?;
        let setting = Setting {
            reading: &engine.reading,
            threads: engine.threads,
            memory_bytes: engine.memory_bytes,
            temporary_directory: engine.temporary_directory.clone(),
        };
        let (unit, key_norm) = (self.counting.unit(), self.counting.key_norm.clone());
        if self.comparing.compare {
            let group_by = GroupBy { grouping: Grouping::Operand, field: None };
            return Ok(Observer::new(unit, Areas::default(), key_norm, group_by, None, setting, plan));
        }
        let group_by = self.counting.group_by(self.shared.has_json_records())?;
        Ok(Observer::new(unit, areas, key_norm, group_by, self.areas.dating()?, setting, plan))
    }

    /// Opens the page, and makes room for the charts, before anything is read: what cannot be written is known at once, and
    /// no input is written over.
    fn open_pages(&self, engine: &mut Engine) -> Result<Pages, Error> {
        let page = self.formats.html.as_deref().map(|path| engine.side_file(path)).transpose()?;
        if let Some(directory) = &self.formats.svg {
            let unusable = |error| unreadable(directory, &error);
            std::fs::create_dir_all(directory).map_err(unusable)?;
            for entry in std::fs::read_dir(directory).map_err(unusable)? {
                let path = entry.map_err(unusable)?.path();
                if path.extension().is_some_and(|extension| extension == "svg") {
                    engine.side_files.extend(FileIdentity::at(&path));
                }
            }
        }
        Ok(Pages { page, charts: self.formats.svg.clone() })
    }
}

/// Where the report is written to, beside the output.
struct Pages {
    page: Option<SideFile>,
    charts: Option<PathBuf>,
}

impl Pages {
    /// Writes the page and the charts.
    fn write(self, engine: &mut Engine, plan: &Plan) -> Result<(), Error> {
        let report = plan.report.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(report) = report else { return Ok(()) };
        if let Some(mut file) = self.page {
            file.write(report::html::write(&report).as_bytes())?;
            file.finish()?;
        }
        if let Some(directory) = &self.charts {
            for (name, chart) in report::svg::charts(&report) {
                let mut file = engine.side_file(&directory.join(name))?;
                file.write(chart.as_bytes())?;
                file.finish()?;
            }
        }
        Ok(())
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::Usage(format!("{}: {}", path.display(), system_message(error)))
}

/// How wide the table may be: as the terminal, or `COLUMNS`, else 80.
fn columns(is_terminal: bool) -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let wide = || {
        if is_terminal {
            terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0))
        } else {
            None
        }
    };
    said.or_else(wide).unwrap_or(80)
}

impl Tool for Flags {
    const NAME: &'static str = "stats";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Keep;

    fn follows() -> String {
        let codes: Vec<_> = language::Language::codes().collect();
        format!("Unicode {}; languages: {}", unicode::VERSION, codes.join(" "))
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn run(self, engine: &mut Engine) -> Result<Answer, Error> {
        self.check_companions()?;
        if self.wc.wc {
            return wc::run(engine, self.columns());
        }
        if self.quality.are_asked() {
            return quality::quality(engine, &self.quality, self.counting.unit(), self.areas.lang.as_deref());
        }
        let pages = self.open_pages(engine)?;
        if self.formats.merge {
            let merge = merge::Merge {
                plan: self.plan(engine)?,
                threads: engine.threads,
                memory_bytes: engine.memory_bytes,
                temporary_directory: engine.temporary_directory.clone(),
                groups: Groups::default(),
                counting: self.counting.clone(),
                has_lists: self.formats.freq.is_some() || self.formats.zipfr.is_some(),
            };
            let merge = Arc::new(merge);
            let answer = engine.fold(Arc::clone(&merge))?;
            pages.write(engine, &merge.plan)?;
            return Ok(answer);
        }
        let observer = Arc::new(self.observer(engine)?);
        let answer = engine.fold(Arc::clone(&observer))?;
        pages.write(engine, observer.plan())?;
        Ok(answer)
    }
}
