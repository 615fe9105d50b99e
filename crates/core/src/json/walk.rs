//! The walk over one JSON text, which checks it against RFC 8259 and notes the fields that are asked for.

use super::pointer::Step;
use super::{DEPTH_MAX, Found, JsonError, Pointer, Trouble, escape, scan};

/// Checks the line and answers each pointer with the last value that it leads to.
pub(super) fn walk<const COUNT: usize>(
    line: &[u8],
    pointers: [&Pointer; COUNT],
) -> Result<[Option<Found>; COUNT], JsonError> {
    let traces = pointers.map(|pointer| Trace { steps: pointer.steps(), taken: 0, found: None });
    let mut walker = Walker { line, at: 0, outer: Vec::new(), here: Place::Top, traces };
    walker.text()?;
    Ok(walker.traces.map(|trace| trace.found))
}

struct Walker<'a, const COUNT: usize> {
    line: &'a [u8],
    at: usize,
    /// What stands open around `here`. A flat line never allocates: all that it holds then is `Top`.
    outer: Vec<Place>,
    here: Place,
    traces: [Trace<'a>; COUNT],
}

/// Where the walk is.
#[derive(Clone, Copy)]
enum Place {
    /// Outside of everything.
    Top,
    /// In an object.
    Object,
    /// In an array, at the value of this place from nought.
    Array(usize),
}

/// How far the way to the present value agrees with a pointer.
struct Trace<'a> {
    steps: &'a [Step],
    /// How many steps from the outside agree. The way to a value inside `depth` brackets has `depth` steps, so the
    /// ways agree wholly where the two are equal.
    taken: usize,
    found: Option<Found>,
}

impl Trace<'_> {
    /// The walk comes to the next value of the bracket `depth`.
    fn reach(&mut self, depth: usize, agrees: impl Fn(&Step) -> bool) {
        if self.taken + 1 < depth {
            return;
        }
        self.taken = depth - 1;
        if self.steps.get(depth - 1).is_some_and(agrees) {
            self.taken = depth;
            // A second field of this name takes the place of the first, whatever was found inside that.
            self.found = None;
        }
    }

    fn is_at_goal(&self, depth: usize) -> bool {
        self.taken == depth && self.steps.len() == depth
    }
}

