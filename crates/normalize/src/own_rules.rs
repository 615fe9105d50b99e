//! The user's own rules: their files, and the tests in them.

use std::fmt;
use std::path::PathBuf;

use rewrite::steps::UserRules;

/// What the tests in files of rules gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleTests {
    /// How many did what they should.
    pub passed: usize,
    /// What the others did instead.
    pub failed: Vec<String>,
}

impl RuleTests {
    /// Runs them.
    pub(crate) fn run(rules: &UserRules) -> Self {
        let mut tests = RuleTests::default();
        for outcome in rules.run_tests() {
            if outcome.is_passed() {
                tests.passed += 1;
            } else {
                tests.failed.push(outcome.to_string());
            }
        }
        tests
    }
}

impl fmt::Display for RuleTests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failed.iter().try_for_each(|failure| writeln!(f, "{failure}"))?;
        writeln!(f, "{} passed, {} failed", self.passed, self.failed.len())
    }
}

/// The rules of files, which are named as they were typed.
pub(crate) fn user_rules(paths: &[PathBuf]) -> Result<Option<UserRules>, String> {
    if paths.is_empty() {
        return Ok(None);
    }
    let read = |path: &PathBuf| {
        let name = path.to_string_lossy().into_owned();
        match std::fs::read(path) {
            Ok(bytes) => Ok((name, bytes)),
            Err(error) => Err(format!("{name}: {}", textcore::error::system_message(&error))),
        }
    };
    let files = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    UserRules::parse(&files).map(Some).map_err(|error| error.to_string())
}
