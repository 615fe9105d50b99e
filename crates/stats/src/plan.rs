//! What becomes of what was gathered: a partial result, or a report in one of its forms and the files beside it.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use textcore::side::SideFile;
use textcore::{Answer, Error, Output};

use crate::compare::{Comparison, Typical};
use crate::gathered::Gathered;
use crate::lists::{FrequencyFile, ZipfrFiles};
use crate::parameters::Areas;
use crate::report::table::Look;
use crate::report::{self, Report};
use crate::sections;
use crate::stop_words::StopWords;
use crate::sums::sum;
use crate::survey::{Listener, Survey, Surveys};

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, so many columns wide.
    Table(usize, Look),
    /// `key<TAB>value` lines.
    Tsv,
    /// One JSON object.
    Json,
    /// Sums, to be merged.
    Partial,
}

/// What becomes of what was gathered.
pub struct Plan {
    /// How the report is written.
    pub format: Format,
    /// How many words are listed.
    pub top: usize,
    /// Those that say little; `None`: of the languages of the documents.
    pub stop_words: Option<StopWords>,
    /// Two texts are compared.
    pub comparison: Option<Comparison>,
    /// For sorting lists, in bytes.
    pub memory_bytes: usize,
    /// Where they spill.
    pub temporary_directory: PathBuf,
    /// The files beside the output; taken when they are written.
    pub files: Mutex<Files>,
    /// The report, for those who write it elsewhere too.
    pub report: Mutex<Option<Report>>,
}

/// Files beside the output that list all words.
#[derive(Debug, Default)]
pub struct Files {
    /// `--freq`.
    pub frequencies: Option<SideFile>,
    /// `--zipfr`: spectrum, types, growth.
    pub zipfr: Option<[SideFile; 3]>,
}

impl Plan {
    /// Writes what is asked for.
    ///
    /// # Errors
    /// When temporary storage or an output fails.
    pub fn write(&self, gathered: Gathered, out: &mut dyn Output) -> Result<Answer, Error> {
        if self.format == Format::Partial {
            gathered.write(out)?;
            return Ok(Answer::Yes);
        }
        let report = self.report(gathered)?;
        let text = match self.format {
            Format::Table(width, look) => report::table::write(&report, width, look).into_bytes(),
            Format::Tsv => report::tsv::write(&report),
            Format::Json | Format::Partial => report::json::write(&report),
        };
        out.put(&text)?;
        *self.report.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
        Ok(Answer::Yes)
    }

    fn report(&self, gathered: Gathered) -> Result<Report, Error> {
        let Files { frequencies, zipfr } =
            std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        let words = sum(gathered.sums.values().map(|sums| sums.words));
        let areas = gathered.parameters.areas;
        let room = (self.memory_bytes, self.temporary_directory.as_path());
        let mut frequencies = frequencies.map(|file| FrequencyFile::new(file, words, areas, room));
        let mut zipfr = zipfr.map(|files| ZipfrFiles::new(files, room));
        let mut typical = self.comparison.clone().map(|comparison| Typical::new(comparison, &gathered));
        let mut listeners: Vec<&mut dyn Listener> = Vec::new();
        listeners.extend(frequencies.as_mut().map(|it| it as &mut dyn Listener));
        listeners.extend(zipfr.as_mut().map(|it| it as &mut dyn Listener));
        listeners.extend(typical.as_mut().map(|it| it as &mut dyn Listener));
        let surveys = Surveys::of(gathered, self.top, self.stop_words.clone(), &mut listeners)?;
        frequencies.map_or(Ok(()), FrequencyFile::finish)?;
        zipfr.map_or(Ok(()), |files| files.finish(&surveys.total.spectrum))?;
        let parameters = surveys.parameters.named();
        if let Some(typical) = typical {
            return Ok(typical.report(&surveys, parameters));
        }
        let Surveys { parameters: counted_by, total, groups } = surveys;
        // What is known of a group goes when it has been said.
        let say = |(name, survey): (Vec<u8>, Survey)| {
            (String::from_utf8_lossy(&name).into_owned(), sections::all(&survey, &counted_by))
        };
        let groups = groups.into_iter().map(say).collect();
        let mut said = sections::all(&total, &counted_by);
        if let Some(size) = said.first_mut().filter(|_| areas.sizes.is_none()) {
            sections::size::add_missed(size, &total.sums);
        }
        let are_groups_enough = areas == Areas::GLANCE;
        Ok(Report { parameters, total: said, groups, are_groups_enough })
    }
}
