//! `redact`: masks long numbers. The template for a sixth tool: docs/SIXTH-TOOL.md walks through it.

mod mask;

use clap::Parser;
use textcore::{Answer, Engine, Error, Invalid, RouteFlags, Shared, Tool};

pub use mask::Mask;

/// The flags of `redact`, as typed.
#[derive(Debug, Parser)]
pub struct Flags {
    /// Numbers of at least N digits are masked [6]
    ///
    /// Years, prices and times are shorter than that, telephone and card numbers longer. 0 is taken for 1.
    /// Default: 6. Example: --digits 4
    #[arg(short = 'n', long, value_name = "N", default_value_t = 6, hide_default_value = true)]
    digits: usize,

    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    routes: RouteFlags,
}

impl Tool for Flags {
    const NAME: &'static str = "redact";
    const PAGE: &'static str = include_str!("../README.md");
    const INVALID: Invalid = Invalid::Keep;

    fn follows() -> String {
        let (major, minor, update) = char::UNICODE_VERSION;
        format!("digits: Unicode {major}.{minor}.{update}")
    }

    fn shared(&self) -> &Shared {
        &self.shared
    }

    fn routes(&self) -> Option<&RouteFlags> {
        Some(&self.routes)
    }

    fn run(self, engine: &mut Engine) -> Result<Answer, Error> {
        engine.map(Mask { digits_min: self.digits.max(1) }).map(|()| Answer::Yes)
    }
}
