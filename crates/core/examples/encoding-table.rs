//! How often `--encoding auto` is right: real text in many languages, cut into samples, in each encoding that it was
//! ever stored in; a table in Markdown.
//!
//! usage: encoding-table FOLDER, which holds `*.txt.zst`: lines of text, of any of the languages below.
//! `scripts/encoding-table` puts the table into docs/ENCODINGS.md.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use textcore::codec::{Codec, Decompressor};
use textcore::decode::{Bom, Decoder, Encoding, Marks, bom, detect};
use textcore::encode::{Encoder, Target, Unencodable};

/// Sizes of samples in bytes, and how many there are of each at most.
const SIZES: [(usize, usize); 3] = [(1 << 10, 400), (4 << 10, 400), (64 << 10, 60)];

/// A language, and the legacy encodings that its texts were stored in.
struct Row {
    language: &'static str,
    labels: &'static [&'static str],
}

const ROWS: [Row; 15] = [
    Row { language: "Arabic", labels: &["windows-1256", "iso-8859-6"] },
    Row { language: "Chinese, simplified", labels: &["gb18030"] },
    Row { language: "Chinese, traditional", labels: &["big5", "gb18030"] },
    Row { language: "English", labels: &["windows-1252", "macintosh"] },
    Row { language: "French", labels: &["windows-1252", "iso-8859-15", "macintosh"] },
    Row { language: "German", labels: &["windows-1252", "iso-8859-15", "macintosh"] },
    Row { language: "Hindi", labels: &[] },
    Row { language: "Japanese", labels: &["shift_jis", "euc-jp", "iso-2022-jp"] },
    Row { language: "Korean", labels: &["euc-kr"] },
    Row { language: "Persian, modern", labels: &["windows-1256"] },
    Row { language: "Persian, verse", labels: &["windows-1256"] },
    Row {
        language: "Russian",
        labels: &["windows-1251", "koi8-r", "ibm866", "iso-8859-5", "x-mac-cyrillic"],
    },
    Row { language: "Thai", labels: &["windows-874"] },
    Row { language: "Turkish", labels: &["windows-1254"] },
    Row { language: "Vietnamese", labels: &["windows-1258"] },
];

/// Encodings that hold every language.
const UNICODE_LABELS: [&str; 5] = ["utf-8", "utf-16le", "utf-16be", "utf-16", "utf-32le"];

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        eprintln!("skipped: encoding-table wants a folder of texts (*.txt.zst)");
        return;
    };
    let texts = texts(&folder);
    let known = ROWS.iter().filter_map(|row| match texts.get(row.language) {
        Some(lines) => Some((row, lines)),
        None => {
            eprintln!("skipped: no text in {}", row.language);
            None
        }
    });
    let known: Vec<(&Row, &Vec<String>)> = known.collect();
    println!(
        "| encoding | language | samples | 1 kB | 4 kB | 64 kB | taken for |\n|---|---|---|---|---|---|---|"
    );
    for (row, lines) in &known {
        for label in row.labels {
            println!("| {label} | {} | {} |", row.language, Score::of(label, lines).columns());
        }
    }
    println!("\n| language | {} |\n|---|---|---|---|---|---|", UNICODE_LABELS.join(" | "));
    for (row, lines) in &known {
        let cells = UNICODE_LABELS.map(|label| Score::of(label, lines).cell());
        println!("| {} | {} |", row.language, cells.join(" | "));
    }
}

/// The lines of all files, by language.
fn texts(folder: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".txt.zst"))
        .collect();
    files.sort();
    let mut texts: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for path in files {
        let file = File::open(&path).expect("a text can be opened");
        let reader = Decompressor::new(Codec::Zstd, Box::new(file)).expect("a decompressor");
        let is_verse = path.to_string_lossy().contains("classic");
        for line in BufReader::new(reader).lines() {
            let line = line.expect("UTF-8");
            if let Some(language) = language(&line, is_verse) {
                texts.entry(language).or_default().push(line);
            }
        }
    }
    texts
}

