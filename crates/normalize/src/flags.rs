//! The flags of `normalize`, as typed.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum, ValueHint};
use textcore::cli::parse_size;
use textcore::{EncodeFlags, RouteFlags, Shared};

use crate::conventions::ConventionFlags;
use crate::filter::ShareLimit;
use crate::zwnj::ZwnjFlags;

/// Everything that can be typed.
#[derive(Debug, Parser)]
pub struct Flags {
    #[command(flatten)]
    pub(crate) preset: PresetFlags,
    #[command(flatten)]
    pub(crate) form: FormFlags,
    #[command(flatten)]
    pub(crate) characters: CharacterFlags,
    #[command(flatten)]
    pub(crate) conventions: ConventionFlags,
    #[command(flatten)]
    pub(crate) zwnj: ZwnjFlags,
    #[command(flatten)]
    pub(crate) lines: LineFlags,
    #[command(flatten)]
    pub(crate) markup: MarkupFlags,
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    #[command(flatten)]
    pub(crate) filters: FilterFlags,
    #[command(flatten)]
    pub(crate) questions: QuestionFlags,
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(flatten)]
    pub(crate) routes: RouteFlags,
    #[command(flatten)]
    pub(crate) encode: EncodeFlags,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(crate) struct PresetFlags {
    /// Many flags at once: web, search or nmt_nfkc
    ///
    /// web: what crawled text needs; lossy for controls, tabs, spaces in a row or at line ends, and joiners that show nothing but a boundary: --form nfc --controls strip --zero-width
    /// contextual --bidi repair --space collapse,trim. search: keys that forgive spelling; lossy: --form nfkc --case
    /// fold --strip-marks=default,tatweel --controls strip --zero-width drop --bidi strip --quotes ascii --dashes ascii --ellipsis ascii
    /// --digits ascii --space collapse,trim. nmt_nfkc: what SentencePiece does under this name, except that it keeps
    /// ZWNJ; lossy, and not idempotent. Any flag that is typed beats the preset, wherever it stands; --plan shows what
    /// comes of it. Default: none. Example: --preset web
    #[arg(long, value_name = "NAME", value_enum, hide_possible_values = true)]
    pub(crate) preset: Option<PresetFlag>,

    /// Language of the text: a code such as fa, or auto
    ///
    /// It chooses the rules of --case, and what the value lang means in --quotes, --dashes and --digits. For ar, ckb, fa, ps
    /// and ur it also means --letters lang --presentation-forms --zero-width contextual --quotes lang --punctuation lang, where neither
    /// a preset nor a flag says otherwise; the quotation marks then only in prose of the language's own script, not in code, CSV or JSON. auto judges each document by its first 64 KiB, which are waited for: each file, or with --whole, --paragraphs and --jsonl each
    /// record. Where no language is sure, nothing is done in the way of one. --report counts what was found.
    /// Default: none. Example: --lang fa --quotes lang --digits lang
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PresetFlag {
    Web,
    Search,
    #[value(name = "nmt_nfkc")]
    NmtNfkc,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(crate) struct FormFlags {
    /// Form: nfc, nfd, nfkc, nfkd or none [nfc]
    ///
    /// nfkc and nfkd are lossy: they also replace compatibility characters, such as ligatures, full-width letters
    /// and Arabic presentation forms (UAX #15). Default: nfc. Example: --form nfkc
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true)]
    pub(crate) form: Option<FormFlag>,

    /// With nfkc and nfkd: characters that stay as they are
    ///
    /// A list, with commas, of the kinds that the Unicode Character Database tells apart: circle, compat, final,
    /// font, fraction, initial, isolated, medial, narrow, nobreak, small, square, sub, super, vertical, wide; and of
    /// phrase, ligatures of whole words and phrases, and spacing, marks that stand alone. Default: none.
    /// Example: --form nfkc --nfkc-keep super,sub,fraction
    #[arg(long, value_name = "KINDS", value_delimiter = ',', hide_short_help = true)]
    pub(crate) nfkc_keep: Vec<String>,

    /// Arabic presentation forms: letters, whatever the form, or keep [letters]
    ///
    /// U+FB50 to U+FDFF and U+FE70 to U+FEFF, but for the ligatures of whole words and phrases (U+FDF0 to U+FDFF). The value follows
    /// an = sign. Default: keep, unless --form is nfkc or nfkd, but letters for ar, ckb, fa, ps and ur; letters when WHAT is not given.
    /// Example: --presentation-forms
    #[arg(
        long,
        value_name = "WHAT",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "letters",
        hide_possible_values = true,
        hide_short_help = true
    )]
    pub(crate) presentation_forms: Option<PresentationFlag>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PresentationFlag {
    Letters,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormFlag {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
    None,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(crate) struct CharacterFlags {
    /// Case: lower, upper, fold or keep [keep]
    ///
    /// lower, upper and fold are lossy. All use the full mappings of Unicode: ß becomes SS in upper case, and fold
    /// makes ss of it. Default: keep. Example: --case lower --locale tr
    #[arg(long, value_name = "CASE", value_enum, hide_possible_values = true)]
    pub(crate) case: Option<CaseFlag>,

    /// The language whose case rules apply: tr, az, lt or el
    ///
    /// Default: those of --lang, or those that all other languages share. Example: --case upper --locale el
    #[arg(long, value_name = "CODE", hide_short_help = true)]
    pub(crate) locale: Option<String>,

    /// Remove accents, harakat, niqqud, … [none]
    ///
    /// Lossy. A list, with commas, of latin, greek, cyrillic (its accents; й, ё and ї are letters), cyrillic-letters,
    /// harakat, tatweel, niqqud, teamim or another script; default stands for latin, greek, cyrillic, harakat, niqqud
    /// and teamim; none switches a preset's choice off. Vowel signs of Indic scripts and Hangul letters are never
    /// touched. The value follows an = sign. Default: none; default when LIST is not given.
    /// Example: --strip-marks=harakat,tatweel
    #[arg(long, value_name = "LIST", num_args = 0..=1, require_equals = true, default_missing_value = "default")]
    pub(crate) strip_marks: Option<String>,

    /// Control characters and terminal escapes: keep or strip [keep]
    ///
    /// strip removes C0 and C1 controls, ANSI escape sequences, soft hyphens, inner BOMs, tag characters,
    /// noncharacters and variation selectors that nothing carries; TAB and line ends stay, emoji too. Lossy: what
    /// escapes did to the text is forgotten, VT, FF and NEL become spaces. Default: keep.
    /// Example: --controls strip
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) controls: Option<ControlsFlag>,

    /// ZWNJ, ZWJ, ZERO WIDTH SPACE: contextual, drop, space or keep [keep]
    ///
    /// contextual keeps joiners where they mean something (RFC 5892 CONTEXTJ, emoji sequences, a Latin word with a
    /// Persian suffix, …) and removes those at edges, beside spaces, doubled or without any effect (lossy where a final heh
    /// with ZWNJ stood for a letter of its own, and where ZWNJ after a letter that does not join shows a boundary: محمد‌مهدی). drop removes all
    /// but those of emoji (lossy). space puts a space for ZWNJ and ZERO WIDTH SPACE (lossy). Default: keep.
    /// Example: --zero-width contextual
    #[arg(long, value_name = "POLICY", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) zero_width: Option<ZeroWidthFlag>,

    /// Bidirectional controls: repair, strip or keep [keep]
    ///
    /// repair closes embeddings and isolates that stay open at the end of a line and removes what closes nothing.
    /// strip removes all of them (lossy). Default: keep. Example: --bidi repair
    #[arg(long, value_name = "POLICY", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) bidi: Option<BidiFlag>,

    /// Quotation marks: ascii, lang or keep [keep]
    ///
    /// ascii makes " and ' of all of them (lossy); a language code, such as fa, de or fr, makes its own of pairs that
    /// are clear. Apostrophes stay; so do marks within web addresses, file names and codes such as B-52, but strings of
    /// programs change. Where --lang alone decides (ar, ckb, fa, ps, ur) these stay too, as do those of JSON and CSV, and
    /// quotations without a letter of the language's script. Default: keep, unless --lang says otherwise. Example: --quotes fa
    #[arg(long, value_name = "STYLE")]
    pub(crate) quotes: Option<String>,

    /// Dashes: ascii, en, em, a language's own, or keep [keep]
    ///
    /// ascii makes - of all of them (lossy). Default: keep. Example: --dashes ascii
    #[arg(long, value_name = "STYLE", hide_short_help = true)]
    pub(crate) dashes: Option<String>,

    /// Ellipsis: ascii (three full stops), char (U+2026) or keep [keep]
    ///
    /// Lossy: which of the two stood there is forgotten. Default: keep. Example: --ellipsis ascii
    #[arg(long, value_name = "STYLE", hide_short_help = true)]
    pub(crate) ellipsis: Option<String>,

    /// Full-width and half-width characters: fold or keep [keep]
    ///
    /// fold makes ASCII of full-width letters, digits and punctuation, and ordinary kana and hangul of half-width
    /// ones (lossy). Default: keep, unless --form is nfkc or nfkd. Example: --width fold
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) width: Option<WidthFlag>,

    /// Digits: ascii, of a language or script, … [keep]
    ///
    /// fa, ar, deva, thai, … : a language's code or a numbering system's name. Never inside web and mail addresses,
    /// file names and codes. Lossy: which digits stood there is forgotten. Default: keep. Example: --digits ascii
    #[arg(long, value_name = "SET")]
    pub(crate) digits: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CaseFlag {
    Lower,
    Upper,
    Fold,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ControlsFlag {
    Strip,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ZeroWidthFlag {
    Contextual,
    Drop,
    Space,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BidiFlag {
    Repair,
    Strip,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WidthFlag {
    Fold,
    Keep,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(crate) struct LineFlags {
    /// White space: plain, collapse, trim, … [keep]
    ///
    /// A list, with commas. plain: no-break, thin, ideographic and other spaces become U+0020. collapse: plain, and tabs and runs of spaces
    /// become one space (lossy). trim: none at either end of a line (lossy). keep-tabs: tabs stay. Default: keep.
    /// Example: --space collapse,trim
    #[arg(long, value_name = "LIST")]
    pub(crate) space: Option<String>,

    /// Line ends: lf, crlf or keep [lf]
    ///
    /// lf turns CR LF into LF, crlf turns LF into CR LF; a CR alone is no line end. The ends of JSON lines and of
    /// lines whose columns are selected stay as they are. Default: lf. Example: --newlines keep
    #[arg(long, value_name = "ENDS", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) newlines: Option<NewlinesFlag>,

    /// At most N blank lines in a row, in records of several lines [1]
    ///
    /// Lossy. For --whole, --paragraphs, -z and --jsonl. The value follows an = sign. Default: blank lines stay.
    /// Example: --whole --squeeze-blank
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "1", hide_short_help = true)]
    pub(crate) squeeze_blank: Option<usize>,

    /// Join words that a hyphen cuts at a line's end, in records of several lines
    ///
    /// Lossy: a compound that happens to be cut at its own hyphen loses it, as do addresses, and words that share a part
    /// (Ein- und Ausgang). For --whole, --paragraphs, -z and --jsonl.
    /// Default: they stay. Example: --whole --dehyphenate --unwrap
    #[arg(long, hide_short_help = true)]
    pub(crate) dehyphenate: bool,

    /// Make one line of each hard-wrapped paragraph, in records of several lines
    ///
    /// Blank lines part paragraphs, and so does a line shorter than half of the longest around it; list items, and lines
    /// that are quoted or indented by a tab or four spaces, keep their own; blocks with a line of more than 120 characters
    /// stay. Lossy: where lines broke is forgotten. For --whole, --paragraphs, -z and --jsonl. Default: lines stay. Example: --whole --unwrap
    #[arg(long, hide_short_help = true)]
    pub(crate) unwrap: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewlinesFlag {
    Lf,
    Crlf,
    Keep,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(crate) struct MarkupFlags {
    /// HTML tags: strip or keep [keep]
    ///
    /// strip removes tags, comments, and script, style, noscript, template, iframe, noembed and noframes with their
    /// content (lossy); where a block ends, a space keeps words apart. Tags that span records are not seen: use --whole or --jsonl for pages. With --width fold or --form nfkc, what
    /// full-width signs become is stripped too. Default: keep.
    /// Example: --whole --tags strip --entities once
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true)]
    pub(crate) tags: Option<TagsFlag>,

    /// HTML character references: once or keep [keep]
    ///
    /// once decodes &amp;lt; to &lt; and no further: all names of HTML, decimal and hexadecimal numbers. Not idempotent:
    /// running it again decodes again. Default: keep. Example: --entities once
    #[arg(long, value_name = "WHAT", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub(crate) entities: Option<EntitiesFlag>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TagsFlag {
    Strip,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EntitiesFlag {
    Once,
    Keep,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rules and filters")]
pub(crate) struct RuleFlags {
    /// Replacements of your own (repeatable)
    ///
    /// Literals, code points as SentencePiece writes them, and regular expressions, one a line; the longest match at
    /// the leftmost place wins, in one pass over the normalized text. What a rule wrote is not looked at again, so
    /// running it twice may differ from once. Default: none. Example: --rules data/spelling.rules
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Text")]
    pub(crate) rules: Vec<PathBuf>,

    /// Run the tests that the files of --rules hold, and nothing else
    ///
    /// The exit status is 1 if one fails. Default: text is normalized.
    /// Example: normalize --rules data/spelling.rules --test-rules
    #[arg(long, requires = "rules", hide_short_help = true)]
    pub(crate) test_rules: bool,

    /// Only the rules named, with commas
    ///
    /// --plan lists the names. The name of a stage, such as letters or mark-spacing, stands for all of its rules; if a rule has it too, the rule
    /// is meant. Default: all rules of the flags given. Example: --preset web --only-rules space-no-break
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        conflicts_with = "skip_rules",
        hide_short_help = true
    )]
    pub(crate) only_rules: Vec<String>,

    /// All rules but those named, with commas
    ///
    /// Names as for --only-rules. Default: none is skipped. Example: --preset web --skip-rules soft-hyphen,space-tab
    #[arg(long, value_name = "NAMES", value_delimiter = ',', hide_short_help = true)]
    pub(crate) skip_rules: Vec<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rules and filters")]
pub(crate) struct FilterFlags {
    /// Leave out records shorter than N bytes
    ///
    /// All filters look at the normalized text; all are lossy, and --report counts what each left out.
    /// Default: no limit. Example: --min-bytes 20
    #[arg(long, value_name = "N", value_parser = parse_bytes, hide_short_help = true)]
    pub(crate) min_bytes: Option<u64>,

    /// Leave out records longer than N bytes
    ///
    /// Default: no limit. Example: --max-bytes 10k
    #[arg(long, value_name = "N", value_parser = parse_bytes, hide_short_help = true)]
    pub(crate) max_bytes: Option<u64>,

    /// Leave out records of less than N code points
    ///
    /// Default: no limit. Example: --min-chars 1
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) min_chars: Option<u64>,

    /// Leave out records of more than N code points
    ///
    /// Default: no limit. Example: --max-chars 2000
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_chars: Option<u64>,

    /// Leave out records of less than N words
    ///
    /// Words as tokenize counts them (UAX #29): punctuation marks are words too. Default: no limit.
    /// Example: --min-words 3
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) min_words: Option<u64>,

    /// Leave out records of more than N words
    ///
    /// Default: no limit. Example: --max-words 200
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_words: Option<u64>,

    /// Leave out records in which a character stands more than N times in a row
    ///
    /// White space does not count. Default: no limit. Example: --max-run 10
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_run: Option<u64>,

    /// Leave out records with a smaller share of KIND (repeatable)
    ///
    /// KIND=SHARE: letters, digits, punctuation or symbols, of all code points but white space; or a script, by name
    /// or code, of all letters. Marks count as letters. Default: no limit. Example: --min-share arabic=0.8
    #[arg(long, value_name = "KIND=SHARE", hide_short_help = true)]
    pub(crate) min_share: Vec<ShareLimit>,

    /// Leave out records with a greater share of KIND (repeatable)
    ///
    /// As for --min-share. Default: no limit. Example: --max-share symbols=0.3
    #[arg(long, value_name = "KIND=SHARE", hide_short_help = true)]
    pub(crate) max_share: Vec<ShareLimit>,

    /// Leave out records with a greater share of words that stood there before
    ///
    /// From 0 to 1: of «buy now buy now», half. Words as tokenize counts them: commas and full stops are repeated words
    /// too. Default: no limit. Example: --max-repeated-words 0.6
    #[arg(long, value_name = "SHARE", value_parser = parse_share, hide_short_help = true)]
    pub(crate) max_repeated_words: Option<f64>,

    /// Write records that the filters leave out to FILE
    ///
    /// A row for each: file, record, reason, and the record as it came; tab, line ends and backslash are written \t,
    /// \n, \r, \\. Default: they are only counted. Example: --min-words 3 --reject rejected.tsv
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) reject: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Questions")]
pub(crate) struct QuestionFlags {
    /// Say what these flags do, step by step, and read nothing
    ///
    /// Default: text is normalized. Example: normalize --preset web --plan
    #[arg(long)]
    pub(crate) plan: bool,

    /// Change nothing: name each file that would change
    ///
    /// The exit status is 1 if any file would change. Default: write the normalized text.
    /// Example: normalize --check -r docs
    #[arg(long, conflicts_with_all = ["out_dir", "in_place", "reject", "offsets", "to", "bom"])]
    pub(crate) check: bool,

    /// Change nothing: show lines before and after
    ///
    /// What cannot be seen is written \u{200C}. Default: write the normalized text.
    /// Example: normalize --preset web --diff page.txt
    #[arg(long, conflicts_with_all = ["out_dir", "in_place", "check", "reject", "offsets", "to", "bom"])]
    pub(crate) diff: bool,

    /// Change nothing: a row for each change
    ///
    /// File, record, byte in the record's text (from 0), rule, before, after, with tabs between; what cannot be seen is
    /// written \u{200C}. Default: write the normalized text. Example: normalize --preset web --explain page.txt
    #[arg(long, conflicts_with_all = ["out_dir", "in_place", "check", "diff", "reject", "offsets", "to", "bom"])]
    pub(crate) explain: bool,

    /// Change nothing: name each file whose normalized text would change again
    ///
    /// The exit status is 1 if there is one. Default: write the normalized text.
    /// Example: normalize --preset web --prove-idempotent -r docs
    #[arg(long, conflicts_with_all = ["out_dir", "in_place", "check", "diff", "explain", "reject", "offsets", "to", "bom"], hide_short_help = true)]
    pub(crate) prove_idempotent: bool,

    /// Write to FILE which stretch of the input each changed stretch of the output stands for
    ///
    /// A row for each: file, record, start and end in the output's text, start and end in the input's, all in bytes
    /// from 0; between them both are the same. The input's text is what was decoded and repaired: of JSON lines the
    /// string's value, of columns each by itself. Default: not written.
    /// Example: --preset web --offsets offsets.tsv
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub(crate) offsets: Option<PathBuf>,

    /// Colours of --diff: auto, always or never [auto]
    ///
    /// auto: on a terminal, unless NO_COLOR is set. Default: auto. Example: --diff --color always
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        hide_possible_values = true,
        default_value = "auto",
        hide_default_value = true,
        hide_short_help = true
    )]
    pub(crate) color: ColorFlag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorFlag {
    Auto,
    Always,
    Never,
}

fn parse_bytes(text: &str) -> Result<u64, String> {
    parse_size(text).map(|size| size as u64)
}

fn parse_share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share is a number from 0 to 1".to_owned())
}
