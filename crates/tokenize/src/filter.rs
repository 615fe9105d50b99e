//! Which tokens are wanted.
use crate::class::Class;
/// A filter.
#[derive(Debug, Clone)]
pub struct Filter {}
impl Filter {
    /// passes
    pub fn passes(&self, _token: &[u8], _class: Option<Class>) -> bool {
        true
    }
}
