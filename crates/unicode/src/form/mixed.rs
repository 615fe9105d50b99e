//! What the tables say of a character when only some kinds of compatibility mappings are applied.

use super::span::{Facts, Rule};
use super::{Form, Kinds};
use crate::sieve::Sieve;
use crate::tables::form::KIND;

/// The facts of two forms, canonical and compatible, of which each character has one or both.
#[derive(Clone, Copy)]
pub(super) struct Mixed {
    canonical: Form,
    compatible: Form,
    kinds: Kinds,
}

impl Mixed {
    pub(super) fn new(composed: bool, kinds: Kinds) -> Mixed {
        let (canonical, compatible) =
            if composed { (Form::Nfc, Form::Nfkc) } else { (Form::Nfd, Form::Nfkd) };
        Mixed { canonical, compatible, kinds }
    }
}

impl Rule for Mixed {
    fn sieve(self) -> &'static Sieve {
        self.compatible.sieve()
    }

    #[inline(always)]
    fn facts(self, class: u16, text: &[u8], at: usize) -> Facts {
        let canonical = self.canonical.facts(class, text, at);
        let compatible = self.compatible.facts(class, text, at);
        if compatible.sure && compatible.cut == canonical.cut {
            return canonical;
        }
        let value = KIND.at(text, at).0;
        if value != 0 && !self.kinds.has_value(value) {
            return canonical;
        }
        // The mapping may be applied in part, if not to this character then to one that it is made of: what
        // either form is not sure of must be looked at.
        let (cut, sure) = (canonical.cut && compatible.cut, canonical.sure && compatible.sure);
        Facts { combining: canonical.combining, cut, sure }
    }
}
