//! The whole way from files to a file: chunk sizes, compression and the fast path leave no trace in what comes out.

#![no_main]

use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use textcore::codec::{Codec, Compression, CompressionFormat, Compressor};
use textcore::decode::{Bom, Encoding, EncodingChoice, bom};
use textcore::frame::{Cut, Selection};
use textcore::intake::{IntakePlan, Oversize};
use textcore::report::{Ledger, Progress};
use textcore::sink::{Route, SinkPlan};
use textcore::source::SourcePlan;
use textcore::temporary::Cleanup;
use textcore::visit::{Malformed, Reading};
use textcore::{Engine, Invalid, Map, Record, Verdict};

const CUTS: [Cut; 4] = [Cut::Lines, Cut::Null, Cut::Paragraphs, Cut::Whole];
const INVALIDS: [Invalid; 3] = [Invalid::Replace, Invalid::Skip, Invalid::Keep];
const LABELS: [&str; 6] = ["utf-16le", "utf-32be", "shift_jis", "iso-2022-jp", "gb18030", "windows-1256"];

/// Longer than any input here: no record is too long for it.
const ANY_LENGTH: usize = 1 << 20;

static FOLDER: LazyLock<TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("a folder for temporary files"));

fuzz_target!(|input: (u16, u8, u8, &[u8])| {
    let (choice, encoding, small, bytes) = input;
    if Codec::sniff(bytes, true) != Some(Codec::Plain) {
        return;
    }
    // Two operands: what a first one lacks at its end is supplied.
    let (first, second) = bytes.split_at(bytes.len() * usize::from(small) / 256);
    if Codec::sniff(second, true) != Some(Codec::Plain) {
        return;
    }
    let case = Case::new(choice, encoding, [first, second]);
    let small = 1 + usize::from(small) % 64;
    let large = case.run(Tool::Quick, 1 << 16, None);
    assert_eq!(case.run(Tool::Quick, small, None), large, "in small chunks: {case:?}");
    let slow = case.run(Tool::Slow, 1 << 16, None);
    assert_eq!(slow.written, large.written, "by the slow path: {case:?}");
    assert_eq!(case.run(Tool::Slow, small, None), slow, "slow and in small chunks: {case:?}");
    let format = if choice & 1 == 0 { CompressionFormat::Gzip } else { CompressionFormat::Zstd };
    assert_eq!(case.run(Tool::Slow, small, Some(format)), slow, "compressed: {case:?}");
    let mapped = case.run(Tool::Change, 1 << 16, None);
    assert_eq!(case.run(Tool::Change, small, None), mapped, "changed in small chunks: {case:?}");
    case.records_stand_where_they_say(&slow);
    case.nothing_is_lost(&slow);
});

#[derive(Debug)]
struct Case<'a> {
    operands: [&'a [u8]; 2],
    encoding: EncodingChoice,
    reading: Reading,
}

/// What a run leaves behind.
#[derive(Debug, PartialEq)]
struct Trace {
    written: Vec<u8>,
    /// Operand, number, offset, text and end of each record that the tool saw.
    records: Vec<(u64, u64, u64, Vec<u8>, Vec<u8>)>,
    counts: String,
}

