//! From pieces back to a text: the decoders of the `tokenizers` library.

use crate::byte_level;
use crate::splitter::Matcher;

/// One step from forms to a text.
#[derive(Debug)]
pub(crate) enum Decoder {
    ByteLevel,
    /// A character that stands for a space, and whether the first piece begins with one too many.
    Metaspace {
        replacement: char,
        leads: bool,
    },
    WordPiece {
        prefix: Vec<u8>,
        cleanup: bool,
    },
    /// What marks the end of a word.
    Suffix(Vec<u8>),
    ByteFallback,
    Fuse,
    Strip {
        content: char,
        start: usize,
        stop: usize,
    },
    Replace {
        matcher: Matcher,
        content: Vec<u8>,
    },
    Ctc {
        pad: Vec<u8>,
        delimiter: Vec<u8>,
        cleanup: bool,
    },
}

/// Forms on their way to a text.
type Forms = Vec<Vec<u8>>;

impl Decoder {
    pub(crate) fn apply(&self, forms: Forms) -> Forms {
        match self {
            Decoder::ByteLevel => vec![forms.iter().flat_map(|form| unmapped(form)).collect()],
            Decoder::Metaspace { replacement, leads } => metaspace(forms, *replacement, *leads),
            Decoder::WordPiece { prefix, cleanup } => word_piece(forms, prefix, *cleanup),
            Decoder::Suffix(suffix) => suffixed(forms, suffix),
            Decoder::ByteFallback => byte_fallback(forms),
            Decoder::Fuse => vec![forms.concat()],
            Decoder::Strip { content, start, stop } => {
                let mut mark = [0; 4];
                let mark = content.encode_utf8(&mut mark).as_bytes();
                forms.into_iter().map(|form| stripped(&form, mark, *start, *stop)).collect()
            }
            Decoder::Replace { matcher, content } => {
                forms.into_iter().map(|form| replaced(&form, matcher, content)).collect()
            }
            Decoder::Ctc { pad, delimiter, cleanup } => ctc(forms, pad, delimiter, *cleanup),
        }
    }
}

/// The bytes that the characters of a form stand for; the form itself if one stands for none.
fn unmapped(form: &[u8]) -> Vec<u8> {
    std::str::from_utf8(form).ok().and_then(byte_level::bytes).unwrap_or_else(|| form.to_vec())
}

fn metaspace(forms: Forms, replacement: char, leads: bool) -> Forms {
    let matcher = Matcher::text(replacement.encode_utf8(&mut [0; 4]));
    let decoded = |(index, form): (usize, Vec<u8>)| {
        let content: &[u8] = if index == 0 && leads { b"" } else { b" " };
        replaced(&form, &matcher, content)
    };
    forms.into_iter().enumerate().map(decoded).collect()
}

fn word_piece(forms: Forms, prefix: &[u8], cleanup: bool) -> Forms {
    let decoded = |(index, form): (usize, Vec<u8>)| {
        let joined = match form.strip_prefix(prefix) {
            _ if index == 0 => form,
            Some(rest) => rest.to_vec(),
            None => [b" ", form.as_slice()].concat(),
        };
        if cleanup { cleaned(joined) } else { joined }
    };
    forms.into_iter().enumerate().map(decoded).collect()
}

/// What was put before punctuation and inside English short forms is taken back.
fn cleaned(mut form: Vec<u8>) -> Vec<u8> {
    const CLEAN: [(&str, &str); 11] = [
        (" .", "."),
        (" ?", "?"),
        (" !", "!"),
        (" ,", ","),
        (" ' ", "'"),
        (" n't", "n't"),
        (" 'm", "'m"),
        (" do not", " don't"),
        (" 's", "'s"),
        (" 've", "'ve"),
        (" 're", "'re"),
    ];
    if form.contains(&b' ') {
        for (from, to) in CLEAN {
            form = replaced(&form, &Matcher::text(from), to.as_bytes());
        }
    }
    form
}

fn suffixed(forms: Forms, suffix: &[u8]) -> Forms {
    let last = forms.len().saturating_sub(1);
    let Ok(suffix) = std::str::from_utf8(suffix) else { return forms };
    let matcher = Matcher::text(suffix);
    let decoded =
        |(index, form): (usize, Vec<u8>)| replaced(&form, &matcher, if index == last { b"" } else { b" " });
    forms.into_iter().enumerate().map(decoded).collect()
}

fn byte_fallback(forms: Forms) -> Forms {
    let mut decoded = Vec::with_capacity(forms.len());
    let mut bytes = Vec::new();
    for form in forms {
        match fallback_byte(&form) {
            Some(byte) => bytes.push(byte),
            None => {
                flush(&mut bytes, &mut decoded);
                decoded.push(form);
            }
        }
    }
    flush(&mut bytes, &mut decoded);
    decoded
}

/// The byte of a form `<0xFF>`.
fn fallback_byte(form: &[u8]) -> Option<u8> {
    match form {
        [b'<', b'0', b'x', high, low, b'>'] => {
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            Some(digit(*high)? << 4 | digit(*low)?)
        }
        _ => None,
    }
}

/// Bytes that make no text are one U+FFFD each.
fn flush(bytes: &mut Vec<u8>, decoded: &mut Forms) {
    if bytes.is_empty() {
        return;
    }
    let text = std::mem::take(bytes);
    if unicode::utf8::is_valid(&text) {
        decoded.push(text);
    } else {
        decoded.extend(text.iter().map(|_| unicode::utf8::REPLACEMENT.to_vec()));
    }
}

fn stripped(form: &[u8], mark: &[u8], start: usize, stop: usize) -> Vec<u8> {
    let mut rest = form;
    for _ in 0..start {
        match rest.strip_prefix(mark) {
            Some(after) => rest = after,
            None => break,
        }
    }
    for _ in 0..stop {
        match rest.strip_suffix(mark) {
            Some(before) => rest = before,
            None => break,
        }
    }
    rest.to_vec()
}

fn replaced(form: &[u8], matcher: &Matcher, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(form.len());
    let mut done = 0;
    matcher.find(form, |range| {
        out.extend_from_slice(&form[done..range.start]);
        out.extend_from_slice(content);
        done = range.end;
    });
    out.extend_from_slice(&form[done..]);
    out
}

fn ctc(mut forms: Forms, pad: &[u8], delimiter: &[u8], cleanup: bool) -> Forms {
    let texts = (std::str::from_utf8(pad), std::str::from_utf8(delimiter));
    let (Ok(pad), Ok(delimiter)) = texts else { return forms };
    let (pad, delimiter) = (Matcher::text(pad), Matcher::text(delimiter));
    forms.dedup();
    let decoded = forms.into_iter().map(|form| {
        let form = replaced(&form, &pad, b"");
        if cleanup { replaced(&cleaned(form), &delimiter, b" ") } else { form }
    });
    decoded.filter(|form| !form.is_empty()).collect()
}
