//! `tokenize`: splits text into words and other units, by the rules of Unicode; and back.

mod budget;
mod class;
mod count;
mod detok;
mod dictionary;
mod filter;
mod flags;
mod format;
mod joiner;
mod offsets;
mod plan;
mod protect;
mod roundtrip;
mod scheme;
mod segmenter;
mod sentences;
mod stream;
mod token;
mod tokenizer;
mod tongue;

use std::sync::Arc;

use language::Language;
use textcore::{Answer, EncodeFlags, Engine, Error, Invalid, RouteFlags, Shared, Tool};

pub use budget::{Budget, Rest};
pub use class::{Class, ClassSet};
pub use count::{CountBy, FileCounts, RecordCounts};
pub use detok::Detokenizer;
pub use dictionary::Dictionary;
pub use filter::{Filter, ScriptSet, StopWords};
pub use flags::Flags;
pub use format::Format;
pub use joiner::Joiner;
pub use offsets::OffsetUnit;
pub use plan::Plan;
pub use protect::{Kind, KindSet, OwnAbbreviations, Patterns, Protected, Protector, Spans, Terms};
pub use roundtrip::RoundTrip;
pub use scheme::{Moses, Scheme, Scratch as SchemeScratch, Token as SchemeToken};
pub use segmenter::{Segmenter, Words};
pub use stream::{Dress, Stream};
pub use token::Token;
pub use tokenizer::Tokenizer;
pub use tongue::Tongue;

impl Tool for Flags {
    const NAME: &'static str = "tokenize";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Replace;

    fn follows() -> String {
        let codes: Vec<_> = Language::codes().collect();
        format!("Unicode {}; languages: {}", unicode::VERSION, codes.join(" "))
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
        self.files_read().try_for_each(|path| engine.refuse_as_output(path))?;
        let plan = Plan::new(&self, &engine.reading)?;
        let tongue = plan.tongue();
        engine.intake.judge = tongue.judge();
        let answer = match plan {
            Plan::Tokenize(tokenizer) => engine.map(*tokenizer).map(|()| Answer::Yes)?,
            Plan::Detokenize(detokenizer) => engine.map(*detokenizer).map(|()| Answer::Yes)?,
            Plan::Budget(budget) => engine.map(*budget).map(|()| Answer::Yes)?,
            Plan::RoundTrip(both) => {
                let (tokenizer, detokenizer) = *both;
                engine.fold(RoundTrip { tokenizer, detokenizer })?
            }
            Plan::Count(stream, CountBy::Record) => {
                engine.map(RecordCounts { stream: Arc::from(stream) }).map(|()| Answer::Yes)?
            }
            Plan::Count(stream, by) => {
                let is_by_line = engine.reading.cut == textcore::frame::Cut::Lines;
                engine.fold(FileCounts {
                    stream: Arc::from(stream),
                    has_rows: by == CountBy::File,
                    is_by_line,
                })?
            }
        };
        if let Some(counts) = tongue.counts() {
            engine.ledger.extra.insert("languages".to_owned(), counts);
        }
        Ok(answer)
    }
}