impl<'a> Case<'a> {
    fn new(choice: u16, encoding: u8, operands: [&'a [u8]; 2]) -> Self {
        let bit = |place: u16| choice >> place & 1 == 1;
        let selection = match choice >> 4 & 3 {
            0 => Selection::Json("text".parse().expect("a name")),
            1 => Selection::Columns { separator: b',', fields: "2,4-".parse().expect("a list") },
            _ => Selection::All,
        };
        let encoding = match usize::from(encoding) % 16 {
            at @ 0..6 => LABELS[at].parse().expect("a label"),
            6 => EncodingChoice::Auto,
            _ => EncodingChoice::Utf8,
        };
        let reading = Reading {
            cut: CUTS[usize::from(choice >> 2 & 3)],
            selection,
            invalid: INVALIDS[usize::from(choice >> 6) % INVALIDS.len()],
            malformed: if bit(8) { Malformed::Skip } else { Malformed::Pass },
            oversize: if bit(9) { Oversize::Skip } else { Oversize::Pass },
            record_bytes_max: if bit(10) { 1 + usize::from(choice >> 11) } else { ANY_LENGTH },
        };
        Case { operands, encoding, reading }
    }

    fn run(&self, tool: Tool, chunk_bytes: usize, compression: Option<CompressionFormat>) -> Trace {
        let folder = FOLDER.path();
        let paths = ["first", "second"].map(|name| folder.join(name));
        for (path, bytes) in paths.iter().zip(self.operands) {
            write(path, bytes, compression);
        }
        let output = folder.join("output");
        let mut engine = self.engine(&paths.map(Into::into), &output, chunk_bytes);
        let records = Arc::default();
        engine.map(Spy { tool, records: Arc::clone(&records) }).expect("nothing here ends a run");
        assert!(!engine.ledger.has_trouble());
        Trace {
            written: std::fs::read(&output).expect("the output has appeared"),
            records: std::mem::take(&mut records.lock().expect("no tool panicked")),
            counts: format!("{:?}", engine.ledger.counts),
        }
    }

    fn engine(&self, operands: &[std::ffi::OsString], output: &Path, chunk_bytes: usize) -> Engine {
        let sources = SourcePlan { operands: operands.to_vec(), ..SourcePlan::default() };
        Engine {
            intake: IntakePlan {
                sources,
                cut: self.reading.cut,
                encoding: self.encoding,
                chunk_bytes,
                record_bytes_max: self.reading.record_bytes_max,
                oversize: self.reading.oversize,
                threaded: false,
                fingerprints: false,
                judge: None,
                outputs: Vec::new(),
            },
            reading: self.reading.clone(),
            encoder: None,
            sink: SinkPlan { route: Route::File(output.to_owned()), ..SinkPlan::default() },
            threads: 1,
            in_flight_bytes_max: 1 << 20,
            memory_bytes: 1 << 20,
            temporary_directory: FOLDER.path().to_owned(),
            cleanup: Arc::new(Cleanup::default()),
            side_files: Vec::new(),
            output_names: Vec::new(),
            ledger: Ledger::new("fuzz", true, Progress::Auto, ""),
        }
    }

    fn is_plain_utf8(&self) -> bool {
        self.encoding == EncodingChoice::Utf8
            && self
                .operands
                .iter()
                .all(|bytes| matches!(bom(bytes, true), Bom::None | Bom::Found(Encoding::Utf8, _)))
    }

    fn records_stand_where_they_say(&self, trace: &Trace) {
        if !self.is_plain_utf8() || !matches!(self.reading.selection, Selection::All) {
            return;
        }
        let mut last = (0, 0);
        for (operand, number, offset, text, end) in &trace.records {
            assert!((*operand, *number) > last, "numbers rise");
            last = (*operand, *number);
            let there = &self.operands[*operand as usize][*offset as usize..];
            let is_kept = self.reading.invalid == Invalid::Keep
                || std::str::from_utf8(text).is_ok_and(|text| !text.contains('\u{FFFD}'));
            if is_kept {
                assert!(
                    there.starts_with(&[&text[..], end].concat()),
                    "record {number} at {offset}: {self:?}"
                );
            }
        }
    }

    fn nothing_is_lost(&self, trace: &Trace) {
        let reading = &self.reading;
        let is_kept = reading.invalid == Invalid::Keep
            && reading.malformed == Malformed::Pass
            && (reading.oversize == Oversize::Pass || reading.record_bytes_max == ANY_LENGTH);
        if !is_kept || !self.is_plain_utf8() {
            return;
        }
        let [first, second] =
            self.operands.map(|bytes| bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes));
        assert!(
            trace.written.starts_with(first) && trace.written.ends_with(second),
            "{self:?} gave {trace:?}"
        );
        let supplied = trace.written.len() - first.len() - second.len();
        let most = if second.is_empty() { 0 } else { reading.cut.missing_end(b"").len() };
        assert!(supplied <= most, "{supplied} bytes too many: {self:?}");
    }
}

fn write(path: &Path, bytes: &[u8], compression: Option<CompressionFormat>) {
    let bytes = match compression {
        None => bytes.to_vec(),
        Some(format) => {
            let compression = Compression { format, level: Some(1) };
            let mut compressor = Compressor::new(compression, Vec::new()).expect("memory for an encoder");
            std::io::Write::write_all(&mut compressor, bytes).expect("writing to memory");
            compressor.finish().expect("writing to memory")
        }
    };
    std::fs::write(path, bytes).expect("room for an operand");
}

/// What is done with each record.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tool {
    /// Nothing, and whole runs are known to stay as they are.
    Quick,
    /// Nothing, record by record.
    Slow,
    /// Something that shows: marks around the text, another end, some records dropped.
    Change,
}

type Records = Mutex<Vec<(u64, u64, u64, Vec<u8>, Vec<u8>)>>;

struct Spy {
    tool: Tool,
    records: Arc<Records>,
}

impl Map for Spy {
    type Scratch = ();

    fn map(&self, _scratch: &mut (), record: Record<'_>, out: &mut Vec<u8>) -> Verdict {
        // A run that is known to stay is not shown at all: what the quick tool sees depends on the chunks.
        if self.tool != Tool::Quick {
            let seen = (
                record.operand.index,
                record.number,
                record.offset,
                record.text.to_vec(),
                record.end.to_vec(),
            );
            self.records.lock().expect("no tool panicked").push(seen);
        }
        if self.tool != Tool::Change {
            out.extend_from_slice(record.text);
            return Verdict::Keep;
        }
        if record.text.starts_with(b"a") {
            return Verdict::Drop("starts with a");
        }
        out.push(b'<');
        out.extend_from_slice(record.text);
        out.push(b'>');
        Verdict::Keep
    }

    fn is_identity_on(&self, _text: &[u8], _judgement: u16) -> bool {
        self.tool == Tool::Quick
    }
}
