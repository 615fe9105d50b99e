//! Text as bad as the web's, the same on every run: many scripts, every line end, ill-formed bytes.

/// A small seeded generator of numbers (SplitMix64, Steele, Lea and Flood 2014): no test depends on chance.
#[derive(Debug, Clone)]
pub struct Generator {
    state: u64,
}

impl Generator {
    /// Starts at a seed.
    pub fn new(seed: u64) -> Self {
        Generator { state: seed }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.number() % limit as u64) as usize
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of `things`.
    pub fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }
}

/// Words of many scripts; what is not NFC, not NFKC, or joins its neighbours is among them.
const WORDS: [&str; 36] = [
    "the",
    "can't",
    "3.14",
    "naïve",
    "nai\u{308}ve", // not NFC
    "\u{212B}ngström",
    "ﬁne",
    "ＡＢＣ",
    "می\u{200C}دهد", // ZWNJ
    "کتاب\u{200C}ها",
    "آب",
    "\u{627}\u{653}ب", // alef with madda above: not NFC
    "كتاب",
    "يكي",
    "قَالَ",
    "ﻗﺎﻝ",
    "کتـــاب", // tatweel
    "۱۴۰۳",
    "中文",
    "日本語",
    "ﾐﾙｸ",
    "ภาษาไทย",
    "한국어",
    "\u{1112}\u{1161}\u{11AB}", // conjoining jamo: not NFC
    "हिन्दी",
    "क\u{94D}ष",
    "Ελλάδα",
    "кофе",
    "שָׁלוֹם",
    "👩\u{200D}👩\u{200D}👧", // ZWJ
    "🇮🇷🇩🇪",
    "👍🏽",
    "❤\u{FE0F}", // VS16
    "a\u{327}\u{301}",
    "a\u{301}\u{327}", // out of canonical order
    "\\n",
];

/// What stands between words; none of it ends a line.
const GAPS: [&str; 12] = [
    " ", " ", " ", " ", "  ", "\t", ", ", "\u{A0}",   // no-break space
    "\u{3000}", // ideographic space
    "\u{2028}", // line separator
    "\r", ". ",
];

/// Ill-formed in each of the ways that UTF-8 can be.
const ILL_FORMED: [&[u8]; 8] =
    [b"\x80", b"\xC3", b"\xE2\x82", b"\xF0\x9F\x98", b"\xED\xA0\x80", b"\xC0\xAF", b"\xF5\x80", b"\xFF\xFE"];

/// About `bytes` of text in lines, without a final line end.
///
/// Every third line has come before; some are empty or blank, some end with CR LF, some are kilobytes long, some
/// hold ill-formed bytes or NUL. No line starts as a compressed file or with a BOM, so text may be split at any
/// line end.
pub fn generated_text(seed: u64, bytes: usize) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut text = Vec::new();
    while text.len() < bytes {
        let line = match lines.len() {
            0 => line(&mut generator),
            known if generator.once_in(3) => lines[generator.below(known)].clone(),
            _ => line(&mut generator),
        };
        text.extend_from_slice(&line);
        text.extend_from_slice(generator.pick(&[b"\n", b"\n", b"\n", b"\r\n"]));
        lines.push(line);
    }
    text.extend_from_slice(b"the end");
    text
}

fn line(generator: &mut Generator) -> Vec<u8> {
    let mut line = Vec::new();
    match generator.below(40) {
        0..=4 => return line,
        5 => return b" \t ".to_vec(),
        _ => {}
    }
    let words = if generator.once_in(60) { 600 } else { 1 + generator.below(14) };
    for index in 0..words {
        if index > 0 {
            line.extend_from_slice(generator.pick(&GAPS).as_bytes());
        }
        line.extend_from_slice(generator.pick(&WORDS).as_bytes());
        if generator.once_in(90) {
            line.push(b'x');
            line.extend_from_slice(generator.pick(&ILL_FORMED));
        }
        if generator.once_in(150) {
            line.push(0);
        }
    }
    line
}

/// JSON lines whose `text` holds generated lines, with escapes of every kind; some lines are broken or lack the
/// field.
pub fn generated_json_lines(seed: u64, count: usize) -> Vec<u8> {
    let mut generator = Generator::new(seed);
    let mut text = Vec::new();
    for number in 0..count {
        match generator.below(25) {
            0 => text.extend_from_slice(b"{\"text\": \"cut"),
            1 => text.extend_from_slice(b"{\"body\": \"no text\"}"),
            2 => text.extend_from_slice(br#"{"text":"lone \ud83d surrogate"}"#),
            3 => text.extend_from_slice(b""),
            _ => {
                let value = json_string(&mut generator);
                text.extend_from_slice(
                    format!("{{\"id\": {number}.50 , \"text\" : \"{value}\",\"more\":[\"text\"]}}")
                        .as_bytes(),
                );
            }
        }
        text.push(b'\n');
    }
    text
}

fn json_string(generator: &mut Generator) -> String {
    let line = line(generator);
    let mut value = String::new();
    for character in String::from_utf8_lossy(&line).chars() {
        let is_plain = character >= ' ' && character != '"' && character != '\\';
        if is_plain && !generator.once_in(12) {
            value.push(character);
            continue;
        }
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            value.push_str(&format!("\\u{unit:04x}"));
        }
    }
    value
}
