//! The flags that every tool shares, as typed, and the checked plan they make.

mod encode;
mod page;
mod size;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

pub use encode::EncodeFlags;
pub use page::{Page, dress, man, options_markdown};
pub use size::{parse_positive_size, parse_size};

use crate::codec::Compression;
use crate::decode::EncodingChoice;
use crate::encode::Encoder;
use crate::error::Error;
use crate::frame::{Cut, FieldList, Selection};
use crate::intake::{IntakePlan, Oversize};
use crate::json::Pointer;
use crate::report::Progress;
use crate::sink::{Route, SinkPlan};
use crate::source::{SourcePlan, globs};
use crate::visit::{Invalid, Malformed, Reading};

/// The largest `--max-record`, in bytes: places inside a chunk are 32-bit.
pub const RECORD_BYTES_CEILING: usize = 1 << 30;

/// More workers than this only stand in each other's way.
const THREADS_MAX: usize = 256;

/// Every flag that all five tools take.
#[derive(Debug, Clone, Args)]
pub struct Shared {
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    records: RecordFlags,
    #[command(flatten)]
    output: OutputFlags,
    #[command(flatten)]
    work: WorkFlags,
    #[command(flatten)]
    report: ReportFlags,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Input")]
struct InputFlags {
    /// Files to read; none or - is standard input
    ///
    /// Compressed files (gzip, zstd, xz, bzip2) are recognised by their first bytes, whatever their name. A file
    /// that cannot be read is named on standard error, the others are processed, and the exit status is 2. Default:
    /// standard input. Example: normalize a.txt b.txt.gz -
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    files: Vec<OsString>,

    /// Walk folders, in byte order of paths
    ///
    /// Hidden files and symbolic links are left out unless asked for. Default: a folder is an error. Without any
    /// FILE the current folder is walked. Example: -r corpus --include '*.txt'
    #[arg(short, long)]
    recursive: bool,

    /// With -r: only files that match (repeatable)
    ///
    /// A pattern without a slash matches the file's name, one with a slash its path below the folder.
    /// Default: all files. Example: --include '*.txt'
    #[arg(long, value_name = "GLOB", hide_short_help = true)]
    include: Vec<String>,

    /// With -r: leave out files and folders that match (repeatable)
    ///
    /// Default: nothing is left out. Example: --exclude drafts
    #[arg(long, value_name = "GLOB", hide_short_help = true)]
    exclude: Vec<String>,

    /// With -r: hidden files and folders too
    ///
    /// Default: names that start with a dot are left out. Example: -r --hidden corpus
    #[arg(long, hide_short_help = true)]
    hidden: bool,

    /// With -r: follow symbolic links
    ///
    /// Default: links inside folders are left out; links that are typed are always followed.
    /// Example: -r --follow corpus
    #[arg(long, hide_short_help = true)]
    follow: bool,

    /// Read NUL-terminated file names from F; - is standard input
    ///
    /// As in GNU wc and sort; the names come after any FILE. Default: none.
    /// Example: find . -name '*.txt' -print0 | stats --files0-from=-
    #[arg(long, value_name = "F", value_hint = ValueHint::FilePath, hide_short_help = true)]
    files0_from: Option<PathBuf>,

    /// Encoding of input: a WHATWG label, or auto [utf-8]
    ///
    /// A BOM always decides, and is not part of the text. auto looks at up to the first 64 KiB of each file, and
    /// waits for them. Default: utf-8. Example: --encoding windows-1256
    #[arg(long, value_name = "LABEL", default_value = "utf-8", hide_default_value = true)]
    encoding: EncodingChoice,

