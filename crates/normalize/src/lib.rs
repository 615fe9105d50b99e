//! `normalize`: every normalization that a corpus needs, exact and explained, for streams of text.

mod audit;
mod check;
mod conventions;
mod filter;
mod flags;
mod listing;
mod normalizer;
mod own_rules;
mod plan;
mod preset;
mod rewriters;
mod row;
mod stages;
mod writer;
mod zwnj;

use std::io::IsTerminal;
use std::sync::Arc;

use textcore::sink::Route;
use textcore::{Answer, EncodeFlags, Engine, Error, Invalid, RouteFlags, Shared, Tool};

pub use check::{Check, Finding, Question};
pub use filter::{Bounds, Filters, Kind, ShareLimit};
pub use flags::Flags;
pub use listing::{Listing, Style};
pub use normalizer::{Bench, Cause, Normalizer};
pub use own_rules::RuleTests;
pub use plan::Plan;
pub use rewriters::Rewriters;
pub use writer::{Asides, Note, Writer};

use audit::Audit;
use flags::ColorFlag;

impl Tool for Flags {
    const NAME: &'static str = "normalize";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Replace;

    fn follows() -> String {
        format!("Unicode {}", unicode::VERSION)
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn routes(&self) -> Option<&RouteFlags> {
        Some(&self.routes)
    }

    fn encode(&self) -> Option<&EncodeFlags> {
        Some(&self.encode)
    }

    fn run(self, engine: &mut Engine) -> Result<Answer, Error> {
        let plan = Plan::new(&self)?;
        if self.questions.plan {
            return engine.answer(plan.to_string().as_bytes()).map(|()| Answer::Yes);
        }
        if self.rules.test_rules {
            let tests = plan.rule_tests();
            let answer = if tests.failed.is_empty() { Answer::Yes } else { Answer::No };
            return engine.answer(tests.to_string().as_bytes()).map(|()| answer);
        }
        let normalizer = Arc::new(plan.normalizer);
        engine.intake.judge = normalizer.rewriters.judge();
        let questions = &self.questions;
        if questions.check || questions.prove_idempotent {
            let question = if questions.check { Question::IsNormalized } else { Question::IsIdempotent };
            return engine.fold(Check { normalizer, question });
        }
        if questions.diff || questions.explain {
            let coloured = is_coloured(questions.color, engine);
            let style = if questions.diff { Style::Diff { coloured } } else { Style::Explain };
            return engine.map(Listing { normalizer, style }).map(|()| Answer::Yes);
        }
        self.write(engine, &normalizer)
    }
}

impl Flags {
    fn write(&self, engine: &mut Engine, normalizer: &Arc<Normalizer>) -> Result<Answer, Error> {
        let mut open = |path: &Option<std::path::PathBuf>| {
            path.as_deref().map(|path| engine.side_file(path)).transpose()
        };
        let (mut rejects, mut offsets) = (open(&self.filters.reject)?, open(&self.questions.offsets)?);
        let read = self.rules.rules.iter().chain(&self.zwnj.lexicon);
        read.into_iter().try_for_each(|path| engine.refuse_as_output(path))?;
        let asides = Asides {
            audit: self.shared.has_report(),
            offsets: offsets.is_some(),
            rejects: rejects.is_some(),
        };
        let mut audit = Audit::default();
        let writer = Writer { normalizer: Arc::clone(normalizer), asides };
        let result = engine.map_noting(writer, |note| {
            audit.merge(note.audit);
            rejects.as_mut().map_or(Ok(()), |file| file.write(&note.rejects))?;
            offsets.as_mut().map_or(Ok(()), |file| file.write(&note.offsets))
        });
        // A reader that has seen enough of the output takes nothing from what is said beside it.
        if let Err(error) = result
            && !matches!(error, Error::Closed)
        {
            return Err(error);
        }
        if let Some(recogniser) = normalizer.rewriters.recogniser() {
            engine.ledger.extra.insert("languages".to_owned(), recogniser.counts().collect());
        }
        engine.ledger.extra.insert("rules".to_owned(), audit.to_json(normalizer));
        [rejects, offsets].into_iter().flatten().try_for_each(textcore::side::SideFile::finish)?;
        Ok(Answer::Yes)
    }
}

fn is_coloured(when: ColorFlag, engine: &Engine) -> bool {
    match when {
        ColorFlag::Always => true,
        ColorFlag::Never => false,
        ColorFlag::Auto => {
            let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !wants_none && engine.sink.route == Route::Standard && std::io::stdout().is_terminal()
        }
    }
}
