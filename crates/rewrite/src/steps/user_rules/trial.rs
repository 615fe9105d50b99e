//! The tests that a rule file holds.

/// What a file says a text must become: `test "INPUT" => "OUTPUT"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTest {
    /// The file, by its place among the files.
    pub(super) file: usize,
    /// The name of the file, as given.
    pub name: String,
    /// Counted from 1.
    pub line: usize,
    /// What the rules are shown.
    pub input: String,
    /// What they should make of it.
    pub expected: String,
}

/// A test that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestOutcome<'r> {
    /// The test.
    pub test: &'r RuleTest,
    /// What the rules made of its input.
    pub actual: String,
}

impl TestOutcome<'_> {
    /// Whether it is what the test expects.
    pub fn is_passed(&self) -> bool {
        self.actual == self.test.expected
    }
}

impl std::fmt::Display for TestOutcome<'_> {
    /// `FILE:LINE: "INPUT" became "ACTUAL", not "OUTPUT"`, or that it did.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let RuleTest { name, line, input, expected, .. } = self.test;
        write!(f, "{name}:{line}: {input:?} became {:?}", self.actual)?;
        if self.is_passed() { Ok(()) } else { write!(f, ", not {expected:?}") }
    }
}