    /// Ill-formed bytes: replace, fail, skip or keep
    ///
    /// replace: each maximal ill-formed part becomes U+FFFD (lossy). fail: the record is named as an error and
    /// left out, exit status 2. skip: the record is left out and counted (lossy). keep: the bytes stay as they
    /// are. One warning names the first place; --report counts all. Default: replace in normalize and tokenize,
    /// keep in dedupe, ngram and stats. Example: --invalid fail
    #[arg(long, value_name = "POLICY", value_enum, hide_possible_values = true)]
    invalid: Option<InvalidFlag>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum InvalidFlag {
    Replace,
    Fail,
    Skip,
    Keep,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Records")]
struct RecordFlags {
    /// Records end with NUL, not with a line end
    ///
    /// Default: a record is a line; LF or CR LF ends it. Example: find . -print0 | dedupe -z
    #[arg(short = 'z', long, overrides_with_all = ["paragraphs", "whole"])]
    null: bool,

    /// Records are paragraphs, with a blank line between
    ///
    /// A line of nothing but spaces, tabs and CR is blank. Default: a record is a line.
    /// Example: dedupe --paragraphs page.txt
    #[arg(long, overrides_with_all = ["null", "whole", "jsonl"])]
    paragraphs: bool,

    /// Each file is one record
    ///
    /// Its final line end is not part of the text. Default: a record is a line.
    /// Example: dedupe --whole -r pages
    #[arg(long, overrides_with_all = ["null", "paragraphs", "jsonl"])]
    whole: bool,

    /// Lines are JSON; work on the string in FIELD [text]
    ///
    /// FIELD is a name or a JSON pointer such as /meta/title; every other byte of the line passes untouched.
    /// The value follows an = sign. Default: lines are plain text; FIELD is text when it is not named.
    /// Example: normalize --jsonl=body docs.jsonl
    #[arg(long, value_name = "FIELD", num_args = 0..=1, require_equals = true, default_missing_value = "text",
          conflicts_with_all = ["field", "null"])]
    jsonl: Option<Pointer>,

    /// Work on these columns only, as in cut: 1,3-5,7-
    ///
    /// Every other column passes untouched. Default: the whole record. Example: dedupe -t , --field 2 table.csv
    #[arg(long, value_name = "LIST", hide_short_help = true)]
    field: Option<FieldList>,

    /// The character between columns [TAB]
    ///
    /// One ASCII character, or \t. Default: TAB. Example: -t ';' --field 2
    #[arg(short = 't', long, value_name = "CHAR", value_parser = parse_separator, hide_short_help = true,
          requires = "field")]
    field_separator: Option<u8>,

    /// What becomes of JSON lines that are not, or lack FIELD: fail, skip or pass
    ///
    /// fail: named as an error and left out, exit status 2. skip: left out and counted (lossy). pass: handed on
    /// untouched; tools that count leave them out. Default: fail. Example: --jsonl --malformed skip
    #[arg(
        long,
        value_name = "POLICY",
        value_enum,
        default_value = "fail",
        hide_default_value = true,
        hide_short_help = true
    )]
    malformed: MalformedFlag,

    /// The longest record
    ///
    /// At most 1G. Default: 64M. Example: --max-record 512M
    #[arg(long, value_name = "SIZE", value_parser = parse_size, default_value = "64M", hide_default_value = true, hide_short_help = true)]
    max_record: usize,

    /// What becomes of longer records: fail, skip or pass
    ///
    /// fail: named as an error and left out, exit status 2. skip: left out and counted (lossy). pass: handed on
    /// unread; tools that count leave them out. Default: fail. Example: --oversize pass
    #[arg(
        long,
        value_name = "POLICY",
        value_enum,
        default_value = "fail",
        hide_default_value = true,
        hide_short_help = true
    )]
    oversize: OversizeFlag,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MalformedFlag {
    Fail,
    Skip,
    Pass,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OversizeFlag {
    Fail,
    Skip,
    Pass,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
struct OutputFlags {
    /// Write to FILE, which appears whole or not at all
    ///
    /// Refused if FILE is also read. FILE.gz and FILE.zst are compressed. Default: standard output.
    /// Example: -o clean.txt.gz
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    /// Compress output: gz[:LEVEL] or zst[:LEVEL]
    ///
    /// Default: plain, or what the name of -o says. Example: --compress zst:10
    #[arg(long, value_name = "FORMAT", hide_short_help = true)]
    compress: Option<Compression>,
}

/// Flags of tools that can give each operand an output of its own.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct RouteFlags {
    /// One output for each input file, below DIR
    ///
    /// Names are mirrored: the path below the folder that -r walked, or the file's own name; the ending of a
    /// compressed input is dropped. Default: one output for all. Example: -r pages -d clean
    #[arg(short = 'd', long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["output", "in_place"])]
    out_dir: Option<PathBuf>,

    /// Replace each input file; keep it with SUFFIX added
    ///
    /// A file that would not change is not touched, nor is one that could not be read to its end or that holds a
    /// record which failed. SUFFIX follows an = sign. Default: files are not changed. Example: -i=.bak page.txt
    #[arg(short = 'i', long, value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "",
          conflicts_with = "output")]
    in_place: Option<OsString>,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Work")]
struct WorkFlags {
    /// Number of workers; 0: one per core [0]
    ///
    /// The output is the same for any N; 1 uses no threads at all, more than 256 are taken for 256. Default: 0.
    /// Example: -j1
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,