/// The language of a line, told by its letters, or by its commonest words; `None` where that is not clear.
fn language(line: &str, is_verse: bool) -> Option<&'static str> {
    let holds =
        |range: std::ops::RangeInclusive<char>| line.chars().any(|character| range.contains(&character));
    let scripts = [
        ('\u{3040}'..='\u{30FF}', "Japanese"),
        ('\u{AC00}'..='\u{D7A3}', "Korean"),
        ('\u{900}'..='\u{97F}', "Hindi"),
        ('\u{E00}'..='\u{E7F}', "Thai"),
        ('\u{400}'..='\u{4FF}', "Russian"),
    ];
    if let Some((_, language)) = scripts.into_iter().find(|(range, _)| holds(range.clone())) {
        return Some(language);
    }
    if holds('\u{600}'..='\u{6FF}') {
        return Some(match line.contains(['ی', 'ک', 'پ', 'چ', 'ژ', 'گ']) {
            true if is_verse => "Persian, verse",
            true => "Persian, modern",
            false => "Arabic",
        });
    }
    if holds('\u{4E00}'..='\u{9FFF}') {
        return match (is_gb2312(line), encoded(Target::Table(encoding_rs::BIG5), line).is_some()) {
            (true, false) => Some("Chinese, simplified"),
            (false, true) => Some("Chinese, traditional"),
            _ => None,
        };
    }
    let words = [
        ("English", &["the", "of", "and", "to", "is", "with", "that", "was", "you", "for"][..]),
        ("French", &["le", "les", "et", "la", "des", "est", "dans", "une", "que", "pas", "vous"]),
        ("German", &["der", "die", "und", "das", "nicht", "ist", "ein", "mit", "den", "sich"]),
        ("Turkish", &["ve", "bir", "bu", "için", "ile", "olarak", "değil", "ne", "gibi", "daha"]),
        ("Vietnamese", &["và", "của", "có", "là", "được", "trong", "một", "không", "các", "người", "cho"]),
    ];
    let mut counts = words.map(|(language, words)| {
        let is_no_letter = |character: char| !character.is_alphabetic();
        let count = line.split_whitespace().filter(|word| words.contains(&word.trim_matches(is_no_letter)));
        (count.count(), language)
    });
    counts.sort_unstable();
    (counts[4].0 > 0 && counts[4].0 > 2 * counts[3].0).then_some(counts[4].1)
}

/// GB 2312 is what GBK writes with two high bytes, the first of them up to F7.
fn is_gb2312(line: &str) -> bool {
    let Some(bytes) = encoded(Target::Table(encoding_rs::GBK), line) else { return false };
    let is_pair = |lead: u8, trail| (0xA1..=0xF7).contains(&lead) && trail >= Some(&0xA1);
    let mut rest = &bytes[..];
    while let Some((&lead, later)) = rest.split_first() {
        let is_double = lead >= 0x80;
        if is_double && !is_pair(lead, later.first()) {
            return false;
        }
        rest = &later[usize::from(is_double)..];
    }
    true
}

/// A line as it was written in an encoding that lacks some of its letters.
fn as_it_was(target: Target, line: &str) -> String {
    match target.name() {
        // Persian on Windows had Arabic letters for two of its own, and no digits.
        "windows-1256" => line
            .chars()
            .map(|character| match character {
                'ی' => 'ي',
                'ک' => 'ك',
                'ۀ' => 'ه',
                digit @ '۰'..='۹' => char::from(b'0' + (u32::from(digit) - u32::from('۰')) as u8),
                other => other,
            })
            .collect(),
        "windows-1258" => line.chars().map(tone_apart).collect(),
        _ => line.to_owned(),
    }
}

/// Vowels of Vietnamese with each of the tones that windows-1258 writes as characters of their own.
const TONES: [(char, &str); 5] = [
    ('\u{300}', "àằầèềìòồờùừỳ"),
    ('\u{309}', "ảẳẩẻểỉỏổởủửỷ"),
    ('\u{303}', "ãẵẫẽễĩõỗỡũữỹ"),
    ('\u{301}', "áắấéếíóốớúứý"),
    ('\u{323}', "ạặậẹệịọộợụựỵ"),
];

