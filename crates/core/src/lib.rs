//! How any record travels.
//!
//! ```text
//! source -> input -> intake -> [chunk] -> a tool, on workers -> delivery in order -> sink
//! ```
//!
//! [`source`] finds operands; [`input`] opens one and, through [`codec`], decompresses it; [`intake`] decodes
//! ([`decode`]), has openings judged where that is asked for ([`document`]) and cuts ([`frame`]) bytes into chunks of whole records ([`chunk`]); [`pipeline`] hands chunks to
//! workers and takes the results back in input order; [`visit`] shows a worker each text that a tool should see,
//! under the policies for what is bad; [`engine`] fits the sockets of [`tool`] to all this; [`encode`] turns what is
//! to be written into another encoding than UTF-8; [`sink`] writes.
//! [`mod@run`] is the only code that knows the process, [`cli`] the flags that all tools share, [`report`] the account.
//! [`tally`] and [`recall`] remember more than memory holds; [`partial`] is how results travel to be merged.
//!
//! Nothing here knows a tool or a language.

pub mod chunk;
pub mod cli;
pub mod codec;
pub mod decode;
pub mod document;
pub mod encode;
pub mod engine;
pub mod error;
pub mod frame;
pub mod input;
pub mod intake;
pub mod jobs;
pub mod json;
pub mod opened;
pub mod partial;
pub mod pipeline;
pub mod recall;
pub mod report;
pub mod run;
pub mod side;
pub mod sink;
pub mod source;
pub mod tally;
pub mod temporary;
pub mod tool;
pub mod visit;

pub use cli::{EncodeFlags, RouteFlags, Shared};
pub use engine::Engine;
pub use error::{Error, Trouble};
pub use run::{Tool, run};
pub use tool::{
    Answer, Aside, Decision, Decisions, Fold, Gate, Map, Missed, Noting, Output, Recalled, Record, Run, Span,
    Subject, Verdict,
};
pub use visit::Invalid;