    /// Memory for what a tool remembers [1G]
    ///
    /// K, M, G and T are powers of 1024; what does not fit goes to -T. Default: 1G. Example: -S 8G
    #[arg(short = 'S', long, value_name = "SIZE", value_parser = parse_positive_size, default_value = "1G", hide_default_value = true)]
    memory: usize,

    /// Folder for temporary files
    ///
    /// They have no names and vanish with the process. Default: $TMPDIR, or /tmp. Example: -T /scratch
    #[arg(short = 'T', long, value_name = "DIR", value_hint = ValueHint::DirPath, hide_short_help = true)]
    temporary_directory: Option<PathBuf>,

    /// How much a worker gets at a time
    ///
    /// The output is the same for any SIZE. Default: 256K. Example: --chunk-size 1M
    #[arg(long, value_name = "SIZE", value_parser = parse_size, default_value = "256K", hide_default_value = true, hide_short_help = true)]
    chunk_size: usize,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Report")]
struct ReportFlags {
    /// Write what was done to FILE, as JSON
    ///
    /// Records and bytes read, written, changed and left out, by reason; errors by file. Default: none.
    /// Example: --report report.json
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    report: Option<PathBuf>,

    /// No warnings; errors are still named
    ///
    /// Default: warnings go to standard error. Example: -q
    #[arg(short, long, hide_short_help = true)]
    quiet: bool,

    /// Show progress even where standard error is no terminal
    ///
    /// Default: shown on a terminal, for runs of more than a second. Example: --progress 2>log
    #[arg(long, hide_short_help = true)]
    progress: bool,

    /// Print a man page or a completion script
    ///
    /// Default: none. Example: dedupe --generate complete-bash > dedupe.bash
    #[arg(long, value_name = "WHAT", value_enum, hide_short_help = true)]
    generate: Option<Generate>,
}

/// What `--generate` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Generate {
    /// The man page, in roff.
    Man,
    /// Completions for bash.
    CompleteBash,
    /// Completions for zsh.
    CompleteZsh,
    /// Completions for fish.
    CompleteFish,
    /// The options as they stand in the tool's README.
    Options,
}

/// One byte between columns: an ASCII character, `\t`, or `\0`.
fn parse_separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"\\t" => Ok(b'\t'),
        b"\\0" => Ok(0),
        [byte] if byte.is_ascii() && *byte != b'\n' => Ok(*byte),
        _ => Err("one ASCII character is wanted".to_owned()),
    }
}

/// The shared flags, checked: what a run needs but the tool itself.
pub struct SharedPlan {
    /// How operands become chunks.
    pub intake: IntakePlan,
    /// How chunks become records.
    pub reading: Reading,
    /// What encoding they are written in; `None` is UTF-8.
    pub encoder: Option<Encoder>,
    /// Where records go.
    pub sink: SinkPlan,
    /// How many workers.
    pub threads: usize,
    /// For what a tool remembers, in bytes.
    pub memory_bytes: usize,
    /// Where it spills.
    pub temporary_directory: PathBuf,
    /// Where the report goes.
    pub report: Option<PathBuf>,
    /// No warnings.
    pub quiet: bool,
    /// Whether progress is shown.
    pub progress: Progress,
}

impl Shared {
    /// What `--generate` asks for.
    pub fn generate(&self) -> Option<Generate> {
        self.report.generate
    }

    /// Whether `--report` is wanted.
    pub fn has_report(&self) -> bool {
        self.report.report.is_some()
    }

    /// Whether records are JSON lines, with a field selected.
    pub fn has_json_records(&self) -> bool {
        self.records.jsonl.is_some()
    }

    /// Whether a record may hold several lines.
    pub fn has_lines_in_records(&self) -> bool {
        let records = &self.records;
        records.null || records.paragraphs || records.whole || records.jsonl.is_some()
    }

    /// Whether each record is a document.
    pub fn has_documents_in_records(&self) -> bool {
        self.reading(Invalid::Keep).is_record_document()
    }

    /// The operands as typed, for modes that take them as something else than text.
    pub fn operands(&self) -> &[OsString] {
        &self.input.files
    }