/// A vowel and its tone, if windows-1258 does not have them as one.
fn tone_apart(character: char) -> String {
    const BARE: &str = "aăâeêioôơuưy";
    let lower = character.to_lowercase().next().unwrap_or(character);
    let whole = character.to_string();
    let found = TONES.iter().find_map(|(tone, vowels)| {
        let at = vowels.chars().position(|vowel| vowel == lower)?;
        Some((BARE.chars().nth(at)?, tone))
    });
    match found {
        Some((bare, tone)) if encoded(Target::Table(encoding_rs::WINDOWS_1258), &whole).is_none() => {
            let bare = if character == lower { bare } else { bare.to_uppercase().next().unwrap_or(bare) };
            format!("{bare}{tone}")
        }
        _ => whole,
    }
}

/// Texts of at least `size` bytes of whole lines, evenly from all of the lines that the encoding holds.
fn samples(label: &str, lines: &[String], size: usize, count_max: usize) -> Vec<(String, Vec<u8>)> {
    let mut samples = Vec::new();
    let label = Target::for_label(label).expect("a label");
    let mark = if label.wants_mark { label.target.mark() } else { b"" };
    let (mut text, mut bytes) = (String::new(), mark.to_vec());
    for line in lines {
        let line = as_it_was(label.target, line) + "\n";
        let Some(encoded) = encoded(label.target, &line) else { continue };
        text.push_str(&line);
        bytes.extend_from_slice(&encoded);
        if bytes.len() >= size {
            samples.push((std::mem::take(&mut text), std::mem::replace(&mut bytes, mark.to_vec())));
        }
    }
    let step = samples.len().div_ceil(count_max).max(1);
    samples.into_iter().step_by(step).collect()
}

/// How samples of each size were read.
struct Score {
    counts: [usize; SIZES.len()],
    right: [usize; SIZES.len()],
    /// What the others were taken for, and how often.
    wrong: BTreeMap<&'static str, usize>,
}

impl Score {
    fn of(label: &str, lines: &[String]) -> Self {
        let mut score = Score { counts: [0; _], right: [0; _], wrong: BTreeMap::new() };
        for (index, (size, count_max)) in SIZES.into_iter().enumerate() {
            for (text, bytes) in samples(label, lines, size, count_max) {
                let (found, read) = read(&bytes);
                score.counts[index] += 1;
                if read == text {
                    score.right[index] += 1;
                } else {
                    *score.wrong.entry(found.name()).or_default() += 1;
                }
            }
        }
        score
    }

    fn shares(&self) -> [String; SIZES.len()] {
        std::array::from_fn(|index| share(self.right[index], self.counts[index]))
    }

    fn columns(&self) -> String {
        let mut wrong: Vec<_> = self.wrong.iter().collect();
        wrong.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let wrong: Vec<String> = wrong.into_iter().map(|(name, count)| format!("{name} ({count})")).collect();
        let counts = self.counts.map(|count| count.to_string()).join(", ");
        format!("{counts} | {} | {}", self.shares().join(" | "), wrong.join(", "))
    }

    /// One share if it is the same for every size.
    fn cell(&self) -> String {
        let mut shares = self.shares().to_vec();
        shares.dedup();
        shares.join(", ")
    }
}

/// A text in an encoding; `None` if that lacks some of it.
fn encoded(target: Target, text: &str) -> Option<Vec<u8>> {
    let Some(encoder) = Encoder::new(target, Unencodable::Fail, false) else {
        return Some(text.as_bytes().to_vec());
    };
    let mut out = Vec::new();
    encoder.encode_run(text.as_bytes(), &mut out).then_some(out)
}

/// A sample as `--encoding auto` reads it.
fn read(bytes: &[u8]) -> (Encoding, String) {
    let (encoding, mark_bytes) = match bom(bytes, true) {
        Bom::Found(encoding, length) => (encoding, length),
        Bom::None | Bom::NeedMore => (detect(bytes, true), 0),
    };
    let bytes = &bytes[mark_bytes..];
    let Some(mut decoder) = Decoder::new(encoding, b'\n', 0) else {
        return (encoding, String::from_utf8_lossy(bytes).into_owned());
    };
    let mut text = Vec::new();
    decoder.decode(bytes, true, &mut text, &mut Marks::default());
    (encoding, String::from_utf8(text).expect("decoded text is UTF-8"))
}

fn share(part: usize, whole: usize) -> String {
    match part {
        _ if whole == 0 => "–".to_owned(),
        _ if part == whole => "100 %".to_owned(),
        _ => format!("{:.1} %", 100.0 * part as f64 / whole as f64),
    }
}