impl<const COUNT: usize> Walker<'_, COUNT> {
    fn text(&mut self) -> Result<(), JsonError> {
        self.skip_space();
        self.value()?;
        while !matches!(self.here, Place::Top) {
            self.after_value()?;
        }
        self.skip_space();
        if self.at < self.line.len() { self.fail(Trouble::ExpectedEnd) } else { Ok(()) }
    }

    /// A scalar as a whole, or the way into an object or an array up to its first scalar.
    fn value(&mut self) -> Result<(), JsonError> {
        loop {
            let start = self.at;
            match self.line.get(start) {
                Some(b'"') => {
                    let end = scan::string_end(self.line, start + 1)?;
                    self.note(start + 1, end, true);
                    self.at = end + 1;
                    return Ok(());
                }
                Some(b'{') => {
                    self.open(Place::Object)?;
                    if self.closes_at_once(b'}') {
                        return Ok(());
                    }
                    self.name()?;
                }
                Some(b'[') => {
                    self.open(Place::Array(0))?;
                    if self.closes_at_once(b']') {
                        return Ok(());
                    }
                    self.reach(|step| step.index == Some(0));
                }
                _ => {
                    self.scalar()?;
                    self.note(start, self.at, false);
                    return Ok(());
                }
            }
        }
    }

    /// What follows a value inside an object or an array: its end, or a comma and the next value.
    fn after_value(&mut self) -> Result<(), JsonError> {
        self.skip_space();
        let next = self.line.get(self.at).copied();
        match (self.here, next) {
            (Place::Object, Some(b'}')) | (Place::Array(_), Some(b']')) => {
                self.close();
                Ok(())
            }
            (Place::Object, Some(b',')) => {
                self.at += 1;
                self.skip_space();
                self.name()?;
                self.value()
            }
            (Place::Array(index), Some(b',')) => {
                self.at += 1;
                self.here = Place::Array(index + 1);
                self.reach(|step| step.index == Some(index + 1));
                self.skip_space();
                self.value()
            }
            (Place::Object, _) => self.fail(Trouble::ExpectedCommaOrBrace),
            _ => self.fail(Trouble::ExpectedCommaOrBracket),
        }
    }

    /// A field name and its colon, up to the value.
    fn name(&mut self) -> Result<(), JsonError> {
        if self.line.get(self.at) != Some(&b'"') {
            return self.fail(Trouble::ExpectedName);
        }
        let start = self.at + 1;
        let end = scan::string_end(self.line, start)?;
        let raw = &self.line[start..end];
        self.reach(|step| is_name(raw, &step.name));
        self.at = end + 1;
        self.skip_space();
        if self.line.get(self.at) != Some(&b':') {
            return self.fail(Trouble::ExpectedColon);
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn scalar(&mut self) -> Result<(), JsonError> {
        let rest = &self.line[self.at..];
        match rest.first() {
            Some(b'-' | b'0'..=b'9') => return self.number(),
            Some(b't') if rest.starts_with(b"true") => self.at += 4,
            Some(b'f') if rest.starts_with(b"false") => self.at += 5,
            Some(b'n') if rest.starts_with(b"null") => self.at += 4,
            _ => return self.fail(Trouble::ExpectedValue),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonError> {
        self.skip_if(|byte| byte == b'-');
        if !self.skip_if(|byte| byte == b'0') {
            self.digits()?;
        }
        if self.skip_if(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.skip_if(|byte| matches!(byte, b'e' | b'E')) {
            self.skip_if(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        if !self.skip_if(|byte| byte.is_ascii_digit()) {
            return self.fail(Trouble::ExpectedDigit);
        }
        while self.skip_if(|byte| byte.is_ascii_digit()) {}
        Ok(())
    }

    fn skip_if(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let skip = self.line.get(self.at).is_some_and(|&byte| wanted(byte));
        self.at += usize::from(skip);
        skip
    }

    /// White space as RFC 8259, section 2, has it.
    fn skip_space(&mut self) {
        while self.skip_if(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {}
    }

    fn open(&mut self, place: Place) -> Result<(), JsonError> {
        if self.depth() == DEPTH_MAX {
            return self.fail(Trouble::TooDeep);
        }
        // The end is known only when the bracket closes.
        self.note(self.at, self.at, false);
        self.outer.push(self.here);
        self.here = place;
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    fn closes_at_once(&mut self, end: u8) -> bool {
        let closes = self.line.get(self.at) == Some(&end);
        if closes {
            self.close();
        }
        closes
    }

    fn close(&mut self) {
        self.at += 1;
        self.here = self.outer.pop().unwrap_or(Place::Top);
        let (depth, end) = (self.depth(), self.at);
        for trace in &mut self.traces {
            trace.taken = trace.taken.min(depth);
            if trace.is_at_goal(depth)
                && let Some(found) = &mut trace.found
            {
                found.range.end = end;
            }
        }
    }

    fn reach(&mut self, agrees: impl Fn(&Step) -> bool) {
        let depth = self.depth();
        for trace in &mut self.traces {
            trace.reach(depth, &agrees);
        }
    }

    fn note(&mut self, start: usize, end: usize, is_string: bool) {
        let depth = self.depth();
        for trace in &mut self.traces {
            if trace.is_at_goal(depth) {
                trace.found = Some(Found { range: start..end, is_string });
            }
        }
    }

    fn depth(&self) -> usize {
        self.outer.len()
    }

    fn fail<T>(&self, what: Trouble) -> Result<T, JsonError> {
        Err(JsonError { offset_bytes: self.at, what })
    }
}

/// Whether a field name, as it stands between its quotes, is this name once its escapes are resolved.
fn is_name(raw: &[u8], name: &[u8]) -> bool {
    if !escape::needs_unescape(raw) {
        return raw == name;
    }
    let mut plain = Vec::with_capacity(raw.len());
    escape::unescape_into(raw, &mut plain);
    plain == name
}