    /// Checks everything that can be checked before anything is read or written. `invalid` is the tool's default.
    ///
    /// # Errors
    /// [`Error::Usage`].
    pub fn plan(
        &self,
        invalid: Invalid,
        routes: Option<&RouteFlags>,
        encode: Option<&EncodeFlags>,
    ) -> Result<SharedPlan, Error> {
        let records = &self.records;
        if records.max_record > RECORD_BYTES_CEILING {
            return Err(Error::Usage("--max-record is at most 1G".to_owned()));
        }
        if records.max_record == 0 || self.work.chunk_size == 0 {
            return Err(Error::Usage("--max-record and --chunk-size are at least 1".to_owned()));
        }
        if self.work.chunk_size > RECORD_BYTES_CEILING {
            return Err(Error::Usage("--chunk-size is at most 1G".to_owned()));
        }
        let threads = match self.work.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads.min(THREADS_MAX),
        };
        let reading = self.reading(invalid);
        let mut sink = self.sink(routes)?;
        let encoder = encode.map(|flags| flags.plan(&reading, &mut sink)).transpose()?.flatten();
        Ok(SharedPlan {
            intake: self.intake()?,
            reading,
            encoder,
            sink,
            threads,
            memory_bytes: self.work.memory,
            temporary_directory: self.work.temporary_directory.clone().unwrap_or_else(std::env::temp_dir),
            report: self.report.report.clone(),
            quiet: self.report.quiet,
            progress: if self.report.progress { Progress::Always } else { Progress::Auto },
        })
    }

    fn intake(&self) -> Result<IntakePlan, Error> {
        let input = &self.input;
        let sources = SourcePlan {
            operands: input.files.clone(),
            files0_from: input.files0_from.clone(),
            recursive: input.recursive,
            hidden: input.hidden,
            follow: input.follow,
            include: globs(&input.include).map_err(Error::Usage)?,
            exclude: globs(&input.exclude).map_err(Error::Usage)?,
        };
        Ok(IntakePlan {
            sources,
            cut: self.cut(),
            encoding: input.encoding,
            chunk_bytes: self.work.chunk_size,
            record_bytes_max: self.records.max_record,
            oversize: self.oversize(),
            threaded: false,
            fingerprints: false,
            judge: None,
            outputs: Vec::new(),
        })
    }

    fn cut(&self) -> Cut {
        let records = &self.records;
        match (records.null, records.paragraphs, records.whole) {
            (true, ..) => Cut::Null,
            (_, true, _) => Cut::Paragraphs,
            (.., true) => Cut::Whole,
            _ => Cut::Lines,
        }
    }

    fn oversize(&self) -> Oversize {
        match self.records.oversize {
            OversizeFlag::Fail => Oversize::Fail,
            OversizeFlag::Skip => Oversize::Skip,
            OversizeFlag::Pass => Oversize::Pass,
        }
    }

    fn reading(&self, invalid: Invalid) -> Reading {
        let records = &self.records;
        let selection = match (&records.jsonl, &records.field) {
            (Some(pointer), _) => Selection::Json(pointer.clone()),
            (None, Some(fields)) => Selection::Columns {
                separator: records.field_separator.unwrap_or(b'\t'),
                fields: fields.clone(),
            },
            (None, None) => Selection::All,
        };
        Reading {
            cut: self.cut(),
            selection,
            invalid: self.input.invalid.map_or(invalid, |flag| match flag {
                InvalidFlag::Replace => Invalid::Replace,
                InvalidFlag::Fail => Invalid::Fail,
                InvalidFlag::Skip => Invalid::Skip,
                InvalidFlag::Keep => Invalid::Keep,
            }),
            malformed: match records.malformed {
                MalformedFlag::Fail => Malformed::Fail,
                MalformedFlag::Skip => Malformed::Skip,
                MalformedFlag::Pass => Malformed::Pass,
            },
            oversize: self.oversize(),
            record_bytes_max: records.max_record,
        }
    }

    fn sink(&self, routes: Option<&RouteFlags>) -> Result<SinkPlan, Error> {
        let none = RouteFlags::default();
        let routes = routes.unwrap_or(&none);
        let route = match (&self.output.output, &routes.out_dir, &routes.in_place) {
            (_, Some(folder), _) => Route::Folder(folder.clone()),
            (_, _, Some(suffix)) => Route::InPlace { backup: (!suffix.is_empty()).then(|| suffix.clone()) },
            (Some(file), ..) if file.as_os_str() != "-" => Route::File(file.clone()),
            _ => Route::Standard,
        };
        let by_name = match &route {
            Route::File(path) => Compression::from_suffix(path),
            _ => None,
        };
        if matches!(route, Route::InPlace { .. }) && self.output.compress.is_some() {
            return Err(Error::Usage(
                "-i keeps each file's own compression; --compress goes with -o or -d".to_owned(),
            ));
        }
        if matches!(route, Route::InPlace { .. })
            && self.input.files.is_empty()
            && !self.input.recursive
            && self.input.files0_from.is_none()
        {
            return Err(Error::Usage("-i needs the name of a file".to_owned()));
        }
        Ok(SinkPlan { route, compression: self.output.compress.or(by_name), ..SinkPlan::default() })
    }
}
